"""Personal data in reports, how long it is kept, and payments that may be aid."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tenderkit.checks.clauses import number, text
from tenderkit.checks.places import parameter_place
from tenderkit.checks.rule import Found, rule
from tenderkit.plan import Plan
from tenderkit.quantities import format_number

_CELL, _RETENTION, _CONTROLLER, _AID = "min_cell", "retention_months", "controller_model", "aid_test"
_LEAST_CELL = Decimal(5)
_MOST_RETENTION = Decimal(60)


@rule(severity="warning", legal_basis="GDPR art. 5(1)(c)", mark="unverified", rule_ids=("GD-07",))
def small_cells(plan: Plan) -> Iterator[Found]:
    """Published figures may be about fewer than five people.

    Why: In a small town "two of three passed the test" tells who did not.

    Source: Suppression of groups below five is a default, from memory.

    Mend: Set min_cell to 5 or more.
    """
    for chosen in plan.clauses:
        least = number(chosen, _CELL)
        if least is not None and least < _LEAST_CELL:
            yield Found(
                f'"{chosen.id}" lets figures about {format_number(least, "en")} people be published.',
                parameter_place(plan, chosen, _CELL),
                f"Write {_CELL}: {_LEAST_CELL}.",
                {"clause": chosen.id, "min_cell": str(least)},
            )


@rule(severity="warning", legal_basis="GDPR art. 5(1)(e), 13-14", mark="unverified", rule_ids=("GD-08",))
def kept_too_long(plan: Plan) -> Iterator[Found]:
    """Evidence is kept longer than the limitation of claims can justify.

    Why: Evidence of hours and numbers is kept to prove a claim. After its limitation nothing justifies it; case data
    never follows this period at all.

    Source: Five years are justified by the limitation of claims, settled in the second reading of the sources; the
    articles from memory.

    Mend: Set retention_months to 60 or fewer, or write what claim needs more.
    """
    for chosen in plan.clauses:
        months = number(chosen, _RETENTION)
        if months is not None and months > _MOST_RETENTION:
            yield Found(
                f'"{chosen.id}" keeps evidence for {format_number(months, "en")} months after the end;'
                f" {_MOST_RETENTION} cover the limitation of claims.",
                parameter_place(plan, chosen, _RETENTION),
                f"Write {_RETENTION}: {_MOST_RETENTION}, or accept the finding with the reason.",
                {"clause": chosen.id, "months": str(months)},
            )


@rule(severity="warning", legal_basis="GDPR art. 4, 26 and 28", mark="unverified", rule_ids=("GD-04",))
def processor_without_agreement(plan: Plan) -> Iterator[Found]:
    """The supplier processes data on instruction, which needs a data processing agreement that no clause is.

    Why: Municipality and supplier are normally separate controllers. If one works on the other's instruction, an
    agreement must be there before the first name is sent.

    Source: The articles from memory.

    Mend: Choose separate controllers, or add the agreement as an annex and accept the finding with its name.
    """
    for chosen in plan.clauses:
        if text(chosen, _CONTROLLER) == "processor":
            yield Found(
                f'"{chosen.id}" makes the supplier a processor, and no clause is a data processing agreement.',
                parameter_place(plan, chosen, _CONTROLLER),
                "Add the agreement to the documents, or choose separate controllers.",
                {"clause": chosen.id},
            )


@rule(
    severity="warning",
    legal_basis="TEUF art. 107, Regulation (EU) 2023/2831, Regulation 651/2014 art. 32-35",
    mark="partly",
    rule_ids=("SA-02", "SA-03"),
)
def aid_not_settled(plan: Plan) -> Iterator[Found]:
    """The payment for training is called aid although it is bought in competition, or needs papers that are not here.

    Why: A price that all could bid on is a price. If it is aid instead, de minimis needs a declaration, the sum of
    three years for the whole undertaking and an entry in the register; a block exemption has its own conditions.

    Source: The regulation on de minimis aid (seen, the ceiling of EUR 300,000 in three years from memory); the block
    exemption (partly seen).

    Mend: Choose competitive-price where the line is in the price list, or get the declaration and accept the finding.
    """
    for chosen in plan.clauses:
        test = text(chosen, _AID)
        if test and test != "competitive-price":
            yield Found(
                f'"{chosen.id}" rests on {test}, but the training price is in the competition.',
                parameter_place(plan, chosen, _AID),
                "Choose competitive-price, or get the declaration and the register entry before signing.",
                {"clause": chosen.id, "test": test},
            )
