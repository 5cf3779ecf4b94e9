"""``::: price-model``: how the evaluated price becomes points: equation, sentence, edge rules and rounding."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import own, point
from tenderkit.assembly.context import Context
from tenderkit.assembly.edges import edge_points, rounding_point
from tenderkit.assembly.formulas import model_equations
from tenderkit.assembly.lots import by_numbers
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the model of each criterion that is scored from the price; all lots have the same."""
    spec = next(iter(context.plan.specs.values()))
    leaves = [leaf for leaf in spec.leaves() if leaf.kind == "price" and leaf.model]
    if not leaves:
        return [point(context, "price-model.none")]
    blocks: list[tree.Block] = []
    for leaf in leaves:
        assert leaf.model is not None  # noqa: S101 - only leaves with a model were kept
        name = criteria.numbered_title(leaf, context)
        model = leaf.model
        blocks += _lines(leaf, spec, context)
        blocks.append(
            point(
                context, "price-model.name", keep=True, criterion=name, model=model.definition.title[context.language]
            )
        )
        blocks += by_numbers(context, partial(_model, leaf=leaf), partial(_said, leaf=leaf, context=context))
        blocks += edge_points(leaf, model, spec, context)
        blocks.append(rounding_point(leaf, spec, context))
    return blocks


def _model(spec: EvaluationSpec, leaf: Criterion) -> list[Model | None]:
    return [spec.leaf(leaf.id).model]


def _said(spec: EvaluationSpec, leaf: Criterion, context: Context) -> Sequence[tree.Block]:
    """Give the model's equations with the numbers of a lot."""
    (model,) = _model(spec, leaf)
    return [] if model is None else model_equations(model, spec, context, context.label("price-model.points"), leaf)


def _lines(leaf: Criterion, spec: EvaluationSpec, context: Context) -> list[tree.Block]:
    """Give the price lines that a criterion covers, where it does not cover them all."""
    if not leaf.lines:
        return []
    items = [
        tree.ListItem((tree.Text(f"{line.id}: "), *own(line.label, context)))
        for line in spec.price_lines
        if line.id in leaf.lines
    ]
    name = criteria.numbered_title(leaf, context)
    return [
        point(context, "price-model.lines", keep=True, criterion=name),
        tree.ItemList(tuple(items)),
        point(context, "price-model.part_sum"),
    ]
