"""The evaluation in ``tender.yaml``: parameters of all kinds, minimums, price lines, models on scores and kroner."""

from __future__ import annotations

from fractions import Fraction

import pytest
from cases import cleaning, example_text, plan_of

from tenderkit.case.lock import resolved
from tenderkit.evaluation.spec import Criterion
from tenderkit.library import Library
from tenderkit.library.content import FrozenContent, installed
from tenderkit.plan import make_plan
from tenderkit.problems import Problem, TenderkitError
from tenderkit.tender import read_tender

PRICE = "    model: relative-linear\n    parameters: {X: 50 %}\n"
K1 = "        scale: zero-to-ten\n        answer_max: 6000\n"
K2 = "        scale: zero-to-ten\n        answer_max: 4000\n"
AWARD = "  model: weighted-sum\n"
HOURS = "hours: {number: S3, weight: 20 %, from: job-guarantee.hours}"


def problems_after(*changes: tuple[str, str]) -> list[Problem]:
    with pytest.raises(TenderkitError) as caught:
        cleaning(*changes)
    return list(caught.value.problems)


def told(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    """Give each problem's id and the line of the tender that it points at."""
    text = example_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    lines = text.splitlines()
    return [(problem.id, lines[problem.place.line - 1].strip()) for problem in problems_after(*changes)]


def leaf(identifier: str, *changes: tuple[str, str]) -> Criterion:
    return cleaning(*changes).specs["nord"].leaf(identifier)


def priced(model: str, parameters: str) -> tuple[str, str]:
    return PRICE, f"    model: {model}\n    parameters: {parameters}\n"


# Parameters


@pytest.mark.parametrize(
    ("model", "parameters", "expected"),
    [
        ("relative-linear", "{X: '12,5 %'}", {"X": Fraction(1, 8)}),
        ("root-ratio", "{n: 2.5}", {"n": Fraction(5, 2)}),
        (
            "absolute-linear",
            '{lo: 18.000.000, hi: "30,000,000 kr."}',
            {"lo": Fraction(18_000_000), "hi": Fraction(30_000_000)},
        ),
        (
            "closeness-to-geometric-mean",
            "{b: 30_000_000, m: 2}",
            {"b": Fraction(30_000_000), "m": Fraction(2)},
        ),
        (
            "price-bands",
            "{t: {0: 100 %, 20_000_000: 60 %, 30_000_000: 0 %}}",
            {
                "t": (
                    (Fraction(0), Fraction(1)),
                    (Fraction(20_000_000), Fraction(3, 5)),
                    (Fraction(30_000_000), Fraction(0)),
                )
            },
        ),
    ],
)
def test_parameters_of_every_kind_are_read(model: str, parameters: str, expected: dict[str, object]) -> None:
    found = leaf("price", priced(model, parameters)).model
    assert found is not None
    assert found.parameters == expected


@pytest.mark.parametrize(
    ("model", "parameters", "said"),
    [
        ("relative-linear", "{X: 0.5 %}", '"X": 0.5 is below 1. How many per cent'),
        ("relative-linear", "{X: 12,5 %}", 'no parameter "5 %". Inside braces a comma begins the next value'),
        ("price-bands", "{t: {0: 62,5 %, 9: 0 %}}", 'the row "5 %" has no value. Inside braces a comma'),
        ("relative-linear", "{X: 50}", '"X": "50" has no % sign.'),
        ("relative-linear", "{X: {0 %: 100 %, 50 %: 0 %}}", '"X" is one value, not a table.'),
        ("relative-linear", "{Y: 50 %}", 'The parameter "X" of "relative-linear" is not chosen.'),
        ("closeness-to-geometric-mean", "{b: 100, m: 1.5}", '"m": 1.5 is not a whole number.'),
        ("price-bands", "{t: 60 %}", '"t" is a table, not one value.'),
        ("price-bands", "{t: {0: 100 %}}", '"t": a table has 2 to 20 rows, not 1.'),
        ("price-bands", "{t: {10: 100 %, 5: 0 %}}", '"t": the edges of a table rise from row to row.'),
        ("price-bands", "{t: {5: 100 %, 5.0: 0 %}}", '"t": the edges of a table rise from row to row.'),
        ("price-bands", "{t: {0: 100 %, 1.234: 0 %}}", '"1.234" can mean 1234 or 1 and a fraction'),
    ],
)
def test_a_parameter_that_cannot_be_read_says_why_and_how(model: str, parameters: str, said: str) -> None:
    found = problems_after(priced(model, parameters))
    assert any(said in f"{problem.message} {problem.help}" for problem in found), [str(problem) for problem in found]
    assert all(problem.place.line for problem in found)
    assert all(problem.help for problem in found)


def test_everything_wrong_with_a_table_is_told_at_once_with_its_row() -> None:
    table = "    parameters:\n      t:\n        0: 100\n        x: 50 %\n        200: 0 %\n        300: -5 %\n"
    found = told((PRICE, f"    model: price-bands\n{table}"))
    assert found == [("wrong-value", "0: 100"), ("wrong-value", "x: 50 %")]


def test_all_parameters_are_told_at_once() -> None:
    found = problems_after(
        priced("absolute-linear", "{lo: x, high: 5}"), (AWARD, "  model: extended-richtwert\n  parameters: {z: 50 %}\n")
    )
    assert sorted((problem.id, problem.message.split('"')[1]) for problem in found) == [
        ("model-not-published", "hi"),
        ("unknown-key", "absolute-linear"),
        ("wrong-value", "lo"),
        ("wrong-value", "z"),
    ]


# How a criterion is scored


def test_a_scale_and_a_model_on_scores_stand_together() -> None:
    both = K1.replace("zero-to-ten\n", "zero-to-ten\n        model: best-score-full-points\n")
    found = leaf("quality.operation", (K1, both))
    assert (found.kind, found.scale_id) == ("score", "zero-to-ten")
    assert found.model is not None
    assert found.model.id == "best-score-full-points"


@pytest.mark.parametrize(
    ("change", "identifier", "said"),
    [
        (
            (K1, K1.replace("zero-to-ten\n", "zero-to-ten\n        model: lowest-ratio\n")),
            "wrong-model-input",
            '"lowest-ratio" works on evaluated prices, but this criterion has points from evaluators.',
        ),
        (
            (K1, K1.replace("zero-to-ten\n", "zero-to-ten\n        parameters: {X: 50 %}\n")),
            "unknown-key",
            "has parameters, but no model that they are for",
        ),
        (
            (PRICE, "    model: best-score-full-points\n"),
            "wrong-model-input",
            '"best-score-full-points" works on points from evaluators, but this criterion has evaluated prices.',
        ),
        (
            (PRICE, "    model: above-floor\n"),
            "wrong-model-input",
            '"above-floor" works on numbers that bidders offer, but this criterion has evaluated prices.',
        ),
        ((PRICE, "    looks_for: Pris\n"), "criterion-without-method", "must say how it is scored"),
        ((PRICE, "    model: weighted-sum\n"), "wrong-model-role", "a model for the award, not the criterion"),
        (
            (HOURS, HOURS.replace("}", ", scale: zero-to-ten}")),
            "criterion-without-method",
            "with a number, which no evaluator scores",
        ),
        (
            (HOURS, HOURS.replace("}", ", model: lowest-ratio}")),
            "wrong-model-input",
            "this criterion has numbers that bidders offer",
        ),
    ],
)
def test_other_ways_to_score_are_refused_with_advice(change: tuple[str, str], identifier: str, said: str) -> None:
    (problem,) = problems_after(change)
    assert problem.id == identifier
    assert said in problem.message
    assert problem.help
    assert problem.place.line > 270


def test_a_clause_number_can_be_scored_by_another_model() -> None:
    bands = "from: job-guarantee.hours, model: offer-bands, parameters: {t: {15: 0 %, 20: 50 %, 25: 100 %}}"
    found = leaf("social.hours", (HOURS, HOURS.replace("from: job-guarantee.hours", bands)))
    assert (found.kind, found.floor, found.cap) == ("offer", Fraction(15), Fraction(25))
    assert found.model is not None
    assert found.model.parameters["t"] == ((15, 0), (20, Fraction(1, 2)), (25, 1))


# Minimums and price lines


def test_minimums_are_read_on_criteria_and_groups() -> None:
    plan = cleaning(
        (K1, K1 + "        minimum: 60 %\n"),
        ("    title: Kvalitet\n", "    title: Kvalitet\n    minimum: 62,5 %\n"),
        (HOURS, HOURS.replace("}", ", minimum: 0 %}")),
    )
    spec = plan.specs["syd"]
    quality = next(criterion for criterion in spec.criteria if criterion.id == "quality")
    found = {item.id: item.minimum for item in (quality, *spec.leaves())}
    assert found["quality"] == Fraction(5, 8)
    assert found["quality.operation"] == Fraction(3, 5)
    assert found["social.hours"] == 0
    assert found["price"] is None
    assert resolved(plan)["minimums"] == {"quality": "62.5 %", "quality.operation": "60 %", "social.hours": "0 %"}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ((PRICE, f"{PRICE}    minimum: 50 %\n"), ("minimum-not-possible", "minimum: 50 %")),
        ((K1, f"{K1}        minimum: 101 %\n"), ("wrong-value", "minimum: 101 %")),
        (
            (K1, f"{K1}        model: best-score-full-points\n        minimum: 50 %\n"),
            ("minimum-not-possible", "minimum: 50 %"),
        ),
        (
            (K1, K1.replace("        scale: zero-to-ten\n", "        model: lowest-ratio\n        minimum: 9 %\n")),
            ("minimum-not-possible", "minimum: 9 %"),
        ),
    ],
)
def test_a_minimum_that_cannot_be_is_told_with_its_line(change: tuple[str, str], found: tuple[str, str]) -> None:
    assert told(change) == [found]
    assert all(problem.help for problem in problems_after(change))


