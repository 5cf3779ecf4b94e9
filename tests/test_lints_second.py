"""The searches for the pitfalls P12 to P22: each finds the catalogue's case (section 3), and no sound evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import ModuleType

import numpy as np
import pytest
from scoring_builders import a_group, a_model, a_price, a_score, a_spec, an_offer, cleaning_spec, hundred, library
from stress_builders import AWARD_MODELS, DEFINITIONS, MARKET, a_case, a_fitted, half_steps, line_spec, rich_spec

from tenderkit.evaluation.points import award_totals
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model, PriceLine
from tenderkit.formula import parse
from tenderkit.library.model import Scale
from tenderkit.stress.cases import Case, CaseBid, bid_name, case_of, result_of, winner_of
from tenderkit.stress.draw import Drawn, draw
from tenderkit.stress.evaluators import EVALUATORS, Average, Committee
from tenderkit.stress.finding import Example, Finding, Value
from tenderkit.stress.fragile import RoundingEffect, unrounded
from tenderkit.stress.lints import averaged_scores as p17
from tenderkit.stress.lints import discount_rate as p19
from tenderkit.stress.lints import float_ties as p15
from tenderkit.stress.lints import knock_out_order as p16
from tenderkit.stress.lints import lots_and_packages as p22
from tenderkit.stress.lints import options_without_weight as p18
from tenderkit.stress.lints import percentage_deductions as p12
from tenderkit.stress.lints import rounding_decides as p14
from tenderkit.stress.lints import split_prices as p13
from tenderkit.stress.lints import uncapped_quantity as p20
from tenderkit.stress.lints import weight_slips as p21
from tenderkit.stress.market import Expected, Market, expected_market, settled, simplified
from tenderkit.stress.practice import Practice
from tenderkit.stress.prepared import prepared
from tenderkit.stress.rewriting import with_formula
from tenderkit.stress.shown import shown
from tenderkit.stress.tested import SPEAKS, Tested
from tenderkit.stress.variants import VariantEffect, change_between
from tenderkit.stress.ways import Way

SECOND: list[ModuleType] = [p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22]
FEW = 600
#: How nobody should work, in all ways at once.
CARELESS = Practice("mean", "after-prices", "float", {"Drift": None}, lots=2, packages=True)


def under_test(spec: EvaluationSpec, market: Market = MARKET, practice: Practice | None = None) -> Tested:
    return Tested(spec, market, practice or Practice(), library(), tenders=FEW, seed=1)


def found(module: ModuleType, spec: EvaluationSpec, market: Market = MARKET, **practice: object) -> list[Finding]:
    findings: list[Finding] = list(module.find(under_test(spec, market, Practice(**practice))))  # type: ignore[arg-type]
    for finding in findings:
        pitfall = library().pitfall(finding.pitfall)
        assert finding.pitfall == module.__name__.rpartition(".")[2].replace("_", "-")
        assert set(finding.values) == set(pitfall.values)
    return findings


def only(findings: Sequence[Finding]) -> Finding:
    (finding,) = findings
    return finding


def amount(finding: Finding, name: str) -> Fraction:
    value = finding.values[name].amount
    assert not isinstance(value, (str, tuple))
    return Fraction(value)


def confirmed(finding: Finding) -> Example:
    """Give a finding's example, in which another bid wins after the change."""
    assert finding.example is not None
    assert finding.example.winner_before != finding.example.winner_after
    assert {finding.example.winner_before, finding.example.winner_after} <= {bid.name for bid in finding.example.bids}
    return finding.example


def between(low: object, high: object, **more: object) -> Market:
    return Market(Expected(Fraction(str(low)), Fraction(str(high))), **more)  # type: ignore[arg-type]


def quality(share: str, criterion: str = "quality") -> Criterion:
    return a_score(criterion, share, scale=hundred())


def weighted(model: Model, price: str = "1/2", **more: object) -> EvaluationSpec:
    criteria = [a_price(price, model), quality(str(1 - Fraction(price)))]
    return a_spec(criteria, **{"points_top": 100, **more})  # type: ignore[arg-type]


def by_award(model: Model, *criteria: Criterion, **more: object) -> EvaluationSpec:
    return a_spec(criteria or [quality("1")], award=model, **{"points_top": 100, **more})  # type: ignore[arg-type]


def bids(spec: EvaluationSpec, *rows: tuple[object, object]) -> Case:
    return a_case(spec, [(price, {"quality": own}) for price, own in rows])


def example_between(case: Case, other: EvaluationSpec) -> Example:
    before, after = result_of(case), result_of(case.with_spec(other))
    assert before is not None
    assert after is not None
    return shown("changed", case, before, after)


def totals(example: Example, places: int = 2) -> tuple[list[float | None], list[float | None]]:
    columns = [[bid.before for bid in example.bids], [bid.after for bid in example.bids]]
    before, after = ([None if own is None else round(float(own), places) for own in column] for column in columns)
    return before, after


