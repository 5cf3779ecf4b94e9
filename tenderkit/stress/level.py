"""Different prices with the same points: one rule for the section on prices and for P05."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from tenderkit.stress.draw import Flags, Floats
from tenderkit.stress.play import Ints
from tenderkit.stress.prepared import Prepared

#: Prices closer than this share of the lower one are not looked at: steps so small come from rounding in the formula,
#: and a plateau of their length changes little.
APART = Fraction(1, 50)
#: Points that are the same to so many decimals are the same; floats tell no more.
_PLACES = 9


def level_prices(ready: Prepared, position: int, prices: Floats, ranked: Flags) -> Flags:
    """Tell in which tenders prices that lie apart have the same points, and a price half-way between has them too.

    Args:
        ready: the evaluation; where it rounds points, prices may be level by that alone.
        position: the price criterion's position.
        prices: what the criterion is about, by tender and bid.
        ranked: which bids count.
    """
    points = ready.leaf_points(position, prices, ranked)
    gaps, dearer, between = _widest(prices, np.round(points, _PLACES))
    rows = np.flatnonzero(gaps > float(APART))
    own = (np.arange(len(rows)), dearer[rows])
    moved = prices[rows].copy()
    moved[own] = between[rows]
    again = ready.leaf_points(position, moved, ranked[rows])
    found = np.zeros(len(prices), dtype=bool)
    found[rows] = np.round(again[own], _PLACES) == np.round(points[rows][own], _PLACES)
    return found


def _widest(prices: Floats, points: Floats) -> tuple[Floats, Ints, Floats]:
    """Give by tender the two prices farthest apart with the same points.

    Sorted by points and then by price, bids with the same points stand side by side, the cheapest first. Bids without
    points come last and are like none. What is given is how far the prices lie apart, as a share of the lower one; the
    position of the dearer bid; and the price half-way between.
    """
    order = np.lexsort((prices, points), axis=-1)
    by_points, by_price = (np.take_along_axis(values, order, axis=-1) for values in (points, prices))
    first = np.ones(prices.shape, dtype=bool)
    first[..., 1:] = by_points[..., 1:] != by_points[..., :-1]
    starts = np.maximum.accumulate(np.where(first, np.arange(prices.shape[-1]), 0), axis=-1)
    cheapest = np.take_along_axis(by_price, starts, axis=-1)
    gaps = by_price / cheapest - 1
    rows, at = np.arange(len(prices)), gaps.argmax(axis=-1)
    return gaps[rows, at], order[rows, at], (cheapest[rows, at] + by_price[rows, at]) / 2
