"""``::: release-duties``: the supplier's duties that can be released, with what was agreed and the grounds of each."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, paragraph, table
from tenderkit.assembly.duties import due_words, duty_number, releasable
from tenderkit.assembly.setting import Contractual
from tenderkit.plan import ChosenClause, DutyRow

NEEDS = "clauses"


def render(context: Contractual, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give one row per duty, in the clauses' order."""
    rows = [_row(row, chosen, context) for row, chosen in releasable(context)]
    if not rows:
        return [paragraph(context, "release-duties.none")]
    return [table(context, "release-duties", (Col("id", 2), Col("duty", 9), Col("due", 6), Col("grounds", 5)), rows)]


def _row(row: DutyRow, chosen: ChosenClause, context: Contractual) -> tuple[tree.Inlines, ...]:
    title, number = context.worded(row.duty.title[context.language]), duty_number(row.duty, chosen, context)
    due = due_words(row.duty.due, chosen, context)
    return (
        cell(row.public_id),
        cell(context.label("duties.with_number", duty=title, number=number) if number else title),
        cell(due[:1].upper() + due[1:]),
        cell(", ".join(row.duty.release)),
    )
