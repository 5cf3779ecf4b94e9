"""``::: total-and-ties``: how points become one total, how it is rounded, and what parts bids with the same total."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import cell, point
from tenderkit.assembly.context import Context
from tenderkit.assembly.formulas import decimals, model_equations
from tenderkit.assembly.names import tie_rule

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the award model's equation, the rounding, and the tie rules in order; all lots have the same."""
    spec = next(iter(context.plan.specs.values()))
    definition = spec.award.definition
    blocks: list[tree.Block] = [
        point(context, "total-and-ties.name", keep=True, model=definition.title[context.language])
    ]
    blocks += model_equations(spec.award, spec, context, context.label("total-and-ties.total"))
    best = "lowest" if definition.better == "lower" else "highest"
    blocks += [
        point(context, "total-and-ties.rounding", decimals=decimals(spec.total_places, context)),
        point(context, f"total-and-ties.{best}_wins"),
        point(context, "total-and-ties.ties", keep=True),
        tree.ItemList(tuple(tree.ListItem(cell(tie_rule(rule, context))) for rule in spec.ties), ordered=True),
        point(context, "total-and-ties.recalculated"),
    ]
    return blocks
