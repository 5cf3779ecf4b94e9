"""People in several clauses: room under the ratio rule, hours that count once, and open routes of referral."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tenderkit.calculation.ratio import RatioRule, places_for, staff_for
from tenderkit.checks import dated
from tenderkit.checks.clauses import amounts, binds, counted_in_ratio, places
from tenderkit.checks.phrases import listed
from tenderkit.checks.places import clause_place, has_point, parameter_place, text_place
from tenderkit.checks.practice import tables
from tenderkit.checks.rule import Found, rule
from tenderkit.checks.texts import opens_for_others
from tenderkit.plan import ChosenClause, Plan
from tenderkit.quantities import format_number

_RATIO_POINT = "ratio"
_STAFF, _IN_USE = "ordinary_headcount_pnr", "current_ratio_count"
_COUNTING = frozenset({"training", "employment"})


def ratio_rule(plan: Plan) -> tuple[RatioRule, str] | None:
    """Give the ratio rule of the day of publication with its basis; None when its numbers are not known."""
    names = ("ratio-first-employees", "ratio-employees-per-place", "ratio-employees-per-place-above")
    found = [dated.number(plan, name) for name in names]
    if any(item is None for item in found):
        return None
    first, per, above = (item.days for item in found if item is not None)
    return RatioRule(first, per, above), found[0].basis if found[0] else ""


@rule(
    severity="warning",
    legal_basis="Reasonable-ratio rule for placement and wage subsidy, per P-number",
    mark="verified",
    rule_ids=("DK-CPC-10",),
)
def ratio_needs_staff(plan: Plan) -> Iterator[Found]:
    """So many people at a time need more ordinary staff at one P-number than a small firm has.

    Why: Placement and wage subsidy are granted only within the ratio to ordinary staff at the production unit. Where
    the staff is not there, the places stay empty or the course is trained another way, and small firms cannot bid.

    Source: The ratio rule (seen, until 2026); its numbers come from clause_templates/dated_values.yaml. The people of
    all clauses count together. It is a question to bidders and a check before each intake, not a fault of the tender,
    so the arithmetic is shown as a note; a warning is given where the clause lacks the check or known staff is too few.

    Mend: Ask bidders about staff per P-number, divide the places into lots, stagger the intakes, or train outside
    placement; keep the clause's point "ratio" before each intake.
    """
    clauses = [chosen for chosen in plan.clauses if counted_in_ratio(plan, chosen)]
    known = ratio_rule(plan)
    for chosen in clauses:
        taken = any(places(chosen, lot.id) > 0 for lot in plan.tender.lots)
        if taken and not has_point(plan, chosen, _RATIO_POINT):
            yield Found(
                f'"{chosen.clause.title["en"]}" brings people in placement or wage subsidy, but no point'
                f' "{_RATIO_POINT}" has the ratio shown before each intake.',
                text_place(plan, chosen.id, chosen.id),
                "Add a point that has the supplier show the ratio per P-number before each intake.",
                {"clause": chosen.id},
            )
        if known is not None:
            yield from _units(plan, chosen, *known)
    if known is not None:
        yield from _staff(plan, clauses, *known)


def _staff(plan: Plan, clauses: list[ChosenClause], ratio: RatioRule, basis: str) -> Iterator[Found]:
    for lot in plan.tender.lots:
        counted = {chosen.id: int(places(chosen, lot.id)) for chosen in clauses if places(chosen, lot.id) > 0}
        total = sum(counted.values())
        needed = staff_for(ratio, total)
        if needed:
            parts = " + ".join(f"{number} ({clause})" for clause, number in counted.items())
            yield Found(
                f'Lot "{lot.id}": {parts} people at a time in placement or wage subsidy need {needed} ordinary'
                " employees if all are at one P-number.",
                plan.source.place(("clauses",), lot.id),
                "Ask bidders about staff per P-number, and keep the check before each intake.",
                {"lot": lot.id, "places": str(total), "staff": str(needed)},
                level="note",
                basis=basis,
            )


def _units(plan: Plan, chosen: ChosenClause, ratio: RatioRule, basis: str) -> Iterator[Found]:
    """Find production units with known staff that have no room, where the clause lists them."""
    for name, lot, rows in tables(chosen):
        room = 0
        known = [row for row in rows if {_STAFF, _IN_USE} <= set(row)]
        for row in known:
            staff, used = (
                int(value) if isinstance(value := row[key], (int, Decimal)) else 0 for key in (_STAFF, _IN_USE)
            )
            room += max(0, places_for(ratio, staff) - used)
        wanted = int(sum(places(chosen, item.id) for item in plan.tender.lots if lot in {"", item.id}))
        if known and room < wanted:
            yield Found(
                f'"{chosen.id}", {name}: the units have room for {room} more people under the ratio rule, but'
                f" {wanted} places are asked for.",
                parameter_place(plan, chosen, name, lot),
                "Ask for fewer places, add a unit, or stagger the intakes.",
                {"clause": chosen.id, "room": str(room), "places": str(wanted)},
                basis=basis,
            )


@rule(
    severity="note",
    legal_basis="udbudsloven § 2 (transparency); catalogue of clauses",
    mark="suggested",
    rule_ids=("DK-CPC-09",),
)
def stacking_not_settled(plan: Plan) -> Iterator[Found]:
    """Several clauses count people or hours, and nothing says whether one hour may count in more than one.

    Why: If the same person counts twice, the demands are smaller than they look; if not, they add up. Bidders must
    price the same thing, and it cannot be agreed with the winner afterwards.

    Source: Suggestion of the catalogue: nothing counts twice unless the documents say so. The clauses' texts print it.

    Mend: Write "stacking" in the tender with what may count in several clauses, or accept that the demands add up.
    """
    counting: dict[str, str] = {}
    for chosen in plan.clauses:
        if not binds(chosen) or chosen.clause.topic not in _COUNTING:
            continue
        asked = [
            f"{format_number(value, 'en')} {_unit(plan, chosen.values[name].parameter.unit, value)}"
            for name, value in amounts(chosen, plan.tender.lots[0].id)
            if value > 0
        ]
        if asked:
            counting[chosen.id] = f"{chosen.id} {' and '.join(asked)}"
    if len(counting) > 1 and not plan.tender.stacking:
        yield Found(
            f"{len(counting)} clauses count people or hours ({listed(list(counting.values()))}), and no stacking is"
            " published: each hour counts once, and the demands add up.",
            plan.source.place(("clauses",), "stacking"),
            'Add "stacking:" with what may count in several clauses, or keep it so on purpose.',
            {"clauses": ", ".join(counting)},
        )


def _unit(plan: Plan, name: str, value: Decimal) -> str:
    known = plan.library.vocabulary.units.get(name)
    return known.name("en", value == 1) if known else name


@rule(
    severity="warning",
    legal_basis="udbudsloven §§ 2-3, EUF-traktaten art. 18, 49 and 56",
    mark="unverified",
    rule_ids=("DK-CPC-05",),
)
def single_referral_route(plan: Plan) -> Iterator[Found]:
    """Candidates can come from the municipality only.

    Why: "Referred by the municipality" is a local condition in other words. A bidder from elsewhere, and a citizen of
    another municipality, need an equivalent route.

    Source: Equal treatment and free movement, from memory. A word such as "equivalent" in the clause's
    section on referral is taken as the sign of an open route.

    Mend: Add a point that treats candidates from other authorities and organisations with a similar task alike.
    """
    for chosen in plan.clauses:
        refers = [
            key for key, duty in chosen.clause.duties.items() if key.startswith("refer") and duty.who == "authority"
        ]
        if refers and not opens_for_others(plan, chosen, section="referral"):
            yield Found(
                f'"{chosen.clause.title["en"]}" lets the authority refer candidates, and names no equivalent route.',
                clause_place(plan, chosen.id, ("duties", refers[0]), chosen.id),
                "Say in the text which other routes are treated alike.",
                {"clause": chosen.id},
            )
