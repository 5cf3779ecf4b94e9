"""Workbooks as they are written: locked, complete, the same every time, and with formulas that give what they show."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from cases import cleaning
from excel_builders import (
    HOSTILE,
    USUAL,
    a_bid,
    a_result,
    changed,
    every_workbook,
    individual,
    opened,
    some_bids,
)
from lxml import etree
from office import convert, schema_errors

from tenderkit import excel
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model
from tenderkit.excel.duty_parts import months_later
from tenderkit.excel.issued import facts
from tenderkit.excel.scores import pieces
from tenderkit.excel.sheets import Cell, Sheet, Workbook
from tenderkit.excel.writer import write
from tenderkit.library import Library
from tenderkit.library.model import EvaluationModel
from tenderkit.quantities import add_working_days

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NEW_OR_VOLATILE = ("_xlfn", "_xlws", "TODAY(", "NOW(", "RAND", "OFFSET(", "INDIRECT(", "INFO(")


@pytest.fixture(scope="module")
def books() -> dict[str, Workbook]:
    return every_workbook()


@pytest.fixture(scope="module")
def files(books: dict[str, Workbook]) -> dict[str, bytes]:
    return {name: write(book) for name, book in books.items()}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_same_workbook_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    assert len(files) == 10
    again = every_workbook()
    for name, data in files.items():
        assert write(again[name]) == data, name


@pytest.mark.slow
def test_the_schema_validator_finds_nothing(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        assert schema_errors(data, "book.xlsx") == [], name


def test_every_formula_has_its_value_and_none_is_new_or_volatile(files: dict[str, bytes]) -> None:
    count = 0
    for name, data in files.items():
        for part, content in parts(data).items():
            if not part.startswith("xl/worksheets/sheet"):
                continue
            for cell in etree.fromstring(content).iter(f"{MAIN}c"):
                formula = cell.findtext(f"{MAIN}f")
                if formula is None:
                    continue
                count += 1
                value = cell.find(f"{MAIN}v")
                assert value is not None, (name, cell.get("r"))
                assert value.text or cell.get("t") == "str", (name, cell.get("r"))
                assert not (value.text or "").startswith("#"), (name, cell.get("r"))
                assert not any(word in formula for word in NEW_OR_VOLATILE), formula
    assert count > 2000


def test_only_the_yellow_cells_can_be_changed(books: dict[str, Workbook], files: dict[str, bytes]) -> None:
    for name, book in books.items():
        written = opened(files[name])
        assert written.security.lockStructure, name
        inputs = {(sheet.name, cell.ref) for sheet, cell in book.cells() if cell.kind == "input"}
        assert inputs, name
        for page in written.worksheets:
            assert page.protection.sheet, (name, page.title)
            assert not page.protection.formatRows, "rows may be made higher"
            for row in page.iter_rows():
                for cell in row:
                    is_input = (page.title, cell.coordinate) in inputs
                    assert cell.protection.locked is not is_input, (name, page.title, cell.coordinate)


def test_every_sheet_says_what_it_is_and_prints_on_a4(books: dict[str, Workbook], files: dict[str, bytes]) -> None:
    for name, book in books.items():
        written = opened(files[name])
        stamp = facts(book)["stamp"]
        for page in written.worksheets:
            assert page["A1"].value, (name, page.title)
            assert str(page["A3"].value).endswith(stamp), (name, page.title)
            assert page.page_setup.paperSize == 9
            assert page.sheet_properties.pageSetUpPr.fitToPage, (name, page.title)
            assert page.page_setup.fitToWidth in {None, 1}, "one page wide"
            assert page.oddFooter.left.text.strip() == stamp
            assert "Side &P af &N" in page.oddFooter.right.text
            assert not page.merged_cells.ranges
        assert written.properties.creator == "Egelund Kommune"
        assert written.properties.title == book.title
        assert written.properties.created == dt.datetime(2026, 12, 1)  # noqa: DTZ001 - as openpyxl gives it
        assert written.custom_doc_props["tenderkit.stamp"].value == stamp


def test_long_tables_repeat_their_headings_and_keep_them_in_view(files: dict[str, bytes]) -> None:
    register = opened(files["F1_Forpligtelsesregister_nord.xlsx"])
    for name in ("Forpligtelser", "Forløb", "Deltagermåneder"):
        assert register[name].print_title_rows, name
        assert register[name].freeze_panes, name


def test_a_hostile_name_is_text_everywhere(files: dict[str, bytes]) -> None:
    seen = 0
    for data in files.values():
        for page in opened(data).worksheets:
            for row in page.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and "cmd|" in cell.value and cell.data_type != "f":
                        seen += 1
                        assert "\x07" not in cell.value
                    assert not str(cell.value).startswith("=cmd") or cell.data_type == "s"
        assert b"\x07" not in b"".join(parts(data).values())
    assert seen > 5


def test_forms_exist_in_english_too() -> None:
    english = every_workbook(cleaning(("language: da", "language: en"), ("reading_aid: en", "reading_aid: da")))
    assert {"C1_Price_list_nord.xlsx", "E1_Result_nord.xlsx", "F1_Register_of_duties_nord.xlsx"} <= set(english)
    shown = opened(write(english["C1_Price_list_nord.xlsx"]))
    assert shown.sheetnames == ["Front page", "Guide", "Prices", "Control calculation", "Checks"]
    assert shown["Prices"]["F8"].number_format == '"DKK" #,##0.00'


def test_a_text_that_no_cell_can_hold_is_refused() -> None:
    book = next(iter(every_workbook().values()))
    long = Sheet("Ark", (Cell(0, 0, "text", "x" * 40_000, "label"),), (10.0,))
    with pytest.raises(ValueError, match="32767"):
        write(replace(book, sheets=(long,)))


def test_a_long_answer_is_split_without_losing_a_word() -> None:
    text = "\n\n".join(" ".join(f"ord{number}" for number in range(count)) for count in (5, 400, 1, 60))
    found = pieces(text, 70, 12)
    assert len(found) > 3
    assert " ".join(found).split() == text.split()


# Score sheets and consensus


def texts_of(book: Workbook) -> str:
    return "\n".join(str(cell.value) for _, cell in book.cells() if isinstance(cell.value, str))


def test_a_score_sheet_holds_only_the_evaluators_own_criteria_and_no_price(books: dict[str, Workbook]) -> None:
    service, employment = books["D1_Bedoemmelse_service.xlsx"], books["D1_Bedoemmelse_employment.xlsx"]
    keys = {cell.field.key for _, cell in service.cells() if cell.field}
    assert "score/nord/alfa/quality.operation" in keys
    assert not any("social.plan" in key or "delta" in key for key in keys)
    assert any("social.plan" in cell.field.key for _, cell in employment.cells() if cell.field)
    prices = {price for bid in some_bids() for price in bid.prices.values()}
    for book in (service, employment):
        assert not any(isinstance(cell.value, Decimal) and cell.value in prices for _, cell in book.cells())
    assert "Internt arbejdsdokument" in texts_of(service)
    assert "Bedst mulig" in texts_of(service)


def test_the_consensus_shows_the_largest_spread_first_and_no_average(books: dict[str, Workbook]) -> None:
    book = books["D2_Konsensus.xlsx"]
    sheet = book.sheet("Nord")
    spreads = [int(str(cell.value)) for cell in sheet.cells if cell.kind == "formula" and "MAX(" in cell.formula]
    assert spreads == sorted(spreads, reverse=True)
    assert spreads[0] == 5
    marks = [cell.value for cell in sheet.cells if cell.kind == "formula" and "DRØFTES" in cell.formula]
    assert marks[0] == "DRØFTES"
    assert marks[-1] == ""
    assert not any("AVERAGE" in cell.formula for _, cell in book.cells())
    assert "Begrundelse fra employment." in texts_of(book)


# The result


def other_award(spec: EvaluationSpec) -> EvaluationSpec:
    """Give a lot's evaluation with quality turned into money."""
    amounts = {"price": None, "quality": Fraction(3_000_000), "social": Fraction(2_000_000)}

    def with_amount(criterion: Any, amount: Fraction | None) -> Any:
        children = tuple(with_amount(child, (amount or 0) * child.weight) for child in criterion.children)
        return replace(criterion, amount=amount or Fraction(0), children=children)

    model = Model("quality-in-money", Library().model("quality-in-money"))
    criteria = tuple(with_amount(criterion, amounts[criterion.id]) for criterion in spec.criteria)
    return replace(spec, criteria=criteria, award=model, total_places=2)


