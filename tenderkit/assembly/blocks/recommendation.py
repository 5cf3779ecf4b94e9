"""``::: recommendation``: to whom the committee recommends that each lot is awarded, and what if it cannot say."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import lots_with_results, paragraph
from tenderkit.assembly.context import Context
from tenderkit.assembly.lot_limit import titles
from tenderkit.evaluation.spec import Result
from tenderkit.quantities import format_number

NEEDS = "result"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a paragraph for each lot with a result."""
    return [_lot(context.results[lot], context) for lot in lots_with_results(context)]


def _lot(result: Result, context: Context) -> tree.Paragraph:
    several = len(context.plan.tender.lots) > 1
    place = context.label("recommendation.of_lot", lot=result.spec.lot_title) if several else ""
    if result.winner is None:
        waiting = titles(result.limited.drawing, context) if result.limited else ""
        return paragraph(context, f"recommendation.{_nobody(result, context)}", lot=place, lots=waiting)
    total = format_number(result.winner.total, context.language, result.spec.total_places)
    passed = result.limited is not None and bool(result.limited.passed)
    return paragraph(
        context,
        "recommendation.award_next" if passed else "recommendation.award",
        lot=place,
        bidder=result.winner.bid.name,
        total=total,
        rank=result.winner.rank,
    )


def _nobody(result: Result, context: Context) -> str:
    """Give what is recommended where nobody wins: to draw lots, to wait for another lot, or not to award."""
    if not result.ranking:
        return "none_left" if result.eliminated else "cancel"
    if not result.undecided:
        return "left"
    if result.limited is not None and result.spec.lot not in result.limited.drawing:
        return "waits"
    return "draw" if context.plan.tender.award.drawing is None else "draw_number"
