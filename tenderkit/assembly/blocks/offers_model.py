"""``::: offers-model``: the numbers that bidders offer: floor, cap, unit and weight, and how they become points."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import Col, cell, number, point, table, unit
from tenderkit.assembly.context import Context
from tenderkit.assembly.edges import edge_points, rounding_point
from tenderkit.assembly.formulas import model_equations
from tenderkit.assembly.lots import by_numbers
from tenderkit.assembly.values import join
from tenderkit.evaluation.points import model_points
from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.evaluation.traits import gives_value
from tenderkit.problems import TenderkitError

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table, once or where lots differ per lot, and each model that scores a number."""
    specs = [context.plan.specs[lot] for lot in context.lot_ids]
    if not _offers(specs[0]):
        return [point(context, "offers-model.none")]
    same = len({tuple((leaf.floor, leaf.cap) for leaf in _offers(spec)) for spec in specs}) == 1
    tables = [_table(spec, context, same=same) for spec in (specs[:1] if same else specs)]
    leaves = _offers(specs[0])
    above = "above_counts" if any(gives_value(leaf) for leaf in leaves) else "above"
    below = "below" if all(_floor_gives_nothing(leaf, specs[0]) for leaf in leaves) else "floor_only"
    return [
        *tables,
        *by_numbers(context, lambda spec: [leaf.model for leaf in _offers(spec)], lambda spec: _models(spec, context)),
        *([point(context, f"offers-model.{below}")] if any(leaf.floor is not None for leaf in leaves) else []),
        *([point(context, f"offers-model.{above}")] if any(leaf.cap is not None for leaf in leaves) else []),
    ]


def _offers(spec: EvaluationSpec) -> list[Criterion]:
    return [leaf for leaf in spec.leaves() if leaf.kind == "offer"]


def _floor_gives_nothing(leaf: Criterion, spec: EvaluationSpec) -> bool:
    """Tell whether an offer at the minimum requirement gets 0 points; a bid at the cap stands beside it."""
    if leaf.model is None or leaf.floor is None or gives_value(leaf):
        return False
    best = leaf.floor + 1 if leaf.cap is None else leaf.cap
    try:
        return model_points(leaf.model, [leaf.floor, best], spec.points_top, leaf)[0] == 0
    except TenderkitError:
        return False


def _table(spec: EvaluationSpec, context: Context, *, same: bool) -> tree.Table:
    rows = [
        (
            cell(leaf.number),
            cell(criteria.title(leaf, context)),
            cell(unit(leaf.unit, context, one=False)),
            number(leaf.floor, context),
            number(leaf.cap, context),
            cell(criteria.worth(leaf, spec, context)),
        )
        for leaf in _offers(spec)
    ]
    columns = (
        Col("no", 1),
        Col("criterion", 5),
        Col("unit", 4),
        Col("floor" if all(_floor_gives_nothing(leaf, spec) for leaf in _offers(spec)) else "least", 2, "right"),
        Col("cap", 2, "right"),
        Col("weight", 2, "right") if criteria.by_weight(spec) else Col("amount", 2, "right"),
    )
    suffix = "" if same else context.label("offers-model.for_lot", lot=spec.lot_title)
    return table(context, "offers-model", columns, rows, lot=suffix)


def _models(spec: EvaluationSpec, context: Context) -> list[tree.Block]:
    """Give each model's equation and words; where there are several, which criteria each scores."""
    blocks: list[tree.Block] = []
    for model, leaves in criteria.by_model(_offers(spec)):
        scored = join([leaf.number or criteria.title(leaf, context) for leaf in leaves], context)
        if gives_value(leaves[0]):
            blocks.append(point(context, "offers-model.value", criteria=scored))
            continue
        title = model.definition.title[context.language]
        blocks.append(point(context, "offers-model.name", keep=True, criteria=scored, model=title))
        blocks += model_equations(model, spec, context, context.label("offers-model.points"), leaves[0])
        blocks += edge_points(leaves[0], model, spec, context)
        blocks.append(rounding_point(leaves[0], spec, context))
    return blocks
