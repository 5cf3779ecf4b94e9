"""Clauses that were written for agreements outside a tender."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.checks.places import choice_place
from tenderkit.checks.rule import Found, rule
from tenderkit.plan import Plan

_AGREEMENT = "agreement"
_OUTSIDE = frozenset({_AGREEMENT, "voluntary"})


@rule(
    legal_basis="Catalogue of clauses: the clause's own statement of where it is used",
    mark="suggested",
    rule_ids=(),
)
def clause_for_agreements_only(plan: Plan) -> Iterator[Found]:
    """A tender uses a clause that was written for agreements outside a tender.

    Why: Such a clause speaks of other parties than the contracting authority and the supplier, or rests on good will.
    In a tender nobody can price it, and it binds nobody.

    Source: The clause's own statement of its uses, from the catalogue of clauses (suggested).

    Mend: Leave the clause out and make an agreement of its own: tenderkit contract list. A network or a voluntary
    arrangement can stand beside the contract, never in it.
    """
    for chosen in plan.clauses:
        uses = set(chosen.clause.use_as)
        if _AGREEMENT in uses and not uses - _OUTSIDE:
            yield Found(
                f'"{chosen.clause.title["en"]}" is written for agreements outside a tender.',
                choice_place(plan, chosen.id),
                "Leave the clause out, and make an agreement of its own: tenderkit contract list",
                {"clause": chosen.id},
            )
