"""``::: contacts``: whom each party has named as its contact person, with role, e-mail and telephone."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.agreement import AgreementContext
from tenderkit.assembly.cells import Col, cell, own, table
from tenderkit.assembly.values import gap
from tenderkit.tender import Party

NEEDS = "agreement"


def render(context: AgreementContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a row for each party; a party without a contact person has a gap."""
    rows = [_row(role, party, place, context) for role, party, place in context.everyone()]
    columns = (Col("party", 4), Col("person", 4), Col("role", 4), Col("email", 5), Col("phone", 3))
    return [table(context, "contacts", columns, rows)]


def _row(role: str, party: Party, place: str, context: AgreementContext) -> tuple[tree.Inlines, ...]:
    contact = party.contact
    several = context.roles[role].several and bool(party.name)
    return (
        own(party.name, context) if several else cell(context.term(role)),
        cell(contact.name if contact else ""),
        own(contact.role, context) if contact and contact.role else cell(gap(f"{place}.contact.role", context)),
        cell(contact.email if contact else ""),
        cell(contact.phone if contact else ""),
    )
