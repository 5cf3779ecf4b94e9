"""The duty to require persons under training."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tenderkit.checks import dated
from tenderkit.checks.clauses import TRAINING, amounts, binds
from tenderkit.checks.dated import Dated
from tenderkit.checks.phrases import listed
from tenderkit.checks.rule import Found, rule
from tenderkit.plan import ChosenClause, Plan
from tenderkit.problems import Level
from tenderkit.quantities import format_money
from tenderkit.tender import Lot, Omission

_KINDS = {"services": "Services", "works": "Works", "mixed": "A mixed contract"}


@rule(
    legal_basis="udbudsloven § 176(2)-(4), executive order 1079/2022",
    mark="verified",
    rule_ids=("DK-OPL-01", "DK-OPL-02", "DK-OPL-03", "DK-OPL-04", "DK-OPL-11", "DK-OPL-13"),
    valid_from=dt.date(2022, 7, 1),
)
def training_duty_unmet(plan: Plan) -> Iterator[Found]:
    """The contract must require persons under training, and neither does so nor states a lawful ground.

    Why: Services of at least DKK 5 million and works from the threshold of the act, of at least 6 months and
    performed in Denmark, must require persons under training. Leaving the requirement out is lawful on three
    grounds only, and the ground and its reasons belong in the file.

    Source: § 176(2)-(4) and the order of 2022 (seen); the order's list of contract kinds was not seen, and sources
    differ on works below the threshold, so those, mixed contracts and lots below the value give a warning. A voluntary
    partnership or an encouragement never fulfils the duty (catalogue of clauses). The value and the length are counted
    with options. The amounts come from clause_templates/dated_values.yaml by the date of publication.

    Mend: Choose a clause on training with an amount above 0 for each lot, such as trainee-quota, or state
    training_duty_omitted with its ground (safety, not-suited or other-law) and the reason.
    """
    contract = plan.tender.contract
    months = dated.number(plan, dated.TRAINING_MONTHS)
    if (
        contract.place == "abroad"
        or contract.kind == "goods"
        or months is None
        or contract.total_months < months.number
    ):
        return
    omission = plan.tender.training_duty_omitted
    if omission is not None:
        yield from _omitted(plan, omission)
        return
    for lot in plan.tender.lots:
        if not any(_requires(chosen, lot.id) for chosen in plan.clauses):
            yield from _unmet(plan, lot, months)


def _omitted(plan: Plan, omission: Omission) -> Iterator[Found]:
    if not omission.reason:
        yield Found(
            f'The requirement is left out on the ground "{omission.ground}", but no reason is given.',
            plan.source.place(("training_duty_omitted", "reason"), "training_duty_omitted"),
            "Write why the ground holds for this contract.",
            {"ground": omission.ground},
        )


def _requires(chosen: ChosenClause, lot: str) -> bool:
    """Tell whether a clause requires persons under training in a lot: it binds, and its amount is above 0."""
    of_training = chosen.clause.topic == TRAINING and binds(chosen)
    return of_training and any(number > 0 for _, number in amounts(chosen, lot))


def _unmet(plan: Plan, lot: Lot, months: Dated) -> Iterator[Found]:
    tender = plan.tender
    limit = _limit(plan, lot)
    if limit is None:
        return
    value, level = limit
    must = "must" if level == "error" else "may have to"
    total = format_money(tender.total_value_dkk, "en")
    voluntary = [f'"{item.clause.title["en"]}"' for item in plan.clauses if not binds(item)]
    instead = f" {listed(voluntary)} cannot take its place, because it binds nobody." if voluntary else ""
    of_lot = f' (lot "{lot.id}": {format_money(lot.value_dkk, "en")})' if len(tender.lots) > 1 else ""
    yield Found(
        f"{_KINDS[tender.contract.kind]} of {total}{of_lot} over {tender.contract.total_months} months with"
        f" options: from {format_money(value.number, 'en')} and {months.number} months the contract {must} require"
        f" persons under training, and no clause does.{instead}",
        plan.source.place(("clauses",), lot.id),
        'Add the clause "trainee-quota" with fte_years_per_year above 0, or training_duty_omitted with its ground'
        " and reason.",
        {"lot": lot.id, "value": str(tender.total_value_dkk), "threshold": str(value.number)},
        level=level,
        basis="" if level == "error" else f"{value.basis}; whether the duty holds here was not verified",
    )


def _limit(plan: Plan, lot: Lot) -> tuple[Dated, Level] | None:
    """Give the value that the purchase passes, and how sure it is that the duty holds from it; None below it.

    The act speaks of the contract; whether small lots of a large purchase are covered was not looked up.
    """
    tender = plan.tender
    works = tender.contract.kind == "works"
    value = dated.number(plan, dated.THRESHOLD_WORKS if works else dated.TRAINING_VALUE)
    if value is not None and tender.total_value_dkk >= value.number:
        sure = tender.contract.kind != "mixed" and tender.contract.place == "DK" and lot.value_dkk >= value.number
        return value, "error" if sure else "warning"
    national = dated.number(plan, dated.TRAINING_NATIONAL_WORKS) if works else None
    if national is not None and tender.total_value_dkk >= national.number:
        return national, "warning"
    return None
