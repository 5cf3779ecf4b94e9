"""``::: stress-alternatives``: what each other model would have chosen for the same bids."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, paragraph, table
from tenderkit.assembly.stress import StressContext
from tenderkit.charts import Bars, Part
from tenderkit.quantities import format_money, format_number, format_percent, round_half_up
from tenderkit.stress.alternatives import Alternative

NEEDS = "stress"

#: Models in the picture: those that choose the most different winners.
DRAWN = 12


def render(context: StressContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the other models of one kind: ``criterion`` on the price, or ``award``."""
    found = [item for item in context.report.alternatives if item.kind == (argument or "criterion")]
    others = sorted((item for item in found if not item.published), key=lambda item: item.share)
    if not others:
        return [paragraph(context, "stress.alternatives.none")]
    columns = (Col("model", 5), Col("same", 2, "right"), Col("price", 3, "right"), Col("quality", 3, "right"))
    rows = [_row(item, context) for item in (*(item for item in found if item.published), *others)]
    blocks: list[tree.Block] = [table(context, "stress.alternatives", columns, rows)]
    drawn = others[:DRAWN]
    names = [_title(item, context) for item in drawn]
    parts = [Part(context.label("stress.alternatives.same"), [item.share for item in drawn])]
    chart = Bars(names, parts, context.label("stress.alternatives.axis"), unit="percent", language=context.language)
    said = "; ".join(f"{name}: {context.share(item.share)}" for name, item in zip(names, drawn, strict=True))
    blocks.append(tree.Picture(chart, context.label("stress.alternatives.picture"), said))
    return blocks


def _row(item: Alternative, context: StressContext) -> tuple[tree.Inlines, ...]:
    name = _title(item, context) + (f" ({context.label('stress.alternatives.own')})" if item.published else "")
    constants = _constants(item, context)
    price = "" if item.price is None else format_money(round_half_up(Fraction(item.price), 0), context.language)
    quality = "" if item.quality is None else context.share(item.quality)
    return (
        cell("\n".join(part for part in (name, constants) if part)),
        cell(context.share(item.share)),
        cell(price),
        cell(quality),
    )


def _title(item: Alternative, context: StressContext) -> str:
    return context.library.model(item.model).title[context.language]


def _constants(item: Alternative, context: StressContext) -> str:
    definition = context.library.model(item.model)
    texts = []
    for name, value in item.parameters.items():
        if isinstance(value, tuple):
            texts.append(f"{name}: {context.label('stress.alternatives.table')}")
        elif definition.parameters[name].type == "percent":
            texts.append(f"{name} = {format_percent(round_half_up(value * 100, 1), context.language)}")
        else:
            texts.append(f"{name} = {format_number(_short(value), context.language)}")
    return ", ".join(texts)


def _short(value: Fraction) -> Decimal:
    return round_half_up(value, 0 if abs(value) >= 100 else 3).normalize() + 0  # noqa: PLR2004 - large numbers whole
