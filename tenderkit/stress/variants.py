"""The same bids by two evaluations that differ in one thing: how often another bid wins, with the smallest example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tenderkit.evaluation.spec import EvaluationSpec, Result
from tenderkit.stress.cases import Case, clear_winner, result_of, winner_of
from tenderkit.stress.draw import Drawn, draw_blocks
from tenderkit.stress.market import Market, check_market, settled, simplified
from tenderkit.stress.play import Played, leads, play_prepared
from tenderkit.stress.prepared import Prepared, prepared
from tenderkit.stress.shortlist import Shortlist

_TENDERS = 5000


@dataclass(frozen=True)
class Change:
    """Bids with two results, both by the exact engine: as published, and with one thing changed.

    ``bidder`` and ``criterion`` name the score that was changed, from ``old`` to ``new``; they are empty and None where
    the evaluation was changed, and not a bid.
    """

    case: Case
    before: Result
    after: Result
    bidder: str = ""
    criterion: str = ""
    old: Decimal | None = None
    new: Decimal | None = None


@dataclass(frozen=True)
class VariantEffect:
    """What one change of the evaluation decides.

    Attributes:
        tenders: tenders that were looked at.
        changed: tenders in which another bid wins by the changed evaluation.
        made_ties: tenders in which the best totals are equal as published, and not by the changed evaluation.
        example: the smallest one found with another winner; by totals alone where there is such a one, otherwise with
            the help of a tie rule; None where there is none.
    """

    tenders: int
    changed: int
    made_ties: int
    example: Change | None

    @property
    def share(self) -> float:
        """Give the share of the tenders with another winner, 0 to 1."""
        return self.changed / self.tenders if self.tenders else 0.0


class VariantTally:
    """Adds up, over blocks of tenders, what a change of the evaluation decides."""

    def __init__(self, ready: Prepared, other: Prepared, exact: EvaluationSpec) -> None:
        """Compare two evaluations with the same criteria and price lines; ``exact`` is the second, for examples."""
        self._ready = ready
        self._other = other
        self._exact = exact
        self._tenders = self._changed = self._made = 0
        self._shortlist = Shortlist()

    def add(self, drawn: Drawn, played: Played) -> None:
        """Look at a block."""
        other = play_prepared(self._other, drawn)
        changed = (played.winner >= 0) & (other.winner >= 0) & (played.winner != other.winner)
        self._tenders += len(drawn)
        self._changed += int(changed.sum())
        self._made += int((played.tied & ~other.tied).sum())
        self._shortlist.add(drawn, changed, leads(self._other, other))

    def result(self) -> VariantEffect:
        """Give the counts and the smallest example."""
        example = self._example(clear_winner) or self._example(winner_of)
        return VariantEffect(self._tenders, self._changed, self._made, example)

    def _example(self, winner: Callable[[Result | None], str | None]) -> Change | None:
        spec = self._ready.spec
        case = self._shortlist.smallest(spec, lambda found: change_between(found, self._exact, winner) is not None)
        return None if case is None else change_between(case, self._exact, winner)


def change_between(
    case: Case, other: EvaluationSpec, winner: Callable[[Result | None], str | None] = winner_of
) -> Change | None:
    """Give what another evaluation changes when both have a winner, and not the same; None otherwise.

    Args:
        case: the bids, with the published evaluation.
        other: the other evaluation, of the same criteria and price lines.
        winner: how the winner is found: ``winner_of``, or ``clear_winner`` where tie rules do not count.
    """
    before, after = result_of(case), result_of(case.with_spec(other))
    if before is None or after is None:
        return None
    winners = (winner(before), winner(after))
    return Change(case, before, after) if None not in winners and winners[0] != winners[1] else None


def compare(
    spec: EvaluationSpec, other: EvaluationSpec, market: Market, tenders: int = _TENDERS, seed: int = 1
) -> VariantEffect:
    """Give how often two evaluations choose different winners for the same made-up bids.

    Args:
        spec: the lot's evaluation.
        other: the same criteria and price lines, with another parameter, rounding, weight or model.
        market: what bids to expect.
        tenders: how many tenders to make up.
        seed: any whole number from 0.

    Raises:
        TenderkitError: the market cannot be simulated.
    """
    check_market(market, spec)
    market, spec, other = settled(market, spec), simplified(spec), simplified(other)
    ready = prepared(spec)
    tally = VariantTally(ready, prepared(other), other)
    for drawn in draw_blocks(market, spec, tenders, seed):
        tally.add(drawn, play_prepared(ready, drawn))
    return tally.result()
