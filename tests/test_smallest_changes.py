"""The smallest changes of weights, scores and prices that change a winner, against trying everything."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from scoring_builders import (
    Scores,
    a_bid,
    a_model,
    a_price,
    a_score,
    a_spec,
    agreed,
    cleaning_bids,
    cleaning_scores,
    cleaning_spec,
)

from tenderkit.evaluation.score import score
from tenderkit.evaluation.sensitivity import Sensitivity, sensitivity
from tenderkit.evaluation.spec import Bid, EvaluationSpec, Result
from tenderkit.problems import TenderkitError


def winner(spec: EvaluationSpec, bids: list[Bid], scores: Scores) -> str | None:
    try:
        result = score(spec, bids, scores)
    except TenderkitError:
        return None
    return result.winner.bid.bidder if result.winner else None


def made_up(seed: int, *, minimum: bool = False) -> tuple[EvaluationSpec, list[Bid], Scores]:
    dice = random.Random(seed)  # noqa: S311 - made-up bids, not secrets
    k1 = a_score("k1", "3/10")
    spec = a_spec(
        [
            a_price("1/2", a_model("relative-linear", X="1/2")),
            replace(k1, minimum=Fraction(3, 10)) if minimum else k1,
            a_score("k2", "1/5"),
        ]
    )
    bids = [a_bid(name, dice.randint(90, 150) * 10_000) for name in "abcd"]
    return spec, bids, {(bid.bidder, key): Decimal(dice.randint(3, 9)) for bid in bids for key in ("k1", "k2")}


def of(spec: EvaluationSpec, bids: list[Bid], scores: Scores) -> tuple[Result, Sensitivity]:
    result = score(spec, bids, scores)
    return result, sensitivity(result, scores, thorough=True)


SEEDS = [seed for seed in range(40) if winner(*made_up(seed)) is not None]


@pytest.mark.parametrize("seed", SEEDS[:15])
@pytest.mark.parametrize("minimum", [False, True])
def test_no_smaller_change_of_a_score_changes_the_winner(seed: int, minimum: bool) -> None:
    spec, bids, scores = made_up(seed, minimum=minimum)
    result, found = of(spec, bids, scores)
    assert result.winner is not None
    sizes: dict[int, list[tuple[str, str]]] = {}
    for (bidder, key), given in scores.items():
        down = bidder == result.winner.bid.bidder
        for steps in range(1, 11):
            other = given - steps if down else given + steps
            if 0 <= other <= 10 and winner(spec, bids, {**scores, (bidder, key): other}) != result.winner.bid.bidder:
                sizes.setdefault(steps, []).append((bidder, key))
                break
    least = min(sizes, default=0)
    assert {change.steps for change in found.scores} == ({least} if least else set())
    assert {(change.bidder, change.criterion) for change in found.scores} <= set(sizes.get(least, []))
    assert len(found.scores) == min(5, len(sizes.get(least, [])))
    for change in found.scores:
        changed = {**scores, (change.bidder, change.criterion): Decimal(int(change.other))}
        assert winner(spec, bids, changed) == change.winner != result.winner.bid.bidder


@pytest.mark.parametrize("seed", SEEDS[:15])
def test_the_nearest_price_changes_the_winner_and_a_krone_less_does_not(seed: int) -> None:
    spec, bids, scores = made_up(seed)
    result, found = of(spec, bids, scores)
    assert result.winner is not None
    first = result.winner.bid.bidder
    for change in found.prices:

        def at(price: Fraction, bidder: str = change.bidder) -> str | None:
            moved = [replace(bid, prices={"A": Decimal(int(price))}) if bid.bidder == bidder else bid for bid in bids]
            return winner(spec, moved, scores)

        towards = -1 if change.bidder == first else 1
        assert at(change.other) == change.winner != first
        assert at(change.other + towards) == first
        assert (change.other > change.price) == (change.bidder == first)


@pytest.mark.parametrize("seed", SEEDS[:15])
def test_the_winner_stays_inside_the_interval_of_a_weight_and_not_outside(seed: int) -> None:
    spec, bids, scores = made_up(seed)
    exact = replace(spec, total_places=9)
    result, found = of(exact, bids, scores)
    assert result.winner is not None
    assert [interval.criterion for interval in found.weights] == ["price", "k1", "k2"]
    little = Fraction(1, 100_000)
    for interval in found.weights:

        def at(weight: Fraction, name: str = interval.criterion, old: Fraction = interval.weight) -> str | None:
            criteria = [
                replace(each, share=weight if each.id == name else each.share * (1 - weight) / (1 - old))
                for each in exact.criteria
            ]
            return winner(replace(exact, criteria=tuple(criteria)), bids, scores)

        first = result.winner.bid.bidder
        assert interval.low <= interval.weight <= interval.high
        assert at(interval.low + little) == at(interval.high - little) == first
        if interval.below is not None:
            assert at(interval.low - little) == interval.below
        if interval.above is not None:
            assert at(interval.high + little) == interval.above


def test_a_total_that_is_no_straight_line_is_searched() -> None:
    criteria = [a_score("k1", "1/2"), a_score("k2", "1/2")]
    spec = a_spec(criteria, award=a_model("weighted-product"), total_places=9)
    bids = [a_bid("a", 100), a_bid("b", 100)]
    _, found = of(spec, bids, agreed(a={"k1": 9, "k2": 4}, b={"k1": 5, "k2": 6}))
    interval = found.weights[0]
    # 9^t * 4^(1-t) = 5^t * 6^(1-t): t = ln(6/4) / (ln(9/5) + ln(6/4)) = 0.4082
    assert abs(interval.low - Fraction("0.4082")) < Fraction(1, 1000)
    assert interval.high == 1
    assert (interval.below, interval.above) == ("b", None)


def test_the_cleaning_case_has_everything_and_the_usual_look_costs_little() -> None:
    result = score(cleaning_spec(), cleaning_bids(), cleaning_scores())
    usual = sensitivity(result, cleaning_scores())
    assert (len(usual.weights), usual.scores, usual.prices) == (3, (), ())
    found = sensitivity(result, cleaning_scores(), thorough=True)
    assert found.margin == result.margin
    assert found.removals
    assert {interval.criterion for interval in found.weights} == {"price", "quality", "social"}
    assert found.prices


def test_nothing_is_said_without_a_bid() -> None:
    spec, _, _ = made_up(1)
    result = score(spec, [], {})
    assert sensitivity(result, {}, thorough=True) == Sensitivity(None, None, (), ())
