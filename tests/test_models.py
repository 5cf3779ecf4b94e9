"""Every model file: its examples, its edge rules, its claims, and the same numbers in a spreadsheet."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from scoring_builders import a_model, a_price, a_score, a_spec, an_offer, library, price_and_quality

from tenderkit.evaluation.edges import deciding_formula, undefined_cases
from tenderkit.evaluation.examples import example_problems, example_values
from tenderkit.evaluation.points import award_totals, model_points
from tenderkit.evaluation.spec import Criterion, Model
from tenderkit.formula import Node, evaluate, excel, names_in, parse, words
from tenderkit.formula.tree import Call, walk
from tenderkit.library.model import EvaluationModel, Scale
from tenderkit.problems import TenderkitError
from tenderkit.source import read_model, read_yaml

MODELS = library().ids("model")
CRITERION_MODELS = [name for name in MODELS if library().model(name).role == "criterion"]
AWARD_MODELS = [name for name in MODELS if library().model(name).role == "award"]
TOP = Fraction(10)
TRIES = 400
MORE_TRIES = 2000


def test_the_five_models_are_found() -> None:
    assert {"above-floor", "lowest-ratio", "quality-in-money", "relative-linear", "weighted-sum"} <= set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_the_worked_examples_hold(name: str) -> None:
    definition = library().model(name)
    assert len(definition.examples) >= 2
    assert example_problems(name, definition) == []


@pytest.mark.parametrize("name", MODELS)
def test_a_wrong_example_is_found(name: str) -> None:
    definition = library().model(name)
    first = definition.examples[0]
    wrong = first.model_copy(update={"points": [points + 1 for points in first.points]})
    changed = definition.model_copy(update={"examples": [wrong, *definition.examples[1:]]})
    assert [problem.id for problem in example_problems(name, changed)] == ["example-points-differ"]


@pytest.mark.parametrize("name", MODELS)
def test_every_model_is_said_in_both_languages(name: str) -> None:
    definition = library().model(name)
    danish, english = (words(definition.tree, definition.symbols, language) for language in ("da", "en"))
    assert danish.startswith(definition.symbols["result"].da)
    assert english.startswith(definition.symbols["result"].en)


def test_a_lower_number_can_be_the_better_offer() -> None:
    definition = library().model("above-floor")
    lower = definition.examples[2]
    assert lower.given.floor is not None
    assert lower.given.cap is not None
    assert lower.given.floor > lower.given.cap
    assert list(example_values("above-floor", definition, lower)) == [0, 5, 10, 10]


# Broken model files


def broken(**changes: str) -> str:
    text = library().text("models/lowest-ratio.yaml")
    for old, new in changes.items():
        text = text.replace(old, new)
    with pytest.raises(TenderkitError) as caught:
        read_model(EvaluationModel, read_yaml(text, "broken.yaml"))
    return str(caught.value)


def test_a_broken_model_file_says_what_is_wrong() -> None:
    formula = "formula: S*MIN(Ps)/P"
    assert 'Formula: Column 7: "MIN" is a function' in broken(**{formula: "formula: S*P^2-MIN"})
    assert '"AVERGE" is no function. Did you mean "AVERAGE"?' in broken(**{formula: "formula: S*AVERGE(Ps)/P"})
    assert '"Q" is neither a parameter nor one of P, Ps, S' in broken(**{formula: "formula: S*MIN(Ps)/Q"})
    assert 'Symbols: "Ps" is in the formula and has no text' in broken(**{"\n  Ps:": "\n  Qs:"})
    assert 'The key "zero" is missing.' in broken(**{"  zero: refused\n": ""})
    assert "one rank for each bid" in broken(**{"ranks: [2, 3, 1]": "ranks: [2, 3]"})


# Edge rules


@pytest.mark.parametrize(
    ("edges", "guard"),
    [
        ({"single_bid": "full-points", "all_equal": "full-points"}, "IF(MAX(Ps)=MIN(Ps),S,"),
        ({"single_bid": "full-points", "all_equal": "by-formula"}, "IF(COUNT(Ps)=1,S,"),
        ({"single_bid": "by-formula", "all_equal": "full-points"}, "IF(AND(COUNT(Ps)>1,MAX(Ps)=MIN(Ps)),S,"),
        ({"single_bid": "by-formula", "all_equal": "by-formula"}, "S*MIN(Ps)/P"),
    ],
)
def test_edge_rules_become_part_of_the_deciding_formula(edges: dict[str, str], guard: str) -> None:
    definition = library().model("lowest-ratio")
    changed = definition.model_copy(update={"edges": definition.edges.model_copy(update=edges)})
    tree = deciding_formula(changed)
    assert excel(tree, {name: name for name in names_in(tree)}).startswith(guard)


def min_max(**edges: str) -> Model:
    """A model that has no value when all bids are equal: min-max interpolation (R05)."""
    base = library().model("lowest-ratio")
    formula = "S*(MAX(Ps)-P)/(MAX(Ps)-MIN(Ps))"
    changed = base.model_copy(update={"formula": formula, "edges": base.edges.model_copy(update=edges)})
    return Model("min-max", changed)


def test_min_max_gives_full_points_to_equal_bids_only_by_its_edge_rule() -> None:
    limits = a_price("1", min_max())
    equal = [Fraction(100)] * 3
    assert list(model_points(min_max(), equal, TOP, limits)) == [10, 10, 10]
    with pytest.raises(TenderkitError, match="formula-division-by-zero"):
        model_points(min_max(single_bid="by-formula", all_equal="by-formula"), equal, TOP, limits)


def test_undefined_cases_are_found_with_and_without_a_rule() -> None:
    covered = undefined_cases(price_and_quality("1/2", min_max()))
    assert [(case.criterion, case.case, case.covered) for case in covered] == [
        ("price", "single-bid", True),
        ("price", "all-equal", True),
    ]
    open_cases = undefined_cases(price_and_quality("1/2", min_max(single_bid="by-formula", all_equal="by-formula")))
    assert [case.covered for case in open_cases] == [False, False]
    assert "division by zero" in open_cases[0].reason


def test_zero_prices_are_covered_only_when_they_are_refused() -> None:
    spec = price_and_quality("1/2", a_model("relative-linear", X="1/2"))
    assert {(case.case, case.covered) for case in undefined_cases(spec)} == {("zero", True)}
    model = a_model("relative-linear", X="1/2")
    allowed = model.definition.edges.model_copy(update={"zero": "by-formula"})
    changed = Model(model.id, model.definition.model_copy(update={"edges": allowed}), model.parameters)
    cases = undefined_cases(price_and_quality("1/2", changed))
    assert {(case.case, case.covered) for case in cases} == {("zero", False)}


def test_points_outside_the_scale_are_an_undefined_case() -> None:
    model = a_model("relative-linear", X="1/2")
    unclamped = model.definition.model_copy(update={"formula": "S*(1-(P-MIN(Ps))/(X*MIN(Ps)))"})
    cases = undefined_cases(price_and_quality("1/2", Model("unclamped", unclamped, model.parameters)))
    assert [(case.case, case.covered) for case in cases if case.case == "outside"] == [("outside", False)]


def test_offers_and_awards_have_no_undefined_case() -> None:
    criteria = [an_offer("hours", "1/2", "15", "25"), an_offer("days", "1/2", "24", "4", better="lower")]
    assert undefined_cases(a_spec(criteria)) == []
    money = a_spec([a_score("quality", "1", amount="500000")], award=a_model("quality-in-money"))
    assert undefined_cases(money) == []


def test_an_award_by_price_per_point_is_undefined_without_points() -> None:
    base = library().model("quality-in-money")
    per_point = Model("per-point", base.model_copy(update={"formula": "P/SUM_CRITERIA(w*p)"}))
    cases = undefined_cases(a_spec([a_score("quality", "1")], award=per_point))
    assert [(case.criterion, case.case, case.covered) for case in cases] == [("", "zero", False)]


@pytest.mark.parametrize("name", CRITERION_MODELS)
def test_what_a_model_says_about_values_beyond_its_span_is_what_its_formula_does(name: str) -> None:
    harness = Harness(name)
    dice = random.Random(1)  # noqa: S311 - made-up values, not secrets
    far = Fraction(10**9)
    points = harness.points([far, *harness.values(dice, 2)])[0]
    outside = harness.definition.edges.outside
    assert (outside, points) in [("zero-points", 0), ("clamped", TOP)] or (
        outside == "not-possible" and 0 < points < TOP
    )


# Claims: relative, monotone, linear, rank reversal


@dataclass(frozen=True)
class Harness:
    """A criterion model with the constants of one of its examples and made-up values."""

    name: str
    example: int = 0

    @property
    def definition(self) -> EvaluationModel:
        return library().model(self.name)

    @property
    def limits(self) -> Criterion:
        return an_offer("x", "1", "15", "25") if self.definition.input == "offer" else a_price("1", self.model)

    @property
    def model(self) -> Model:
        given = self.definition.examples[self.example].given.parameters
        constants = {name: item.value(given[name]) for name, item in self.definition.parameters.items()}
        return Model(self.name, self.definition, constants)

    def points(self, values: Sequence[Fraction]) -> tuple[Fraction, ...]:
        return model_points(self.model, values, TOP, self.limits)

    def values(self, dice: random.Random, count: int) -> list[Fraction]:
        if self.definition.input == "offer":
            return [Fraction(dice.randint(150, 300), 10) for _ in range(count)]
        return [Fraction(dice.randint(60, 260)) for _ in range(count)]


def own_points_change(harness: Harness, dice: random.Random) -> bool:
    """Tell whether somebody else's value changes a bid's own points."""
    own = harness.values(dice, 1)
    return harness.points(own + harness.values(dice, 2))[0] != harness.points(own + harness.values(dice, 2))[0]


def better_value_worsens(harness: Harness, dice: random.Random) -> bool:
    others = harness.values(dice, 2)
    low, high = sorted(harness.values(dice, 2))
    better, worse = (low, high) if harness.definition.better == "lower" else (high, low)
    return harness.points([better, *others])[0] < harness.points([worse, *others])[0]


def steps_differ(harness: Harness, dice: random.Random) -> bool:
    """Tell whether equal steps between 0 and full points give unequal differences."""
    others = harness.values(dice, 2)
    low, high = sorted(harness.values(dice, 2))
    points = [harness.points([value, *others])[0] for value in (low, (low + high) / 2, high)]
    inside = all(0 < value < TOP for value in points)
    return inside and points[0] - points[1] != points[1] - points[2]


def winner_flips(harness: Harness, dice: random.Random) -> bool:
    """Tell whether one of the first two overtakes the other when the third, who wins nothing, leaves."""
    values = harness.values(dice, 3)
    quality = [Fraction(dice.randint(0, 100), 10) for _ in range(3)]
    totals = [points + own for points, own in zip(harness.points(values), quality, strict=True)]
    rest = [points + own for points, own in zip(harness.points(values[:2]), quality[:2], strict=True)]
    return totals[2] < max(totals[:2]) and (totals[0] - totals[1]) * (rest[0] - rest[1]) < 0


@pytest.mark.parametrize("name", CRITERION_MODELS)
@pytest.mark.parametrize(
    ("claim", "is_counterexample", "claimed_when_found"),
    [
        ("relative", own_points_change, True),
        ("monotone", better_value_worsens, False),
        ("linear", steps_differ, False),
        ("rank_reversal", winner_flips, True),
    ],
)
def test_the_claims_of_criterion_models_are_true(
    name: str, claim: str, is_counterexample: object, claimed_when_found: bool
) -> None:
    assert callable(is_counterexample)
    dice = random.Random(20261121)  # noqa: S311 - made-up bids, not secrets
    definition = library().model(name)
    claimed = getattr(definition, claim)
    tries = MORE_TRIES if claim == "rank_reversal" else TRIES
    harnesses = [Harness(name, example) for example in range(len(definition.examples))]
    found = any(is_counterexample(harness, dice) for harness in harnesses for _ in range(tries))
    assert found == (claimed if claimed_when_found else not claimed)


def test_a_model_that_is_not_monotone_is_found_out() -> None:
    """Closeness to the mean (R11): a lower price can score less (P08)."""

    class Mean(Harness):
        @property
        def definition(self) -> EvaluationModel:
            return (
                library()
                .model("lowest-ratio")
                .model_copy(update={"formula": "S*MAX(0,1-ABS(P-AVERAGE(Ps))/AVERAGE(Ps))"})
            )

    dice = random.Random(20261121)  # noqa: S311 - as above
    assert any(better_value_worsens(Mean("mean"), dice) for _ in range(TRIES))


@pytest.mark.parametrize("name", AWARD_MODELS)
def test_the_claims_of_award_models_are_true(name: str) -> None:
    dice = random.Random(20261121)  # noqa: S311 - as above
    model = Model(name, library().model(name))
    definition = model.definition
    sign = 1 if definition.better == "higher" else -1
    assert (definition.relative, definition.monotone, definition.linear, definition.rank_reversal) == (
        False,
        True,
        True,
        False,
    )
    for _ in range(100):
        prices = [Fraction(dice.randint(100, 900)) for _ in range(3)]
        weights = [Fraction(dice.randint(0, 60), 100) for _ in range(2)]
        points = [[Fraction(dice.randint(0, 10)) for _ in weights] for _ in prices]

        def totals(
            prices: Sequence[Fraction], points: Sequence[Sequence[Fraction]], weights: Sequence[Fraction] = weights
        ) -> tuple[Fraction, ...]:
            criteria = [[{"w": w, "p": p, "a": 500 * w} for w, p in zip(weights, own, strict=True)] for own in points]
            return award_totals(model, TOP, prices, criteria)

        all_three, two = totals(prices, points), totals(prices[:2], points[:2])
        assert all_three[:2] == two
        step = Fraction(7)
        cheaper = [totals([prices[0] - step * k, *prices[1:]], points)[0] for k in range(3)]
        assert sign * cheaper[1] >= sign * cheaper[0]
        assert cheaper[1] - cheaper[0] == cheaper[2] - cheaper[1]
        better = totals(prices, [[points[0][0] + 1, points[0][1]], *points[1:]])[0]
        assert sign * better >= sign * all_three[0]


# The scale


def test_the_scale_of_the_cleaning_case() -> None:
    scale = library().scale("zero-to-ten")
    assert [scale.bottom, scale.top, scale.step] == [0, 10, 1]
    assert [level.score for level in scale.levels] == [10, 8, 6, 4, 2, 0]
    assert scale.scores == tuple(range(11))
    assert scale.between is not None
    openings = ["Bedst mulig", "God", "Tilfredsstillende", "Mindre tilfredsstillende", "Ringe", "Kun mindstekravene"]
    assert [level.text.da.partition(".")[0] for level in scale.levels] == openings


def test_a_scale_needs_two_levels() -> None:
    with pytest.raises(TenderkitError):
        read_model(Scale, read_yaml("{title: {da: a, en: b}, step: 1, levels: []}", "scale.yaml"))


# The same numbers in a spreadsheet

EXTRA = [
    "CLAMP(S/2+S/2*(MEDIAN(Ps)-P)/(50%*MEDIAN(Ps)),0,S)",
    "MAX(0,S-ROUNDUP(100*(P-MIN(Ps))/MIN(Ps),0)*0.05)",
    "IF(AND(P>MIN(Ps),NOT(P=MAX(Ps))),ROUND(P/7,2),IF(OR(P<0,P>=1),ROUNDDOWN(-P/7,1),1))",
    "-(P^2)+(-P)^2+P^-1+ABS(S-P)",
    "SUM(Ps)/COUNT(Ps)-AVERAGE(Ps)+(P-(S-3))-(P-S-3)",
    "S*(1-(P/(2*MAX(Ps)))^3)",
]


def a_case(name: str, dice: random.Random) -> tuple[Node, list[dict[str, Fraction]], dict[str, Fraction]]:
    """Give a formula, the bids' values by name, and the constants."""
    if name in MODELS:
        definition = library().model(name)
        tree: Node = deciding_formula(definition)
        constants = {parameter: Fraction(dice.randint(20, 150), 100) for parameter in definition.parameters}
    else:
        tree, constants = parse(name), {}
    constants |= {"S": TOP, "floor": Fraction(3, 2), "cap": Fraction(4)}
    bids = []
    for _ in range(dice.randint(1, 7)):
        bid = {"P": Fraction(dice.randint(70_000_000, 150_000_000), 100), "v": Fraction(dice.randint(15, 60), 10)}
        for index in range(3):
            bid |= {
                f"p{index}": Fraction(dice.randint(0, 10)),
                f"w{index}": Fraction(dice.randint(0, 50), 100),
                f"a{index}": Fraction(dice.randint(0, 900_000)),
            }
        bids.append(bid)
    return tree, bids, constants


