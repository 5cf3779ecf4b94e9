"""``::: stress-market``: what bids were expected, so that a reader can judge the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, table
from tenderkit.assembly.stress import StressContext
from tenderkit.quantities import format_number
from tenderkit.stress.market import Expected

NEEDS = "stress"


def render(context: StressContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the assumptions as a table of two columns."""
    market, practice = context.report.market, context.report.practice
    texts = {
        "scores": _span(market.scores, context),
        "offers": _span(market.offers, context),
        "correlation": format_number(market.correlation, context.language),
        "practice_scores": context.label(f"stress.practice.{practice.scores}"),
        "practice_order": context.label(f"stress.practice.{practice.knock_out.replace('-', '_')}"),
    }
    rows = [(cell(context.label(f"stress.market.{key}")), cell(value)) for key, value in texts.items()]
    return [table(context, "stress.market", (Col("what", 6), Col("value", 4)), rows)]


def _span(expected: Expected, context: StressContext) -> str:
    return context.label("stress.market.span", low=context.share(expected.low), high=context.share(expected.high))
