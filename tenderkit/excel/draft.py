"""A sheet while it is laid out: cells are put in place, row heights follow from the words."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from fractions import Fraction

from tenderkit.excel import styles
from tenderkit.excel.sheets import (
    Cell,
    Chart,
    Field,
    Highlight,
    Rule,
    Scalar,
    Sheet,
    address,
    area,
    clean,
    on_sheet,
)

FIRST_ROW = 4  # below title, context, stamp and one empty row
MAX_HEIGHT = 400.0  # a row can be 409 points high in every program


def line_count(text: str, width: float, scale: float = 1.0) -> int:
    """Give the lines that a text takes in a column of a width, counted in digits of the normal font.

    Carlito and Calibri set 1.15 letters of running text to the width of a digit; 1.12 leaves room for wide words.
    """
    letters = max(4, int(width * 1.12 / scale))
    return sum(len(textwrap.wrap(line, letters, break_long_words=True)) or 1 for line in text.split("\n"))


class Draft:
    """Collects the cells of one sheet; :meth:`finish` gives the :class:`Sheet`."""

    def __init__(self, name: str, title: str, context: str, widths: Sequence[float]) -> None:
        self.name = name
        self.widths = tuple(widths)
        self._cells: dict[tuple[int, int], Cell] = {}
        self._highlights: list[Highlight] = []
        self._charts: list[Chart] = []
        self._heights: dict[int, float] = {}
        self.row = FIRST_ROW
        self.text(0, 0, title, "title")
        self.text(1, 0, context, "context")

    def _put(self, cell: Cell) -> None:
        key = (cell.row, cell.column)
        if key in self._cells:
            raise ValueError(f"{self.name}!{cell.ref} is filled twice")
        self._cells[key] = cell

    def text(self, row: int, column: int, text: str, style: str = "label") -> None:
        """Put a text that must not change."""
        self._put(Cell(row, column, "text", clean(text), style))

    def number(self, row: int, column: int, value: Scalar, fmt: str = "", style: str = "number") -> None:
        """Put a number that must not change; without a format it shows the decimals it has."""
        shown = fmt or styles.fitting_format(Fraction(value) if not isinstance(value, int) else value)  # type: ignore[arg-type]
        self._put(Cell(row, column, "number", value, style, format=shown))

    def date(self, row: int, column: int, day: dt.date, style: str = "number") -> None:
        """Put a date that must not change."""
        self._put(Cell(row, column, "number", day, style, format="date"))

    def formula(self, row: int, column: int, formula: str, value: Scalar, style: str = "number", fmt: str = "") -> None:
        """Put a formula, without its equals sign, and what it gives now."""
        shown = clean(value) if isinstance(value, str) else value
        self._put(Cell(row, column, "formula", shown, style, formula=formula, format=fmt))

    def input(
        self,
        row: int,
        column: int,
        field: Field,
        rule: Rule | None = None,
        *,
        fmt: str = "",
        value: Scalar = None,
        style: str = "",
    ) -> None:
        """Put a yellow cell to be filled in."""
        role = style or {"number": "input-number", "yes-no": "input-centre", "date": "input-centre"}.get(
            field.type, "input"
        )
        shown = fmt or {"date": "date", "text": "text"}.get(field.type, "")
        self._put(Cell(row, column, "input", value, role, format=shown, field=field, rule=rule))

    def headings(self, row: int, labels: Sequence[str], column: int = 0) -> None:
        """Put a row of column headings."""
        for offset, label in enumerate(labels):
            self.text(row, column + offset, label, "head")

    def section(self, text: str) -> int:
        """Put a section title in the next free row, and give the row after it."""
        self.text(self.row, 0, text, "section")
        self.row += 1
        return self.row

    def remark(self, text: str) -> None:
        """Put a remark in the next free rows, a line in each, as wide as the sheet.

        One cell whose text runs over its neighbours would be cut off where the printed page ends.
        """
        for line in textwrap.wrap(clean(text), max(60, int(sum(self.widths) * 1.15))):
            self.text(self.row, 0, line, "context")
            self.row += 1

    def highlight(self, area_: str, formula: str, look: str) -> None:
        """Change the look of an area while a formula is true."""
        self._highlights.append(Highlight(area_, formula, look))  # type: ignore[arg-type]

    def chart(self, chart: Chart) -> None:
        """Put a chart."""
        self._charts.append(chart)

    def height(self, row: int, points: float) -> None:
        """Make a row at least so high."""
        self._heights[row] = points

    def at(self, row: int, column: int) -> str:
        """Give the reference from another sheet to a cell here."""
        return on_sheet(self.name, address(row, column, fixed=True))

    def span(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """Give the reference from another sheet to an area here."""
        return on_sheet(self.name, area(first, last))

    def finish(
        self,
        *,
        freeze: tuple[int, int] = (0, 0),
        repeat: tuple[int, int] | None = None,
        landscape: bool = True,
        colour: str = "",
        one_page: bool = False,
    ) -> Sheet:
        """Give the sheet, with the heights that its words need."""
        heights: dict[int, float] = {}
        growing: set[int] = set()
        for cell in self._cells.values():
            heights[cell.row] = max(heights.get(cell.row, 0.0), self._needed(cell))
            if cell.kind == "input" and cell.style == "input":
                growing.add(cell.row)
        for row, points in self._heights.items():
            heights[row] = max(heights.get(row, 0.0), points)
        return Sheet(
            name=self.name,
            cells=tuple(self._cells[key] for key in sorted(self._cells)),
            widths=self.widths,
            heights={row: min(points, MAX_HEIGHT) for row, points in sorted(heights.items())},
            growing=frozenset(growing),
            freeze=freeze,
            repeat=repeat,
            highlights=tuple(self._highlights),
            charts=tuple(self._charts),
            landscape=landscape,
            colour=colour,
            one_page=one_page,
        )

    def _needed(self, cell: Cell) -> float:
        line = styles.LINE_HEIGHT.get(cell.style, styles.NORMAL_LINE)
        role = styles.ROLES[cell.style]
        if not role.get("text_wrap") or not isinstance(cell.value, str):
            return line + (styles.PADDING if role.get("border") else 0)
        width = self.widths[cell.column] if cell.column < len(self.widths) else 8.4
        scale = role.get("font_size", 11) / 11 * (1.08 if role.get("bold") else 1.0)
        return line_count(cell.value, width, scale) * line + styles.PADDING
