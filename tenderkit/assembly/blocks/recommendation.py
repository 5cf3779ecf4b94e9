"""``::: recommendation``: to whom the committee recommends that each lot is awarded, and what if it cannot say."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import lots_with_results, paragraph
from tenderkit.assembly.context import Context
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
        key = "recommendation.draw" if result.ranking else "recommendation.cancel"
        return paragraph(context, key, lot=place)
    total = format_number(result.winner.total, context.language, result.spec.total_places)
    return paragraph(context, "recommendation.award", lot=place, bidder=result.winner.bid.name, total=total)
