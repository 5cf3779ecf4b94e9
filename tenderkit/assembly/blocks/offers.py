"""``::: offers``: the offered numbers, what they count as between floor and cap, and their points."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import Col, cell, lots_with_results, number, paragraph, per_lot, table, unit
from tenderkit.assembly.context import Context
from tenderkit.assembly.eliminated import evaluated
from tenderkit.assembly.results import points
from tenderkit.evaluation.points import counted as counted_number
from tenderkit.evaluation.spec import Bid, Criterion, Result

NEEDS = "result"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a table per lot, one row per criterion and bid, and how realistic the offers are."""
    return per_lot(context, lots_with_results(context), lambda lot: _lot(context.results[lot], context))


def _lot(result: Result, context: Context) -> list[tree.Block]:
    leaves = [leaf for leaf in result.spec.leaves() if leaf.kind == "offer"]
    bids = evaluated(result)
    if not leaves or not bids:
        return [paragraph(context, "offers.none")]
    rows = [_row(leaf, bid, result, context) for leaf in leaves for bid in bids]
    columns = (
        Col("criterion", 5),
        Col("bidder", 3),
        Col("offered", 2, "right"),
        Col("counted", 2, "right"),
        Col("points", 2, "right"),
    )
    return [table(context, "offers", columns, rows, lot=result.spec.lot_title), *_capped(leaves, bids, context)]


def _row(leaf: Criterion, bid: Bid, result: Result, context: Context) -> tuple[tree.Inlines, ...]:
    """Give a bid's offer on a criterion; a bid that fell out has no points in the result."""
    offered = Fraction(bid.offers[leaf.id])
    ranked = next((item for item in result.ranking if item.bid.bidder == bid.bidder), None)
    return (
        cell(f"{criteria.numbered_title(leaf, context)} ({unit(leaf.unit, context, one=False)})"),
        cell(bid.name),
        number(offered, context),
        number(counted_number(leaf, offered), context),
        points(leaf, ranked, result.spec, context) if ranked else cell(""),
    )


def _capped(leaves: Sequence[Criterion], bids: Sequence[Bid], context: Context) -> list[tree.Block]:
    """Name the offers that lie beyond a cap: whether they can be delivered is asked, and they bind as the cap."""
    return [
        paragraph(context, "offers.capped", bidder=bid.name, criterion=criteria.numbered_title(leaf, context))
        for leaf in leaves
        for bid in bids
        if counted_number(leaf, Fraction(bid.offers[leaf.id])) != bid.offers[leaf.id]
    ]
