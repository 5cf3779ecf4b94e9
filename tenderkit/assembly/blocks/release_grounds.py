"""``::: release-grounds``: each ground on which a duty can be released, once, with the clauses where it holds."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import EMPTY, Col, cell, paragraph, table
from tenderkit.assembly.duties import releasable
from tenderkit.assembly.setting import Contractual

NEEDS = "clauses"


def render(context: Contractual, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the grounds in the vocabulary's order, each with the letters of its clauses and a cell for a mark."""
    duties = releasable(context)
    rows = [
        (cell(code), cell(context.worded(label[context.language])), cell(", ".join(where)), EMPTY)
        for code, label in context.library.vocabulary.release.items()
        if (where := dict.fromkeys(chosen.clause.prefix for row, chosen in duties if code in row.duty.release))
    ]
    if not rows:
        return [paragraph(context, "release-grounds.none")]
    columns = (Col("id", 2), Col("ground", 13), Col("clauses", 4), Col("applied", 3))
    return [table(context, "release-grounds", columns, rows)]
