"""``::: grounds``: why the recipient's bid was not admitted, as it was decided."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import cell, paragraph
from tenderkit.assembly.context import Context

NEEDS = "bids"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the grounds as a list."""
    grounds = context.recipient.grounds if context.recipient else ()
    if not grounds:
        return [paragraph(context, "grounds.none")]
    return [tree.ItemList(tuple(tree.ListItem(cell(ground)) for ground in grounds))]
