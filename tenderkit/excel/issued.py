"""What must still stand in a workbook when it comes back: texts, numbers, formulas, and where the answers are.

The facts are kept outside the workbook, in the lock of the published edition. A hash inside the file alone would
prove nothing: whoever can change a cell can change the hash.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypedDict

from tenderkit.excel.sheets import Cell, Field, Scalar, Workbook, clean
from tenderkit.quantities import as_decimal, cell_number

HASH_LENGTH = 12


class FieldFacts(TypedDict):
    """Where a field's cells are, and what may stand in them."""

    type: str
    label: str
    sheet: str
    cells: list[str]
    required: bool
    when: str
    decimals: int
    max_chars: int
    options: list[str]


class SheetFacts(TypedDict):
    """A sheet's fixed cells: address to ``text:…``, ``number:…`` or ``formula:…``."""

    name: str
    cells: dict[str, str]


class Facts(TypedDict):
    """The facts of a workbook, ready for JSON."""

    kind: str
    part: str
    code: str
    reference: str
    edition: int
    stamp: str
    sheets: list[SheetFacts]
    fields: dict[str, FieldFacts]


def facts(workbook: Workbook) -> Facts:
    """Give a workbook's facts. They hold neither its looks nor the version that wrote it."""
    sheets: list[SheetFacts] = [
        {
            "name": sheet.name,
            "cells": {cell.ref: _fixed(cell) for cell in sheet.cells if cell.kind != "input"},
        }
        for sheet in workbook.sheets
    ]
    fields: dict[str, FieldFacts] = {}
    for sheet, cell in workbook.cells():
        if cell.field is None:
            continue
        known = fields.setdefault(cell.field.key, _field(cell.field, sheet.name))
        if known["sheet"] != sheet.name:
            raise ValueError(f'the field "{cell.field.key}" stands on two sheets')
        known["cells"].append(cell.ref)
    body = {"kind": workbook.kind, "part": workbook.part, "sheets": sheets, "fields": fields}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]
    return {
        "kind": workbook.kind,
        "part": workbook.part,
        "code": workbook.code,
        "reference": workbook.reference,
        "edition": workbook.edition,
        "stamp": str(Stamp(workbook.reference, workbook.edition, f"{workbook.code} {workbook.part}".strip(), digest)),
        "sheets": sheets,
        "fields": fields,
    }


def _field(field: Field, sheet: str) -> FieldFacts:
    return {
        "type": field.type,
        "label": field.label,
        "sheet": sheet,
        "cells": [],
        "required": field.required,
        "when": field.when,
        "decimals": field.decimals,
        "max_chars": field.max_chars,
        "options": list(field.options),
    }


def _fixed(cell: Cell) -> str:
    if cell.kind == "formula":
        return "formula:" + normal_formula(cell.formula)
    if cell.kind == "number":
        return "number:" + normal_number(cell.value)
    return "text:" + normal_text(str(cell.value))


def normal_number(value: Scalar | float) -> str:
    """Give a number as the 15 digits that every program keeps.

    >>> normal_number(Fraction(3096, 10)), normal_number(309.6)
    ('309.6', '309.6')
    """
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (Fraction, Decimal, int)):
        return str(as_decimal(cell_number(float(value)), 15))
    if isinstance(value, float):
        return str(as_decimal(cell_number(value), 15))
    return str(value)


def normal_text(text: str) -> str:
    """Give a text without the differences that a mere save makes."""
    return "\n".join(line.rstrip() for line in clean(text).split("\n")).rstrip()


_PARTS = re.compile(r'("(?:[^"]|"")*")|(?:\'((?:[^\']|\'\')*)\'(?=!))')
_NUMBER = re.compile(r"(?<![A-Z0-9_.ÆØÅ])\d+(?:\.\d+)?(?:E[+-]?\d+)?(?![A-Z0-9_.(!])")


def normal_formula(formula: str) -> str:
    """Give a formula without the differences that a mere save makes.

    Programs differ in dollar signs, spaces, the case of functions, quotes around sheet names, prefixes of newer
    functions and the writing of numbers; texts inside the formula stay as they are.

    >>> normal_formula("=sum( $A$1:$A$3 )*1.0 & 'Ark'!B2") == normal_formula("SUM(A1:A3)*1&Ark!B2")
    True
    """
    out: list[str] = []
    end = 0
    bare = formula.removeprefix("=")
    for match in _PARTS.finditer(bare):
        out.append(_normal_code(bare[end : match.start()]))
        out.append(match[1] if match[1] is not None else match[2].upper().replace(" ", ""))
        end = match.end()
    out.append(_normal_code(bare[end:]))
    return "".join(out)


def _normal_code(code: str) -> str:
    squeezed = re.sub(r"[\s$]+", "", code).upper().replace("_XLFN.", "")
    squeezed = squeezed.replace("TRUE()", "TRUE").replace("FALSE()", "FALSE")
    return _NUMBER.sub(lambda number: str(as_decimal(Decimal(number[0]), 15)), squeezed)


@dataclass(frozen=True)
class Stamp:
    """The edition stamp on every sheet: which tender, edition and form a file belongs to, and a hash of its cells."""

    reference: str
    edition: int
    form: str
    digest: str

    def __str__(self) -> str:
        """Give the stamp as it is printed."""
        return f"{self.reference} / {self.edition} / {self.form} / {self.digest}"


def parse_stamp(text: str) -> Stamp | None:
    """Read a printed stamp, with or without the label before it; None when the text is no stamp.

    >>> parse_stamp("Udgavestempel: 2026-114 / 2 / C1 nord / 0a1b2c3d4e5f").edition
    2
    """
    match = re.fullmatch(r"(?:[^:]*: )?(.+) / (\d{1,6}) / ([^/]+) / ([0-9a-f]{12})", text.strip(), re.ASCII)
    return Stamp(match[1], int(match[2]), match[3], match[4]) if match else None
