"""Public schemes that clauses build on: closed, or not looked up since the law changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tenderkit.checks.clauses import schemes
from tenderkit.checks.places import choice_place
from tenderkit.checks.rule import Found, rule
from tenderkit.plan import Plan

_REFORM = "employment-reform"


@rule(
    legal_basis="The schemes' own acts; employment reform 2026-2027",
    mark="partly",
    rule_ids=("DK-OPL-10",),
)
def scheme_closed(plan: Plan) -> Iterator[Found]:
    """A clause builds on a public scheme that nobody can begin in any more.

    Why: A duty that rests on a closed scheme cannot be fulfilled from the first day. Where the scheme closes while the
    contract runs, nobody can begin in it after that day.

    Source: The last day of each scheme stands in clause_templates/vocabulary.yaml with its mark; two schemes closed in
    2026 (closed is seen, the day is not).

    Mend: Choose another clause or another option of it; clauses refer to the scheme in force or its successor.
    """
    publication, start = plan.tender.procedure.publication, plan.tender.contract.start
    for chosen in plan.clauses:
        for name, scheme in schemes(plan, chosen):
            if scheme.end is None or scheme.end >= _end(plan):
                continue
            closed = scheme.end < publication
            before = "before this notice" if closed else "before the contract starts"
            while_running = "while the contract runs"
            yield Found(
                f'"{chosen.clause.title["en"]}" builds on "{scheme.title["en"]}", in which nobody can begin after'
                f" {scheme.end}: {before if scheme.end < start else while_running}.",
                choice_place(plan, chosen.id),
                "Choose another scheme." if scheme.end < start else "Plan the last starts before that day.",
                {"clause": chosen.id, "scheme": name, "to": str(scheme.end)},
                level="error" if closed else "warning" if scheme.end < start else "note",
                basis=f"{scheme.source} ({scheme.mark})",
            )


def _end(plan: Plan) -> dt.date:
    """Give the last day on which the contract, with its options, can run."""
    start, months = plan.tender.contract.start, plan.tender.contract.total_months
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


@rule(
    severity="warning",
    legal_basis="Employment reform: new main act expected on 1 January 2027",
    mark="unverified",
    rule_ids=("DK-CPC-09", "SA-06"),
)
def scheme_not_verified(plan: Plan) -> Iterator[Found]:
    """A clause builds on a public scheme that was not looked up since the law on it changed.

    Why: How long a placement lasts, who pays and what counts changes with the reform. What held before it may be
    neither lawful nor fundable after it.

    Source: The steps of the reform stand in clause_templates/dated_values.yaml (employment-reform), and the day on
    which each scheme was last looked up in clause_templates/vocabulary.yaml. A new main act is expected on 1 January
    2027 (the expectation is seen; the act is not).

    Mend: Look the scheme up in the act in force, raise "verified" in its row with the source, or accept the finding
    with the date and the place where you looked.
    """
    publication = plan.tender.procedure.publication
    values = plan.library.dated_values.get(_REFORM)
    step = values.on(publication) if values else None
    if step is None:
        return
    old: dict[str, list[str]] = {}
    for chosen in plan.clauses:
        for name, scheme in schemes(plan, chosen):
            if scheme.verified < step.start:
                old.setdefault(f"{scheme.title['en']} ({name}, looked up {scheme.verified})", []).append(chosen.id)
    for scheme_name, clauses in old.items():
        yield Found(
            f"{scheme_name} was not looked up since the reform of {step.start}, and this notice is published on"
            f" {publication}.",
            choice_place(plan, clauses[0]),
            "Look it up, raise verified in clause_templates/vocabulary.yaml, or accept the finding with its source.",
            {"scheme": scheme_name, "clauses": ", ".join(clauses), "reform": str(step.start)},
            basis=f"{step.source} ({step.mark})",
        )
