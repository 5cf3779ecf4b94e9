"""``::: comparison``: the recipient's bid against the winner's, criterion by criterion, words before points.

Unit prices and evaluated prices in kroner are never shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import counted, number, paragraph, tidy
from tenderkit.assembly.context import Context
from tenderkit.assembly.eliminated import evaluated
from tenderkit.assembly.results import points
from tenderkit.evaluation.spec import Bid, BidResult, Criterion, Result, Score
from tenderkit.quantities import as_decimal

NEEDS = "result"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give a list per criterion; the winner's own letter, and one where nobody won, has the recipient's own alone."""
    result = context.result
    recipient = context.recipient
    if result is None or recipient is None or recipient.bidder not in {bid.bidder for bid in evaluated(result)}:
        return [paragraph(context, "comparison.none")]
    ranked = {item.bid.bidder: item for item in result.ranking}
    others = [result.winner.bid] if result.winner and result.winner.bid.bidder != recipient.bidder else []
    sides = [recipient, *others]
    blocks: list[tree.Block] = []
    for leaf in result.spec.leaves():
        said = [(bid, _said(leaf, bid, ranked.get(bid.bidder), context)) for bid in sides]
        blocks += _criterion(leaf, said, result, context)
    return blocks


def _criterion(leaf: Criterion, said: Sequence[tuple[Bid, str]], result: Result, context: Context) -> list[tree.Block]:
    name, weighs = criteria.numbered_title(leaf, context), criteria.weighs(leaf, result.spec, context)
    title = context.label("comparison.heading", criterion=name, weighs=weighs)
    items = [
        tree.ListItem((tree.Text(_who(place, bid, context), bold=True), tree.Text(words)))
        for place, (bid, words) in zip(("own", "winner"), said, strict=False)
    ]
    return [
        tree.Paragraph((tree.Text(title, bold=True),), keep=True),
        tree.ItemList(tuple(items)),
    ]


def _who(place: str, bid: Bid, context: Context) -> str:
    return context.label(f"comparison.{place}", bidder=bid.name) + " "


def _said(leaf: Criterion, bid: Bid, ranked: BidResult | None, context: Context) -> str:
    """Give the reason, the offered number or nothing, and then the points; a bid that fell out has the score alone."""
    result = context.results[bid.lot]
    score = _score(leaf, bid, context)
    if ranked is not None:
        words = context.label("comparison.points", points=_text(points(leaf, ranked, result.spec, context)))
    elif score is not None and score.value is not None:
        words = context.label("comparison.score", score=_text(number(score.value, context)))
    else:
        words = context.label("comparison.out")
    if leaf.kind == "score":
        return f"{tidy(score.reason)} {words}" if score and score.reason else words
    if leaf.kind == "offer" and leaf.id in bid.offers:
        offered = counted(as_decimal(bid.offers[leaf.id]), leaf.unit, context)
        return f"{context.label('comparison.offered', number=offered)} {words}"
    return f"{context.label('comparison.price')} {words}" if leaf.kind == "price" and ranked else words


def _score(leaf: Criterion, bid: Bid, context: Context) -> Score | None:
    sheet = context.consensus.get(bid.lot)
    return sheet.scores.get((bid.bidder, leaf.id)) if sheet and leaf.kind == "score" else None


def _text(shown: tree.Inlines) -> str:
    return "".join(run.text for run in shown if isinstance(run, tree.Text))
