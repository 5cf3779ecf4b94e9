"""``::: volumes``: the quantities that may vary, with estimate, minimum and maximum over the whole term."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, lot_title, number, own, paragraph, table, unit
from tenderkit.assembly.context import Context
from tenderkit.tender import quantity

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of volumes, or the sentence that no quantity may vary."""
    tender = context.plan.tender
    several = len(context.lot_ids) > 1
    rows = [
        (
            *([own(lot_title(lot, context), context)] if several else []),
            own(tender.price_lines[line].label if line in tender.price_lines else line, context),
            cell(unit(volume.unit, context, one=False)),
            *(number(quantity(amounts, lot), context) for amounts in (volume.estimate, volume.minimum, volume.maximum)),
        )
        for line, volume in tender.contract.volumes.items()
        for lot in context.lot_ids
    ]
    if not rows:
        return [paragraph(context, "volumes.none")]
    columns = (
        *([Col("lot", 3)] if several else []),
        Col("line", 4),
        Col("unit", 3),
        Col("estimate", 2, "right"),
        Col("minimum", 2, "right"),
        Col("maximum", 2, "right"),
    )
    return [table(context, "volumes", columns, rows)]
