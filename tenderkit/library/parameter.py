"""What a model file says about a published constant of its formula: a number with its range, or a table."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Literal

from pydantic import model_validator

from tenderkit.formula.tree import Table
from tenderkit.library.clause import Mark
from tenderkit.source import Bilingual, Frozen, Number, Percent, Text

#: How a single number is written: ``50 %``, ``1.5``, kroner, or a whole number.
Simple = Literal["percent", "number", "money", "count"]
Written = Number | Percent | dict[Number | Percent, Number | Percent]

MIN_ROWS, MAX_ROWS = 2, 20


class TableValues(Frozen):
    """How the values of a table go on: ``falling`` or ``rising`` from ``first`` to ``last``."""

    order: Literal["falling", "rising"]
    first: Number | Percent
    last: Number | Percent

    def check(self, values: list[Number]) -> None:
        """Refuse values that go another way.

        Raises:
            ValueError: they do not begin with the first, end with the last, or go on in the order.
        """
        if values[0] != self.first:
            raise ValueError(f"the first value is {values[0]}, not {self.first}")
        if values[-1] != self.last:
            raise ValueError(f"the last value is {values[-1]}, not {self.last}")
        if any((second > first) if self.order == "falling" else (second < first) for first, second in pairwise(values)):
            raise ValueError(f"the values of a table are {self.order}, and two of them are not")


class ModelParameter(Frozen):
    """A published constant of a formula. Without ``default`` the tender must choose it.

    A ``table`` has ``rows``: the kinds of its edges and of its values. It is written as a mapping with rising edges,
    such as ``{0 %: 100 %, 50 %: 0 %}``; ``min`` and ``max`` are then limits of the edges, and ``values`` says how the
    values go on.

    ``usual`` is what a comparison of models takes where nobody has chosen: a formula, or a table of formulas, over the
    expected prices ``low``, ``high`` and ``middle``, full points ``S``, the price's weight ``wp`` and the expected
    points on quality ``q``. It is no advice.
    """

    type: Simple | Literal["table"]
    ask: Bilingual
    unit: Bilingual | None = None
    rows: tuple[Simple, Simple] | None = None
    values: TableValues | None = None
    min: Number | Percent | None = None
    max: Number | Percent | None = None
    default: Written | None = None
    usual: Text | dict[Text, Text] | None = None
    mark: Mark = "suggested"

    def value(self, written: Written) -> Fraction | Table:
        """Give a value as the formula takes it: 50 % is 1/2, and a table a row of pairs.

        Raises:
            ValueError: the value is outside its range, or a table's edges or values do not go as they must.

        >>> from decimal import Decimal
        >>> ModelParameter.model_validate({"type": "percent", "ask": {"da": "?", "en": "?"}}).value(Decimal(50))
        Fraction(1, 2)
        """
        if isinstance(written, dict):
            return self._table(written)
        if self.type == "table":
            raise ValueError("a table is written as a mapping, such as {0 %: 100 %, 50 %: 0 %}")
        self._check_range(written)
        return _as_used(written, self.type)

    def _table(self, written: dict[Number, Number]) -> Table:
        if self.rows is None:
            raise ValueError("one value is needed, not a table")
        edges = list(written)
        if not MIN_ROWS <= len(edges) <= MAX_ROWS:
            raise ValueError(f"a table has {MIN_ROWS} to {MAX_ROWS} rows, not {len(edges)}")
        if any(second <= first for first, second in pairwise(edges)):
            raise ValueError("the edges of a table rise from row to row")
        for edge in edges:
            self._check_range(edge)
        if self.values is not None:
            self.values.check(list(written.values()))
        of_edge, of_value = self.rows
        return tuple((_as_used(edge, of_edge), _as_used(value, of_value)) for edge, value in written.items())

    def _check_range(self, number: Number) -> None:
        if self.min is not None and number < self.min:
            raise ValueError(f"{number} is below {self.min}")
        if self.max is not None and number > self.max:
            raise ValueError(f"{number} is above {self.max}")

    @model_validator(mode="after")
    def _rows_belong_to_tables(self) -> ModelParameter:
        if (self.type == "table") != (self.rows is not None):
            raise ValueError('a parameter has "rows" when it is a table, and only then')
        if self.default is not None:
            self.value(self.default)
        return self


def _as_used(number: Number, kind: str) -> Fraction:
    """Give a number as a formula takes it."""
    if kind == "count" and number != int(number):
        raise ValueError(f"{number} is not a whole number")
    return Fraction(number) / 100 if kind == "percent" else Fraction(number)
