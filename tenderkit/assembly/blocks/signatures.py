"""``::: signatures``: lines for signing, by the parties in a contract and by the committee's members in a report."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.context import Context

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the lines. A document with results and without a winner to sign with is the committee's own."""
    if context.results and context.winner is None:
        return [_committee(context)]
    labels = tuple(context.label(f"signatures.{key}") for key in ("date", "name", "signature"))
    authority = context.label("signatures.authority", name=context.plan.tender.authority.name)
    name = context.winner.name if context.winner else context.label("to_be_filled")
    parties = (authority, context.label("signatures.supplier", name=name))
    return [tree.Signatures(context.label("signatures.caption"), parties, labels)]


def _committee(context: Context) -> tree.Signatures:
    members = context.plan.tender.committee.members.values()
    labels = tuple(context.label(f"signatures.{key}") for key in ("date", "signature"))
    parties = tuple(f"{member.name}, {member.role}" for member in members)
    return tree.Signatures(context.label("signatures.committee"), parties, labels)