def test_a_minimum_on_a_group_with_a_price_in_it_is_told() -> None:
    inside = K2.replace("        scale: zero-to-ten\n", "        model: lowest-ratio\n")
    (problem,) = problems_after((K2, inside), ("    title: Kvalitet\n", "    title: Kvalitet\n    minimum: 50 %\n"))
    assert problem.id == "minimum-not-possible"
    assert '"Egenkontrol og rettelse af fejl" in it is about prices' in problem.message


def test_price_lines_of_a_criterion_are_read() -> None:
    plan = cleaning((PRICE, f"{PRICE}    lines: [A, H]\n"))
    assert plan.specs["nord"].leaf("price").lines == ("A", "H")
    assert resolved(plan)["price_lines_of_criteria"] == {"price": ["A", "H"]}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ((PRICE, f"{PRICE}    lines: [A, X]\n"), ("unknown-price-line", "lines: [A, X]")),
        ((PRICE, f"{PRICE}    lines: [A, A]\n"), ("repeated-price-line", "lines: [A, A]")),
        ((K1, f"{K1}        lines: [A]\n"), ("lines-without-price", "lines: [A]")),
        (("    title: Kvalitet\n", "    title: Kvalitet\n    lines: [A]\n"), ("lines-without-price", "lines: [A]")),
    ],
)
def test_price_lines_that_cannot_be_are_told_with_their_line(change: tuple[str, str], found: tuple[str, str]) -> None:
    assert told(change) == [found]