def exact_values(tree: Node, bids: list[dict[str, Fraction]], constants: dict[str, Fraction]) -> Iterator[Fraction]:
    columns = {f"{name}s": [bid[name] for bid in bids] for name in ("P", "v")}
    for bid in bids:
        criteria = [{key: bid[f"{key}{index}"] for key in "wpa"} for index in range(3)]
        yield evaluate(tree, {**bid, **constants}, columns, criteria)


def write_cases(path: Path) -> list[tuple[str, str, Fraction]]:
    """Write one sheet with all cases; give each formula's cell, its text, and its exact value."""
    import xlsxwriter  # noqa: PLC0415 - one test needs it

    expected = []
    dice = random.Random(20261121)  # noqa: S311 - as above
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("Cases")
    row = 0
    for name in [*MODELS, *EXTRA] * 3:
        tree, bids, constants = a_case(name, dice)
        columns = list(bids[0])
        cells = {}
        for index, (constant, value) in enumerate(constants.items()):
            sheet.write_number(row, index, float(value))
            cells[constant] = f"${chr(65 + index)}${row + 1}"
        first, last = row + 2, row + 1 + len(bids)
        for index, column in enumerate(columns):
            cells[f"{column}s"] = f"{chr(65 + index)}${first}:{chr(65 + index)}${last}"
        for bid, value in zip(bids, exact_values(tree, bids, constants), strict=True):
            row += 1
            own = {column: f"{chr(65 + index)}{row + 1}" for index, column in enumerate(columns)}
            for index, column in enumerate(columns):
                sheet.write_number(row, index, float(bid[column]))
            criteria = [{key: own[f"{key}{index}"] for key in "wpa"} for index in range(3)]
            text = excel(tree, {**cells, **own}, criteria)
            sheet.write_formula(row, 20, f"={text}", value=0)
            expected.append((f"U{row + 1}", text, value))
        row += 2
    workbook.close()
    return expected


RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


def recalculated(path: Path) -> Path:
    """Let LibreOffice calculate a workbook anew, in a profile of its own."""
    profile = path.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    target = path.parent / "out"
    command = [
        "soffice",
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(target),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = target / path.name
    assert found.is_file(), "LibreOffice wrote no file"
    return found


@pytest.mark.libreoffice
def test_a_spreadsheet_calculates_the_same_numbers(tmp_path: Path) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415 - one test needs it

    expected = write_cases(tmp_path / "cases.xlsx")
    assert len(expected) > 60
    sheet = load_workbook(recalculated(tmp_path / "cases.xlsx"), data_only=True)["Cases"]
    wrong = []
    for cell, text, value in expected:
        read = sheet[cell].value
        scale = max(Fraction(1), abs(value))
        if not isinstance(read, (int, float)) or abs(Fraction(read) - value) > scale / 10**9:
            wrong.append((cell, text, read, float(value)))
    assert wrong == []


def test_the_extra_formulas_use_every_function_that_a_spreadsheet_has() -> None:
    trees = [parse(text) for text in EXTRA] + [deciding_formula(library().model(name)) for name in MODELS]
    used = {part.function for tree in trees for part in walk(tree) if isinstance(part, Call)}
    assert used == {
        "IF",
        "AND",
        "OR",
        "NOT",
        "ABS",
        "MIN",
        "MAX",
        "AVERAGE",
        "MEDIAN",
        "COUNT",
        "SUM",
        "CLAMP",
        "ROUND",
        "ROUNDUP",
        "ROUNDDOWN",
        "SUM_CRITERIA",
    }
