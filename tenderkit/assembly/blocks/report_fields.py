"""``::: report-fields``: the totals of persons that a contract report may give, by clause and scheme.

The columns are the fields that the clause on reporting allows, counted instead of listed person by person.
"""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.blocks.report_rows import REPORTING
from tenderkit.assembly.cells import EMPTY, Col, cell, paragraph, table
from tenderkit.assembly.setting import Contractual
from tenderkit.plan import ChosenClause, Resolved

NEEDS = "clauses"
_FREE_ROWS = 2
_WIDE = frozenset({"clause", "scheme"})


def render(context: Contractual, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table, with a row for each scheme that a chosen clause builds on and some to spare."""
    reporting = context.plan.clause(REPORTING)
    allowed = reporting.values.get("fields_buyer") if reporting else None
    fields = allowed.value(context.lot) if allowed else None
    if allowed is None or not isinstance(fields, list) or len(fields) < len(_WIDE):
        return [paragraph(context, "report-fields.none")]
    pairs = [(chosen, scheme) for chosen in context.plan.clauses for scheme in chosen.clause.schemes]
    rows = dict.fromkeys(tuple(_known(field, *pair, context) for field in fields) for pair in pairs)
    columns = [Col(field, 3 if field in _WIDE else 2, title=_title(field, allowed, context)) for field in fields]
    empty: tuple[tree.Inlines, ...] = (EMPTY,) * len(fields)
    return [table(context, "report-fields", columns, [*rows, *[empty] * _FREE_ROWS])]


def _known(field: str, chosen: ChosenClause, scheme: str, context: Contractual) -> tree.Inlines:
    """Give what the contract says of a field already; the rest is for the supplier to count."""
    if field == "clause":
        return cell(context.worded(chosen.clause.title[context.language]))
    if field == "scheme":
        return cell(context.library.vocabulary.schemes[scheme].title[context.language])
    return EMPTY


def _title(field: str, allowed: Resolved, context: Contractual) -> str:
    """Give a field's heading; one that an authority has added stands in its own words."""
    if field in context.strings["report-fields"]["count"]:
        return context.label(f"report-fields.count.{field}")
    return context.worded(allowed.parameter.options[field][context.language])
