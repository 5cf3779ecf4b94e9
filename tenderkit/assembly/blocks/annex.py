"""``::: annex name`` with the title as its text: the start of an annex."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.setting import Setting

NEEDS = "nothing"


def render(context: Setting, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the annex's start."""
    return [tree.Annex(text.strip(), argument)]
