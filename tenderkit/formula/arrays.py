"""Functions of arrays of floats that give what the exact ones give, but for the last digits.

Floats miss the exact value by their last digits. Comparisons, bands, ranks and roundings would then be decided by
chance where a value lies on the edge, so numbers that differ by that little count as equal, as spreadsheets do it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from tenderkit.formula.operations import MAX_EXPONENT
from tenderkit.formula.tree import Table

Array = npt.NDArray[np.float64]

#: Numbers that differ by less than this, relative to their size, count as equal.
NEAR = 2.0**-40
#: The same for numbers near zero, and in units of the last decimal that is kept when rounding.
SMALL = 1e-12
#: What two numbers leave that would cancel each other, relative to their size.
LEFT_OVER = 2.0**-46


def folded(join: Callable[[Array, Array], Array], values: Sequence[Array]) -> Array:
    """Join some values, from the left."""
    found = values[0]
    for value in values[1:]:
        found = join(found, value)
    return found


def settled(total: Array, left: Array, right: Array) -> Array:
    """Give 0 for a sum of two numbers that would cancel each other but for their last digits."""
    return np.where(np.abs(total) <= LEFT_OVER * np.maximum(np.abs(left), np.abs(right)), 0.0, total)


def quotient(left: Array, right: Array) -> Array:
    """Divide; NaN for a division by zero."""
    return np.where(right == 0, np.nan, np.divide(left, right))


def power(base: Array, exponent: Array) -> Array:
    """Give a power; NaN where it has none."""
    return np.where((base == 0) & (exponent <= 0), np.nan, np.power(base, exponent))


def stepped(values: Array, table: Table) -> Array:
    """Give the value of the last row whose edge is not above a number."""
    edges, results = _columns(table)
    row = np.searchsorted(edges, values + (SMALL + NEAR * np.abs(values)), side="right") - 1
    return np.where(np.isnan(values), np.nan, results[np.clip(row, 0, None)])


def interpolated(values: Array, table: Table) -> Array:
    """Give the value on the straight line between the rows around a number."""
    return np.asarray(np.interp(values, *_columns(table)), dtype=np.float64)


def _columns(table: Table) -> tuple[Array, Array]:
    edges, results = zip(*table, strict=True)
    return np.array(edges, dtype=np.float64), np.array(results, dtype=np.float64)


def compared(operator: str, left: Array, right: Array) -> Array:
    """Compare, with numbers that are nearly the same as equals: 1 or 0, and NaN beside NaN."""
    same = np.abs(left - right) <= NEAR * np.maximum(np.abs(left), np.abs(right))
    match operator:
        case "=":
            held = same
        case "<>":
            held = ~same
        case "<":
            held = (left < right) & ~same
        case "<=":
            held = (left < right) | same
        case ">":
            held = (left > right) & ~same
        case _:
            held = (left > right) | same
    return np.where(np.isnan(left) | np.isnan(right), np.nan, held)


def _rounded(whole: Callable[[Array, Array], Array]) -> Callable[[Array, Array], Array]:
    """Give a function that rounds sizes; ``whole`` is told how far a size may be off."""

    def rounding(values: Array, places: Array) -> Array:
        unit = 10.0**places
        size = np.abs(values) * unit
        return np.copysign(whole(size, SMALL + LEFT_OVER * size) / unit, values)

    return rounding


def _logarithm(values: Array) -> Array:
    return np.where(values <= 0, np.nan, np.log(values))


def _exponential(values: Array) -> Array:
    return np.where(np.abs(values) > MAX_EXPONENT, np.nan, np.exp(values))


def _annuity(rate: Array, years: Array) -> Array:
    """Give the present value of 1 at the end of each year, precise also for very low rates."""
    value = np.where(rate == 0, years, -np.expm1(-years * np.log1p(rate)) / rate)
    return np.where(_no_years(rate, years), np.nan, value)


def _present_value(amount: Array, rate: Array, years: Array) -> Array:
    return np.where(_no_years(rate, years), np.nan, amount / np.power(1 + rate, years))


def _no_years(rate: Array, years: Array) -> npt.NDArray[np.bool_]:
    return (years < 0) | (np.abs(years - np.rint(years)) > SMALL) | (rate <= -1)


ROUNDINGS: Mapping[str, Callable[..., Array]] = MappingProxyType(
    {
        "ROUND": _rounded(lambda size, off: np.floor(size + 0.5 + off)),
        "ROUNDUP": _rounded(lambda size, off: np.ceil(size - off)),
        "ROUNDDOWN": _rounded(lambda size, off: np.floor(size + off)),
    }
)
FUNCTIONS: Mapping[str, Callable[..., Array]] = MappingProxyType(
    {
        **ROUNDINGS,
        "ABS": np.abs,
        "MIN": lambda *values: folded(np.minimum, values),
        "MAX": lambda *values: folded(np.maximum, values),
        "CLAMP": lambda value, low, high: np.maximum(low, np.minimum(value, high)),
        "EXP": _exponential,
        "LN": _logarithm,
        "ANNUITY": _annuity,
        "PRESENT_VALUE": _present_value,
    }
)
