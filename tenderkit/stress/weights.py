"""Who wins under other weights: the share of random weights with which each bid has the most points.

With weights drawn evenly from all there are, this is the first rank's acceptability of SMAA (stochastic
multicriteria acceptability analysis, Lahdelma, Hokkanen and Salminen 1998; from memory).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]

#: How far each weight moves from the published one, as a share of it, where nothing else is said.
SPREAD = 0.5
#: Multiplications in one chunk of draws. Products of this size stay in a processor's cache and on one processor, where
#: they are several times faster than large ones; and memory does not grow with the number of draws.
_WORK = 1 << 18
#: Totals that differ by less than this share of the largest are equal: floats add the same numbers differently.
_CLOSE = 1e-12


@dataclass(frozen=True)
class WeightWins:
    """The result of drawing weights: ``wins`` has, for each bid, the number of draws with which it came first.

    Bids with the same points on every criterion that has weight share the draws that they win.
    """

    draws: int
    wins: tuple[float, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Give each bid's share of the draws, 0 to 1."""
        return tuple(count / self.draws for count in self.wins)


def weight_wins(
    points: Floats | Sequence[Sequence[float]],
    draws: int,
    seed: int,
    around: Sequence[float] | None = None,
    spread: float = SPREAD,
    progress: Progress | None = None,
) -> WeightWins:
    """Give how often each bid has the highest weighted sum of points, over random weights.

    Args:
        points: points by bid and criterion.
        draws: how many sets of weights; at least one.
        seed: any whole number from 0; the same seed gives the same weights, and longer runs begin with shorter ones.
        around: the published weights. Each is then moved evenly by up to ``spread`` of itself, up or down. Without
            them every set of weights that sums to 1 is equally likely.
        spread: 0 to 1; 0.5 turns a weight of 40 into 20 to 60, before all are scaled to sum to 100.
        progress: told how many draws are done, and of how many.

    Raises:
        ValueError: the shapes do not fit, or ``draws`` or ``spread`` is out of range.

    >>> weight_wins([[10, 0], [0, 10], [4, 4]], 1000, seed=1).wins[2]
    0.0
    """
    table = np.ascontiguousarray(points, dtype=np.float64)
    _check(table, draws, around, spread)
    base = None if around is None else np.asarray(around, dtype=np.float64)
    if base is not None:
        table, base = _deciding(table, base, spread)
    different, whose, copies = np.unique(table, axis=0, return_inverse=True, return_counts=True)
    shared = _counted(different, draws, seed, base, spread, progress) / copies
    return WeightWins(draws, tuple(float(shared[index]) for index in whose.reshape(-1)))


def _counted(
    points: Floats, draws: int, seed: int, base: Floats | None, spread: float, progress: Progress | None
) -> NDArray[np.int64]:
    """Give the number of draws that each bid wins; the bids' points all differ."""
    dice = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed)))
    rows = max(1, min(draws, _WORK // points.size))
    weights, totals = np.empty((rows, points.shape[1])), np.empty((rows, len(points)))
    first = np.empty(rows, dtype=np.intp)
    counts = np.zeros(len(points), dtype=np.int64)
    by_criterion = np.ascontiguousarray(points.T)
    for done in range(0, draws, rows):
        now = min(rows, draws - done)
        _draw(dice, weights[:now], base, spread)
        np.matmul(weights[:now], by_criterion, out=totals[:now])
        np.argmax(totals[:now], axis=1, out=first[:now])
        counts += np.bincount(first[:now], minlength=len(points))
        if progress is not None:
            progress(done + now, draws)
    return counts


def _deciding(table: Floats, base: Floats, spread: float) -> tuple[Floats, Floats]:
    """Leave out what has no weight, so that bids which are equal in all else are seen as equal.

    Weights that do not move give the same totals in every draw: then only who has the best is left.
    """
    table, base = table[:, base > 0], base[base > 0]
    if spread > 0:
        return table, base
    totals = table @ base
    best = totals >= totals.max() - _CLOSE * np.abs(totals).max()
    return best[:, None].astype(np.float64), np.ones(1)


def _draw(dice: np.random.Generator, weights: Floats, base: Floats | None, spread: float) -> None:
    """Fill in weights, not scaled to sum to 1: that changes no bid's place."""
    if base is None:
        dice.standard_exponential(out=weights)
        return
    dice.random(out=weights)
    weights *= 2 * spread * base
    weights += (1 - spread) * base


def _check(points: Floats, draws: int, around: Sequence[float] | None, spread: float) -> None:
    if points.ndim != 2 or 0 in points.shape:  # noqa: PLR2004 - bids and criteria
        raise ValueError(f"points are by bid and criterion; the shape {points.shape} is not")
    if around is not None and len(around) != points.shape[1]:
        raise ValueError(f"{len(around)} weights for {points.shape[1]} criteria")
    if around is not None and (min(around) < 0 or sum(around) <= 0):
        raise ValueError("weights are not negative, and not all 0")
    if draws < 1:
        raise ValueError(f"{draws} draws; at least one is needed")
    if not 0 <= spread <= 1:
        raise ValueError(f"a spread of {spread} is not between 0 and 1")