def alike(way: Way, spec: EvaluationSpec, drawn: Drawn) -> None:
    """Hold a way's arrays against its exact results, for bids that are made up for an evaluation."""
    played = way.play(drawn)
    assert not played.undefined.any()
    winners = [None if place < 0 else bid_name(int(place)) for place in played.winner[:40]]
    assert winners == [winner_of(way.judge(case_of(spec, drawn, row))) for row in range(len(winners))]
    assert len(set(winners)) > 2


# All of them


@pytest.mark.parametrize("module", SECOND)
def test_nothing_is_found_in_a_sound_evaluation(module: ModuleType) -> None:
    assert not found(module, cleaning_spec(), expected_market(Fraction(24_000_000)))
    assert not found(module, rich_spec(None, a_fitted("quality-in-money")))


@pytest.mark.parametrize("module", [p14, p16, p17, p18, p22])
def test_the_same_seed_finds_the_same(module: ModuleType) -> None:
    spec = rich_spec(a_fitted("lowest-ratio"), a_model("weighted-sum"), minimum="1/2", point_places=0)
    first, second = (list(module.find(under_test(spec, MARKET, CARELESS))) for _ in range(2))
    assert first == second != []


# Deductions as a share of the own price (P12)

OF_OWN = "percent-of-own-price-deducted"


def test_p12_a_share_of_the_own_price_is_worth_more_to_a_dear_bid() -> None:
    finding = only(found(p12, by_award(a_model(OF_OWN, d="4/5")), between(900, 1400)))
    assert (amount(finding, "total"), amount(finding, "difference")) == (Fraction(4, 5), Fraction(1400, 900) - 1)
    assert finding.severity == ""
    assert confirmed(finding).change == "deduction-of-one-price"


def test_p12_the_catalogues_numbers() -> None:
    spec = by_award(a_model(OF_OWN, d="4/5"))
    case = bids(spec, (900, 70), (1400, 95))
    example = example_between(case, p12.with_fixed_price(case.spec, Fraction(1150)))
    assert totals(example) == ([396, 336], [256, 526])
    assert (example.winner_before, example.winner_after) == ("B", "A")
    spec = by_award(a_model(OF_OWN, d="2/5"))
    case = bids(spec, (900, 70), (1400, 95))
    example = example_between(case, p12.with_fixed_price(case.spec, Fraction(1150)))
    assert totals(example)[0] == [648, 868]
    assert (example.winner_before, example.winner_after) == ("A", "A")


def test_p12_it_is_an_error_where_deductions_can_pass_the_whole_price() -> None:
    spec = by_award(a_model(OF_OWN, d="21/20"))
    assert only(found(p12, spec, between(1000, 2000))).severity == "error"
    level = [{"w": Fraction(1), "p": [Fraction(98)] * 2}]
    dear = award_totals(spec.award, Fraction(100), [Fraction(1000), Fraction(2000)], level)  # type: ignore[arg-type]
    assert dear == (Fraction(-29), Fraction(-58))


def test_p12_reads_the_formula_and_not_the_models_name() -> None:
    model = with_formula(a_model(OF_OWN, d="1/2"), parse("P-P*d*SUM_CRITERIA(w*p)/S"), {})
    assert amount(only(found(p12, by_award(model))), "total") == Fraction(1, 2)
    mixed = with_formula(a_model(OF_OWN, d="1/2"), parse("P-(300+P*d/10)*SUM_CRITERIA(w*p)/S"), {})
    grows = amount(only(found(p12, by_award(mixed))), "difference")  # d/10 is a twentieth: 37.50 and 62.50 kroner
    assert grows == Fraction("362.5") / Fraction("337.5") - 1


@pytest.mark.parametrize(
    ("name", "total"),
    [("percent-of-own-price-added", 1), ("coefficient", Fraction(1, 2)), ("score-index-cost", Fraction(1, 2))],
)
def test_p12_additions_and_divisors_of_the_own_price_are_found_too(name: str, total: Fraction) -> None:
    assert p12.deduction_of(simplified(by_award(a_fitted(name))), MARKET) == p12.Deduction(
        Fraction(total), Fraction(1250, 750) - 1
    )


@pytest.mark.parametrize("name", AWARD_MODELS)
def test_p12_only_models_that_take_a_share_of_the_own_price_are_found(name: str) -> None:
    spec = simplified(rich_spec(None, a_fitted(name)))
    deduction = p12.deduction_of(spec, MARKET)
    of_own = name in {OF_OWN, "percent-of-own-price-added", "coefficient", "score-index-cost"}
    assert (deduction is not None and deduction.difference > 0) is of_own


def test_p12_prices_that_lie_close_are_no_matter() -> None:
    assert not found(p12, by_award(a_model(OF_OWN, d="4/5")), between(1000, 1040))


# The price in several criteria (P13)


