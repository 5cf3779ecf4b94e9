"""Which bids win which lots, when a bidder may win only so many, or when a package of lots may be cheaper.

Each lot is scored by itself. Where the tender publishes a limit on how many lots a bidder can win, or accepts bids for
packages of lots (Directive 2014/24/EU art. 46, unverified), the best combination is not always the best bid of each
lot. It is found by an exact search, never by a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tenderkit.problems import Place, Problem, TenderkitError

#: Combinations that are looked at before the search gives up and says so.
MOST_STEPS = 1_000_000


@dataclass(frozen=True)
class Offer:
    """What a bidder offers for a lot, or for several lots together.

    ``value`` is what is added up: the evaluated price in kroner, or the total points; for a package that of all its
    lots together.
    """

    bidder: str
    lots: frozenset[str]
    value: Fraction


@dataclass(frozen=True)
class Combination:
    """The best choice: one offer for each lot that has one.

    Attributes:
        chosen: the offers, in the order of their first lot.
        total: the sum of their values.
        separate: the sum of the best offers for single lots, each lot by itself and without any limit.
        without: lots that nobody wins, because nobody bid or every bidder has reached the limit.
        equal: other combinations with the same total, at most nine; the published tie rule decides between them.
        steps: how many combinations were looked at.
    """

    chosen: tuple[Offer, ...]
    total: Fraction
    separate: Fraction
    without: tuple[str, ...]
    equal: tuple[tuple[Offer, ...], ...]
    steps: int

    def winner(self, lot: str) -> str | None:
        """Give who wins a lot; None when nobody does."""
        return next((offer.bidder for offer in self.chosen if lot in offer.lots), None)


def best_combination(
    lots: Sequence[str],
    offers: Sequence[Offer],
    better: Literal["lower", "higher"],
    limit: int | Mapping[str, int] | None = None,
) -> Combination:
    """Give the combination with the best total among those that award as many lots as possible.

    Args:
        lots: all lots, in the order of the tender.
        offers: admissible offers; at most one from a bidder for the same set of lots.
        better: whether a lower sum (prices) or a higher one (points) is better.
        limit: how many lots a bidder can win: the same for all, or by bidder; None where there is no limit.

    Raises:
        TenderkitError: an offer names an unknown lot or is there twice, or there are too many combinations to look at.

    >>> single = [Offer("a", frozenset({"1"}), Fraction(100)), Offer("b", frozenset({"2"}), Fraction(110))]
    >>> package = Offer("c", frozenset({"1", "2"}), Fraction(200))
    >>> best = best_combination(["1", "2"], [*single, package], "lower")
    >>> best.total, best.winner("1"), best.separate
    (Fraction(200, 1), 'c', Fraction(210, 1))
    """
    problems = list(_problems(lots, offers, limit))
    if problems:
        raise TenderkitError(problems)
    search = _Search(lots, offers, better, limit)
    search.run()
    sign = search.sign
    first, *others = sorted(search.best, key=lambda chosen: _order(chosen, lots))
    separate = sum((sign * lowest for lot in lots if (lowest := search.single.get(lot)) is not None), Fraction(0))
    won = {lot for offer in first for lot in offer.lots}
    return Combination(
        first,
        sum((offer.value for offer in first), Fraction(0)),
        separate,
        tuple(lot for lot in lots if lot not in won),
        tuple(others),
        search.steps,
    )


def _order(chosen: Sequence[Offer], lots: Sequence[str]) -> tuple[str, ...]:
    """Give what combinations with the same total are ordered by, so that their order says nothing."""
    return tuple(next((offer.bidder for offer in chosen if lot in offer.lots), "") for lot in lots)


class _Search:
    """Depth first through the lots; a branch that cannot reach the best so far is left."""

    MOST_EQUAL = 10

    def __init__(
        self, lots: Sequence[str], offers: Sequence[Offer], better: str, limit: int | Mapping[str, int] | None
    ) -> None:
        self.lots = tuple(lots)
        self.sign = 1 if better == "lower" else -1
        self.limit = limit
        self.steps = 0
        self.best: list[tuple[Offer, ...]] = [()]
        self.best_key: tuple[int, Fraction] | None = None
        ordered = sorted(offers, key=lambda offer: (self.sign * offer.value / len(offer.lots), offer.bidder))
        self.by_lot = {lot: [offer for offer in ordered if lot in offer.lots] for lot in lots}
        self.single = {
            lot: min(self.sign * offer.value for offer in found if len(offer.lots) == 1)
            for lot, found in self.by_lot.items()
            if any(len(offer.lots) == 1 for offer in found)
        }
        self.bound = {
            lot: min((self.sign * offer.value / len(offer.lots) for offer in found), default=Fraction(0))
            for lot, found in self.by_lot.items()
        }

    def run(self) -> None:
        """Look at every combination that may be the best."""
        self._next(0, (), frozenset(), {}, 0, Fraction(0))

    def _next(
        self,
        at: int,
        chosen: tuple[Offer, ...],
        taken: frozenset[str],
        won: dict[str, int],
        without: int,
        total: Fraction,
    ) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TenderkitError(too_many(MOST_STEPS))
        while at < len(self.lots) and self.lots[at] in taken:
            at += 1
        rest = [lot for lot in self.lots[at:] if lot not in taken]
        if self.best_key is not None:
            empty = without + sum(not self.by_lot[lot] for lot in rest)
            if (empty, total + sum((self.bound[lot] for lot in rest), Fraction(0))) > self.best_key:
                return
        if not rest:
            self._keep(chosen, (without, total))
            return
        for offer in self.by_lot[rest[0]]:
            count = won.get(offer.bidder, 0) + len(offer.lots)
            if not offer.lots & taken and self._allows(offer.bidder, count):
                self._next(
                    at + 1,
                    (*chosen, offer),
                    taken | offer.lots,
                    {**won, offer.bidder: count},
                    without,
                    total + self.sign * offer.value,
                )
        self._next(at + 1, chosen, taken | {rest[0]}, won, without + 1, total)

    def _allows(self, bidder: str, count: int) -> bool:
        if self.limit is None:
            return True
        most = self.limit if isinstance(self.limit, int) else self.limit.get(bidder)
        return most is None or count <= most

    def _keep(self, chosen: tuple[Offer, ...], key: tuple[int, Fraction]) -> None:
        if self.best_key is None or key < self.best_key:
            self.best_key, self.best = key, [chosen]
        elif key == self.best_key and len(self.best) < self.MOST_EQUAL:
            self.best.append(chosen)


def _problems(lots: Sequence[str], offers: Sequence[Offer], limit: int | Mapping[str, int] | None) -> Iterator[Problem]:
    seen = set()
    for offer in offers:
        if unknown := sorted(offer.lots - set(lots)) or ([] if offer.lots else ["none"]):
            yield Problem(
                "lot-unknown",
                f"The offer is for lot {', '.join(unknown)}; the lots are {', '.join(lots)}.",
                Place(label=offer.bidder),
                help="Correct the lot, or leave the offer out.",
            )
        if (offer.bidder, offer.lots) in seen:
            yield Problem(
                "offer-repeated",
                f"There are two offers for {', '.join(sorted(offer.lots))}.",
                Place(label=offer.bidder),
                help="Keep one offer for each set of lots.",
            )
        seen.add((offer.bidder, offer.lots))
    limits = [limit] if isinstance(limit, int) else list((limit or {}).values())
    if any(most < 1 for most in limits):
        yield Problem(
            "lot-limit-wrong",
            "The limit of lots for a bidder is below 1.",
            help="Give 1 or more, or no limit.",
        )


def too_many(steps: int) -> Problem:
    """Give the problem that a search was given up after so many steps."""
    return Problem(
        "too-many-combinations",
        f"There are more than {steps:,} combinations of lots to look at, too many for an exact answer.",
        help="Award each lot by itself, publish fewer packages, or split the lots into groups that are decided apart.",
    )
