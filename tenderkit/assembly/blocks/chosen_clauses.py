"""``::: chosen-clauses``: the social clauses of this tender, what they are for and how each is used."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, paragraph, table
from tenderkit.assembly.clauses import deviation
from tenderkit.assembly.context import Context
from tenderkit.plan import ChosenClause

NEEDS = "tender"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of clauses in the tender's order."""
    if not context.plan.clauses:
        return [paragraph(context, "chosen-clauses.none")]
    rows = [
        (
            cell(chosen.clause.prefix),
            cell(" ".join(filter(None, (chosen.clause.title[context.language], deviation(chosen, context))))),
            cell(chosen.clause.purpose[context.language]),
            cell("; ".join(_uses(chosen, context))),
        )
        for chosen in context.plan.clauses
    ]
    columns = (Col("id", 1), Col("clause", 3), Col("purpose", 6), Col("use", 3))
    return [table(context, "chosen-clauses", columns, rows)]


def _uses(chosen: ChosenClause, context: Context) -> list[str]:
    """Give the ways in which this tender uses a clause: it is a criterion only where something of it is scored."""
    vocabulary = context.plan.library.vocabulary
    scored = any(leaf.clause == chosen.id for spec in context.plan.specs.values() for leaf in spec.leaves())
    demanding = any(requirement.kind == "minimum" for requirement in chosen.clause.requirements.values())
    used = {"award-criterion": scored, "minimum-requirement": demanding}
    return [vocabulary.uses[use][context.language] for use in chosen.clause.use_as if used.get(use, True)]
