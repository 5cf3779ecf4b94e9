"""P09: one extreme tender moves the points of all others."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.stress.cases import amounts_at, middle_case, result_of
from tenderkit.stress.extremes import FAR, Extreme
from tenderkit.stress.finding import Example, Finding, Kind, Value
from tenderkit.stress.moving import with_prices
from tenderkit.stress.play import play_prepared
from tenderkit.stress.shown import shown
from tenderkit.stress.tested import SPEAKS, Tested

#: The points of the usual bids are moved when the extreme one makes their differences less than half, or more than
#: twice, of what they are without it (suggested default).
TIMES = 2
#: What is tried, and told first: far too low, far too high, nearly nothing.
_TRIED = ("low", "high", "near-zero")


def find(tested: Tested) -> Iterator[Finding]:
    """Find price criteria, and award models with a price, on which an extreme price presses or spreads all others.

    It is a warning where a loser with a far too high price often changes who wins. Otherwise it is a note: a far too
    low bid that cannot explain itself must not be left in, and without it points are as they were.
    """
    found = tested.measures.extremes
    decides: bool | None = None
    for usual in (extreme for extreme in found if extreme.kind == "usual"):
        moved = first_moved(usual, [extreme for extreme in found if extreme.criterion == usual.criterion])
        if moved is None or usual.points is None or moved.points is None:
            continue
        if decides is None:
            decides = high_loser_decides(tested) >= SPEAKS
        kind: Kind = "number" if usual.criterion == EVALUATED_PRICE else "points"
        middle = len(usual.points) // 2
        values = {
            "criterion": Value("text", tested.title(usual.criterion)),
            "before": Value(kind, usual.points[middle]),
            "after": Value(kind, moved.points[middle]),
            "change": Value("money", moved.prices[-1]),
        }
        yield Finding("outlier", usual.criterion, values, _example(tested, moved), "" if decides else "note")


def first_moved(usual: Extreme, others: list[Extreme]) -> Extreme | None:
    """Give the first extreme price that moves the others' points; None where none does, or all of them are refused."""
    for kind in _TRIED:
        for extreme in others:
            if extreme.kind == kind and not extreme.refused and _moves(usual, extreme):
                return extreme
    return None


def _moves(usual: Extreme, extreme: Extreme) -> bool:
    if usual.points is None or extreme.points is None:
        return False
    middle = len(usual.points) // 2
    without, beside = _spread(usual.points), _spread(extreme.points[: len(usual.points)])
    pressed = beside * TIMES < without or beside > TIMES * without
    return pressed and usual.points[middle] != extreme.points[middle]


def _spread(points: tuple[Fraction, ...]) -> Fraction:
    return max(points) - min(points)


def high_loser_decides(tested: Tested) -> Fraction:
    """Give the share of the tenders in which a loser's price, when it becomes extremely high, changes who wins."""
    price = float(FAR * tested.market.price.high)
    tenders = changed = 0
    for drawn, played in tested.blocks:
        won = (played.winner >= 0) & (played.ranked.sum(axis=1) > 2)  # noqa: PLR2004 - a winner, a loser and a rival
        turned = np.zeros(len(drawn), dtype=bool)
        for bid in range(drawn.present.shape[1]):
            loses = np.flatnonzero(won & played.ranked[:, bid] & (played.winner != bid))
            far = with_prices(tested.ready, drawn.rows(loses), bid, np.full(len(loses), price))
            after = play_prepared(tested.ready, far)
            turned[loses] |= (after.winner >= 0) & (after.winner != played.winner[loses])
        tenders += int(won.sum())
        changed += int(turned.sum())
    return Fraction(changed, tenders) if tenders else Fraction(0)


def _example(tested: Tested, extreme: Extreme) -> Example | None:
    """Give bids in the middle of every scale without and with the extreme price; the last bid has it."""
    amounts = [amounts_at(tested.spec, tested.market, price) for price in extreme.prices]
    case = middle_case(tested.spec, amounts)
    before, after = result_of(case.without(case.names[-1])), result_of(case)
    return None if before is None or after is None else shown("bid-added", case, before, after)
