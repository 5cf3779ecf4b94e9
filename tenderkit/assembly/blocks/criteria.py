"""``::: criteria``: the tree of criteria with the weight in its level and in the whole, and the published minimums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import Col, cell, percent, point, table
from tenderkit.assembly.context import Context
from tenderkit.assembly.values import join
from tenderkit.evaluation.minimum import with_minimum
from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.evaluation.traits import gives_value
from tenderkit.quantities import format_number

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of criteria, and what a bid must reach before prices are looked at; all lots have the same."""
    spec = next(iter(context.plan.specs.values()))
    minimums, weighted = list(with_minimum(spec.criteria)), criteria.by_weight(spec)
    rows: list[tuple[tree.Inlines, ...]] = []
    bold: set[int] = set()
    for criterion, depth in _walk(spec.criteria, 0):
        if depth == 0:
            bold.add(len(rows))
        minimum = "" if criterion.minimum is None else percent(criterion.minimum, context)
        rows.append(
            (
                cell(criterion.number) if criterion.number else (),
                cell(criteria.title(criterion, context)),
                cell(_how(criterion, context)),
                *([cell(percent(criterion.weight, context))] if weighted else []),
                cell(criteria.worth(criterion, spec, context)),
                *([cell(minimum)] if minimums else []),
            )
        )
    columns = (
        Col("number", 1),
        Col("title", 5),
        Col("how", 4),
        *([Col("weight", 2, "right"), Col("share", 2, "right")] if weighted else [_amount(spec)]),
        *([Col("minimum", 2, "right")] if minimums else []),
    )
    shown = table(context, "criteria", columns, rows, bold)
    return [shown, *(_minimums(minimums, spec, context) if minimums else [])]


def _amount(spec: EvaluationSpec) -> Col:
    """Give the column of the amounts, which are for full points, for a unit of what is offered, or for either."""
    priced = [gives_value(leaf) for leaf in spec.leaves() if leaf.amount]
    if priced and all(priced):
        return Col("amount_unit", 3, "right")
    return Col("amount_both", 3, "right") if any(priced) else Col("amount", 3, "right")


def _walk(level: Sequence[Criterion], depth: int) -> Iterator[tuple[Criterion, int]]:
    for criterion in level:
        yield criterion, depth
        yield from _walk(criterion.children, depth + 1)


def _how(criterion: Criterion, context: Context) -> str:
    """Give how points come about, in a few words."""
    if criterion.kind == "price" and criterion.lines:
        return context.label("criteria.method.lines", lines=join(criterion.lines, context))
    if gives_value(criterion):
        return context.label("criteria.method.value")
    if criterion.kind == "score" and criterion.model is not None:
        return context.label("criteria.method.converted")
    return context.label(f"criteria.method.{criterion.kind}")


def _minimums(minimums: Sequence[Criterion], spec: EvaluationSpec, context: Context) -> list[tree.Block]:
    """Say which points a bid must reach, when that is looked at, and what follows when it does not."""
    items = []
    for criterion in minimums:
        share = criterion.minimum or Fraction(0)
        words = context.label(
            f"criteria.minimum_of.{'group' if criterion.children else 'leaf'}",
            criterion=criteria.numbered_title(criterion, context),
            points=format_number(share * spec.points_top, context.language),
            share=percent(share, context),
        )
        items.append(tree.ListItem(cell(words)))
    return [
        point(context, "criteria.minimum_needed", keep=True),
        tree.ItemList(tuple(items)),
        point(context, "criteria.minimum_when"),
        point(context, "criteria.minimum_missed"),
        point(context, "criteria.minimum_always"),
    ]