def relative_offers(spec: EvaluationSpec) -> EvaluationSpec:
    """Give a lot's evaluation with offers scored against the highest offer, in two named steps."""
    plain = Library().model("above-floor").model_dump()
    steps = {"share": "(v-floor)/MAX(vs)", "near": "share+cap/100"}
    symbols = {**plain["symbols"], **dict.fromkeys(("share", "near", "nears", "vs"), plain["symbols"]["v"])}
    changes = {"formula": "S*near/MAX(nears)", "steps": steps, "symbols": symbols}
    definition = EvaluationModel.model_validate({**plain, **changes})
    model = Model("relative-offers", definition)

    def with_model(criterion: Criterion) -> Criterion:
        children = tuple(with_model(child) for child in criterion.children)
        return replace(criterion, children=children, model=model if criterion.kind == "offer" else criterion.model)

    return replace(spec, criteria=tuple(with_model(criterion) for criterion in spec.criteria))


def edge_results() -> dict[str, Workbook]:
    """Give result workbooks at the edges: one bid, equal prices, all tied, drawn, all rejected, other models."""
    plan = cleaning()
    spec = plan.specs["nord"]
    bids = some_bids()
    same = [a_bid(name, ("3700000", "300", "10000"), ("2", "20", "9")) for name in ("alfa", "beta", "gamma")]
    equal = dict.fromkeys(("alfa", "beta", "gamma"), (7, 7, 7))
    ratio = Model("lowest-ratio", Library().model("lowest-ratio"))
    by_ratio = tuple(replace(c, model=ratio) if c.kind == "price" else c for c in spec.criteria)
    rejected = [replace(bid, admitted=False, grounds=("Kom for sent.",)) for bid in bids]
    unreadable = replace(rejected[0], prices={}, offers={})
    results = {
        "one": a_result(bids[:1], {"alfa": USUAL["alfa"]}),
        "equal-prices": a_result(same, {"alfa": (7, 7, 7), "beta": (8, 7, 7), "gamma": (6, 7, 7)}),
        "tied": a_result(same, equal),
        "drawn": a_result(same, equal, drawn={"alfa": 3, "beta": 1, "gamma": 2}),
        "two-tied": a_result([*same[:2], bids[2]], {"alfa": (9, 9, 9), "beta": (9, 9, 9), "gamma": (2, 2, 2)}),
        "rejected": a_result([unreadable, *rejected[1:]], {}),
        "nobody": a_result([], {}, spec),
        "ratio": a_result(bids, USUAL, replace(spec, criteria=by_ratio)),
        "money": a_result(bids, USUAL, other_award(spec)),
        "steps": a_result(bids, USUAL, relative_offers(spec)),
        "rounded-points": a_result(bids, USUAL, replace(spec, point_places=1)),
        "no-lots": a_result(same, equal, replace(spec, ties=("price", "social.plan"))),
    }
    rnd = random.Random(7)  # noqa: S311 - made-up bids, the same every time
    for number in range(4):
        many = [
            a_bid(
                f"b{index}",
                [
                    str(rnd.randint(3_000_000, 4_200_000)),
                    str(rnd.randint(24000, 36000) / 100),
                    str(rnd.randint(8000, 12000)),
                ],
                [str(Decimal(rnd.randint(150, 420)) / 100), str(rnd.randint(15, 27)), str(rnd.randint(6, 12))],
            )
            for index in range(rnd.randint(2, 7))
        ]
        given = {bid.bidder: tuple(rnd.randint(0, 10) for _ in range(3)) for bid in many}
        results[f"random-{number}"] = a_result(many, given)
    return {f"{name}.xlsx": excel.result(plan, outcome) for name, outcome in results.items()}


