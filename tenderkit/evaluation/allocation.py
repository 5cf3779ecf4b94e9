"""Which bid wins which lot, where the tender published how many lots one bidder can win.

Each lot is ranked by itself, and the ranking is never set aside: the lots are awarded one after another, each to its
best-ranked bid whose bidder has not reached the limit. Only the order of the lots is open, and the published rule
chooses it: as many lots awarded as possible, and of the largest value; then the best sum; then the best ranks, the
largest lot first. A search for the best sum over all bids would not do: with the lowest sum of prices it would set
aside what the lots were ranked by, and give them to cheap bids of little quality.

All orders are looked at, so the answer is exact; where they are too many, that is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from tenderkit.evaluation.lots import too_many
from tenderkit.evaluation.spec import BidResult, Limited, Result
from tenderkit.problems import TenderkitError

#: Positions that are looked at before the search gives up and says so.
MOST_STEPS = 50_000
#: How many combinations with the same sum are told.
MOST_EQUAL = 10


@dataclass(frozen=True)
class LotLimit:
    """The published rule.

    Attributes:
        at_most: how many lots one bidder can win.
        choose: what is added up over the lots: the lowest sum of evaluated prices is best, or the highest sum of total
            points.
        sizes: all lots in the order of the tender, with their estimated values; where sums are equal, the larger lot
            comes first, and of lots of the same value the one that stands first.
    """

    at_most: int
    choose: Literal["lowest-price", "highest-points"]
    sizes: Mapping[str, Decimal]

    def value(self, item: BidResult) -> Fraction:
        """Give what is added up."""
        return item.evaluated_price if self.choose == "lowest-price" else Fraction(item.total)

    @cached_property
    def by_size(self) -> tuple[str, ...]:
        """Give the lots, the largest first."""
        return tuple(sorted(self.sizes, key=lambda lot: -self.sizes[lot]))


@dataclass(frozen=True)
class Turn:
    """A lot when its turn comes: its winner, and the better-ranked bids whose bidders have reached the limit."""

    lot: str
    winner: BidResult
    passed: tuple[BidResult, ...]


Choice = Mapping[str, BidResult]
_LEFT = 10**9  # the rank of a lot that nobody wins: worse than any


@dataclass(frozen=True)
class Allocation:
    """The chosen combination of winners.

    Attributes:
        limit: the published rule.
        turns: the lots in an order in which they can be awarded, each with its winner.
        without: lots that nobody wins: there is no bid in the ranking, or every bidder has reached the limit.
        drawing: lots in which bids share a rank that decides; lots must be drawn before any lot has its winner.
        total: the sum over the lots that are awarded.
        separate: the sum over the bids ranked first, each lot by itself and without any limit.
        equal: other combinations that award as many lots, of the same value, with the same sum; at most nine, the next
            best first. By lot, who wins it.
    """

    limit: LotLimit
    turns: tuple[Turn, ...]
    without: tuple[str, ...]
    drawing: tuple[str, ...]
    total: Fraction
    separate: Fraction
    equal: tuple[Choice, ...]

    def won(self, bidder: str) -> tuple[str, ...]:
        """Give the lots that a bidder wins, in the order of the tender."""
        own = {turn.lot for turn in self.turns if turn.winner.bid.bidder == bidder}
        return tuple(lot for lot in self.limit.sizes if lot in own)

    @property
    def bites(self) -> bool:
        """Tell whether the limit changes anything: a better-ranked bid was passed over, or a lot left."""
        return any(turn.passed for turn in self.turns) or bool(self.without)


def allocate(results: Mapping[str, Result], limit: LotLimit) -> Allocation:
    """Decide all lots together by the published rule.

    Args:
        results: each lot's own result, by lot.
        limit: the published rule.

    Raises:
        TenderkitError: there are too many orders of the lots to look at.
    """
    ranked = {lot: results[lot].ranking for lot in limit.sizes}
    found = _Search(ranked, limit).best(frozenset(ranked), Counter())
    chosen, *others = (choice.winners for choice in found)
    turns, drawing = _in_order(ranked, chosen, limit.at_most)
    return Allocation(
        limit,
        turns,
        tuple(lot for lot in ranked if lot not in chosen),
        drawing,
        sum((limit.value(item) for item in chosen.values()), Fraction(0)),
        sum((limit.value(ranking[0]) for ranking in ranked.values() if ranking), Fraction(0)),
        tuple(others),
    )


def limited(results: Mapping[str, Result], allocation: Allocation) -> dict[str, Result]:
    """Give the results with the winners of the chosen combination, and why it is not the bid ranked first."""
    turns = {turn.lot: turn for turn in allocation.turns}
    found = {}
    for lot, result in results.items():
        turn = turns.get(lot)
        passed = turn.passed if turn else result.ranking
        lots = {item.bid.bidder: allocation.won(item.bid.bidder) for item in passed}
        winner = turn.winner if turn and not allocation.drawing else None
        why = Limited(allocation.limit.at_most, {} if allocation.drawing else lots, allocation.drawing)
        found[lot] = replace(result, winner=winner, limited=why)
    return found


@dataclass(frozen=True)
class _Found:
    """Winners of some lots: how many lots and how much of value is left, and the sum; less is better, in this order."""

    left: tuple[int, Decimal]
    total: Fraction
    winners: Mapping[str, BidResult]

    def key(self, limit: LotLimit) -> tuple[object, ...]:
        """Give what ways are compared by: beside these the ranks, the largest lot first, and names to keep an order."""
        of_lots = [self.winners.get(lot) for lot in limit.by_size]
        ranks = tuple(_LEFT if item is None else item.rank for item in of_lots)
        return self.left, self.total, ranks, tuple("" if item is None else item.bid.bidder for item in of_lots)


class _Search:
    """Looks at every order in which lots can be awarded; positions that were looked at are remembered."""

    def __init__(self, ranked: Mapping[str, tuple[BidResult, ...]], limit: LotLimit) -> None:
        self.ranked = ranked
        self.limit = limit
        self.sign = 1 if limit.choose == "lowest-price" else -1
        self.known: dict[tuple[frozenset[str], frozenset[tuple[str, int]]], list[_Found]] = {}

    def best(self, rest: frozenset[str], won: Counter[str]) -> list[_Found]:
        """Give the best ways to award the lots that are left, all with the same number of lots and the same sum."""
        bidders = {item.bid.bidder for lot in rest for item in self.ranked[lot]}
        position = (rest, frozenset((name, count) for name, count in won.items() if name in bidders))
        if position not in self.known:
            if len(self.known) >= MOST_STEPS:
                raise TenderkitError(too_many(MOST_STEPS))
            self.known[position] = self._best(rest, won)
        return self.known[position]

    def _best(self, rest: frozenset[str], won: Counter[str]) -> list[_Found]:
        first = {lot: best_available(self.ranked[lot], won, self.limit.at_most) for lot in rest}
        nobody = [self.limit.sizes[lot] for lot, bids in first.items() if not bids]
        open_lots = [lot for lot in self.limit.sizes if first.get(lot)]
        wanted = Counter(bids[0].bid.bidder for bids in first.values() if bids)
        alone = all(len(bids) == 1 for bids in first.values() if bids)
        if alone and all(won[name] + count <= self.limit.at_most for name, count in wanted.items()):
            # Nobody is first in more lots than it can still win, so every order gives each lot to its first.
            left = (len(nobody), sum(nobody, Decimal(0)))
            return [self._added(_Found(left, Fraction(0), {}), {lot: first[lot][0] for lot in open_lots})]
        found: dict[tuple[object, ...], _Found] = {}
        for lot in open_lots:
            for item in first[lot]:
                more = Counter({**won, item.bid.bidder: won[item.bid.bidder] + 1})
                for after in self.best(rest - {lot}, more):
                    way = self._added(after, {lot: item})
                    found[way.key(self.limit)] = way
        least = min((way.left, way.total) for way in found.values())
        return [way for _, way in sorted(found.items()) if (way.left, way.total) == least][:MOST_EQUAL]

    def _added(self, way: _Found, winners: Mapping[str, BidResult]) -> _Found:
        more = sum((self.sign * self.limit.value(item) for item in winners.values()), Fraction(0))
        return _Found(way.left, way.total + more, {**way.winners, **winners})


def best_available(ranking: tuple[BidResult, ...], won: Mapping[str, int], at_most: int) -> list[BidResult]:
    """Give the best-ranked bids whose bidders have not reached the limit: one, or several that share a rank."""
    free = [item for item in ranking if won.get(item.bid.bidder, 0) < at_most]
    return [item for item in free if item.rank == free[0].rank]


def _in_order(
    ranked: Mapping[str, tuple[BidResult, ...]], chosen: Choice, at_most: int
) -> tuple[tuple[Turn, ...], tuple[str, ...]]:
    """Give the lots in an order in which each goes to its best available bid, and the lots that must be drawn.

    A lot whose winner is level with another bid waits until that bidder has reached the limit; where that cannot be,
    lots must be drawn.
    """
    won: Counter[str] = Counter()
    turns: list[Turn] = []
    drawing = []
    while rest := [lot for lot in ranked if lot in chosen and lot not in {turn.lot for turn in turns}]:
        ready = list(_ready(ranked, chosen, rest, won, at_most))
        lot, count = min(ready, key=lambda item: item[1] > 1)
        if count > 1:
            drawing.append(lot)
        winner = chosen[lot]
        turns.append(Turn(lot, winner, tuple(item for item in ranked[lot] if item.rank < winner.rank)))
        won[winner.bid.bidder] += 1
    return tuple(turns), tuple(lot for lot in ranked if lot in drawing)


def _ready(
    ranked: Mapping[str, tuple[BidResult, ...]], chosen: Choice, rest: list[str], won: Counter[str], at_most: int
) -> Iterator[tuple[str, int]]:
    """Give the lots whose winner is the best available bid now, with how many bids share that rank."""
    for lot in rest:
        first = best_available(ranked[lot], won, at_most)
        if chosen[lot] in first:
            yield lot, len(first)
