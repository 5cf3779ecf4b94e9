"""Workbooks as data: what stands in each cell, before any file is written.

One definition has three uses: :mod:`tenderkit.excel.writer` makes the file, :mod:`tenderkit.excel.issued` states what
must still stand there when it comes back, and :mod:`tenderkit.excel.reader` finds what people typed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tenderkit.quantities import Language

CellKind = Literal["text", "number", "formula", "input"]
FieldType = Literal["text", "number", "yes-no", "date", "choice"]
Scalar = str | int | Decimal | Fraction | dt.date | None

STAMP_CELL = "A3"
MAX_TEXT = 32_767
MAX_FORMULA = 8_192
MAX_SHEET_NAME = 31


@dataclass(frozen=True)
class Field:
    """What a person types into one cell, or into several cells one below the other (a long text).

    Attributes:
        key: how the value is found again, such as ``price.A``.
        label: what messages call it, in the workbook's language.
        required: a blank is a problem; with ``when`` only if the yes-no field of that key is yes.
        decimals: the most decimals of a number.
        max_chars: the most characters of a text.
        options: the words that may be chosen.
    """

    key: str
    type: FieldType
    label: str
    required: bool = True
    when: str = ""
    decimals: int = 2
    max_chars: int = 500
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """What the program accepts while someone types, with what it says before and after.

    Attributes:
        kind: ``whole``, ``decimal``, ``length``, ``date``, ``list`` or ``custom`` (a formula that must be true).
        low, high: the limits, both allowed; ``above`` excludes the lower one.
    """

    kind: Literal["whole", "decimal", "length", "date", "list", "custom"]
    prompt_title: str
    prompt: str
    error: str
    low: Fraction | int | None = None
    high: Fraction | int | None = None
    above: bool = False
    options: tuple[str, ...] = ()
    formula: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell. ``value`` is the text or number, a formula's result, or what an input starts with.

    ``style`` is a role of :mod:`tenderkit.excel.styles`; ``format`` is a number format or its name there.
    """

    row: int
    column: int
    kind: CellKind
    value: Scalar
    style: str
    formula: str = ""
    format: str = ""
    field: Field | None = None
    rule: Rule | None = None

    @property
    def ref(self) -> str:
        """Give the address, such as ``B7``."""
        return address(self.row, self.column)


@dataclass(frozen=True)
class Highlight:
    """Cells that change their look while a formula is true; the words in them say the same."""

    area: str
    formula: str
    look: Literal["good", "bad", "attention", "muted", "winner"]


@dataclass(frozen=True)
class Series:
    """One colour of a chart: the cell with its name and the cells with its numbers."""

    name: str
    values: str


@dataclass(frozen=True)
class Chart:
    """A stacked bar chart, one bar for each category."""

    row: int
    column: int
    title: str
    description: str
    axis: str
    top: float
    categories: str
    series: tuple[Series, ...]
    bars: int


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``growing`` rows fit their height to what people type; other heights are fixed."""

    name: str
    cells: tuple[Cell, ...]
    widths: tuple[float, ...]
    heights: Mapping[int, float] = field(default_factory=dict)
    growing: frozenset[int] = frozenset()
    freeze: tuple[int, int] = (0, 0)
    repeat: tuple[int, int] | None = None
    highlights: tuple[Highlight, ...] = ()
    charts: tuple[Chart, ...] = ()
    landscape: bool = True
    colour: str = ""
    one_page: bool = False


@dataclass(frozen=True)
class Workbook:
    """A workbook and what its properties, headers and stamp say.

    Attributes:
        kind: the id of its words in the library, such as ``price-list``.
        part: the lot or the evaluator that it is for.
        code: how people call it, such as ``C1``.
        file: the file's name.
        footer: the words of the page number, with ``&P`` and ``&N`` for page and pages.
    """

    kind: str
    part: str
    code: str
    title: str
    file: str
    author: str
    subject: str
    reference: str
    edition: int
    language: Language
    created: dt.date
    footer: str
    stamp_label: str
    sheets: tuple[Sheet, ...]

    def cells(self) -> Iterator[tuple[Sheet, Cell]]:
        """Give every cell with its sheet."""
        for sheet in self.sheets:
            for cell in sheet.cells:
                yield sheet, cell

    def sheet(self, name: str) -> Sheet:
        """Give a sheet by its name; raises KeyError."""
        return {sheet.name: sheet for sheet in self.sheets}[name]


def column_letter(column: int) -> str:
    """Give a column's letters from its index.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int, *, fixed: bool = False) -> str:
    """Give a cell's address from its indexes, with dollar signs when ``fixed``.

    >>> address(6, 1), address(6, 1, fixed=True)
    ('B7', '$B$7')
    """
    mark = "$" if fixed else ""
    return f"{mark}{column_letter(column)}{mark}{row + 1}"


def area(first: tuple[int, int], last: tuple[int, int], *, fixed: bool = True) -> str:
    """Give an area's address from two corners.

    >>> area((1, 4), (3, 4))
    '$E$2:$E$4'
    """
    return f"{address(*first, fixed=fixed)}:{address(*last, fixed=fixed)}"


def on_sheet(sheet: str, reference: str) -> str:
    """Give a reference to another sheet, quoted as formulas need it.

    >>> on_sheet("Bo's priser", "$A$1")
    "'Bo''s priser'!$A$1"
    """
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{reference}"


def quoted(text: str) -> str:
    """Give a text as it stands inside a formula.

    >>> quoted('6" rør')
    '"6"" rør"'
    """
    escaped = text.replace('"', '""')
    return f'"{escaped}"'


_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""Give a text without the characters that no spreadsheet may hold; line ends become single line feeds.

    >>> clean("a\x07b\r\nc")
    'ab\nc'
    """
    return _ODD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("_x00[01][0-9A-Fa-f]_")


def escaped(text: str) -> str:
    """Give a text as it stands in a file, where ``_x0041_`` would mean the letter A.

    >>> escaped("a_x0041_"), unescaped("a_x005F_x0041_")
    ('a_x005F_x0041_', 'a_x0041_')
    """
    return _ESCAPE.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """Give the text that a file's text means, without control characters.

    openpyxl takes out ``x005F_`` in shared texts but not in others; doing it here too gives the same for both.
    Programs write ``_x000D_`` for the line ends of pasted text.
    """
    return _CONTROL.sub("", text.replace("x005F_", ""))


def sheet_name(text: str, used: frozenset[str] | set[str] = frozenset()) -> str:
    """Give a name that every program accepts for a sheet, unlike the ``used`` ones whatever their case.

    >>> sheet_name("Point: K1/K2"), sheet_name("Nord", {"nord"})
    ('Point- K1-K2', 'Nord (2)')
    """
    bare = re.sub(r"[\[\]:*?/\\]", "-", clean(text)).replace("\n", " ").strip().strip("'") or "-"
    taken = {name.casefold() for name in used}
    name = bare[:MAX_SHEET_NAME].rstrip().rstrip("'")
    number = 1
    while name.casefold() in taken:
        number += 1
        tail = f" ({number})"
        name = bare[: MAX_SHEET_NAME - len(tail)].rstrip() + tail
    return name
