"""``::: worked-example``: three made-up bids for the first lot, scored by the same engine that decides the award."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import Col, cell, money, number, point, table, unit
from tenderkit.assembly.context import Context
from tenderkit.assembly.eliminated import listed
from tenderkit.assembly.example import LETTERS, Example, example
from tenderkit.assembly.results import Show, side_by_side
from tenderkit.evaluation.score import score
from tenderkit.evaluation.spec import Criterion, EvaluationSpec

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give what the three offer, and what the model makes of it."""
    lot = context.lot_ids[0]
    spec = context.plan.specs[lot]
    names = tuple(context.label("worked-example.bidder", letter=letter) for letter in LETTERS)
    made = example(context.plan, lot, names)
    result = score(spec, made.bids, made.scores)
    shown = sorted(result.ranking, key=lambda item: item.bid.bidder)
    return [
        _note(spec, context),
        _given(spec, made, context),
        *side_by_side(context, spec, shown, Show(), lot=context.label("worked-example.invented")),
        *listed(result, context),
    ]


def _note(spec: EvaluationSpec, context: Context) -> tree.Paragraph:
    several = len(context.plan.tender.lots) > 1
    return point(context, "worked-example.note" if several else "worked-example.note_single", lot=spec.lot_title)


def _given(spec: EvaluationSpec, made: Example, context: Context) -> tree.Table:
    rows: list[tuple[tree.Inlines, ...]] = [
        (
            cell(
                context.label("worked-example.given.price", id=line.id, line=line.label, unit=unit(line.unit, context))
            ),
            *(money(bid.prices[line.id], context) for bid in made.bids),
        )
        for line in spec.price_lines
    ]
    rows += [_leaf(leaf, made, context) for leaf in spec.leaves() if leaf.kind in {"score", "offer"}]
    columns = (Col("item", 6), *(Col("", 3, "right", bid.name) for bid in made.bids))
    return table(context, "worked-example.given", columns, rows)


def _leaf(leaf: Criterion, made: Example, context: Context) -> tuple[tree.Inlines, ...]:
    title = criteria.numbered_title(leaf, context)
    if leaf.kind == "score":
        label = context.label("worked-example.given.score", criterion=title)
        return (cell(label), *(number(made.scores[bid.bidder, leaf.id], context) for bid in made.bids))
    label = context.label("worked-example.given.offer", criterion=title, unit=unit(leaf.unit, context, one=False))
    return (cell(label), *(number(bid.offers[leaf.id], context) for bid in made.bids))