def differences(before: bytes, after: bytes) -> list[str]:
    """Give where a recalculated workbook differs from the values it was written with; error values count."""
    formulas, old, new = opened(before), opened(before, values=True), opened(after, values=True)
    found = []
    for page in formulas.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                one: Any = old[page.title][cell.coordinate].value
                other: Any = new[page.title][cell.coordinate].value
                one, other = "" if one is None else one, "" if other is None else other
                if isinstance(one, (int, float)) and isinstance(other, (int, float)):
                    same = abs(one - other) < 1e-9 * max(1, abs(one))
                else:
                    same = one == other
                if not same or str(other).startswith("#"):
                    found.append(f"{page.title}!{cell.coordinate}: {one!r} -> {other!r} by {cell.value[:120]}")
    return found


@pytest.mark.slow
@pytest.mark.libreoffice
def test_recalculation_gives_the_values_that_were_written(files: dict[str, bytes]) -> None:
    written = {**files, **{name: write(book) for name, book in edge_results().items()}}
    assert len(written) == len(files) + 16
    after = convert(written, "xlsx")
    for name, data in written.items():
        assert differences(data, after[name]) == [], name


@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_missing_score_leaves_the_ranking_open_and_no_error() -> None:
    data = write(excel.result(cleaning(), a_result(some_bids(), USUAL)))
    blank = changed(data, lambda book: book["Point"].__setitem__("F9", None))
    for page in opened(convert({"a.xlsx": blank}, "xlsx")["a.xlsx"], values=True).worksheets:
        shown = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]
        assert not any(re.match(r"#[A-Z/0!?]+", text) for text in shown), page.title
        if page.title == "Rangering":
            assert "afventer" in shown
        if page.title == "Resultat":
            assert "afventer" in shown
            assert not any("Rengøring A/S" in text for text in shown[:14]), "no winner is named"


