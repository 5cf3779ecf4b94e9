"""What people typed into a workbook, as values: every reading is certain, or it is a problem with its cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tenderkit.excel.differences import clip, differences, wrong_form
from tenderkit.excel.issued import Facts, FieldFacts
from tenderkit.excel.opened import Opened, OpenedCell, open_workbook
from tenderkit.problems import Place, Problem, TenderkitError, nearest
from tenderkit.quantities import AmbiguousNumberError, cell_number, parse_date, parse_number, parse_yes_no

Typed = Decimal | str | bool | dt.date | None
_CPR = re.compile(r"\b(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}-\d{4}\b", re.ASCII)


class Values(dict[str, Typed]):
    """Values by field key; ``places`` remembers the cell that each was read from."""

    def __init__(self, values: Mapping[str, Typed] | None = None, places: Mapping[str, Place] | None = None) -> None:
        super().__init__(values or {})
        self.places: dict[str, Place] = dict(places or {})

    def place(self, key: str) -> Place:
        """Give the cell that a value was read from."""
        return self.places.get(key, Place())


@dataclass
class _Reader:
    """Reads the fields of one file and collects what is wrong."""

    facts: Facts
    opened: Opened
    values: Values = field(default_factory=Values)
    problems: list[Problem] = field(default_factory=list)

    def run(self) -> None:
        """Read every field, then ask for the ones that are missing."""
        for key, about in self.facts["fields"].items():
            self.values.places[key] = Place(
                self.opened.name, sheet=about["sheet"], cell=about["cells"][0], label=clip(about["label"])
            )
            self.values[key] = self._field(key, about)
        reported = {problem.place for problem in self.problems}
        for key, about in self.facts["fields"].items():
            place = self.values.place(key)
            if self.values[key] in {None, ""} and place not in reported and self._wanted(about):
                self.problems.append(
                    Problem(
                        "cell-not-filled",
                        "The cell is empty, but must be filled in.",
                        place,
                        help="Type the value; 0 must be typed as 0.",
                    )
                )

    def _wanted(self, about: FieldFacts) -> bool:
        if about["when"]:
            return about["required"] and self.values.get(about["when"]) is True
        return about["required"]

    def _field(self, key: str, about: FieldFacts) -> Typed:
        sheet = self.opened.sheets.get(about["sheet"])
        if sheet is None:
            return None
        place = self.values.place(key)
        cells = [(ref, sheet.cells[ref]) for ref in about["cells"] if ref in sheet.cells]
        good = [
            cell for ref, cell in cells if self._readable(cell, Place(place.file, 0, place.sheet, ref, place.label))
        ]
        if len(good) < len(cells) or not good:
            return None
        try:
            return self._value(about, good, place)
        except ValueError as error:
            self._refuse(about, str(error), place, ambiguous=isinstance(error, AmbiguousNumberError))
            return None

    def _readable(self, cell: OpenedCell, place: Place) -> bool:
        """Refuse a formula and an error value: what is handed in must be what was typed."""
        if cell.kind == "formula":
            self.problems.append(
                Problem(
                    "formula-in-input",
                    f'A formula stands in the cell: "={clip(str(cell.value))}".',
                    place,
                    help="Type the value itself.",
                    values={"read": clip(str(cell.value))},
                )
            )
        elif cell.kind == "error":
            self.problems.append(
                Problem(
                    "error-in-input",
                    f"The cell shows the error {cell.value}.",
                    place,
                    help="Type the value itself.",
                    values={"read": str(cell.value)},
                )
            )
        return cell.kind not in {"formula", "error"}

    def _refuse(self, about: FieldFacts, reason: str, place: Place, *, ambiguous: bool) -> None:
        names = {"number": "not-a-number", "date": "not-a-date", "yes-no": "not-yes-or-no", "choice": "not-a-choice"}
        identifier = "ambiguous-number" if ambiguous else names.get(about["type"], "wrong-value")
        help_ = {
            "number": "Type the number alone, such as 1234,50 or 1234.50.",
            "date": "Type the date as 2026-12-01 or 01-12-2026.",
            "choice": nearest("", about["options"]),
        }.get(about["type"], "")
        if ambiguous:
            help_ = "Ask the sender which one is meant; type it without a thousands mark."
        self.problems.append(Problem(identifier, f"{reason[:1].upper()}{reason[1:]}.", place, help=help_))

    def _value(self, about: FieldFacts, cells: list[OpenedCell], place: Place) -> Typed:
        first = cells[0]
        if about["type"] == "number":
            return self._number(about, first, place)
        if about["type"] == "date":
            return _date(first)
        if about["type"] == "yes-no":
            return first.value if isinstance(first.value, bool) else parse_yes_no(_text(first))
        text = "\n\n".join(part for part in (_text(cell).strip() for cell in cells) if part)
        if about["type"] == "choice":
            return _choice(text, about["options"])
        return self._checked_text(about, text, place)

    def _number(self, about: FieldFacts, cell: OpenedCell, place: Place) -> Decimal | None:
        number = _typed_number(cell)
        if number is None:
            return None
        decimals = max(0, -int(number.normalize().as_tuple().exponent))
        if decimals > about["decimals"]:
            self.problems.append(
                Problem(
                    "too-many-decimals",
                    f"{number} has more than {about['decimals']} decimals.",
                    place,
                    help="Type the number with the decimals that the form allows; it is never rounded for you.",
                    values={"read": str(number), "decimals": str(about["decimals"])},
                )
            )
            return None
        return number

    def _checked_text(self, about: FieldFacts, text: str, place: Place) -> str | None:
        if _CPR.search(text):
            self.problems.append(
                Problem(
                    "possible-cpr-number",
                    "The text seems to hold a CPR number.",
                    place,
                    level="warning",
                    help="Personal data do not belong here: ask the sender to hand in the file without it.",
                )
            )
        most = about["max_chars"]
        if len(text) <= most:
            return text
        is_answer = len(about["cells"]) > 1
        self.problems.append(
            Problem(
                "text-too-long",
                f"The text has {len(text)} characters; {most} are allowed.",
                place,
                level="warning" if is_answer else "error",
                help="What goes beyond the limit is not evaluated, as the tender says, and was left out."
                if is_answer
                else "Shorten it.",
                values={"read": str(len(text)), "max": str(most)},
            )
        )
        return text[:most] if is_answer else None


def _text(cell: OpenedCell) -> str:
    if cell.kind == "number" and isinstance(cell.value, float):
        return format(cell_number(cell.value), "f")
    if isinstance(cell.value, bool):
        return str(cell.value).lower()
    return cell.value.isoformat() if isinstance(cell.value, dt.date) else str(cell.value)


def _typed_number(cell: OpenedCell) -> Decimal | None:
    if cell.kind == "number" and isinstance(cell.value, float):
        return cell_number(cell.value)
    if cell.kind == "text":
        text = str(cell.value)
        return parse_number(text) if text.strip() else None
    if cell.kind == "date":
        raise ValueError(f"the cell holds the date {cell.value}, not a number; the program may have read 1.5 as 1 May")
    raise ValueError(f'"{_text(cell)}" is not a number')


def _date(cell: OpenedCell) -> dt.date | None:
    if isinstance(cell.value, dt.date):
        return cell.value
    text = _text(cell)
    if cell.kind == "number":
        raise ValueError(f'"{text}" is not a date')
    return parse_date(text) if text.strip() else None


def _choice(text: str, options: Iterable[str]) -> str | None:
    if not text:
        return None
    found = next((option for option in options if option.casefold() == text.casefold()), None)
    if found is None:
        raise ValueError(f'"{clip(text)}" is none of the words that can be chosen')
    return found


def read(facts: Facts, data: bytes, name: str) -> tuple[Values, list[Problem]]:
    """Read a filled workbook: the typed value of each field, and everything that is wrong.

    The file is compared with what was issued. A text that begins with ``=`` stays text; a formula in a yellow cell is
    refused. A blank or unreadable field gives None; another form gives no values at all.
    """
    try:
        opened = open_workbook(data, name)
    except TenderkitError as error:
        return Values(), list(error.problems)
    problems = differences(facts, opened)
    if wrong_form(facts, opened) is not None:
        return Values(), problems
    reader = _Reader(facts, opened)
    reader.run()
    return reader.values, [*problems, *reader.problems]
