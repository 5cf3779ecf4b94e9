"""``::: scales``: each scale that is used, with the sentence that tells when a score is given."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import Col, cell, number, table
from tenderkit.assembly.context import Context
from tenderkit.assembly.values import join
from tenderkit.evaluation.spec import Criterion
from tenderkit.library.model import Scale
from tenderkit.quantities import format_number

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a table per scale, best level first, and between which scores may be chosen."""
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
