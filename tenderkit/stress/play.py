"""Made-up tenders played by the published evaluation, many at once: points, totals, ranks and winners as arrays.

The formulas are the engine's own trees, evaluated on arrays of floats. Where floats cannot tell who wins, the tender is
marked as ``near``; what is shown to people is calculated again by the exact engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tenderkit.evaluation.ranking import LOTS_DRAWING, PRICE
from tenderkit.evaluation.spec import EvaluationSpec
from tenderkit.stress.draw import Drawn, Flags, Floats
from tenderkit.stress.prepared import Prepared, prepared

Ints = NDArray[np.intp]

#: Numbers in the largest array of one chunk: played in chunks, so that memory does not grow with the tenders.
_NUMBERS = 1 << 21
#: Equal exact numbers may differ as floats by this much, and this share of their size.
CLOSE, CLOSE_SHARE = 1e-9, 1e-13
#: What lies this many times closer than needed to an edge is told as near.
_WIDE = 100


@dataclass(frozen=True)
class Played:
    """What the published evaluation gives for made-up tenders. ``T`` tenders, ``n`` bids, ``L`` criteria.

    Attributes:
        points: points by tender, bid and criterion, rounded where the tender publishes it; NaN for bids that fell out
            before the criterion was looked at.
        weighted: what each criterion adds to the award model's sum: weighted points, or kroner.
        exact: totals before rounding, by tender and bid; NaN for bids that are not ranked.
        totals: totals rounded as published.
        ranked: which bids take part in the ranking: present, above the minimums, kept by the stages.
        ranks: rank by total and then by the published tie rules, 1 for the best; shared where lots must be drawn; 0 for
            bids that are not ranked.
        winner: the winner's position by tender; -1 where lots must be drawn, nobody is ranked, or a formula has no
            value.
        tied: by tender, whether several bids share the best total, before tie rules.
        near: by tender, whether floats cannot tell who wins: a total lies on the edge of rounding.
        undefined: by tender, whether a formula has no value for a bid that it should rank.
    """

    points: Floats
    weighted: Floats
    exact: Floats
    totals: Floats
    ranked: Flags
    ranks: Ints
    winner: Ints
    tied: Flags
    near: Flags
    undefined: Flags

    def __len__(self) -> int:
        """Give the number of tenders."""
        return len(self.winner)


def play(spec: EvaluationSpec, drawn: Drawn, *, round_points: bool = True, round_total: bool = True) -> Played:
    """Play made-up tenders by an evaluation.

    Args:
        spec: the lot's evaluation, as published or simplified.
        drawn: made-up tenders for it.
        round_points: whether points are rounded where the evaluation says so.
        round_total: whether totals are rounded as published.
    """
    return play_prepared(prepared(spec, round_points=round_points, round_total=round_total), drawn)


def play_prepared(ready: Prepared, drawn: Drawn) -> Played:
    """Play made-up tenders by an evaluation that :func:`~tenderkit.stress.prepared.prepared` has read."""
    bids = drawn.present.shape[1]
    rows = max(1, _NUMBERS // (bids * max(bids, len(ready.leaves), 1)))
    parts = [_play(ready, drawn.rows(slice(start, start + rows))) for start in range(0, max(1, len(drawn)), rows)]
    if len(parts) == 1:
        return parts[0]
    columns = {field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Played)}
    return Played(**columns)


def _play(ready: Prepared, drawn: Drawn) -> Played:
    points, ranked = ready.field(drawn)
    return decide(ready, points, drawn.prices, ranked)


def decide(ready: Prepared, points: Floats, prices: Floats, ranked: Flags) -> Played:
    """Give totals, ranks and winners from points.

    Args:
        ready: the evaluation.
        points: points by tender, bid and criterion.
        prices: evaluated prices by tender and bid.
        ranked: which bids take part in the ranking.
    """
    exact, weighted = ready.totals(points, prices, ranked), ready.weighted(points, prices, ranked)
    missing = ranked & ~(np.isfinite(exact) & np.isfinite(points).all(axis=-1))
    undefined = np.asarray(missing.any(axis=1))
    totals = ready.rounded_total(exact)
    standing = ranked & ~missing
    keys = list(_keys(ready, totals, weighted, prices))
    ranks = _ranks(keys, standing)
    first = ranks == 1
    alone = (first.sum(axis=1) == 1) & ~undefined
    winner = np.where(alone, first.argmax(axis=1), -1)
    tied = _tied(keys[0], standing)
    near = _near(ready, exact, totals, standing)
    return Played(points, weighted, exact, totals, ranked, ranks, winner, tied, near, undefined)


def _keys(ready: Prepared, totals: Floats, weighted: Floats, prices: Floats) -> Iterator[Floats]:
    """Give what bids are ranked on, one after the other; the lowest is best."""
    yield totals if ready.lower else -totals
    for rule in ready.spec.ties:
        if rule == LOTS_DRAWING:
            return
        if rule == PRICE:
            yield prices
        else:
            yield -(weighted * ready.merit)[..., ready.inside(rule)].sum(axis=-1)


def _ranks(keys: Sequence[Floats], standing: Flags) -> Ints:
    """Rank by the first key, then among equals by the next; bids that are not standing get 0."""
    both = standing[:, :, None] & standing[:, None, :]
    before = np.zeros(both.shape, dtype=bool)
    equal = both.copy()
    for key in keys:
        left, right = key[:, :, None], key[:, None, :]
        with np.errstate(invalid="ignore"):
            same = np.abs(left - right) <= CLOSE + CLOSE_SHARE * np.abs(left)
            before |= equal & ~same & (right < left)
        equal &= same
        if not (equal.sum(axis=2) > 1).any():
            break
    return np.where(standing, 1 + before.sum(axis=2), 0)


def _tied(key: Floats, standing: Flags) -> Flags:
    """Tell in which tenders several bids share the best total."""
    best = np.where(standing, key, np.inf).min(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        same = standing & (np.abs(key - best) <= CLOSE + CLOSE_SHARE * np.abs(best))
    return np.asarray(same.sum(axis=1) > 1)


def _near(ready: Prepared, exact: Floats, totals: Floats, standing: Flags) -> Flags:
    """Tell where rounding one of the best totals the other way, or a float's last digits, could change who wins."""
    signed = np.where(standing, totals if ready.lower else -totals, np.inf)
    best = signed.min(axis=1, keepdims=True)
    slack = CLOSE + CLOSE_SHARE * np.abs(np.where(np.isfinite(best), best, 0))
    with np.errstate(invalid="ignore"):
        if ready.places is None:
            gap = signed - best
            close = (gap > slack) & (gap <= _WIDE * slack)
        else:
            unit = 10.0**-ready.places
            part = np.abs(exact) / unit
            edge = np.abs(part - np.floor(part) - 0.5) * unit <= _WIDE * slack
            rivals = standing & (signed <= best + 1.5 * unit)
            close = edge & rivals & (rivals.sum(axis=1, keepdims=True) > 1)
    return np.asarray((close & standing).any(axis=1))


def leads(ready: Prepared, played: Played) -> Floats:
    """Give by tender how far the best total before rounding lies from the second best; infinite with one bid."""
    signed = np.where(np.isfinite(played.exact), played.exact if ready.lower else -played.exact, np.inf)
    if signed.shape[1] == 1:
        return np.full(len(signed), np.inf)
    first, second = np.partition(signed, 1, axis=1)[:, :2].T
    with np.errstate(invalid="ignore"):
        return np.where(np.isfinite(second), second - first, np.inf)
