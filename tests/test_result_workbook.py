"""Result workbooks of all models: formulas that give the engine's values, minimums, stages, and alarms when they change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from cases import cleaning
from excel_builders import changed, opened
from office import convert
from result_builders import a_book, altered, an_offered, of_every_model
from scoring_builders import a_bid, a_group, a_model, a_price, a_score, a_spec, agreed, library
from test_excel import NEW_OR_VOLATILE, differences

from tenderkit import excel
from tenderkit.evaluation import score
from tenderkit.evaluation.spec import Bid, EvaluationSpec, Model, PriceLine
from tenderkit.excel.sheets import Workbook
from tenderkit.excel.writer import write

Lot = tuple[EvaluationSpec, list[Bid], dict[tuple[str, str], Decimal], dict[str, Any]]
LINES = (
    PriceLine("A", "Fast pris", "year", Fraction(4)),
    PriceLine("H", "Timepris", "hour", Fraction(2400)),
    PriceLine("T", "Deltagermåned", "month", Fraction("309.6")),
)
NAMES = ("alfa", "beta", "gamma", "delta")


def a_weighted(name: str, share: str, minimum: str = "", **more: Any) -> Any:
    """Give a scored criterion at the top level, with a minimum where one is given."""
    least = Fraction(minimum) if minimum else None
    return replace(a_score(name, share), weight=Fraction(share), minimum=least, **more)


def in_group(name: str, share: str, of: str, **more: Any) -> Any:
    """Give a scored criterion inside a group with a share of its own."""
    return replace(a_score(name, share), weight=Fraction(share) / Fraction(of), **more)


def bids_at(*prices: int, offers: dict[str, list[object]] | None = None) -> list[Bid]:
    """Give a bid for each price, with its offers."""
    return [
        a_bid(name, price, {key: values[index] for key, values in (offers or {}).items()})
        for index, (name, price) in enumerate(zip(NAMES, prices, strict=False))
    ]


def quality(*values: int) -> dict[tuple[str, str], Decimal]:
    return agreed(**{name: {"quality": value} for name, value in zip(NAMES, values, strict=False)})


def with_minimums() -> Lot:
    """Give a lot with a minimum on a criterion and on a group: beta misses one, gamma the other, delta is rejected."""
    group = a_group(
        "quality",
        "3/10",
        [in_group("quality.k1", "18/100", "3/10", minimum=Fraction(1, 2)), in_group("quality.k2", "12/100", "3/10")],
    )
    offered = an_offered("social", "1/5", a_model("above-floor"), floor="10", cap="20")
    spec = a_spec(
        [a_price("1/2", a_model("relative-linear", X="1/2")), replace(group, minimum=Fraction(3, 5)), offered]
    )
    bids = [
        *bids_at(1100, 900, 700, offers={"social": [15, 20, 12]}),
        a_bid("delta", 500, {"social": 10}, admitted=False),
        a_bid("epsilon", 1000, {"social": 10}),
    ]
    scores = agreed(
        alfa={"quality.k1": 6, "quality.k2": 6},
        beta={"quality.k1": 4, "quality.k2": 10},
        gamma={"quality.k1": 5, "quality.k2": 4},
        epsilon={"quality.k1": 5, "quality.k2": 9},
    )
    return spec, bids, scores, {}


def in_kroner() -> Lot:
    """Give a lot with quality in kroner and a minimum on a group, where amounts weigh."""
    parts = [
        replace(a_score(f"quality.k{place}", "0", amount), weight=Fraction(1, 2))
        for place, amount in ((1, "300"), (2, "100"))
    ]
    group = replace(a_group("quality", "0", parts), minimum=Fraction(11, 20), amount=Fraction(400))
    days = an_offered("days", "0", a_model("as-offered"), floor="60", cap="1", amount="2")
    spec = a_spec([group, days], award=a_model("shortfall-in-money"), total_places=2, ties=("quality", "days", "price"))
    spec = replace(spec, award=a_model("quality-in-money"))
    bids = bids_at(1000, 1100, 1050, offers={"days": [30, 20, 10]})
    scores = agreed(
        alfa={"quality.k1": 6, "quality.k2": 4},
        beta={"quality.k1": 5, "quality.k2": 6},
        gamma={"quality.k1": 9, "quality.k2": 2},
    )
    return spec, bids, scores, {}


def a_corridor(**more: Any) -> Lot:
    """Give the extended ratio method: two of four bids lie within 5 % of the best ratio."""
    spec = a_spec([a_weighted("quality", "1")], award=a_model("extended-richtwert", z="5/100"), **more)
    return spec, bids_at(1000, 1250, 1500, 900), quality(8, 10, 9, 4), {}


def anew_in_each_stage() -> Lot:
    """Give two stages and points that hang on the bids still in, so that every stage has its own points."""
    best = a_model("best-score-full-points")
    criteria = [
        replace(a_weighted("quality", "1/2"), model=best),
        a_weighted("plan", "1/2"),
    ]
    spec = a_spec(criteria, award=a_model("commission-model", wp="2/5", m="7/10", n="1/2"), point_places=3)
    scores = agreed(
        alfa={"quality": 9, "plan": 7},
        beta={"quality": 8, "plan": 4},
        gamma={"quality": 7, "plan": 9},
        delta={"quality": 5, "plan": 6},
    )
    return spec, bids_at(1000, 900, 1200, 800), scores, {}


def by_price_criterion() -> Lot:
    """Give an award model with a stage and a price criterion on some lines, calculated anew after the stage."""
    stages = {
        "cheap": {
            "title": {"da": "Ikke for dyre", "en": "Not too dear"},
            "keep": "AND(P<=150%*MIN(Ps),OR(total>=40%*S,P=MIN(Ps)))",
            "explain": {"da": "Kun tilbud inden for spændet.", "en": "Only tenders within the span."},
        },
        "good": {
            "title": {"da": "Gode nok", "en": "Good enough"},
            "keep": "AND(total>=50%*S,NOT(P>2*AVERAGE(Ps)))",
            "explain": {"da": "Mindst halvdelen af pointene.", "en": "At least half of the points."},
        },
    }
    symbols = {**library().model("weighted-sum").model_dump()["symbols"]}
    text = {"da": "tallet", "en": "the number"}
    symbols |= dict.fromkeys(("total", "P", "Ps", "S"), text)
    award = altered(
        "staged", "weighted-sum", steps={"total": "SUM_CRITERIA(w*p)"}, formula="total", stages=stages, symbols=symbols
    )
    hybrid = Model(
        "relative-hybrid",
        library().model("relative-hybrid"),
        {"T": ((Fraction(0), Fraction(1)), (Fraction(1, 4), Fraction(2, 5)), (Fraction(1), Fraction(0)))},
    )
    price = replace(a_price("3/5", hybrid), lines=("A", "T"))
    hours = replace(a_price("1/10", a_model("lowest-ratio")), id="hours", title="Timepris", lines=("H",))
    spec = a_spec([price, hours, a_weighted("quality", "3/10")], lines=LINES, award=award)
    bids = [
        a_bid("alfa", {"A": 900, "H": "1.25", "T": 20}),
        a_bid("beta", {"A": 1000, "H": "1.20", "T": 18}),
        a_bid("gamma", {"A": 700, "H": "1.75", "T": 12}),
        a_bid("delta", {"A": 2900, "H": "1.75", "T": 12}),
    ]
    return spec, bids, quality(7, 9, 0, 10), {}


def nobody_left() -> Lot:
    spec, bids, scores, _ = with_minimums()
    return spec, bids[:2], {key: Decimal(1) for key in scores if key[0] in {"alfa", "beta"}}, {}


def one_left() -> Lot:
    spec, bids, scores, _ = with_minimums()
    return spec, bids[:3], {key: value for key, value in scores.items() if key[0] != "epsilon"}, {}


def one_bid() -> Lot:
    spec, bids, scores, _ = a_corridor()
    return spec, bids[:1], {key: value for key, value in scores.items() if key[0] == "alfa"}, {}


def tied_after_a_stage() -> Lot:
    """Give two bids that are equal after the others fell out, parted by drawn lots."""
    spec = a_spec([a_weighted("quality", "1")], award=a_model("fixed-price-best-quality", b="1000"))
    return spec, bids_at(1000, 1000, 1001, 900), quality(8, 8, 10, 2), {"drawn": {"alfa": 2, "beta": 1}}


def tied_on_what_is_missing() -> Lot:
    """Give equal totals in kroner for what is missing, where the most points win the tie."""
    spec = a_spec([replace(a_score("quality", "0", "100"), weight=Fraction(1))], award=a_model("shortfall-in-money"))
    return replace(spec, ties=("quality", "price")), bids_at(990, 1000), quality(7, 8), {}


def tied_on_days() -> Lot:
    """Give equal totals of price and days, where the fewest days win the tie."""
    days = an_offered("days", "0", a_model("as-offered"), floor="60", cap="1", amount="2")
    spec = a_spec([replace(days, weight=Fraction(1))], award=a_model("price-plus-time"), ties=("days", "price"))
    return spec, bids_at(980, 1000, offers={"days": [20, 10]}), {}, {}


def all_rejected() -> Lot:
    spec, bids, _, _ = with_minimums()
    return spec, [replace(bid, admitted=False, grounds=("Kom for sent.",)) for bid in bids], {}, {}


def lowest_price() -> Lot:
    """Give a lot without any criterion."""
    spec = a_spec([], award=a_model("lowest-price"), lines=LINES, ties=("lots-drawing",))
    bids = [a_bid(name, {"A": 900 + 10 * place, "H": 300, "T": 20}) for place, name in enumerate(NAMES)]
    return spec, [*bids[:3], a_bid("delta", {"A": 1}, admitted=False)], {}, {}


LOTS: dict[str, Callable[[], Lot]] = {
    "minimums": with_minimums,
    "kroner": in_kroner,
    "corridor": a_corridor,
    "anew": anew_in_each_stage,
    "by-price": by_price_criterion,
    "nobody-left": nobody_left,
    "one-left": one_left,
    "one-bid": one_bid,
    "tied": tied_after_a_stage,
    "tied-on-missing": tied_on_what_is_missing,
    "tied-on-days": tied_on_days,
    "rejected": all_rejected,
    "lowest-price": lowest_price,
}


def book_of(name: str) -> Workbook:
    spec, bids, scores, more = LOTS[name]()
    return a_book(spec, bids, scores, **more)


def shown(book: Workbook, sheet: str) -> list[Any]:
    return [cell.value for cell in book.sheet(sheet).cells]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {f"{name}.xlsx": write(book_of(name)) for name in LOTS}


@pytest.fixture(scope="module")
def first_examples() -> dict[str, bytes]:
    """Give a workbook for each model of the library, made from the first bids of its worked examples."""
    return {
        f"{name}.xlsx": write(a_book(spec, bids, scores))
        for name, spec, bids, scores in of_every_model()
        if name.endswith("-1")
    }


@pytest.mark.slow
@pytest.mark.libreoffice
def test_recalculation_gives_the_engines_values(files: dict[str, bytes]) -> None:
    after = convert(files, "xlsx")
    for name, data in files.items():
        assert differences(data, after[name]) == [], name


@pytest.mark.slow
@pytest.mark.libreoffice
def test_recalculation_gives_the_engines_values_for_every_model(first_examples: dict[str, bytes]) -> None:
    assert set(first_examples) == {f"{name}-1.xlsx" for name in library().ids("model")}
    after = convert(first_examples, "xlsx")
    assert {name: found for name, data in first_examples.items() if (found := differences(data, after[name]))} == {}


def test_no_formula_is_new_or_volatile(first_examples: dict[str, bytes]) -> None:
    for name, data in first_examples.items():
        for page in opened(data).worksheets:
            for row in page.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        assert not any(word in cell.value for word in NEW_OR_VOLATILE), (name, cell.value)
                        assert len(cell.value) < 8192, name


def rows_of(book: Workbook, sheet: str, wide: int = 9) -> list[tuple[Any, ...]]:
    """Give the first columns of a sheet's rows, without empty rows."""
    by_row: dict[int, dict[int, Any]] = {}
    for cell in book.sheet(sheet).cells:
        by_row.setdefault(cell.row, {})[cell.column] = cell.value
    return [tuple(row.get(column) for column in range(wide)) for _, row in sorted(by_row.items())]


