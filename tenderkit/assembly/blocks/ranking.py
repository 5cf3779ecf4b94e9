"""``::: ranking``: the result of each lot: evaluated price, points per criterion, total rank, and how ties parted."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import lots_with_results, paragraph, per_lot
from tenderkit.assembly.context import Context
from tenderkit.assembly.eliminated import listed
from tenderkit.assembly.lot_limit import said
from tenderkit.assembly.names import tie_rule
from tenderkit.assembly.results import Show, side_by_side
from tenderkit.evaluation.spec import Result
from tenderkit.quantities import format_number

NEEDS = "result"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the overall tables, the best bid first, and the bids that fell out before the ranking."""
    return per_lot(context, lots_with_results(context), lambda lot: _lot(context.results[lot], context))


def _lot(result: Result, context: Context) -> list[tree.Block]:
    out = listed(result, context)
    if not result.ranking:
        return [*out, paragraph(context, "ranking.none_left" if out else "ranking.none")]
    tables = side_by_side(context, result.spec, result.ranking, Show(), lot=result.spec.lot_title)
    return [*tables, *_ties(result, context), *_outcome(result, context), *said(result, context), *out]


def _ties(result: Result, context: Context) -> list[tree.Block]:
    """Say for each bid that shares its total with another which rule gave its rank, or that it is still open."""
    totals = [item.total for item in result.ranking]
    ranks = [item.rank for item in result.ranking]
    said: list[tree.Block] = []
    for item in result.ranking:
        name = item.bid.name
        if ranks.count(item.rank) > 1:
            said.append(paragraph(context, "ranking.shared", bidder=name, rank=item.rank))
        elif totals.count(item.total) > 1:
            rule = tie_rule(item.decided_by, context)
            said.append(paragraph(context, "ranking.tie", bidder=name, rank=item.rank, rule=rule))
    return said


def _outcome(result: Result, context: Context) -> list[tree.Block]:
    """Say who is ranked first and by how much; nothing where a shared first rank decides nothing."""
    first = result.alone().winner
    if first is None:
        return [paragraph(context, "ranking.undecided")] if result.undecided else []
    if result.margin is None:
        return [paragraph(context, "ranking.only", bidder=first.bid.name)]
    margin = format_number(result.margin, context.language, result.spec.total_places)
    return [paragraph(context, "ranking.outcome", bidder=first.bid.name, margin=margin)]
