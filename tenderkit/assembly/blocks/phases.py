"""``::: phases``: what is paid per unit in each payment phase, in kroner once the contract has a winner."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, money, number, own, paragraph, percent, table, unit
from tenderkit.assembly.context import Context
from tenderkit.tender import PriceLine, quantity

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a table for each price line with phases, or the sentence that no price has phases."""
    lines = context.plan.tender.price_lines
    tables = [_table(key, line, context) for key, line in lines.items() if line.phases]
    return tables or [paragraph(context, "phases.none")]


def _table(key: str, line: PriceLine, context: Context) -> tree.Table:
    price = context.winner.prices.get(key) if context.winner else None
    lot = context.lot or context.lot_ids[0]
    show_units = len(context.lot_ids) == 1
    rows = [
        (
            own(phase.title, context),
            cell(percent(Fraction(phase.factor), context)),
            *([number(quantity(phase.quantity, lot), context)] if show_units else []),
            *([money(price * phase.factor, context)] if price is not None else []),
        )
        for phase in line.phases
    ]
    columns = (
        Col("phase", 5),
        Col("share", 2, "right"),
        *([Col("units", 2, "right")] if show_units else []),
        *([Col("price", 3, "right")] if price is not None else []),
    )
    return table(context, "phases", columns, rows, line=line.label, unit=unit(line.unit, context))
