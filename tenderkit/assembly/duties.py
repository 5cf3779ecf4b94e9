"""A duty in words: when it is due, and the number it is about. Contract and register say the same."""

from __future__ import annotations

from tenderkit.assembly import cells
from tenderkit.assembly.setting import Contractual
from tenderkit.assembly.values import join, parameter
from tenderkit.library.clause import Due, Duty
from tenderkit.plan import ChosenClause, DutyRow
from tenderkit.quantities import parse_number

_UNITS = ("months", "weeks", "days", "working_days")
#: Parties on the side of the contracting authority: they receive reports and decide on releases.
AUTHORITYS = frozenset({"authority", "municipality"})


def due_words(due: Due, chosen: ChosenClause, context: Contractual) -> str:
    """Give when a duty is due: "senest 10 arbejdsdage efter bestået prøve", "hvert kvartal"."""
    parts = [context.label(f"due.every.{due.every}")] if due.every else []
    time = _time(due, chosen, context)
    if due.on:
        parts.append(context.label("due.on", event=_event(due.on, context)))
    for event, with_time, alone in (
        (due.after, "due.within_after", "due.after"),
        (due.before, "due.within_before", "due.before"),
    ):
        if event:
            key = with_time if time else alone
            parts.append(context.label(key, time=time, event=_event(event, context)))
    if time and not (due.after or due.before):
        parts.append(context.label("due.within_period" if due.every else "due.within", time=time))
    return ", ".join(parts)


def _event(key: str, context: Contractual) -> str:
    return context.label(f"due.event.{key}")


def _time(due: Due, chosen: ChosenClause, context: Contractual) -> str:
    """Give the length of time, such as "10 arbejdsdage"; where lots differ, each lot's."""
    offers = context.offers(chosen)
    times = []
    for name in _UNITS:
        given = getattr(due, name)
        if not given:
            continue
        if given in offers:
            times.append(cells.counted(offers[given], name, context))
        elif given in chosen.values:
            texts = {
                lot: cells.counted(parse_number(str(value)), name, context)
                for lot in context.lot_ids
                if (value := chosen.values[given].value(lot)) is not None
            }
            times.append(cells.same_or_by_lot(texts, context))
        else:
            times.append(cells.counted(parse_number(given), name, context))
    return join([time for time in times if time], context)


def duty_number(duty: Duty, chosen: ChosenClause, context: Contractual) -> str:
    """Give the number that a duty is about with its unit; in a signed contract the offered one. Empty without one.

    ``value: cohort_size`` gives "10 pladser"; before the award an offered number says that the bid decides it.
    """
    resolved = chosen.values.get(duty.value)
    if resolved is None:
        return ""
    offers = context.offers(chosen)
    shown = parameter(resolved, context, offers.get(resolved.name))
    if shown.missing or not shown.text:
        return shown.text
    is_one = shown.raw == 1 and shown.text == "1"
    own_unit = resolved.parameter.type not in {"percent", "money"} and not resolved.parameter.options
    noun = cells.unit(resolved.parameter.unit, context, one=is_one) if own_unit and resolved.parameter.unit else ""
    return f"{shown.text} {noun}".strip()


def proof_words(duty: Duty, context: Contractual) -> str:
    """Give what proves that a duty is fulfilled."""
    evidence = context.library.vocabulary.evidence
    return "; ".join(context.worded(evidence[key][context.language]) for key in duty.proof)


def release_words(codes: list[str], context: Contractual) -> str:
    """Give the grounds on which a duty or penalty lapses."""
    grounds = context.library.vocabulary.release
    return "; ".join(context.worded(grounds[key][context.language]) for key in codes)


def sanction_words(duty: Duty, context: Contractual) -> str:
    """Give what follows when a duty is not fulfilled; empty without a sanction."""
    sanctions = context.library.vocabulary.sanctions
    return context.worded(sanctions[duty.sanction][context.language]) if duty.sanction else ""


def chosen_of(row: DutyRow, context: Contractual) -> ChosenClause:
    """Give the clause that a duty comes from."""
    return next(chosen for chosen in context.plan.clauses if chosen.id == row.clause)


def releasable(context: Contractual) -> list[tuple[DutyRow, ChosenClause]]:
    """Give the duties from which the supplier can be released on some ground, each with its clause."""
    rows = [row for row in context.plan.duties if row.duty.release and row.duty.who not in AUTHORITYS]
    return [(row, chosen_of(row, context)) for row in rows]
