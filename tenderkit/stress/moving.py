"""Evaluated prices in many made-up tenders at once: one bid's price moved, and how close prices lie together."""

from __future__ import annotations

import numpy as np

from tenderkit.stress.draw import Drawn, Floats
from tenderkit.stress.prepared import Prepared


def with_prices(ready: Prepared, drawn: Drawn, bid: int, prices: Floats) -> Drawn:
    """Give tenders with one bid at other prices; its lines keep their shares of the price.

    Args:
        ready: the evaluation that the tenders were made up for.
        drawn: the tenders.
        bid: the position of the bid.
        prices: its new evaluated price, by tender.
    """
    factor = prices / drawn.amounts[:, bid].sum(axis=-1)
    amounts, given = drawn.amounts.copy(), drawn.given.copy()
    amounts[:, bid] *= factor[:, None]
    for position, leaf in enumerate(ready.leaves):
        if leaf.kind == "price":
            given[:, bid, position] *= factor
    return Drawn(amounts, given, drawn.present)


def closeness(drawn: Drawn) -> Floats:
    """Give by tender how close its prices lie together, for examples that look like usual tenders: 0 is closest."""
    prices = np.log(drawn.prices)
    lowest = np.where(drawn.present, prices, np.inf).min(axis=1)
    return np.asarray(lowest - np.where(drawn.present, prices, -np.inf).max(axis=1))
