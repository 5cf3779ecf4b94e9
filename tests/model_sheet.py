"""Cases written into one sheet as the workbooks do it: steps as helper columns, tables and constants in cells."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import xlsxwriter
from openpyxl import load_workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from tenderkit.formula import Exact, Node, Table, evaluate_bids, excel

NAME = "Cases"
TABLES_AT, RESULT_AT = 60, 50  # columns


@dataclass(frozen=True)
class Case:
    """A formula with everything it needs, as the exact engine takes it."""

    tree: Node
    columns: Mapping[str, Sequence[Fraction]]
    known: Mapping[str, Exact | Table] = field(default_factory=dict)
    steps: Mapping[str, Node] = field(default_factory=dict)
    criteria: Sequence[Mapping[str, Exact | Sequence[Exact]]] = ()

    def exact(self) -> tuple[Fraction, ...]:
        """Give the exact values."""
        return evaluate_bids(self.tree, self.columns, self.known, self.steps, self.criteria)

    def steps_exact(self) -> Iterator[tuple[str, tuple[Fraction, ...]]]:
        """Give each step's exact values, in order."""
        columns = dict(self.columns)
        for name, step in self.steps.items():
            columns[name] = evaluate_bids(step, columns, self.known, criteria=self.criteria)
            yield name, tuple(columns[name])


@dataclass(frozen=True)
class Written:
    """A formula in a cell and what it must give."""

    label: str
    cell: str
    text: str
    value: Fraction


class Sheet:
    """A sheet with cases below one another."""

    def __init__(self) -> None:
        self.stream = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.stream, {"in_memory": True})
        self.sheet = self.book.add_worksheet(NAME)
        self.row = 0
        self.written: list[Written] = []

    def bytes(self) -> bytes:
        """Give the workbook."""
        self.book.close()
        return self.stream.getvalue()

    def add(self, label: str, case: Case, places: int | None = None) -> None:
        """Write a case: a row of constants, and a row for each bid. ``places`` rounds the result as it is published."""
        constants, tables, height = self._constants(case)
        criteria = self._criteria_constants(case, len(constants))
        first = self.row + 1
        count = len(next(iter(case.columns.values())))
        cells: list[dict[str, str]] = [dict(constants) for _ in range(count)]
        of_bids: list[list[dict[str, str]]] = [[dict(own) for own in criteria] for _ in range(count)]
        column = 0
        for name, values in case.columns.items():
            self._numbers(column, first, values)
            self._name(cells, name, column, first)
            column += 1
        for index, criterion in enumerate(case.criteria):
            points = criterion["p"]
            assert isinstance(points, Sequence)
            self._numbers(column, first, points)
            for bid, own in enumerate(of_bids):
                own[index]["p"] = xl_rowcol_to_cell(first + bid, column)
            column += 1
        for name, values in case.steps_exact():
            texts = [excel(case.steps[name], cells[bid], of_bids[bid], tables) for bid in range(count)]
            self._formulas(f"{label}: {name}", column, first, texts, values)
            self._name(cells, name, column, first)
            column += 1
        texts = [excel(case.tree, cells[bid], of_bids[bid], tables) for bid in range(count)]
        values = case.exact()
        self._formulas(label, RESULT_AT, first, texts, values)
        if places is not None:
            texts = [f"ROUND({xl_rowcol_to_cell(first + bid, RESULT_AT)},{places})" for bid in range(count)]
            values = tuple(half_away_from_zero(value, places) for value in values)
            self._formulas(f"{label}: rounded", RESULT_AT + 1, first, texts, values)
        self.row = first + max(count, height) + 1

    def _constants(self, case: Case) -> tuple[dict[str, str], dict[str, list[tuple[str, str]]], int]:
        """Write constants in a row and tables below one another's heads; give their cells, and the longest table."""
        cells: dict[str, str] = {}
        tables: dict[str, list[tuple[str, str]]] = {}
        for name, value in case.known.items():
            if isinstance(value, tuple):
                at = TABLES_AT + 2 * len(tables)
                tables[name] = []
                for offset, pair in enumerate(value):
                    for side in (0, 1):
                        self.sheet.write_number(self.row + offset, at + side, float(pair[side]))
                    row = self.row + offset
                    edge, result = (xl_rowcol_to_cell(row, at + side, True, True) for side in (0, 1))  # noqa: FBT003
                    tables[name].append((edge, result))
            else:
                self.sheet.write_number(self.row, len(cells), float(value))
                cells[name] = xl_rowcol_to_cell(self.row, len(cells), True, True)  # noqa: FBT003
        return cells, tables, max((len(rows) for rows in tables.values()), default=0)

    def _criteria_constants(self, case: Case, column: int) -> list[dict[str, str]]:
        found = []
        for criterion in case.criteria:
            own = {}
            for name in ("w", "a"):
                value = criterion[name]
                assert not isinstance(value, Sequence)
                self.sheet.write_number(self.row, column, float(value))
                own[name] = xl_rowcol_to_cell(self.row, column, True, True)  # noqa: FBT003
                column += 1
            found.append(own)
        return found

    def _numbers(self, column: int, first: int, values: Sequence[Exact]) -> None:
        for offset, value in enumerate(values):
            self.sheet.write_number(first + offset, column, float(value))

    def _formulas(self, label: str, column: int, first: int, texts: Sequence[str], values: Sequence[Fraction]) -> None:
        for offset, (text, value) in enumerate(zip(texts, values, strict=True)):
            self.sheet.write_formula(first + offset, column, f"={text}", value=0)
            self.written.append(Written(label, xl_rowcol_to_cell(first + offset, column), text, value))

    def _name(self, cells: list[dict[str, str]], name: str, column: int, first: int) -> None:
        """Give a name to each bid's cell in a column, and its plural to all of them."""
        last = first + len(cells) - 1
        corners = (xl_rowcol_to_cell(row, column, True, True) for row in (first, last))  # noqa: FBT003
        whole = ":".join(corners)
        for offset, own in enumerate(cells):
            own[name] = xl_rowcol_to_cell(first + offset, column)
            own[f"{name}s"] = whole


def half_away_from_zero(value: Fraction, places: int) -> Fraction:
    """Round as published, written here once more, so that the rounding of the engine is tested too."""
    scaled = abs(value) * 10**places
    whole = int(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**places)


def read(data: bytes, written: Sequence[Written]) -> list[object]:
    """Give what stands in the cells of a workbook that was calculated."""
    sheet = load_workbook(io.BytesIO(data), data_only=True)[NAME]
    return [sheet[one.cell].value for one in written]
