"""What is bought: the value as it is made up, and the codes that say what it is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tenderkit.checks.rule import Found, rule
from tenderkit.plan import Plan
from tenderkit.quantities import format_money

_MONTHS = 12
# Groups of CPV codes that are never in the light regime: cleaning and works.
_ORDINARY = {"9091": "cleaning", "45": "works"}
_DIVISION = 2
_TRAINING = "80"  # education and training services


@rule(
    severity="warning",
    legal_basis="udbudsloven §§ 2(2) and 29-38",
    mark="partly",
    rule_ids=("DK-UND-01",),
)
def value_does_not_add_up(plan: Plan) -> Iterator[Found]:
    """A lot's estimated value is not its yearly value over the whole term with options.

    Why: The value decides the procedure. It counts all lots, options and renewals, excl. VAT; one year's value, or one
    without the options, hides that a threshold is passed.

    Source: Excl. VAT and with options (seen); that splitting is forbidden (seen); the sections from memory.

    Mend: Calculate the value of the whole term with options, or correct annual_value_dkk. Accept the finding where the
    years differ on purpose, with the calculation.
    """
    months = plan.tender.contract.total_months
    for index, lot in enumerate(plan.tender.lots):
        if lot.annual_value_dkk is None:
            continue
        whole = lot.annual_value_dkk * Decimal(months) / _MONTHS
        if whole != lot.value_dkk:
            yield Found(
                f'Lot "{lot.id}": {format_money(lot.annual_value_dkk, "en")} a year over {months} months with options'
                f" is {format_money(whole, 'en')}, but the value is {format_money(lot.value_dkk, 'en')}.",
                plan.source.place(("lots", index, "value_dkk"), lot.id),
                "Correct the value or the yearly value.",
                {"lot": lot.id, "value": str(lot.value_dkk), "calculated": str(whole)},
            )


@rule(
    severity="warning",
    legal_basis="udbudsloven §§ 186-189, directive 2014/24/EU annex XIV",
    mark="unverified",
    rule_ids=("DK-LIGHT-01",),
)
def light_regime_not_for_this(plan: Plan) -> Iterator[Found]:
    """The light regime is used for cleaning, works or goods, which are not in its list.

    Why: The light regime is for social and other specific services. A contract awarded under it by mistake has broken
    the rules of the ordinary procedures.

    Source: Annex XIV decides; that cleaning is not in it is from memory. Other codes are left to the checklist.

    Mend: Use the open or restricted procedure, or put the social service into a contract of its own.
    """
    if plan.tender.procedure.type != "light":
        return
    contract = plan.tender.contract
    found = sorted({name for code in contract.cpv for start, name in _ORDINARY.items() if code.startswith(start)})
    found += [contract.kind] if contract.kind in {"goods", "works"} and contract.kind not in found else []
    if found:
        yield Found(
            f"The light procedure is chosen for {' and '.join(found)}.",
            plan.source.place(("procedure", "type"), "procedure.type"),
            "Use open or restricted.",
            {"found": ", ".join(found)},
        )


@rule(
    severity="warning",
    legal_basis="udbudsloven §§ 25-26, directive 2014/24/EU art. 3-4",
    mark="unverified",
    rule_ids=("DK-MIX-01",),
)
def second_cpv_missing(plan: Plan) -> Iterator[Found]:
    """Training is bought with the service, but the notice has the codes of one trade only.

    Why: Those who train people search for training. With the code of the service alone they never see the notice, and
    the mixed contract does not look like one.

    Source: Mixed contracts and both codes, from memory. The code 80500000 for training services stands in the list of
    codes (seen).

    Mend: Add a code for the training to contract.cpv, such as 80500000; the first code is the main subject.
    """
    cpv = plan.tender.contract.cpv
    only_training = all(code.startswith(_TRAINING) for code in cpv)
    trains = [key for key, line in plan.tender.price_lines.items() if line.training]
    if trains and len({code[:_DIVISION] for code in cpv}) == 1:
        yield Found(
            f'Price line "{trains[0]}" pays for training, but the codes ({", ".join(cpv)}) are of one trade.',
            plan.source.place(("contract", "cpv"), "contract.cpv"),
            "Add the code of the work itself, and put it first."
            if only_training
            else "Add the code of the training, such as 80500000.",
            {"line": trains[0], "cpv": ", ".join(cpv)},
        )
