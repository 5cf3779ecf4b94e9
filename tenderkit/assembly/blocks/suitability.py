"""``::: suitability``: the optional exclusion grounds that are used, and the minimum requirements for suitability."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, own, table
from tenderkit.assembly.context import Context

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table; a kind without entries says that none is used."""
    chosen = context.plan.tender.procedure.suitability
    rows = []
    for kind, entries in (("exclusion", chosen.optional_exclusion_grounds), ("minimum", chosen.minimums)):
        title = cell(context.label(f"suitability.kind.{kind}"))
        rows += [(title, own(entry, context)) for entry in entries]
        rows += [] if entries else [(title, cell(context.label(f"suitability.none.{kind}")))]
    return [table(context, "suitability", (Col("type", 2), Col("text", 5)), rows)]
