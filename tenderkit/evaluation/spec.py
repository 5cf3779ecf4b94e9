"""What is evaluated: criteria with weights, models and scales, and the bids with what they offer.

An :class:`EvaluationSpec` is one lot's published evaluation; it knows no files and no tender. All numbers are exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tenderkit.formula.tree import Table
from tenderkit.library.model import EvaluationModel, Scale


@dataclass(frozen=True)
class Model:
    """A model from the library with the values that the tender chose for its parameters."""

    id: str
    definition: EvaluationModel
    parameters: Mapping[str, Fraction | Table] = field(default_factory=dict)


@dataclass(frozen=True)
class Criterion:
    """A criterion, or a sub-criterion when it stands inside another.

    Attributes:
        id: the dotted path, such as ``social.hours``; unique in the lot.
        title: in the tender's language.
        weight: share of the parent, 0 to 1; ``share`` is the product down to here, the share of the whole.
        kind: ``group`` has children; ``price`` and ``offer`` are scored by ``model``; ``score`` by evaluators on
            ``scale``, and then by ``model`` where there is one.
        number: what readers call it, such as ``K1`` or ``S2``; may be empty.
        amount: kroner for full points, where quality is turned into money; otherwise None.
        floor, cap: the limits of an offered number; the floor is the minimum requirement and gives 0 points.
        minimum: share of full points, 0 to 1, that a bid must reach before prices are looked at; None where there is
            no such threshold.
        lines: the price lines that a price criterion is about; empty for all of them.
    """

    id: str
    title: str
    weight: Fraction
    share: Fraction
    kind: Literal["group", "price", "offer", "score"]
    number: str = ""
    children: tuple[Criterion, ...] = ()
    model: Model | None = None
    scale: Scale | None = None
    scale_id: str = ""
    floor: Fraction | None = None
    cap: Fraction | None = None
    unit: str = ""
    better: Literal["higher", "lower"] = "higher"
    looks_for: str = ""
    clause: str = ""
    field: str = ""
    amount: Fraction | None = None
    minimum: Fraction | None = None
    lines: tuple[str, ...] = ()

    def leaves(self) -> Iterator[Criterion]:
        """Give the criteria without children at or below this one, in order."""
        if self.kind == "group":
            for child in self.children:
                yield from child.leaves()
        else:
            yield self


@dataclass(frozen=True)
class PriceLine:
    """A line of the price list: its unit and the published quantity that its unit price is multiplied by."""

    id: str
    label: str
    unit: str
    quantity: Fraction
    ceiling: Fraction | None = None


@dataclass(frozen=True)
class EvaluationSpec:
    """One lot's published evaluation."""

    lot: str
    lot_title: str
    criteria: tuple[Criterion, ...]
    price_lines: tuple[PriceLine, ...]
    points_top: Fraction
    award: Model
    total_places: int
    point_places: int | None
    ties: tuple[str, ...]

    def leaves(self) -> tuple[Criterion, ...]:
        """Give the criteria that get points, in the order they were published."""
        return tuple(leaf for criterion in self.criteria for leaf in criterion.leaves())

    def criterion(self, identifier: str) -> Criterion | None:
        """Give a criterion or a group by its id, at any level; None where there is none."""
        waiting = list(self.criteria)
        while waiting:
            found = waiting.pop()
            if found.id == identifier:
                return found
            waiting.extend(found.children)
        return None

    def leaf(self, criterion_id: str) -> Criterion:
        """Give a criterion that gets points; raises KeyError for an unknown id."""
        return next((leaf for leaf in self.leaves() if leaf.id == criterion_id), None) or _missing(criterion_id)


def _missing(criterion_id: str) -> Criterion:
    raise KeyError(criterion_id)


