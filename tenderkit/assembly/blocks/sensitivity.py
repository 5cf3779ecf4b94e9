"""``::: sensitivity``: what the result hung on. It is for learning and no part of the award, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import Col, cell, lots_with_results, money, number, paragraph, per_lot, percent, table
from tenderkit.assembly.context import Context
from tenderkit.evaluation.committee import agreed
from tenderkit.evaluation.sensitivity import PointCost, Removal, Sensitivity, sensitivity
from tenderkit.evaluation.spec import Result
from tenderkit.evaluation.weights import WeightInterval
from tenderkit.quantities import format_money, round_half_up

NEEDS = "result"

_WEIGHTS = (
    Col("criterion", 4),
    Col("weight", 2, "right"),
    Col("low", 2, "right"),
    Col("high", 2, "right"),
    Col("level", 4),
)
_SCORES = (Col("bidder", 4), Col("criterion", 4), Col("given", 2, "right"), Col("other", 2, "right"), Col("winner", 4))
_PRICES = (
    Col("bidder", 4),
    Col("price", 3, "right"),
    Col("other", 3, "right"),
    Col("change", 2, "right"),
    Col("winner", 4),
)


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give who would win otherwise, and what a point is worth, for each lot."""
    notes = [paragraph(context, "sensitivity.note")]
    if any(result.limited for result in context.results.values()):
        notes.append(paragraph(context, "sensitivity.by_itself"))
    return [*notes, *per_lot(context, lots_with_results(context), lambda lot: _lot(context.results[lot], context))]


def _lot(result: Result, context: Context) -> list[tree.Block]:
    sheet = context.consensus.get(result.spec.lot)
    found = sensitivity(result, agreed(sheet) if sheet else {}, thorough=context.thorough)
    lot = result.spec.lot_title
    tests = [_removal(removal, result, context) for removal in found.removals]
    if not tests:
        return [paragraph(context, "sensitivity.none")]
    columns = (Col("test", 5), Col("winner", 4), Col("change", 2))
    blocks: list[tree.Block] = [table(context, "sensitivity", columns, tests, lot=lot)]
    if weights := [_weight(interval, result, context) for interval in found.weights]:
        blocks.append(table(context, "sensitivity.weights", _WEIGHTS, weights, lot=lot))
    if context.thorough:
        blocks += _smallest(found, result, context)
    if costs := [_cost(cost, result, context) for cost in found.points if cost.kroner is not None]:
        worth = (Col("criterion", 5), Col("amount", 3, "right"))
        blocks.append(table(context, "sensitivity.points", worth, costs, lot=lot))
    if found.margin_kroner is not None:
        amount = format_money(_whole(found.margin_kroner), context.language)
        blocks.append(paragraph(context, "sensitivity.margin", amount=amount))
    return blocks


def _removal(removal: Removal, result: Result, context: Context) -> tuple[tree.Inlines, ...]:
    """Give a row for a bid that is left out."""
    test = context.label("sensitivity.loser_removed", bidder=_name(removal.removed, result, context))
    change = context.label("sensitivity.different" if removal.changed else "sensitivity.same")
    return cell(test), cell(_name(removal.winner, result, context)), cell(change)


def _weight(interval: WeightInterval, result: Result, context: Context) -> tuple[tree.Inlines, ...]:
    """Give a row for a criterion: its weight, how far it can fall and rise, and who is level with the winner there."""
    ends = (interval.low, interval.below), (interval.high, interval.above)
    level = [name for _, bidder in ends if bidder and (name := _name(bidder, result, context))]
    return (
        cell(_title(interval.criterion, result, context)),
        cell(_share(interval.weight, context)),
        *(cell(_share(end, context)) for end, _ in ends),
        cell(", ".join(dict.fromkeys(level)) or context.label("sensitivity.weights.nobody")),
    )


def _smallest(found: Sensitivity, result: Result, context: Context) -> Iterator[tree.Block]:
    """Give the smallest changes of one score, and of one price, that change the winner."""
    lot = result.spec.lot_title
    scores = [
        (
            cell(_name(change.bidder, result, context)),
            cell(_title(change.criterion, result, context)),
            number(change.given, context),
            number(change.other, context),
            cell(_name(change.winner, result, context)),
        )
        for change in found.scores
    ]
    if scores:
        yield table(context, "sensitivity.scores", _SCORES, scores, lot=lot)
    else:
        yield paragraph(context, "sensitivity.no_score")
    prices = [
        (
            cell(_name(change.bidder, result, context)),
            money(_whole(change.price), context),
            money(_whole(change.other), context),
            cell(_share(change.other / change.price - 1, context)),
            cell(_name(change.winner, result, context)),
        )
        for change in found.prices
    ]
    if prices:
        yield table(context, "sensitivity.prices", _PRICES, prices, lot=lot)
    if robust := list(_robust(result, context)):
        yield table(context, "sensitivity.robust", (Col("bidder", 6), Col("share", 3, "right")), robust, lot=lot)


def _robust(result: Result, context: Context) -> Iterator[tuple[tree.Inlines, ...]]:
    """Give how often each bid would win with other weights."""
    from tenderkit.stress.robust import weight_shares  # noqa: PLC0415 - numpy is slow to import

    for bidder, share in weight_shares(result).items():
        yield cell(_name(bidder, result, context)), cell(_share(Fraction(share), context))


def _name(bidder: str | None, result: Result, context: Context) -> str:
    everyone = [*(item.bid for item in result.ranking), *(item.bid for item in result.eliminated)]
    found = next((bid.name for bid in everyone if bid.bidder == bidder), None)
    return found or context.label("sensitivity.undecided")


def _title(identifier: str, result: Result, context: Context) -> str:
    criterion = result.spec.criterion(identifier)
    return criteria.numbered_title(criterion, context) if criterion else identifier


def _share(share: Fraction, context: Context) -> str:
    """Give a share in per cent to one decimal: more digits would look more exact than a thought experiment is."""
    return percent(Fraction(round_half_up(share * 100, 1)) / 100, context)


def _cost(cost: PointCost, result: Result, context: Context) -> tuple[tree.Inlines, ...]:
    name = criteria.numbered_title(result.spec.leaf(cost.criterion), context)
    return cell(name), money(None if cost.kroner is None else _whole(cost.kroner), context)


def _whole(amount: Fraction) -> int:
    """Give whole kroner, for the same reason."""
    return int(round_half_up(amount, 0))