def test_minimums_stand_before_prices_and_prices_below_them_are_not_shown() -> None:
    book = book_of("minimums")
    names = [sheet.name for sheet in book.sheets]
    assert names.index("Kriterier") < names.index("Mindstepoint") < names.index("Tilbud")
    minimum = {row[1]: row[2:] for row in rows_of(book, "Mindstepoint")}
    assert minimum["Mindstepoint"][:4] == (6, "", 5, "")
    assert minimum["Firma beta"] == (Fraction(32, 5), "Ja", 4, "Nej", "Nej", "Nej", "OK")
    assert minimum["Firma gamma"] == (Fraction(23, 5), "Nej", 5, "Ja", "Nej", "Nej", "OK")
    assert minimum["Firma epsilon"][4:] == ("Ja", "Ja", "OK")
    assert "Firma delta" not in minimum, "it was not admitted"
    bids = {row[1]: row for row in rows_of(book, "Tilbud")}
    assert bids["Firma beta"][2:8] == (
        "Ja",
        "Nej",
        "–",
        "–",
        "",
        "Udgået: fik 4 point for »quality.k1«, hvor mindstepointene er 5.",
    )
    assert bids["Firma delta"][2:5] == ("Nej", "Nej", 500)
    assert not any(
        isinstance(value, Decimal) and value in (700, 900) for _, cell in book.cells() for value in [cell.value]
    )


