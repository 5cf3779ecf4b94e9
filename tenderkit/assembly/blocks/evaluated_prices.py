"""``::: evaluated-prices``: each bid's evaluated price, how far it lies above the lowest, and its points."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, lots_with_results, money, paragraph, per_lot, table
from tenderkit.assembly.context import Context
from tenderkit.assembly.results import points
from tenderkit.evaluation.spec import Result
from tenderkit.quantities import format_percent

NEEDS = "result"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a table per lot, lowest price first; unit prices are not shown."""
    return per_lot(context, lots_with_results(context), lambda lot: [_lot(context.results[lot], context)])


def _lot(result: Result, context: Context) -> tree.Block:
    if not result.ranking:
        return paragraph(context, "ranking.none")
    bids = sorted(result.ranking, key=lambda item: (item.evaluated_price, item.bid.name))
    lowest = bids[0].evaluated_price
    price = next((leaf for leaf in result.spec.leaves() if leaf.kind == "price"), None)
    rows = []
    for item in bids:
        above = item.evaluated_price - lowest
        share = format_percent(above * 100 / lowest, context.language, 1) if lowest else ""
        rows.append(
            (
                cell(item.bid.name),
                money(item.evaluated_price, context),
                money(above, context),
                cell(share),
                *([points(price, item, result.spec, context)] if price else []),
            )
        )
    columns = (
        Col("bidder", 4),
        Col("amount", 3, "right"),
        Col("above", 3, "right"),
        Col("above_share", 2, "right"),
        *([Col("points", 2, "right")] if price else []),
    )
    return table(context, "evaluated-prices", columns, rows, lot=result.spec.lot_title)
