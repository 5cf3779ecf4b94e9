"""Columns of exact numbers, one for each bid, calculated together as whole numbers above a denominator.

Mostly all numbers of a column share one denominator: prices in øre, points in halves, weights in per cent. Then a
column is multiplied or added as whole numbers, which is many times faster than one fraction after the other.
Denominators are made smaller only when they have become large, and when fractions are given out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import repeat
from math import gcd, lcm

#: Denominators above this many binary digits are made as small as they can be.
LARGE = 256


class Column:
    """One exact number for each bid: ``tops`` above the shared denominator ``shared``, or each above its own.

    ``shared`` is 0 when each number has its own denominator. Denominators are above zero.
    """

    def __init__(self, tops: list[int], shared: int, own: list[int] | None = None) -> None:
        self.tops = tops
        self.shared = shared
        self._own = own

    def __len__(self) -> int:
        return len(self.tops)

    @staticmethod
    def of(values: Sequence[Fraction]) -> Column:
        """Give the column of some fractions.

        >>> column = Column.of([Fraction(1, 2), Fraction(1, 3)])
        >>> column.tops, column.shared
        ([3, 2], 6)
        """
        bottoms = [value.denominator for value in values]
        shared = lcm(*set(bottoms))
        if shared.bit_length() > LARGE:
            return Column([value.numerator for value in values], 0, bottoms)
        return Column([value.numerator * (shared // value.denominator) for value in values], shared)

    @staticmethod
    def filled(value: Fraction, count: int) -> Column:
        """Give a column in which every bid has the same number."""
        return Column([value.numerator] * count, value.denominator)

    @cached_property
    def fractions(self) -> list[Fraction]:
        """Give the numbers as fractions."""
        return [Fraction(top, bottom) for top, bottom in zip(self.tops, self.bottoms(), strict=False)]

    def bottoms(self) -> Iterator[int]:
        """Give each number's denominator; a shared one without an end."""
        return iter(self._own) if self._own is not None else repeat(self.shared)

    def at(self, indices: Sequence[int]) -> Column:
        """Give the numbers of some bids."""
        own = None if self._own is None else [self._own[index] for index in indices]
        return Column([self.tops[index] for index in indices], self.shared, own)

    def __neg__(self) -> Column:
        return Column([-top for top in self.tops], self.shared, self._own)

    def __add__(self, other: Column) -> Column:
        if self.shared and other.shared:
            shared, left, right = _scaled(self, other)
            return _reduced([x + y for x, y in zip(left, right, strict=True)], shared)
        return _with_own([(x * d + y * b, b * d) for x, b, y, d in _rows(self, other)])

    def __sub__(self, other: Column) -> Column:
        return self + -other

    def __mul__(self, other: Column) -> Column:
        if self.shared and other.shared:
            tops = [x * y for x, y in zip(self.tops, other.tops, strict=True)]
            return _reduced(tops, self.shared * other.shared)
        return _with_own([(x * y, b * d) for x, b, y, d in _rows(self, other)])

    def __truediv__(self, other: Column) -> Column:
        """Divide; the caller has seen to it that no divisor is zero."""
        if self.shared and other.shared and len(set(other.tops)) == 1:
            divisor = other.tops[0]
            sign = 1 if divisor > 0 else -1
            return _reduced([sign * x * other.shared for x in self.tops], self.shared * abs(divisor))
        return _with_own([(x * d, b * y) if y > 0 else (-x * d, -b * y) for x, b, y, d in _rows(self, other)])


def picked(choose: Callable[[int, int], int], left: Column, right: Column) -> Column:
    """Give for each bid the lower or the higher of two numbers; ``choose`` is ``min`` or ``max``."""
    if left.shared and right.shared:
        shared, one, other = _scaled(left, right)
        return Column([choose(x, y) for x, y in zip(one, other, strict=True)], shared)
    return _with_own([(x, b) if choose(x * d, y * b) == x * d else (y, d) for x, b, y, d in _rows(left, right)])


def compared(compare: Callable[[int, int], bool], left: Column, right: Column) -> list[bool]:
    """Compare two columns, bid by bid."""
    if left.shared == right.shared != 0:
        return [compare(x, y) for x, y in zip(left.tops, right.tops, strict=True)]
    return [compare(x * d, y * b) for x, b, y, d in _rows(left, right)]


def merged(held: Sequence[bool], yes: Column, no: Column) -> Column:
    """Give the next number of ``yes`` where a condition held, otherwise the next of ``no``."""
    if yes.shared and no.shared:
        shared, tops, others = _scaled(yes, no)
        taken, left = iter(tops), iter(others)
        return Column([next(taken if one else left) for one in held], shared)
    pairs = [iter(zip(column.tops, column.bottoms(), strict=False)) for column in (no, yes)]
    return _with_own([next(pairs[one]) for one in held])


def _rows(left: Column, right: Column) -> Iterator[tuple[int, int, int, int]]:
    """Give for each bid both numbers, each with its denominator after it."""
    return zip(left.tops, left.bottoms(), right.tops, right.bottoms(), strict=False)


def _scaled(left: Column, right: Column) -> tuple[int, list[int], list[int]]:
    """Give the denominator that two columns can share, and both above it."""
    shared = lcm(left.shared, right.shared)
    one, other = shared // left.shared, shared // right.shared
    return (
        shared,
        left.tops if one == 1 else [top * one for top in left.tops],
        right.tops if other == 1 else [top * other for top in right.tops],
    )


def _reduced(tops: list[int], shared: int) -> Column:
    if shared.bit_length() > LARGE:
        common = gcd(shared, *tops)
        if (shared // common).bit_length() > LARGE:
            return _with_own([(top, shared) for top in tops])
        return Column([top // common for top in tops], shared // common)
    return Column(tops, shared)


def _with_own(pairs: list[tuple[int, int]]) -> Column:
    """Give a column in which each number has its own denominator."""
    reduced = [_lowest(top, bottom) if bottom.bit_length() > LARGE else (top, bottom) for top, bottom in pairs]
    return Column([top for top, _ in reduced], 0, [bottom for _, bottom in reduced])


def _lowest(top: int, bottom: int) -> tuple[int, int]:
    common = gcd(top, bottom)
    return top // common, bottom // common
