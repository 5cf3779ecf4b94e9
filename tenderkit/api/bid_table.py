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
from tenderkit.quantities import AmbiguousNumberError, parse_number

BIDDER = "bidder"
MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 1_000_000, 2_000, 60
LONGEST_NUMBER, LONGEST_NAME = 40, 200
_SEPARATORS = (";", "\t", ",")
_UNKNOWN = "An award model knows it by --weight or --amount; otherwise remove it."
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
    rows = read_rows(path, _HOW)
    header = [cell.strip() for cell in rows[0][1]]
    problems = list(header_problems(header, [BIDDER, *columns, *criteria], Place(name, rows[0][0]), _UNKNOWN))
    if problems:
        raise TenderkitError(problems)
    found = BidTable()
    seen: dict[str, int] = {}
    for line, cells in rows[1:]:
        _read_row(found, dict(enumerate(_keys(header, columns, criteria))), cells, Place(name, line), seen)
    return found


def read_rows(path: Path, how: str) -> list[tuple[int, list[str]]]:
    """Give the header and the rows that are not blank, each with its line.

    Args:
        path: the CSV file.
        how: how such a file is made, for the problems.

    Raises:
        TenderkitError: the file cannot be read, is too large, or is empty.
    """
    rows = list(_rows(_text(path, how), path.name, how))
    if not rows:
        raise TenderkitError(Problem("bids-empty", "The file has no header and no bids.", Place(path.name), help=how))
    return rows


def _text(path: Path, how: str) -> str:
    """Give the file's text: UTF-8, or what Windows spreadsheets write."""
    name = path.name
    try:
        if path.stat().st_size > MOST_BYTES:
            message = f"The file has more than {MOST_BYTES} bytes."
            raise TenderkitError(Problem("file-too-large", message, Place(name), help="Give the bids and no more."))
        data = path.read_bytes()
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        raise TenderkitError(Problem("file-unreadable", message, Place(str(path)), help=how)) from error
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TenderkitError(Problem("not-text", "The file is no text.", Place(name), help=f"{how} (UTF-8)."))


def _rows(text: str, name: str, how: str) -> Iterator[tuple[int, list[str]]]:
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
                raise TenderkitError(Problem("file-too-large", message, Place(name, reader.line_num), help=how))
            yield reader.line_num, cells
    except csv.Error as error:
        message = f"The line cannot be read: {error}."
        raise TenderkitError(Problem("broken-csv", message, Place(name, reader.line_num), help=how)) from error


def header_problems(
    header: Sequence[str], wanted: Sequence[str], place: Place, unknown: str = "Remove it."
) -> Iterator[Problem]:
    """Give what is wrong with a header: columns that lack, that are not known, or that stand twice."""
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
            yield Problem("column-unknown", message, place, help=f"{advice} {unknown}".strip())
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
    if wrong := name_problem(bidder, place):
        problems.append(wrong)
    elif bidder in seen:
        message = f'"{bidder}" stands on line {seen[bidder]} too.'
        where = Place(place.file, place.line, label=BIDDER)
        problems.append(Problem("bidder-repeated", message, where, help="Keep one row for each bid."))
    seen.setdefault(bidder, place.line)
    numbers: dict[str, Decimal] = {}
    for key, cell in row.items():
        try:
            numbers[key] = read_number(cell)
        except ValueError as error:
            label = Place(place.file, place.line, label=key)
            problems.append(Problem("number-unclear", f"{error}.", label, help=number_advice(cell, error)))
    found.problems += problems
    if not problems:
        own = {name: numbers.pop(name, None) for name in ("price", "offer", "score")}
        found.entries.append(Entry(bidder, own["price"], own["offer"], own["score"], numbers, place))


def name_problem(bidder: str, place: Place) -> Problem | None:
    """Give what is wrong with a bidder's name: it must be there, and be plain text."""
    if bidder and len(bidder) <= LONGEST_NAME and bidder.isprintable():
        return None
    message = f"A bidder has a name of 1 to {LONGEST_NAME} letters and signs."
    return Problem("bidder-unclear", message, Place(place.file, place.line, label=BIDDER), help="Type the name again.")


def read_number(cell: str) -> Decimal:
    """Give a cell's number; ValueError says what is wrong with it."""
    if not cell:
        raise ValueError("the number is missing")
    if len(cell) > LONGEST_NUMBER:
        raise ValueError(f"a number has at most {LONGEST_NUMBER} signs")
    return parse_number(cell)


def number_advice(cell: str, error: ValueError) -> str:
    """Tell what to do about a cell whose number could not be read.

    >>> number_advice("1.234", AmbiguousNumberError())
    'Write 1234 where the mark parts thousands, or 1.2340 where it is a decimal mark.'
    """
    if not cell:
        return "A blank is not 0."
    if isinstance(error, AmbiguousNumberError):
        whole = cell.replace(".", "").replace(",", "")
        return f"Write {whole} where the mark parts thousands, or {cell}0 where it is a decimal mark."
    return "Write it in digits, such as 1234.50 or 1234,50."