@dataclass(frozen=True)
class Bid:
    """One bidder's bid for one lot, as read from the forms.

    Attributes:
        bidder: the folder name, a stable short id.
        name: the firm's name as typed.
        prices: unit price in kroner by price line.
        offers: offered number by criterion id, for criteria of kind ``offer``.
        texts: answers by ``clause.field`` or criterion id.
        admitted: whether the bid takes part; ``grounds`` says why not.
    """

    bidder: str
    name: str
    lot: str
    prices: Mapping[str, Decimal]
    offers: Mapping[str, Decimal]
    texts: Mapping[str, str] = field(default_factory=dict)
    control: Mapping[str, str] = field(default_factory=dict)
    admitted: bool = True
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """An evaluator's score, or the agreed one, with its reason. ``value`` is None when nothing was given."""

    value: Decimal | None
    reason: str = ""
    strengths: str = ""
    weaknesses: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class ScoreSheet:
    """All scores of one evaluator (or of the consensus) for one lot, by bidder and criterion id."""

    evaluator: str
    lot: str
    scores: Mapping[tuple[str, str], Score]


@dataclass(frozen=True)
class CriterionPoints:
    """A bid's points on one criterion: what went in, points 0..top (exact), weighted points or kroner (exact)."""

    criterion: str
    given: Fraction
    points: Fraction
    weighted: Fraction


@dataclass(frozen=True)
class BidResult:
    """One admitted bid's result.

    ``total`` is rounded as published and ``exact`` is not; ``rank`` starts at 1 and equal bids share it until a tie
    rule parts them; ``decided_by`` names the rule that gave the rank: ``total``, a tie rule, or ``lots-drawing`` when
    lots must still be drawn.
    """

    bid: Bid
    evaluated_price: Fraction
    points: tuple[CriterionPoints, ...]
    groups: Mapping[str, Fraction]
    exact: Fraction
    total: Decimal
    rank: int
    decided_by: str

    def on(self, criterion_id: str) -> CriterionPoints:
        """Give the points on one criterion."""
        return next(points for points in self.points if points.criterion == criterion_id)


@dataclass(frozen=True)
class Eliminated:
    """An admitted bid that fell out before the ranking.

    A bid has one of these for each minimum that it does not reach, or one for the stage that did not keep it.

    ``stage`` is ``minimum`` (a criterion's published minimum) or the id of a stage of the award model; ``criterion``
    is empty for a stage. ``value`` is what the bid reached and ``limit`` what it had to reach (or stay below): in
    points for a minimum; for a stage the two sides of its condition, in their own unit, or None where it has no such
    sides.
    """

    bid: Bid
    stage: str
    criterion: str = ""
    value: Fraction | None = None
    limit: Fraction | None = None


@dataclass(frozen=True)
class Limited:
    """What a limit of how many lots one bidder can win did to a lot's result.

    Attributes:
        at_most: the limit.
        passed: the bids ranked above the winner, by bidder: the lots that it wins, as many as it can. Where nobody wins
            the lot these are all bids in the ranking.
        drawing: lots in which lots must be drawn before any lot has its winner, because all are decided together.
    """

    at_most: int
    passed: Mapping[str, tuple[str, ...]]
    drawing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """One lot's result: the bids by rank, those that were not admitted, and those that fell out before the ranking.

    ``winner`` is the bid ranked first, or where ``limited`` says so the best-ranked one whose bidder can still win a
    lot. It is None when nobody can win the lot, or when lots must be drawn. ``margin`` is the difference in the rounded
    total between first and second, None with fewer than two bids.
    """

    spec: EvaluationSpec
    ranking: tuple[BidResult, ...]
    rejected: tuple[Bid, ...]
    winner: BidResult | None
    margin: Decimal | None
    eliminated: tuple[Eliminated, ...] = ()
    limited: Limited | None = None

    @property
    def undecided(self) -> bool:
        """Tell whether there are bids in the ranking, but lots must be drawn before it is known who wins."""
        if self.winner is not None or not self.ranking:
            return False
        return self.limited is None or bool(self.limited.drawing)

    def alone(self) -> Result:
        """Give the result of the lot by itself, as it is without a limit of lots for each bidder."""
        first = [item for item in self.ranking if item.rank == 1]
        return replace(self, winner=first[0] if len(first) == 1 else None, limited=None)
