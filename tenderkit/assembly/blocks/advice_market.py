"""``::: advice-market``: what to ask the market, and what each answer is used for."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.advice import AdviceContext
from tenderkit.assembly.cells import Col, cell, paragraph, table

NEEDS = "advice"


def render(context: AdviceContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of questions."""
    asked = context.advice.market
    if not asked:
        return [paragraph(context, "advice-market.none")]
    rows = [
        (cell(str(count)), cell(item.ask[context.language]), cell(item.use[context.language]))
        for count, item in enumerate(asked, 1)
    ]
    return [table(context, "advice-market", (Col("no", 1), Col("ask", 8), Col("use", 5)), rows)]
