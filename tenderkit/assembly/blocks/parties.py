"""``::: parties``: who the agreement is between, each with its CVR number, its address and its term."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.agreement import AgreementContext
from tenderkit.assembly.cells import own
from tenderkit.assembly.values import gap
from tenderkit.tender import Party

NEEDS = "agreement"


def render(context: AgreementContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a list of the parties in the template's order."""
    items = [tree.ListItem(_party(role, party, place, context)) for role, party, place in context.everyone()]
    return [tree.ItemList(tuple(items), ordered=True)]


def _party(role: str, party: Party, place: str, context: AgreementContext) -> tree.Inlines:
    term = context.roles[role].term[context.language]
    return (
        *_given(party.name, f"{place}.name", context),
        tree.Text(context.label("parties.cvr")),
        *_given(party.cvr, f"{place}.cvr", context),
        tree.Text(", "),
        *_given(party.address, f"{place}.address", context),
        tree.Text(" ("),
        tree.Text(term, bold=True),
        tree.Text(")"),
    )


def _given(text: str, name: str, context: AgreementContext) -> tree.Inlines:
    """Give what the file says, or a gap."""
    if text:
        return own(text, context)
    missing = gap(name, context)
    return (tree.Text(missing.text, missing=True, gap=name),)
