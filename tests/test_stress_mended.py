"""Edges of the stress test: one bid, ceilings, numbers that cost, scales that end, and one rule for level prices."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from scoring_builders import a_model, a_price, a_score, a_spec, an_offer, library, price_and_quality
from stress_builders import DEFINITIONS, MARKET, a_fitted, line_spec, rich_spec

from tenderkit.assembly.stress import said
from tenderkit.evaluation.spec import EvaluationSpec, Model
from tenderkit.stress.costs import point_costs
from tenderkit.stress.deciding import Decision
from tenderkit.stress.finding import Value
from tenderkit.stress.lints.plateau import find as find_plateau
from tenderkit.stress.lints.slope_chosen_later import find as find_open
from tenderkit.stress.market import Market, expected_market
from tenderkit.stress.measures import measure
from tenderkit.stress.practice import Practice
from tenderkit.stress.run import test_evaluation as evaluate
from tenderkit.stress.tested import Tested

FEW = 60
SPECS = {
    **{
        name: price_and_quality("1/2", a_fitted(name))
        for name in ("relative-linear", "absolute-linear", "min-max", "z-score", "rank-points", "price-bands")
    },
    "quality-in-money": rich_spec(None, a_fitted("quality-in-money")),
    "lowest-price": rich_spec(None, a_fitted("lowest-price")),
    "lines": line_spec(),
}


def decision(spec: EvaluationSpec, criterion: str, market: Market = MARKET) -> Decision:
    found = measure(spec, market, tenders=400).decisions
    return next(item for item in found if item.criterion == criterion)


@pytest.mark.parametrize("bids", [(1, 1), (1, 2), (2, 2)])
@pytest.mark.parametrize("name", SPECS)
def test_one_or_two_bids_are_enough(name: str, bids: tuple[int, int]) -> None:
    report = evaluate(SPECS[name], replace(MARKET, bids=bids), tenders=FEW, library=library())
    assert report.measures.ties.tenders == FEW
    collapses = report.measures.collapses
    assert all((item.tenders == 0) == (bids == (1, 1)) for item in collapses)


def test_a_ceiling_on_a_line_does_not_make_its_criterion_powerless() -> None:
    spec = line_spec()
    # The line's dearest made-up bid, half of 1,250 kr., lies above this ceiling of 500 kr. (100 hours of 5 kr.).
    fixed, hours = spec.price_lines
    market = replace(MARKET, line_shares={fixed.id: Fraction(1, 2), hours.id: Fraction(1, 2)})
    assert hours.ceiling is not None
    assert hours.ceiling * hours.quantity < MARKET.price.high / 2
    found = decision(spec, "price.hours", market)
    assert found.possible
    assert found.swing is not None
    assert found.swing > 0


def test_without_a_result_nothing_is_called_impossible() -> None:
    best = Model("best-score-full-points", DEFINITIONS["best-score-full-points"])
    divides = replace(best, definition=best.definition.model_copy(update={"formula": "S*q/(q-q)"}))
    spec = a_spec([a_price("1/2", a_model("lowest-ratio")), replace(a_score("quality", "1/2"), model=divides)])
    found = decision(spec, "price")
    assert (found.swing, found.possible) == (None, True)


@pytest.mark.parametrize(("better", "ends"), [("lower", ("240", "150")), ("higher", ("150", "240"))])
def test_where_a_number_costs_less_is_best_whichever_way_it_is_offered(better: str, ends: tuple[str, str]) -> None:
    as_offered = Model("as-offered", DEFINITIONS["as-offered"])
    days = replace(an_offer("days", "1", *ends, better=better), model=as_offered, amount=Fraction(2))
    found = decision(a_spec([days], award=a_model("price-plus-time")), "days")
    assert found.swing == 180
    assert found.possible


@pytest.mark.parametrize(
    ("price", "ends", "one"),
    [
        # Within the scale, 1,000 to 1,040 kr.; its upper end leaves room for 100 kr. only, but there is room below;
        # and there is room on neither side.
        ("1/3", ("900", "1100"), 40),
        ("1/3", ("100", "1100"), 200),
        ("1/20", ("990", "1010"), None),
    ],
)
def test_where_the_scale_ends_the_rival_is_made_cheaper(price: str, ends: tuple[str, str], one: int | None) -> None:
    lo, hi = ends
    (cost,) = point_costs(price_and_quality(price, a_model("absolute-linear", lo=lo, hi=hi)), MARKET)
    assert (cost.one, cost.exact, cost.counts) == (one, True, True)


@pytest.mark.parametrize(
    "model",
    [
        a_model("absolute-linear", lo="900", hi="1500"),
        a_model("relative-linear", X="1/10"),
        a_fitted("price-bands"),
        a_model("lowest-ratio"),
    ],
)
def test_level_prices_have_one_share(model: Model) -> None:
    spec = price_and_quality("1/2", model)
    tested = Tested(spec, MARKET, Practice(), library(), tenders=400, seed=1)
    (collapse,) = tested.measures.collapses
    found = [finding.values["share"].amount for finding in find_plateau(tested)]
    assert found == ([Fraction(collapse.equal, collapse.tenders)] if collapse.equal else [])
    assert collapse.several_at_zero <= collapse.equal
    assert (collapse.equal > 0) == (model.id != "lowest-ratio")


def test_prices_closer_than_two_per_cent_are_not_called_different() -> None:
    near = expected_market(Fraction(1000), Fraction(1, 1000))
    (collapse,) = measure(price_and_quality("1/2", a_model("absolute-linear", lo="2000", hi="3000")), near).collapses
    assert collapse.at_top == collapse.bids > 0
    assert (collapse.several_at_top, collapse.equal) == (0, 0)


def test_a_table_is_written_in_the_readers_language() -> None:
    rows = tuple(
        (Value("number", Fraction(edge)), Value("percent", Fraction(share)))
        for edge, share in ((0, 1), (600000, "1/8"))
    )
    table = Value("table", rows)
    assert said(table, "da") == "0: 100\N{NO-BREAK SPACE}%, 600.000: 12,5\N{NO-BREAK SPACE}%"
    assert said(table, "en") == "0: 100%, 600,000: 12.5%"


def test_an_open_table_is_said_by_the_kinds_of_its_columns() -> None:
    bands = a_fitted("price-bands")
    name = next(key for key, parameter in bands.definition.parameters.items() if parameter.type == "table")
    spec = price_and_quality("1/2", bands)
    practice = Practice(open_parameters={"price": (name,)})
    (finding,) = find_open(Tested(spec, MARKET, practice, library(), tenders=FEW, seed=1))
    low = finding.values["low"]
    assert low.kind == "table"
    assert isinstance(low.amount, tuple)
    assert tuple(value.kind for value in low.amount[0]) == bands.definition.parameters[name].rows
    assert said(low, "da").endswith("1.000\N{NO-BREAK SPACE}kr.: 0\N{NO-BREAK SPACE}%")
