"""Penalties and referral: a sanction needs a fair road to it, and the municipality has duties too."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tenderkit.checks.phrases import listed
from tenderkit.checks.places import clause_place, has_point, parameter_place
from tenderkit.checks.practice import practice_clauses
from tenderkit.checks.rule import Found, rule
from tenderkit.plan import ChosenClause, PenaltyRow, Plan
from tenderkit.quantities import format_percent

_LADDER_CAP = "cap_pct_clause"
_YEAR_CAP = "cap_pct_year"
_TOO_FEW = "R1"
_NOTICE = "notice"


@rule(
    legal_basis="Contract law: a penalty is set in the contract, proportionate, after notice and cure",
    mark="verified",
    rule_ids=("DK-PEN-01", "DK-PEN-02", "DK-PEN-03"),
)
def penalty_incomplete(plan: Plan) -> Iterator[Found]:
    """A penalty lacks an amount, a notice, a time to cure, a cap or a release.

    Why: A penalty that falls due by itself, without limit, or although the municipality has not done its part, will
    not hold, and bidders price it in.

    Source: Sample clauses and municipal practice: notice, cure, proportion and cap (seen). The amounts are
    suggestions.

    Mend: Give the penalty a cure period above 0, a cap in per cent of the annual value and at least one release,
    and choose a clause that lays down the notice, such as sanctions-ladder.
    """
    if plan.penalties and not any(has_point(plan, chosen, _NOTICE) for chosen in plan.clauses):
        yield Found(
            "The contract has penalties, but nothing lays down the notice that must come before one:"
            f' no chosen clause has the point "{_NOTICE}".',
            plan.source.place(("clauses",), "clauses"),
            'Choose a clause that lays it down, such as "sanctions-ladder".',
        )
    for row in plan.penalties:
        lacking = list(_lacking(plan, row))
        if lacking:
            title = row.penalty.title["en"]
            key = next((k for k, p in _clause_penalties(plan, row) if p is row.penalty), "")
            yield Found(
                f'The penalty "{title}" of the clause "{row.clause}" lacks {listed(lacking)}.',
                clause_place(plan, row.clause, ("penalties", key), row.clause),
                "Give it what it lacks, in the clause or in the tender's parameters of the clause.",
                {"clause": row.clause, "penalty": title, "lacking": ", ".join(lacking)},
            )
    yield from _caps(plan)


def _clause_penalties(plan: Plan, row: PenaltyRow) -> Iterator[tuple[str, object]]:
    chosen = plan.clause(row.clause)
    if chosen is not None:
        yield from chosen.clause.penalties.items()


def _percent(plan: Plan, clause_id: str, name: str) -> Decimal | None:
    chosen = plan.clause(clause_id)
    value = chosen.values[name].value() if chosen and name in chosen.values else None
    return value if isinstance(value, Decimal) else None


def _lacking(plan: Plan, row: PenaltyRow) -> Iterator[str]:
    chosen = plan.clause(row.clause)
    if not row.amount or any(amount <= 0 for amount in row.amount.values()):
        yield "an amount above 0"
    if chosen is not None and not has_point(plan, chosen, row.penalty.point):
        yield f'the point "{row.penalty.point}" that states it'
    if row.cure_days <= 0:
        yield "a time to cure"
    cap = _percent(plan, row.clause, row.penalty.cap) if row.penalty.cap else _general_cap(plan)
    if cap is None or cap <= 0:
        yield "a cap"
    if not row.penalty.release:
        yield "a release"


def _general_cap(plan: Plan) -> Decimal | None:
    """Give the cap that holds where a penalty has none of its own."""
    caps = (_percent(plan, chosen.id, _LADDER_CAP) for chosen in plan.clauses)
    return next((cap for cap in caps if cap is not None), None)


def _caps(plan: Plan) -> Iterator[Found]:
    """Find clauses whose caps together pass the cap of the whole contract."""
    caps: dict[str, Decimal] = {}
    for row in plan.penalties:
        cap = _percent(plan, row.clause, row.penalty.cap) if row.penalty.cap else _general_cap(plan)
        if cap is not None:
            caps[row.clause] = max(cap, caps.get(row.clause, cap))
    total = sum(caps.values(), Decimal(0))
    for chosen in plan.clauses:
        limit = _percent(plan, chosen.id, _YEAR_CAP)
        if limit is not None and total > limit:
            listed = ", ".join(f"{clause} {format_percent(cap, 'en')}" for clause, cap in caps.items())
            yield Found(
                f"The caps of the clauses add up to {format_percent(total, 'en')} of the annual value ({listed});"
                f" the contract caps all penalties at {format_percent(limit, 'en')}.",
                parameter_place(plan, chosen, _YEAR_CAP),
                "Lower the clauses' caps, or raise the cap of the contract if that is meant.",
                {"sum": str(total), "cap": str(limit)},
                level="warning",
            )


@rule(
    legal_basis="Contract law and municipal practice: no sanction for what the authority failed to do",
    mark="partly",
    rule_ids=("DK-CPC-09", "DK-PEN-01"),
)
def referral_duty_missing(plan: Plan) -> Iterator[Found]:
    """The supplier needs candidates, but the authority has no duty to refer them or the supplier no release.

    Why: The supplier cannot train or hire people who were never referred. Without a dated duty of the municipality
    and the release R1, it pays a penalty for the municipality's delay, or nobody can say who failed.

    Source: Clauses in use and the list of common mistakes (partly seen).

    Mend: Give the clause a duty with "who: authority" and a deadline, and name R1 in the release of the supplier's
    duties and penalties that need candidates.
    """
    for chosen in plan.clauses:
        if _needs_candidates(plan, chosen):
            yield from _referral(plan, chosen)


def _needs_candidates(plan: Plan, chosen: ChosenClause) -> bool:
    """Tell whether others fill the supplier's places: the clause has placements, or a number of places."""
    places = any(resolved.parameter.unit == "places" for resolved in chosen.values.values())
    return places or any(item.id == chosen.id for item in practice_clauses(plan))


def _referral(plan: Plan, chosen: ChosenClause) -> Iterator[Found]:
    title, place = chosen.clause.title["en"], clause_place(plan, chosen.id, ("duties",), chosen.id)
    owed = {key: duty for key, duty in chosen.clause.duties.items() if duty.who in {"authority", "both"}}
    if not any(key.startswith("refer") and any(duty.due.model_dump().values()) for key, duty in owed.items()):
        yield Found(
            f'"{title}" needs candidates, but the authority has no dated duty to refer them.',
            place,
            'Add a duty "refer" with "who: authority" and a deadline.',
            {"clause": chosen.id},
        )
    supplier = {code for duty in chosen.clause.duties.values() if duty.who == "supplier" for code in duty.release}
    if _TOO_FEW not in supplier:
        yield Found(
            f'"{title}" needs candidates, but no duty of the supplier is released when too few come ({_TOO_FEW}).',
            place,
            f"Add {_TOO_FEW} to the release of the duties that need candidates.",
            {"clause": chosen.id},
        )
    penalties = chosen.clause.penalties.values()
    if penalties and not any(_TOO_FEW in penalty.release for penalty in penalties):
        yield Found(
            f'"{title}" needs candidates, but none of its penalties is released when too few come ({_TOO_FEW}).',
            clause_place(plan, chosen.id, ("penalties",), chosen.id),
            f"Add {_TOO_FEW} to the release of the penalties that need candidates.",
            {"clause": chosen.id},
        )
