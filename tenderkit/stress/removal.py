"""How often a loser that leaves changes who wins, with the smallest example."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from tenderkit.evaluation.spec import EvaluationSpec, Result
from tenderkit.evaluation.traits import hangs_on_others
from tenderkit.stress.cases import Case, clear_winner, result_of
from tenderkit.stress.draw import BLOCK, Drawn, draw_blocks
from tenderkit.stress.market import Expected, Market
from tenderkit.stress.play import Played, leads, play_prepared
from tenderkit.stress.prepared import Prepared
from tenderkit.stress.shortlist import Shortlist
from tenderkit.stress.shrink import shrink

#: Markets of three bids that are searched when the expected market shows no example: its prices, and ever wider ones.
_WIDTHS = (Fraction(1), Fraction(5, 4), Fraction(3, 2), Fraction(3))
_SEARCHED = 4 * BLOCK


@dataclass(frozen=True)
class Flip:
    """A loser that leaves and thereby changes who wins: both results by the exact engine."""

    case: Case
    removed: str
    before: Result
    after: Result


@dataclass(frozen=True)
class Removals:
    """How often the removal of one loser changes the winner.

    Attributes:
        tenders: how many tenders with a winner and at least three ranked bids were looked at.
        changed: in how many there is a loser whose removal gives another winner.
        example: the smallest example found; None where no bid's result hangs on others, or none was found.
        usual: whether the example is from the expected market, and not from a wider one.
    """

    tenders: int
    changed: int
    example: Flip | None
    usual: bool

    @property
    def share(self) -> float:
        """Give the share of the tenders that a loser can turn, 0 to 1."""
        return self.changed / self.tenders if self.tenders else 0.0


def flip_in(case: Case) -> Flip | None:
    """Give the first loser whose removal changes the winner, by totals and not by tie rules; None where there is none.

    Both results are by the exact engine.
    """
    before = result_of(case)
    winner = clear_winner(before)
    if before is None or winner is None:
        return None
    losers = (loser.bid.bidder for loser in before.ranking if loser.bid.bidder != winner)
    return next((flip for loser in losers if (flip := _without(case, before, loser))), None)


def _without(case: Case, before: Result | None, loser: str) -> Flip | None:
    """Give what the removal of one loser changes, if it changes the winner."""
    winner = clear_winner(before)
    if before is None or winner in {None, loser} or all(bid.bid.bidder != loser for bid in before.ranking):
        return None
    after = result_of(case.without(loser))
    return Flip(case, loser, before, after) if after and clear_winner(after) not in {None, winner} else None


class RemovalTally:
    """Adds up over blocks of tenders what the removal of losers changes."""

    def __init__(self, ready: Prepared) -> None:
        self._ready = ready
        self._relative = _relative(ready.spec)
        self._tenders = self._changed = 0
        self._shortlist = Shortlist()

    def add(self, drawn: Drawn, played: Played) -> None:
        """Look at a block."""
        won = (played.winner >= 0) & (played.ranked.sum(axis=1) > 2)  # noqa: PLR2004 - one left would win anyway
        self._tenders += int(won.sum())
        if not self._relative:
            return
        margin = leads(self._ready, played)
        clearest = np.full(len(played), -np.inf)
        for bid in range(drawn.present.shape[1]):
            loses = np.flatnonzero(won & played.ranked[:, bid] & (played.winner != bid))
            present = drawn.present[loses].copy()
            present[:, bid] = False
            without = play_prepared(self._ready, replace(drawn.rows(loses), present=present))
            turned = (without.winner >= 0) & (without.winner != played.winner[loses])
            clear = np.minimum(margin[loses], leads(self._ready, without))
            clearest[loses] = np.maximum(clearest[loses], np.where(turned, clear, -np.inf))
        changed = clearest > -np.inf
        self._changed += int(changed.sum())
        self._shortlist.add(drawn, changed, clearest)

    @property
    def changed(self) -> int:
        """Give in how many tenders so far the winner changed."""
        return self._changed

    def example(self) -> Flip | None:
        """Give the smallest example so far: A wins, and without the last bid B does."""
        for case in self._shortlist.cases(self._ready.spec):
            if flip := flip_in(case):
                return _smallest(case, flip.removed)
        return None

    def result(self, market: Market, seed: int) -> Removals:
        """Give the share and the smallest example; where the market shows none, search a wider one."""
        example = self.example()
        wider = example is None and self._relative
        if wider:
            example = _searched(self._ready, market, seed)
        return Removals(self._tenders, self._changed, example, usual=not wider)


def _smallest(case: Case, loser: str) -> Flip | None:
    """Make an example small, with the same bid as the loser that leaves, and give the bids their order."""
    small = shrink(case, lambda made: _without(made, result_of(made), loser) is not None)
    flip = flip_in(small)
    if flip is None:
        return None
    ends = [clear_winner(flip.before) or "", clear_winner(flip.after) or ""]
    others = [name for name in small.names if name not in {*ends, flip.removed}]
    return flip_in(small.ordered([*ends, *others, flip.removed]))


def _relative(spec: EvaluationSpec) -> bool:
    """Tell whether any result can hang on other bids."""
    models = [leaf.model for leaf in spec.leaves() if leaf.model is not None]
    return any(hangs_on_others(model.definition) for model in (*models, spec.award))


def wide(market: Market, bids: int, width: Fraction) -> Market:
    """Give a market with the same number of bids in all tenders, scores far apart, and prices ``width`` times so."""
    price = Expected(market.price.low / width, market.price.high * width)
    return replace(
        market,
        price=price,
        bids=(bids, bids),
        scores=Expected(Fraction(-1, 5), Fraction(6, 5)),
        offers=Expected(Fraction(-1, 5), Fraction(6, 5)),
        by_criterion={},
        correlation=Fraction(1, 2),
    )


def _searched(ready: Prepared, market: Market, seed: int) -> Flip | None:
    tally = RemovalTally(ready)
    for width in _WIDTHS:
        for drawn in draw_blocks(wide(market, 3, width), ready.spec, _SEARCHED, seed):
            tally.add(drawn, play_prepared(ready, drawn))
            if tally.changed and (example := tally.example()):
                return example
    return None
