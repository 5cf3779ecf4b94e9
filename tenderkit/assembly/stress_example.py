"""Made-up bids that show something, as a table: what went in, and the totals before and after."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, table
from tenderkit.assembly.stress import StressContext
from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.quantities import format_money, format_number, round_half_up
from tenderkit.stress.finding import Example, ShownBid

#: More criteria than this do not fit side by side: those that are equal for all bids are left out first.
MOST = 5


def example_table(example: Example, context: StressContext) -> Iterator[tree.Block]:
    """Give the bids of an example and a sentence on who wins before and after."""
    shown = _shown(example)
    columns = [Col("bid", 2)]
    columns += [Col(name, 3, "right", title=context.called(name)) for name in shown]
    columns += [Col("before", 3, "right"), Col("after", 3, "right")]
    rows = [_row(bid, shown, example, context) for bid in example.bids]
    winners = [place for place, bid in enumerate(example.bids) if bid.name == example.winner_before]
    change = context.label(f"stress.change.{example.change}")
    yield table(context, "stress.example", columns, rows, bold=winners, change=change)
    first, then = (
        name or context.label("stress.example.tie") for name in (example.winner_before, example.winner_after)
    )
    sentence = context.label("stress.example.winners", before=first, after=then, change=change)
    yield tree.Paragraph((tree.Text(sentence),), style="small")


def _shown(example: Example) -> list[str]:
    """Give the criteria to show: all when they fit, otherwise those in which the bids differ."""
    names = list(dict.fromkeys(name for bid in example.bids for name in bid.given))
    if len(names) <= MOST:
        return names
    differ = [name for name in names if len({bid.given.get(name) for bid in example.bids}) > 1]
    changed = {name for bid in example.bids for name in bid.changed}
    first = [name for name in differ if name in changed or _is_price(name, example)]
    return [*first, *(name for name in differ if name not in first)][:MOST]


def _is_price(name: str, example: Example) -> bool:
    return name == EVALUATED_PRICE or any(bid.given.get(name, Fraction(0)) > THOUSAND for bid in example.bids)


THOUSAND = 1000
PLACES, ALL_PLACES = 3, 15
BINARY = "binary-numbers"


def _row(bid: ShownBid, shown: list[str], example: Example, context: StressContext) -> tuple[tree.Inlines, ...]:
    given = [_given(bid, name, context, money=_is_price(name, example)) for name in shown]
    # binary numbers part bids in the sixteenth digit
    places = PLACES if example.change != BINARY else ALL_PLACES
    totals = [_total(value, context, places) for value in (bid.before, bid.after)]
    return (cell(bid.name), *(cell(text) for text in given), *(cell(text) for text in totals))


def _given(bid: ShownBid, name: str, context: StressContext, *, money: bool) -> str:
    if name not in bid.given:
        return ""
    texts = [_number(bid.given[name], context, money=money)]
    if name in bid.changed:
        texts.append(_number(bid.changed[name], context, money=money))
    return " → ".join(texts)


def _number(value: Fraction, context: StressContext, *, money: bool) -> str:
    if money:
        return format_money(round_half_up(value, 0), context.language)
    return format_number(round_half_up(value, 2).normalize() + 0, context.language)


def _total(value: Fraction | None, context: StressContext, places: int) -> str:
    """Give a total: kroner whole, points to some decimals; a dash for a bid that is not there."""
    if value is None:
        return ""
    if context.report.spec.award.definition.group == "money" and abs(value) > THOUSAND:
        return format_money(round_half_up(value, 0), context.language)
    return format_number(round_half_up(value, places), context.language, places)
