"""``::: duties``: the register of dated duties, with the offered numbers once the contract has a winner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, paragraph, table
from tenderkit.assembly.duties import chosen_of, due_words, duty_number, proof_words, sanction_words
from tenderkit.assembly.setting import Contractual
from tenderkit.plan import DutyRow

NEEDS = "clauses"


def render(context: Contractual, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give one row per duty, in the clauses' order."""
    if not context.plan.duties:
        return [paragraph(context, "duties.none")]
    rows = [_row(row, context) for row in context.plan.duties]
    columns = (Col("id", 12), Col("duty", 41), Col("who", 27), Col("due", 33), Col("proof", 38), Col("sanction", 13))
    return [table(context, "duties", columns, rows), *_legend(context)]


def _legend(context: Contractual) -> list[tree.Block]:
    """Give what the codes of sanctions mean, those that are used; in full they would crowd the table."""
    used = {row.duty.sanction: row.duty for row in context.plan.duties if row.duty.sanction}
    said = [
        context.label("duties.sanction_code", code=code, words=sanction_words(duty, context))
        for code, duty in sorted(used.items())
    ]
    items = tuple(tree.ListItem((tree.Text(text),)) for text in said)
    return [replace(paragraph(context, "duties.sanctions"), keep=True), tree.ItemList(items)] if items else []


def _row(row: DutyRow, context: Contractual) -> tuple[tree.Inlines, ...]:
    chosen = chosen_of(row, context)
    number = duty_number(row.duty, chosen, context)
    title = context.worded(row.duty.title[context.language])
    due = due_words(row.duty.due, chosen, context)
    return (
        cell(row.public_id),
        cell(context.label("duties.with_number", duty=title, number=number) if number else title),
        cell(context.party(row.duty.who)),
        cell(due[:1].upper() + due[1:]),
        cell(proof_words(row.duty, context)),
        cell(row.duty.sanction),
    )
