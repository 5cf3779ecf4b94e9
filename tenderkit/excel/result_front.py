"""The first sheet of a result workbook: the winner, the ranking list, and the bids that are not in it."""

from __future__ import annotations

import textwrap

from tenderkit.evaluation.spec import BidResult, Result
from tenderkit.excel.draft import Draft
from tenderkit.excel.result_book import ResultBook, column_of, heading
from tenderkit.excel.result_ranking import RankingCells, decided_value
from tenderkit.excel.sheets import Chart, Scalar, Series, Sheet, address, area, clean, on_sheet, quoted

_SUMMARY_ROWS = 7
_ON_ONE_PAGE = 8


def front_draft(book: ResultBook) -> Draft:
    """Give the sheet before anything is in it, so that it has the first name."""
    groups = book.spec.criteria if book.uses_weights else ()
    return book.frame.draft("result", (26, 36, 24, *(18 for _ in groups), 16, 30))


def front_sheet(book: ResultBook, draft: Draft, cells: RankingCells) -> Sheet:
    """Give the sheet, when all others are drafted."""
    words = book.frame.words
    # The first row of the list, below the summary, its section title and headings.
    listed = draft.row + _SUMMARY_ROWS + (1 if book.can_fall_out else 0) + 4
    winner = address(draft.row + 1, 1, fixed=True)
    _summary(book, draft, cells)
    draft.row = listed - 2
    draft.row = draft.section(words("section_list"))
    groups = [criterion for criterion in book.spec.criteria if book.uses_weights]
    heads = [words("rank"), words("bidder"), words("evaluated_price")]
    heads += [words("weighted_of", title=heading(group)) for group in groups]
    draft.headings(draft.row, [*heads, words("total"), words("decided_by")])
    count = len(book.result.ranking)
    for number, item in enumerate(book.result.ranking):
        _listed(book, draft, cells, (listed + number, number + 1), item)
    last = listed + max(count, 1) - 1
    if count == 0:
        draft.text(listed, 1, _nobody(book))
    chosen = f"$B{listed + 1}={winner}" if decided_together(book.result) else f"$A{listed + 1}=1"
    draft.highlight(area((listed, 0), (last, len(heads) + 1), fixed=False), chosen, "winner")
    draft.row = last + 2
    out = [(bid.name, book.reasons(bid)) for bid in book.bids if book.out(bid)]
    _listed_beside(draft, words("section_out"), out)
    rejected = [(bid.name, list(bid.grounds)) for bid in book.result.rejected]
    _listed_beside(draft, words("section_rejected"), rejected)
    if count and groups:
        _chart(book, draft, listed, count)
    return draft.finish(repeat=(listed - 1, listed - 1), one_page=len(book.bids) <= _ON_ONE_PAGE)


def _listed_beside(draft: Draft, title: str, bids: list[tuple[str, list[str]]]) -> None:
    """Put bids with their grounds, which run over the columns beside them."""
    if not bids:
        return
    draft.row = draft.section(title)
    for name, grounds in bids:
        draft.text(draft.row, 1, name, "strong")
        lines = [line for ground in grounds for line in textwrap.wrap(clean(ground), 115)]
        for offset, line in enumerate(lines):
            draft.text(draft.row + offset, 2, line, "context")
        draft.row += max(1, len(lines))
    draft.row += 1


def _nobody(book: ResultBook) -> str:
    """Say that there is no bid in the ranking: none was admissible, or none is left."""
    return book.frame.words("no_bid_left" if book.result.eliminated else "no_bid")


def _summary(book: ResultBook, draft: Draft, cells: RankingCells) -> None:
    """Put the winner, the margin and the counts."""
    words, outcome = book.frame.words, book.result
    draft.row = draft.section(words("section_summary"))
    _winner(book, draft, cells)
    _counts(book, draft)
    draft.text(draft.row, 0, words("published"))
    draft.text(draft.row, 1, book.spec.award.definition.title[words.language])
    draft.row += 1
    if decided_together(outcome):
        draft.text(draft.row, 1, words("decided_together"), "note")
    elif len(outcome.ranking) == 1:
        draft.text(draft.row, 1, words("one_left" if outcome.eliminated else "one_bid"), "note")


