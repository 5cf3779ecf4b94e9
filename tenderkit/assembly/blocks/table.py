"""``::: table parameter``: a table that the contract template asks for by itself.

``::: table parameter column ...`` also gives the sum of each column that is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from tenderkit.assembly import tree
from tenderkit.assembly.agreement import AgreementContext
from tenderkit.assembly.clauses import parameter_table
from tenderkit.assembly.values import parameter_text
from tenderkit.plan import Resolved
from tenderkit.problems import Problem, TenderkitError, nearest

NEEDS = "agreement"
_NUMBERS = frozenset({"count", "number", "money"})


def render(context: AgreementContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table.

    Raises:
        TenderkitError: the template has no such table, or the table has no such column of numbers.
    """
    tables = {name: value for name, value in context.values.items() if value.parameter.type == "table"}
    name, *summed = argument.split() or [""]
    if name not in tables:
        message = f'The template has no table "{name}".'
        raise TenderkitError(Problem("unknown-block", message, help=nearest(name, tables)))
    table = parameter_table(tables[name], name, context)
    return [_with_sums(table, tables[name], summed, context) if summed else table]


def _with_sums(table: tree.Table, resolved: Resolved, summed: Sequence[str], context: AgreementContext) -> tree.Table:
    """Give the table with a last row that holds the sums; a table without rows stays as it is."""
    columns = resolved.parameter.columns
    numbers = [column for column, kind in columns.items() if kind in _NUMBERS]
    for column in summed:
        if column not in numbers:
            message = f'The table "{resolved.name}" has no column of numbers "{column}".'
            raise TenderkitError(Problem("unknown-block", message, help=nearest(column, numbers)))
    if not table.rows:
        return table
    cells = [_sum(resolved, column, context) if column in summed else "" for column in columns]
    cells[0] = cells[0] or context.label("table.total")
    row = tuple((tree.Text(text),) for text in cells)
    return replace(table, rows=(*table.rows, row), bold_rows=frozenset({len(table.rows)}))


def _sum(resolved: Resolved, column: str, context: AgreementContext) -> str:
    rows = resolved.value()
    values = [row[column] for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    total = sum((Decimal(value) for value in values if isinstance(value, (int, Decimal))), Decimal(0))
    kind = resolved.parameter.columns[column]
    return parameter_text(total, resolved.parameter.model_copy(update={"type": kind}), context)
