"""``::: compliance``: what each bidder handed in, and the decision whether the bid takes part."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, lot_title, paragraph, per_lot, table
from tenderkit.assembly.context import Context
from tenderkit.evaluation.spec import Bid

NEEDS = "bids"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a table per lot."""
    return per_lot(context, context.lot_ids, lambda lot: [_lot(lot, context)])


def _lot(lot: str, context: Context) -> tree.Block:
    bids = context.bids.get(lot, ())
    if not bids:
        return paragraph(context, "bids.none")
    columns = (Col("bidder", 3), Col("prices", 2), Col("answers", 2), Col("admitted", 2), Col("grounds", 5))
    return table(context, "compliance", columns, [_row(bid, context) for bid in bids], lot=lot_title(lot, context))


def _row(bid: Bid, context: Context) -> tuple[tree.Inlines, ...]:
    """Give a bid's row. A form was received when something was read from it."""
    return (
        cell(bid.name),
        cell(context.label("compliance.received" if bid.prices else "compliance.not_received")),
        cell(context.label("compliance.received" if bid.offers or bid.texts else "compliance.not_received")),
        cell(context.label("bids.yes" if bid.admitted else "bids.no")),
        cell("\n".join(bid.grounds)),
    )
