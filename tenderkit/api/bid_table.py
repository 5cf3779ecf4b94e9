"""Bids in a CSV file, for trying a model: read with either separator, in Danish or in English writing of numbers.

The file comes from anywhere, so its size is bounded, names are taken as plain text, and no number is guessed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from tenderkit.evaluation.calculator import Entry
from tenderkit.problems import Place, Problem, TenderkitError, nearest
from tenderkit.quantities import parse_number

BIDDER = "bidder"
MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 1_000_000, 2_000, 60
LONGEST_NUMBER, LONGEST_NAME = 40, 200
_SEPARATORS = (";", "\t", ",")
_HOW = "Save the sheet as CSV with a header, such as: bidder;price"


@dataclass
class BidTable:
    """What a file says: the rows that could be read, and what is wrong with the others."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_bids(path: Path, columns: Sequence[str], criteria: Sequence[str]) -> BidTable:
    """Give the bids of a file; rows with a problem are left out of the entries.

    Args:
        path: the CSV file, with the columns ``bidder`` and those named here.
        columns: the columns that the model works on: ``price``, ``offer`` or ``score``.
        criteria: the criteria of an award model, each a column with the bids' points.

    Raises:
        TenderkitError: the file cannot be read, or is no table with these columns.
    """
    name = path.name
    rows = list(_rows(_text(path), name))
    if not rows:
        raise TenderkitError(Problem("bids-empty", "The file has no header and no bids.", Place(name), help=_HOW))
    header = [cell.strip() for cell in rows[0][1]]
    problems = list(_header_problems(header, [BIDDER, *columns, *criteria], Place(name, rows[0][0])))
    if problems:
        raise TenderkitError(problems)
    found = BidTable()
    seen: dict[str, int] = {}
    for line, cells in rows[1:]:
        _read_row(found, dict(enumerate(_keys(header, columns, criteria))), cells, Place(name, line), seen)
    return found


def _text(path: Path) -> str:
    """Give the file's text: UTF-8, or what Windows spreadsheets write."""
    name = path.name
    try:
        if path.stat().st_size > MOST_BYTES:
            message = f"The file has more than {MOST_BYTES} bytes."
            raise TenderkitError(Problem("file-too-large", message, Place(name), help="Give the bids and no more."))
        data = path.read_bytes()
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        raise TenderkitError(Problem("file-unreadable", message, Place(str(path)), help=_HOW)) from error
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TenderkitError(Problem("not-text", "The file is no text.", Place(name), help=f"{_HOW} (UTF-8)."))


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that are not blank, each with its line."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((mark for mark in _SEPARATORS if mark in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    count = 0
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if count > MOST_ROWS + 1 or len(cells) > MOST_COLUMNS:
                message = f"The file has more than {MOST_ROWS} bids or {MOST_COLUMNS} columns."
                raise TenderkitError(Problem("file-too-large", message, Place(name, reader.line_num), help=_HOW))
            yield reader.line_num, cells
    except csv.Error as error:
        message = f"The line cannot be read: {error}."
        raise TenderkitError(Problem("broken-csv", message, Place(name, reader.line_num), help=_HOW)) from error


def _header_problems(header: Sequence[str], wanted: Sequence[str], place: Place) -> Iterator[Problem]:
    known = {name.lower(): name for name in wanted}
    lowered = [name.lower() for name in header]
    for name in wanted:
        if name.lower() not in lowered:
            message = f'The header has no column "{name}".'
            yield Problem("column-missing", message, place, help=f"Columns: {', '.join(wanted)}.")
    for index, name in enumerate(lowered):
        if name not in known:
            advice = nearest(header[index], wanted)
            message = f'The column "{header[index]}" has no meaning here.'
            how = "An award model knows it by --weight or --amount; otherwise remove it."
            yield Problem("column-unknown", message, place, help=f"{advice} {how}".strip())
        elif name in lowered[:index]:
            yield Problem("column-repeated", f'The column "{header[index]}" stands twice.', place, help="Keep one.")


def _keys(header: Sequence[str], columns: Sequence[str], criteria: Sequence[str]) -> list[str]:
    """Give the columns' names as they were asked for."""
    known = {name.lower(): name for name in (BIDDER, *columns, *criteria)}
    return [known[name.lower()] for name in header]


def _read_row(found: BidTable, keys: dict[int, str], cells: Sequence[str], place: Place, seen: dict[str, int]) -> None:
    problems: list[Problem] = []
    if len(cells) != len(keys):
        message = f"The row has {len(cells)} cells, and the header has {len(keys)}."
        advice = "Numbers with a decimal comma need semicolons between the columns, or quotation marks."
        found.problems.append(Problem("row-uneven", message, place, help=advice))
        return
    row = {keys[index]: cell.strip() for index, cell in enumerate(cells)}
    bidder = row.pop(BIDDER)
    if wrong := _name_problem(bidder, place, seen):
        problems.append(wrong)
    numbers: dict[str, Decimal] = {}
    for key, cell in row.items():
        try:
            numbers[key] = _number(cell)
        except ValueError as error:
            label = Place(place.file, place.line, label=key)
            problems.append(Problem("number-unclear", f"{error}.", label, help="A blank is not 0."))
    found.problems += problems
    if not problems:
        own = {name: numbers.pop(name, None) for name in ("price", "offer", "score")}
        found.entries.append(Entry(bidder, own["price"], own["offer"], own["score"], numbers, place))


def _name_problem(bidder: str, place: Place, seen: dict[str, int]) -> Problem | None:
    where = Place(place.file, place.line, label=BIDDER)
    if not bidder or len(bidder) > LONGEST_NAME or not bidder.isprintable():
        message = f"A bidder has a name of 1 to {LONGEST_NAME} letters and signs."
        return Problem("bidder-unclear", message, where, help="Type the name again.")
    if bidder in seen:
        message = f'"{bidder}" stands on line {seen[bidder]} too.'
        return Problem("bidder-repeated", message, where, help="Keep one row for each bid.")
    seen[bidder] = place.line
    return None


def _number(cell: str) -> Decimal:
    if not cell:
        raise ValueError("the number is missing")
    if len(cell) > LONGEST_NUMBER:
        raise ValueError(f"a number has at most {LONGEST_NUMBER} signs")
    return parse_number(cell)
