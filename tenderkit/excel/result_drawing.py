"""The sheet of a drawing of lots by a public number: each round live, so that anybody can repeat it.

Spreadsheets divide large numbers with a remainder badly: MOD gives an error where the quotient is large, and INT may
round a long decimal up. The number is therefore divided in two parts of few digits, as on paper.
"""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.evaluation.drawing import PublicDrawing, Round
from tenderkit.excel.draft import Draft
from tenderkit.excel.result_book import ResultBook
from tenderkit.excel.sheets import Sheet, address, area

_ROUND, _NUMBER, _LEFT, _REMAINDER, _QUOTIENT, _DRAWN, _LIST = range(7)
_PART = "10^6"  # the lower part of the number has six digits


def drawing_sheet(book: ResultBook, drawing: PublicDrawing | None) -> list[Sheet]:
    """Give the sheet; none where lots were not drawn by a number."""
    if drawing is None:
        return []
    words = book.frame.words
    draft = book.frame.draft("drawing", (10, 20, 12, 10, 20, 32, *(28 for _ in drawing.listed)))
    published = book.frame.plan.tender.award.drawing
    if published is not None:
        draft.remark(words("drawing_number", number=published.number))
    draft.remark(words("drawing_note"))
    draft.row += 1
    heads = ("round", "drawing_divided", "drawing_left", "drawing_rest", "drawing_quotient", "drawing_drawn")
    draft.headings(draft.row, [words(name) for name in heads])
    draft.headings(draft.row + 1, ["", "", "", "", "", words("drawing_place")])
    for place in range(len(drawing.listed)):
        draft.text(draft.row, _LIST + place, words("drawing_list") if place == 0 else "", "head")
        draft.number(draft.row + 1, _LIST + place, place, "0", "head")
    head = draft.row + 1
    names = {bid.bidder: bid.name for bid in book.bids}
    left = list(drawing.listed)
    for number, each in enumerate(drawing.rounds, start=1):
        draft.row = head + number
        _round(draft, number, each, "0" * len(drawing.number))
        _listed(book, draft, head, number, left)
        own = area((draft.row, _LIST), (draft.row, _LIST + each.left - 1), fixed=False)
        found = f"INDEX({own},{address(draft.row, _REMAINDER)}+1)"
        draft.formula(draft.row, _DRAWN, found, names[each.bidder], "strong")
        left.remove(each.bidder)
    return [draft.finish(repeat=(head - 1, head))]


def _round(draft: Draft, number: int, each: Round, digits: str) -> None:
    """Put a round's division; the first number is the public one, with the zeros in front that it was written with."""
    row = draft.row
    divided, left, rest = (address(row, column) for column in (_NUMBER, _LEFT, _REMAINDER))
    draft.number(row, _ROUND, number, "0")
    if number == 1:
        draft.number(row, _NUMBER, each.number, digits)
        draft.number(row, _LEFT, each.left, "0")
    else:
        draft.formula(row, _NUMBER, address(row - 1, _QUOTIENT), each.number, "number", "0")
        draft.formula(row, _LEFT, f"{address(row - 1, _LEFT)}-1", each.left, "number", "0")
    upper = f"MOD(INT({divided}/{_PART}),{left})*{_PART}"
    draft.formula(row, _REMAINDER, f"MOD({upper}+MOD({divided},{_PART}),{left})", each.remainder, "result", "0")
    draft.formula(row, _QUOTIENT, f"INT(({divided}-{rest})/{left})", each.quotient, "number", "0")


def _listed(book: ResultBook, draft: Draft, head: int, number: int, left: Sequence[str]) -> None:
    """Put those who are left: the list as it was published, then each time without the one who was drawn."""
    row = draft.row
    names = {bid.bidder: bid.name for bid in book.bids}
    for place, bidder in enumerate(left):
        if number == 1:
            formula = book.names[bidder]
        else:
            above, after = address(row - 1, _LIST + place), address(row - 1, _LIST + place + 1)
            formula = f"IF({address(head, _LIST + place)}<{address(row - 1, _REMAINDER)},{above},{after})"
        draft.formula(row, _LIST + place, formula, names[bidder], "label")
