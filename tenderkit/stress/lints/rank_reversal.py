"""P06: a loser that leaves changes who wins."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderkit.stress.finding import Example, Finding, Value
from tenderkit.stress.removal import Flip
from tenderkit.stress.shown import shown
from tenderkit.stress.tested import SPEAKS, Tested


def find(tested: Tested) -> Iterator[Finding]:
    """Find that losers who leave change the winner: a warning when it is often, a note when it is seldom."""
    measured = tested.measures.removals
    if measured.changed:
        share = Fraction(measured.changed, measured.tenders)
        example = None if measured.example is None else example_of(measured.example)
        values = {"share": Value("percent", share)}
        yield Finding("rank-reversal", "", values, example, "note" if share < SPEAKS else "")


def example_of(flip: Flip) -> Example:
    """Give the bids with and without the loser."""
    return shown("bid-withdrawn", flip.case, flip.before, flip.after, flip.case.without(flip.removed))
