"""The sheet with the bids: unit prices, published quantities, evaluated prices, and who takes part."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from tenderkit.evaluation.price import evaluated_price
from tenderkit.evaluation.spec import Bid, Criterion
from tenderkit.excel.draft import Draft
from tenderkit.excel.result_book import ResultBook, heading
from tenderkit.excel.sheets import Scalar, Sheet, address, area, quoted


@dataclass
class _Bids:
    """The sheet while it is drafted: where its columns are.

    ``ranked`` tells who is in the ranking, where a bid can fall out; elsewhere being admitted tells it. ``parts`` are
    the price criteria that are about some lines: each has a column with its price, and beside it the same for bids in
    the ranking only.
    """

    book: ResultBook
    draft: Draft
    parts: list[Criterion] = field(default_factory=list)
    quantities: int = 0

    @property
    def ranked(self) -> int:
        return 3 if self.book.can_fall_out else 2

    @property
    def first_line(self) -> int:
        return self.ranked + 1

    @property
    def total(self) -> int:
        return self.first_line + len(self.book.spec.price_lines)

    @property
    def grounds(self) -> int:
        return self.total + 2 + 2 * len(self.parts)


def bids_sheet(book: ResultBook) -> Sheet:
    """Give the sheet, and note in the book where each bid's name, admission and price stand."""
    words, lines, fall_out = book.frame.words, book.spec.price_lines, book.can_fall_out
    parts = [leaf for leaf in book.leaves if leaf.kind == "price" and leaf.lines]
    widths = (6, 36, 12, *((13,) if fall_out else ()), *(22 for _ in lines), *(24,) * (2 + 2 * len(parts)), 46)
    draft = book.frame.draft("bids", widths)
    sheet = _Bids(book, draft, parts)
    draft.remark(words("bids_note_ranked" if fall_out else "bids_note"))
    if book.minimum_criteria:
        draft.remark(words("bids_note_minimum"))
    draft.row += 1
    draft.headings(draft.row, _headings(sheet))
    head = draft.row
    draft.row += 1
    _quantities(sheet)
    first = draft.row + 1
    for number, bid in enumerate(book.bids, start=1):
        draft.row += 1
        _row(sheet, bid, number)
    last = max(first, draft.row)
    book.admitted_prices = draft.span((first, sheet.total + 1), (last, sheet.total + 1))
    for index, leaf in enumerate(parts):
        column = sheet.total + 3 + 2 * index
        book.line_areas[leaf.id] = draft.span((first, column), (last, column))
    rows = area((first, 0), (last, sheet.grounds), fixed=False)
    draft.highlight(rows, f"$C{first + 1}={quoted(words.no)}", "muted")
    if fall_out:
        draft.highlight(rows, f"$D{first + 1}={quoted(words.no)}", "muted")
    return draft.finish(freeze=(head + 1, 2), repeat=(head, head))


def _headings(sheet: _Bids) -> list[str]:
    book, words = sheet.book, sheet.book.frame.words
    heads = [words(name) for name in ("number", "bidder", "admitted")]
    heads += [words("ranked")] if book.can_fall_out else []
    heads += [words("price_of", line=line.id, label=line.label) for line in book.spec.price_lines]
    heads += [words("evaluated_price"), words("price_ranked" if book.can_fall_out else "price_admitted")]
    for leaf in sheet.parts:
        lines = ", ".join(leaf.lines)
        heads += [words(name, title=heading(leaf), lines=lines) for name in ("part_price", "part_counted")]
    return [*heads, words("grounds")]


def _quantities(sheet: _Bids) -> None:
    """Put the row with the published quantities."""
    book, draft = sheet.book, sheet.draft
    sheet.quantities = draft.row
    for column in range(sheet.grounds + 1):
        if column == 1:
            draft.text(draft.row, column, book.frame.words("quantity"), "strong")
        elif sheet.first_line <= column < sheet.total:
            draft.number(draft.row, column, book.spec.price_lines[column - sheet.first_line].quantity)
        else:
            draft.text(draft.row, column, "", "strong")


