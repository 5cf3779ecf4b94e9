"""``::: comparison``: the recipient's bid against the winner's, criterion by criterion, words before points.

Unit prices and evaluated prices in kroner are never shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import counted, paragraph, percent, tidy
from tenderkit.assembly.context import Context
from tenderkit.assembly.results import points
from tenderkit.evaluation.spec import BidResult, Criterion, Result
from tenderkit.quantities import as_decimal

NEEDS = "result"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a list per criterion; the winner's own letter has nothing but the winner's own."""
    result = context.result
    recipient = context.recipient
    if result is None or recipient is None or result.winner is None:
        return [paragraph(context, "comparison.none")]
    own = next((item for item in result.ranking if item.bid.bidder == recipient.bidder), None)
    if own is None:
        return [paragraph(context, "comparison.none")]
    pair = [own] if own is result.winner else [own, result.winner]
    blocks: list[tree.Block] = []
    for leaf in result.spec.leaves():
        blocks += _criterion(leaf, pair, result, context)
    return blocks


def _criterion(leaf: Criterion, pair: Sequence[BidResult], result: Result, context: Context) -> list[tree.Block]:
    title = context.label(
        "comparison.heading", criterion=criteria.numbered_title(leaf, context), share=percent(leaf.share, context)
    )
    said = [
        tree.ListItem((tree.Text(_who(place, item, context), bold=True), tree.Text(_said(leaf, item, result, context))))
        for place, item in zip(("own", "winner"), pair, strict=False)
    ]
    return [
        tree.Paragraph((tree.Text(title, bold=True),), keep=True),
        tree.ItemList(tuple(said)),
    ]


def _who(place: str, item: BidResult, context: Context) -> str:
    return context.label(f"comparison.{place}", bidder=item.bid.name) + " "


def _said(leaf: Criterion, item: BidResult, result: Result, context: Context) -> str:
    """Give the reason, the offered number or nothing, and then the points."""
    given = "".join(run.text for run in points(leaf, item, result.spec, context) if isinstance(run, tree.Text))
    words = context.label("comparison.points", points=given)
    if leaf.kind == "score":
        sheet = context.consensus.get(result.spec.lot)
        score = sheet.scores.get((item.bid.bidder, leaf.id)) if sheet else None
        return f"{tidy(score.reason)} {words}" if score and score.reason else words
    if leaf.kind == "offer" and leaf.id in item.bid.offers:
        offered = counted(as_decimal(item.bid.offers[leaf.id]), leaf.unit, context)
        return f"{context.label('comparison.offered', number=offered)} {words}"
    return f"{context.label('comparison.price')} {words}" if leaf.kind == "price" else words
