"""``::: market-questions``: what the chosen clauses ask the market before their numbers are fixed.

Asked are the numbers that bidders may improve, the numbers for which the library has no default, and the numbers that a
duty of the supplier is about whose breach leads to more than talk.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tenderkit.assembly import tree
from tenderkit.assembly.cells import EMPTY, Col, cell, counted, paragraph, same_or_by_lot, table
from tenderkit.assembly.context import Context
from tenderkit.assembly.duties import AUTHORITYS
from tenderkit.assembly.values import parameter_text
from tenderkit.plan import ChosenClause, Resolved

NEEDS = "tender"
_NUMBERS = frozenset({"count", "number", "percent"})
_ONLY_TALK = frozenset({"", "SP0"})


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of questions with the numbers as planned and a cell for the answer."""
    rows = [
        (
            cell(chosen.clause.title[context.language]),
            cell(resolved.parameter.ask[context.language]),
            cell(_planned(resolved, context)),
            EMPTY,
        )
        for chosen in context.plan.clauses
        for resolved in _asked(chosen)
    ]
    if not rows:
        return [paragraph(context, "market-questions.none")]
    columns = (Col("clause", 4), Col("question", 7), Col("planned", 4), Col("answer", 5))
    return [table(context, "market-questions", columns, rows)]


def _asked(chosen: ChosenClause) -> list[Resolved]:
    promised = {
        duty.value
        for duty in chosen.clause.duties.values()
        if duty.who not in AUTHORITYS and duty.sanction not in _ONLY_TALK
    }
    return [
        resolved
        for name, resolved in chosen.values.items()
        if (wanted := resolved.parameter).type in _NUMBERS
        and (wanted.offer or (wanted.required and wanted.default is None) or name in promised)
    ]


def _planned(resolved: Resolved, context: Context) -> str:
    """Give the number of the tender with its unit; where lots differ, each lot's."""
    wanted = resolved.parameter
    texts = {}
    for lot in context.lot_ids:
        value = resolved.value(lot)
        if isinstance(value, (int, Decimal)):
            plain = wanted.unit and wanted.type != "percent"
            texts[lot] = counted(value, wanted.unit, context) if plain else parameter_text(value, wanted, context)
    return same_or_by_lot(texts, context)
