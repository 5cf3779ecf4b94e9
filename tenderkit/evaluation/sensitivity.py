"""What the result hung on: for learning, never for the award decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.points import award_totals, model_points
from tenderkit.evaluation.score import criterion_values
from tenderkit.evaluation.smallest import PriceChange, ScoreChange, smallest_prices, smallest_scores
from tenderkit.evaluation.spec import Criterion, Result
from tenderkit.evaluation.weights import WeightInterval, weight_intervals
from tenderkit.evaluation.whatif import WhatIf, first_of
from tenderkit.problems import TenderkitError


@dataclass(frozen=True)
class Removal:
    """Who would win without one of the losers. ``winner`` is None when lots would have to be drawn."""

    removed: str
    winner: str | None
    changed: bool


@dataclass(frozen=True)
class PointCost:
    """What one point on a criterion is worth in kroner of evaluated price, at the lowest evaluated price.

    ``kroner`` is None where a higher price costs no points, so that no amount weighs as much as a point.
    """

    criterion: str
    kroner: Fraction | None


@dataclass(frozen=True)
class Sensitivity:
    """What the result of a lot hung on.

    Attributes:
        margin: difference of the rounded totals of the first and the second.
        margin_kroner: what the margin is worth in evaluated price.
        removals: who would win without each of the losers.
        points: what a point is worth.
        weights: how far each weight can move while the winner stays.
        scores: the smallest changes of one score that change the winner; only when asked for.
        prices: the smallest change of each bid's price that changes the winner; only when asked for.
    """

    margin: Decimal | None
    margin_kroner: Fraction | None
    removals: tuple[Removal, ...]
    points: tuple[PointCost, ...]
    weights: tuple[WeightInterval, ...] = ()
    scores: tuple[ScoreChange, ...] = ()
    prices: tuple[PriceChange, ...] = ()


def sensitivity(result: Result, scores: Mapping[tuple[str, str], Decimal], *, thorough: bool = False) -> Sensitivity:
    """Give what a lot's result hung on, the lot by itself; all empty without a bid in the ranking.

    Args:
        result: the lot's result.
        scores: the agreed scores it was made from.
        thorough: also look for the smallest changes of scores and prices, which takes longer.
    """
    if not result.ranking:
        return Sensitivity(None, None, (), ())
    result = result.alone()
    costs, margin = _in_kroner(result)
    base = WhatIf.of(result, scores)
    more = thorough and result.winner is not None
    return Sensitivity(
        result.margin,
        margin,
        removals(result, base),
        costs,
        weight_intervals(result, base),
        smallest_scores(result, base) if more else (),
        smallest_prices(result, base) if more else (),
    )


def removals(result: Result, base: WhatIf) -> tuple[Removal, ...]:
    """Give who would win if one loser had not taken part, for each loser in the order of the ranking."""
    winner = result.winner.bid.bidder if result.winner else None
    found = []
    for loser in result.ranking:
        if loser is not result.winner:
            new = first_of(base.without({loser.bid.bidder}))
            found.append(Removal(loser.bid.bidder, new, changed=new != winner))
    return tuple(found)


def _in_kroner(result: Result) -> tuple[tuple[PointCost, ...], Fraction | None]:
    """Give what a point on each criterion, and the margin, are worth in price.

    Both are empty where the award model has no value for a bid without points, such as a price for each point.
    """
    lowest, costs = min(bid.evaluated_price for bid in result.ranking), []
    try:
        usual = _total(result, lowest)
        per_krone = _total(result, lowest + 1) - usual
        for leaf in result.spec.leaves():
            if leaf.kind != "price":
                per_point = _total(result, lowest, leaf) - usual
                costs.append(PointCost(leaf.id, abs(per_point / per_krone) if per_krone else None))
    except TenderkitError:
        return (), None
    return tuple(costs), _margin_in_kroner(result, per_krone)


def _total(result: Result, price: Fraction, better_on: Criterion | None = None) -> Fraction:
    """Give the total of a made-up bid beside the others: this price, and no points but one on a criterion."""
    spec = result.spec
    prices = [*(bid.evaluated_price for bid in result.ranking), price]
    criteria = []
    for leaf in spec.leaves():
        points = Fraction(leaf is better_on)
        if leaf.kind == "price" and leaf.model is not None:
            points = model_points(leaf.model, prices, spec.points_top, leaf)[-1]
        criteria.append(criterion_values(leaf, [points] * len(prices)))
    return award_totals(spec.award, spec.points_top, prices, criteria)[-1]


def _margin_in_kroner(result: Result, per_krone: Fraction) -> Fraction | None:
    if len(result.ranking) < 2 or per_krone == 0:  # noqa: PLR2004 - first and second
        return None
    return abs((result.ranking[0].exact - result.ranking[1].exact) / per_krone)
