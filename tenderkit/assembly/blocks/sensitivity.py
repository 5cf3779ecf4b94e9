"""``::: sensitivity``: what the result hung on. It is for learning and no part of the award, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import Col, cell, lots_with_results, money, paragraph, per_lot, percent, table
from tenderkit.assembly.context import Context
from tenderkit.evaluation.committee import agreed
from tenderkit.evaluation.sensitivity import PointCost, Sensitivity, sensitivity
from tenderkit.evaluation.spec import Result
from tenderkit.quantities import format_money, round_half_up

NEEDS = "result"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give who would win otherwise, and what a point is worth, for each lot."""
    note = paragraph(context, "sensitivity.note")
    return [note, *per_lot(context, lots_with_results(context), lambda lot: _lot(context.results[lot], context))]


def _lot(result: Result, context: Context) -> list[tree.Block]:
    sheet = context.consensus.get(result.spec.lot)
    found = sensitivity(result, agreed(sheet) if sheet else {})
    tests = list(_tests(found, result, context))
    if not tests:
        return [paragraph(context, "sensitivity.none")]
    columns = (Col("test", 5), Col("winner", 4), Col("change", 2))
    blocks: list[tree.Block] = [table(context, "sensitivity", columns, tests, lot=result.spec.lot_title)]
    if costs := [_cost(cost, result, context) for cost in found.points if cost.kroner is not None]:
        worth = (Col("criterion", 5), Col("amount", 3, "right"))
        blocks.append(table(context, "sensitivity.points", worth, costs, lot=result.spec.lot_title))
    if found.margin_kroner is not None:
        amount = format_money(_whole(found.margin_kroner), context.language)
        blocks.append(paragraph(context, "sensitivity.margin", amount=amount))
    return blocks


def _tests(found: Sensitivity, result: Result, context: Context) -> Iterator[tuple[tree.Inlines, ...]]:
    """Give a row for each bid left out and for each other weight of the price."""
    names = {item.bid.bidder: item.bid.name for item in result.ranking}
    rows = [
        (context.label("sensitivity.loser_removed", bidder=names[item.removed]), item.winner, item.changed)
        for item in found.removals
    ]
    rows += [
        (context.label("sensitivity.price_weight", weight=percent(item.weight, context)), item.winner, item.changed)
        for item in found.weights
    ]
    for test, winner, changed in rows:
        first = names[winner] if winner else context.label("sensitivity.undecided")
        yield cell(test), cell(first), cell(context.label("sensitivity.different" if changed else "sensitivity.same"))


def _cost(cost: PointCost, result: Result, context: Context) -> tuple[tree.Inlines, ...]:
    name = criteria.numbered_title(result.spec.leaf(cost.criterion), context)
    return cell(name), money(None if cost.kroner is None else _whole(cost.kroner), context)


def _whole(amount: Fraction) -> int:
    """Give whole kroner: more digits would look more exact than a thought experiment is."""
    return int(round_half_up(amount, 0))
