"""``::: sub-criteria``: for every criterion but the price, what counts, how it is scored, and where the bid says it."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import percent
from tenderkit.assembly.context import Context
from tenderkit.evaluation.spec import Criterion
from tenderkit.plan import FormField
from tenderkit.quantities import format_number

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give one point per criterion that is not scored from the price, in the published order."""
    spec = next(iter(context.plan.specs.values()))
    fields = {field.criterion: field for field in context.plan.fields if field.criterion}
    return [_point(leaf, fields.get(leaf.id), context) for leaf in spec.leaves() if leaf.kind != "price"]


def _point(leaf: Criterion, field: FormField | None, context: Context) -> tree.Paragraph:
    name = criteria.numbered_title(leaf, context)
    heading = context.label("sub-criteria.heading", criterion=name, share=percent(leaf.share, context))
    counts = criteria.looks_for(leaf, context)
    scale = leaf.scale.title[context.language] if leaf.scale else ""
    sentences = [
        context.label(f"sub-criteria.how.{leaf.kind}", scale=scale),
        *([_where(field, context)] if field else []),
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


def _where(field: FormField, context: Context) -> str:
    """Give the field of the answer form, and how long the answer may be."""
    label = field.definition.label[context.language] if field.definition else field.label
    if field.kind != "text":
        return context.label("sub-criteria.where.number", field=label)
    return context.label("sub-criteria.where.text", field=label, most=format_number(field.max, context.language))
