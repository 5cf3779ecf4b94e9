"""``::: criteria``: the tree of criteria with the weight in its level and the weight in the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.context import Context
from tenderkit.evaluation.spec import Criterion
from tenderkit.quantities import format_percent

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of criteria; all lots have the same."""
    spec = next(iter(context.plan.specs.values()))
    rows: list[tuple[tree.Inlines, ...]] = []
    bold: set[int] = set()
    for criterion, depth in _walk(spec.criteria, 0):
        if depth == 0:
            bold.add(len(rows))
        rows.append(
            (
                (tree.Text(criterion.number),) if criterion.number else (),
                (tree.Text(criteria.title(criterion, context)),),
                (tree.Text(context.label(f"criteria.method.{criterion.kind}")),),
                (tree.Text(format_percent(criterion.weight * 100, context.language)),),
                (tree.Text(format_percent(criterion.share * 100, context.language)),),
            )
        )
    return [
        tree.Table(
            caption=context.label("criteria.caption"),
            description=context.label("criteria.description"),
            columns=(
                tree.Column(context.label("criteria.number"), 1),
                tree.Column(context.label("criteria.title"), 5),
                tree.Column(context.label("criteria.how"), 4),
                tree.Column(context.label("criteria.weight"), 2, "right"),
                tree.Column(context.label("criteria.share"), 2, "right"),
            ),
            rows=tuple(rows),
            bold_rows=frozenset(bold),
        )
    ]


def _walk(level: Sequence[Criterion], depth: int) -> Iterator[tuple[Criterion, int]]:
    for criterion in level:
        yield criterion, depth
        yield from _walk(criterion.children, depth + 1)