def test_the_result_names_winner_ties_and_rejected_bids() -> None:
    books = {name: {sheet.name: sheet for sheet in book.sheets} for name, book in edge_results().items()}

    def front(name: str) -> list[Any]:
        return [cell.value for cell in books[name]["Resultat"].cells]

    assert "uafgjort, afgøres ved lodtrækning" in front("tied.xlsx")
    assert "Beta Rengøring A/S" in front("drawn.xlsx")[:12]
    assert "uafgjort" in front("no-lots.xlsx")
    assert "Intet antageligt tilbud" in front("rejected.xlsx")
    assert "Kun ét antageligt tilbud" in front("one.xlsx")
    assert "Prisen overstiger loftet, som er et mindstekrav." in front("ratio.xlsx")
    assert books["money.xlsx"]["Resultat"].charts == ()
    assert books["ratio.xlsx"]["Resultat"].charts[0].bars == 3


def test_a_low_price_is_an_alarm_and_never_a_rejection() -> None:
    bids = [
        a_bid(f"b{number}", (price, "300", "10000"))
        for number, price in enumerate(("3900000", "3800000", "3850000", "2000000"))
    ]
    plan = cleaning()
    book = excel.result(plan, a_result(bids, {bid.bidder: (5, 5, 5) for bid in bids}))
    shown = [cell.value for cell in book.sheet("Lave priser").cells]
    assert "B3 Rengøring A/S" in shown
    assert "medianen af de andre tilbud" in shown
    assert "ordregiverens eget skøn" in shown
    assert not any("B0" in str(value) for value in shown)
    assert "B3 Rengøring A/S" in [cell.value for cell in book.sheet("Resultat").cells], "it stays in the ranking"


# The register of duties


def test_the_register_carries_the_offered_numbers_and_no_field_for_persons(books: dict[str, Workbook]) -> None:
    book = books["F1_Forpligtelsesregister_nord.xlsx"]
    winner = a_result(some_bids(), USUAL).winner
    assert winner is not None
    shown = texts_of(book)
    assert "2,75 timer pr. deltager om ugen" in shown, "the offered mentor hours"
    assert "18 timer om ugen" in shown, "the offered hours"
    labels = {cell.field.label.casefold() for _, cell in book.cells() if cell.field}
    assert not any(word in label for label in labels for word in ("cpr", "navn", "helbred", "adresse", "sygdom"))
    assert "CPR-numre" in "".join(str(c.value) for c in book.sheet("Vejledning").cells)
    assert {"R1", "Sidste start på nye forløb"} <= {
        word for word in ("R1", "Sidste start på nye forløb") if word in shown
    }


