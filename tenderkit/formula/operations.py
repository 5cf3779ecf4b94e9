"""What the operators and functions give for exact numbers. Fractions in, fractions out; nothing here is a float.

Roots, exponentials and logarithms mostly have no end. They are calculated with 70 digits and rounded to
:data:`DIGITS` significant digits; where the result is a fraction of moderate size, such as ``4^(1/2)``, it is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from operator import mul
from types import MappingProxyType

from tenderkit.formula.tokens import wrong
from tenderkit.formula.tree import Table
from tenderkit.problems import TenderkitError

#: How many significant digits a result without an end is rounded to.
DIGITS = 50
#: The largest power that is calculated, in binary digits.
MAX_BITS = 100_000
#: The largest exponent of ``EXP``, and of powers that are calculated by it.
MAX_EXPONENT = 1000

_WORKING = 70
_MORE = 200
_ROOT_BITS = 200
_ONE = Fraction(1)


def divided_by_zero(column: int) -> TenderkitError:
    """Give the error for a division by zero."""
    advice = "State in the model that the value that is zero is refused, or change the formula."
    return wrong("formula-division-by-zero", column, "a division by zero.", advice)


def power(base: Fraction, exponent: Fraction, column: int) -> Fraction:
    """Give a power: exact for a whole exponent and for roots that are fractions, otherwise rounded."""
    if base == 0 and exponent <= 0:
        if exponent:
            raise divided_by_zero(column)
        advice = "State in the model that the value that is zero is refused."
        raise wrong("formula-division-by-zero", column, "zero to the power of zero has no value.", advice)
    if exponent.denominator == 1:
        return _whole_power(base, exponent.numerator, column)
    if base < 0:
        raise wrong(
            "formula-negative-power",
            column,
            f"a number below zero has no power with the exponent {exponent}, which is not whole.",
            "Use a whole exponent, or keep the number at zero or above with MAX(0, number).",
        )
    if base in {0, 1}:
        return base
    root = _root(base, exponent.denominator)
    if root is not None:
        return _whole_power(root, exponent.numerator, column)
    with _digits(_near_one(base)):
        size = _decimal(exponent) * _decimal(base).ln()
        if abs(size) > MAX_EXPONENT:
            raise _too_large(column)
        return _rounded(size.exp())


def _whole_power(base: Fraction, exponent: int, column: int) -> Fraction:
    bits = max(base.numerator.bit_length(), base.denominator.bit_length()) * abs(exponent)
    if bits > MAX_BITS and abs(base) != 1:
        raise _too_large(column)
    return Fraction(base**exponent)


def _too_large(column: int) -> TenderkitError:
    return wrong("formula-number-too-large", column, "the power is too large to calculate.", "Use a smaller exponent.")


def _root(value: Fraction, degree: int) -> Fraction | None:
    """Give a root where it is a fraction of moderate size."""
    top, bottom = (_whole_root(part, degree) for part in (value.numerator, value.denominator))
    return Fraction(top, bottom) if top is not None and bottom is not None else None


def _whole_root(value: int, degree: int) -> int | None:
    if value == 1:
        return 1
    if not degree < value.bit_length() <= _ROOT_BITS * degree:
        return None  # below 2 to the power of the degree, the root is below 2; above, no money has such a number
    with _digits():
        near = int(((Decimal(value).ln()) / degree).exp().to_integral_value())
    return near if near**degree == value else None


def exponential(value: Fraction, column: int) -> Fraction:
    """Give e to the power of a number, rounded to :data:`DIGITS` significant digits."""
    if abs(value) > MAX_EXPONENT:
        raise wrong(
            "formula-number-too-large",
            column,
            f"EXP takes numbers from -{MAX_EXPONENT} to {MAX_EXPONENT}.",
            "Limit the number with CLAMP, or change the formula.",
        )
    with _digits():
        return _rounded(_decimal(value).exp())


def logarithm(value: Fraction, column: int) -> Fraction:
    """Give the natural logarithm, rounded to :data:`DIGITS` significant digits."""
    if value <= 0:
        raise wrong(
            "formula-logarithm",
            column,
            "LN takes numbers above zero only.",
            "State in the model that values of zero or below are refused, or change the formula.",
        )
    with _digits(_near_one(value)):
        return _rounded(_decimal(value).ln())


def spread(column: Sequence[Fraction]) -> Fraction:
    """Give the standard deviation of all bids' values: the root of the mean square distance from the mean."""
    mean = sum(column, Fraction(0)) / len(column)
    return power(sum(((value - mean) ** 2 for value in column), Fraction(0)) / len(column), Fraction(1, 2), 0)