def test_bids_that_fell_out_stand_in_the_ranking_without_a_rank() -> None:
    book = book_of("corridor")
    ranking = {row[1]: row for row in rows_of(book, "Rangering", 10)}
    assert ranking["Firma gamma"][2] == -3
    assert ranking["Firma gamma"][8:10] == ("", "udgået: De bedste forhold mellem kvalitet og pris")
    assert [ranking[f"Firma {name}"][8] for name in ("alfa", "beta")] == [2, 1]
    front = shown(book, "Resultat")
    assert "Firma beta" in front[:12]
    assert "tilbuddets tal 6.000, grænse 7.600" in " ".join(map(str, front))
    texts = [cell.value for cell in book.sheet("Beregning").cells]
    assert "ratio: tilbuddets antal kvalitetspoint pr. 1 mio. kr." in texts
    assert "Betingelse: ratio>=(100%-z)*MAX(ratios)" in texts


def test_points_that_hang_on_others_are_calculated_anew_in_each_stage() -> None:
    book = book_of("anew")
    stages = [cell for cell in book.sheet("Beregning").cells if cell.value == "quality: point i trinnet"]
    assert len(stages) == 2
    outcome = score(*LOTS["anew"]()[:3])
    left = {item.bid.bidder: item.on("quality").points for item in outcome.ranking}
    assert left == {"alfa": 10, "gamma": Fraction("7.778")}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nobody-left", "Intet tilbud er tilbage"),
        ("one-left", "Kun ét tilbud er tilbage"),
        ("one-bid", "Kun ét antageligt tilbud"),
        ("rejected", "Intet antageligt tilbud"),
        ("tied", "Firma beta"),
        ("tied-on-missing", "flest point for quality"),
        ("tied-on-days", "laveste tal for Tilbudt tal days"),
    ],
)
def test_the_front_says_who_is_left(name: str, said: str) -> None:
    assert said in shown(book_of(name), "Resultat")


