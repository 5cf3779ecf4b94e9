"""A model file with the constants of one of its examples: its results exactly, and for thousands of tenders at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import floor, log10
from statistics import median

import numpy as np
import numpy.typing as npt

from tenderkit.evaluation.awarding import constants
from tenderkit.evaluation.calculator import Answer, Entry, Question, calculate
from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.examples import example_question
from tenderkit.evaluation.points import limits_of
from tenderkit.evaluation.spec import Criterion
from tenderkit.evaluation.traits import in_kroner, names_used
from tenderkit.formula.simulate import Sampled, simulate, simulate_condition
from tenderkit.formula.tree import Table
from tenderkit.library.model import EvaluationModel, ExampleBid, ModelExample
from tenderkit.problems import TenderkitError

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Dice = np.random.Generator

#: How good it is to have fallen out: worse than any result.
OUT = -1e30
#: Made-up numbers have this many digits, so that unequal ones differ by about 1/10,000 at least. A spreadsheet, and
#: every other calculation with floats, loses about 1e-7 where a formula divides by the difference between prices in
#: the millions that lie one øre apart (min-max, z-score); the exact engine does not, and it is what decides.
DIGITS = 4


def magnitude(number: Fraction) -> int:
    """Give how many digits a number has before its last whole digit: 0 for 7, 1 for 12.5, -1 for 0.3."""
    return floor(log10(number))


@dataclass(frozen=True)
class Grid:
    """Numbers as whole multiples of a power of ten, the same bids as floats and exactly."""

    decimals: int

    def floats(self, numbers: Ints) -> Floats:
        """Give numbers as floats."""
        power = 10.0 ** abs(self.decimals)
        return np.asarray(numbers / power if self.decimals >= 0 else numbers * power, dtype=np.float64)

    def exact(self, number: int) -> Decimal:
        """Give a number exactly."""
        return Decimal(int(number)).scaleb(-self.decimals)

    def whole(self, value: Fraction | Decimal) -> int:
        """Give the nearest multiple."""
        return round(Fraction(value) * Fraction(10) ** self.decimals)


POINTS = Grid(1)


@dataclass(frozen=True)
class Batch:
    """Tenders, one in each row: each bid's price, offer or score, and its points on each criterion of an award."""

    own: Ints
    points: tuple[Ints, ...] = ()

    def row(self, index: int) -> Batch:
        """Give one tender."""
        return Batch(self.own[index], tuple(points[index] for points in self.points))

    def without(self, column: int) -> Batch:
        """Give the tenders without one of the bids."""
        return Batch(np.delete(self.own, column, -1), tuple(np.delete(points, column, -1) for points in self.points))

    def with_own(self, column: int, numbers: npt.ArrayLike) -> Batch:
        """Give the tenders with another own value of one bid."""
        own = self.own.copy()
        own[..., column] = numbers
        return Batch(own, self.points)

    def with_points(self, criterion: int, column: int, numbers: npt.ArrayLike) -> Batch:
        """Give the tenders with other points of one bid on one criterion."""
        points = [one.copy() for one in self.points]
        points[criterion][..., column] = numbers
        return Batch(self.own, tuple(points))


