"""P08: a lower price gives fewer points."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.quantities import as_decimal
from tenderkit.stress.finding import Example, Finding, Kind, Value
from tenderkit.stress.shown import shown
from tenderkit.stress.spots import MOVED, Move
from tenderkit.stress.tested import Tested


def find(tested: Tested) -> Iterator[Finding]:
    """Find prices that get more points when they are higher, all other bids being the same.

    Award models in which the lowest total wins have no points for a price; in these a price that is better when it is
    higher comes from deductions in per cent of it, which have a pitfall of their own.
    """
    for scan in tested.measures.scans:
        move = scan.rise
        totals = scan.criterion == EVALUATED_PRICE
        if move is None or (totals and tested.spec.award.definition.better == "lower"):
            continue
        kind: Kind = "number" if totals else "points"
        values = {
            "criterion": Value("text", tested.title(scan.criterion)),
            "low": Value("money", move.low),
            "low_points": Value(kind, move.at_low),
            "high": Value("money", move.high),
            "high_points": Value(kind, move.at_high),
        }
        yield Finding("not-monotone", scan.criterion, values, example_of(move))


def example_of(move: Move) -> Example:
    """Give the bids before and after the first one raises its price."""
    raised = as_decimal(move.high, 2)
    return shown("price-raised", move.case, move.before, move.after, move.case.with_price(MOVED, raised))
