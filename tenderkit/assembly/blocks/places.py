"""``::: places``: where the work is done, how large each place is, how often and at what level; a table per lot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, lot_title, number, own, point, table
from tenderkit.assembly.context import Context
from tenderkit.tender import Lot

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a point and the tables; nothing when the tender names no places."""
    lots = [lot for lot in context.plan.tender.lots if lot.id in context.lot_ids and lot.places]
    return [point(context, "places.intro", keep=True), *(_table(lot, context) for lot in lots)] if lots else []


def _table(lot: Lot, context: Context) -> tree.Table:
    rows = [
        (
            own(place.name, context),
            number(place.area_m2, context),
            own(place.frequency, context),
            own(place.level, context) if place.level else cell(""),
        )
        for place in lot.places
    ]
    total = sum((Decimal(place.area_m2) for place in lot.places), Decimal(0))
    rows.append((cell(context.label("places.total")), number(total, context), cell(""), cell("")))
    columns = (Col("place", 9), Col("area", 4, "right"), Col("frequency", 6), Col("level", 8))
    made = table(context, "places", columns, rows, [len(rows) - 1])
    if len(context.plan.tender.lots) == 1:
        return made
    return replace(made, caption=context.label("places.lot_caption", lot=lot_title(lot.id, context)))
