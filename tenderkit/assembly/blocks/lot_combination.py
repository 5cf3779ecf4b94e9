"""``::: lot-combination``: how all lots were decided together, where one bidder can win only so many of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tenderkit.assembly import cells, tree
from tenderkit.assembly.cells import Col, cell, lot_title, paragraph
from tenderkit.assembly.context import Context
from tenderkit.assembly.lot_limit import lots_counted, titles
from tenderkit.evaluation.allocation import Allocation, allocate
from tenderkit.plan import lot_limit
from tenderkit.quantities import format_money, format_number

NEEDS = "result"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the rule, the lots in the order in which they are awarded, the sum, and what the limit changed."""
    limit = lot_limit(context.plan.tender)
    if limit is None or any(lot not in context.results for lot in limit.sizes):
        return [paragraph(context, "lot-combination.none")]
    allocation = allocate(context.results, limit)
    rule = paragraph(context, "lot-combination.rule", lots=lots_counted(limit.at_most, context))
    if allocation.drawing:
        return [rule, paragraph(context, "lot-combination.waits", lots=titles(allocation.drawing, context))]
    return [rule, _table(allocation, context), *_changed(allocation, context)]


def _table(allocation: Allocation, context: Context) -> tree.Table:
    value = "price" if allocation.limit.choose == "lowest-price" else "points"
    rows = [
        (
            cell(lot_title(turn.lot, context)),
            cell(turn.winner.bid.name),
            cells.number(turn.winner.rank, context),
            cell(_shown(allocation, allocation.limit.value(turn.winner), context)),
        )
        for turn in allocation.turns
    ]
    nobody = cell(context.label("lot-combination.nobody"))
    rows += [(cell(lot_title(lot, context)), nobody, cells.EMPTY, cells.EMPTY) for lot in allocation.without]
    total = cell(_shown(allocation, allocation.total, context))
    rows.append((cell(context.label("lot-combination.sum")), cells.EMPTY, cells.EMPTY, total))
    columns = (Col("lot", 3), Col("bidder", 4), Col("rank", 2, "right"), Col(value, 3, "right"))
    return cells.table(context, "lot-combination", columns, rows, [len(rows) - 1])


def _shown(allocation: Allocation, number: Fraction, context: Context) -> str:
    if allocation.limit.choose == "lowest-price":
        return format_money(number, context.language)
    places = max(result.spec.total_places for result in context.results.values())
    return format_number(number, context.language, places)


def _changed(allocation: Allocation, context: Context) -> Iterator[tree.Block]:
    """Say what the sum would be without the limit, and how equal combinations were told apart."""
    if not allocation.bites:
        yield paragraph(context, "lot-combination.same")
        return
    separate = _shown(allocation, allocation.separate, context)
    yield paragraph(context, "lot-combination.separate", separate=separate)
    if allocation.equal:
        yield paragraph(context, "lot-combination.equal", count=len(allocation.equal))
