"""What a limit of how many lots one bidder can win did to a lot, in words."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import lot_title, paragraph
from tenderkit.assembly.context import Context
from tenderkit.assembly.values import join
from tenderkit.evaluation.spec import Result


def titles(lots: Sequence[str], context: Context) -> str:
    """Give lots as running text: "Nord og Syd"."""
    return join([lot_title(lot, context) for lot in lots], context)


def lots_counted(count: int, context: Context) -> str:
    """Give a number of lots with its noun."""
    return context.label(f"lot-combination.{'one' if count == 1 else 'many'}", number=count)


def said(result: Result, context: Context) -> list[tree.Block]:
    """Give why a lot does not go to the bid ranked first, or why that is open; nothing where it does."""
    why = result.limited
    if why is None:
        return []
    if why.drawing:
        return [paragraph(context, "lot-combination.waits", lots=titles(why.drawing, context))]
    names = {item.bid.bidder: item.bid.name for item in result.ranking}
    blocks: list[tree.Block] = [
        paragraph(context, "lot-combination.passed", bidder=names[bidder], lots=titles(lots, context))
        for bidder, lots in why.passed.items()
    ]
    if blocks and result.winner is None:
        blocks.append(paragraph(context, "lot-combination.left"))
    elif blocks and result.winner is not None:
        winner = result.winner
        blocks.append(paragraph(context, "lot-combination.next", bidder=winner.bid.name, rank=winner.rank))
    return blocks
