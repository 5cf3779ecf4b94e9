"""``::: penalties``: each penalty with its amount, what it is per, the cure period, the cap and the release grounds."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, counted, paragraph, same_or_by_lot, table
from tenderkit.assembly.duties import release_words
from tenderkit.assembly.setting import Contractual
from tenderkit.assembly.values import gap, parameter
from tenderkit.plan import PenaltyRow
from tenderkit.quantities import format_money, format_percent

NEEDS = "clauses"


def render(context: Contractual, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of penalties, or the sentence that there are none."""
    if not context.plan.penalties:
        return [paragraph(context, "penalties.none")]
    columns = (Col("penalty", 3), Col("amount", 3), Col("cure", 2), Col("cap", 3), Col("release", 5))
    return [table(context, "penalties", columns, [_row(row, context) for row in context.plan.penalties])]


def _row(row: PenaltyRow, context: Contractual) -> tuple[tree.Inlines, ...]:
    penalty = row.penalty
    language = context.language
    show = format_percent if row.amount_type == "percent" else format_money
    amounts = {
        lot: show(number, language)
        for lot in context.lot_ids
        if (number := row.amount.get(lot, row.amount.get(""))) is not None
    }
    chosen = context.plan.clause(row.clause)
    cap = parameter(chosen.values[penalty.cap], context).text if chosen and penalty.cap in chosen.values else ""
    amount = same_or_by_lot(amounts, context)
    open_amount = gap(f"clauses.{row.clause}.{penalty.amount}", context)
    key = "penalties.of_each" if row.amount_type == "percent" else "penalties.per"
    return (
        cell(context.worded(penalty.title[language])),
        cell(context.label(key, amount=amount, unit=context.worded(penalty.unit[language])) if amount else open_amount),
        cell(counted(row.cure_days, row.cure_unit, context)),
        cell(context.label("penalties.share", share=cap) if cap else context.label("penalties.common_cap")),
        cell(release_words(penalty.release, context)),
    )
