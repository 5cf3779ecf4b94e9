"""``::: scores``: the agreed score and its reason for every bid and criterion, and how far the members lay apart."""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import Col, cell, lots_with_results, number, paragraph, per_lot, table
from tenderkit.assembly.context import Context
from tenderkit.assembly.eliminated import evaluated
from tenderkit.evaluation.committee import spreads
from tenderkit.evaluation.spec import Bid, Criterion, Result, Score
from tenderkit.quantities import format_number

NEEDS = "result"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a table per criterion that the committee scored."""
    lots = lots_with_results(context)
    made = per_lot(context, lots, lambda lot: _lot(context.results[lot], context))
    return [*made, paragraph(context, "scores.note")] if any(isinstance(item, tree.Table) for item in made) else made


def _lot(result: Result, context: Context) -> list[tree.Block]:
    if not evaluated(result):
        return [paragraph(context, "ranking.none")]
    leaves = [leaf for leaf in result.spec.leaves() if leaf.kind == "score"]
    tables: list[tree.Block] = [_table(leaf, result, context) for leaf in leaves]
    return tables or [paragraph(context, "scores.none")]


def _table(leaf: Criterion, result: Result, context: Context) -> tree.Table:
    lot = result.spec.lot
    sheet = context.consensus.get(lot)
    rows = []
    for bid in evaluated(result):
        score = sheet.scores.get((bid.bidder, leaf.id), Score(None)) if sheet else Score(None)
        rows.append(
            (
                cell(bid.name),
                number(score.value, context),
                cell(_reason(score, context)),
                cell(_spread(bid, leaf.id, lot, context)),
            )
        )
    columns = (Col("bidder", 3), Col("score", 2, "center"), Col("reason", 8), Col("spread", 3))
    title = criteria.numbered_title(leaf, context)
    weighs = criteria.weighs(leaf, result.spec, context)
    return table(context, "scores", columns, rows, criterion=title, weighs=weighs)


def _reason(score: Score, context: Context) -> str:
    """Give the reason, with strengths and weaknesses where they were noted."""
    parts = [score.reason]
    parts += [
        context.label(f"scores.{key}", text=text)
        for key, text in (("strengths", score.strengths), ("weaknesses", score.weaknesses))
        if text
    ]
    return " ".join(part for part in parts if part)


def _spread(bid: Bid, criterion: str, lot: str, context: Context) -> str:
    """Give the lowest and the highest of the members' own scores, with a mark where a discussion was asked for."""
    limit = context.plan.tender.committee.spread_alarm
    found = spreads(context.plan.specs[lot], [bid], context.evaluators, limit)
    spread = next((item for item in found if item.criterion == criterion), None)
    if spread is None:
        return ""
    low, high = (format_number(value, context.language) for value in (spread.lowest, spread.highest))
    text = low if low == high else context.label("scores.span", low=low, high=high)
    return context.label("scores.discussed", span=text) if spread.alarm else text
