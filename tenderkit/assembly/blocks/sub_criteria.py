"""``::: sub-criteria``: for every criterion but the price, what counts, how it is scored, and where the bid says it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.context import Context
from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.evaluation.traits import gives_value
from tenderkit.plan import FormField
from tenderkit.quantities import format_number

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give one point per criterion that is not scored from the price, in the published order."""
    spec = next(iter(context.plan.specs.values()))
    fields = {field.criterion: field for field in context.plan.fields if field.criterion}
    return [_point(leaf, fields.get(leaf.id), spec, context) for leaf in spec.leaves() if leaf.kind != "price"]


def _point(leaf: Criterion, field: FormField | None, spec: EvaluationSpec, context: Context) -> tree.Paragraph:
    name = criteria.numbered_title(leaf, context)
    heading = context.label("sub-criteria.heading", criterion=name, weighs=criteria.weighs(leaf, spec, context))
    counts = criteria.looks_for(leaf, context)
    scale = leaf.scale.title[context.language] if leaf.scale else ""
    how: str = "value" if gives_value(leaf) else leaf.kind
    if leaf.kind == "score" and leaf.model is not None:
        how = "converted"
    sentences = [
        context.label(f"sub-criteria.how.{how}", scale=scale),
        *([_where(field, context)] if field else []),
        *([_least(leaf.minimum, spec, context)] if leaf.minimum is not None else []),
    ]
    return tree.Paragraph(
        (
            tree.Text(f"{heading} ", bold=True),
            *((counts, tree.Text(" ")) if counts.text else ()),
            tree.Text(" ".join(sentences)),
        ),
        point=True,
        name=f"criterion-{leaf.id.replace('.', '-')}",
    )


def _least(minimum: Fraction, spec: EvaluationSpec, context: Context) -> str:
    """Give the points that a bid must reach on the criterion."""
    return context.label("sub-criteria.minimum", points=format_number(minimum * spec.points_top, context.language))


def _where(field: FormField, context: Context) -> str:
    """Give the field of the answer form, and how long the answer may be."""
    label = field.definition.label[context.language] if field.definition else field.label
    if field.kind != "text":
        return context.label("sub-criteria.where.number", field=label)
    return context.label("sub-criteria.where.text", field=label, most=format_number(field.max, context.language))
