"""``::: stress-fragile``: how often rounding, a tie, or one step of one score decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, table
from tenderkit.assembly.stress import StressContext

NEEDS = "stress"


def render(context: StressContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a table with a row for each of them."""
    columns = (Col("what", 7), Col("share", 3, "right"))
    rows = [(cell(context.label(key, **values)), cell(share)) for key, values, share in _rows(context)]
    return [table(context, "stress.fragile", columns, rows)]


def _rows(context: StressContext) -> Iterator[tuple[str, dict[str, str], str]]:
    measures = context.report.measures
    for effect in measures.roundings:
        share = context.share(effect.effect.share) if effect.used else context.label("stress.fragile.unused")
        yield f"stress.fragile.{effect.rounding}", {}, share
    ties = measures.ties
    if ties.tenders:
        yield "stress.fragile.tied", {}, context.share(ties.tied / ties.tenders)
        yield "stress.fragile.open", {}, context.share(ties.open / ties.tenders)
    single = measures.single_points
    if single.tenders:
        yield "stress.fragile.single", {}, context.share(single.changed / single.tenders)
        for criterion, count in single.by_criterion.items():
            yield (
                "stress.fragile.single_on",
                {"criterion": context.called(criterion)},
                context.share(count / single.tenders),
            )
