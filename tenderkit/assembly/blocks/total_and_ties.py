"""``::: total-and-ties``: how points become one total, how it is rounded, and what parts bids with the same total."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import cell, point
from tenderkit.assembly.context import Context
from tenderkit.assembly.edges import award_edges
from tenderkit.assembly.formulas import ModelWords, decimals, steps_behind
from tenderkit.assembly.lots import by_numbers
from tenderkit.assembly.names import tie_rule
from tenderkit.evaluation.ranking import LOTS_DRAWING
from tenderkit.evaluation.spec import EvaluationSpec
from tenderkit.library.model import EvaluationModel

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the award model's stages and equation, the rounding, and the tie rules in order; all lots have the same."""
    spec = next(iter(context.plan.specs.values()))
    definition = spec.award.definition
    best = "lowest" if definition.better == "lower" else "highest"
    return [
        point(context, "total-and-ties.name", keep=True, model=definition.title[context.language]),
        *by_numbers(context, lambda own: [own.award], lambda own: _formulas(own, context)),
        *award_edges(spec, context),
        point(context, "total-and-ties.rounding", decimals=decimals(spec.total_places, context)),
        point(context, f"total-and-ties.{best}_wins"),
        point(context, "total-and-ties.ties", keep=True),
        tree.ItemList(tuple(tree.ListItem(cell(tie_rule(rule, context))) for rule in spec.ties), ordered=True),
        *([point(context, "total-and-ties.drawing")] if _drawn_by_number(spec, context) else []),
        point(context, "total-and-ties.recalculated"),
    ]


def _drawn_by_number(spec: EvaluationSpec, context: Context) -> bool:
    return LOTS_DRAWING in spec.ties and context.plan.tender.award.drawing is not None


def _formulas(spec: EvaluationSpec, context: Context) -> list[tree.Block]:
    """Give what the stages need, the stages, and then the rest, so that nothing is used before it is said."""
    said = ModelWords(spec.award, spec, context)
    definition = spec.award.definition
    left = context.label("total-and-ties.total")
    if not definition.stages:
        return [*said.steps(definition.steps), said.formula(left), *said.tables()]
    early = steps_behind(definition, definition.stage_trees.values())
    late = [name for name in definition.steps if name not in early]
    return [
        *said.steps(early),
        *_stages(definition, said, context),
        point(context, "total-and-ties.after_stages", keep=True),
        *said.steps(late),
        said.formula(left),
        *said.tables(),
    ]


def _stages(definition: EvaluationModel, said: ModelWords, context: Context) -> list[tree.Block]:
    """Give each stage as a point with what it is called, what it means, and its condition."""
    blocks: list[tree.Block] = [point(context, "total-and-ties.stages")]
    for number, (name, condition) in enumerate(definition.stage_trees.items(), start=1):
        stage = definition.stages[name]
        title, explain = (text[context.language].strip() for text in (stage.title, stage.explain))
        blocks += [
            point(context, "total-and-ties.stage", keep=True, number=number, title=title, explain=explain),
            said.condition(condition),
        ]
    return blocks
