"""How far one weight can move while the winner stays, all other weights scaled to fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from tenderkit.evaluation.spec import BidResult, Criterion, EvaluationSpec, Result
from tenderkit.evaluation.traits import names_used
from tenderkit.evaluation.whatif import WhatIf, first_of
from tenderkit.formula import parse

#: Where totals are no straight lines in a weight, it is moved in steps of a percentage point ...
STEP = Fraction(1, 100)
#: ... and the step in which the winner changes is halved until it is this small.
FINEST = Fraction(1, 10_000)


@dataclass(frozen=True)
class WeightInterval:
    """The weights of a top criterion at which the winner stays, as shares of the whole, 0 to 1.

    ``below`` and ``above`` are who is level with the winner at the ends; None where the winner stays to 0 or to 1, or
    where lots would be drawn.
    """

    criterion: str
    weight: Fraction
    low: Fraction
    high: Fraction
    below: str | None
    above: str | None


def weight_intervals(result: Result, base: WhatIf) -> tuple[WeightInterval, ...]:
    """Give the interval of every top criterion's weight; empty where the award model has no weights, or no winner.

    Totals are compared before they are rounded, so the ends are exact where the total is the weighted sum.
    """
    spec = result.spec
    if result.winner is None or "w" not in names_used(spec.award.definition):
        return ()
    straight = spec.award.definition.tree == parse("SUM_CRITERIA(w*p)") and not spec.award.definition.stages
    inner = [criterion for criterion in spec.criteria if 0 < criterion.share < 1]
    return tuple(_exact(result, each) if straight else _searched(result, base, each) for each in inner)


def _exact(result: Result, criterion: Criterion) -> WeightInterval:
    """Give the interval from straight lines: a total is t times one part plus 1 - t times the rest."""
    assert result.winner is not None  # noqa: S101 - asked by the caller
    low, high = Fraction(0), Fraction(1)
    below = above = None
    own, rest = _parts(result.winner, criterion)
    for rival in result.ranking:
        if rival is result.winner:
            continue
        other, other_rest = _parts(rival, criterion)
        lead, lead_rest = own - other, rest - other_rest
        if lead == lead_rest:
            continue
        crossing = lead_rest / (lead_rest - lead)
        if lead < lead_rest and crossing < high:
            high, above = max(crossing, criterion.share), rival.bid.bidder
        elif lead > lead_rest and crossing > low:
            low, below = min(crossing, criterion.share), rival.bid.bidder
    return WeightInterval(criterion.id, criterion.share, low, high, below, above)


def _parts(item: BidResult, criterion: Criterion) -> tuple[Fraction, Fraction]:
    """Give a bid's total if the criterion weighed everything, and if it weighed nothing."""
    inside = {leaf.id for leaf in criterion.leaves()}
    own = sum((points.weighted for points in item.points if points.criterion in inside), Fraction(0))
    return own / criterion.share, (item.exact - own) / (1 - criterion.share)


def _searched(result: Result, base: WhatIf, criterion: Criterion) -> WeightInterval:
    """Give the interval by moving the weight in small steps and halving the one in which the winner changes."""
    low, below = _edge(result, base, criterion, -STEP)
    high, above = _edge(result, base, criterion, STEP)
    return WeightInterval(criterion.id, criterion.share, low, high, below, above)


def _edge(result: Result, base: WhatIf, criterion: Criterion, step: Fraction) -> tuple[Fraction, str | None]:
    winner = result.winner.bid.bidder if result.winner else None
    good, end = criterion.share, Fraction(step > 0)
    while good != end:
        weight = min(good + step, end) if step > 0 else max(good + step, end)
        if (other := first_of(base.weighted(_moved(result.spec, criterion, weight)))) != winner:
            return _halved(result, base, criterion, (good, weight), other)
        good = weight
    return end, None


def _halved(
    result: Result, base: WhatIf, criterion: Criterion, between: tuple[Fraction, Fraction], other: str | None
) -> tuple[Fraction, str | None]:
    winner = result.winner.bid.bidder if result.winner else None
    good, bad = between
    while abs(bad - good) > FINEST:
        middle = (good + bad) / 2
        found = first_of(base.weighted(_moved(result.spec, criterion, middle)))
        good, bad, other = (middle, bad, other) if found == winner else (good, middle, found)
    return good, other


def _moved(spec: EvaluationSpec, criterion: Criterion, weight: Fraction) -> EvaluationSpec:
    """Give the specification with another weight of a top criterion, the others scaled to fit."""
    rest = (1 - weight) / (1 - criterion.share)
    scaled = [_scaled(each, weight / criterion.share if each is criterion else rest) for each in spec.criteria]
    return replace(spec, criteria=tuple(scaled))


def _scaled(criterion: Criterion, factor: Fraction) -> Criterion:
    children = tuple(_scaled(child, factor) for child in criterion.children)
    return replace(criterion, share=criterion.share * factor, children=children)
