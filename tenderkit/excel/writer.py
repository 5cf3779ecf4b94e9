"""Workbooks as files: written with XlsxWriter, each formula with its value, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import math
import zipfile
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tenderkit.excel import styles
from tenderkit.excel.issued import facts
from tenderkit.excel.sheets import MAX_FORMULA, MAX_TEXT, STAMP_CELL, Cell, Chart, Rule, Sheet, Workbook, escaped
from tenderkit.package import write_parts

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

STAMP_PROPERTY = "tenderkit.stamp"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PROTECTION = {"format_columns": True, "format_rows": True}


def write(workbook: Workbook) -> bytes:
    """Give a workbook's file. The same workbook gives the same bytes.

    Raises:
        ValueError: a text is longer than a cell can hold, or a number is not finite.
    """
    import xlsxwriter  # noqa: PLC0415 - slow to import; only who writes workbooks waits for it

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    stamp = facts(workbook)["stamp"]
    _properties(book, workbook, stamp)
    formats = Formats(book, workbook)
    for number, sheet in enumerate(workbook.sheets):
        page = book.add_worksheet(sheet.name)
        SheetWriter(book, page, workbook, sheet, formats).write(stamp)
        if number == 0:
            page.activate()
    book.close()
    return _finish(buffer.getvalue(), workbook)


def _properties(book: xlsxwriter.Workbook, workbook: Workbook, stamp: str) -> None:
    created = dt.datetime.combine(workbook.created, dt.time())
    book.set_properties(
        {
            "title": workbook.title,
            "subject": workbook.subject,
            "author": workbook.author,
            "comments": "",
            "created": created,
        }
    )
    book.set_custom_property(STAMP_PROPERTY, stamp, "text")


class Formats:
    """The cell formats of a workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook, workbook: Workbook) -> None:
        self._book = book
        self._language = workbook.language
        self._made: dict[tuple[str, str, bool], Format] = {}
        self._looks: dict[str, Format] = {}

    def of(self, role: str, number_format: str = "", *, quote: bool = False) -> Format:
        """Give the format of a role. ``quote`` marks a text that would look like a formula when typed."""
        key = (role, number_format, quote)
        if key not in self._made:
            properties: dict[str, Any] = {"font_name": styles.FONT, "font_size": 11, **styles.ROLES[role]}
            if number_format:
                properties["num_format"] = styles.number_format(number_format, self._language)
            if quote:
                properties["quote_prefix"] = True
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def look(self, name: str) -> Format:
        """Give the format of a highlight."""
        if name not in self._looks:
            self._looks[name] = self._book.add_format(dict(styles.LOOKS[name]))
        return self._looks[name]


