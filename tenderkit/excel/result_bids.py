"""The sheet with the bids: unit prices, published quantities, evaluated prices, and who takes part."""

from __future__ import annotations

from tenderkit.evaluation.price import evaluated_price
from tenderkit.evaluation.spec import Bid
from tenderkit.excel.draft import Draft
from tenderkit.excel.result_book import ResultBook
from tenderkit.excel.sheets import Sheet, address, area, quoted


def bids_sheet(book: ResultBook) -> Sheet:
    """Give the sheet, and note in the book where each bid's name, admission and price stand."""
    words, lines = book.frame.words, book.spec.price_lines
    draft = book.frame.draft("bids", (6, 36, 12, *(22 for _ in lines), 24, 24, 46))
    draft.remark(words("bids_note"))
    draft.row += 1
    heads = [words(name) for name in ("number", "bidder", "admitted")]
    heads += [words("price_of", line=line.id, label=line.label) for line in lines]
    draft.headings(draft.row, [*heads, words("evaluated_price"), words("price_admitted"), words("grounds")])
    head = draft.row
    draft.row += 1
    for column in (0, 2, 3 + len(lines), 4 + len(lines), 5 + len(lines)):
        draft.text(draft.row, column, "", "strong")
    draft.text(draft.row, 1, words("quantity"), "strong")
    for column, line in enumerate(lines, start=3):
        draft.number(draft.row, column, line.quantity)
    quantities = area((draft.row, 3), (draft.row, 2 + len(lines)))
    first = draft.row + 1
    for number, bid in enumerate(book.bids, start=1):
        draft.row += 1
        _row(book, draft, bid, number, quantities)
    book.admitted_prices = draft.span((first, 4 + len(lines)), (max(first, draft.row), 4 + len(lines)))
    no = quoted(words.no)
    rows = area((first, 0), (max(first, draft.row), 5 + len(lines)), fixed=False)
    draft.highlight(rows, f"$C{first + 1}={no}", "muted")
    return draft.finish(freeze=(head + 1, 2), repeat=(head, head))


def _row(book: ResultBook, draft: Draft, bid: Bid, number: int, quantities: str) -> None:
    words, lines, row = book.frame.words, book.spec.price_lines, draft.row
    draft.number(row, 0, number, "0")
    draft.text(row, 1, bid.name)
    draft.text(row, 2, words.yes if bid.admitted else words.no, "status")
    for column, line in enumerate(lines, start=3):
        price = bid.prices.get(line.id)
        if price is None:
            draft.text(row, column, words("missing"), "number")
        else:
            draft.number(row, column, price, "money")
    complete = all(line.id in bid.prices for line in lines)
    value = evaluated_price(lines, bid.prices) if complete else None
    typed = area((row, 3), (row, 2 + len(lines)), fixed=False)
    total, helper = 3 + len(lines), 4 + len(lines)
    formula = f"IF(COUNT({typed})={len(lines)},SUMPRODUCT({quantities},{typed}),{quoted(words('missing'))})"
    draft.formula(row, total, formula, value if complete else words("missing"), "number", "money")
    cell, takes_part = address(row, total), address(row, 2)
    counted = value if bid.admitted and complete else ""
    draft.formula(
        row, helper, f'IF(AND({takes_part}={quoted(words.yes)},ISNUMBER({cell})),{cell},"")', counted, "number", "money"
    )
    draft.text(row, helper + 1, "\n".join(bid.grounds), "small")
    book.names[bid.bidder] = draft.at(row, 1)
    book.admitted[bid.bidder] = draft.at(row, 2)
    book.prices[bid.bidder] = draft.at(row, total)
