"""``::: offers-model``: the numbers that bidders offer: floor, cap, unit and weight, and how they become points."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import Col, cell, number, percent, point, table, unit
from tenderkit.assembly.context import Context
from tenderkit.assembly.formulas import model_equations, rounding_point
from tenderkit.assembly.values import join
from tenderkit.evaluation.spec import Criterion, EvaluationSpec

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table, once or where lots differ per lot, and each model that scores a number."""
    specs = [context.plan.specs[lot] for lot in context.lot_ids]
    if not _offers(specs[0]):
        return [point(context, "offers-model.none")]
    same = len({tuple((leaf.floor, leaf.cap) for leaf in _offers(spec)) for spec in specs}) == 1
    tables = [_table(spec, context, same=same) for spec in (specs[:1] if same else specs)]
    return [
        *tables,
        *_models(specs[0], context),
        point(context, "offers-model.below"),
        point(context, "offers-model.above"),
    ]


def _offers(spec: EvaluationSpec) -> list[Criterion]:
    return [leaf for leaf in spec.leaves() if leaf.kind == "offer"]


def _table(spec: EvaluationSpec, context: Context, *, same: bool) -> tree.Table:
    rows = [
        (
            cell(leaf.number),
            cell(criteria.title(leaf, context)),
            cell(unit(leaf.unit, context, one=False)),
            number(leaf.floor, context),
            number(leaf.cap, context),
            cell(percent(leaf.share, context)),
        )
        for leaf in _offers(spec)
    ]
    columns = (
        Col("no", 1),
        Col("criterion", 5),
        Col("unit", 4),
        Col("floor", 2, "right"),
        Col("cap", 2, "right"),
        Col("weight", 2, "right"),
    )
    suffix = "" if same else context.label("offers-model.for_lot", lot=spec.lot_title)
    return table(context, "offers-model", columns, rows, lot=suffix)


def _models(spec: EvaluationSpec, context: Context) -> list[tree.Block]:
    """Give each model's equation and words; where there are several, which criteria each scores."""
    models = {leaf.model.id: leaf.model for leaf in _offers(spec) if leaf.model}
    blocks: list[tree.Block] = []
    for identifier, model in models.items():
        scored = [
            leaf.number or criteria.title(leaf, context)
            for leaf in _offers(spec)
            if leaf.model and leaf.model.id == identifier
        ]
        title = model.definition.title[context.language]
        blocks.append(point(context, "offers-model.name", keep=True, criteria=join(scored, context), model=title))
        blocks += model_equations(model, spec, context, context.label("offers-model.points"))
        blocks.append(rounding_point(model, spec, context))
    return blocks
