"""Ranks from totals, and ties by the published rules in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Literal

from tenderkit.problems import Place, Problem, TenderkitError, nearest

LOTS_DRAWING = "lots-drawing"
PRICE = "price"
TOTAL = "total"
UNRESOLVED = "unresolved"


@dataclass(frozen=True)
class Contender:
    """What ranking needs of a bid: rounded total, evaluated price, and weighted points by criterion and group."""

    bidder: str
    total: Decimal
    price: Fraction
    weighted: Mapping[str, Fraction]


@dataclass(frozen=True)
class Standing:
    """A bid's rank and the rule that gave it: ``total``, a tie rule, or what is left open.

    A rank that is shared is open: ``lots-drawing`` when lots must still be drawn, ``unresolved`` when the published
    rules end without parting the bids.
    """

    bidder: str
    rank: int
    decided_by: str


def rank(
    contenders: Sequence[Contender],
    better: Literal["higher", "lower"],
    ties: Sequence[str],
    drawn: Mapping[str, int] | None = None,
) -> tuple[Standing, ...]:
    """Give the standings, best first; bids that no rule parts share a rank and stand in the order of their ids.

    Args:
        contenders: the admitted bids, in any order.
        better: whether a higher or a lower total is better.
        ties: the published rules: ``price`` (lowest evaluated price), the id of a criterion or group (highest weighted
            points, or kroner to deduct), ``lots-drawing`` (a witnessed drawing of lots).
        drawn: the recorded drawing: each drawn bidder's place, 1 for the first.

    Raises:
        TenderkitError: a tie rule is unknown, or the recorded drawing does not part those who are tied.

    >>> bids = [Contender("a", Decimal("8.1"), Fraction(900), {}), Contender("b", Decimal("8.1"), Fraction(800), {})]
    >>> [(standing.bidder, standing.rank, standing.decided_by) for standing in rank(bids, "higher", ["price"])]
    [('b', 1, 'price'), ('a', 2, 'price')]
    """
    if not contenders:
        return ()
    problems = [*_unknown_rules(contenders, ties), *_unknown_drawn(contenders, drawn or {})]
    if problems:
        raise TenderkitError(problems)
    sign = -1 if better == "higher" else 1
    standings: list[Standing] = []
    for group in _parts(contenders, lambda contender: sign * Fraction(contender.total)):
        for part, decided_by in _parted(group, TOTAL, ties, drawn or {}):
            place = len(standings) + 1
            ordered = sorted(contender.bidder for contender in part)
            standings += [Standing(bidder, place, decided_by) for bidder in ordered]
    return tuple(standings)


def _parts(contenders: Sequence[Contender], key: Callable[[Contender], Fraction]) -> list[list[Contender]]:
    """Group bids with the same value, the lowest value first."""
    return [list(group) for _, group in groupby(sorted(contenders, key=key), key=key)]


def _parted(
    group: list[Contender], rule: str, ties: Sequence[str], drawn: Mapping[str, int]
) -> list[tuple[list[Contender], str]]:
    """Part bids that are equal so far; ``rule`` is the one that parted them from the others."""
    if len(group) == 1:
        return [(group, rule)]
    if not ties:
        return [(group, UNRESOLVED)]
    if ties[0] == LOTS_DRAWING:
        return _drawn(group, drawn)
    parts = _parts(group, _key(ties[0]))
    decided_by = ties[0] if len(parts) > 1 else rule
    return [result for part in parts for result in _parted(part, decided_by, ties[1:], drawn)]


def _key(rule: str) -> Callable[[Contender], Fraction]:
    if rule == PRICE:
        return lambda contender: contender.price
    return lambda contender: -contender.weighted[rule]


def _drawn(group: list[Contender], drawn: Mapping[str, int]) -> list[tuple[list[Contender], str]]:
    """Part bids by the recorded drawing of lots; without one they stay together until it has been made."""
    places = [drawn[contender.bidder] for contender in group if contender.bidder in drawn]
    if not places:
        return [(group, LOTS_DRAWING)]
    if len(set(places)) < len(group):
        names = ", ".join(sorted(contender.bidder for contender in group))
        raise TenderkitError(
            Problem(
                "drawing-incomplete",
                f"The recorded drawing of lots does not give each of the tied bidders ({names}) a place of its own.",
                help="Record the place of every tied bidder, as drawn before witnesses.",
            )
        )
    ordered = sorted(group, key=lambda contender: drawn[contender.bidder])
    return [([contender], LOTS_DRAWING) for contender in ordered]


def _unknown_rules(contenders: Sequence[Contender], ties: Sequence[str]) -> list[Problem]:
    known = {PRICE, LOTS_DRAWING, *contenders[0].weighted}
    return [
        Problem("tie-rule-unknown", f'"{rule}" is no tie rule.', help=nearest(rule, known), values={"rule": rule})
        for rule in ties
        if rule not in known
    ]


def _unknown_drawn(contenders: Sequence[Contender], drawn: Mapping[str, int]) -> list[Problem]:
    known = {contender.bidder for contender in contenders}
    return [
        Problem(
            "drawing-unknown-bidder",
            "The recorded drawing of lots names a bidder who has no admitted bid.",
            Place(label=bidder),
            help=nearest(bidder, known),
        )
        for bidder in sorted(set(drawn) - known)
    ]