def _winner(book: ResultBook, draft: Draft, cells: RankingCells) -> None:
    """Put who won, with which total, and by how much; nothing of it while the result must be calculated again."""
    words, outcome = book.frame.words, book.result
    ranks, none, nobody = cells.column(cells.rank), words("none"), _nobody(book)
    winners = f"COUNTIF({ranks},1)"
    first = f"INDEX({cells.column(1)},MATCH(1,{ranks},0))"
    pending = f"IF(COUNTIF({ranks},{quoted(words('pending'))})>0,{quoted(words('pending'))},{quoted(nobody)})"
    undecided = words("draw") if "lots-drawing" in book.spec.ties else words("tie")
    winner = f"IF(COUNT({ranks})=0,{pending},IF({winners}>1,{quoted(undecided)},{first}))"
    shown = outcome.winner.bid.name if outcome.winner else undecided if outcome.ranking else nobody
    together = decided_together(outcome)
    if together:
        shown = _together(book)
        winner = quoted(shown)
    if book.again:
        winner = f"IF({book.again},{quoted(words('result_again'))},{winner})"
    _line(draft, words("winner"), winner, shown, "strong")
    if book.again:
        cell = address(draft.row - 1, 1)
        draft.highlight(cell, f"{cell}={quoted(words('result_again'))}", "bad")
    total = f"IF({winners}=1,INDEX({cells.column(cells.total)},MATCH(1,{ranks},0)),{quoted(none)})"
    if together:
        number = [bid.bidder for bid in book.bids].index(outcome.winner.bid.bidder) if outcome.winner else 0
        total = cells.cell(number, cells.total) if outcome.winner else quoted(none)
    margin_there, orders = f"COUNT({ranks})>1", cells.column(cells.order)
    second = f"INDEX({cells.column(cells.total)},MATCH({{}},{orders},0))"
    gap = f"ROUND(ABS({second.format(1)}-{second.format(2)}),{book.places})"
    margin = f"IF({margin_there},{gap},{quoted(none)})"
    if book.again:
        total, margin = (f"IF({book.again},{quoted(none)},{formula})" for formula in (total, margin))
    _line(draft, words("total"), total, outcome.winner.total if outcome.winner else none, "result", book.total_format)
    shown_margin = none if outcome.margin is None else outcome.margin
    _line(draft, words("margin"), margin, shown_margin, "number", book.total_format)


def decided_together(outcome: Result) -> bool:
    """Tell whether a limit of lots for each bidder gave the lot to another than the bid ranked first."""
    return outcome.limited is not None and bool(outcome.limited.passed or outcome.limited.drawing)


def _together(book: ResultBook) -> str:
    """Say who won where all lots were decided together, or that lots must be drawn first, or that nobody can."""
    outcome = book.result
    if outcome.winner is not None:
        return outcome.winner.bid.name
    return book.frame.words("draw" if outcome.limited and outcome.limited.drawing else "nobody_can")


def _counts(book: ResultBook, draft: Draft) -> None:
    """Put how many bids came, are admissible, and fell out."""
    words = book.frame.words
    out = sum(bool(book.out(bid)) for bid in book.bids)
    draft.text(draft.row, 0, words("bid_count"))
    draft.number(draft.row, 1, len(book.bids), "0")
    draft.row += 1
    admitted = f"COUNTIF({column_of(book.admitted.values())},{quoted(words.yes)})" if book.bids else "0"
    _line(draft, words("admitted_count"), admitted, len(book.result.ranking) + out, "number", "0")
    if book.can_fall_out:
        draft.text(draft.row, 0, words("out_count"))
        draft.number(draft.row, 1, out, "0")
        draft.row += 1


def _line(draft: Draft, label: str, formula: str, value: Scalar, style: str, fmt: str = "") -> None:
    draft.text(draft.row, 0, label)
    draft.formula(draft.row, 1, formula, value, style, fmt)
    draft.row += 1


def _listed(book: ResultBook, draft: Draft, cells: RankingCells, at: tuple[int, int], item: BidResult) -> None:
    """Put a line of the ranking list, found by its place in the order."""
    row, place = at
    found = f"MATCH({place},{cells.column(cells.order)},0)"

    def look(column: str) -> str:
        return f'IFERROR(INDEX({column},{found}),"")'

    draft.formula(row, 0, look(cells.column(cells.rank)), item.rank, "result", "0")
    draft.formula(row, 1, look(cells.column(1)), item.bid.name, "label")
    draft.formula(
        row, 2, look(column_of(book.prices[bid.bidder] for bid in book.bids)), item.evaluated_price, "number", "money"
    )
    column = 2
    for group in book.spec.criteria if book.uses_weights else ():
        column += 1
        # One bid's weighted points on a group: its row in the table of weighted points, added over the group's columns.
        leaves = list(group.leaves())
        parts = [look(column_of(book.weighted[bid.bidder, leaf.id] for bid in book.bids)) for leaf in leaves]
        formula = parts[0] if len(parts) == 1 else f'IFERROR({"+".join(parts)},"")'
        draft.formula(row, column, formula, book.weighted_of(item, group), "number", "0.000")
    draft.formula(row, column + 1, look(cells.column(cells.total)), item.total, "result", book.total_format)
    draft.formula(row, column + 2, look(cells.column(cells.decided)), decided_value(book, item), "label")


def _chart(book: ResultBook, draft: Draft, listed: int, count: int) -> None:
    words = book.frame.words
    last = listed + count - 1
    series = tuple(
        Series(
            on_sheet(draft.name, address(listed - 1, 3 + index, fixed=True)),
            on_sheet(draft.name, area((listed, 3 + index), (last, 3 + index))),
        )
        for index in range(len(book.spec.criteria))
    )
    draft.chart(
        Chart(
            draft.row,
            0,
            words("chart_title"),
            words("chart_alt"),
            words("chart_axis"),
            float(book.spec.points_top),
            on_sheet(draft.name, area((listed, 1), (last, 1))),
            series,
            count,
        )
    )
