"""A returned workbook, opened within bounds: what stands in each cell, and of which kind it is."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tenderkit.excel.issued import Stamp, parse_stamp
from tenderkit.excel.sheets import STAMP_CELL, clean, unescaped
from tenderkit.package import read_parts
from tenderkit.problems import Place, Problem, TenderkitError

MAX_SHEETS = 60
MAX_SHEET_BYTES = 12_000_000
MAX_CELLS = 200_000

SheetCellKind = Literal["number", "text", "formula", "date", "yes-no", "error"]


@dataclass(frozen=True)
class OpenedCell:
    """A filled cell: ``value`` is a float, a text, a date or a bool; of a formula, its text without the equals sign."""

    kind: SheetCellKind
    value: str | float | dt.date | bool


@dataclass(frozen=True)
class OpenedSheet:
    """A sheet: its filled cells by address, and what was done to it."""

    name: str
    cells: Mapping[str, OpenedCell]
    protected: bool
    hidden: tuple[str, ...]
    visible: bool


@dataclass(frozen=True)
class Opened:
    """A workbook that could be opened."""

    name: str
    sheets: Mapping[str, OpenedSheet]

    def stamps(self) -> dict[str, Stamp | None]:
        """Give the edition stamp of each sheet; None where it is missing or cannot be read."""
        cells = {name: sheet.cells.get(STAMP_CELL) for name, sheet in self.sheets.items()}
        return {name: parse_stamp(str(cell.value)) if cell else None for name, cell in cells.items()}


def open_workbook(data: bytes, name: str) -> Opened:
    """Open a returned workbook.

    Raises:
        TenderkitError: the file is no workbook, is too large, or holds macros or links to other files.
    """
    parts = read_parts(data, name)
    _check_parts(parts, name)
    import openpyxl  # noqa: PLC0415 - slow to import; only who reads workbooks waits for it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of parts that it leaves out; they are not read here
            book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
        sheets = {page.title: _sheet(page) for page in book.worksheets}
    except Exception as error:  # openpyxl raises whatever a broken file provokes
        raise TenderkitError(_broken(name)) from error
    return Opened(name, sheets)


def _broken(name: str) -> Problem:
    return Problem(
        "not-a-workbook",
        "The file cannot be read as an Excel workbook.",
        Place(name),
        help="Open it in Excel or LibreOffice, save it as .xlsx, and hand it in again.",
    )


def _check_parts(parts: Mapping[str, bytes], name: str) -> None:
    place = Place(name)
    kinds = parts.get("[Content_Types].xml", b"")
    if "xl/workbook.xml" not in parts and b"spreadsheetml.sheet.main" not in kinds:
        raise TenderkitError(_broken(name))
    lowered = [part.lower() for part in parts]
    if any("vbaproject" in part for part in lowered) or b"macroEnabled" in kinds:
        raise TenderkitError(
            Problem("macros-in-workbook", "The workbook holds macros.", place, help="Save it as .xlsx without macros.")
        )
    if any(part.startswith("xl/externallinks/") for part in lowered):
        raise TenderkitError(
            Problem(
                "links-in-workbook",
                "The workbook takes values from other files.",
                place,
                help="Type the values instead of linking to them, and hand the file in again.",
            )
        )
    sheets = [content for part, content in parts.items() if part.lower().startswith("xl/worksheets/sheet")]
    if len(sheets) > MAX_SHEETS or any(len(content) > MAX_SHEET_BYTES for content in sheets):
        raise TenderkitError(
            Problem(
                "file-too-large",
                "The workbook is larger than a form can be.",
                place,
                help="Use the form that was issued, and fill in its yellow cells only.",
            )
        )
    # A document type may hide behind a long comment; no program writes one into a workbook.
    if any(b"<!ENTITY" in content or content[:2] in {b"\xff\xfe", b"\xfe\xff"} for content in parts.values()):
        raise TenderkitError(Problem("unsafe-office-file", "A part of the workbook declares entities.", place))


def _sheet(page: Any) -> OpenedSheet:
    found = page._cells  # noqa: SLF001 - only the cells that are there; iter_rows would visit all in between
    if len(found) > MAX_CELLS:
        raise ValueError("too many cells")
    cells = {cell.coordinate: opened for cell in found.values() if (opened := _cell(cell)) is not None}
    rows = [str(number) for number, row in page.row_dimensions.items() if row.hidden]
    columns = [letter for letter, column in page.column_dimensions.items() if column.hidden]
    return OpenedSheet(
        name=page.title,
        cells=cells,
        protected=bool(page.protection.sheet),
        hidden=(*rows, *columns),
        visible=page.sheet_state == "visible",
    )


def _cell(cell: Any) -> OpenedCell | None:
    value = cell.value
    if value is None or value == "":
        return None
    if cell.data_type == "f":
        text = value if isinstance(value, str) else getattr(value, "text", None) or "?"
        return OpenedCell("formula", str(text).removeprefix("="))
    if cell.data_type == "e":
        return OpenedCell("error", str(value))
    return _typed(value)


def _typed(value: object) -> OpenedCell:
    """Give a plain value with its kind; a time without a date stays as text."""
    if isinstance(value, bool):
        return OpenedCell("yes-no", value)
    if isinstance(value, dt.date):
        return OpenedCell("date", value.date() if isinstance(value, dt.datetime) else value)
    if isinstance(value, (int, float)):
        return OpenedCell("number", float(value))
    return OpenedCell("text", clean(unescaped(str(value))))
