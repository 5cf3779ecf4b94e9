"""``::: evidence-codes``: what the codes of evidence stand for, as far as the chosen clauses ask for them."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, paragraph, table
from tenderkit.assembly.setting import Contractual

NEEDS = "clauses"


def render(context: Contractual, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of codes in the vocabulary's order."""
    asked = {code for row in context.plan.duties for code in row.duty.proof}
    asked |= {code for row in context.plan.requirements for code in row.requirement.proof.replace(",", " ").split()}
    known = context.library.vocabulary.evidence
    rows = [
        (cell(code), cell(context.worded(label[context.language]))) for code, label in known.items() if code in asked
    ]
    if not rows:
        return [paragraph(context, "evidence-codes.none")]
    return [table(context, "evidence-codes", (Col("id", 1), Col("evidence", 9)), rows)]
