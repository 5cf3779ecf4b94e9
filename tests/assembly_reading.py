"""Reading document trees in tests: blocks made by name, and what they say as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assembly_builders import of_lot

from tenderkit.assembly import blocks, tree
from tenderkit.assembly.context import Context
from tenderkit.assembly.document import runs


def made(name: str, context: Context, argument: str = "", text: str = "") -> list[tree.Block]:
    return list(blocks.make(name, argument, text, context, "test"))


def said(items: Sequence[tree.Block]) -> str:
    """Give everything that blocks say, one piece a line."""
    return "\n".join(_said(items))


def _said(items: Sequence[tree.Block]) -> Iterator[str]:
    for block in items:
        if isinstance(block, tree.Table):
            yield block.caption
            yield from (column.title for column in block.columns)
            yield from (" ".join(of_cell(cell) for cell in row) for row in block.rows)
        elif isinstance(block, tree.Equation):
            yield block.words
        elif isinstance(block, tree.Signatures):
            yield " ".join((block.caption, *block.parties, *block.labels))
        else:
            yield "".join(run.text for run in runs([block]) if isinstance(run, (tree.Text, tree.Link)))


def decimal(text: str) -> Decimal:
    """Give a number printed in Danish."""
    return Decimal(text.replace(".", "").replace(",", "."))


def of_cell(cell: tree.Inlines) -> str:
    return "".join(run.text for run in cell if isinstance(run, tree.Text))


def rows(table: tree.Block) -> list[list[str]]:
    assert isinstance(table, tree.Table)
    return [[of_cell(cell) for cell in row] for row in table.rows]


def tables(items: Sequence[tree.Block]) -> list[tree.Table]:
    return [block for block in items if isinstance(block, tree.Table)]


def a_letter(context: Context, lot: str, bidder: str) -> Context:
    recipient = next(bid for bid in context.bids[lot] if bid.bidder == bidder)
    return of_lot(context, lot, recipient=recipient)
