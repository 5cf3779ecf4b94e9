"""``::: stress-prices``: points against price as a curve, what prices do at the ends, and extreme prices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, paragraph, table
from tenderkit.assembly.stress import StressContext
from tenderkit.charts import Line, Lines
from tenderkit.evaluation.points import model_points
from tenderkit.evaluation.spec import Criterion
from tenderkit.problems import TenderkitError
from tenderkit.quantities import format_money, format_number, round_half_up
from tenderkit.stress.extremes import Extreme

NEEDS = "stress"

STEPS = 60


def render(context: StressContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a curve for each price criterion, and a table of extreme prices."""
    blocks: list[tree.Block] = []
    for leaf in context.report.spec.leaves():
        if leaf.kind == "price" and leaf.model is not None:
            blocks += _curve(leaf, context)
    rows = [_extreme(item, context) for item in context.report.measures.extremes]
    columns = (Col("criterion", 3), Col("test", 4), Col("prices", 5), Col("points", 4))
    if rows:
        blocks.append(table(context, "stress.prices", columns, rows))
    return [*blocks, *_collapses(context)]


def _curve(leaf: Criterion, context: StressContext) -> Iterator[tree.Block]:
    """Give the points of a bid whose price moves beside others at the low end, the middle and the high end."""
    market, spec = context.report.market, context.report.spec
    low, high = market.price.low, market.price.high
    rivals = [low, market.price.middle, high]
    start, end = low * Fraction(3, 5), high * Fraction(8, 5)
    prices = [start + (end - start) * step / STEPS for step in range(STEPS + 1)]
    points = [_points(leaf, [price, *rivals], spec.points_top) for price in prices]
    line = Line(context.called(leaf.id), [float(price) for price in prices], points)
    ends = (
        (float(low), context.label("stress.prices.low_end")),
        (float(high), context.label("stress.prices.high_end")),
    )
    chart = Lines(
        [line],
        context.label("stress.prices.x"),
        context.label("stress.prices.y"),
        x_unit="money",
        marks=ends,
        language=context.language,
    )
    at = {price: _points(leaf, [price, *rivals], spec.points_top) for price in rivals}
    said = "; ".join(
        f"{format_money(round_half_up(price, 0), context.language)}: {_shown(points, context)}"
        for price, points in at.items()
    )
    caption = context.label("stress.prices.picture", criterion=context.called(leaf.id))
    yield tree.Picture(chart, caption, context.label("stress.prices.said", points=said))


def _points(leaf: Criterion, prices: Sequence[Fraction], top: Fraction) -> float | None:
    if leaf.model is None:
        return None
    try:
        return float(model_points(leaf.model, prices, top, leaf)[0])
    except TenderkitError:
        return None


def _shown(points: float | Fraction | None, context: StressContext) -> str:
    if points is None:
        return context.label("stress.prices.no_value")
    return format_number(round_half_up(Fraction(points), 2).normalize() + 0, context.language)


def _extreme(item: Extreme, context: StressContext) -> tuple[tree.Inlines, ...]:
    prices = " / ".join(
        format_money(round_half_up(price, 2).normalize() + 0, context.language) for price in item.prices
    )
    if item.refused:
        points = context.label("stress.prices.refused")
    elif item.points is None:
        points = context.label("stress.prices.no_value")
    else:
        points = " / ".join(_shown(value, context) for value in item.points)
    kind = context.label(f"stress.prices.kind.{item.kind.replace('-', '_')}")
    return cell(context.called(item.criterion)), cell(kind), cell(prices), cell(points)


def _collapses(context: StressContext) -> Iterator[tree.Block]:
    for item in context.report.measures.collapses:
        if item.tenders:
            yield paragraph(
                context,
                "stress.prices.collapse",
                criterion=context.called(item.criterion),
                several=context.share(item.several_at_zero / item.tenders),
                equal=context.share(item.equal / item.tenders),
                range=context.share(item.range),
            )
