"""The smallest change of one score, or of one price, that changes the winner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tenderkit.evaluation.points import award_totals, scale_points
from tenderkit.evaluation.score import criterion_values
from tenderkit.evaluation.spec import BidResult, Criterion, Result
from tenderkit.evaluation.traits import hangs_on_others
from tenderkit.evaluation.whatif import WhatIf, first_of
from tenderkit.quantities import round_half_up

#: How many changes of the same size are told.
MOST = 5
#: For how many bids, from the best, a price is looked for.
BEST = 10
#: A price is looked for up to this many times what it is.
MOST_TIMES = 8
KRONE = Fraction(1)


@dataclass(frozen=True)
class ScoreChange:
    """One score that would change the winner: from ``given`` to ``other`` is ``steps`` steps of the scale."""

    bidder: str
    criterion: str
    given: Fraction
    other: Fraction
    steps: int
    winner: str | None


@dataclass(frozen=True)
class PriceChange:
    """The evaluated price at which a bid would win, or at which the winner would lose, to a whole krone."""

    bidder: str
    price: Fraction
    other: Fraction
    winner: str | None


def smallest_scores(result: Result, base: WhatIf) -> tuple[ScoreChange, ...]:
    """Give the changes of one score that change the winner with the fewest steps; empty when no single score can.

    A loser's score is raised and the winner's lowered. At most :data:`MOST` changes of the same size are given, in the
    order of the ranking.
    """
    assert result.winner is not None  # noqa: S101 - asked by the caller
    extremes = [(*item, _most_steps(result, *item)) for item in _candidates(result)]
    hopeful = [(item, leaf) for item, leaf, _ in _changing(result, base, extremes)]
    most = max((_most_steps(result, *item) for item in hopeful), default=0)
    for steps in range(1, most + 1):
        tried = [(*item, steps) for item in hopeful if steps <= _most_steps(result, *item)]
        if found := _changes(result, base, tried):
            return tuple(found[:MOST])
    return ()


Try = tuple[BidResult, Criterion, int]


def _candidates(result: Result) -> Iterator[tuple[BidResult, Criterion]]:
    for item in result.ranking:
        for leaf in result.spec.leaves():
            if leaf.scale is not None and _most_steps(result, item, leaf) > 0:
                yield item, leaf


def _most_steps(result: Result, item: BidResult, leaf: Criterion) -> int:
    """Give how many steps of the scale a score can go: down for the winner, up for the others."""
    assert leaf.scale is not None  # noqa: S101 - only such criteria are looked at
    given = item.on(leaf.id).given
    room = given - Fraction(leaf.scale.bottom) if item is result.winner else Fraction(leaf.scale.top) - given
    return int(room / Fraction(leaf.scale.step))


def _other(result: Result, tried: Try) -> Fraction:
    item, leaf, steps = tried
    assert leaf.scale is not None  # noqa: S101 - only such criteria are looked at
    change = steps * Fraction(leaf.scale.step)
    return item.on(leaf.id).given + (-change if item is result.winner else change)


def _changes(result: Result, base: WhatIf, tries: Sequence[Try]) -> list[ScoreChange]:
    """Give those of the tries that change the winner; the full evaluation confirms each."""
    winner = result.winner.bid.bidder if result.winner else None
    found = []
    for item, leaf, steps in _promising(result, tries) if _alone(result) else tries:
        other = _other(result, (item, leaf, steps))
        new = first_of(base.given(item.bid.bidder, leaf, other))
        if new != winner:
            found.append(ScoreChange(item.bid.bidder, leaf.id, item.on(leaf.id).given, other, steps, new))
            if len(found) == MOST:
                break
    return found


def _changing(result: Result, base: WhatIf, tries: Sequence[Try]) -> Sequence[Try]:
    """Give those of the tries that may change the winner."""
    return _promising(result, tries) if _alone(result) else [item for item in tries if _changes(result, base, [item])]


def _alone(result: Result) -> bool:
    """Tell whether a score moves nothing but its own bid's total."""
    spec = result.spec
    relative = any(leaf.scale is not None and leaf.model is not None for leaf in spec.leaves())
    award = spec.award.definition
    return not (relative or hangs_on_others(award) or award.stages or _has_minimum(spec.criteria))


