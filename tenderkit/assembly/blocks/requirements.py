"""``::: requirements``: the requirement table of the chosen clauses, each with its public id, kind and proof."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, paragraph, table
from tenderkit.assembly.context import Context

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give one row per requirement, in the clauses' order."""
    if not context.plan.requirements:
        return [paragraph(context, "requirements.none")]
    rows = [
        (
            cell(row.public_id),
            cell(row.requirement.title[context.language]),
            cell(context.label(f"requirements.kind.{row.requirement.kind}")),
            cell(_proof(row.requirement.proof, context)),
            cell(context.label(f"requirements.checked.{row.requirement.kind}")),
        )
        for row in context.plan.requirements
    ]
    columns = (Col("id", 2), Col("requirement", 9), Col("type", 4), Col("proof", 5), Col("where", 4))
    return [table(context, "requirements", columns, rows)]


def _proof(codes: str, context: Context) -> str:
    """Give the names of one or more kinds of evidence."""
    evidence = context.plan.library.vocabulary.evidence
    return "; ".join(evidence[code][context.language] for code in re.split(r"[,\s]+", codes) if code)
