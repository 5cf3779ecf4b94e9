"""``::: advice-doubts``: what is not sure, and what the numbers warn of."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.advice import AdviceContext, bullets
from tenderkit.assembly.cells import paragraph

NEEDS = "advice"


def render(context: AdviceContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the list, each thing once."""
    said = bullets(context.said(item) for item in context.advice.doubts)
    if not said:
        return [paragraph(context, "advice-doubts.none")]
    return [tree.ItemList(tuple(tree.ListItem((tree.Text(line),)) for line in said))]