def two_lines(first: Model, second: Model, lines: Sequence[str] = ("A", "H"), **more: object) -> EvaluationSpec:
    criteria = [
        replace(a_price("3/10", first), id="price.fixed", lines=(lines[0],)),
        replace(a_price("1/10", second), id="price.hours", lines=(lines[1],)),
        quality("3/5"),
    ]
    both = (PriceLine("A", "", "year", Fraction(1)), PriceLine("H", "", "hour", Fraction(1)))
    return a_spec(criteria, lines=both, **{"points_top": 100, **more})  # type: ignore[arg-type]


def of_lines(spec: EvaluationSpec, *rows: Mapping[str, object]) -> Case:
    made = [
        CaseBid("ABC"[index], {line: Decimal(str(kroner)) for line, kroner in row.items()}, {"quality": Decimal(0)})
        for index, row in enumerate(rows)
    ]
    return Case(simplified(spec), tuple(made))


def test_p13_lines_with_points_of_their_own_are_found() -> None:
    spec = two_lines(a_model("lowest-ratio"), a_model("lowest-ratio"))
    finding = only(found(p13, spec, replace(MARKET, line_spread=Fraction(1, 2))))
    assert finding.values["count"] == Value("count", 2)
    assert SPEAKS <= amount(finding, "share") < 1
    assert set(confirmed(finding).bids[0].given) == {"price.fixed", "price.hours", "quality"}


def test_p13_the_catalogues_numbers() -> None:
    spec = two_lines(a_model("lowest-ratio"), a_model("lowest-ratio"))
    case = of_lines(spec, {"A": 200, "H": "0.01"}, {"A": 150, "H": 12}, {"A": 160, "H": 10})
    whole = p13.merged(case.spec, settled(MARKET, spec))
    assert whole is not None
    price = whole.leaf("price.fixed")
    assert (price.share, price.lines, len(whole.leaves())) == (Fraction(2, 5), (), 2)
    example = example_between(case, whole)
    assert totals(example, 1) == ([32.5, 30.0, 28.1], [32.4, 40.0, 38.1])
    assert (example.winner_before, example.winner_after) == ("A", "B")


def test_p13_one_criterion_or_the_same_lines_are_no_split() -> None:
    market = settled(MARKET, line_spec())
    assert p13.merged(simplified(weighted(a_model("lowest-ratio"))), MARKET) is None
    same = two_lines(a_model("lowest-ratio"), a_model("lowest-ratio"), ("A", "A"))
    assert p13.merged(simplified(same), market) is None


def test_p13_a_total_of_kroner_hangs_on_no_line() -> None:
    """Points that fall evenly with kroner, at one slope for all lines, are those of the sum."""
    slope = {"hi": "1000"}
    spec = two_lines(
        a_model("absolute-linear-unclamped", lo="0", **slope), a_model("absolute-linear-unclamped", lo="0", **slope)
    )
    even = replace(spec, criteria=tuple(replace(leaf, share=Fraction(1, 3)) for leaf in spec.criteria))
    market = replace(MARKET, line_shares={"A": Fraction(1), "H": Fraction(1)})
    assert not found(p13, even, market)


def test_p13_amounts_grow_with_the_lines_and_tie_rules_with_what_is_left() -> None:
    spec = two_lines(a_model("absolute-linear", lo="100", hi="400"), a_fitted("price-bands"))
    group = replace(a_group("price", "2/5", spec.criteria[:2]), id="price")
    spec = replace(spec, criteria=(group, spec.criteria[2]), ties=("price.hours", "price", "lots-drawing"))
    whole = p13.merged(simplified(spec), replace(MARKET, line_shares={"A": Fraction(3, 4), "H": Fraction(1, 4)}))
    assert whole is not None
    (price, _) = whole.leaves()
    assert price.model is not None
    assert price.model.parameters == {"lo": Fraction(400, 3), "hi": Fraction(1600, 3)}
    assert whole.ties == ("price", "lots-drawing")
    heavy = replace(spec.criteria[0].children[1], share=Fraction(1, 2))
    spec = replace(spec, criteria=(spec.criteria[0].children[0], heavy, spec.criteria[1]))
    whole = p13.merged(simplified(spec), replace(MARKET, line_shares={"A": Fraction(3, 4), "H": Fraction(1, 4)}))
    table = a_fitted("price-bands").parameters["t"]
    assert whole is not None
    assert isinstance(table, tuple)
    assert [leaf.model.parameters["t"] for leaf in whole.leaves() if leaf.model] == [
        tuple((4 * edge, value) for edge, value in table)
    ]


# Rounding on the way to the total, and of it (P14)


def coarse(model: Model, places: int) -> Model:
    """Give a model whose points are rounded to so few decimals."""
    return replace(model, definition=model.definition.model_copy(update={"rounding": places}))


def test_p14_points_that_are_rounded_before_the_total_are_found() -> None:
    slope = coarse(a_model("relative-linear", X="1/2"), 0)
    spec = weighted(slope, "2/5", points_top=10)
    finding = only(found(p14, spec))
    assert amount(finding, "share") >= SPEAKS
    assert confirmed(finding).change == "rounding-off"
    assert not found(p14, weighted(a_model("relative-linear", X="1/2"), "2/5", points_top=10))
    by_tender = weighted(a_model("relative-linear", X="1/2"), "2/5", points_top=10, point_places=0)
    assert amount(only(found(p14, by_tender)), "share") >= SPEAKS


