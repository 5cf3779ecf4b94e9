"""Duties that can be followed: complete, regulated when the volume changes, and with somebody to ask."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.checks.clauses import amounts, binds
from tenderkit.checks.phrases import listed
from tenderkit.checks.places import clause_place, points, text_place
from tenderkit.checks.rule import Found, rule
from tenderkit.library.clause import Duty
from tenderkit.plan import ChosenClause, Plan

_NUMBERS = frozenset({"count", "number", "percent", "money"})
_DIALOGUE_ONLY = "SP0"
_REVIEW = "duration"


@rule(
    severity="warning",
    legal_basis="Sample clauses and municipal practice: what cannot be proved or sanctioned is not kept",
    mark="partly",
    rule_ids=("DK-CPC-09", "DK-OPL-12", "DK-LAB94-09"),
)
def duty_incomplete(plan: Plan) -> Iterator[Found]:
    """A duty with a number lacks its unit, its period, its evidence, its sanction or a release.

    Why: A number that nobody can count, prove or enforce is a wish. One without a release falls on the supplier even
    where the authority, the law or the citizen is the reason.

    Source: Consistency check of the catalogue of clauses; sample clauses of csr-indkob.dk (seen). A release is not
    asked for where dialogue is the only sanction.

    Mend: Complete the duty in the clause's folder: unit of the parameter, due, proof, sanction, release.
    """
    for chosen in plan.clauses:
        if not binds(chosen):
            continue
        for key, duty in chosen.clause.duties.items():
            if duty.who == "authority" or duty.value not in chosen.values:
                continue
            lacking = list(_lacking(chosen, duty))
            if lacking:
                yield Found(
                    f'"{chosen.clause.title["en"]}", duty "{duty.title["en"]}", lacks {listed(lacking)}.',
                    clause_place(plan, chosen.id, ("duties", key), chosen.id),
                    "Complete the duty in the clause's folder.",
                    {"clause": chosen.id, "duty": key, "lacking": ", ".join(lacking)},
                )


def _lacking(chosen: ChosenClause, duty: Duty) -> Iterator[str]:
    parameter = chosen.values[duty.value].parameter
    if parameter.type not in _NUMBERS:
        return
    if parameter.type in {"count", "number"} and not parameter.unit:
        yield "a unit"
    if not any(duty.due.model_dump().values()):
        yield "a period"
    if not duty.proof:
        yield "evidence"
    if not duty.sanction:
        yield "a sanction"
    elif duty.sanction != _DIALOGUE_ONLY and not duty.release:
        yield "a release"


@rule(
    severity="warning",
    legal_basis="udbudsloven §§ 178-179",
    mark="unverified",
    rule_ids=("DK-MOD-05", "DK-MOD-02"),
)
def number_without_scaling(plan: Plan) -> Iterator[Found]:
    """An amount of people or work has no rule for what happens when the volume of the contract changes.

    Why: If the contract shrinks and the number stays, it becomes unfair; relaxing it then for the winner may be a
    substantial change that needs a new tender. A formula from the start is a clear review clause.

    Source: Review clauses under §§ 178-179, from memory; the mistake is in the catalogue of clauses.

    Mend: Add a point in the clause's section on changes with the formula, or choose a clause on review and change.
    """
    reviewed = any(chosen.clause.topic == _REVIEW and points(plan, chosen).get("change") for chosen in plan.clauses)
    for chosen in plan.clauses:
        asked = any(value > 0 for lot in plan.tender.lots for _, value in amounts(chosen, lot.id))
        if binds(chosen) and asked and not reviewed and not points(plan, chosen).get("change"):
            yield Found(
                f'"{chosen.clause.title["en"]}" fixes an amount, and no point says how it follows the volume.',
                text_place(plan, chosen.id, chosen.id),
                "Add a point on changes with the formula, or choose a clause on review and change.",
                {"clause": chosen.id},
            )


@rule(
    severity="warning",
    legal_basis="Catalogue of clauses: each duty has a contact",
    mark="suggested",
    rule_ids=("DK-CPC-09",),
)
def contact_missing(plan: Plan) -> Iterator[Found]:
    """The contract has social duties, but nobody at the authority is named for the contract or for employment.

    Why: Suppliers give up on a duty when nobody answers. Firms ask for one fixed contact; a role is enough, so that
    the document survives when the person leaves.

    Source: A case on one entry point and help with paperwork (seen); that each clause names a contact is a suggestion
    of the catalogue.

    Mend: Add authority.contract_manager, and authority.employment_contact where people are referred, with the role.
    """
    authority = plan.tender.authority
    wanted = {"contract_manager": bool(plan.duties)}
    wanted["employment_contact"] = any(
        key.startswith("refer") and duty.who == "authority"
        for chosen in plan.clauses
        for key, duty in chosen.clause.duties.items()
    )
    for key, needed in wanted.items():
        if needed and getattr(authority, key) is None:
            yield Found(
                f"The contract has social duties, but there is no {key}.",
                plan.source.place(("authority",), f"authority.{key}"),
                f'Add "{key}: {{role: ...}}" below authority.',
                {"key": key},
            )


@rule(
    severity="warning",
    legal_basis="udbudsloven §§ 2, 163 and 176(1)",
    mark="verified",
    rule_ids=("DK-OPL-05", "DK-CPC-03", "DK-CPC-10"),
)
def reason_missing(plan: Plan) -> Iterator[Found]:
    """A clause is chosen without a reason for the file.

    Why: A condition must be linked to what is bought and be proportionate to it. Whether it is depends on the length,
    the share of labour, the skills, the market and safety: a judgement that somebody must make and write down.

    Source: Link and proportionality (seen); that the assessment is recorded is good practice: a school found a clause
    disproportionate for its own cleaning contract (seen).

    Mend: Write one paragraph below reasons for the clause: why this contract has room for it.
    """
    for chosen in plan.clauses:
        if not chosen.reason and not chosen.required_by and binds(chosen):
            yield Found(
                f'Nothing says why "{chosen.clause.title["en"]}" fits this contract.',
                plan.source.place(("reasons",), f"reasons.{chosen.id}"),
                f'Add "{chosen.id}:" below reasons with a paragraph on link and proportionality.',
                {"clause": chosen.id},
            )
