"""``::: scales``: each scale that is used, when a score is given, and how scores become points."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import Col, cell, number, point, table
from tenderkit.assembly.context import Context
from tenderkit.assembly.edges import edge_points, rounding_point
from tenderkit.assembly.formulas import model_equations
from tenderkit.assembly.values import join
from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.library.model import Scale
from tenderkit.quantities import format_number

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a table per scale, best level first, between which scores may be chosen, and models that convert scores."""
    spec = next(iter(context.plan.specs.values()))
    users: dict[str, list[Criterion]] = {}
    for leaf in spec.leaves():
        if leaf.scale is not None:
            users.setdefault(leaf.scale_id, []).append(leaf)
    blocks: list[tree.Block] = []
    for leaves in users.values():
        scale = leaves[0].scale
        assert scale is not None  # noqa: S101 - only leaves with a scale were kept
        blocks += _scale(scale, leaves, context)
        blocks += _conversion(scale, leaves, spec, context)
    return [*blocks, *_models(spec, context)]


def _conversion(
    scale: Scale, leaves: Sequence[Criterion], spec: EvaluationSpec, context: Context
) -> list[tree.Paragraph]:
    """Say how scores become points, unless a score is the number of points by itself."""
    as_they_are = scale.bottom == 0 and scale.top == spec.points_top
    if as_they_are and all(leaf.model is None for leaf in leaves):
        return []
    bottom, top, most = (format_number(value, context.language) for value in (scale.bottom, scale.top, spec.points_top))
    return [point(context, "scales.converted", bottom=bottom, top=top, most=most)]


def _models(spec: EvaluationSpec, context: Context) -> list[tree.Block]:
    """Give the equation, the edge rules and the rounding of each model that works on the points for a score."""
    blocks: list[tree.Block] = []
    for model, leaves in criteria.by_model(leaf for leaf in spec.leaves() if leaf.kind == "score"):
        scored = join([leaf.number or criteria.title(leaf, context) for leaf in leaves], context)
        title = model.definition.title[context.language]
        blocks.append(point(context, "scales.model", keep=True, criteria=scored, model=title))
        blocks += model_equations(model, spec, context, context.label("scales.points"), leaves[0])
        blocks += edge_points(leaves[0], model, spec, context)
        blocks.append(rounding_point(leaves[0], spec, context))
    return blocks


def _scale(scale: Scale, leaves: Sequence[Criterion], context: Context) -> list[tree.Block]:
    levels = sorted(scale.levels, key=lambda level: level.score, reverse=True)
    rows = [(number(level.score, context), cell(level.text[context.language])) for level in levels]
    used_by = join([leaf.number or criteria.title(leaf, context) for leaf in leaves], context)
    columns = (Col("score", 1, "center"), Col("meaning", 8))
    title = scale.title[context.language]
    return [table(context, "scales", columns, rows, title=title, criteria=used_by), _between(scale, context)]


def _between(scale: Scale, context: Context) -> tree.Paragraph:
    """Say which scores may be given, and what holds between two described levels."""
    bottom, top, step = (format_number(value, context.language) for value in (scale.bottom, scale.top, scale.step))
    words = context.label("scales.step", bottom=bottom, top=top, step=step)
    between = scale.between[context.language] if scale.between else context.label("scales.between")
    return tree.Paragraph((tree.Text(f"{words} {between}"),), point=True)