# Kroner


MONEY = """criteria:
  days: {title: Dage, amount: 10_000, from: job-guarantee.hours, model: as-offered}
  quality: {title: Kvalitet, amount: 2_000_000, scale: zero-to-ten, looks_for: Der lægges vægt på planen.}
"""


def in_kroner(award: str, criteria: str = MONEY) -> tuple[tuple[str, str], ...]:
    text = example_text()
    old = text[text.index("\ncriteria:\n") + 1 : text.index("\ncommittee:\n") + 1]
    return (old, f"{criteria}\n"), (AWARD, f"  model: {award}\n"), ("ties: [price, social,", "ties: [price,")


def test_an_offered_number_is_passed_on_only_to_an_award_in_kroner() -> None:
    found = leaf("days", *in_kroner("price-plus-time"))
    assert found.amount == 10_000
    assert found.model is not None
    assert found.model.definition.gives == "value"
    weighted = MONEY.replace("amount: 10_000", "weight: 50 %").replace("amount: 2_000_000", "weight: 50 %")
    (problem,) = problems_after(*in_kroner("weighted-sum", weighted))
    assert problem.id == "value-without-kroner"
    assert problem.place.line


def test_what_the_award_model_works_with_must_be_there() -> None:
    weighted = MONEY.replace("amount: 10_000", "weight: 50 %").replace("amount: 2_000_000", "weight: 50 %")
    found = problems_after(*in_kroner("price-plus-time", weighted))
    assert [problem.id for problem in found] == ["amount-missing", "amount-missing"]
    plain = MONEY.replace(", model: as-offered", "")
    found = problems_after(*in_kroner("weighted-sum", plain))
    assert [problem.id for problem in found] == ["missing-weight", "missing-weight"]


# Award models with parameters and stages


def test_the_lock_shows_parameters_tables_and_stages() -> None:
    bands = "{t: {0: 100 %, 20_000_000: '62,5 %', 30_000_000: 0 %}}"
    shown = resolved(cleaning(priced("price-bands", bands)))
    assert shown["models"]["price"]["parameters"] == {"t": ["0: 1", "20000000: 0.625", "30000000: 0"]}
    award = resolved(cleaning((AWARD, "  model: extended-richtwert\n  parameters: {z: 5 %}\n")))["award"]
    assert award["parameters"] == {"z": "0.05"}
    assert award["stages"] == {"corridor": "ratio>=(100%-z)*MAX(ratios)"}
    assert list(award["steps"]) == ["q", "ratio"]


def test_the_plan_from_a_lock_has_the_same_tables() -> None:
    bands = "{t: {0: 100 %, 20_000_000: '62,5 %', 30_000_000: 0 %}}"
    text = example_text().replace(PRICE, f"    model: price-bands\n    parameters: {bands}\n")
    content = installed()
    frozen = Library(FrozenContent({path: content.read(path) for path in content.paths()}, "lock.json"))
    again = make_plan(*read_tender(text, "tender.yaml"), frozen)
    assert again.specs == plan_of(text).specs
