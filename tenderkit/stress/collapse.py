"""How far price points part the bids: collapse at the ends of the scale, and how much of the scale is used."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tenderkit.stress.draw import Drawn, Flags, Floats
from tenderkit.stress.level import APART, level_prices
from tenderkit.stress.play import Played
from tenderkit.stress.prepared import Prepared, prepared

_CLOSE = 1e-9
_SOME = 3


@dataclass(frozen=True)
class Collapse:
    """What a price criterion's points do, counted over tenders with at least two bids on it and over their bids.

    Prices are different where they lie at least 2 % apart, as in P05.

    Attributes:
        criterion: its id.
        tenders: how many tenders were looked at; ``bids`` how many bids in them.
        at_zero: bids with no points.
        at_top: bids with full points.
        below_zero, above_top: bids with less than none, and with more than full points.
        several_at_zero: tenders in which bids with different prices all have no points.
        several_at_top: tenders in which bids with different prices all have full points.
        equal: tenders in which bids with different prices have the same points, whatever they are, by the scale and
            not by rounding; a price between has them too.
        all_but_one: tenders with at least three bids of which all but one have no points.
        range: the highest less the lowest points, as a share of full points, averaged.
    """

    criterion: str
    tenders: int
    bids: int
    at_zero: int
    at_top: int
    below_zero: int
    above_top: int
    several_at_zero: int
    several_at_top: int
    equal: int
    all_but_one: int
    range: float


class CollapseTally:
    """Adds up, over blocks of tenders, what one price criterion's points do."""

    def __init__(self, ready: Prepared, position: int) -> None:
        self._unrounded = prepared(ready.spec, round_points=False)
        self._position = position
        self._leaf = ready.leaves[position]
        self._top = float(ready.spec.points_top)
        self._counts = dict.fromkeys(
            ("tenders", "bids", "at_zero", "at_top", "below_zero", "above_top"), 0
        ) | dict.fromkeys(("several_at_zero", "several_at_top", "equal", "all_but_one"), 0)
        self._range = 0.0

    def add(self, drawn: Drawn, played: Played) -> None:
        """Look at a block."""
        points = played.points[..., self._position]
        there = played.ranked & np.isfinite(points)
        number = there.sum(axis=1)
        several = number > 1
        there &= several[:, None]
        zero, top = there & (np.abs(points) <= _CLOSE), there & (np.abs(points - self._top) <= _CLOSE)
        prices = drawn.given[..., self._position]
        with np.errstate(invalid="ignore"):
            below, above = there & (points < -_CLOSE), there & (points > self._top + _CLOSE)
        found = {
            "tenders": several,
            "bids": there,
            "at_zero": zero,
            "at_top": top,
            "below_zero": below,
            "above_top": above,
            "several_at_zero": _different(prices, zero),
            "several_at_top": _different(prices, top),
            "equal": level_prices(self._unrounded, self._position, prices, there),
            "all_but_one": (number >= _SOME) & (zero.sum(axis=1) == number - 1),
        }
        for name, flags in found.items():
            self._counts[name] += int(flags.sum())
        span = np.where(there, points, -np.inf).max(axis=1) - np.where(there, points, np.inf).min(axis=1)
        self._range += float(span[several].sum()) / self._top

    def result(self) -> Collapse:
        """Give the counts."""
        average = self._range / self._counts["tenders"] if self._counts["tenders"] else 0.0
        return Collapse(self._leaf.id, **self._counts, range=average)


def _different(prices: Floats, chosen: Flags) -> Flags:
    """Tell in which tenders the chosen bids have prices that lie apart."""
    highest = np.where(chosen, prices, -np.inf).max(axis=1)
    return np.asarray(highest > float(1 + APART) * np.where(chosen, prices, np.inf).min(axis=1))
