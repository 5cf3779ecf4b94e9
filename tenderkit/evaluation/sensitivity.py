"""What the result hung on: for learning, never for the award decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.points import award_totals, model_points
from tenderkit.evaluation.score import criterion_values, score
from tenderkit.evaluation.spec import Bid, BidResult, Criterion, EvaluationSpec, Result
from tenderkit.formula.tree import names_in
from tenderkit.problems import TenderkitError

WEIGHT_STEP = Fraction(1, 10)


@dataclass(frozen=True)
class Removal:
    """Who would win without one of the losers. ``winner`` is None when lots would have to be drawn."""

    removed: str
    winner: str | None
    changed: bool


@dataclass(frozen=True)
class WeightShift:
    """Who would win with another price weight, all other weights scaled to fit. ``weight`` is a share of the whole."""

    weight: Fraction
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
    """What the result of a lot hung on. ``margin_kroner`` says what the margin to the second is worth in price."""

    margin: Decimal | None
    margin_kroner: Fraction | None
    removals: tuple[Removal, ...]
    weights: tuple[WeightShift, ...]
    points: tuple[PointCost, ...]


def sensitivity(result: Result, scores: Mapping[tuple[str, str], Decimal]) -> Sensitivity:
    """Give what a lot's result hung on; all empty without an admitted bid.

    Args:
        result: the lot's result.
        scores: the agreed scores it was made from.
    """
    if not result.ranking:
        return Sensitivity(None, None, (), (), ())
    lowest = min(bid.evaluated_price for bid in result.ranking)
    usual = _total(result, lowest)
    per_krone = _total(result, lowest + 1) - usual
    costs = []
    for leaf in result.spec.leaves():
        if leaf.kind != "price":
            per_point = _total(result, lowest, leaf) - usual
            costs.append(PointCost(leaf.id, abs(per_point / per_krone) if per_krone else None))
    margin = _margin_in_kroner(result, per_krone)
    return Sensitivity(result.margin, margin, removals(result, scores), weight_shifts(result, scores), tuple(costs))


def removals(result: Result, scores: Mapping[tuple[str, str], Decimal]) -> tuple[Removal, ...]:
    """Give who would win if one loser had not taken part, for each loser."""
    found = []
    winner = _bidder(result.winner)
    for loser in result.ranking:
        if loser.bid.bidder != winner:
            rest = [bid.bid for bid in result.ranking if bid is not loser]
            new = _winner(result.spec, rest, scores)
            found.append(Removal(loser.bid.bidder, new, changed=new != winner))
    return tuple(found)


def weight_shifts(result: Result, scores: Mapping[tuple[str, str], Decimal]) -> tuple[WeightShift, ...]:
    """Give who would win with ten percentage points less and more on price; empty where price has no weight."""
    spec = result.spec
    weight = sum((leaf.share for leaf in spec.leaves() if leaf.kind == "price"), Fraction(0))
    if "w" not in names_in(spec.award.definition.tree) or not 0 < weight < 1:
        return ()
    found = []
    for new in (weight - WEIGHT_STEP, weight + WEIGHT_STEP):
        if 0 <= new <= 1:
            factors = {True: new / weight, False: (1 - new) / (1 - weight)}
            shifted = replace(spec, criteria=tuple(_scaled(criterion, factors) for criterion in spec.criteria))
            winner = _winner(shifted, [bid.bid for bid in result.ranking], scores)
            found.append(WeightShift(new, winner, changed=winner != _bidder(result.winner)))
    return tuple(found)


def _scaled(criterion: Criterion, factors: Mapping[bool, Fraction]) -> Criterion:
    """Give a criterion with its share of the whole scaled, price by one factor and all else by the other."""
    children = tuple(_scaled(child, factors) for child in criterion.children)
    share = sum((child.share for child in children), Fraction(0))
    return replace(
        criterion, children=children, share=share if children else criterion.share * factors[criterion.kind == "price"]
    )


def _winner(spec: EvaluationSpec, bids: Sequence[Bid], scores: Mapping[tuple[str, str], Decimal]) -> str | None:
    present = {bid.bidder for bid in bids}
    try:
        new = score(spec, bids, {key: value for key, value in scores.items() if key[0] in present})
    except TenderkitError:
        return None
    return _bidder(new.winner)


def _bidder(result: BidResult | None) -> str | None:
    return None if result is None else result.bid.bidder


def _total(result: Result, price: Fraction, better_on: Criterion | None = None) -> Fraction:
    """Give the total of a made-up bid beside the others: this price, and no points but one on a criterion."""
    spec = result.spec
    prices = [*(bid.evaluated_price for bid in result.ranking), price]
    criteria = []
    for leaf in spec.leaves():
        points = Fraction(leaf is better_on)
        if leaf.kind == "price" and leaf.model is not None:
            points = model_points(leaf.model, prices, spec.points_top, leaf)[-1]
        criteria.append(criterion_values(leaf, points))
    return award_totals(spec.award, spec.points_top, prices, [criteria] * len(prices))[-1]


def _margin_in_kroner(result: Result, per_krone: Fraction) -> Fraction | None:
    if len(result.ranking) < 2 or per_krone == 0:  # noqa: PLR2004 - first and second
        return None
    return abs((result.ranking[0].exact - result.ranking[1].exact) / per_krone)
