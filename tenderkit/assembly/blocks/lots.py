"""``::: lots``: the lots with what they hold and their estimated value."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import EMPTY, Col, cell, money, own, table
from tenderkit.assembly.context import Context

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of lots; with several lots their sum stands below them."""
    lots = [context.plan.tender.lot(lot) for lot in context.lot_ids]
    described = any(lot.description for lot in lots)
    rows = [
        (
            own(lot.title, context),
            *([own(lot.description, context)] if described else []),
            money(lot.value_dkk, context),
        )
        for lot in lots
    ]
    bold = []
    if len(lots) > 1:
        bold = [len(rows)]
        total = money(context.plan.tender.total_value_dkk, context)
        rows.append((cell(context.label("lots.total")), *([EMPTY] if described else []), total))
    columns = (Col("lot", 3), *([Col("content", 5)] if described else []), Col("value", 3, "right"))
    if len(context.plan.tender.lots) == 1:
        return [table(context, "lots.single", columns, rows)]
    return [table(context, "lots", columns, rows, bold)]
