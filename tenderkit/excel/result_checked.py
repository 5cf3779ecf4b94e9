"""Minimums and stages in rows: what was reached, the limit, whether it is met now, and whether that is as it was."""

from __future__ import annotations

from tenderkit.excel.draft import Draft
from tenderkit.excel.result_book import ResultBook
from tenderkit.excel.sheets import address, area, quoted

#: Two numbers that differ by less, in proportion, are the same: a spreadsheet has about 15 digits.
_NEAR = "0.000000000001"


def met(operator: str, value: str, limit: str) -> str:
    """Give the condition that a value meets a limit, where numbers that only differ in the last digits are the same.

    >>> met("=", "B2", "C2")
    'ABS(B2-C2)<=0.000000000001*MAX(ABS(B2),ABS(C2))'
    """
    same = f"ABS({value}-{limit})<={_NEAR}*MAX(ABS({value}),ABS({limit}))"
    match operator:
        case "=":
            return same
        case "<>":
            return f"NOT({same})"
        case "<=" | ">=":
            return f"OR({value}{operator[0]}{limit},{same})"
        case _:
            return f"AND({value}{operator}{limit},NOT({same}))"


def outcome(book: ResultBook, draft: Draft, column: int, formula: str, *, kept: bool) -> None:
    """Put whether the conditions are met, whether they were when the result was made, and the alarm if that differs.

    The formula gives yes, no or missing; ``kept`` is what it gave when the result was made.
    """
    words, row = book.frame.words, draft.row
    word = words.yes if kept else words.no
    draft.formula(row, column, formula, word, "status")
    draft.text(row, column + 1, word, "status")
    live, fixed = address(row, column), address(row, column + 1)
    missing, good, again = (quoted(words(name)) for name in ("missing", "ok", "again"))
    check = f"IF({live}={missing},{missing},IF({live}={fixed},{good},{again}))"
    draft.formula(row, column + 2, check, words("ok"), "status")


def colours(book: ResultBook, draft: Draft, column: int, rows: tuple[int, int]) -> None:
    """Colour the outcome and the alarm, and note the alarm's area in the book."""
    words, (first, last) = book.frame.words, rows
    live = area((first, column), (last, column), fixed=False)
    draft.highlight(live, f"{address(first, column)}={quoted(words.yes)}", "good")
    draft.highlight(live, f"{address(first, column)}={quoted(words.no)}", "attention")
    check = area((first, column + 2), (last, column + 2), fixed=False)
    draft.highlight(check, f"{address(first, column + 2)}={quoted(words('ok'))}", "good")
    draft.highlight(check, f"{address(first, column + 2)}={quoted(words('again'))}", "bad")
    book.alarms.append(draft.span((first, column + 2), (last, column + 2)))
