"""Published minimums: bids that do not reach one fall out before any price is looked at.

The order matters (a bid that falls out must not set the lowest price, or any other bid's points), so a minimum can only
stand where points hang on the bid alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from tenderkit.evaluation.spec import Bid, Criterion, Eliminated, EvaluationSpec
from tenderkit.evaluation.traits import gives_value, hangs_on_others, in_kroner

STAGE = "minimum"


def alone(leaf: Criterion) -> bool:
    """Tell whether a criterion's points hang on the bid alone, and on no price."""
    return leaf.kind != "price" and (leaf.model is None or not hangs_on_others(leaf.model.definition))


def obstacle(criterion: Criterion) -> str:
    """Tell why a criterion can have no minimum: the first reason found at or below it; empty where it can."""
    for leaf in criterion.leaves():
        where = "it" if leaf is criterion else f'"{leaf.title}" in it'
        if leaf.kind == "price":
            return f"{where} is about prices, which are looked at after the minimum"
        if gives_value(leaf):
            return f"{where} gives a number in place of points"
        if not alone(leaf):
            return f"the points of {where} hang on the other bids"
    return ""


def with_minimum(criteria: Sequence[Criterion]) -> Iterator[Criterion]:
    """Give the criteria and groups that have a minimum, each before those inside it."""
    for criterion in criteria:
        if criterion.minimum is not None:
            yield criterion
        yield from with_minimum(criterion.children)


def reached(spec: EvaluationSpec, criterion: Criterion, points: Mapping[str, Sequence[Fraction]]) -> list[Fraction]:
    """Give what each bid reached on a criterion or group, in points of 0 to ``spec.points_top``.

    A group's is the weighted mean of the points inside it; where the award model works in kroner, the amounts weigh.

    Args:
        spec: the lot's evaluation.
        criterion: the criterion or group.
        points: for each criterion that gets points, one value for each bid.
    """
    leaves = list(criterion.leaves())
    amounts = in_kroner(spec.award.definition)
    weights = [leaf.amount or Fraction(0) if amounts else leaf.share for leaf in leaves]
    whole = sum(weights, Fraction(0))
    if not whole:  # weights of 0 part nothing, so that all inside the group count the same
        weights, whole = [Fraction(1)] * len(leaves), Fraction(len(leaves))
    shares = [weight / whole for weight in weights]
    columns = [points[leaf.id] for leaf in leaves]
    return [
        sum((share * value for share, value in zip(shares, own, strict=True)), Fraction(0))
        for own in zip(*columns, strict=True)
    ]


def below_minimum(
    spec: EvaluationSpec, bids: Sequence[Bid], points: Mapping[str, Sequence[Fraction]]
) -> list[Eliminated]:
    """Give the bids that do not reach a minimum, once for each minimum that a bid does not reach.

    ``points`` has the published (rounded, where the tender publishes it) points of the criteria with a minimum.
    """
    found: list[Eliminated] = []
    for criterion in with_minimum(spec.criteria):
        limit = (criterion.minimum or Fraction(0)) * spec.points_top
        for bid, value in zip(bids, reached(spec, criterion, points), strict=True):
            if value < limit:
                found.append(Eliminated(bid, STAGE, criterion.id, value, limit))
    order = {bid.bidder: place for place, bid in enumerate(bids)}
    return sorted(found, key=lambda item: order[item.bid.bidder])
