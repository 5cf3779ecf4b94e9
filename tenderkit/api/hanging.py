"""What the results hung on, in words for the terminal and as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tenderkit.evaluation.sensitivity import Sensitivity, sensitivity
from tenderkit.evaluation.spec import Result
from tenderkit.quantities import as_decimal, format_number, format_percent


def hung_on(results: Mapping[str, Result], scores: Mapping[str, Mapping[tuple[str, str], Decimal]]) -> dict[str, Any]:
    """Give each lot's sensitivity as plain data, and under ``lines`` in words."""
    found = {lot: (result, sensitivity(result, scores[lot], thorough=True)) for lot, result in results.items()}
    return {
        "lines": [line for result, own in found.values() for line in _lines(result, own)],
        "sensitivity": {lot: _data(own) for lot, (_, own) in found.items()},
    }


def _lines(result: Result, found: Sensitivity) -> Iterator[str]:
    bids = [*(item.bid for item in result.ranking), *(item.bid for item in result.eliminated)]
    names = {bid.bidder: bid.name for bid in bids}

    def called(bidder: str | None) -> str:
        return names.get(bidder or "", "nobody alone")

    yield f"{result.spec.lot_title}, what the result hung on:"
    for interval in found.weights:
        low, high = (format_percent(as_decimal(end * 100, 1), "en") for end in (interval.low, interval.high))
        criterion = result.spec.criterion(interval.criterion)
        yield f"  The winner stays while {criterion.title if criterion else interval.criterion} weighs {low} to {high}."
    if not found.scores:
        yield "  No change of a single score changes the winner."
    for score in found.scores:
        leaf = result.spec.leaf(score.criterion)
        title = f"{leaf.number} {leaf.title}".strip()
        given, other = (format_number(as_decimal(value, 2), "en") for value in (score.given, score.other))
        yield f"  {called(score.bidder)} with {other} instead of {given} on {title}: {called(score.winner)} would win."
    for price in found.prices:
        given, other = (format_number(as_decimal(value, 0), "en") for value in (price.price, price.other))
        yield f"  {called(price.bidder)} at {other} kr. instead of {given} kr.: {called(price.winner)} would win."


def _data(found: Sensitivity) -> dict[str, Any]:
    return {
        "margin": None if found.margin is None else str(found.margin),
        "without": [{"bidder": item.removed, "winner": item.winner} for item in found.removals],
        "weights": [
            {"criterion": item.criterion, "weight": str(item.weight), "low": str(item.low), "high": str(item.high)}
            for item in found.weights
        ],
        "scores": [
            {
                "bidder": item.bidder,
                "criterion": item.criterion,
                "given": str(item.given),
                "other": str(item.other),
                "winner": item.winner,
            }
            for item in found.scores
        ],
        "prices": [
            {"bidder": item.bidder, "price": str(item.price), "other": str(item.other), "winner": item.winner}
            for item in found.prices
        ],
    }
