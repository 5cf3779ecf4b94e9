"""A demand that grows with the turnover that the supplier has had on the contract, in steps."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tenderkit.calculation.hours import Exact


def by_turnover(turnover: Exact, steps: Sequence[tuple[Exact, Exact]]) -> Fraction:
    """Give the person-years that a turnover of a year calls for: those of the highest step that it has reached.

    ``steps`` are pairs of an amount in kroner and the person-years from it. Below the first step nothing is demanded.

    Source: a laundry tender in which no person-year is demanded below DKK 1 million, half a one from 1 to 2 million and
    one above (verified); that an amount on a step's edge has reached the step is a suggestion.

    >>> steps = [(0, 0), (1_000_000, Fraction(1, 2)), (2_000_000, 1)]
    >>> [by_turnover(turnover, steps) for turnover in (900_000, 1_000_000, 2_500_000)]
    [Fraction(0, 1), Fraction(1, 2), Fraction(1, 1)]
    """
    reached = [(Fraction(start), Fraction(years)) for start, years in steps if Fraction(start) <= Fraction(turnover)]
    return max(reached, default=(Fraction(0), Fraction(0)), key=lambda step: step[0])[1]
