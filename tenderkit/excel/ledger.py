"""A ledger: a table with empty rows that people fill in over years, with columns that are calculated in each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tenderkit.excel.draft import Draft
from tenderkit.excel.fields import NO_BOUNDS, NOT_NEGATIVE, rule_for
from tenderkit.excel.frame import Frame
from tenderkit.excel.sheets import Field, FieldType, Scalar, address

MAX_TEXT = 500


@dataclass(frozen=True)
class Column:
    """A column: filled in by people, calculated, or with values that stand from the start.

    Attributes:
        name: the field's name; with ``label`` empty also the key of the column's heading.
        type: of what is filled in; empty for a column that is calculated or fixed.
        formula: what is calculated, with ``{name}`` for the cell of another column in the row, ``{top_name}`` for that
            column's first cell, and ``{first}`` for the number of the first row.
        value: what a formula gives while the row is empty.
        start: the values that fixed or filled-in cells begin with, row by row.
    """

    name: str
    width: float
    type: FieldType | None = None
    formula: str = ""
    value: Scalar = ""
    fmt: str = ""
    label: str = ""
    options: tuple[str, ...] = ()
    decimals: int = 2
    signed: bool = False
    start: Sequence[Scalar] = ()


@dataclass(frozen=True)
class Ledger:
    """A ledger that was put on a sheet: where its columns are, seen from other sheets."""

    draft: Draft
    first: int
    last: int
    columns: Mapping[str, int]

    def area(self, name: str) -> str:
        """Give a column's cells."""
        return self.draft.span((self.first, self.columns[name]), (self.last, self.columns[name]))

    def local(self, name: str) -> str:
        """Give a column's cells, for the sheet itself."""
        return self.area(name).rpartition("!")[2]

    def cell(self, row: int, name: str) -> str:
        """Give a cell, for the sheet itself."""
        return address(row, self.columns[name])


def widths(columns: Sequence[Column]) -> tuple[float, ...]:
    """Give the widths of a ledger's columns."""
    return tuple(column.width for column in columns)


def put_ledger(frame: Frame, draft: Draft, key: str, columns: Sequence[Column], rows: int) -> Ledger:
    """Put a ledger below what the draft holds; ``key`` begins the keys of its fields and headings."""
    words = frame.words
    draft.headings(draft.row, [column.label or words(f"{key}_{column.name}") for column in columns])
    first = draft.row + 1
    ledger = Ledger(draft, first, first + rows - 1, {column.name: number for number, column in enumerate(columns)})
    for number in range(rows):
        row = first + number
        cells = {column.name: address(row, index) for index, column in enumerate(columns)}
        cells |= {f"top_{column.name}": address(first, index, fixed=True) for index, column in enumerate(columns)}
        cells["first"] = str(first + 1)
        for index, column in enumerate(columns):
            _put(frame, draft, (row, index), (f"{key}.{number + 1}", number), column, cells)
    draft.row = first + rows
    return ledger


def _put(
    frame: Frame, draft: Draft, at: tuple[int, int], named: tuple[str, int], column: Column, cells: Mapping[str, str]
) -> None:
    prefix, number = named
    start = column.start[number] if number < len(column.start) else None
    if column.formula:
        value = start if start is not None else column.value
        style = "status" if column.name in {"flag", "alarm", "state", "match", "release"} else "number"
        draft.formula(*at, column.formula.format(**cells), value, style, column.fmt)
        return
    if column.type is None:
        if isinstance(start, str) or start is None:
            draft.text(*at, start or "", "small")
        else:
            draft.number(*at, start, column.fmt)
        return
    words = frame.words
    label = column.label or words(f"{prefix.partition('.')[0]}_{column.name}")
    field = Field(
        f"{prefix}.{column.name}",
        column.type,
        label,
        required=False,
        decimals=column.decimals,
        max_chars=MAX_TEXT,
        options=column.options,
    )
    bounds = NOT_NEGATIVE if column.type == "number" and not column.signed else NO_BOUNDS
    draft.input(*at, field, rule_for(words, field, bounds), fmt=column.fmt, value=start)
