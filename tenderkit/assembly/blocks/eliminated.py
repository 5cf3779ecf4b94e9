"""``::: eliminated``: which published condition the recipient's bid did not meet, what it reached, and the limit."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import cell, paragraph
from tenderkit.assembly.context import Context
from tenderkit.assembly.eliminated import at_minimum, reasons

NEEDS = "result"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the conditions as a list."""
    result, recipient = context.result, context.recipient
    found = reasons(result, recipient.bidder, context) if result and recipient else []
    if not found:
        return [paragraph(context, "eliminated.none")]
    listed = tree.ItemList(tuple(tree.ListItem(cell(reason)) for reason in found))
    unread = bool(result and recipient and at_minimum(result, recipient.bidder))
    return [listed, *([paragraph(context, "eliminated.prices")] if unread else [])]