@dataclass(frozen=True)
class Subject:
    """A model with the constants of one of its examples; ``seeds`` are all examples with the same constants."""

    name: str
    definition: EvaluationModel
    seeds: tuple[ModelExample, ...]

    @cached_property
    def question(self) -> Question:
        """Give the example's question."""
        return example_question(self.name, self.definition, self.seeds[0].given)

    @cached_property
    def top(self) -> float:
        """Give the top of the point scale."""
        return float(self.question.points_top)

    @cached_property
    def limits(self) -> Criterion:
        """Give the floor and cap of offers."""
        low, high = self.question.floor, self.question.cap
        lower = low is not None and high is not None and high < low
        one = Fraction(1)
        return Criterion("", "", one, one, "offer", floor=low, cap=high, better="lower" if lower else "higher")

    @cached_property
    def known(self) -> dict[str, Sampled | Table]:
        """Give the constants."""
        return {**constants(self.question.model, self.question.points_top), **limits_of(self.limits)}

    @property
    def award(self) -> bool:
        """Tell whether the model ranks bids."""
        return self.definition.role == "award"

    @cached_property
    def less_is_better(self) -> bool:
        """Tell whether a lower own value is the better one."""
        if self.question.floor is not None and self.question.cap is not None:
            return self.limits.better == "lower"
        return self.definition.input in {"price", "bids"} or self.definition.better == "lower"

    @cached_property
    def sign(self) -> int:
        """Tell which results are good: 1 for high ones."""
        passes_on = self.definition.gives == "value" and self.less_is_better
        return -1 if passes_on or (self.award and self.definition.better == "lower") else 1

    @cached_property
    def counts_units(self) -> bool:
        """Tell whether an award model's criteria are offered numbers, of which less is better, in place of points.

        Kroner for each unit need no point scale; kroner for points are divided by its top.
        """
        return in_kroner(self.definition) and "S" not in names_used(self.definition)

    @cached_property
    def given(self) -> list[Decimal]:
        """Give the own values of the examples' bids; 100 where the model knows no price."""
        values = [self.own_value(bid) for seed in self.seeds for bid in seed.given.bids]
        return [value for value in values if value is not None] or [Decimal(100)]

    def own_value(self, bid: ExampleBid) -> Decimal | None:
        """Give what the model works on: the price, the offered number or the score."""
        return {"offer": bid.offer, "score": bid.score}.get(self.definition.input, bid.price)

    @cached_property
    def usual(self) -> Fraction:
        """Give a usual own value."""
        if self.definition.input == "score":
            return self.question.points_top / 2
        return Fraction(median([value for value in self.given if value > 0] or [Decimal(100)]))

    @cached_property
    def grid(self) -> Grid:
        """Give the grid of own values, with :data:`DIGITS` digits for usual ones."""
        return POINTS if self.definition.input == "score" else Grid(DIGITS - 1 - magnitude(self.usual))

    @cached_property
    def level(self) -> int:
        """Give a usual own value on the grid."""
        return self.grid.whole(self.usual)

    @cached_property
    def most(self) -> int:
        """Give the highest points, or number of units, of an award model's criteria."""
        if not self.counts_units:
            return POINTS.whole(self.question.points_top)
        bids = [bid for seed in self.seeds for bid in seed.given.bids]
        return POINTS.whole(2 * max(points for bid in bids for points in bid.points.values()))

    # Exact

    def answers(self, tender: Batch) -> list[Answer]:
        """Give the exact engine's answers for one tender.

        Raises:
            TenderkitError: the model refuses a bid, or has no value.
        """
        kind, entries = self.definition.input, []
        for bid, number in enumerate(tender.own):
            own = self.grid.exact(number)
            price, offer, score = (
                own if kind in kinds else None for kinds in ({"price", "bids"}, {"offer"}, {"score"})
            )
            of_bid = [POINTS.exact(points[bid]) for points in tender.points]
            points = dict(zip(self.question.criteria, of_bid, strict=True))
            entries.append(Entry(str(bid), price, offer, score, points))
        answers, problems = calculate(replace(self.question, entries=entries))
        if problems:
            raise TenderkitError(problems)
        return answers

    def goodness(self, tender: Batch) -> list[Fraction]:
        """Give how good the bids' published results are, exactly."""
        worst = Fraction(OUT)
        return [worst if own.value is None else self.sign * own.value for own in self.answers(tender)]

    # Thousands at once

    def criteria(self, batch: Batch) -> list[dict[str, Sampled]]:
        """Give the criteria of an award model, as arrays."""
        found: list[dict[str, Sampled]] = []
        for worth, points in zip(self.question.criteria.values(), batch.points, strict=True):
            named = {"w": worth.share, "a": worth.amount}
            found.append({"p": POINTS.floats(points), **{key: own for key, own in named.items() if own is not None}})
        return found

    def values(self, batch: Batch, present: Bools | None = None) -> Floats:
        """Give the results, not rounded, with :data:`OUT` (times the sign) for bids that a stage does not keep."""
        own = self.grid.floats(batch.own)
        if self.limits.cap is not None:
            own = (np.maximum if self.less_is_better else np.minimum)(own, float(self.limits.cap))
        bids, steps, criteria = {self.definition.own_name: own}, self.definition.step_trees, self.criteria(batch)
        left = np.ones(own.shape, dtype=bool) if present is None else present
        for stage in self.definition.stage_trees.values():
            left = left & simulate_condition(stage, bids, self.known, steps, criteria, left)
        found = simulate(deciding_formula(self.definition), bids, self.known, steps, criteria, left)
        here = True if present is None else present
        return np.where(here & ~left, OUT * self.sign, found)

    def goods(self, batch: Batch, present: Bools | None = None) -> Floats:
        """Give how good the published results are."""
        places = self.definition.rounding
        values = self.sign * self.values(batch, present)
        return values if places == "none" else np.where(values == OUT, OUT, np.round(values, places))