def test_a_table_stands_in_cells_that_the_formula_refers_to() -> None:
    book = book_of("by-price")
    rows = [row for row in rows_of(book, "Kriterier") if row[0] == "T" or str(row[1]).startswith("Række")]
    assert [row[2:4] for row in rows] == [(0, 1), (Fraction(1, 4), Fraction(2, 5)), (1, 0)]
    formulas = [cell.formula for cell in book.sheet("Point").cells if "'Kriterier'!$D$" in cell.formula]
    assert len(formulas) >= 2


def test_a_price_criterion_has_the_price_of_its_own_lines() -> None:
    book = book_of("by-price")
    bids = {row[1]: row for row in rows_of(book, "Tilbud", 13)}
    assert bids["Tilbudsgiver"][9] == "Delpris for »Pris« (linje A, T)"
    assert bids["Firma beta"][9:13] == (Fraction("9572.8"), Fraction("9572.8"), 2880, 2880)
    assert bids["Firma delta"][10] == "", "it fell out"


def test_scores_of_bids_that_fell_out_are_needed() -> None:
    spec, bids, scores, _ = with_minimums()
    with pytest.raises(ValueError, match="agreed scores"):
        excel.result(cleaning(), score(spec, bids, scores))


def score_cell(data: bytes, bidder: str, criterion: str) -> str:
    """Give the cell with a bid's agreed score."""
    page = opened(data)["Point"]
    values = opened(data, values=True)["Point"]
    head = next(row for row in page.iter_rows() if criterion in [cell.value for cell in row])
    column = next(cell.column_letter for cell in head if cell.value == criterion)
    row = next(row[0].row for row in values.iter_rows() if row[1].value == f"Firma {bidder}")
    return f"{column}{row}"


