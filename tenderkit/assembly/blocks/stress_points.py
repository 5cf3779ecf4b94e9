"""``::: stress-points``: what one point costs in kroner, for each criterion."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, paragraph, table
from tenderkit.assembly.stress import StressContext
from tenderkit.charts import Bars, Part
from tenderkit.quantities import format_money, round_half_up
from tenderkit.stress.costs import PointCost

NEEDS = "stress"


def render(context: StressContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a table of kroner for a point and for full points, and the latter as bars."""
    costs = context.report.measures.costs
    rows = [(cell(context.called(cost.criterion)), *(cell(text) for text in _amounts(cost, context))) for cost in costs]
    if not rows:
        return [paragraph(context, "stress.points.none")]
    columns = (Col("criterion", 5), Col("one", 3, "right"), Col("full", 3, "right"))
    blocks: list[tree.Block] = [table(context, "stress.points", columns, rows)]
    drawn = [cost for cost in costs if cost.full is not None and "." not in cost.criterion]
    if drawn:
        names = [context.called(cost.criterion) for cost in drawn]
        parts = [Part(context.label("stress.points.full"), [float(cost.full or 0) for cost in drawn])]
        chart = Bars(names, parts, context.label("stress.points.axis"), unit="money", language=context.language)
        said = "; ".join(f"{name}: {_money(cost.full, context)}" for name, cost in zip(names, drawn, strict=True))
        blocks.append(tree.Picture(chart, context.label("stress.points.picture"), said))
    return blocks


def _amounts(cost: PointCost, context: StressContext) -> tuple[str, str]:
    if not cost.counts:
        nothing = context.label("stress.points.nothing")
        return nothing, nothing
    unlimited = context.label("stress.points.unlimited")
    one, full = (unlimited if amount is None else _money(amount, context) for amount in (cost.one, cost.full))
    return one, full


def _money(amount: object, context: StressContext) -> str:
    return format_money(round_half_up(amount, 0), context.language)  # type: ignore[arg-type]  # a fraction
