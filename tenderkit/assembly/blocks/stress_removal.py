"""``::: stress-removal``: the smallest example in which a loser that leaves changes who wins."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.stress import StressContext
from tenderkit.assembly.stress_example import example_table
from tenderkit.stress.shown import shown

NEEDS = "stress"


def render(context: StressContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the bids with and without the loser; nothing where no loser changes anything."""
    flip = context.report.measures.removals.example
    if flip is None:
        return []
    example = shown("bid-withdrawn", flip.case, flip.before, flip.after, flip.case.without(flip.removed))
    return list(example_table(example, context))