def _put(cell: str, value: object, book: Any) -> None:
    """Put a value into a cell of the points."""
    book["Point"][cell] = value


@pytest.mark.slow
@pytest.mark.libreoffice
def test_an_alarm_tells_when_somebody_should_fall_out_or_come_back(files: dict[str, bytes]) -> None:
    cases = {
        "back": ("minimums.xlsx", "beta", "quality.k1", 6),
        "out": ("minimums.xlsx", "alfa", "quality.k1", 4),
        "stage": ("corridor.xlsx", "delta", "quality", 8),
        "nothing": ("minimums.xlsx", "epsilon", "quality.k2", 8),
    }
    given = {}
    for case, (name, bidder, criterion, value) in cases.items():
        cell = score_cell(files[name], bidder, criterion)
        given[f"{case}.xlsx"] = changed(files[name], partial(_put, cell, value))
    given["corridor-again.xlsx"] = changed(files["corridor.xlsx"], lambda book: book["Point"].__setitem__("D9", 3))
    for name, data in convert(given, "xlsx").items():
        book = opened(data, values=True)
        front = [cell.value for row in book["Resultat"].iter_rows(max_row=16) for cell in row]
        alarms = [cell.value for page in book.worksheets for row in page.iter_rows() for cell in row].count(
            "SKAL BEREGNES IGEN"
        )
        calm = name == "nothing.xlsx"
        assert ("Resultatet skal beregnes igen" not in front) is calm, name
        assert (alarms == 0) is calm, name
        control = {row[0].value: row[3].value for row in book["Kontrol"].iter_rows()}
        key = "Mindstepoint og trin har samme udfald, som da resultatet blev beregnet"
        assert control[key] == ("OK" if calm else "AFVIGER"), name


@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_blank_score_leaves_minimums_and_stages_open(files: dict[str, bytes]) -> None:
    given = {}
    for name in ("minimums.xlsx", "corridor.xlsx", "anew.xlsx", "by-price.xlsx"):
        criterion = "quality.k1" if name == "minimums.xlsx" else "quality"
        cell = score_cell(files[name], "gamma", criterion)
        given[name] = changed(files[name], partial(_put, cell, None))
    for name, data in convert(given, "xlsx").items():
        book = opened(data, values=True)
        shown_ = [str(cell.value) for page in book.worksheets for row in page.iter_rows() for cell in row]
        assert not any(value.startswith("#") for value in shown_), name
        assert "mangler" in shown_, name


def test_the_workbook_speaks_english_too() -> None:
    plan = cleaning(("language: da", "language: en"), ("reading_aid: en", "reading_aid: da"))
    for name in ("minimums", "anew"):
        spec, bids, scores, _ = LOTS[name]()
        book = excel.result(plan, score(spec, bids, scores), scores=scores)
        names = {sheet.name for sheet in book.sheets}
        assert names & {"Minimum points", "Calculation"}
        assert not any("udgået" in str(cell.value) for _, cell in book.cells())
