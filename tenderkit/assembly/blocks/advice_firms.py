"""``::: advice-firms``: what the number means for a firm with a part of a lot, and a demand by turnover."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.advice.content import TurnoverStep, numbers
from tenderkit.advice.small_firms import LotFirms
from tenderkit.assembly import tree
from tenderkit.assembly.advice import AdviceContext
from tenderkit.assembly.cells import Col, cell, money, number, paragraph, table
from tenderkit.quantities import format_money, format_number, format_percent

NEEDS = "advice"


def render(context: AdviceContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give each lot's table, and the steps of the demand that grows with the turnover."""
    found = context.advice.firms
    if not found:
        return [paragraph(context, "advice-firms.none")]
    tables = [_table(lot, context) for lot in found]
    steps = numbers(context.library).turnover_steps
    said = context.label(
        "advice-firms.steps",
        steps="; ".join(_step(step, context) for step in steps.steps),
        source=steps.source[context.language],
        mark=context.mark(steps.mark),
    )
    return [*tables, tree.Paragraph((tree.Text(said),))]


def _table(found: LotFirms, context: AdviceContext) -> tree.Table:
    rows = [
        (
            cell(format_percent(row.percent, context.language)),
            money(round(row.turnover), context),
            number(row.by_share, context, 2),
            number(row.by_steps, context),
        )
        for row in found.rows
    ]
    columns = (Col("share", 3), Col("turnover", 3, "right"), Col("by_share", 3, "right"), Col("by_steps", 3, "right"))
    return table(context, "advice-firms", columns, rows, lot=found.lot.lot.title)


def _step(step: TurnoverStep, context: AdviceContext) -> str:
    return context.label(
        "advice-firms.step",
        start=format_money(step.start, context.language),
        fte=format_number(step.fte, context.language),
    )