@contextmanager
def _digits(more: int = 0) -> Iterator[None]:
    """Calculate decimals with enough digits, whatever the settings of the caller are."""
    context = Context(prec=_WORKING + more, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX)
    with localcontext(context):
        yield


def _near_one(value: Fraction) -> int:
    """Give how many more digits a logarithm needs, because the number is so close to 1."""
    distance = abs(value.numerator - value.denominator)
    return min(_MORE, (value.denominator.bit_length() - distance.bit_length()) // 3 + 1) if distance else 0


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _rounded(value: Decimal) -> Fraction:
    return Fraction(Context(prec=DIGITS, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX).plus(value))


def rounded(value: Fraction, places: int) -> Fraction:
    """Round half away from zero."""
    return _places(value, places, lambda top, bottom: (2 * top + bottom) // (2 * bottom))


def rounded_up(value: Fraction, places: int) -> Fraction:
    """Round away from zero."""
    return _places(value, places, lambda top, bottom: -(-top // bottom))


def rounded_down(value: Fraction, places: int) -> Fraction:
    """Round towards zero."""
    return _places(value, places, lambda top, bottom: top // bottom)


def _places(value: Fraction, places: int, whole: Callable[[int, int], int]) -> Fraction:
    """Round the size of a number, so that half, up and down are meant away from and towards zero."""
    unit = 10**places
    size = whole(abs(value.numerator) * unit, value.denominator)
    return Fraction(-size if value < 0 else size, unit)


def median(column: Sequence[Fraction]) -> Fraction:
    """Give the middle value, or the mean of the two in the middle."""
    ordered = sorted(column)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def trimmed(values: Sequence[Fraction], low: int, high: int, column: int) -> Fraction:
    """Give the mean without the so many lowest and so many highest values."""
    left = len(values) - low - high
    if left < 1:
        raise wrong(
            "formula-too-few-bids",
            column,
            f"TRIMMED leaves out {low + high} bid(s), and there are only {len(values)}.",
            f"Say in the formula what counts then: IF(COUNT(Ps) > {low + high}, TRIMMED(...), AVERAGE(Ps)).",
        )
    return sum(sorted(values)[low : low + left], Fraction(0)) / left


def step(value: Fraction, table: Table) -> Fraction:
    """Give the value of the last row whose edge is not above a number; below all edges that of the first row."""
    found = table[0][1]
    for edge, result in table:
        if value < edge:
            break
        found = result
    return found


def interpolated(value: Fraction, table: Table) -> Fraction:
    """Give the value on the straight line between the rows around a number; beyond both ends it stays the same."""
    for (low, first), (high, second) in pairwise(table):
        if value <= low:
            return first
        if value < high:
            return first + (value - low) * (second - first) / (high - low)
    return table[-1][1]


def annuity(rate: Fraction, years: Fraction, column: int) -> Fraction:
    """Give the value today of 1 krone at the end of each year."""
    growth = _growth(rate, years, "ANNUITY", column)
    return years if rate == 0 else (1 - _ONE / growth) / rate


def present_value(amount: Fraction, rate: Fraction, years: Fraction, column: int) -> Fraction:
    """Give the value today of an amount after so many years."""
    return amount / _growth(rate, years, "PRESENT_VALUE", column)


def _growth(rate: Fraction, years: Fraction, function: str, column: int) -> Fraction:
    if years.denominator != 1 or years < 0:
        raise wrong(
            "formula-years-not-whole",
            column,
            f"{function} takes whole years from 0, not {years}.",
            "Round the number of years, such as ROUNDUP(n, 0).",
        )
    if rate <= -1:
        message = f"the rate of {function} must be above -100%."
        raise wrong("formula-rate-too-low", column, message, "Write a rate of four per cent as 4% or 0.04.")
    return _whole_power(1 + rate, years.numerator, column)


ROUNDINGS: Mapping[str, Callable[..., Fraction]] = MappingProxyType(
    {"ROUND": rounded, "ROUNDUP": rounded_up, "ROUNDDOWN": rounded_down}
)
FUNCTIONS: Mapping[str, Callable[..., Fraction]] = MappingProxyType(
    {"EXP": exponential, "LN": logarithm, "ANNUITY": annuity, "PRESENT_VALUE": present_value}
)
AGGREGATES: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = MappingProxyType(
    {
        "MIN": min,
        "MAX": max,
        "SUM": lambda column: sum(column, Fraction(0)),
        "PRODUCT": lambda column: reduce(mul, column, Fraction(1)),
        "COUNT": lambda column: Fraction(len(column)),
        "AVERAGE": lambda column: sum(column, Fraction(0)) / len(column),
        "MEDIAN": median,
        "STDEVP": spread,
    }
)
