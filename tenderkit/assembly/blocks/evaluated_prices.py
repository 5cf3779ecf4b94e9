"""``::: evaluated-prices``: each bid's evaluated price, how far it lies above the lowest, and its points."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import Col, cell, lots_with_results, money, paragraph, per_lot, table
from tenderkit.assembly.context import Context
from tenderkit.assembly.eliminated import at_minimum, bids_of
from tenderkit.assembly.results import points
from tenderkit.evaluation.price import evaluated_price
from tenderkit.evaluation.spec import Criterion, Result
from tenderkit.quantities import format_percent

NEEDS = "result"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a table per lot, lowest price first; unit prices are not shown."""
    return per_lot(context, lots_with_results(context), lambda lot: [_lot(context.results[lot], context)])


def _lot(result: Result, context: Context) -> tree.Block:
    """Give the prices of the bids that were ranked, and of those that fell out after prices were looked at."""
    if not result.ranking:
        return paragraph(context, "ranking.none_left" if result.eliminated else "ranking.none")
    bids = sorted(result.ranking, key=lambda item: (item.evaluated_price, item.bid.name))
    lowest = bids[0].evaluated_price
    prices = [leaf for leaf in result.spec.leaves() if leaf.kind == "price"]
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
                *(points(leaf, item, result.spec, context) for leaf in prices),
            )
        )
    for bid in bids_of(result):
        if not at_minimum(result, bid.bidder):
            price = evaluated_price(result.spec.price_lines, bid.prices)
            rows.append((cell(bid.name), money(price, context), *(cell("") for _ in range(2 + len(prices)))))
    columns = (
        Col("bidder", 4),
        Col("amount", 3, "right"),
        Col("above", 3, "right"),
        Col("above_share", 2, "right"),
        *(Col("points", 2, "right", _of(leaf, context) if len(prices) > 1 else "") for leaf in prices),
    )
    return table(context, "evaluated-prices", columns, rows, lot=result.spec.lot_title)


def _of(leaf: Criterion, context: Context) -> str:
    """Give the title of a column with points where there are several price criteria."""
    return context.label("evaluated-prices.points_of", criterion=criteria.title(leaf, context))
