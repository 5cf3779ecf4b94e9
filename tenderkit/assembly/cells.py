"""What the blocks share: cells with numbers and amounts, tables by their labels, units, and parts per lot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tenderkit import quantities
from tenderkit.assembly import tree
from tenderkit.assembly.context import Context
from tenderkit.assembly.setting import Contractual, Setting
from tenderkit.assembly.values import Shown

Exact = Fraction | Decimal | int
NONE = "–"
EMPTY: tree.Inlines = ()
_BLANKS = re.compile(r"[ \t]+")


@dataclass(frozen=True)
class Col:
    """A column: the last part of its label's key, its share of the width, and how its cells are aligned.

    ``title`` stands in place of the label where the tender names the column, such as a lot's title.
    """

    key: str
    width: int = 1
    align: Literal["left", "right", "center"] = "left"
    title: str = ""


def cell(value: str | Shown) -> tree.Inlines:
    """Give a cell with a text; an empty one has a dash, and what is not known yet is marked as a gap."""
    if isinstance(value, Shown):
        return (tree.Text(value.text or NONE, missing=value.missing, language=value.language, gap=value.name),)
    return (tree.Text(tidy(value) or NONE),)


def own(text: str, context: Setting) -> tree.Inlines:
    """Give a cell with the officer's own words; in a translation they are marked as being in the tender's language."""
    return (tree.Text(tidy(text) or NONE, language=context.foreign(text)),)


def tidy(text: str) -> str:
    """Give a text without empty lines and doubled spaces; spaces that do not break stay."""
    lines = (_BLANKS.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def number(value: Exact | None, context: Setting, places: int | None = None) -> tree.Inlines:
    """Give a cell with a number, or with a dash for None."""
    return cell("" if value is None else quantities.format_number(value, context.language, places))


def money(value: Exact | None, context: Setting) -> tree.Inlines:
    """Give a cell with an amount in kroner, or with a dash for None."""
    return cell("" if value is None else quantities.format_money(value, context.language))


def percent(share: Fraction, context: Setting) -> str:
    """Give a share as a percentage.

    ``percent(Fraction(1, 8), context)`` gives "12,5 %" in Danish.
    """
    return quantities.format_percent(share * 100, context.language)


def table(
    context: Setting,
    name: str,
    columns: Sequence[Col],
    rows: Iterable[tuple[tree.Inlines, ...]],
    bold: Iterable[int] = (),
    **values: object,
) -> tree.Table:
    """Give a table whose caption, description and column titles are the labels below ``name``.

    ``values`` are put into the caption.
    """
    return tree.Table(
        caption=context.label(f"{name}.caption", **values),
        description=context.label(f"{name}.description"),
        columns=tuple(
            tree.Column(column.title or context.label(f"{name}.{column.key}"), column.width, column.align)
            for column in columns
        ),
        rows=tuple(rows),
        bold_rows=frozenset(bold),
    )


def paragraph(context: Setting, key: str, **values: object) -> tree.Paragraph:
    """Give a paragraph with a label's text."""
    return tree.Paragraph((tree.Text(context.label(key, **values)),))


def point(context: Setting, key: str, *, keep: bool = False, **values: object) -> tree.Paragraph:
    """Give a numbered point with a label's text; ``keep`` holds it on the page of what follows."""
    return tree.Paragraph((tree.Text(context.label(key, **values)),), point=True, keep=keep)


def heading(text: str, level: int) -> tree.Heading:
    """Give a heading."""
    return tree.Heading(level, (tree.Text(text),))


def unit(name: str, context: Setting, *, one: bool = True) -> str:
    """Give a unit of the vocabulary in singular or plural; any other unit stands as the tender writes it."""
    known = context.library.vocabulary.units.get(name)
    return known.name(context.language, one) if known else name


def counted(value: Exact, unit_name: str, context: Setting) -> str:
    """Give a number with its unit, such as "1 plads" or "15 pladser"."""
    shown = quantities.format_number(value, context.language)
    noun = unit(unit_name, context, one=value == 1)
    return f"{shown}{quantities.NBSP}{noun}" if noun else shown


def lot_title(lot: str, context: Contractual) -> str:
    """Give a lot's title."""
    return context.lot_title(lot)


def same_or_by_lot(texts: Mapping[str, str], context: Contractual) -> str:
    """Give a text that is the same for all lots once, otherwise each lot's with the lot's title."""
    if len(set(texts.values())) <= 1:
        return next(iter(texts.values()), "")
    return "; ".join(f"{lot_title(lot, context)}: {text}" for lot, text in texts.items())


def lots_with_results(context: Context) -> list[str]:
    """Give the document's lots that have been scored."""
    return [lot for lot in context.lot_ids if lot in context.results]


def per_lot(context: Contractual, lots: Iterable[str], make: Callable[[str], Sequence[tree.Block]]) -> list[tree.Block]:
    """Give each lot's part; where a document is about several lots, below a heading with the lot's title."""
    blocks: list[tree.Block] = []
    for lot in lots:
        if len(context.lot_ids) > 1:
            blocks.append(heading(context.label("lot_heading", lot=lot_title(lot, context)), 2))
        blocks += make(lot)
    return blocks
