"""``::: annex name`` with the title as its text: the start of an annex."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.context import Context

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the annex's start."""
    return [tree.Annex(text.strip(), argument)]
