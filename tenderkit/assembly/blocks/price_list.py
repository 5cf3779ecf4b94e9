"""``::: price-list``: the price lines of the contract, with the winner's unit prices once there is one."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, money, number, own, per_lot, point, table, unit
from tenderkit.assembly.context import Context
from tenderkit.evaluation.price import evaluated_price
from tenderkit.evaluation.spec import EvaluationSpec
from tenderkit.quantities import format_money

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of lines, for each lot that the contract or document is about."""
    return per_lot(context, context.lot_ids, lambda lot: _lot(context.plan.specs[lot], context))


def _lot(spec: EvaluationSpec, context: Context) -> list[tree.Block]:
    prices = context.winner.prices if context.winner else {}
    ceilings = any(line.ceiling is not None for line in spec.price_lines)
    rows = [
        (
            cell(line.id),
            own(line.label, context),
            cell(unit(line.unit, context)),
            number(line.quantity, context),
            *([money(line.ceiling, context)] if ceilings else []),
            money(prices[line.id], context) if line.id in prices else cell(context.label("price-list.open")),
        )
        for line in spec.price_lines
    ]
    columns = (
        Col("id", 1),
        Col("line", 5),
        Col("unit", 2),
        Col("quantity", 2, "right"),
        *([Col("ceiling", 2, "right")] if ceilings else []),
        Col("price", 3, "right"),
    )
    blocks: list[tree.Block] = [table(context, "price-list", columns, rows)]
    if context.winner:
        total = format_money(evaluated_price(spec.price_lines, prices), context.language)
        blocks.append(point(context, "price-list.evaluated", amount=total))
    return blocks + _invoicing(context)


def _invoicing(context: Context) -> list[tree.Block]:
    """Give how each line is invoiced, where the tender says so."""
    return [
        tree.Paragraph((tree.Text(f"{key} {line.label}: ", bold=True), tree.Text(line.invoicing)), point=True)
        for key, line in context.plan.tender.price_lines.items()
        if line.invoicing
    ]
