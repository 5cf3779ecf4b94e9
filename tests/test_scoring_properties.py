"""What must hold for any bids."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
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
    price_and_quality,
)

from tenderkit.evaluation import score
from tenderkit.evaluation.committee import spreads
from tenderkit.evaluation.sensitivity import sensitivity
from tenderkit.evaluation.spec import Bid, BidResult, EvaluationSpec, Result, Score, ScoreSheet
from tenderkit.problems import TenderkitError
from tenderkit.quantities import round_half_up

QUICK = settings(max_examples=40, derandomize=True, deadline=None)

PRICES = st.decimals(min_value=1, max_value=2000, places=2)
SCORES = st.integers(min_value=0, max_value=10)
MODELS = st.sampled_from(
    [a_model("relative-linear", X="1/2"), a_model("relative-linear", X="1/20"), a_model("lowest-ratio")]
)


@st.composite
def tenders(draw: st.DrawFn) -> tuple[EvaluationSpec, list[Bid], Scores]:
    """Give a tender with a price, a quality and a social criterion, and one to five bids with scores."""
    spec = a_spec(
        [
            a_price("1/2", draw(MODELS)),
            a_score("quality", "3/10"),
            a_group(
                "social",
                "1/5",
                [
                    an_offer("social.hours", "1/10", "15", "25"),
                    an_offer("social.days", "1/10", "24", "4", better="lower"),
                ],
            ),
        ],
        ties=("price", "social", "lots-drawing"),
    )
    count = draw(st.integers(min_value=1, max_value=5))
    bids = [
        a_bid(
            f"b{index}",
            draw(PRICES),
            {
                "social.hours": draw(st.decimals(min_value=15, max_value=40, places=1)),
                "social.days": draw(st.decimals(min_value=0, max_value=24, places=1)),
            },
        )
        for index in range(count)
    ]
    return spec, bids, agreed(**{bid.bidder: {"quality": draw(SCORES)} for bid in bids})


def by_bidder(result: Result) -> dict[str, BidResult]:
    return {bid.bid.bidder: bid for bid in result.ranking}


@QUICK
@given(tenders(), st.randoms(use_true_random=False))
def test_the_order_of_bids_changes_nothing(tender: tuple[EvaluationSpec, list[Bid], Scores], dice: object) -> None:
    spec, bids, scores = tender
    shuffled = list(bids)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert score(spec, shuffled, scores) == score(spec, bids, scores)


@QUICK
@given(tenders())
def test_points_stay_within_the_scale_and_are_exact(tender: tuple[EvaluationSpec, list[Bid], Scores]) -> None:
    result = score(*tender)
    for bid in result.ranking:
        assert all(0 <= points.points <= 10 for points in bid.points)
        numbers = [bid.evaluated_price, bid.exact, *bid.groups.values()]
        numbers += [number for points in bid.points for number in (points.given, points.points, points.weighted)]
        assert all(type(number) is Fraction for number in numbers)
        assert type(bid.total) is Decimal


@QUICK
@given(tenders())
def test_the_total_is_the_sum_of_the_weighted_points_rounded_once(
    tender: tuple[EvaluationSpec, list[Bid], Scores],
) -> None:
    for bid in score(*tender).ranking:
        assert bid.exact == sum(points.weighted for points in bid.points)
        assert bid.total == round_half_up(bid.exact, 3)
        assert bid.groups["social"] == bid.on("social.hours").weighted + bid.on("social.days").weighted


@QUICK
@given(tenders())
def test_ranks_follow_totals_and_prices_and_then_the_social_group(
    tender: tuple[EvaluationSpec, list[Bid], Scores],
) -> None:
    ranking = score(*tender).ranking
    keys = [(-bid.total, bid.evaluated_price, -bid.groups["social"]) for bid in ranking]
    assert keys == sorted(keys)
    for bid, key in zip(ranking, keys, strict=True):
        assert bid.rank == 1 + sum(other < key for other in keys)
        assert (bid.decided_by == "lots-drawing") == (keys.count(key) > 1)


@QUICK
@given(tenders())
def test_equal_bids_tie(tender: tuple[EvaluationSpec, list[Bid], Scores]) -> None:
    spec, bids, scores = tender
    twin = replace(bids[0], bidder="twin", name="Tvilling")
    result = by_bidder(score(spec, [*bids, twin], {**scores, ("twin", "quality"): scores["b0", "quality"]}))
    assert result["twin"].rank == result["b0"].rank
    assert result["twin"].exact == result["b0"].exact
    assert result["twin"].points == result["b0"].points


@QUICK
@given(tenders(), st.decimals(min_value="0.01", max_value=500, places=2))
def test_a_lower_price_never_gets_fewer_points_or_a_worse_rank(
    tender: tuple[EvaluationSpec, list[Bid], Scores], cut: Decimal
) -> None:
    spec, bids, scores = tender
    old = bids[0].prices["A"]
    cheaper = replace(bids[0], prices={"A": max(old - cut, old / 2)})
    before = by_bidder(score(spec, bids, scores))
    after = by_bidder(score(spec, [cheaper, *bids[1:]], scores))
    assert after["b0"].on("price").points >= before["b0"].on("price").points
    assert after["b0"].exact >= before["b0"].exact
    assert all(after[name].on("price").points <= before[name].on("price").points for name in before if name != "b0")
    assert after["b0"].rank <= before["b0"].rank


@QUICK
@given(tenders())
def test_a_better_offer_or_score_never_lowers_the_total(tender: tuple[EvaluationSpec, list[Bid], Scores]) -> None:
    spec, bids, scores = tender
    hours, days = bids[0].offers["social.hours"], bids[0].offers["social.days"]
    better = replace(bids[0], offers={"social.hours": hours + 1, "social.days": max(days - 1, Decimal(0))})
    higher = {**scores, ("b0", "quality"): min(scores["b0", "quality"] + 1, Decimal(10))}
    before = by_bidder(score(spec, bids, scores))
    after = by_bidder(score(spec, [better, *bids[1:]], higher))
    assert after["b0"].exact >= before["b0"].exact
    assert {name: bid.exact for name, bid in after.items() if name != "b0"} == {
        name: bid.exact for name, bid in before.items() if name != "b0"
    }


@QUICK
@given(tenders(), st.lists(SCORES, min_size=5, max_size=5))
def test_a_weight_of_0_has_no_effect(tender: tuple[EvaluationSpec, list[Bid], Scores], extra: list[int]) -> None:
    spec, bids, scores = tender
    idle = replace(spec, criteria=(*spec.criteria, a_score("idle", "0")))
    more = {(bid.bidder, "idle"): Decimal(value) for bid, value in zip(bids, extra, strict=False)}
    with_idle, without = score(idle, bids, {**scores, **more}), score(spec, bids, scores)
    assert [(bid.exact, bid.total, bid.rank) for bid in with_idle.ranking] == [
        (bid.exact, bid.total, bid.rank) for bid in without.ranking
    ]


@QUICK
@given(tenders())
def test_only_admitted_bids_matter(tender: tuple[EvaluationSpec, list[Bid], Scores]) -> None:
    spec, bids, scores = tender
    outsider = a_bid("outsider", "0.01", admitted=False)
    with_outsider = score(spec, [outsider, *bids], scores)
    assert with_outsider.ranking == score(spec, bids, scores).ranking
    assert with_outsider.rejected == (outsider,)


@QUICK
@given(tenders(), st.integers(min_value=2, max_value=1000))
def test_the_currency_changes_no_points(tender: tuple[EvaluationSpec, list[Bid], Scores], rate: int) -> None:
    spec, bids, scores = tender
    scaled = [replace(bid, prices={"A": bid.prices["A"] * rate}) for bid in bids]
    before, after = score(spec, bids, scores), score(spec, scaled, scores)
    assert [(bid.bid.bidder, bid.exact) for bid in before.ranking] == [
        (bid.bid.bidder, bid.exact) for bid in after.ranking
    ]


@QUICK
@given(tenders(), st.data())
def test_a_missing_value_is_always_a_problem_and_never_zero(
    tender: tuple[EvaluationSpec, list[Bid], Scores], data: st.DataObject
) -> None:
    spec, bids, scores = tender
    hole = data.draw(st.sampled_from(["price", "offer", "score"]))
    victim = bids[0]
    if hole == "price":
        bids[0] = replace(victim, prices={})
    elif hole == "offer":
        bids[0] = replace(victim, offers={"social.hours": victim.offers["social.hours"]})
    else:
        del scores[victim.bidder, "quality"]
    found: tuple[str, ...] = ()
    try:
        score(spec, bids, scores)
    except TenderkitError as error:
        found = tuple(problem.id for problem in error.problems)
    assert found == (f"{hole}-missing",)


@QUICK
@given(st.lists(st.tuples(PRICES, SCORES, SCORES), min_size=2, max_size=5))
def test_with_quality_in_money_no_loser_decides_who_wins(rows: list[tuple[Decimal, int, int]]) -> None:
    spec = a_spec(
        [a_score("k1", "1", amount="300"), a_score("k2", "1", amount="700")], award=a_model("quality-in-money")
    )
    bids = [a_bid(f"b{index}", price) for index, (price, _, _) in enumerate(rows)]
    scores = agreed(**{f"b{index}": {"k1": one, "k2": two} for index, (_, one, two) in enumerate(rows)})
    result = score(spec, bids, scores)
    assert [bid.total for bid in result.ranking] == sorted(bid.total for bid in result.ranking)
    if result.winner is not None:
        assert not any(removal.changed for removal in sensitivity(result, scores).removals)


@QUICK
@given(tenders())
def test_sensitivity_never_fails_on_a_result(tender: tuple[EvaluationSpec, list[Bid], Scores]) -> None:
    result = score(*tender)
    found = sensitivity(result, tender[2], thorough=True)
    assert len(found.removals) == len(result.ranking) - (result.winner is not None)
    assert all(interval.low <= interval.weight <= interval.high for interval in found.weights)
    assert bool(found.weights) == (result.winner is not None)
    assert all(cost.kroner is None or cost.kroner > 0 for cost in found.points)


@QUICK
@given(st.lists(SCORES, min_size=1, max_size=6), SCORES)
def test_the_spread_is_the_largest_difference(values: list[int], limit: int) -> None:
    spec = price_and_quality("1/2", a_model("lowest-ratio"))
    sheets = [
        ScoreSheet(f"e{index}", "nord", {("a", "quality"): Score(Decimal(value), "Fordi.")})
        for index, value in enumerate(values)
    ]
    (found,) = spreads(spec, [a_bid("a", 1)], sheets, Decimal(limit))
    assert found.width == max(abs(one - other) for one in values for other in values)
    assert found.alarm == (found.width >= limit)
