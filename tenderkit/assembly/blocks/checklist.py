"""``::: checklist``: the questions that no check can answer, by step of the process, with room for the answers."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, heading, table
from tenderkit.assembly.context import Context
from tenderkit.library.checklist import Question
from tenderkit.plan.facts import facts

NEEDS = "tender"
_COLUMNS = (Col("number", 2), Col("question", 10), Col("why", 12), Col("answer", 8))


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a table for each step that has a question for this tender and its date of publication."""
    checklist = context.plan.library.checklist
    known, publication = facts(context.plan), context.plan.tender.procedure.publication
    blocks: list[tree.Block] = []
    steps = 0
    for step, title in checklist.steps.items():
        asked = [item for item in checklist.questions.values() if item.step == step and item.asked(known, publication)]
        if not asked:
            continue
        steps += 1
        name = title[context.language]
        rows = [_row(item, f"{steps}.{number}", context) for number, item in enumerate(asked, 1)]
        blocks += [heading(name, 1), table(context, "checklist", _COLUMNS, rows, step=name)]
    return blocks


def _row(item: Question, number: str, context: Context) -> tuple[tree.Inlines, ...]:
    language = context.language
    mark = context.plan.library.vocabulary.marks[item.mark][language]
    return (
        cell(number),
        cell(item.question[language]),
        cell(context.label("checklist.reason", why=item.why[language], basis=item.basis[language], mark=mark)),
        cell(context.label("checklist.room")),
    )
