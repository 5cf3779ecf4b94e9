"""``::: stress-weights``: the stated weight of each criterion against its share of what really parts the bids."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, table
from tenderkit.assembly.stress import StressContext
from tenderkit.charts import Bars, Part
from tenderkit.stress.shares import SpreadShare

NEEDS = "stress"


def render(context: StressContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the criteria of the first level as table and bars, and then the single ones."""
    measures = context.report.measures
    columns = (Col("criterion", 5), Col("stated", 2, "right"), Col("realised", 3, "right"), Col("decides", 3, "right"))
    decided = {item.criterion: item for item in measures.decisions}

    def row(item: SpreadShare) -> tuple[tree.Inlines, ...]:
        stated = "" if item.stated is None else context.share(item.stated)
        decision = decided.get(item.criterion)
        often = "" if decision is None else context.share(decision.share)
        if decision is not None and not decision.possible:
            often = context.label("stress.weights.never")
        return cell(context.called(item.criterion)), cell(stated), cell(context.share(item.realised)), cell(often)

    blocks: list[tree.Block] = [table(context, "stress.weights", columns, [row(item) for item in measures.groups])]
    blocks.append(_picture(measures.groups, context))
    inner = [item for item in measures.criteria if item.criterion not in {group.criterion for group in measures.groups}]
    if inner:
        blocks.append(table(context, "stress.weights_inner", columns, [row(item) for item in inner]))
    return blocks


def _picture(items: Sequence[SpreadShare], context: StressContext) -> tree.Picture:
    names = [context.called(item.criterion) for item in items]
    parts = [Part(context.label("stress.weights.realised"), [item.realised for item in items])]
    if all(item.stated is not None for item in items):
        stated = [float(item.stated or 0) for item in items]
        parts.insert(0, Part(context.label("stress.weights.stated"), stated))
    chart = Bars(names, parts, context.label("stress.weights.axis"), unit="percent", language=context.language)
    said = "; ".join(
        context.label(
            "stress.weights.said",
            criterion=name,
            stated="–" if item.stated is None else context.share(item.stated),
            realised=context.share(item.realised),
        )
        for name, item in zip(names, items, strict=True)
    )
    return tree.Picture(chart, context.label("stress.weights.picture"), said)
