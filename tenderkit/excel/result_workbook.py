"""E1, the result of a lot: a workbook whose points, totals and ranks are formulas that give what the engine gave."""

from __future__ import annotations

import datetime as dt
import textwrap

from tenderkit.evaluation.spec import BidResult, Result
from tenderkit.excel.draft import Draft
from tenderkit.excel.frame import Frame
from tenderkit.excel.result_bids import bids_sheet
from tenderkit.excel.result_book import ResultBook, column_of, heading
from tenderkit.excel.result_control import control_sheet, low_prices_sheet, notes_sheet
from tenderkit.excel.result_criteria import criteria_sheet
from tenderkit.excel.result_points import points_sheet
from tenderkit.excel.result_ranking import RankingCells, decided_value, ranking_sheet
from tenderkit.excel.result_sensitivity import sensitivity_sheet
from tenderkit.excel.sheets import Chart, Series, Sheet, Workbook, address, area, clean, on_sheet, quoted
from tenderkit.plan import Plan

_SUMMARY_ROWS = 7


def result(plan: Plan, outcome: Result, created: dt.date | None = None) -> Workbook:
    """Give the result workbook of a lot."""
    lot = outcome.spec.lot
    book = ResultBook(Frame.of(plan, "result", lot, outcome.spec.lot_title), outcome)
    groups = [criterion for criterion in outcome.spec.criteria if book.uses_weights]
    front = book.frame.draft("result", (26, 36, 24, *(18 for _ in groups), 16, 30))
    guide = book.frame.guide()
    sheets = [criteria_sheet(book), bids_sheet(book), points_sheet(book)]
    ranking, cells = ranking_sheet(book)
    sheets += [
        ranking,
        *sensitivity_sheet(book),
        *low_prices_sheet(book),
        control_sheet(book, cells),
        notes_sheet(book),
    ]
    return book.frame.workbook([_front(book, front, cells), guide, *sheets], created)


def _front(book: ResultBook, draft: Draft, cells: RankingCells) -> Sheet:
    words = book.frame.words
    listed = draft.row + _SUMMARY_ROWS + 4  # the first row of the list, below its section title and headings
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
        draft.text(listed, 1, words("no_bid"))
    draft.highlight(area((listed, 0), (last, len(heads) + 1), fixed=False), f"$A{listed + 1}=1", "winner")
    draft.row = last + 2
    _rejected(book, draft)
    if count and groups:
        _chart(book, draft, listed, count)
    return draft.finish(repeat=(listed - 1, listed - 1))


def _rejected(book: ResultBook, draft: Draft) -> None:
    """Put the bids that are not admissible with their grounds, which run over the columns beside them."""
    words = book.frame.words
    if not book.result.rejected:
        return
    draft.row = draft.section(words("section_rejected"))
    for bid in book.result.rejected:
        draft.text(draft.row, 1, bid.name, "strong")
        lines = [line for ground in bid.grounds for line in textwrap.wrap(clean(ground), 115)]
        for offset, line in enumerate(lines):
            draft.text(draft.row + offset, 2, line, "context")
        draft.row += max(1, len(lines))
    draft.row += 1


def _summary(book: ResultBook, draft: Draft, cells: RankingCells) -> None:
    """Put the winner, the margin and the counts."""
    words, outcome = book.frame.words, book.result
    draft.row = draft.section(words("section_summary"))
    ranks = cells.column(cells.rank)
    winners = f"COUNTIF({ranks},1)"
    first = f"INDEX({cells.column(1)},MATCH(1,{ranks},0))"
    pending = f"IF(COUNTIF({ranks},{quoted(words('pending'))})>0,{quoted(words('pending'))},{quoted(words('no_bid'))})"
    undecided = words("draw") if "lots-drawing" in book.spec.ties else words("tie")
    winner = f"IF(COUNT({ranks})=0,{pending},IF({winners}>1,{quoted(undecided)},{first}))"
    shown = outcome.winner.bid.name if outcome.winner else undecided if outcome.ranking else words("no_bid")
    _line(draft, words("winner"), winner, shown, "strong")
    none = words("none")
    total = f"IF({winners}=1,INDEX({cells.column(cells.total)},MATCH(1,{ranks},0)),{quoted(none)})"
    _line(draft, words("total"), total, outcome.winner.total if outcome.winner else none, "result", book.total_format)
    orders = cells.column(cells.order)
    second = f"INDEX({cells.column(cells.total)},MATCH({{}},{orders},0))"
    gap = f"ROUND(ABS({second.format(1)}-{second.format(2)}),{book.places})"
    margin = f"IF(COUNT({ranks})>1,{gap},{quoted(none)})"
    _line(
        draft, words("margin"), margin, none if outcome.margin is None else outcome.margin, "number", book.total_format
    )
    count = len(outcome.ranking)
    draft.text(draft.row, 0, words("bid_count"))
    draft.number(draft.row, 1, len(book.bids), "0")
    draft.row += 1
    admitted = f"COUNTIF({column_of(book.admitted.values())},{quoted(words.yes)})" if book.bids else "0"
    _line(draft, words("admitted_count"), admitted, count, "number", "0")
    draft.text(draft.row, 0, words("published"))
    draft.text(draft.row, 1, book.spec.award.definition.title[words.language])
    draft.row += 1
    if count == 1:
        draft.text(draft.row, 1, words("one_bid"), "note")


def _line(draft: Draft, label: str, formula: str, value: object, style: str, fmt: str = "") -> None:
    draft.text(draft.row, 0, label)
    draft.formula(draft.row, 1, formula, value, style, fmt)  # type: ignore[arg-type]
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
