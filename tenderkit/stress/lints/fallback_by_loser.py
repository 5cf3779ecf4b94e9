"""P03: a losing tender sets off another slope."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from tenderkit.quantities import as_decimal
from tenderkit.stress.cases import Case, result_of, winner_of
from tenderkit.stress.draw import Drawn, Flags, Floats
from tenderkit.stress.finding import Example, Finding, Value
from tenderkit.stress.moving import with_prices
from tenderkit.stress.play import Played, leads, play_prepared
from tenderkit.stress.shortlist import Shortlist
from tenderkit.stress.shown import shown
from tenderkit.stress.shrink import MOST_DIGITS, to_digits
from tenderkit.stress.switches import Switch, edge_in, edges, holds_in, switches
from tenderkit.stress.tested import SPEAKS, Tested

#: The example's price on the other side of the edge lies within this share of it, so that it is a round number.
_BEYOND = Fraction(1, 10)


def find(tested: Tested) -> Iterator[Finding]:
    """Find price criteria whose formula changes for all bids when the price of a loser crosses a limit."""
    for switch in switches(tested.spec):
        turned = _Turned(tested, switch)
        for drawn, played in tested.blocks:
            turned.add(drawn, played)
        if turned.share >= SPEAKS:
            values = {
                "criterion": Value("text", tested.title(switch.leaf.id)),
                "share": Value("percent", turned.share),
            }
            yield Finding("fallback-by-loser", switch.leaf.id, values, turned.example())


class _Turned:
    """Counts tenders in which a loser just inside and just outside the limit makes different bids win."""

    def __init__(self, tested: Tested, switch: Switch) -> None:
        self._tested = tested
        self._switch = switch
        self._tenders = self._changed = 0
        self._candidates = Shortlist()

    def add(self, drawn: Drawn, played: Played) -> None:
        """Look at a block."""
        won = (played.winner >= 0) & (played.ranked.sum(axis=1) > 2)  # noqa: PLR2004 - a winner, a loser and a rival
        changed = np.zeros(len(drawn), dtype=bool)
        for bid in range(drawn.present.shape[1]):
            loses = np.flatnonzero(won & played.ranked[:, bid] & (played.winner != bid))
            turned, clear, inside = self._turned(drawn.rows(loses), played.ranked[loses], bid)
            changed[loses] |= turned
            self._candidates.add(inside, turned, clear)
        self._tenders += int(won.sum())
        self._changed += int(changed.sum())

    def _turned(self, drawn: Drawn, ranked: Flags, bid: int) -> tuple[Flags, Floats, Drawn]:
        """Tell in which tenders the winner changes at the edge of a bid's price, how clearly, and the bids there."""
        ready = self._tested.ready
        low, high = edges(self._switch, drawn, ranked, bid, self._tested.market)
        inside = with_prices(ready, drawn, bid, np.round(low, 2))
        before = play_prepared(ready, with_prices(ready, drawn, bid, low))
        after = play_prepared(ready, with_prices(ready, drawn, bid, high))
        winners = (before.winner, after.winner)
        some = np.isfinite(low)
        for winner in winners:
            some &= (winner >= 0) & (winner != bid)
        return some & (winners[0] != winners[1]), np.minimum(leads(ready, before), leads(ready, after)), inside

    @property
    def share(self) -> Fraction:
        """Give the share of the tenders with at least three bids."""
        return Fraction(self._changed, self._tenders) if self._tenders else Fraction(0)

    def example(self) -> Example | None:
        """Give the smallest example, by the exact engine."""
        spec = self._tested.spec
        case = self._candidates.smallest(spec, lambda found: turned_in(self._switch, found) is not None)
        return None if case is None else turned_in(self._switch, case)


def turned_in(switch: Switch, case: Case) -> Example | None:
    """Give the first loser whose price, moved over the edge, makes another loser win, by the exact engine.

    Just before and just behind the edge different bids win, so that it is the formula's change that decides, and not
    the price. None where there is no such loser.
    """
    before = result_of(case)
    winner = winner_of(before)
    for loser in before.ranking if before is not None and winner is not None else ():
        name = loser.bid.bidder
        edge = None if name == winner else edge_in(switch, case, name)
        if edge is None or before is None:
            continue
        near, far = (_winner_at(case, name, kroner) for kroner in edge)
        if near == winner and far not in {None, winner, name}:
            return _over(switch, case, name, edge[1], str(far))
    return None


def _winner_at(case: Case, name: str, kroner: Fraction) -> str | None:
    return winner_of(result_of(case.with_price(name, as_decimal(kroner, 2))))


def _over(switch: Switch, case: Case, name: str, edge: Fraction, wins: str) -> Example | None:
    """Give the bids before and after a loser's price goes over the edge, to a round number not far behind it."""
    before, usual = result_of(case), holds_in(switch, case)
    rounded = (to_digits(edge * near, digits) for digits in range(1, MOST_DIGITS) for near in (1, 1 + _BEYOND / 2))
    for kroner in (*rounded, as_decimal(edge, 2)):
        moved = case.with_price(name, kroner)
        near = abs(moved.bid(name).price / edge - 1) <= _BEYOND
        after = result_of(moved) if near and holds_in(switch, moved) != usual else None
        if before is not None and after is not None and winner_of(after) == wins:
            return shown("price-moved", case, before, after, moved)
    return None
