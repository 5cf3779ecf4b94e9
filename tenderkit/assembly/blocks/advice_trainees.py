"""``::: advice-trainees``: the range of person-years under training per lot, and the arithmetic behind it."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.advice.content import LEVELS, numbers
from tenderkit.assembly import tree
from tenderkit.assembly.advice import AdviceContext, marked
from tenderkit.assembly.cells import Col, cell, number, paragraph, table
from tenderkit.quantities import format_percent

NEEDS = "advice"


def render(context: AdviceContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of ranges, each lot's arithmetic as a list, and the check by payroll."""
    found = context.advice.trainees
    if found is None:
        return [paragraph(context, "advice-trainees.none")]
    rows = [
        (
            cell(lot.lot.title),
            number(lot.fte, context, 2),
            *(number(lot.shares[level].years, context) for level in LEVELS),
        )
        for lot in found.lots
    ]
    bold = []
    if len(found.lots) > 1:
        bold = [len(rows)]
        sums = [number(found.total(level), context) for level in LEVELS]
        total = sum((lot.fte for lot in found.lots), start=found.lots[0].fte * 0)
        rows.append((cell(context.label("advice-trainees.total")), number(total, context, 2), *sums))
    shares = numbers(context.library).trainee_shares
    levels = [Col(level, 2, "right", _title(level, shares[level].value, context)) for level in LEVELS]
    columns = (Col("lot", 3), Col("fte", 2, "right"), *levels)
    return [table(context, "advice-trainees", columns, rows, bold), *_lines(context), *_sources(context)]


def _title(level: str, percent: object, context: AdviceContext) -> str:
    share = format_percent(percent, context.language)  # type: ignore[arg-type]  # a figure's value is a number
    return f"{context.label(f'advice-level.{level}')} ({share})"


def _lines(context: AdviceContext) -> list[tree.Block]:
    found = context.advice.trainees
    blocks: list[tree.Block] = []
    for lot in found.lots if found else ():
        blocks.append(tree.Paragraph((tree.Text(lot.lot.title, bold=True),), keep=True))
        lines = [context.said(line) for line in lot.lines]
        blocks.append(tree.ItemList(tuple(tree.ListItem((tree.Text(line),)) for line in lines)))
    check = [context.said(line) for line in found.check] if found else []
    if check:
        blocks.append(tree.ItemList(tuple(tree.ListItem((tree.Text(line),)) for line in check)))
    return blocks


def _sources(context: AdviceContext) -> list[tree.Block]:
    """Give where the shares come from, with their marks."""
    shares = numbers(context.library).trainee_shares
    said = [
        f"{marked(context, format_percent(shares[level].value, context.language), shares[level].mark)}: "
        f"{shares[level].source[context.language]}"
        for level in LEVELS
    ]
    return [
        tree.Paragraph((tree.Text(context.label("advice-trainees.sources")),), keep=True),
        tree.ItemList(tuple(tree.ListItem((tree.Text(line),)) for line in said)),
    ]
