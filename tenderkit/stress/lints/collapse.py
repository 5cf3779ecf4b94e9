"""P01: the span is so narrow that all bids but one get no points for their price."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from tenderkit.quantities import as_decimal
from tenderkit.stress.cases import Case, result_of
from tenderkit.stress.draw import Drawn, Flags
from tenderkit.stress.finding import Example, Finding, Value
from tenderkit.stress.moving import closeness
from tenderkit.stress.play import Played
from tenderkit.stress.shortlist import Shortlist
from tenderkit.stress.shown import shown
from tenderkit.stress.tested import Tested

#: From this share of the tenders on, a collapse is told (suggested default): it takes several bids beyond the span at
#: once, which happens now and then with any span; that single bids lie beyond it is told as a plateau.
COLLAPSES = Fraction(1, 20)
_SOME = 3
_CLOSE = 1e-9


def find(tested: Tested) -> Iterator[Finding]:
    """Find price criteria on which often at most one bid gets points."""
    price = tested.market.price
    for measured in tested.measures.collapses:
        share = Fraction(measured.all_but_one, measured.tenders) if measured.tenders else Fraction(0)
        if share >= COLLAPSES:
            values = {
                "criterion": Value("text", tested.title(measured.criterion)),
                "share": Value("percent", share),
                "range": Value("percent", price.high / price.low - 1),
            }
            yield Finding("collapse", measured.criterion, values, _example(tested, measured.criterion))


def collapsed_in(case: Case, criterion: str) -> Example | None:
    """Give bids of which all but one have no points on a price criterion, and what the dearest gains when it saves.

    The dearest bid lowers its price to the second lowest, and its points stay at nothing. None where that is not so.
    """
    before = result_of(case)
    if before is None or len(before.ranking) < _SOME:
        return None
    without = [own.bid.bidder for own in before.ranking if own.on(criterion).points == 0]
    prices = sorted((case.bid(name).price, name) for name in without)
    if len(without) != len(before.ranking) - 1 or prices[0][0] == prices[-1][0]:
        return None
    saved = case.with_price(prices[-1][1], as_decimal(prices[0][0], 2))
    after = result_of(saved)
    kept = after is not None and all(
        own.on(criterion).points == 0 for own in after.ranking if own.bid.bidder in without
    )
    return shown("price-lowered", case, before, after, saved) if after is not None and kept else None


def _example(tested: Tested, criterion: str) -> Example | None:
    candidates = Shortlist()
    for drawn, played in tested.blocks:
        candidates.add(drawn, _collapsed(drawn, played, tested.position(criterion)), closeness(drawn))
    case = candidates.smallest(tested.spec, lambda found: collapsed_in(found, criterion) is not None)
    return None if case is None else collapsed_in(case, criterion)


def _collapsed(drawn: Drawn, played: Played, position: int) -> Flags:
    """Tell in which tenders all bids but one have no points, at different prices."""
    with np.errstate(invalid="ignore"):
        zero = played.ranked & (np.abs(played.points[..., position]) <= _CLOSE)
    number = played.ranked.sum(axis=1)
    prices = drawn.given[..., position]
    apart = np.where(zero, prices, -np.inf).max(axis=1) > np.where(zero, prices, np.inf).min(axis=1)
    return np.asarray((number >= _SOME) & (zero.sum(axis=1) == number - 1) & apart)
