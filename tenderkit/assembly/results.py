"""A result as rows: criteria down, bids across, so that a table fits the page whatever the number of criteria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tenderkit.assembly import cells, criteria, tree
from tenderkit.assembly.context import Context
from tenderkit.evaluation.spec import BidResult, Criterion, EvaluationSpec
from tenderkit.evaluation.traits import gives_value

BIDS_PER_TABLE = 4


@dataclass(frozen=True)
class Show:
    """What a table of results shows.

    ``price`` is the row with the evaluated price in kroner, ``rank`` the row with the rank. Letters show neither prices
    nor the rank of others.
    """

    price: bool = True
    rank: bool = True


def side_by_side(
    context: Context, spec: EvaluationSpec, bids: Sequence[BidResult], show: Show, **values: object
) -> Iterator[tree.Table]:
    """Give tables with a column per bid, a few bids in each; the total is bold."""
    for start in range(0, len(bids), BIDS_PER_TABLE):
        yield _table(context, spec, bids[start : start + BIDS_PER_TABLE], show, **values)


def _table(
    context: Context, spec: EvaluationSpec, bids: Sequence[BidResult], show: Show, **values: object
) -> tree.Table:
    label = context.label
    rows: list[tuple[tree.Inlines, ...]] = []
    bold: list[int] = []

    def row(title: str, parts: Iterable[tree.Inlines], weight: tree.Inlines = cells.EMPTY) -> None:
        rows.append((cells.cell(title), weight, *parts))

    if show.price:
        row(label("result.evaluated_price"), (cells.money(bid.evaluated_price, context) for bid in bids))
    for leaf in spec.leaves():
        given = (points(leaf, bid, spec, context) for bid in bids)
        row(criteria.numbered_title(leaf, context), given, cells.cell(criteria.worth(leaf, spec, context)))
    bold.append(len(rows))
    row(label("result.total"), (cells.number(bid.total, context, spec.total_places) for bid in bids))
    if show.rank:
        row(label("result.rank"), (cells.number(bid.rank, context) for bid in bids))
    columns = (
        cells.Col("criterion", 5),
        cells.Col("weight", 2, "right") if criteria.by_weight(spec) else cells.Col("amount", 2, "right"),
        *(cells.Col("", 3, "right", bid.bid.name) for bid in bids),
    )
    return cells.table(context, "result", columns, rows, bold, **values)


def points(leaf: Criterion, bid: BidResult, spec: EvaluationSpec, context: Context) -> tree.Inlines:
    """Give a bid's points on a criterion: scores and offers as they are, calculated ones with the total's decimals."""
    exact = bid.on(leaf.id).points
    as_it_is = leaf.kind == "score" and leaf.model is None
    places = None if as_it_is or gives_value(leaf) else spec.total_places
    return cells.number(exact, context, places)
