"""Spots on a price scale where a price works otherwise than one would think, confirmed by the exact engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.evaluation.spec import Result
from tenderkit.quantities import as_decimal
from tenderkit.stress.cases import Case, result_of
from tenderkit.stress.shrink import MOST_DIGITS, shrink, to_digits

#: The bid whose price is moved; it is the first one of a case.
MOVED = "A"
#: Two prices this share of the price apart are next to each other.
NEXT = Fraction(1, 100_000)
#: A step this share of the points between such prices is a jump.
_JUMP = Fraction(1, 50)
#: An example's plateau keeps at least this share of the one that was found.
_KEPT = Fraction(9, 10)


@dataclass(frozen=True)
class Move:
    """A bid that moves its price, all other bids as they were.

    Attributes:
        criterion: the price criterion; ``evaluated-price`` for a price that the award model uses itself.
        case: the bids, with the lower price.
        low, high: the bid's lower and higher evaluated price in kroner.
        before, after: the results with the lower and with the higher price.
        at_low, at_high: the bid's points on the criterion (or its total) with the lower and with the higher price.
    """

    criterion: str
    case: Case
    low: Fraction
    high: Fraction
    before: Result
    after: Result
    at_low: Fraction
    at_high: Fraction


def moved(criterion: str, case: Case, high: Decimal) -> Move | None:
    """Give what happens when the first bid raises its price to ``high``; None where a result is missing."""
    if MOVED not in case.names or case.bid(MOVED).price >= high:
        return None
    before, after = result_of(case), result_of(case.with_price(MOVED, high))
    if before is None or after is None:
        return None
    at_low, at_high = _value(before, criterion), _value(after, criterion)
    if at_low is None or at_high is None:
        return None
    return Move(criterion, case, case.bid(MOVED).price, Fraction(high), before, after, at_low, at_high)


def _value(result: Result, criterion: str) -> Fraction | None:
    own = next((bid for bid in result.ranking if bid.bid.bidder == MOVED), None)
    if own is None:
        return None
    return own.exact if criterion == EVALUATED_PRICE else own.on(criterion).points


def rises(move: Move | None) -> bool:
    """Tell whether the higher price gives the bid itself a better value."""
    if move is None:
        return False
    lower = move.criterion == EVALUATED_PRICE and move.before.spec.award.definition.better == "lower"
    return move.at_high < move.at_low if lower else move.at_high > move.at_low


def is_flat(move: Move | None) -> bool:
    """Tell whether the higher price changes no bid's total, where there is somebody else."""
    return move is not None and len(move.before.ranking) > 1 and _totals(move.before) == _totals(move.after)


def _totals(result: Result) -> dict[str, Fraction]:
    return {bid.bid.bidder: bid.exact for bid in result.ranking}


def smallest_rise(criterion: str, case: Case, high: Decimal) -> Move | None:
    """Give the simplest example of a price that is better when it is higher; None where the engine denies it."""
    return _smallest(criterion, case, high, rises)


def smallest_plateau(criterion: str, case: Case, high: Decimal) -> Move | None:
    """Give the simplest example of a span of prices that are all the same; None where the engine denies it."""
    first = moved(criterion, case, high)
    if first is None or not is_flat(first):
        return None
    ratio = 1 + (first.high / first.low - 1) * _KEPT
    return _smallest(criterion, case, high, lambda move: is_flat(move) and _ratio(move) >= ratio)


def _ratio(move: Move | None) -> Fraction:
    return move.high / move.low if move is not None and move.low else Fraction(0)


def _smallest(criterion: str, case: Case, high: Decimal, shows: Callable[[Move | None], bool]) -> Move | None:
    if not shows(moved(criterion, case, high)):
        return None
    small = shrink(case, lambda found: shows(moved(criterion, found, high)))
    for digits in range(1, MOST_DIGITS):
        rounded = to_digits(Fraction(high), digits)
        if shows(move := moved(criterion, small, rounded)):
            return move
    return moved(criterion, small, high)


def jump_between(criterion: str, case: Case, high: Decimal, points_top: Fraction) -> Move | None:
    """Give two prices next to each other between which points jump; None where they only fall steadily."""
    found = _halved(criterion, case, high, points_top)
    whole = moved(criterion, case, high)
    if found is None or whole is None:
        return None
    least = abs(whole.at_high - whole.at_low) * _KEPT
    small = shrink(case, lambda made: _change(moved(criterion, made, high)) >= least)
    return _halved(criterion, small, high, points_top) or found


def _change(move: Move | None) -> Fraction:
    return Fraction(-1) if move is None else abs(move.at_high - move.at_low)


def _halved(criterion: str, case: Case, high: Decimal, points_top: Fraction) -> Move | None:
    """Halve the span from the first bid's price to ``high``, and keep the half with the larger change."""
    low = as_decimal(case.bid(MOVED).price, 2)
    while Fraction(high - low) > max(NEXT * Fraction(low), Fraction(1, 100)):
        middle = as_decimal((Fraction(low) + Fraction(high)) / 2, 2)
        if middle in {low, high}:
            break
        first = moved(criterion, case.with_price(MOVED, low), middle)
        second = moved(criterion, case.with_price(MOVED, middle), high)
        if first is None or second is None:
            return None
        if _change(first) >= _change(second):
            high = middle
        else:
            low = middle
    move = moved(criterion, case.with_price(MOVED, low), high)
    return move if _change(move) >= _JUMP * points_top else None
