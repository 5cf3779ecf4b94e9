"""The results in words, for people who read a terminal, and as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tenderkit.evaluation.allocation import Allocation
from tenderkit.evaluation.spec import Limited, Result
from tenderkit.quantities import as_decimal, format_money, format_number


def tell(results: Mapping[str, Result], allocation: Allocation | None) -> tuple[list[str], dict[str, Any]]:
    """Give the results of all lots in words and as data."""
    titles = {lot: result.spec.lot_title for lot, result in results.items()}
    lines = [line for result in results.values() for line in _lot_lines(result, titles)]
    data: dict[str, Any] = {"lots": {lot: _lot_data(result) for lot, result in results.items()}}
    if allocation is not None:
        lines += combination_lines(allocation, titles)
        data["combination"] = _combination_data(allocation)
    return lines, data


def combination_lines(allocation: Allocation, titles: Mapping[str, str]) -> list[str]:
    """Give in words how the lots were decided together."""
    lines = [f"All lots together (a bidder can win at most {_lots(allocation.limit.at_most)}):"]
    if allocation.drawing:
        return [*lines, f"  Undecided: lots must be drawn for {_listed(allocation.drawing, titles)}."]
    lines += [f"  {titles[turn.lot]}: {turn.winner.bid.name} (ranked {turn.winner.rank})" for turn in allocation.turns]
    lines += [f"  {titles[lot]}: nobody" for lot in allocation.without]
    if not allocation.bites:
        return [*lines, "  The limit changes nothing: every lot goes to the bid ranked first."]
    total, separate = (_shown(allocation, number) for number in (allocation.total, allocation.separate))
    what = "evaluated prices" if allocation.limit.choose == "lowest-price" else "total points"
    lines.append(f"  Sum of {what}: {total}; of the bids ranked first, without a limit: {separate}.")
    if allocation.equal:
        count = len(allocation.equal)
        lines.append(
            f"  {count} other {'combination has' if count == 1 else 'combinations have'} the same sum; "
            "the published rule on the largest lot decided."
        )
    return lines


def _lot_lines(result: Result, titles: Mapping[str, str]) -> list[str]:
    places = result.spec.total_places
    lines = [f"{result.spec.lot_title}:"]
    for item in result.ranking:
        total = format_number(item.total, "en", places)
        lines.append(f"  {item.rank}. {item.bid.name}: {total}" + _how(item.decided_by))
    lines += [f"  –  {bid.name}: not admitted" for bid in result.rejected]
    lines.append(f"  {_winner(result, titles)}")
    return lines


def _how(rule: str) -> str:
    return "" if rule == "total" else f"  (tie, decided by {rule})"


def _winner(result: Result, titles: Mapping[str, str]) -> str:
    """Give who wins, by how much, and why it is not the bid ranked first."""
    why = result.limited
    if result.winner is None:
        return _nobody(result, why, titles)
    name = result.winner.bid.name
    if why is not None and why.passed:
        return f"{name} wins as no. {result.winner.rank}: {_passed(result, why, titles)}."
    if result.margin is None:
        return f"{name} wins as the only admitted bid."
    margin = format_number(result.margin, "en", result.spec.total_places)
    return f"{name} wins by {margin} points."


def _nobody(result: Result, why: Limited | None, titles: Mapping[str, str]) -> str:
    if not result.ranking:
        return "No winner: no bid is admitted."
    if why is None or result.spec.lot in why.drawing:
        return "No winner: lots must be drawn."
    if why.drawing:
        drawing = _listed(why.drawing, titles)
        return f"No winner yet: all lots are decided together, and lots must be drawn for {drawing}."
    return f"No winner: {_passed(result, why, titles)}."


def _passed(result: Result, why: Limited, titles: Mapping[str, str]) -> str:
    """Give which better-ranked bidders have reached the limit, and with which lots."""
    names = {item.bid.bidder: item.bid.name for item in result.ranking}
    parts = [f"{names[bidder]} wins {_listed(lots, titles)}" for bidder, lots in why.passed.items()]
    return f"{'; '.join(parts)}, and nobody can win more than {_lots(why.at_most)}"


def _lot_data(result: Result) -> dict[str, Any]:
    data: dict[str, Any] = {
        "winner": result.winner.bid.bidder if result.winner else None,
        "margin": None if result.margin is None else str(result.margin),
        "ranking": [
            {
                "bidder": item.bid.bidder,
                "name": item.bid.name,
                "total": str(item.total),
                "rank": item.rank,
                "decided_by": item.decided_by,
            }
            for item in result.ranking
        ],
        "not_admitted": [bid.bidder for bid in result.rejected],
    }
    if result.limited is not None:
        passed = {bidder: list(lots) for bidder, lots in result.limited.passed.items()}
        data["limited"] = {"passed": passed, "drawing": list(result.limited.drawing)}
    return data


def _combination_data(allocation: Allocation) -> dict[str, Any]:
    decided = not allocation.drawing
    return {
        "at_most": allocation.limit.at_most,
        "choose": allocation.limit.choose,
        "winners": {turn.lot: turn.winner.bid.bidder for turn in allocation.turns} if decided else {},
        "without": list(allocation.without) if decided else [],
        "drawing": list(allocation.drawing),
        "total": str(as_decimal(allocation.total)) if decided else None,
        "separate": str(as_decimal(allocation.separate)) if decided else None,
        "equal": [{lot: item.bid.bidder for lot, item in choice.items()} for choice in allocation.equal],
    }


def _shown(allocation: Allocation, number: Fraction) -> str:
    if allocation.limit.choose == "lowest-price":
        return format_money(number, "en")
    return format_number(number, "en")


def _listed(lots: Sequence[str], titles: Mapping[str, str]) -> str:
    *first, last = (titles[lot] for lot in lots)
    return f"{', '.join(first)} and {last}" if first else last


def _lots(count: int) -> str:
    return f"{count} lot" if count == 1 else f"{count} lots"
