"""Clauses in contracts that they were not written for."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.checks.places import choice_place
from tenderkit.checks.rule import Found, rule
from tenderkit.plan import Plan


@rule(
    legal_basis="Proportionality, udbudsloven § 2; catalogue of clauses",
    mark="partly",
    rule_ids=("DK-CPC-08", "DK-CPC-10"),
)
def clause_does_not_fit(plan: Plan) -> Iterator[Found]:
    """A clause is used in a kind of contract, or in so short a contract, that it was not written for.

    Why: A duty that the contract has no room for is not proportionate: a labour clause does nothing for goods from
    stock, and a course cannot be run in a contract of three months. Bidders price the risk, or stay away.

    Source: The clause's own statement of where it applies, from the catalogue of clauses; proportionality under
    udbudsloven § 2 (partly verified).

    Mend: Leave the clause out, choose one that fits, or lengthen the contract.
    """
    kind, months = plan.tender.contract.kind, plan.tender.contract.duration_months
    for chosen in plan.clauses:
        fits = chosen.clause.applies_to
        title = chosen.clause.title["en"]
        place = choice_place(plan, chosen.id)
        if fits.kinds and kind not in fits.kinds:
            yield Found(
                f'"{title}" is written for {", ".join(fits.kinds)}; this contract is for {kind}.',
                place,
                "Leave the clause out, or choose one that fits: tenderkit clause list",
                {"clause": chosen.id, "kind": kind},
            )
        if months < fits.min_months:
            yield Found(
                f'"{title}" needs a contract of at least {fits.min_months} months; this one has {months}.',
                place,
                "Leave the clause out, or lengthen the contract.",
                {"clause": chosen.id, "months": str(months)},
            )
