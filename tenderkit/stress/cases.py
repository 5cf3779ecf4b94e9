"""Made-up tenders for the exact engine: what is shown to people is calculated here, never in floats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation import score
from tenderkit.evaluation.ranking import TOTAL
from tenderkit.evaluation.spec import Bid, Criterion, EvaluationSpec, Result
from tenderkit.problems import TenderkitError
from tenderkit.quantities import as_decimal, cell_number
from tenderkit.stress.draw import Drawn
from tenderkit.stress.market import Market, line_shares, simplified

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class CaseBid:
    """A made-up bid: kroner of evaluated price by price line, and offered numbers and scores by criterion."""

    name: str
    amounts: Mapping[str, Decimal]
    given: Mapping[str, Decimal]

    @property
    def price(self) -> Fraction:
        """Give the evaluated price in kroner."""
        return sum((Fraction(amount) for amount in self.amounts.values()), Fraction(0))


@dataclass(frozen=True)
class Case:
    """A made-up tender: a simplified evaluation and bids, called A, B, C."""

    spec: EvaluationSpec
    bids: tuple[CaseBid, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Give the bids' names."""
        return tuple(bid.name for bid in self.bids)

    def bid(self, name: str) -> CaseBid:
        """Give a bid; raises KeyError for an unknown name."""
        return {bid.name: bid for bid in self.bids}[name]

    def without(self, name: str) -> Case:
        """Give the tender with one bid less."""
        return replace(self, bids=tuple(bid for bid in self.bids if bid.name != name))

    def with_bid(self, changed: CaseBid) -> Case:
        """Give the tender with a bid in place of the one of its name."""
        return replace(self, bids=tuple(changed if bid.name == changed.name else bid for bid in self.bids))

    def with_given(self, name: str, criterion: str, value: Decimal) -> Case:
        """Give the tender with another score or offered number in one bid."""
        bid = self.bid(name)
        return self.with_bid(replace(bid, given={**bid.given, criterion: value}))

    def with_price(self, name: str, kroner: Decimal) -> Case:
        """Give the tender with another evaluated price in one bid; several price lines keep their shares of it."""
        bid = self.bid(name)
        if len(bid.amounts) == 1:
            return self.with_bid(replace(bid, amounts=dict.fromkeys(bid.amounts, kroner)))
        first, *others = bid.amounts
        parts = {
            line: as_decimal(Fraction(bid.amounts[line]) * Fraction(kroner) / bid.price, 2) if bid.price else Decimal(0)
            for line in others
        }
        rest = kroner - sum(parts.values(), Decimal(0))
        return self.with_bid(replace(bid, amounts={first: rest, **parts}))

    def ordered(self, names: Sequence[str]) -> Case:
        """Give the tender with its bids in another order, and called A, B, C in it."""
        bids = tuple(replace(self.bid(name), name=bid_name(index)) for index, name in enumerate(names))
        return replace(self, bids=bids)

    def with_spec(self, spec: EvaluationSpec) -> Case:
        """Give the same bids under another evaluation of the same criteria and price lines."""
        return replace(self, spec=spec)


def bid_name(index: int) -> str:
    """Give a made-up bid's name: A to Z, then AA and on.

    >>> bid_name(0), bid_name(25), bid_name(26)
    ('A', 'Z', 'AA')
    """
    name, index = "", index + 1
    while index:
        index, digit = divmod(index - 1, len(_LETTERS))
        name = _LETTERS[digit] + name
    return name


def case_of(spec: EvaluationSpec, drawn: Drawn, row: int) -> Case:
    """Give one of the drawn tenders with exact numbers: what each float was drawn as."""
    spec = simplified(spec)
    lines = [line.id for line in spec.price_lines]
    leaves = spec.leaves()
    bids: list[CaseBid] = []
    for index in range(drawn.present.shape[1]):
        if drawn.present[row, index]:
            amounts = {line: cell_number(drawn.amounts[row, index, at]) for at, line in enumerate(lines)}
            given = {
                leaf.id: cell_number(drawn.given[row, index, at])
                for at, leaf in enumerate(leaves)
                if leaf.kind != "price"
            }
            bids.append(CaseBid(bid_name(len(bids)), amounts, given))
    return Case(spec, tuple(bids))


def middle_case(spec: EvaluationSpec, amounts: Sequence[Mapping[str, Decimal]]) -> Case:
    """Give bids with these amounts by price line, and the middle of every scale; ``spec`` is simplified."""
    given = {leaf.id: given_at(leaf, Fraction(1, 2)) for leaf in spec.leaves() if leaf.kind != "price"}
    return Case(spec, tuple(CaseBid(bid_name(index), own, given) for index, own in enumerate(amounts)))


def given_at(leaf: Criterion, share: Fraction) -> Decimal:
    """Give the score or offered number at a share of the scale, or of the way from floor to cap."""
    if leaf.scale is not None:
        scores = leaf.scale.scores
        return scores[int(share * (len(scores) - 1))]
    floor, cap = leaf.floor or Fraction(0), leaf.cap or Fraction(0)
    return as_decimal(floor + (cap - floor) * share)


def amounts_at(spec: EvaluationSpec, market: Market, kroner: Fraction) -> dict[str, Decimal]:
    """Give an evaluated price by line of a simplified evaluation, in whole øre."""
    lines = [line.id for line in spec.price_lines]
    shares = line_shares(market, spec)
    return {line: as_decimal(kroner * Fraction(share), 2) for line, share in zip(lines, shares, strict=True)}


def result_of(case: Case) -> Result | None:
    """Give the exact result; None where the evaluation has none for these bids (a division by zero, say)."""
    kinds = {leaf.id: leaf.kind for leaf in case.spec.leaves()}
    bids = [
        Bid(
            bid.name,
            bid.name,
            case.spec.lot,
            bid.amounts,
            {criterion: value for criterion, value in bid.given.items() if kinds[criterion] == "offer"},
        )
        for bid in case.bids
    ]
    scores = {
        (bid.name, criterion): value
        for bid in case.bids
        for criterion, value in bid.given.items()
        if kinds[criterion] == "score"
    }
    try:
        return score(case.spec, bids, scores)
    except TenderkitError:
        return None


def winner_of(result: Result | None) -> str | None:
    """Give the winner's name; None where lots would be drawn, nobody is left, or there is no result."""
    return None if result is None or result.winner is None else result.winner.bid.bidder


def clear_winner(result: Result | None) -> str | None:
    """Give the winner's name where the total alone decides; None where a tie rule was needed, and as above."""
    if result is None or result.winner is None or result.winner.decided_by != TOTAL:
        return None
    return result.winner.bid.bidder