class SheetWriter:
    """Writes one sheet."""

    def __init__(
        self, book: xlsxwriter.Workbook, page: Worksheet, workbook: Workbook, sheet: Sheet, formats: Formats
    ) -> None:
        self._book, self._page, self._workbook, self._sheet, self._formats = book, page, workbook, sheet, formats

    def write(self, stamp: str) -> None:
        """Write cells, rules, looks, charts and the page setup."""
        sheet, page = self._sheet, self._page
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width)
        for row, height in sheet.heights.items():
            page.set_row(row, height)
        page.write_string(STAMP_CELL, f"{self._workbook.stamp_label}: {stamp}", self._formats.of("stamp"))
        for cell in sheet.cells:
            self._cell(cell)
            if cell.rule is not None:
                self._rule(cell, cell.rule)
        for highlight in sheet.highlights:
            look = {
                "type": "formula",
                "criteria": "=" + highlight.formula,
                "format": self._formats.look(highlight.look),
            }
            _require(page.conditional_format(highlight.area, look), highlight.area)
        for chart in sheet.charts:
            self._chart(chart)
        self._setup(stamp)

    def _cell(self, cell: Cell) -> None:
        value, page = cell.value, self._page
        starts_odd = isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "'", "\t"}
        look = self._formats.of(cell.style, cell.format, quote=starts_odd and cell.kind != "formula")
        if isinstance(value, str) and len(value) > MAX_TEXT:
            raise ValueError(f"{self._sheet.name}!{cell.ref}: a cell holds at most {MAX_TEXT} characters")
        if len(cell.formula) > MAX_FORMULA:
            raise ValueError(f"{self._sheet.name}!{cell.ref}: a formula has at most {MAX_FORMULA} characters")
        if cell.kind == "formula":
            page.write_formula(cell.row, cell.column, "=" + cell.formula, look, _plain(value))
        elif value is None or value == "":
            page.write_blank(cell.row, cell.column, None, look)
        elif isinstance(value, str):
            page.write_string(cell.row, cell.column, value, look)
        elif isinstance(value, dt.date):
            page.write_datetime(cell.row, cell.column, dt.datetime.combine(value, dt.time()), look)
        else:
            page.write_number(cell.row, cell.column, _number(value), look)

    def _rule(self, cell: Cell, rule: Rule) -> None:
        options: dict[str, Any] = {
            "input_title": rule.prompt_title[:32],
            "input_message": rule.prompt,
            "error_title": rule.prompt_title[:32],
            "error_message": rule.error,
        }
        if rule.kind == "list":
            options |= {"validate": "list", "source": list(rule.options)}
        elif rule.kind == "custom":
            options |= {"validate": "custom", "value": "=" + rule.formula}
        else:
            options |= {"validate": {"whole": "integer"}.get(rule.kind, rule.kind), **_limits(rule)}
        _require(self._page.data_validation(cell.row, cell.column, cell.row, cell.column, options), cell.ref)

    def _chart(self, chart: Chart) -> None:
        drawn = self._book.add_chart({"type": "bar", "subtype": "stacked"})
        font = {"name": styles.FONT, "size": 10}
        for series, colour in zip(chart.series, styles.SERIES * 3, strict=False):
            drawn.add_series(
                {
                    "name": "=" + series.name,
                    "categories": "=" + chart.categories,
                    "values": "=" + series.values,
                    "fill": {"color": colour},
                    "gap": 60,
                }
            )
        drawn.set_title({"name": chart.title, "name_font": {**font, "size": 13}, "overlay": False})
        axis = {"name": chart.axis, "min": 0, "max": chart.top, "name_font": font, "num_font": font}
        # The bars follow the table from the top; "high" keeps the numbers of the axis at the bottom all the same.
        lines = {"visible": True, "line": {"color": styles.LINE, "width": 0.5}}
        drawn.set_x_axis({**axis, "label_position": "high", "major_gridlines": lines})
        drawn.set_y_axis({"reverse": True, "num_font": font})
        drawn.set_legend({"position": "bottom", "font": font})
        drawn.set_size({"width": 900, "height": 150 + 46 * chart.bars})
        place = {"description": chart.description, "object_position": 2}
        self._page.insert_chart(chart.row, chart.column, drawn, place)

    def _setup(self, stamp: str) -> None:
        page, sheet, workbook = self._page, self._sheet, self._workbook
        page.set_paper(9)
        if sheet.landscape:
            page.set_landscape()
        page.fit_to_pages(1, 1 if sheet.one_page else 0)
        page.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.7)
        # A space ends the font size; a text that begins with a digit would be read as part of it.
        page.set_header(f"&L&9 {_ampersands(workbook.author)}&R&9 {_ampersands(workbook.title)}"[:250])
        page.set_footer(f"&L&9 {_ampersands(stamp)}&C&9 &A&R&9 {workbook.footer}"[:250])
        page.hide_gridlines(2)
        page.protect("", _PROTECTION)
        if sheet.repeat:
            page.repeat_rows(*sheet.repeat)
        if sheet.freeze != (0, 0):
            page.freeze_panes(*sheet.freeze)
        if sheet.colour:
            page.set_tab_color(sheet.colour)


def _limits(rule: Rule) -> dict[str, Any]:
    if rule.low is not None and rule.high is not None and not rule.above:
        return {"criteria": "between", "minimum": _number(rule.low), "maximum": _number(rule.high)}
    if rule.low is not None:
        return {"criteria": ">" if rule.above else ">=", "value": _number(rule.low)}
    return {"criteria": "<=", "value": _number(rule.high if rule.high is not None else 0)}


def _require(outcome: object, place: str) -> None:
    """Refuse what XlsxWriter would only warn about and leave out."""
    if outcome not in {0, None}:
        raise ValueError(f"a rule or a highlight of {place} does not fit into a workbook")


def _ampersands(text: str) -> str:
    return text.replace("&", "&&")


def _number(value: Fraction | Decimal | float) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{value} is not a finite number")
    return int(number) if number.is_integer() and abs(number) < 10**15 else number


def _plain(value: object) -> str | float:
    if isinstance(value, dt.date):
        return (value - dt.date(1899, 12, 30)).days
    if isinstance(value, (int, float, Decimal, Fraction)):
        return _number(value)
    return escaped(str(value or ""))


def _finish(data: bytes, workbook: Workbook) -> bytes:
    """Add what XlsxWriter has no call for: a locked structure, rows that grow, and the type of empty results."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    book = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = book.replace(b"<bookViews>", b'<workbookProtection lockStructure="1"/><bookViews>', 1)
    for number, sheet in enumerate(workbook.sheets, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _finish_sheet(parts[name], sheet.growing)
    return write_parts(parts)


def _finish_sheet(data: bytes, growing: frozenset[int]) -> bytes:
    from lxml import etree  # noqa: PLC0415 - as XlsxWriter

    root = etree.fromstring(data)
    for row in root.iter(_MAIN + "row"):
        if int(row.get("r", "0")) - 1 in growing:
            row.attrib.pop("customHeight", "")  # without it the height stays for now and then follows the text
    for cell in root.iter(_MAIN + "c"):
        formula, value = cell.find(_MAIN + "f"), cell.find(_MAIN + "v")
        if formula is not None and value is not None and not value.text:
            cell.set("t", "str")  # an empty text, not a number that is missing
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
