"""E1, the result of a lot: a workbook whose points, totals and ranks are formulas that give what the engine gave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from tenderkit.evaluation.drawing import PublicDrawing
from tenderkit.evaluation.spec import Result
from tenderkit.excel.frame import Frame
from tenderkit.excel.result_award import award_sheet
from tenderkit.excel.result_bids import bids_sheet
from tenderkit.excel.result_book import ResultBook
from tenderkit.excel.result_control import control_sheet, low_prices_sheet, notes_sheet
from tenderkit.excel.result_course import course
from tenderkit.excel.result_criteria import criteria_sheet
from tenderkit.excel.result_drawing import drawing_sheet
from tenderkit.excel.result_front import front_draft, front_sheet
from tenderkit.excel.result_minimum import minimum_sheet
from tenderkit.excel.result_points import Points
from tenderkit.excel.result_ranking import RankingCells, ranking_sheet
from tenderkit.excel.result_sensitivity import sensitivity_sheet
from tenderkit.excel.sheets import Sheet, Workbook
from tenderkit.plan import Plan
from tenderkit.quantities import as_decimal


def result(
    plan: Plan,
    outcome: Result,
    created: dt.date | None = None,
    scores: Mapping[tuple[str, str], Decimal] | None = None,
    drawing: PublicDrawing | None = None,
    *,
    thorough: bool = False,
) -> Workbook:
    """Give the result workbook of a lot.

    Args:
        plan: the tender made ready.
        outcome: the lot's result.
        created: the date in the properties; without one it is that of the publication.
        scores: the agreed scores by bidder and criterion. The result has those of the bids in the ranking; they are
            needed where a bid fell out.
        drawing: the drawing of lots by a public number, where there was one.
        thorough: whether to look for the smallest changes of scores and prices that change the winner.

    Raises:
        ValueError: a bid fell out, and its scores are not given.
    """
    lot = outcome.spec.lot
    known = {**_ranked_scores(outcome), **(scores or {})}
    frame = Frame.of(plan, "result", lot, outcome.spec.lot_title)
    book = ResultBook(frame, outcome, known, course(outcome, known))
    front = front_draft(book)
    guide = book.frame.guide()
    cells, sheets = _sheets(book, drawing, thorough=thorough)
    return book.frame.workbook([front_sheet(book, front, cells), guide, *sheets], created)


def _sheets(book: ResultBook, drawing: PublicDrawing | None, *, thorough: bool) -> tuple[RankingCells, list[Sheet]]:
    """Give the sheets after the front and the guide, and where the ranking stands."""
    criteria, bids, points = criteria_sheet(book), bids_sheet(book), Points.begin(book)
    award = award_sheet(book, points)
    # What is looked at before prices stands before them.
    sheets = [criteria, *minimum_sheet(book), bids, points.finish(), *award]
    ranking, cells = ranking_sheet(book)
    sheets += [
        ranking,
        *drawing_sheet(book, drawing),
        *sensitivity_sheet(book, thorough=thorough),
        *low_prices_sheet(book),
        control_sheet(book, cells),
        notes_sheet(book),
    ]
    return cells, sheets


def _ranked_scores(outcome: Result) -> dict[tuple[str, str], Decimal]:
    """Give the agreed scores that the ranked bids have in the result; scores have few decimals, so this is exact."""
    return {
        (item.bid.bidder, leaf.id): as_decimal(item.on(leaf.id).given)
        for item in outcome.ranking
        for leaf in outcome.spec.leaves()
        if leaf.kind == "score"
    }
