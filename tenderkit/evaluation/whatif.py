"""What would have happened: the same evaluation with one thing changed, exactly, without reading anything anew.

A change drops only the points that hang on it, so that a what-if costs a fraction of an evaluation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.field import Field, enter
from tenderkit.evaluation.score import decide
from tenderkit.evaluation.spec import BidResult, Criterion, EvaluationSpec, Result
from tenderkit.problems import TenderkitError


@dataclass(frozen=True)
class WhatIf:
    """A lot's bids as they were evaluated; each method gives a field in which one thing is different."""

    field: Field

    @classmethod
    def of(cls, result: Result, scores: Mapping[tuple[str, str], Decimal]) -> WhatIf:
        """Give the bids of a result: the ranked ones and those that fell out."""
        bids = [*(item.bid for item in result.ranking), *(item.bid for item in result.eliminated)]
        ordered = sorted(bids, key=lambda bid: bid.bidder)
        entered = enter(result.spec, ordered, scores)
        return cls(entered if result.eliminated else entered.scored(result.spec.leaves()))

    @property
    def bidders(self) -> tuple[str, ...]:
        """Give the bidders, in the order of all columns."""
        return tuple(bid.bidder for bid in self.field.bids)

    def without(self, bidders: Collection[str]) -> Field:
        """Give the field without some bidders."""
        return self.field.without(bidders)

    def given(self, bidder: str, leaf: Criterion, value: Fraction) -> Field:
        """Give the field with another score, or another offered number that counts, for a bidder."""
        return self._changed({leaf.id: value}, bidder, self.field.prices)

    def priced(self, bidder: str, price: Fraction) -> Field:
        """Give the field with another evaluated price for a bidder; lines that are scored apart change alike."""
        place = self.bidders.index(bidder)
        old = self.field.prices[place]
        prices = (*self.field.prices[:place], price, *self.field.prices[place + 1 :])
        changed = {}
        for leaf in self.field.spec.leaves():
            if leaf.kind == "price":
                own = self.field.given[leaf.id][place]
                changed[leaf.id] = price if not leaf.lines or old == 0 else own * price / old
        return self._changed(changed, bidder, prices)

    def weighted(self, spec: EvaluationSpec) -> Field:
        """Give the field under a specification that differs in weights only."""
        return replace(self.field, spec=spec)

    def _changed(self, values: Mapping[str, Fraction], bidder: str, prices: Sequence[Fraction]) -> Field:
        place = self.bidders.index(bidder)
        given = dict(self.field.given)
        for name, value in values.items():
            column = given[name]
            given[name] = (*column[:place], value, *column[place + 1 :])
        points = {name: column for name, column in self.field.points.items() if name not in values}
        return replace(self.field, given=given, points=points, prices=tuple(prices))


def first_of(field: Field) -> str | None:
    """Give who would win; None when nobody would, lots would have to be drawn, or a formula has no value."""
    try:
        ranking, _ = decide(field)
    except TenderkitError:
        return None
    return winner_of(ranking)


def winner_of(ranking: Sequence[BidResult]) -> str | None:
    """Give the only bidder who is first."""
    first = [item.bid.bidder for item in ranking if item.rank == 1]
    return first[0] if len(first) == 1 else None
