"""``::: clauses``: all points of the chosen clauses, gathered under the sections of the social annex.

Where several clauses have points in one section, each clause's points stand under a heading with its title.
"""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.clauses import sections
from tenderkit.assembly.setting import Contractual

NEEDS = "clauses"


def render(context: Contractual, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the sections that have points, in the vocabulary's order."""
    plan = context.plan
    by_clause = [(chosen, sections(chosen, context)) for chosen in plan.clauses]
    blocks: list[tree.Block] = []
    for key, title in plan.library.vocabulary.annex_sections.items():
        having = [(chosen, found[key]) for chosen, found in by_clause if key in found]
        if not having:
            continue
        blocks.append(tree.Heading(1, (tree.Text(context.worded(title[context.language])),), f"section-{key}"))
        for chosen, points in having:
            if len(having) > 1:
                blocks.append(tree.Heading(2, (tree.Text(context.worded(chosen.clause.title[context.language])),)))
            blocks += points
    return blocks
