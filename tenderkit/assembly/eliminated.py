"""Bids that are admissible but fell out before the ranking, in words: which condition, what was reached, the limit."""

from __future__ import annotations

from fractions import Fraction

from tenderkit.assembly import criteria, tree
from tenderkit.assembly.cells import cell, paragraph
from tenderkit.assembly.context import Context
from tenderkit.evaluation.minimum import STAGE
from tenderkit.evaluation.spec import Bid, Eliminated, EvaluationSpec, Result
from tenderkit.quantities import Language, format_number, round_half_up

MOST_PLACES = 9


def bids_of(result: Result) -> list[Bid]:
    """Give the bids that fell out, each once, in the order of their names."""
    found = {item.bid.bidder: item.bid for item in result.eliminated}
    return sorted(found.values(), key=lambda bid: bid.name)


def evaluated(result: Result) -> list[Bid]:
    """Give the bids that were evaluated: those that were ranked and those that fell out, in the order of names."""
    return sorted([*(item.bid for item in result.ranking), *bids_of(result)], key=lambda bid: bid.name)


def at_minimum(result: Result, bidder: str) -> bool:
    """Tell whether a bid fell out at a published minimum, so that its prices were not looked at."""
    return any(item.bid.bidder == bidder and item.stage == STAGE for item in result.eliminated)


def reasons(result: Result, bidder: str, context: Context) -> list[str]:
    """Give why a bid fell out: one sentence for each condition that it did not meet."""
    return [_reason(item, result.spec, context) for item in result.eliminated if item.bid.bidder == bidder]


def listed(result: Result, context: Context) -> list[tree.Block]:
    """Give the bids that fell out with the reasons, as a list under a sentence; nothing where none did."""
    items = [
        tree.ListItem(cell(context.label("eliminated.of", bidder=bid.name, reason=reason)))
        for bid in bids_of(result)
        for reason in reasons(result, bid.bidder, context)
    ]
    return [paragraph(context, "eliminated.intro"), tree.ItemList(tuple(items))] if items else []


def _reason(item: Eliminated, spec: EvaluationSpec, context: Context) -> str:
    value, limit = apart(item.value, item.limit, context.language)
    if item.stage == STAGE:
        criterion = spec.criterion(item.criterion)
        title = criteria.numbered_title(criterion, context) if criterion else item.criterion
        return context.label("eliminated.minimum", criterion=title, value=value, limit=limit)
    said = context.label("eliminated.stage", stage=spec.award.definition.stages[item.stage].title[context.language])
    if item.value is None or item.limit is None:
        return said
    return f"{said} {context.label('eliminated.numbers', value=value, limit=limit)}"


def apart(value: Fraction | None, limit: Fraction | None, language: Language) -> tuple[str, str]:
    """Give both numbers with as few decimals as show which is the larger; both empty where one is not known.

    >>> apart(Fraction(59997, 10000), Fraction(6), "da"), apart(Fraction(11, 2), Fraction(6), "en")
    (('5,9997', '6'), ('5.5', '6'))
    """
    if value is None or limit is None:
        return "", ""
    places = next(
        (places for places in range(3, MOST_PLACES) if round_half_up(value, places) != round_half_up(limit, places)),
        MOST_PLACES,
    )
    shown = [Fraction(round_half_up(number, places)) for number in (value, limit)]
    own, other = (format_number(number, language) for number in shown)
    return own, other
