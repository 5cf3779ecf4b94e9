"""``::: committee``: who assessed the bids, in which role, and when each declared to be impartial."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, own, table
from tenderkit.assembly.context import Context
from tenderkit.quantities import format_date

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of members, in the tender's order."""
    rows = [
        (
            cell(member.name),
            own(member.role, context),
            cell(context.label("committee.is_chair" if member.chair else "committee.is_member")),
            cell(
                format_date(member.declared, context.language)
                if member.declared
                else context.label("committee.not_declared")
            ),
        )
        for member in context.plan.tender.committee.members.values()
    ]
    return [table(context, "committee", (Col("name", 3), Col("role", 4), Col("function", 2), Col("declared", 3)), rows)]
