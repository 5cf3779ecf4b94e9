"""Clauses of the authority's own: that they deviate, and that the library's have moved on."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.checks.places import choice_place, clause_place
from tenderkit.checks.rule import Found, rule
from tenderkit.plan import Plan


@rule(
    legal_basis="The authority's own choice; the library's text was read by those who keep it",
    mark="suggested",
    rule_ids=("DK-CPC-09",),
    severity="note",
)
def house_clause_used(plan: Plan) -> Iterator[Found]:
    """A clause is the authority's own, or deviates from the library's.

    Why: Those who approve a tender must see which texts are their own. A quiet copy of a clause grows old unseen.

    Source: The practice of clause libraries: a local wording is a marked deviation (suggested).

    Mend: Nothing, when the deviation is meant. See what differs: tenderkit clause diff ID --clauses FOLDER.
    """
    for chosen in plan.clauses:
        house = chosen.clause.house
        if house is None:
            continue
        what = f"deviates from the library's edition {house.edition}" if house.edition else "is not in the library"
        yield Found(
            f'"{chosen.id}" is {house.owner}\'s own clause and {what}: {house.reason["en"]}',
            choice_place(plan, chosen.id),
            f"See what differs: tenderkit clause diff {chosen.id} --clauses FOLDER"
            if house.edition
            else f"Hold it against what a clause must be: tenderkit clause check {chosen.id} --clauses FOLDER",
            {"clause": chosen.id, "owner": house.owner},
        )


@rule(
    legal_basis="The library's editions; law changes between them",
    mark="suggested",
    rule_ids=("DK-CPC-09",),
    severity="warning",
)
def house_clause_behind(plan: Plan) -> Iterator[Found]:
    """The library's clause has moved on since the authority's own was made from it.

    Why: A new edition follows a change of law, or mends a fault. A clause that was made from the old one has neither.

    Source: The library's editions (suggested).

    Mend: Compare the two, take over what has changed, and raise "edition" under "house" in the clause.
    """
    for chosen in plan.clauses:
        house = chosen.clause.house
        original = plan.library.original(chosen.id)
        if house is None or original is None or not 0 < house.edition < original.edition:
            continue
        yield Found(
            f'"{chosen.id}" was made from the library\'s edition {house.edition}; the library has edition'
            f" {original.edition}, which holds from {original.valid_from}.",
            clause_place(plan, chosen.id, ("house", "edition")),
            f"Compare: tenderkit clause diff {chosen.id} --clauses FOLDER. Then raise the edition under house.",
            {"clause": chosen.id, "edition": str(original.edition)},
        )
