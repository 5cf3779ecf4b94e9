"""``::: price-model``: how the evaluated price becomes points: equation, sentence, edge rules and rounding."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import point
from tenderkit.assembly.context import Context
from tenderkit.assembly.formulas import edge_points, model_equations, rounding_point

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
        blocks.append(
            point(
                context, "price-model.name", keep=True, criterion=name, model=model.definition.title[context.language]
            )
        )
        blocks += model_equations(model, spec, context, context.label("price-model.points"))
        blocks += edge_points(model, spec, context)
        blocks.append(rounding_point(model, spec, context))
    return blocks
