"""``::: evaluated-price``: the price lines with their published quantities, the phases, and the sum as an equation."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tenderkit.assembly import tree
from tenderkit.assembly.cells import EMPTY, Col, cell, lot_title, number, own, percent, point, table, unit
from tenderkit.assembly.context import Context
from tenderkit.assembly.formulas import price_equation
from tenderkit.quantities import format_money
from tenderkit.tender import PriceLine, quantity

NEEDS = "tender"
LOTS_PER_TABLE = 3
LOTS_PER_PHASE_TABLE = 2


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the tables, an equation per set of quantities, and what holds for quantities and prices."""
    lines = context.plan.tender.price_lines
    blocks: list[tree.Block] = list(_lines(context))
    for key, line in lines.items():
        if line.phases:
            blocks += _phases(key, line, context)
    blocks += _equations(context)
    blocks += [point(context, "evaluated-price.fixed"), point(context, "evaluated-price.positive")]
    blocks += [
        point(
            context,
            "evaluated-price.ceiling",
            line=f"{key} {line.label}",
            amount=format_money(line.max, context.language),
            unit=unit(line.unit, context),
        )
        for key, line in lines.items()
        if line.max is not None
    ]
    return blocks


def _some_lots(context: Context, most: int) -> list[list[str]]:
    """Give the lots in groups that fit beside one another in a table."""
    lots = context.lot_ids
    return [lots[start : start + most] for start in range(0, len(lots), most)]


def _quantity_columns(lots: Sequence[str], context: Context) -> list[Col]:
    """Give a column per lot; with a single lot the column says that it holds the quantity."""
    if len(context.lot_ids) == 1:
        return [Col("quantity", 3, "right")]
    title = context.label("evaluated-price.lines.quantity")
    return [Col("", 3, "right", _of_lot(title, lot, context)) for lot in lots]


def _of_lot(title: str, lot: str, context: Context) -> str:
    """Give a column's title, with the lot where the document is about several."""
    if len(context.lot_ids) == 1:
        return title
    return context.label("evaluated-price.of_lot", title=title, lot=lot_title(lot, context))


def _lines(context: Context) -> list[tree.Table]:
    tables = []
    for lots in _some_lots(context, LOTS_PER_TABLE):
        rows = [
            (
                cell(key),
                own(line.label, context),
                cell(unit(line.unit, context)),
                *(number(quantity(line.quantity, lot), context) for lot in lots),
            )
            for key, line in context.plan.tender.price_lines.items()
        ]
        columns = (Col("id", 1), Col("line", 6), Col("unit", 3), *_quantity_columns(lots, context))
        tables.append(table(context, "evaluated-price.lines", columns, rows))
    return tables


def _phases(key: str, line: PriceLine, context: Context) -> list[tree.Table]:
    """Give the phases: units times factor is what they count as, and adds up to the line's quantity."""
    tables = []
    for lots in _some_lots(context, LOTS_PER_PHASE_TABLE):
        rows: list[tuple[tree.Inlines, ...]] = []
        for phase in line.phases:
            counts: list[tree.Inlines] = []
            for lot in lots:
                units = quantity(phase.quantity, lot)
                counts += [number(units, context), number(None if units is None else units * phase.factor, context)]
            rows.append((own(phase.title, context), cell(percent(Fraction(phase.factor), context)), *counts))
        totals: list[tree.Inlines] = []
        for lot in lots:
            totals += [
                number(sum(quantity(phase.quantity, lot) or 0 for phase in line.phases), context),
                number(quantity(line.quantity, lot), context),
            ]
        rows.append((cell(context.label("evaluated-price.phases.sum")), EMPTY, *totals))
        columns = [Col("phase", 5), Col("factor", 2, "right")]
        for lot in lots:
            for part in ("units", "counted"):
                title = context.label(f"evaluated-price.phases.{part}")
                columns.append(Col("", 3, "right", _of_lot(title, lot, context)))
        made = table(context, "evaluated-price.phases", columns, rows, [len(line.phases)], line=f"{key} {line.label}")
        tables.append(made)
    return tables


def _equations(context: Context) -> list[tree.Block]:
    """Give the sum of quantity times unit price; one for all lots when their quantities are the same."""
    specs = [context.plan.specs[lot] for lot in context.lot_ids]
    same = len({tuple(line.quantity for line in spec.price_lines) for spec in specs}) == 1
    blocks: list[tree.Block] = []
    for spec in specs[:1] if same else specs:
        if not same:
            words = context.label("evaluated-price.for_lot", lot=spec.lot_title)
            blocks.append(tree.Paragraph((tree.Text(words),), keep=True))
        blocks.append(price_equation(spec, context))
    return blocks
