"""``::: advice-dates``: the proposed timetable."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.advice import AdviceContext
from tenderkit.assembly.cells import Col, cell, table
from tenderkit.quantities import format_date

NEEDS = "advice"


def render(context: AdviceContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of dates."""
    rows = [
        (cell(context.label(f"timetable.step.{step}")), cell(format_date(date, context.language)))
        for step, date in vars(context.advice.dates).items()
    ]
    return [table(context, "advice-dates", (Col("activity", 3), Col("date", 2)), rows)]