def _promising(result: Result, tries: Sequence[Try]) -> Sequence[Try]:
    """Leave out tries whose own total shows that nothing changes, all at once."""
    totals = _own_totals(result, tries)
    sign = 1 if result.spec.award.definition.better == "higher" else -1
    best = max(sign * Fraction(item.total) for item in result.ranking)
    rivals = max((sign * Fraction(item.total) for item in result.ranking if item is not result.winner), default=best)
    return [
        tried
        for tried, total in zip(tries, totals, strict=True)
        if (sign * total <= rivals if tried[0] is result.winner else sign * total >= best)
    ]


def _has_minimum(criteria: Sequence[Criterion]) -> bool:
    return any(criterion.minimum is not None or _has_minimum(criterion.children) for criterion in criteria)


def _own_totals(result: Result, tries: Sequence[Try]) -> list[Fraction]:
    """Give the rounded total that each try gives to its own bid."""
    spec = result.spec
    columns = {leaf.id: [item.on(leaf.id).points for item, _, _ in tries] for leaf in spec.leaves()}
    for place, tried in enumerate(tries):
        leaf = tried[1]
        assert leaf.scale is not None  # noqa: S101 - only such criteria are looked at
        points = scale_points(leaf.scale, _other(result, tried), spec.points_top)
        rounded = points if spec.point_places is None else Fraction(round_half_up(points, spec.point_places))
        columns[leaf.id][place] = rounded
    criteria = [criterion_values(leaf, columns[leaf.id]) for leaf in spec.leaves()]
    prices = [item.evaluated_price for item, _, _ in tries]
    totals = award_totals(spec.award, spec.points_top, prices, criteria)
    return [Fraction(round_half_up(total, spec.total_places)) for total in totals]


def smallest_prices(result: Result, base: WhatIf) -> tuple[PriceChange, ...]:
    """Give, for the best bids, the evaluated price nearest to theirs at which the winner would be another.

    A loser's price is lowered and the winner's raised, up to :data:`MOST_TIMES` times. The change is found by halving,
    so it is the nearest one where a lower price is never worse; a bid that no price helps is left out.
    """
    found = []
    for item in result.ranking[:BEST]:
        change = _raised(result, base, item) if item is result.winner else _lowered(result, base, item)
        if change is not None:
            found.append(change)
    return tuple(found)


def _raised(result: Result, base: WhatIf, item: BidResult) -> PriceChange | None:
    price = item.evaluated_price
    return _nearest(result, base, item, price + KRONE, price * MOST_TIMES) if price > 0 else None


def _lowered(result: Result, base: WhatIf, item: BidResult) -> PriceChange | None:
    return _nearest(result, base, item, item.evaluated_price - KRONE, KRONE) if item.evaluated_price > KRONE else None


def _nearest(result: Result, base: WhatIf, item: BidResult, near: Fraction, far: Fraction) -> PriceChange | None:
    """Halve between a price at which the winner stays and one at which it does not, to a whole krone."""
    winner = result.winner.bid.bidder if result.winner else None
    bidder = item.bid.bidder
    if (new := first_of(base.priced(bidder, far))) == winner:
        return None
    good, bad = item.evaluated_price, far
    first = first_of(base.priced(bidder, near))
    if first != winner:
        return PriceChange(bidder, item.evaluated_price, near, first)
    while abs(bad - good) > KRONE:
        middle = Fraction(round((good + bad) / 2))
        if middle in (good, bad):
            break
        tried = first_of(base.priced(bidder, middle))
        good, bad, new = (middle, bad, new) if tried == winner else (good, middle, tried)
    return PriceChange(bidder, item.evaluated_price, bad, new)
