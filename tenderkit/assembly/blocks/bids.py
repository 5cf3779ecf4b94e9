"""``::: bids``: the bids received, lot by lot, and which were admitted."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, lot_title, paragraph, per_lot, table
from tenderkit.assembly.context import Context

NEEDS = "bids"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a table per lot, in the order of the bidders' ids."""
    return per_lot(context, context.lot_ids, lambda lot: [_lot(lot, context)])


def _lot(lot: str, context: Context) -> tree.Block:
    bids = context.bids.get(lot, ())
    if not bids:
        return paragraph(context, "bids.none")
    rows = [
        (
            cell(bid.name),
            cell(context.label("bids.yes" if bid.admitted else "bids.no")),
            cell("\n".join(bid.grounds)),
        )
        for bid in bids
    ]
    return table(
        context, "bids", (Col("bidder", 3), Col("admitted", 2), Col("grounds", 5)), rows, lot=lot_title(lot, context)
    )
