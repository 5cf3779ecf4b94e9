"""``::: result-table``: points side by side. A letter shows its recipient and the winner, anything else all bids."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import lots_with_results, paragraph, per_lot
from tenderkit.assembly.context import Context
from tenderkit.assembly.results import Show, side_by_side
from tenderkit.evaluation.spec import BidResult, Result

NEEDS = "result"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table, without prices in a letter."""
    return per_lot(context, lots_with_results(context), lambda lot: _lot(context.results[lot], context))


def _lot(result: Result, context: Context) -> list[tree.Block]:
    shown = _shown(result, context)
    if not shown:
        return [paragraph(context, "ranking.none")]
    show = Show(price=context.recipient is None)
    return list(side_by_side(context, result.spec, shown, show, lot=result.spec.lot_title))


def _shown(result: Result, context: Context) -> list[BidResult]:
    if context.recipient is None:
        return list(result.ranking)
    own = [item for item in result.ranking if item.bid.bidder == context.recipient.bidder]
    winner = [result.winner] if result.winner and result.winner not in own else []
    return [*own, *winner]