def test_p14_the_catalogues_numbers() -> None:
    ends = [{"score": score, "text": {"da": "-", "en": "-"}} for score in ("0", "10")]
    halves = Scale.model_validate({"title": {"da": "0-10", "en": "0-10"}, "step": "0.5", "levels": ends})
    price = a_price("2/5", coarse(a_model("relative-linear", X="1/2"), 0))
    case = bids(a_spec([price, a_score("quality", "3/5", scale=halves)]), (1000, "7.0"), (1125, "8.5"))
    change = change_between(case, unrounded(case.spec, "points"))
    example = p14.example_of(RoundingEffect("points", used=True, effect=VariantEffect(1, 1, 0, change)))
    assert example is not None
    assert totals(example) == ([8.2, 8.3], [8.2, 8.1])
    assert (example.winner_before, example.winner_after) == ("B", "A")


def test_p14_totals_that_rounding_makes_equal_are_found() -> None:
    spec = weighted(a_model("relative-linear", X="1/2"), total_places=0)
    finding = only(found(p14, spec))
    assert amount(finding, "share") == 0
    assert amount(finding, "ties") >= SPEAKS
    assert confirmed(finding).change == "total-not-rounded"
    assert not found(p14, replace(spec, total_places=3))


# Binary numbers (P15)


def three_scores(**more: object) -> EvaluationSpec:
    return a_spec([a_score("k1", "1/10"), a_score("k2", "3/10"), a_score("k3", "6/10")], **more)  # type: ignore[arg-type]


def three(spec: EvaluationSpec, *rows: Sequence[int]) -> Case:
    return a_case(spec, [(100, dict(zip(("k1", "k2", "k3"), row, strict=True))) for row in rows])


def test_p15_equal_bids_that_a_spreadsheet_parts_are_found() -> None:
    finding = only(found(p15, three_scores(), arithmetic="float"))
    assert 0 < amount(finding, "share") < Fraction(1, 5)
    example = finding.example
    assert example is not None
    best = max(bid.before for bid in example.bids if bid.before is not None)
    tied = [bid for bid in example.bids if bid.before == best]
    assert len(tied) > 1
    assert len({bid.after for bid in tied}) > 1
    assert not found(p15, three_scores())


def test_p15_the_catalogues_numbers() -> None:
    spec = three_scores(ties=("lots-drawing",))
    example = p15.example_of(three(spec, (6, 7, 5), (9, 6, 5)))
    assert example is not None
    assert [bid.before for bid in example.bids] == [Fraction("5.7")] * 2
    assert [bid.after for bid in example.bids] == [Fraction("5.7"), Fraction("5.699999999999999")]
    assert (example.winner_before, example.winner_after) == ("", "A")


def test_p15_equal_binary_numbers_and_unequal_bids_are_no_examples() -> None:
    spec = three_scores()
    assert p15.example_of(three(spec, (5, 5, 5), (5, 5, 5))) is None
    assert p15.example_of(three(spec, (6, 7, 5), (9, 6, 6))) is None
    assert p15.example_of(three(spec, (6, 7, 5), (9, 6, 5), (9, 9, 9))) is None
    halves = a_spec([a_score("k1", "1/4"), a_score("k2", "1/4"), a_score("k3", "1/2")])
    assert not found(p15, halves, arithmetic="float")


# Minimums after prices (P16)


def at_least(limit: str, model: Model) -> EvaluationSpec:
    return a_spec([a_price("1/2", model), replace(quality("1/2"), minimum=Fraction(limit))], points_top=100)


def judged(case: Case) -> Example:
    before, after = result_of(case), p16.after_prices(case.spec).judge(case)
    assert before is not None
    assert after is not None
    return shown("changed", case, before, after)


WIDE = between(60, 400)


def test_p16_bids_below_a_minimum_that_set_the_lowest_price_are_found() -> None:
    spec = at_least("1/2", a_model("lowest-ratio"))
    finding = only(found(p16, spec, WIDE, knock_out="after-prices"))
    assert amount(finding, "share") >= SPEAKS
    assert any(bid.before is None for bid in confirmed(finding).bids)
    assert not found(p16, spec, WIDE)
    assert not found(p16, weighted(a_model("lowest-ratio")), WIDE, knock_out="after-prices")
    assert not found(p16, at_least("1/2", a_fitted("absolute-linear", WIDE)), WIDE, knock_out="after-prices")


def test_p16_the_catalogues_numbers() -> None:
    spec = at_least("1/2", a_model("lowest-ratio"))
    example = judged(bids(spec, (200, 50), (350, 82), (100, 30)))
    assert totals(example, 1) == ([75.0, 69.6, None], [50.0, 55.3, None])
    assert (example.winner_before, example.winner_after) == ("A", "B")


