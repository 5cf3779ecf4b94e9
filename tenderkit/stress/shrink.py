"""Examples made small: as few bids as possible, then criteria on which all bids are equal, then round numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.spec import Criterion
from tenderkit.quantities import as_decimal
from tenderkit.stress.cases import Case
from tenderkit.stress.draw import offer_step

MOST_DIGITS = 6
#: Coarse steps of a scale are tried from the coarsest: round scores are easier to read.
_COARSE = (10, 5, 4, 2)


def shrink(case: Case, holds: Callable[[Case], bool]) -> Case:
    """Give a case that is as simple as this search finds, and for which ``holds`` is true, as it is for ``case``.

    ``holds`` asks the exact engine. The bids of the answer are called A, B, C in their order.

    Raises:
        ValueError: ``holds`` is not true for ``case``.
    """
    if not holds(case):
        raise ValueError("the case does not show what it should")
    smaller = _fewer_bids(case, holds)
    for leaf in smaller.spec.leaves():
        if leaf.kind != "price":
            smaller = _first(_equal(smaller, leaf), holds, smaller)
    smaller = _first(_rounded_prices(smaller), holds, smaller)
    for name in smaller.names:
        smaller = _first(_rounded_price(smaller, name), holds, smaller)
        for leaf in smaller.spec.leaves():
            if leaf.kind != "price" and len({bid.given[leaf.id] for bid in smaller.bids}) > 1:
                smaller = _first(_coarser(smaller, name, leaf), holds, smaller)
    renamed = smaller.ordered(smaller.names)
    return renamed if holds(renamed) else smaller


def _first(cases: Iterable[Case], holds: Callable[[Case], bool], otherwise: Case) -> Case:
    return next((case for case in cases if holds(case)), otherwise)


def _fewer_bids(case: Case, holds: Callable[[Case], bool]) -> Case:
    """Leave out bids, the last one first, until none can be spared."""
    smaller = case
    while True:
        before = smaller
        for name in reversed(before.names):
            smaller = _first([smaller.without(name)], holds, smaller)
        if smaller is before:
            return smaller


def _equal(case: Case, leaf: Criterion) -> Iterator[Case]:
    """Give the case with the same value on a criterion in all bids: the middle, the lowest, then those that occur."""
    steps = _steps(leaf)
    occurring = dict.fromkeys(bid.given[leaf.id] for bid in case.bids)
    if len(occurring) == 1:
        return
    for value in (steps[len(steps) // 2], steps[0], *occurring):
        yield replace(case, bids=tuple(replace(bid, given={**bid.given, leaf.id: value}) for bid in case.bids))


def _steps(leaf: Criterion) -> list[Decimal]:
    """Give the values that a bid may have on a criterion, from the worst."""
    if leaf.scale is not None:
        return list(leaf.scale.scores)
    floor, cap, step = leaf.floor or Fraction(0), leaf.cap or Fraction(0), offer_step(leaf)
    return [as_decimal(floor + step * index) for index in range(int((cap - floor) / step) + 1)]


def _rounded_prices(case: Case) -> Iterator[Case]:
    """Give the case with all prices rounded to as many digits, one digit first."""
    for digits in range(1, MOST_DIGITS):
        rounded = case
        for name in case.names:
            rounded = rounded.with_price(name, to_digits(case.bid(name).price, digits))
        if rounded.bids != case.bids:
            yield rounded


def _rounded_price(case: Case, name: str) -> Iterator[Case]:
    price = case.bid(name).price
    for digits in range(1, MOST_DIGITS):
        if (rounded := to_digits(price, digits)) != price:
            yield case.with_price(name, rounded)


def to_digits(kroner: Fraction, digits: int) -> Decimal:
    """Round an amount to so many digits; zero and less to whole øre.

    >>> to_digits(Fraction(1_934_600), 2)
    Decimal('1900000')
    """
    if kroner <= 0:
        return as_decimal(kroner, 2)
    unit = Fraction(10) ** (math.floor(math.log10(kroner)) - digits + 1)
    return as_decimal(unit * math.floor(kroner / unit + Fraction(1, 2)))


def _coarser(case: Case, name: str, leaf: Criterion) -> Iterator[Case]:
    """Give the case with one bid's score or offer moved to a coarse step of the scale, the nearest one."""
    steps = _steps(leaf)
    own = case.bid(name).given[leaf.id]
    position = min(range(len(steps)), key=lambda index: abs(steps[index] - own))
    for coarse in _COARSE:
        nearest = min(coarse * round(position / coarse), len(steps) - 1)
        if steps[nearest] != own:
            yield case.with_given(name, leaf.id, steps[nearest])
