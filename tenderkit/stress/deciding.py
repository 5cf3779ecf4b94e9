"""Whether a criterion can decide who wins, and how often it does."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.evaluation.ranking import TOTAL
from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.evaluation.traits import gives_value, uses_price
from tenderkit.stress.cases import Case, CaseBid, amounts_at, given_at, result_of
from tenderkit.stress.draw import Drawn, Floats
from tenderkit.stress.market import Market, simplified
from tenderkit.stress.play import Played, leads, play_prepared
from tenderkit.stress.prepared import Prepared


@dataclass(frozen=True)
class Decision:
    """How often a criterion or group decides.

    Attributes:
        criterion: its id; ``evaluated-price`` for a price that the award model uses itself.
        tenders: how many tenders with a winner were looked at.
        decided: in how many another bid would have won, or lots would have been drawn, if all bids had been equal on
            the criterion.
        within_reach: in how many the two best bids on all else lie closer than the criterion can move a total.
        swing: by how much the criterion can move a total at most, full points against none and all else equal, in the
            unit of totals, exact; None where the evaluation has no result for that.
        possible: whether, with all else equal, full points win over none by the total (or because the other bid falls
            out); where not, the criterion can never decide. Where the evaluation has no result for such bids, nothing
            is known against it.
    """

    criterion: str
    tenders: int
    decided: int
    within_reach: int
    swing: Fraction | None
    possible: bool

    @property
    def share(self) -> float:
        """Give the share of the tenders that the criterion decided, 0 to 1."""
        return self.decided / self.tenders if self.tenders else 0.0


class DecisionTally:
    """Adds up decisions over blocks of tenders."""

    def __init__(self, ready: Prepared, market: Market) -> None:
        spec = ready.spec
        groups = [criterion.id for criterion in spec.criteria]
        names = dict.fromkeys([*groups, *(leaf.id for leaf in spec.leaves())])
        self._ready = ready
        self._names = [*names, *([EVALUATED_PRICE] if uses_price(spec.award.definition) else [])]
        self._turned = _turned(ready)
        self._limits = {name: _extremes(spec, market, name, self._turned) for name in self._names}
        self._decided, self._reach = dict.fromkeys(self._names, 0), dict.fromkeys(self._names, 0)
        self._tenders = 0

    def add(self, drawn: Drawn, played: Played) -> None:
        """Look at a block."""
        won = (played.winner >= 0) & (played.ranked.sum(axis=1) > 1)
        self._tenders += int(won.sum())
        for name in self._names:
            even = play_prepared(self._ready, self._even(drawn, name))
            self._decided[name] += int((won & (even.winner != played.winner) & ~even.undefined).sum())
            swing = self._limits[name][0]
            if swing is not None:
                self._reach[name] += int((won & (leads(self._ready, even) <= float(swing))).sum())

    def _even(self, drawn: Drawn, name: str) -> Drawn:
        """Give the tenders with all bids equal on a criterion: as good as the best of them."""
        if name == EVALUATED_PRICE:
            share = drawn.amounts / drawn.prices[..., None]
            lowest = np.where(drawn.present, drawn.prices, np.inf).min(axis=1)
            return Drawn(share * lowest[:, None, None], drawn.given, drawn.present)
        given = drawn.given.copy()
        for position in self._ready.inside(name):
            leaf = self._ready.leaves[position]
            given[..., position] = self._best(leaf, given[..., position], drawn)[:, None]
        return Drawn(drawn.amounts, given, drawn.present)

    def _best(self, leaf: Criterion, given: Floats, drawn: Drawn) -> Floats:
        if (leaf.kind == "price" or leaf.better == "lower") != (leaf.id in self._turned):
            return np.asarray(np.where(drawn.present, given, np.inf).min(axis=1))
        return np.asarray(np.where(drawn.present, given, -np.inf).max(axis=1))

    def result(self) -> tuple[Decision, ...]:
        """Give the counts, groups of the first level before the criteria inside them."""
        return tuple(
            Decision(name, self._tenders, self._decided[name], self._reach[name], *self._limits[name])
            for name in self._names
        )


def _turned(ready: Prepared) -> frozenset[str]:
    """Give the criteria whose number counts as it is, and of which the cap is worse for the total than the floor."""
    middle = float(ready.spec.points_top) / 2
    found = set()
    for position, leaf in enumerate(ready.leaves):
        if gives_value(leaf):
            points = np.full((2, 1, len(ready.leaves)), middle)
            points[:, 0, position] = float(leaf.floor or 0), float(leaf.cap or 0)
            floor, cap = ready.totals(points, np.full((2, 1), 1000.0), np.ones((2, 1), dtype=bool))[:, 0]
            if cap > floor if ready.lower else cap < floor:
                found.add(leaf.id)
    return frozenset(found)


def _extremes(spec: EvaluationSpec, market: Market, name: str, turned: frozenset[str]) -> tuple[Fraction | None, bool]:
    """Give the largest swing, and whether the better of two bids that are equal on all else wins, exactly."""
    swings: list[Fraction] = []
    possible = False
    for case in _pairs(spec, market, name, turned):
        result = result_of(case)
        if result is None:
            possible = True
            continue
        if len(result.ranking) == len(case.bids):
            swings.append(abs(result.ranking[0].exact - result.ranking[1].exact))
        best = result.ranking[0] if result.ranking else None
        possible |= best is not None and best.bid.bidder == "A" and best.rank == 1 and best.decided_by == TOTAL
    return max(swings, default=None), possible


def _pairs(spec: EvaluationSpec, market: Market, name: str, turned: frozenset[str]) -> Iterator[Case]:
    """Give two bids, A best on a criterion and B worst, with all else in the middle or at the best."""
    spec = simplified(spec)
    chosen = {leaf.id for criterion in _walk(spec) if criterion.id == name for leaf in criterion.leaves()}
    priced = name == EVALUATED_PRICE or any(leaf.kind == "price" and leaf.id in chosen for leaf in spec.leaves())
    price = market.price
    for rest in (Fraction(1, 2), Fraction(1)):
        bids = []
        for bidder, kroner, end in (("A", price.low, Fraction(1)), ("B", price.high, Fraction(0))):
            given = {
                leaf.id: given_at(leaf, 1 - share if leaf.id in turned else share)
                for leaf in spec.leaves()
                if leaf.kind != "price"
                for share in [end if leaf.id in chosen else rest]
            }
            bids.append(CaseBid(bidder, _admitted(spec, market, kroner if priced else price.middle), given))
        yield Case(spec, tuple(bids))


def _admitted(spec: EvaluationSpec, market: Market, kroner: Fraction) -> dict[str, Decimal]:
    """Give a price by line; on a line with a ceiling, the high end of the market lies at the ceiling at most."""
    amounts = amounts_at(spec, market, kroner)
    for line in spec.price_lines:
        if line.ceiling is not None:
            most = Decimal(math.floor(line.ceiling * kroner / market.price.high * 100)) / 100
            amounts[line.id] = min(amounts[line.id], most)
    return amounts


def _walk(spec: EvaluationSpec) -> Iterator[Criterion]:
    stack = list(spec.criteria)
    while stack:
        criterion = stack.pop()
        yield criterion
        stack += criterion.children