def test_p16_arrays_and_fractions_fall_out_alike() -> None:
    spec = simplified(at_least("3/5", a_model("lowest-ratio")))
    tested = under_test(spec, WIDE)
    way = p16.after_prices(spec)
    drawn, _ = tested.blocks[0]
    alike(way, spec, drawn)


def test_p16_a_stage_that_looks_at_the_bid_alone_is_a_minimum_too() -> None:
    commission = Model(
        "commission-model",
        DEFINITIONS["commission-model"],
        {**a_fitted("commission-model").parameters, "wp": Fraction(1, 2), "m": Fraction(1, 2), "n": Fraction(0)},
    )
    spec = by_award(commission)
    assert p16.has_minimum(spec)
    assert amount(only(found(p16, spec, WIDE, knock_out="after-prices")), "share") >= SPEAKS
    example = judged(bids(spec, (200, 50), (350, 82), (100, 30)))
    assert totals(example, 1)[1] == [round(50 * 50 / 82 + 25, 1), round(50 + 50 * 100 / 350, 1), None]
    assert not p16.has_minimum(by_award(a_fitted("price-first-then-quality")))


# Averages of the evaluators' scores (P17)


def panel(spec: EvaluationSpec, *rows: tuple[object, Sequence[int]]) -> tuple[Committee, Case]:
    committee = Committee(prepared(simplified(spec)))
    made = [
        CaseBid(
            "ABC"[index],
            {"E": Decimal(str(price))},
            {f"quality.{number}": Decimal(score) for number, score in enumerate(scores, start=1)},
        )
        for index, (price, scores) in enumerate(rows)
    ]
    return committee, Case(committee.spec, tuple(made))


@pytest.mark.parametrize("rule", ["mean", "median"])
def test_p17_the_choice_of_average_decides(rule: str) -> None:
    spec = a_spec([a_price("2/5", a_model("relative-linear", X="1")), a_score("quality", "3/5")])
    finding = only(found(p17, spec, scores=rule))
    assert SPEAKS <= amount(finding, "share") < Fraction(1, 2)
    assert (amount(finding, "rounded") > 0) is (rule == "mean")  # a median of three scores is a score
    example = confirmed(finding)
    assert example.change == "other-average"
    assert any(bid.changed for bid in example.bids)
    assert not found(p17, spec)
    slight = a_spec([a_price("999/1000", a_model("relative-linear", X="1")), a_score("quality", "1/1000")])
    assert only(found(p17, slight, scores=rule)).severity == "note"
    assert not found(p17, a_spec([a_price("1", a_model("lowest-ratio"))]), scores="mean")


def test_p17_the_catalogues_numbers() -> None:
    spec = a_spec([a_score("quality", "1")])
    committee, case = panel(spec, (100, (8, 8, 2)), (100, (7, 6, 6)))
    mean, median = Average("mean"), Average("median")
    assert committee.scores(case, mean) == {("A", "quality"): Fraction(6), ("B", "quality"): Fraction(19, 3)}
    before, after = (committee.way(average).judge(case) for average in (mean, median))
    assert before is not None
    assert after is not None
    cases = committee.averaged(case, mean), committee.averaged(case, median)
    example = shown("changed", cases[0], before, after, cases[1])
    assert [dict(bid.given) for bid in example.bids] == [{"quality": Fraction(6)}, {"quality": Fraction("6.33")}]
    assert [dict(bid.changed) for bid in example.bids] == [{"quality": Fraction(8)}, {"quality": Fraction(6)}]
    assert totals(example) == ([6.0, 6.33], [8.0, 6.0])
    assert (example.winner_before, example.winner_after) == ("B", "A")


def test_p17_an_average_is_rounded_half_up_to_the_scale() -> None:
    scale = half_steps()
    average = Average("mean", rounded=True)
    scores = [[Fraction(3), Fraction(3), Fraction(7, 2)], [Fraction(4), Fraction(4), Fraction(19, 4)]]
    assert [average.of(row, scale) for row in scores] == [Fraction(3), Fraction(9, 2)]
    floats = np.array([[float(score) for score in row] for row in scores])
    assert average.of_many(floats, scale).tolist() == [3.0, 4.5]


def test_p17_evaluators_score_on_the_scale_around_the_bids_score() -> None:
    spec = simplified(rich_spec(a_fitted("lowest-ratio"), a_model("weighted-sum")))
    committee = Committee(prepared(spec))
    drawn = draw(MARKET, spec, 1000, 1)
    one, again, other = (committee.draw(drawn, 1, block) for block in (0, 0, 1))
    assert (one.given == again.given).all()
    assert (one.given != other.given).any()
    assert [leaf.id for leaf in committee.spec.leaves()].count("quality") == 0
    scores = one.given[..., 1 : 1 + EVALUATORS]
    assert set(np.unique(scores)) <= {step / 2 for step in range(11)}
    apart = (scores - drawn.given[..., 1:2])[drawn.present]
    assert abs(apart.mean()) < 0.1
    assert 0.3 < apart.std() < 0.6  # a tenth of 5, and steps of a half
    assert (one.given[..., [0, 4, 5]] == drawn.given[..., [0, 2, 3]]).all()


