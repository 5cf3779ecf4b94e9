"""Fill a workbook as a person would: what is typed lands in the yellow cells, nothing else changes."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tenderkit.excel.draft import MAX_HEIGHT, line_count
from tenderkit.excel.issued import Facts, FieldFacts
from tenderkit.excel.sheets import clean, escaped
from tenderkit.excel.styles import NORMAL_LINE, PADDING
from tenderkit.package import read_parts, write_parts

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def fill(data: bytes, facts: Facts, values: Mapping[str, object]) -> bytes:
    """Give the workbook with values typed in: texts stay texts, numbers, dates and yes or no become such cells.

    A long text is spread over the cells of its field, a paragraph in each. Results of formulas are taken out, as they
    no longer hold; every program calculates them when it opens the file. Equal input gives equal bytes.

    Raises:
        KeyError: a value has no field.
    """
    parts = read_parts(data, facts["code"])
    pages = _sheet_parts(parts)
    typed: dict[str, dict[str, object]] = {}
    for key, value in values.items():
        about = facts["fields"][key]
        typed.setdefault(about["sheet"], {}).update(_cells(about, value))
    for sheet, part in pages.items():
        parts[part] = _fill_sheet(parts[part], typed.get(sheet, {}))
    return write_parts(parts)


def _cells(about: FieldFacts, value: object) -> dict[str, object]:
    refs = about["cells"]
    if not isinstance(value, str) or len(refs) == 1:
        return {refs[0]: value}
    paragraphs = [part for part in clean(value).split("\n\n") if part.strip()]
    head, tail = paragraphs[: len(refs) - 1], paragraphs[len(refs) - 1 :]
    return dict(zip(refs, [*head, "\n\n".join(tail)] if tail else head, strict=False))


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    from lxml import etree  # noqa: PLC0415 - slow to import

    relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {relation.get("Id"): str(relation.get("Target")) for relation in relations}
    book = etree.fromstring(parts["xl/workbook.xml"])
    return {
        str(sheet.get("name")): posixpath.normpath(posixpath.join("xl", targets[sheet.get(_RELATION)])).lstrip("/")
        for sheet in book.iter(_MAIN + "sheet")
    }


def _fill_sheet(data: bytes, typed: Mapping[str, object]) -> bytes:
    from lxml import etree  # noqa: PLC0415 - as above

    root = etree.fromstring(data)
    widths = {
        number: float(about.get("width", "8.4"))
        for about in root.iter(_MAIN + "col")
        for number in range(int(about.get("min", "1")), int(about.get("max", "1")) + 1)
    }
    left = dict(typed)
    for row in root.iter(_MAIN + "row"):
        for cell in row:
            if cell.find(_MAIN + "f") is not None:
                _forget_result(cell)
            ref = str(cell.get("r"))
            if ref in left:
                value = left.pop(ref)
                _type(cell, value)
                if isinstance(value, str):
                    _let_grow(row, value, widths.get(_column(ref), 8.4))
    if left:
        raise KeyError(f"the sheet has no cells {', '.join(left)}")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _column(ref: str) -> int:
    """Give a column's number, counted from 1.

    >>> _column("B7"), _column("AB12")
    (2, 28)
    """
    number = 0
    for letter in ref.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


def _let_grow(row: Any, text: str, width: float) -> None:
    """Make a row high enough for a text, as programs do when someone types it; rows of fixed height stay."""
    if row.get("customHeight") is None:
        needed = line_count(text, width) * NORMAL_LINE + PADDING
        row.set("ht", f"{min(MAX_HEIGHT, max(needed, float(row.get('ht', '0')))):g}")


def _forget_result(cell: Any) -> None:
    for value in cell.findall(_MAIN + "v"):
        cell.remove(value)
    cell.attrib.pop("t", None)


def _type(cell: Any, value: object) -> None:
    from lxml import etree  # noqa: PLC0415 - as above

    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if value is None or value == "":
        return
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        holder = etree.SubElement(etree.SubElement(cell, _MAIN + "is"), _MAIN + "t")
        holder.text = escaped(clean(value))
        holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return
    if isinstance(value, bool):
        cell.set("t", "b")
    etree.SubElement(cell, _MAIN + "v").text = _number(value)


def _number(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.date):
        return str((value - dt.date(1899, 12, 30)).days)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, (int, Decimal)):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    raise TypeError(f"{value!r} cannot be typed into a cell")
