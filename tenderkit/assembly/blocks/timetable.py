"""``::: timetable``: the dates of the procedure, from publication to the start of the contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, table
from tenderkit.assembly.context import Context
from tenderkit.assembly.values import Shown, common
from tenderkit.quantities import format_date, standstill_end
from tenderkit.tender.procedure import DATES

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of dates; what has happened stands with the date on which it did."""
    rows = [(cell(label), cell(date)) for label, date in _rows(context)]
    return [table(context, "timetable", (Col("activity", 3), Col("date", 2)), rows)]


def _rows(context: Context) -> Iterator[tuple[str, Shown | str]]:
    names = common(context)
    happened = _happened(context)
    for step in DATES:
        if step in happened:
            yield context.label(f"timetable.done.{step}"), format_date(happened[step], context.language)
        elif step == "deadline":
            yield context.label("timetable.step.deadline"), _deadline(context, names["procedure"])
        elif step != "opening" or context.plan.tender.procedure.opening:
            yield context.label(f"timetable.step.{step}"), names["procedure"][step]
    yield context.label("timetable.step.start"), names["contract"]["start"]


def _happened(context: Context) -> dict[str, dt.date]:
    """Give the dates of what has happened, by the step of the timetable that it is."""
    opened, notified = context.events.get("opened"), context.events.get("notified")
    happened = {"opening": opened, "notification": notified}
    if notified:
        happened["standstill_end"] = standstill_end(notified)
    return {step: date for step, date in happened.items() if date}


def _deadline(context: Context, procedure: dict[str, Shown]) -> Shown:
    day, time = procedure["deadline"], procedure["deadline_time"]
    return Shown(day.raw, context.label("timetable.at", date=day.text, time=time.text), day.missing)
