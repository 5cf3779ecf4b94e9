"""``::: advice-places``: what limits the places in training courses per lot, and what low, middle and high give."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.advice.content import LEVELS, Figure, numbers
from tenderkit.advice.places import LotPlaces
from tenderkit.assembly import tree
from tenderkit.assembly.advice import AdviceContext, marked
from tenderkit.assembly.cells import Col, cell, number, paragraph, table
from tenderkit.quantities import format_number

NEEDS = "advice"


def render(context: AdviceContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of ranges, each lot's limits and levels, and where the suggested numbers come from."""
    found = context.advice.places
    if found is None:
        return [paragraph(context, "advice-places.none")]
    rows = [
        (cell(lot.lot.title), *(number(lot.levels[level], context) for level in LEVELS), number(lot.most, context))
        for lot in found.lots
    ]
    bold = []
    if len(found.lots) > 1:
        bold = [len(rows)]
        sums = [number(found.total(level), context) for level in LEVELS]
        most = number(sum(lot.most for lot in found.lots), context)
        rows.append((cell(context.label("advice-places.total")), *sums, most))
    levels = [Col(level, 2, "right", context.label(f"advice-level.{level}")) for level in LEVELS]
    columns = (Col("lot", 3), *levels, Col("most", 2, "right"))
    blocks: list[tree.Block] = [table(context, "advice-places", columns, rows, bold)]
    for lot in found.lots:
        blocks += _lot(lot, context)
    return [*blocks, *_sources(context)]


def _lot(lot: LotPlaces, context: AdviceContext) -> list[tree.Block]:
    lines = [*(context.said(limit.line) for limit in lot.limits), *(context.said(line) for line in lot.lines)]
    return [
        tree.Paragraph((tree.Text(lot.lot.title, bold=True),), keep=True),
        tree.ItemList(tuple(tree.ListItem((tree.Text(line),)) for line in lines)),
    ]


def _sources(context: AdviceContext) -> list[tree.Block]:
    known = numbers(context.library)
    figures: tuple[Figure, ...] = (
        known.hours_per_place,
        known.places_per_mentor,
        known.occupancy,
        *(known.place_shares[level] for level in LEVELS),
    )
    said = [
        f"{marked(context, format_number(item.value, context.language), item.mark)}: {item.source[context.language]}"
        for item in figures
    ]
    return [
        tree.Paragraph((tree.Text(context.label("advice-places.sources")),), keep=True),
        tree.ItemList(tuple(tree.ListItem((tree.Text(line),)) for line in said)),
    ]