def test_p17_offers_minimums_and_arrays_are_as_published() -> None:
    spec = simplified(rich_spec(a_fitted("lowest-ratio"), a_model("weighted-sum"), minimum="1/5"))
    committee = Committee(prepared(spec))
    scored = committee.draw(draw(MARKET, spec, 30, 2), 2, 0)
    for average in (Average("mean"), Average("median"), Average("mean", rounded=True)):
        alike(committee.way(average), committee.spec, scored)


# Options whose weight is not published (P18)


def test_p18_options_without_a_published_weight_are_found() -> None:
    spec = weighted(a_model("relative-linear", X="1"))
    options = {"Ekstra år": None, "A": None, "Service": Fraction(1, 2)}
    finding = only(found(p18, spec, options=options))
    assert finding.values["options"] == Value("text", "Ekstra år, Fast pris")
    example = confirmed(finding)
    assert all(set(bid.changed) == {"price"} for bid in example.bids)
    assert not found(p18, spec, options={"Service": Fraction(1, 2), "Ekstra år": Fraction(0)})


def test_p18_where_nothing_counts_an_option_there_is_no_example() -> None:
    by_price = only(found(p18, by_award(a_model("lowest-price")), options={"Drift": None}))
    assert {price for bid in confirmed(by_price).bids for price in bid.changed} == {"evaluated-price"}
    by_lines = only(found(p18, line_spec(ties=("lots-drawing",)), options={"Drift": None}))
    assert by_lines.example is None


@pytest.mark.parametrize("award", ["weighted-sum", "lowest-price"])
def test_p18_arrays_and_fractions_count_options_alike(award: str) -> None:
    priced = award == "lowest-price"
    spec = simplified(rich_spec(None if priced else a_fitted("lowest-ratio"), a_model(award)))
    options = p18.Options(spec, Fraction(1000), ["Drift", "Service"])
    carrier = replace(spec, criteria=(*spec.criteria, *options.leaves))
    drawn = draw(MARKET, carrier, 40, 3)
    alike(options.without, carrier, drawn)
    alike(options.counted, carrier, drawn)


def test_p18_the_catalogues_numbers() -> None:
    spec = simplified(by_award(a_model("lowest-price")))
    options = p18.Options(spec, Fraction(1000), ["Drift"])
    made = [
        CaseBid(name, {"E": Decimal(price)}, {"quality": Decimal(50), "option-1": Decimal(option)})
        for name, price, option in (("A", 900, 400), ("B", 1000, 200))
    ]
    carrier = Case(replace(spec, criteria=(*spec.criteria, *options.leaves)), tuple(made))
    before, after = options.without.judge(carrier), options.counted.judge(carrier)
    assert before is not None
    assert after is not None
    example = options.shown(carrier, before, after)
    assert totals(example) == ([900, 1000], [1300, 1200])
    assert (example.winner_before, example.winner_after) == ("A", "B")
    assert [next(iter(bid.changed.values())) for bid in example.bids] == [1300, 1200]


# The discount rate (P19)


def life_cycle(rate: str, **more: str) -> EvaluationSpec:
    use = replace(an_offer("use", "1", "120", "30", better="lower"), model=a_model("as-offered"), amount=Fraction(1))
    award = a_model("life-cycle-cost", rate=rate, term="8", rest="0")
    return a_spec([use], award=award, ties=("price",), **more)  # type: ignore[arg-type]


def test_p19_a_rate_that_decides_is_found() -> None:
    market = between(900, 1300)
    finding = only(found(p19, life_cycle("1/20"), market))
    assert (amount(finding, "low"), amount(finding, "high")) == (Fraction(1, 40), Fraction(1, 10))
    assert amount(finding, "share") >= SPEAKS
    assert confirmed(finding).change == "lower-rate"
    slight = replace(life_cycle("1/20").criteria[0], amount=Fraction(1, 1000))
    assert not found(p19, replace(life_cycle("1/20"), criteria=(slight,)), market)


def test_p19_the_catalogues_numbers() -> None:
    spec = life_cycle("1/10")
    case = a_case(spec, [(1000, {"use": 90}), (1150, {"use": 62})])
    example = example_between(case, p19.at_rate(case.spec, "evaluated-price", "rate", Fraction(35, 1000)))
    assert totals(example, 1) == ([1480.1, 1480.8], [1618.7, 1576.2])
    assert (example.winner_before, example.winner_after) == ("A", "B")


@pytest.mark.parametrize(
    ("rate", "low", "high"),
    [("1/20", "1/40", "1/10"), ("0", "0", "1/100"), ("1/100", "0", "1/50"), ("3/20", "3/40", "1/5")],
)
def test_p19_rates_stay_within_the_models_range(rate: str, low: str, high: str) -> None:
    parameter = DEFINITIONS["life-cycle-cost"].parameters["rate"]
    assert p19.around(Fraction(rate), parameter) == (Fraction(low), Fraction(high))


