"""Reserved contracts: for whom, how the notice says it, and what may not be demanded."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tenderkit.checks.places import choice_place
from tenderkit.checks.rule import Found, rule
from tenderkit.checks.texts import hits, tender_texts
from tenderkit.plan import Plan
from tenderkit.quantities import format_number
from tenderkit.source import Path
from tenderkit.tender import Reservation

_LEAST_SHARE = Decimal(30)
_LEAST_OPERATORS = 2
_MOST_MONTHS = 36
_PATH: Path = ("procedure", "reserved")


@rule(
    legal_basis="udbudsloven § 54, directive 2014/24/EU art. 20",
    mark="verified",
    rule_ids=("DK-RES-01", "DK-RES-02", "DK-RES-04"),
)
def reservation_incomplete(plan: Plan) -> Iterator[Found]:
    """A reservation is not announced, has too small a share, or is for one operator only.

    Why: The notice must refer to the reservation, or ordinary firms bid in good faith. The share is what makes it
    lawful. A reservation for the only operator that is known is no competition.

    Source: At least 30 % of the employees concerned (seen through the same text for concessions); that the notice
    refers to it is from memory; at least two or three operators is a suggestion of the catalogue of clauses.

    Mend: Fill in procedure.reserved: basis, share, notice_text and known_operators.
    """
    reserved = plan.tender.procedure.reserved
    if reserved is None:
        for chosen in plan.clauses:
            if "reservation" in chosen.clause.use_as:
                yield Found(
                    f'"{chosen.clause.title["en"]}" reserves the right to take part, but procedure.reserved is missing,'
                    " so the notice does not say it.",
                    choice_place(plan, chosen.id),
                    "Add procedure.reserved with basis, share and notice_text.",
                    {"clause": chosen.id},
                )
        return
    if not reserved.notice_text:
        yield Found(
            "The right to take part is reserved, but there is no text for the notice.",
            plan.source.place((*_PATH, "notice_text"), "procedure.reserved"),
            'Add "notice_text:" with the words that the notice uses.',
        )
    yield from _integration(plan, reserved)
    for lot in reserved.lots:
        if lot not in {item.id for item in plan.tender.lots}:
            yield Found(
                f'The reservation names the lot "{lot}", which does not exist.',
                plan.source.place((*_PATH, "lots"), "procedure.reserved"),
                f"The lots are {', '.join(item.id for item in plan.tender.lots)}.",
                {"lot": lot},
            )
    if reserved.known_operators is not None and reserved.known_operators < _LEAST_OPERATORS:
        yield Found(
            f"The search found {reserved.known_operators or 'no'} operator that can bid.",
            plan.source.place((*_PATH, "known_operators"), "procedure.reserved"),
            "Search in the whole country and the EU, or do not reserve.",
            {"operators": str(reserved.known_operators)},
            level="warning",
        )


def _integration(plan: Plan, reserved: Reservation) -> Iterator[Found]:
    if reserved.basis != "integration":
        return
    if reserved.share is None or reserved.share < _LEAST_SHARE:
        stated = (
            "no share is stated" if reserved.share is None else f"{format_number(reserved.share, 'en')} % is stated"
        )
        yield Found(
            f"At least {_LEAST_SHARE} % of the employees concerned must be disabled or disadvantaged; {stated}.",
            plan.source.place((*_PATH, "share"), "procedure.reserved"),
            f'Write "share: {_LEAST_SHARE} %" or more.',
            {"share": str(reserved.share)},
        )


@rule(
    legal_basis="udbudsloven § 190, directive 2014/24/EU art. 77",
    mark="partly",
    rule_ids=("DK-RES-05",),
)
def mission_reservation_not_allowed(plan: Plan) -> Iterator[Found]:
    """A reservation for organisations with a public-service mission is used outside its limits.

    Why: It exists in the light regime only, for listed services, and for at most three years. Cleaning, works and
    other ordinary services can never be reserved this way.

    Source: § 190 (the conditions on the organisation are seen); the three years are from memory. Whether the services
    are listed is a question of the checklist.

    Mend: Use the light regime and at most 36 months with options, or the reservation of § 54.
    """
    reserved, contract = plan.tender.procedure.reserved, plan.tender.contract
    if reserved is None or reserved.basis != "public-service":
        return
    if plan.tender.procedure.type != "light":
        yield Found(
            f"The reservation belongs to the light regime; this is the {plan.tender.procedure.type} procedure.",
            plan.source.place((*_PATH, "basis"), "procedure.reserved"),
            'Write "basis: integration" with its conditions, or do not reserve.',
            {"procedure": plan.tender.procedure.type},
        )
    if contract.total_months > _MOST_MONTHS:
        yield Found(
            f"The contract runs {contract.total_months} months with options; so reserved it may run {_MOST_MONTHS}.",
            plan.source.place(("contract", "duration_months"), "contract.duration_months"),
            f"Shorten it to {_MOST_MONTHS} months with options.",
            {"months": str(contract.total_months)},
            basis="udbudsloven § 190 (unverified)",
        )


@rule(
    legal_basis="udbudsloven § 54; ministry's note on the draft act",
    mark="verified",
    rule_ids=("DK-RES-03",),
)
def registration_demanded(plan: Plan) -> Iterator[Found]:
    """A text demands that the firm is a registered social enterprise.

    Why: The Danish register is voluntary and closed to many foreign firms. What counts is the aim and the share of
    employees; the registration is easy evidence and nothing more.

    Source: The note on the draft act (seen). A sentence that also accepts equivalent proof is passed over.

    Mend: Ask for the aim and the share, and say that registration or equivalent proof is enough.
    """
    terms = plan.library.terms
    asked = [
        written
        for written in tender_texts(plan)
        if written.place.label.startswith(("procedure.", "clauses.", "contract.", "criteria."))
    ]
    for term, word, place in hits(asked, terms.registration, terms.equivalent):
        yield Found(
            f'"{word}" is demanded, and no other proof is accepted.',
            place,
            'Add "or equivalent proof", and say what must be proved.',
            {"term": term, "word": word},
        )
