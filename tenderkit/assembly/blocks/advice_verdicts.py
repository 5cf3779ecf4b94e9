"""``::: advice-verdicts yes``: the clauses with one verdict, with the reasons and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.advice import Verdict
from tenderkit.advice.choice import chosen, said
from tenderkit.advice.verdicts import ORDER
from tenderkit.assembly import tree
from tenderkit.assembly.advice import AdviceContext, bullets
from tenderkit.assembly.cells import Col, cell, paragraph, table
from tenderkit.problems import Problem, TenderkitError, nearest

NEEDS = "advice"
_FITS = "yes"
_FEW = 2  # clauses that are named; more are counted


def render(context: AdviceContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of the clauses with a verdict, those of the proposed tender first.

    Raises:
        TenderkitError: the argument is no verdict.
    """
    if argument not in ORDER:
        message = f'"{argument}" is no verdict.'
        raise TenderkitError(Problem("unknown-block", message, help=nearest(argument, ORDER)))
    found = [item for item in context.advice.verdicts if item.answer == argument]
    if not found:
        return [paragraph(context, "advice-verdicts.none")]
    proposed = chosen(context.advice)
    first = sorted(found, key=lambda item: (item.id not in proposed, context.title_of(item.id)))
    name = context.label(f"advice-verdicts.called.{argument}")
    if argument == _FITS:
        rows = [_row(item, _notes(item, proposed, context), context) for item in first]
        columns = (Col("clause", 4), Col("why", 6), Col("note", 4))
    else:
        rows = [_row(item, [text[context.language] for text in item.missing], context) for item in first]
        columns = (Col("clause", 4), Col("why", 5), Col("missing", 5))
    return [table(context, "advice-verdicts", columns, rows, verdict=name)]


def _row(item: Verdict, last: Sequence[str], context: AdviceContext) -> tuple[tree.Inlines, ...]:
    why = bullets(said(reason, context.advice, context.language) for reason in item.deciding)
    outside = [] if item.in_tender else [context.label("advice-verdicts.outside")]
    return (
        cell("\n".join((context.title_of(item.id), *outside))),
        cell("\n".join(why)),
        cell("\n".join(bullets(last))),
    )


def _notes(item: Verdict, proposed: list[str], context: AdviceContext) -> list[str]:
    """Say that a clause is proposed, which proposed clauses require it, and what it cannot stand beside."""
    requiring = [name for name in proposed if item.id in context.library.clause(name).requires]
    return [
        context.label("advice-verdicts.proposed") if item.id in proposed else "",
        _required(requiring if item.id in proposed else [], context),
        _named("advice-verdicts.against", item.against, context),
    ]


def _required(names: Sequence[str], context: AdviceContext) -> str:
    if len(names) > _FEW:
        return context.label("advice-verdicts.comes_with_many", count=len(names))
    return _named("advice-verdicts.comes_with", names, context)


def _named(key: str, names: Sequence[str], context: AdviceContext) -> str:
    titles = ", ".join(context.title_of(name) for name in names)
    return context.label(key, clauses=titles) if titles else ""