def test_p19_the_rate_is_read_from_the_formulas() -> None:
    assert p19.rates_of(a_model("life-cycle-cost", rate="1/20", term="8", rest="0")) == ("rate",)
    assert p19.rates_of(a_model("lowest-price")) == ()
    through = with_formula(
        a_model(OF_OWN, d="1/20"), parse("PRESENT_VALUE(P,yearly,3)+SUM_CRITERIA(w*p)"), {"yearly": parse("d+1%")}
    )
    assert p19.rates_of(through) == ("d",)


# Unrealistic pledges (P20)


def pledged(model: Model, cap: str = "100000", floor: str = "0") -> EvaluationSpec:
    hours = replace(an_offer("hours", "1/5", floor, cap), model=model)
    return a_spec([a_price("4/5", a_model("lowest-ratio")), hours], points_top=100)


USUAL = replace(MARKET, by_criterion={"hours": Expected(Fraction(0), Fraction(3, 100))})


def test_p20_a_pledge_that_nobody_can_use_is_found() -> None:
    spec = pledged(a_model("offer-ratio-to-best"))
    finding = only(found(p20, spec, USUAL))
    assert finding.criterion == "hours"
    assert finding.values["criterion"] == Value("text", "hours")
    assert amount(finding, "share") >= SPEAKS
    example = confirmed(finding)
    assert [dict(bid.changed) for bid in example.bids if bid.changed] == [{"hours": 30_000}]


def test_p20_the_catalogues_numbers() -> None:
    spec = simplified(pledged(a_model("offer-ratio-to-best")))
    leaf = spec.leaf("hours")
    pledge = p20.Pledge(leaf, p20.unrealistic(USUAL, leaf))
    rows = [(1000, {"hours": 1200}), (1060, {"hours": 1500}), (1150, {"hours": 1000})]
    case = a_case(spec, rows)
    made = pledge.made(case)
    before, after = result_of(case), result_of(made)
    assert before is not None
    assert after is not None
    example = shown("changed", case, before, after, made)
    assert totals(example, 1)[1] == [80.8, 76.5, 89.6]
    assert (example.winner_before, example.winner_after) == ("A", "C")
    held = a_case(pledged(a_model("above-floor"), cap="2000"), [*rows[:2], (1150, {"hours": 30_000})])
    result = result_of(held)
    assert result is not None
    assert [round(float(bid.exact), 1) for bid in result.ranking] == [92.0, 90.5, 89.6]


def test_p20_arrays_and_fractions_pledge_alike() -> None:
    spec = simplified(pledged(a_model("offer-ratio-to-best")))
    leaf, ready = spec.leaf("hours"), prepared(spec)
    pledge = p20.Pledge(leaf, p20.unrealistic(USUAL, leaf))
    way = Way(ready, lambda drawn: pledge.played(ready, drawn), pledge.judged)
    alike(way, spec, draw(USUAL, spec, 40, 3))


def test_p20_a_cap_that_holds_is_sound() -> None:
    near = pledged(a_model("above-floor"), cap="2000")
    assert not found(p20, near, MARKET)
    assert not found(p20, pledged(a_model("offer-ratio-to-best"), cap="2000"), MARKET)
    in_formula = pledged(a_model("offer-linear", lo="0", hi="2000"))
    assert not found(p20, in_formula, USUAL)


def test_p20_a_cap_beyond_all_use_holds_nothing_in_a_scale_of_its_own_either() -> None:
    heavy = pledged(a_model("above-floor"))
    heavy = replace(heavy, criteria=tuple(replace(leaf, share=Fraction(1, 2)) for leaf in heavy.criteria))
    assert amount(only(found(p20, heavy, USUAL)), "share") >= SPEAKS


def test_p20_without_any_cap_bids_are_made_up_from_the_floor() -> None:
    spec = pledged(a_model("offer-ratio-to-best"), floor="100")
    open_ = replace(spec, criteria=(spec.criteria[0], replace(spec.criteria[1], cap=None)))
    finding = only(found(p20, open_))
    assert [dict(bid.changed) for bid in confirmed(finding).bids if bid.changed] == [{"hours": 2000}]


def test_p20_fewer_is_unrealistic_where_less_is_better() -> None:
    days = replace(an_offer("hours", "1/5", "100", "1", better="lower"), model=a_model("offer-ratio-to-best"))
    model = with_formula(a_model("offer-ratio-to-best"), parse("S*MIN(vs)/v"))
    days = replace(days, model=model)
    market = replace(MARKET, by_criterion={"hours": Expected(Fraction(0), Fraction(50, 99))})
    leaf = days
    assert p20.unrealistic(market, leaf) == 5
    spec = a_spec([a_price("4/5", a_model("lowest-ratio")), days], points_top=100)
    assert amount(only(found(p20, spec, market)), "share") >= SPEAKS


