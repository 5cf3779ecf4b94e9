"""Worked examples: the cleaning tender by hand, published pathologies, and every edge and problem of scoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from scoring_builders import (
    Scores,
    a_bid,
    a_group,
    a_model,
    a_price,
    a_score,
    a_spec,
    agreed,
    an_offer,
    cleaning_bids,
    cleaning_scores,
    cleaning_spec,
    hundred,
    price_and_quality,
)

from tenderkit.evaluation import score
from tenderkit.evaluation.committee import agreed as agreed_scores
from tenderkit.evaluation.committee import completeness, sheet_problems, spreads
from tenderkit.evaluation.lowbids import low_prices
from tenderkit.evaluation.price import amounts, evaluated_price, expression
from tenderkit.evaluation.sensitivity import sensitivity
from tenderkit.evaluation.spec import Bid, EvaluationSpec, Model, PriceLine, Result, Score, ScoreSheet
from tenderkit.formula import evaluate
from tenderkit.problems import Problem, TenderkitError


def totals(result: Result) -> dict[str, Decimal]:
    return {bid.bid.bidder: bid.total for bid in result.ranking}


def ranks(result: Result) -> dict[str, int]:
    return {bid.bid.bidder: bid.rank for bid in result.ranking}


def problems_of(
    spec: EvaluationSpec, bids: list[Bid], scores: Scores, drawn: Mapping[str, int] | None = None
) -> tuple[Problem, ...]:
    with pytest.raises(TenderkitError) as caught:
        score(spec, bids, scores, drawn)
    return caught.value.problems


def two_criteria(price_share: str, model: Model, top: int = 100, **more: object) -> EvaluationSpec:
    quality = a_score("quality", str(1 - Fraction(price_share)), scale=hundred())
    return a_spec([a_price(price_share, model), quality], points_top=top, **more)  # type: ignore[arg-type]


# The cleaning tender, worked by hand


def test_the_evaluated_price_of_the_cleaning_tender() -> None:
    """E = 4*A + 4*h*H + T*(Q1 + 0.70*Q2 + 0.40*Q3) with h 600 and Q 200, 120, 64: 4*A + 2400*H + 309.6*T."""
    spec, bid = cleaning_spec(), cleaning_bids()[0]
    assert expression(spec.price_lines) == "4*A + 2400*H + 309.6*T"
    assert amounts(spec.price_lines, bid.prices) == {"A": 19_600_000, "H": 720_000, "T": 2_786_400}
    assert evaluated_price(spec.price_lines, bid.prices) == 23_106_400
    by_formula = evaluate(expression(spec.price_lines), **bid.prices)
    assert by_formula == 23_106_400


def test_the_cleaning_tender_by_hand() -> None:
    """The dearer bid is 1,533,600 above 23,106,400: 10*(1 - 1533600/11553200) = 250490/28883 price points.

    Social points: mentor 10*(3-1.5)/2.5 = 6, hours 10*(20-15)/10 = 5, months 15 counts as 12 and gives 10.
    """
    result = score(cleaning_spec(), cleaning_bids(), cleaning_scores())
    first, second = result.ranking
    assert (first.bid.bidder, second.bid.bidder) == ("socialvirk", "stor")
    assert [points.points for points in first.points] == [Fraction(250490, 28883), 8, 8, 9, 6, 5, 10]
    assert [points.points for points in second.points] == [10, 8, 7, 6, 0, 0, 0]
    assert first.on("social.months").given == 12
    assert first.groups == {"quality": Fraction("2.4"), "social": Fraction("1.56")}
    assert first.exact == Fraction(125245, 28883) + Fraction("3.96")
    assert (first.total, second.total) == (Decimal("8.296"), Decimal("7.760"))
    assert result.winner is first
    assert result.margin == Decimal("0.536")
    assert [bid.decided_by for bid in result.ranking] == ["total", "total"]


def test_an_excluded_bid_leaves_every_formula() -> None:
    bids = cleaning_bids()
    cheap = a_bid("x", {"A": 1, "H": 1, "T": 1}, admitted=False)
    with_rejected = score(cleaning_spec(), [*bids, cheap], cleaning_scores())
    assert totals(with_rejected) == totals(score(cleaning_spec(), bids, cleaning_scores()))
    assert [bid.bidder for bid in with_rejected.rejected] == ["x"]


# Published pathologies (numbers from the fact sheet on evaluation models)


def test_p02_the_slope_decides_who_wins() -> None:
    bids = [a_bid("A", 410), a_bid("B", 455), a_bid("C", 520)]
    scores = agreed(A={"quality": 50}, B={"quality": 65}, C={"quality": 79})
    narrow = score(two_criteria("1/2", a_model("relative-linear", X="1/4"), 10), bids, scores)
    assert totals(narrow) == {"A": Decimal("7.500"), "B": Decimal("6.055"), "C": Decimal("3.950")}
    wide = score(two_criteria("1/2", a_model("relative-linear", X="1"), 10), bids, scores)
    assert totals(wide) == {"A": Decimal("7.500"), "B": Decimal("7.701"), "C": Decimal("7.609")}


def test_p04_beyond_the_span_all_get_zero() -> None:
    bids = [a_bid("A", 100), a_bid("B", 130), a_bid("C", 165)]
    scores = agreed(A={"quality": 20}, B={"quality": 50}, C={"quality": 95})
    result = score(two_criteria("2/5", a_model("relative-linear", X="1/2")), bids, scores)
    assert totals(result) == {"C": Decimal("57.000"), "A": Decimal("52.000"), "B": Decimal("46.000")}


def test_p06_rank_reversal_with_the_lowest_ratio() -> None:
    spec = two_criteria("1/2", a_model("lowest-ratio"), total_places=2)
    bids = [a_bid("A", 120), a_bid("B", 260), a_bid("C", 60)]
    scores = agreed(A={"quality": 45}, B={"quality": 82}, C={"quality": 5})
    result = score(spec, bids, scores)
    assert totals(result) == {"B": Decimal("52.54"), "C": Decimal("52.50"), "A": Decimal("47.50")}
    rest = score(spec, bids[:2], agreed(A={"quality": 45}, B={"quality": 82}))
    assert totals(rest) == {"A": Decimal("72.50"), "B": Decimal("64.08")}


def test_p06c_rank_reversal_with_the_relative_linear_model() -> None:
    spec = two_criteria("1/2", a_model("relative-linear", X="1"), total_places=2)
    bids = [a_bid("A", 180), a_bid("B", 250), a_bid("C", 140)]
    scores = agreed(A={"quality": 40}, B={"quality": 88}, C={"quality": 5})
    assert totals(score(spec, bids, scores)) == {"A": Decimal("55.71"), "B": Decimal("54.71"), "C": Decimal("52.50")}
    rest = score(spec, bids[:2], agreed(A={"quality": 40}, B={"quality": 88}))
    assert totals(rest) == {"B": Decimal("74.56"), "A": Decimal("70.00")}


def test_p14_rounding_points_changes_the_winner() -> None:
    bids = [a_bid("A", 1000), a_bid("B", 1125)]
    scores = agreed(A={"quality": 70}, B={"quality": 85})
    model = a_model("relative-linear", X="1/2")
    exact = score(two_criteria("2/5", model, 10, total_places=2), bids, scores)
    assert totals(exact) == {"A": Decimal("8.20"), "B": Decimal("8.10")}
    price_only = a_spec([a_price("1", model)], point_places=0)
    rounded = score(price_only, bids, {})
    assert [points.points for bid in rounded.ranking for points in bid.points] == [10, 8]


def test_p15_an_exact_tie_that_floats_miss() -> None:
    assert 0.1 * 9 + 0.3 * 6 + 0.6 * 5 != 0.1 * 6 + 0.3 * 7 + 0.6 * 5
    spec = a_spec([a_score("k1", "1/10"), a_score("k2", "3/10"), a_score("k3", "6/10")], ties=())
    scores = agreed(A={"k1": 6, "k2": 7, "k3": 5}, B={"k1": 9, "k2": 6, "k3": 5})
    result = score(spec, [a_bid("A", 1), a_bid("B", 1)], scores)
    assert [bid.exact for bid in result.ranking] == [Fraction("5.7")] * 2
    assert ranks(result) == {"A": 1, "B": 1}
    assert result.winner is None


def test_p16_the_lowest_price_is_taken_among_the_admitted() -> None:
    bids = [a_bid("A", 200), a_bid("B", 350), a_bid("C", 100, admitted=False)]
    result = score(
        two_criteria("1/2", a_model("lowest-ratio"), total_places=1), bids, agreed(A={"quality": 50}, B={"quality": 82})
    )
    assert totals(result) == {"A": Decimal("75.0"), "B": Decimal("69.6")}


def test_the_total_is_rounded_once_and_half_up() -> None:
    """The exact totals 5.9975 and 5.9925 become 5.998 and 5.993; half to even would give 5.992."""
    spec = a_spec([a_score("k1", "1/800", scale=hundred()), a_score("k2", "799/800")], points_top=10, total_places=3)
    result = score(spec, [a_bid("A", 1), a_bid("B", 1)], agreed(A={"k1": 0, "k2": 6}, B={"k1": 40, "k2": 6}))
    assert [bid.exact for bid in result.ranking] == [Fraction("5.9975"), Fraction("5.9925")]
    assert [bid.total for bid in result.ranking] == [Decimal("5.998"), Decimal("5.993")]


# Quality in money


def money_spec(**more: object) -> EvaluationSpec:
    criteria = [a_score("k1", "1", amount="600000"), a_score("k2", "1", amount="400000")]
    return a_spec(criteria, award=a_model("quality-in-money"), total_places=2, **more)  # type: ignore[arg-type]


def test_the_lowest_price_after_deduction_wins() -> None:
    bids = [a_bid("A", 5_000_000), a_bid("B", 5_200_000), a_bid("C", 4_900_000)]
    scores = agreed(A={"k1": 6, "k2": 8}, B={"k1": 9, "k2": 9}, C={"k1": 4, "k2": 2})
    result = score(money_spec(), bids, scores)
    assert totals(result) == {"B": Decimal("4300000.00"), "A": Decimal("4320000.00"), "C": Decimal("4580000.00")}
    assert ranks(result) == {"B": 1, "A": 2, "C": 3}
    assert result.winner is not None
    assert result.winner.on("k1").weighted == 540_000
    assert result.margin == 20_000


def test_quality_in_money_takes_a_price_of_zero_and_gives_results_below_zero() -> None:
    result = score(money_spec(), [a_bid("A", 0)], agreed(A={"k1": 10, "k2": 5}))
    assert result.ranking[0].total == -800_000


def test_a_criterion_without_amount_is_a_problem_in_a_price_model() -> None:
    spec = a_spec([a_score("k1", "1")], award=a_model("quality-in-money"))
    assert [problem.id for problem in problems_of(spec, [a_bid("A", 5)], agreed(A={"k1": 1}))] == ["amount-missing"]


# Edges


def test_a_single_bid_and_equal_bids_get_full_price_points() -> None:
    for model in (a_model("relative-linear", X="1/2"), a_model("lowest-ratio")):
        spec = price_and_quality("1/2", model)
        one = score(spec, [a_bid("A", 700)], agreed(A={"quality": 0}))
        assert one.ranking[0].on("price").points == 10
        assert one.margin is None
        two = score(spec, [a_bid("A", 700), a_bid("B", 700)], agreed(A={"quality": 3}, B={"quality": 3}))
        assert [bid.on("price").points for bid in two.ranking] == [10, 10]


def test_without_an_admitted_bid_the_ranking_is_empty() -> None:
    spec = cleaning_spec()
    result = score(spec, [a_bid("A", {}, admitted=False)], {}, {"A": 1})
    assert (result.ranking, result.winner, result.margin) == ((), None, None)
    assert len(result.rejected) == 1
    assert score(spec, [], {}).rejected == ()
    assert sensitivity(result, {}).removals == ()


def test_an_offer_beyond_the_cap_counts_as_the_cap_in_both_directions() -> None:
    spec = a_spec([an_offer("hours", "1/2", "15", "25"), an_offer("days", "1/2", "24", "4", better="lower")])
    result = score(spec, [a_bid("A", 1, {"hours": 31, "days": 2}), a_bid("B", 1, {"hours": 20, "days": 14})], {})
    assert [[points.given for points in bid.points] for bid in result.ranking] == [[25, 4], [20, 14]]
    assert [[points.points for points in bid.points] for bid in result.ranking] == [[10, 10], [5, 5]]


def test_a_score_is_converted_to_the_published_points() -> None:
    spec = a_spec([a_score("k", "1", scale=hundred())], points_top=10)
    result = score(spec, [a_bid("A", 1)], agreed(A={"k": 83}))
    assert result.ranking[0].on("k").points == Fraction("8.3")


# Problems, all at once


def test_everything_wrong_is_told_at_once() -> None:
    spec = cleaning_spec()
    bids = [
        a_bid("a", {"A": 0, "H": -3, "T": 12500}, {"social.mentor": 1, "social.hours": 15, "social.months": 6}),
        a_bid("b", {"A": 5, "B": 1}, {"social.mentor": 2, "social.hour": 15, "social.months": 6}),
    ]
    scores = agreed(
        a={"quality.K1": 11, "quality.K2": "7.5"},
        b={"quality.K1": 8, "quality.K2": 7, "social.plan": 6, "social.hours": 5},
        c={"quality.K1": 8},
    )
    found = [(problem.id, problem.place.label) for problem in problems_of(spec, bids, scores)]
    assert sorted(found) == sorted(
        [
            ("price-not-positive", "Firma a"),
            ("price-not-positive", "Firma a"),
            ("price-above-ceiling", "Firma a"),
            ("offer-below-floor", "Firma a"),
            ("score-off-scale", "Firma a"),
            ("score-off-step", "Firma a"),
            ("score-missing", "Firma a"),
            ("price-unknown", "Firma b"),
            ("price-missing", "Firma b"),
            ("price-missing", "Firma b"),
            ("offer-unknown", "Firma b"),
            ("offer-missing", "Firma b"),
            ("score-unknown-bidder", "c"),
            ("score-unknown-criterion", "social.hours"),
        ]
    )


def test_problems_name_the_value_and_the_next_step() -> None:
    bids = [a_bid("a", {"A": 1, "H": 1, "T": 12500}, {"social.mentor": 1, "social.hours": 15, "social.months": 6})]
    texts = " ".join(str(problem) for problem in problems_of(cleaning_spec(), bids, {}))
    assert '"T Pris pr. deltagermåned" is 12500, above the ceiling 12000.' in texts
    assert '"social.mentor" is offered with 1, below the minimum requirement 1.5.' in texts
    assert "record that the bid is not admitted, with the ground" in texts


def test_an_offer_worse_than_the_floor_is_above_it_when_lower_is_better() -> None:
    spec = a_spec([an_offer("days", "1", "24", "4", better="lower")])
    (problem,) = problems_of(spec, [a_bid("a", 1, {"days": 25})], {})
    assert "above the minimum requirement 24" in problem.message


def test_repeated_bidders_and_other_lots_are_problems() -> None:
    spec = price_and_quality("1/2", a_model("lowest-ratio"))
    bids = [a_bid("a", 5), a_bid("a", 6), replace(a_bid("b", 5), lot="syd")]
    found = {problem.id for problem in problems_of(spec, bids, agreed(a={"quality": 1}, b={"quality": 1}))}
    assert found == {"bidder-repeated", "bid-for-other-lot"}


def test_a_price_below_zero_that_is_made_good_elsewhere_is_still_refused() -> None:
    lines = (PriceLine("A", "", "", Fraction(1)), PriceLine("B", "", "", Fraction(1)))
    spec = price_and_quality("1/2", a_model("lowest-ratio"), lines=lines)
    (problem,) = problems_of(spec, [a_bid("a", {"A": 5, "B": -1})], agreed(a={"quality": 1}))
    assert problem.id == "price-not-positive"


def test_an_offer_without_cap_cannot_be_scored() -> None:
    spec = a_spec([replace(an_offer("hours", "1", "15", "25"), cap=None)])
    assert [problem.id for problem in problems_of(spec, [a_bid("a", 1, {"hours": 20})], {})] == [
        "floor-and-cap-missing"
    ]


def test_totals_that_a_spreadsheet_cannot_tell_apart_are_a_problem() -> None:
    spec = a_spec([a_price("1", a_model("lowest-ratio"))])
    bids = [a_bid("a", 1), a_bid("b", "3000000000"), a_bid("c", "3000000001")]
    found = problems_of(spec, bids, {})
    assert [problem.id for problem in found] == ["totals-too-close"]
    assert "Firma b" in found[0].message
    assert "Firma c" in found[0].message
    assert score(spec, [a_bid("a", 1), a_bid("b", 3), a_bid("c", 3)], {}).ranking[1].rank == 2


# Ties


def tied(ties: tuple[str, ...]) -> tuple[EvaluationSpec, list[Bid], Scores]:
    """Three bids with a total of 7: b is dearest, a and c differ in the social group only against quality."""
    spec = a_spec(
        [
            a_score("quality", "1/2"),
            a_group("social", "1/2", [a_score("social.plan", "1/4"), a_score("social.jobs", "1/4")]),
        ],
        ties=ties,
    )
    bids = [a_bid("a", 100), a_bid("b", 120), a_bid("c", 100)]
    scores = agreed(
        a={"quality": 8, "social.plan": 6, "social.jobs": 6},
        b={"quality": 7, "social.plan": 7, "social.jobs": 7},
        c={"quality": 6, "social.plan": 9, "social.jobs": 7},
    )
    return spec, bids, scores


def standings(result: Result) -> list[tuple[str, int, str]]:
    return [(bid.bid.bidder, bid.rank, bid.decided_by) for bid in result.ranking]


def test_ties_are_parted_by_the_published_rules_in_order() -> None:
    result = score(*tied(("price", "social", "lots-drawing")))
    assert standings(result) == [("c", 1, "social"), ("a", 2, "social"), ("b", 3, "price")]
    assert result.winner is not None
    assert result.margin == 0
    other = score(*tied(("social", "price")))
    assert standings(other) == [("c", 1, "social"), ("b", 2, "social"), ("a", 3, "social")]
    leaf = score(*tied(("social.plan",)))
    assert [bidder for bidder, _, _ in standings(leaf)] == ["c", "b", "a"]


def test_what_no_rule_parts_shares_a_rank_until_lots_are_drawn() -> None:
    open_result = score(*tied(("price", "lots-drawing")))
    assert standings(open_result) == [("a", 1, "lots-drawing"), ("c", 1, "lots-drawing"), ("b", 3, "price")]
    assert open_result.winner is None
    drawn = score(*tied(("price", "lots-drawing")), {"c": 1, "a": 2})
    assert standings(drawn) == [("c", 1, "lots-drawing"), ("a", 2, "lots-drawing"), ("b", 3, "price")]
    assert drawn.winner is not None
    assert drawn.winner.bid.bidder == "c"


def test_rules_that_end_without_lots_leave_the_tie_unresolved() -> None:
    result = score(*tied(("price",)))
    assert standings(result) == [("a", 1, "unresolved"), ("c", 1, "unresolved"), ("b", 3, "price")]
    assert result.winner is None


@pytest.mark.parametrize(
    ("ties", "drawn", "problem_id"),
    [
        (("prise",), {}, "tie-rule-unknown"),
        (("lots-drawing",), {"a": 1, "b": 2}, "drawing-incomplete"),
        (("lots-drawing",), {"a": 1, "b": 1, "c": 2}, "drawing-incomplete"),
        (("lots-drawing",), {"a": 1, "b": 2, "d": 3}, "drawing-unknown-bidder"),
    ],
)
def test_unclear_ties_and_drawings_are_problems(ties: tuple[str, ...], drawn: dict[str, int], problem_id: str) -> None:
    assert [problem.id for problem in problems_of(*tied(ties), drawn)] == [problem_id]


# The committee


def a_sheet(evaluator: str, by_bidder: Mapping[str, Mapping[str, object]], lot: str = "nord") -> ScoreSheet:
    scores = {key: Score(value, reason="Fordi.") for key, value in agreed(**by_bidder).items()}
    return ScoreSheet(evaluator, lot, scores)


COMMITTEE_SPEC = a_spec([a_score("k1", "1/2"), a_group("social", "1/2", [a_score("social.plan", "1/2")])])
COMMITTEE_BIDS = [a_bid("a", 1), a_bid("b", 1), a_bid("x", 1, admitted=False)]
FULL: dict[str, dict[str, object]] = {"a": {"k1": 8, "social.plan": 7}, "b": {"k1": 4, "social.plan": 3}}


def test_the_spread_raises_an_alarm_from_its_limit() -> None:
    sheets = [
        a_sheet("eva", FULL),
        a_sheet("bo", {"a": {"k1": 4, "social.plan": 6}, "b": {"k1": 4}}),
        a_sheet("eva", {"a": {"k1": 0}}, lot="syd"),
    ]
    found = spreads(COMMITTEE_SPEC, COMMITTEE_BIDS, sheets, Decimal(4))
    assert [(item.bidder, item.criterion, int(item.width), item.alarm) for item in found] == [
        ("a", "k1", 4, True),
        ("a", "social.plan", 1, False),
        ("b", "k1", 0, False),
        ("b", "social.plan", 0, False),
    ]
    assert found[0].scores == (("eva", Decimal(8)), ("bo", Decimal(4)))
    assert not hasattr(found[0], "average")


def test_a_finished_committee_has_no_problems() -> None:
    sheets = [a_sheet("eva", FULL), a_sheet("bo", {"a": {"social.plan": 6}, "b": {"social.plan": 6}})]
    assert completeness(COMMITTEE_SPEC, COMMITTEE_BIDS, sheets, {"eva": [], "bo": ["social"]}) == []


def test_who_lacks_what_is_named() -> None:
    unfinished = a_sheet("eva", {"a": {"k1": 11, "social.plan": 6}, "b": {"k1": 4}, "z": {"k1": 4}})
    blank = replace(unfinished, scores={**unfinished.scores, ("a", "social.plan"): Score(Decimal(6), reason=" ")})
    found = completeness(
        COMMITTEE_SPEC, COMMITTEE_BIDS, [blank, a_sheet("ib", {}), a_sheet("ib", {})], {"eva": [], "bo": []}
    )
    named = [(problem.id, str(problem.place)) for problem in found]
    assert sorted(named) == sorted(
        [
            ("evaluator-repeated", "ib"),
            ("evaluator-unknown", "ib"),
            ("sheet-missing", "bo"),
            ("score-unknown-bidder", "eva"),
            ("score-off-scale", "eva, Firma a, k1"),
            ("reason-missing", "eva, Firma a, social.plan"),
            ("score-missing", "eva, Firma b, social.plan"),
            ("reason-missing", "eva, Firma b, social.plan"),
        ]
    )


def test_the_agreed_sheet_is_what_scoring_takes() -> None:
    sheet = a_sheet("consensus", FULL)
    assert sheet_problems(COMMITTEE_SPEC, COMMITTEE_BIDS, sheet) == []
    result = score(COMMITTEE_SPEC, COMMITTEE_BIDS, agreed_scores(sheet))
    assert totals(result) == {"a": Decimal("7.500"), "b": Decimal("3.500")}
    unfinished = replace(sheet, scores={**sheet.scores, ("b", "k1"): Score(None, reason="Mangler.")})
    assert [problem.id for problem in sheet_problems(COMMITTEE_SPEC, COMMITTEE_BIDS, unfinished)] == ["score-missing"]
    assert ("b", "k1") not in agreed_scores(unfinished)


# For learning only


def test_a_loser_that_decides_who_wins_is_shown() -> None:
    """P06: without C, A would win."""
    spec = two_criteria("1/2", a_model("lowest-ratio"), total_places=2)
    scores = agreed(A={"quality": 45}, B={"quality": 82}, C={"quality": 5})
    found = sensitivity(score(spec, [a_bid("A", 120), a_bid("B", 260), a_bid("C", 60)], scores), scores)
    assert [(item.removed, item.winner, item.changed) for item in found.removals] == [
        ("C", "A", True),
        ("A", "B", False),
    ]
    assert found.margin == Decimal("0.04")


def test_what_a_point_costs_in_kroner() -> None:
    """A point on K1 is 0.18 of a point in total; a price point costs 0.05*23,106,400 kr., at half weight."""
    scores = cleaning_scores()
    found = sensitivity(score(cleaning_spec(), cleaning_bids(), scores), scores)
    costs = {cost.criterion: cost.kroner for cost in found.points}
    assert costs["quality.K1"] == Fraction("0.18") * Fraction("0.1") * 23_106_400
    assert costs["social.hours"] == Fraction("0.04") * Fraction("0.1") * 23_106_400
    assert "price" not in costs
    money = score(money_spec(), [a_bid("A", 5_000_000)], agreed(A={"k1": 6, "k2": 8}))
    assert [cost.kroner for cost in sensitivity(money, agreed(A={"k1": 6, "k2": 8})).points] == [60_000, 40_000]


def test_the_price_weight_can_fall_to_three_sevenths() -> None:
    """At 50 per cent A has 8.0 to 7.5; at the weight w A has 10w + 6(1-w) and B 6w + 9(1-w): equal at w = 3/7."""
    spec = price_and_quality("1/2", a_model("relative-linear", X="1/2"))
    scores = agreed(A={"quality": 6}, B={"quality": 9})
    result = score(spec, [a_bid("A", 1000), a_bid("B", 1200)], scores)
    assert totals(result) == {"A": Decimal("8.000"), "B": Decimal("7.500")}
    price, quality = sensitivity(result, scores).weights
    assert [price.low, price.high] == [Fraction(3, 7), 1]
    assert (price.below, price.above) == ("B", None)
    assert [quality.low, quality.high] == [0, Fraction(4, 7)]
    assert quality.above == "B"
    money = score(money_spec(), [a_bid("A", 5)], agreed(A={"k1": 6, "k2": 8}))
    assert sensitivity(money, agreed(A={"k1": 6, "k2": 8})).weights == ()


# Abnormally low


def test_low_prices_are_compared_with_the_others_from_four_bids_on() -> None:
    spec = price_and_quality("1/2", a_model("lowest-ratio"))
    bids = [a_bid("a", 700), a_bid("b", 1000), a_bid("c", 1100), a_bid("d", 900), a_bid("e", 1, admitted=False)]
    found = low_prices(spec, bids, below_median=Fraction(1, 4))
    assert [(low.bidder, low.subject, str(low.against), low.reference, low.below) for low in found] == [
        ("a", "evaluated-price", "median-of-others", Fraction(1000), Fraction(3, 10)),
        ("a", "A", "median-of-others", Fraction(1000), Fraction(3, 10)),
    ]
    assert low_prices(spec, bids, below_median=Fraction(3, 10)) == ()
    assert low_prices(spec, bids[:3], below_median=Fraction(1, 4)) == ()


def test_low_prices_are_compared_with_the_own_estimate() -> None:
    spec = price_and_quality("1/2", a_model("lowest-ratio"))
    estimates = {"evaluated-price": Fraction(1000)}
    found = low_prices(spec, [a_bid("a", 790), a_bid("b", 800)], below_estimate=Fraction(1, 5), estimates=estimates)
    assert [(low.bidder, low.subject, low.against, low.below) for low in found] == [
        ("a", "evaluated-price", "own-estimate", Fraction(21, 100))
    ]
    assert low_prices(spec, [a_bid("a", 1)], below_estimate=Fraction(1, 5)) == ()
