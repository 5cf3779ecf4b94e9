"""What the sheets of a result workbook share: the bids in their rows, and where each published number stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.spec import Bid, BidResult, Criterion, EvaluationSpec, Result
from tenderkit.excel.frame import Frame
from tenderkit.formula.tree import names_in

ADMITTED, REJECTED, INCOMPLETE = 1, -1, -2


@dataclass
class ResultBook:
    """A lot's result while its sheets are drafted.

    The dictionaries give, from other sheets, the cells of shares, amounts, floors and caps by criterion id, of model
    parameters by criterion id (empty for the award model) and name, and of the columns of each bid by bidder id.
    """

    frame: Frame
    result: Result
    shares: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, str] = field(default_factory=dict)
    floors: dict[str, str] = field(default_factory=dict)
    caps: dict[str, str] = field(default_factory=dict)
    parameters: dict[tuple[str, str], str] = field(default_factory=dict)
    top: str = ""
    places: str = ""
    weights_check: str = ""
    weights_right: bool = True
    names: dict[str, str] = field(default_factory=dict)
    admitted: dict[str, str] = field(default_factory=dict)
    prices: dict[str, str] = field(default_factory=dict)
    admitted_prices: str = ""
    status: dict[str, str] = field(default_factory=dict)
    points: dict[tuple[str, str], str] = field(default_factory=dict)
    weighted: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def spec(self) -> EvaluationSpec:
        """Give the lot's published evaluation."""
        return self.result.spec

    @property
    def bids(self) -> list[Bid]:
        """Give all bids, one for each row, in the order of their ids."""
        admitted = [item.bid for item in self.result.ranking]
        return sorted([*admitted, *self.result.rejected], key=lambda bid: bid.bidder)

    @property
    def leaves(self) -> tuple[Criterion, ...]:
        """Give the criteria that get points."""
        return self.spec.leaves()

    def of(self, bid: Bid) -> BidResult | None:
        """Give a bid's result; None when it is not admitted."""
        return next((item for item in self.result.ranking if item.bid.bidder == bid.bidder), None)

    @property
    def uses_weights(self) -> bool:
        """Tell whether the award model works with weights."""
        return "w" in names_in(self.spec.award.definition.tree)

    @property
    def uses_amounts(self) -> bool:
        """Tell whether the award model works with amounts in kroner."""
        return "a" in names_in(self.spec.award.definition.tree)

    @property
    def better_high(self) -> bool:
        """Tell whether the highest total wins."""
        return self.spec.award.definition.better == "higher"

    @property
    def total_format(self) -> str:
        """Give the number format of totals."""
        places = self.spec.total_places
        return "#,##0" + ("." + "0" * places if places else "")

    def scores(self) -> dict[tuple[str, str], Decimal]:
        """Give the agreed scores that the result was made from."""
        return {
            (item.bid.bidder, leaf.id): _decimal(item.on(leaf.id).given)
            for item in self.result.ranking
            for leaf in self.leaves
            if leaf.kind == "score"
        }

    def weighted_of(self, item: BidResult, criterion: Criterion) -> Fraction:
        """Give a bid's weighted points on a criterion or group."""
        return sum((item.on(leaf.id).weighted for leaf in criterion.leaves()), Fraction(0))

    def criterion(self, identifier: str) -> Criterion | None:
        """Give a criterion or group by its id."""
        waiting = list(self.spec.criteria)
        while waiting:
            found = waiting.pop()
            if found.id == identifier:
                return found
            waiting.extend(found.children)
        return None


def _decimal(value: Fraction) -> Decimal:
    """Give a score as the decimal number that was typed: scores have few decimals, so this is exact."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def heading(criterion: Criterion) -> str:
    """Give what readers call a criterion."""
    return f"{criterion.number} {criterion.title}".strip()


def column_of(cells: Iterable[str]) -> str:
    """Give the area from the first to the last of a column's cells, all of them references to the same sheet.

    >>> column_of(["'Tilbud'!$C$9", "'Tilbud'!$C$10"])
    "'Tilbud'!$C$9:$C$10"
    """
    first, *rest = list(cells)
    return f"{first}:{rest[-1].rpartition('!')[2]}" if rest else first