# Weights that do not add up, and what counts twice (P21)


def slipped(*shares: str) -> EvaluationSpec:
    price, kept, social = shares
    return a_spec([a_price(price, a_model("lowest-ratio")), a_score("quality", kept), a_score("social", social)])


def test_p21_weights_that_do_not_give_a_hundred_are_found() -> None:
    finding = only(found(p21, slipped("1/2", "3/10", "1/4")))
    assert finding.values == {
        "level": Value("text", "Pris, quality, social"),
        "sum": Value("percent", Fraction(105, 100)),
        "twice": Value("text", "–"),
    }
    assert confirmed(finding).change == "one-weight-corrected"
    assert not found(p21, slipped("1/2", "3/10", "1/5"))


def test_p21_weights_as_they_were_written_are_found_although_they_count_otherwise() -> None:
    sound = slipped("50/105", "30/105", "25/105")
    assert not found(p21, sound)
    written = {"criteria": (Fraction(50), Fraction(30), Fraction(25))}
    assert amount(only(found(p21, sound, written_weights=written)), "sum") == Fraction(105, 100)
    finding = only(found(p21, cleaning_spec(), written_weights={"social": (Fraction(40), Fraction(20)) * 2}))
    assert (finding.criterion, finding.values["level"]) == ("social", Value("text", "social"))
    assert amount(finding, "sum") == Fraction(12, 10)


def test_p21_the_weights_inside_a_group_are_looked_at() -> None:
    spec = cleaning_spec()
    group = spec.criteria[1]
    short = replace(group, children=(replace(group.children[0], share=Fraction(15, 100)), group.children[1]))
    finding = only(found(p21, replace(spec, criteria=(spec.criteria[0], short, spec.criteria[2]))))
    assert (finding.criterion, amount(finding, "sum")) == ("quality", Fraction(9, 10))


def test_p21_one_weight_corrected_gives_a_hundred_again() -> None:
    weights = [Fraction(1, 2), Fraction(3, 10), Fraction(1, 4)]
    read = list(p21.corrected(weights))
    assert [sum(own) for own in read] == [1, 1, 1]
    assert read[0] == [Fraction(9, 20), Fraction(3, 10), Fraction(1, 4)]
    spec = cleaning_spec()
    (level, *_) = p21.levels(spec, Practice())
    moved = p21.read_as(spec, level, [Fraction(2, 5), Fraction(2, 5), Fraction(1, 5)])
    assert [leaf.share for leaf in moved.leaves()][:3] == [Fraction(2, 5), Fraction(24, 100), Fraction(16, 100)]


def test_p21_the_same_lines_in_two_criteria_are_found() -> None:
    spec = two_lines(a_model("lowest-ratio"), a_model("lowest-ratio"), ("A", "A"))
    named = [replace(leaf, title=title) for leaf, title in zip(spec.criteria, ("Pris", "Timepris", "K"), strict=True)]
    finding = only(found(p21, replace(spec, criteria=tuple(named))))
    assert finding.values == {
        "level": Value("text", "Pris, Timepris, K"),
        "sum": Value("percent", Fraction(1)),
        "twice": Value("text", "Pris + Timepris"),
    }
    assert not found(p21, two_lines(a_model("lowest-ratio"), a_model("lowest-ratio")))
    whole = replace(named[0], lines=())
    assert p21_twice(replace(spec, criteria=(whole, *named[1:]))) == [("price.fixed", "price.hours")]


def test_p21_a_price_that_the_award_model_counts_too_is_found() -> None:
    spec = rich_spec(a_fitted("lowest-ratio"), a_fitted("points-per-krone"))
    assert p21_twice(spec) == [("price",)]
    assert p21_twice(rich_spec(None, a_fitted("points-per-krone"))) == []


def test_p21_the_same_answer_in_two_criteria_is_found() -> None:
    spec = cleaning_spec()
    (plan, mentor, *others) = spec.criteria[2].children
    same = [replace(leaf, clause="trainees", field="hours") for leaf in (plan, mentor)]
    social = replace(spec.criteria[2], children=(*same, *others))
    assert p21_twice(replace(spec, criteria=(*spec.criteria[:2], social))) == [("social.plan", "social.mentor")]


def p21_twice(spec: EvaluationSpec) -> list[tuple[str, ...]]:
    return list(p21.counted_twice(spec))


# Bids for several lots together (P22)


def test_p22_packages_without_a_rule_are_found() -> None:
    spec = cleaning_spec()
    finding = only(found(p22, spec, expected_market(Fraction(100)), lots=3, packages=True))
    assert finding.values == {"lots": Value("count", 3)}
    example = finding.example
    assert example is not None
    assert totals(example) == ([100, 110, None], [None, None, 200])
    assert (example.winner_before, example.winner_after) == ("A, B", "C")
    assert not found(p22, spec, lots=3)
    assert not found(p22, spec, lots=1, packages=True)
