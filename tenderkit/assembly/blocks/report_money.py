"""``::: report-money``: what was invoiced for training in the period, by phase, in cells for the supplier."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tenderkit.assembly import tree
from tenderkit.assembly.cells import EMPTY, Col, cell, money, own, paragraph, table, unit
from tenderkit.assembly.context import Context
from tenderkit.tender import PriceLine

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a table for each price line that pays for training, or the sentence that none does."""
    lines = context.plan.tender.price_lines
    tables = [_table(key, line, context) for key, line in lines.items() if line.training]
    return tables or [paragraph(context, "report-money.none")]


def _table(key: str, line: PriceLine, context: Context) -> tree.Table:
    price = context.winner.prices.get(key) if context.winner else None
    parts = [(phase.title, phase.factor) for phase in line.phases] or [(line.label, Decimal(1))]
    rows = [(own(title, context), _price(price, factor, context), *_empty(line)) for title, factor in parts]
    rows.append((cell(context.label("report-money.sum")), EMPTY, *_empty(line)))
    columns = (
        Col("phase", 6),
        Col("price", 3, "right"),
        Col("units", 3, "right"),
        Col("amount", 3, "right"),
        *([Col("deducted", 3, "right")] if line.subsidies_deducted else []),
        Col("total", 3, "right"),
    )
    return table(
        context, "report-money", columns, rows, [len(rows) - 1], line=line.label, unit=unit(line.unit, context)
    )


def _price(price: Decimal | None, factor: Decimal, context: Context) -> tree.Inlines:
    return cell(context.label("price-list.open")) if price is None else money(price * factor, context)


def _empty(line: PriceLine) -> tuple[tree.Inlines, ...]:
    return (EMPTY,) * (4 if line.subsidies_deducted else 3)
