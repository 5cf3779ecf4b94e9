"""One bid's price moved over the whole range, all else fixed: plateaus, jumps, higher prices that are better."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.evaluation.traits import uses_price
from tenderkit.quantities import cell_number
from tenderkit.stress.cases import Case, case_of
from tenderkit.stress.draw import Drawn, Flags, Floats
from tenderkit.stress.market import Market
from tenderkit.stress.play import play_prepared
from tenderkit.stress.prepared import Prepared
from tenderkit.stress.spots import MOVED, Move, jump_between, smallest_plateau, smallest_rise

#: Tenders in which the first bid's price is moved, and prices that it is moved to.
TENDERS, PRICES = 24, 201
#: Prices from this share of the lowest expected one to this share of the highest are tried.
_FROM, _TO = Fraction(1, 2), Fraction(3, 2)
_CLOSE = 1e-9
_TRIES = 4
_STANDS_OUT = 3


@dataclass(frozen=True)
class PriceScan:
    """What moving one bid's price does.

    Attributes:
        criterion: the price criterion; ``evaluated-price`` for a price that the award model uses itself.
        tenders: in how many tenders the price was moved, from half the lowest expected price to one and a half times
            the highest.
        flat: the share of the expected range in which a change of the price changes no bid's total, averaged.
        plateau: the longest such span, wherever in the scanned range; None where there is none.
        rising: in how many of the tenders a higher price gives the bid itself a better value somewhere.
        rise: an example of that; None where the exact engine finds none.
        jump: two prices next to each other between which the points jump; None where there are none.
    """

    criterion: str
    tenders: int
    flat: float
    plateau: Move | None
    rising: int
    rise: Move | None
    jump: Move | None


def scan_prices(ready: Prepared, market: Market, drawn: Drawn) -> tuple[PriceScan, ...]:
    """Give a scan for each price criterion, and for a price that the award model uses itself.

    Args:
        ready: the evaluation, simplified.
        market: what prices to expect.
        drawn: made-up tenders; the first ones are scanned.
    """
    leaves = [(leaf.id, position) for position, leaf in enumerate(ready.leaves) if leaf.kind == "price"]
    scans = [_Scan(ready, market, drawn, name, position).result() for name, position in leaves]
    if uses_price(ready.spec.award.definition):
        scans.append(_Scan(ready, market, drawn, EVALUATED_PRICE, None).result())
    return tuple(scans)


class _Scan:
    """The first bid's values at every price, by tender and price."""

    def __init__(self, ready: Prepared, market: Market, drawn: Drawn, name: str, position: int | None) -> None:
        self.ready = ready
        self.name = name
        self.base = drawn.rows(slice(0, TENDERS))
        low, high = float(_FROM * market.price.low), float(_TO * market.price.high)
        self.prices = _grid(low, high)
        moves = self._moved()
        played = play_prepared(ready, moves)
        shape = (len(self.base), len(self.prices))
        totals = np.where(played.ranked, played.exact, 0).reshape(*shape, -1)
        own = played.exact[:, 0] * (-1 if ready.lower else 1) if position is None else played.points[:, 0, position]
        self.values = own.reshape(shape)
        self.same = np.abs(np.diff(totals, axis=1)) <= _CLOSE + 1e-13 * np.abs(totals[:, 1:])
        self.still = self.same.all(axis=2) & np.isfinite(self.values[:, 1:]) & np.isfinite(self.values[:, :-1])
        self.inside = (self.prices[:-1] >= float(market.price.low)) & (self.prices[1:] <= float(market.price.high))

    def _moved(self) -> Drawn:
        """Give each tender as often as there are prices, with the first bid at each of them."""
        count = len(self.prices)
        amounts, given = np.repeat(self.base.amounts, count, axis=0), np.repeat(self.base.given, count, axis=0)
        present = np.repeat(self.base.present, count, axis=0)
        factor = (np.tile(self.prices, len(self.base)) / amounts[:, 0].sum(axis=1))[:, None]
        amounts[:, 0] *= factor
        for position, leaf in enumerate(self.ready.leaves):
            if leaf.kind == "price":
                given[:, 0, position] *= factor[:, 0]
        return Drawn(amounts, given, present)

    def result(self) -> PriceScan:
        """Give what was found, each example confirmed by the exact engine."""
        rising = self._rising()
        flat = float(self.still[:, self.inside].mean()) if self.inside.any() else 0.0
        found = rising.max(axis=1) > _CLOSE
        return PriceScan(
            self.name, len(self.base), flat, self._plateau(), int(found.sum()), self._rise(rising), self._jump()
        )

    def _rising(self) -> Floats:
        """Give how much better each price is than the worst lower one, by tender and price."""
        values = np.where(np.isfinite(self.values), self.values, np.inf)
        worst = np.minimum.accumulate(values, axis=1)
        with np.errstate(invalid="ignore"):
            return np.nan_to_num(np.where(np.isfinite(self.values), values - worst, 0))

    def _rise(self, rising: Floats) -> Move | None:
        for tender in _order(self.base, rising.max(axis=1) > _CLOSE, rising.max(axis=1)):
            high = int(rising[tender].argmax())
            low = int(np.where(np.isfinite(self.values[tender, :high]), self.values[tender, :high], np.inf).argmin())
            if move := smallest_rise(self.name, self._case(tender, low), self._price(high)):
                return move
        return None

    def _plateau(self) -> Move | None:
        spans = [_longest(row) for row in self.still]
        lengths = np.array([end - start for start, end in spans])
        for tender in _order(self.base, lengths > 1, lengths.astype(float)):
            start, end = spans[tender]
            if move := smallest_plateau(self.name, self._case(tender, start), self._price(end)):
                return move
        return None

    def _jump(self) -> Move | None:
        if self.name == EVALUATED_PRICE:
            return None
        steps = np.nan_to_num(np.abs(np.diff(self.values, axis=1)))
        # A jump stands out from the other steps; on a steady scale they are much alike.
        steady = np.median(steps, axis=1)
        for tender in _order(self.base, steps.max(axis=1) > _STANDS_OUT * steady, steps.max(axis=1)):
            at = int(steps[tender].argmax())
            top = self.ready.spec.points_top
            if move := jump_between(self.name, self._case(tender, at), self._price(at + 1), top):
                return move
        return None

    def _case(self, tender: int, price: int) -> Case:
        return case_of(self.ready.spec, self.base, tender).with_price(MOVED, self._price(price))

    def _price(self, index: int) -> Decimal:
        return cell_number(float(self.prices[index]))


def _grid(low: float, high: float) -> Floats:
    """Give prices from low to high, whole øre and evenly spread; the ends belong to them."""
    return np.unique(np.rint(np.linspace(low, high, PRICES) * 100) / 100)


def _longest(flags: Flags) -> tuple[int, int]:
    """Give where the longest run of true begins and ends (behind its last); equal when there is none.

    >>> _longest(np.array([True, False, True, True, False]))
    (2, 4)
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    if not len(edges):
        return 0, 0
    starts, ends = edges[::2], edges[1::2]
    best = int((ends - starts).argmax())
    return int(starts[best]), int(ends[best])


def _order(drawn: Drawn, chosen: Flags, clearness: Floats) -> Iterator[int]:
    """Give the tenders to try for an example: the clearest first, and of those the ones with few bids."""
    bids = drawn.present.sum(axis=1)
    order = np.lexsort((bids, -np.round(clearness, 9)))
    yield from [int(index) for index in order if chosen[index]][:_TRIES]