@pytest.mark.slow
@pytest.mark.libreoffice
def test_the_register_counts_deadlines_and_raises_alarms(books: dict[str, Workbook]) -> None:
    book = books["F1_Forpligtelsesregister_nord.xlsx"]
    test = dt.date(2028, 3, 30)
    typed = {
        "contract.status_date": dt.date(2028, 6, 1),
        "course.1.pseudonym": "F-001", "course.1.started": dt.date(2027, 6, 1), "course.1.test": test,
        "course.1.passed": "Ja",
        "course.2.started": dt.date(2027, 5, 15),
        "course.3.started": dt.date(2027, 3, 1), "course.3.employed": dt.date(2027, 12, 6),
        "places.1.vacant": dt.date(2028, 4, 1), "places.1.requested": dt.date(2028, 4, 1),
        "staff.1.unit": "1.001.001.001", "staff.1.ordinary": 22, "staff.1.placement": 4, "staff.1.subsidy": 1,
        "mentor.1.weeks": 100, "mentor.1.given": 260,
        "months.1.phase1": 6, "months.1.phase2": 4, "months.1.phase3": Decimal("1.5"), "months.1.subsidy": 1000,
        "months.1.invoiced": Decimal("96160.01"),
        "register.1.next": dt.date(2028, 5, 1), "register.1.state": "i gang",
        "decisions.1.date": dt.date(2028, 5, 1), "decisions.1.kind": "fritagelse",
        "changes.1.value": 255_000,
    }  # fmt: skip
    filled = excel.fill(write(book), excel.facts(book), typed)
    shown = opened(convert({"a.xlsx": filled}, "xlsx")["a.xlsx"], values=True)
    course = {cell.value: number for number, cell in enumerate(next(shown["Forløb"].iter_rows(min_row=7, max_row=7)))}
    rows = [[cell.value for cell in row] for row in shown["Forløb"].iter_rows(min_row=8, max_row=10)]
    assert rows[0][course["Jobtilbud senest"]].date() == add_working_days(test, 10)
    assert rows[0][course["Alarm"]] == "JOBTILBUD OVERSKREDET"
    assert (rows[1][course["Måneder"]], rows[1][course["Alarm"]]) == (12, "MÅNED 12")
    assert rows[2][course["52 uger"]].date() == dt.date(2028, 12, 4)
    assert rows[2][course["Ingen afskedigelse før"]].date() == dt.date(2028, 8, 6)
    alarms = {
        row[0].value: row[2].value for row in shown["Overblik"].iter_rows() if isinstance(row[2].value, (int, float))
    }
    raised = {label for label, count in alarms.items() if count}
    assert raised == {
        "Forpligtelser, hvor fristen er overskredet",
        "Forløb, der har nået måned 12",
        "Jobtilbud, hvor fristen er overskredet",
        "Pladser, hvor henvisningsfristen er overskredet (fritagelse R1)",
        "P-numre over rimelighedskravet",
        "Fakturaer, der ikke stemmer",
        "Kvartaler med for få mentortimer",
        "Ansøgninger, hvor afgørelsesfristen er overskredet",
    }
    mentor = [cell.value for cell in next(shown["Mentortimer"].iter_rows(min_row=8, max_row=8))]
    assert mentor[2:6] == [275, 260, -15, 6750]


def test_the_last_day_of_a_month_stays_the_last_day() -> None:
    assert months_later(dt.date(2027, 8, 31), 6) == dt.date(2028, 2, 29)
    assert months_later(dt.date(2027, 12, 15), 1) == dt.date(2028, 1, 15)
    assert months_later(dt.date(2028, 4, 30), -9) == dt.date(2027, 7, 30)


def test_a_lot_without_a_winner_has_no_register() -> None:
    with pytest.raises(ValueError, match="no winner"):
        excel.duty_register(cleaning(), a_result([], {}, cleaning().specs["nord"]))


# The forms, filled in


def a_price_list(**typed: object) -> bytes:
    book = excel.price_list(cleaning(), "nord")
    values = {
        "bidder.name": HOSTILE, "bidder.cvr": "99887766", "bidder.address": "Vej 1", "bidder.contact": "Ida",
        "bidder.signatory": "Ida", "bidder.date": dt.date(2027, 1, 14),
        "price.A": 3_690_000, "price.H": Decimal("289.50"), "price.T": 9800,
        "control.hours": 14000, "control.wages": 240,
        "control.training-wages": 6000, "control.training-mentor": 2800, "control.training-overhead": 1000,
    }  # fmt: skip
    return excel.fill(write(book), excel.facts(book), {**values, **typed})