def _row(sheet: _Bids, bid: Bid, number: int) -> None:
    book, draft, words, row = sheet.book, sheet.draft, sheet.book.frame.words, sheet.draft.row
    draft.number(row, 0, number, "0")
    draft.text(row, 1, bid.name)
    draft.text(row, 2, words.yes if bid.admitted else words.no, "status")
    if book.can_fall_out:
        draft.text(row, sheet.ranked, words.yes if book.of(bid) else words.no, "status")
    book.names[bid.bidder] = draft.at(row, 1)
    book.admitted[bid.bidder] = draft.at(row, 2)
    book.prices[bid.bidder] = draft.at(row, sheet.total)
    _typed(sheet, bid)
    _sum(sheet, bid, None, sheet.total)
    for index, leaf in enumerate(sheet.parts):
        book.line_prices[bid.bidder, leaf.id] = draft.at(row, sheet.total + 2 + 2 * index)
        _sum(sheet, bid, leaf, sheet.total + 2 + 2 * index)
    draft.text(row, sheet.grounds, "\n".join([*bid.grounds, *book.reasons(bid)]), "small")


def _typed(sheet: _Bids, bid: Bid) -> None:
    """Put a bid's unit prices; those of a bid below a minimum are not looked at."""
    words, draft = sheet.book.frame.words, sheet.draft
    for column, line in enumerate(sheet.book.spec.price_lines, start=sheet.first_line):
        price = bid.prices.get(line.id)
        if sheet.book.unpriced(bid) or price is None:
            draft.text(draft.row, column, words("none" if sheet.book.unpriced(bid) else "missing"), "number")
        else:
            draft.number(draft.row, column, price, "money")


def _sum(sheet: _Bids, bid: Bid, leaf: Criterion | None, column: int) -> None:
    """Put the price over all lines, or over a criterion's, and beside it the same for bids in the ranking only."""
    book, draft, words, row = sheet.book, sheet.draft, sheet.book.frame.words, sheet.draft.row
    if book.unpriced(bid):
        draft.text(row, column, words("none"), "number")
        draft.text(row, column + 1, "", "number")
        return
    lines = [line for line in book.spec.price_lines if leaf is None or line.id in leaf.lines]
    value: Scalar = words("missing")
    if all(line.id in bid.prices for line in lines):
        value = evaluated_price(lines, bid.prices)
    missing = quoted(words("missing"))
    draft.formula(row, column, f"IF({_formula(sheet, leaf)},{missing})", value, "number", "money")
    cell, takes_part = address(row, column), address(row, sheet.ranked)
    there = isinstance(value, Fraction) and book.of(bid) is not None
    condition = f"AND({takes_part}={quoted(words.yes)},ISNUMBER({cell}))"
    draft.formula(row, column + 1, f'IF({condition},{cell},"")', value if there else "", "number", "money")


def _formula(sheet: _Bids, leaf: Criterion | None) -> str:
    """Give the condition that all lines have a price, and the sum of quantity times unit price."""
    row, lines = sheet.draft.row, sheet.book.spec.price_lines
    if leaf is None:
        typed = area((row, sheet.first_line), (row, sheet.total - 1), fixed=False)
        quantities = area((sheet.quantities, sheet.first_line), (sheet.quantities, sheet.total - 1))
        return f"COUNT({typed})={len(lines)},SUMPRODUCT({quantities},{typed})"
    columns = [sheet.first_line + index for index, line in enumerate(lines) if line.id in leaf.lines]
    cells = [address(row, column) for column in columns]
    terms = [f"{address(sheet.quantities, column, fixed=True)}*{address(row, column)}" for column in columns]
    return f"COUNT({','.join(cells)})={len(cells)},{'+'.join(terms)}"
