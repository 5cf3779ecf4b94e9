"""``::: advice-answers``: what was answered, question by question."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.advice.content import Question, questions
from tenderkit.assembly import tree
from tenderkit.assembly.advice import AdviceContext
from tenderkit.assembly.cells import Col, cell, counted, table
from tenderkit.assembly.values import join, show
from tenderkit.library.clause import Parameter
from tenderkit.quantities import format_money, format_percent

NEEDS = "advice"


def render(context: AdviceContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of answers, one row for each part of a question."""
    rows = [
        (cell(part.ask[context.language]), cell(_answer(key, part, context)))
        for question in questions(context.library).questions.values()
        for key, part in _parts(question)
    ]
    return [table(context, "advice-answers", (Col("question", 5), Col("answer", 3)), rows)]


def _parts(question: Question) -> list[tuple[str, Parameter]]:
    return list(question.parts.items())


def _answer(key: str, part: Parameter, context: AdviceContext) -> str:
    value = getattr(context.advice.answers, key)
    match part.type:
        case "list":
            text = join([lot.title for lot in value], context)
        case "choice":
            text = context.option(key, value)
        case "choices":
            text = join([context.option(key, item) for item in value], context)
        case "money":
            text = format_money(value, context.language)
        case "percent":
            text = format_percent(value, context.language)
        case _:
            text = counted(value, part.unit, context) if part.unit else show(value, context).text
    return text