@pytest.mark.slow
@pytest.mark.libreoffice
def test_the_live_checks_tell_whether_a_price_list_is_ready() -> None:
    made = {
        "good.xlsx": a_price_list(),
        "dear.xlsx": a_price_list(**{"price.T": 12_900}),
        "free.xlsx": a_price_list(**{"price.H": 0}),
        "text.xlsx": a_price_list(**{"price.A": "3.690.000 kr."}),
        "sum.xlsx": a_price_list(**{"control.training-mentor": 2000}),
        "blank.xlsx": a_price_list(**{"bidder.cvr": None}),
    }
    shown = {name: opened(data, values=True) for name, data in convert(made, "xlsx").items()}
    assert shown["good.xlsx"]["Forside"]["B5"].value == "KLAR TIL AFLEVERING"
    total = 4 * 3_690_000 + 2400 * 289.5 + 309.6 * 9800
    values = [cell.value for row in shown["good.xlsx"]["Priser"].iter_rows() for cell in row]
    assert any(isinstance(value, (int, float)) and abs(value - total) < 1e-6 for value in values)
    for name, word in (
        ("dear", "Over loftet"), ("free", "Skal være over 0"), ("text", "Skal være et tal"), ("sum", "Stemmer ikke"),
        ("blank", "Mangler"),
    ):  # fmt: skip
        book = shown[f"{name}.xlsx"]
        assert str(book["Forside"]["B5"].value).startswith("IKKE KLAR: "), name
        assert word in [cell.value for row in book["Kontrol"].iter_rows() for cell in row], name


def test_commitments_and_lower_numbers_have_their_own_checks() -> None:
    plan = cleaning()
    first = next(field for field in plan.fields if field.criterion == "social.mentor")
    promise = replace(first, id="job-guarantee.promise", criterion="", kind="yes-no", label="Fast kontakt", number="")
    free = replace(
        first, id="job-guarantee.days", criterion="", kind="count", label="Dage", number="", floor={}, cap={}
    )
    book = excel.answer_form(replace(plan, fields=(*plan.fields, promise, free)), "nord")
    fields = excel.facts(book)["fields"]
    assert fields["commitment.job-guarantee.promise"]["type"] == "yes-no"
    assert fields["offer.job-guarantee.days"]["decimals"] == 0
    spec = plan.specs["nord"]
    social = spec.criteria[2]
    leaves = tuple(replace(leaf, better="lower") if leaf.id == "social.mentor" else leaf for leaf in social.children)
    lower = replace(spec, criteria=(*spec.criteria[:2], replace(social, children=leaves)))
    book = excel.answer_form(replace(plan, specs={**plan.specs, "nord": lower}), "nord")
    checks = [cell.formula for cell in book.sheet("Socialt tilbud").cells if "mindstekravet" in cell.formula]
    assert ">1.5," in checks[0]
    assert "<15," in checks[1]


def test_the_words_fit_and_have_the_same_places_in_both_languages() -> None:
    """Titles of messages hold 32 characters and messages 255; more would be left out."""
    library = cleaning().library
    for name in library.ids("workbook"):
        for key, label in library.workbook(name).labels.items():
            limit = 32 if key == "prompt_title" else 255 if key.startswith(("prompt_", "error_")) else 2000
            assert max(len(label.da), len(label.en)) <= limit, (name, key)
            assert label.da.count("{") == label.en.count("{"), (name, key)
        guides = [library.text(f"workbooks/{name}/{language}.md").splitlines() for language in ("da", "en")]
        marks = [[line[:2] for line in guide if line[:2] in {"##", "- ", "1.", "2."}] for guide in guides]
        assert marks[0] == marks[1] != [], name


def test_individual_sheets_of_every_lot_meet_in_one_consensus() -> None:
    bids = {"nord": some_bids("nord"), "syd": some_bids("syd")}
    book = excel.consensus(cleaning(), bids, [sheet for lot in bids.values() for sheet in individual(lot)])
    assert [sheet.name for sheet in book.sheets] == ["Forside", "Vejledning", "Skala", "Nord", "Syd"]
