"""An evaluation made ready for arrays: trees read once, and the same steps in the same order as the exact engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tenderkit.evaluation.awarding import constants
from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.minimum import alone, with_minimum
from tenderkit.evaluation.points import limits_of, published_places
from tenderkit.evaluation.score import summand
from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.evaluation.traits import gives_value, hangs_on_others, in_kroner
from tenderkit.formula.exact import Exact
from tenderkit.formula.simulate import Sampled, simulate, simulate_condition
from tenderkit.formula.tree import Node, Table
from tenderkit.stress.draw import Drawn, Flags, Floats

_Criteria = Sequence[Mapping[str, Sampled]]
#: Floats of exact halves may lie a little below; rounding lifts them by this much, and this share of their size.
NUDGE, NUDGE_SHARE = 1e-9, 1e-13


@dataclass(frozen=True)
class _Leaf:
    """What a criterion's points are made with; ``formula`` is None where the scale alone gives them."""

    criterion: Criterion
    formula: Node | None
    steps: Mapping[str, Node]
    constants: Mapping[str, Exact | Table]
    own: str
    places: int | None
    alone: bool
    relative: bool


@dataclass(frozen=True)
class _Minimum:
    """A published minimum: the positions and weights of the criteria it is about, and the limit in points."""

    positions: tuple[int, ...]
    weights: Floats
    limit: float


class Prepared:
    """An evaluation ready to be played; make it with :func:`prepared`.

    Attributes:
        spec: the evaluation.
        leaves: its criteria that get points.
        lower: whether the lowest total wins.
        places: to how many decimals totals are rounded; None where they are not.
    """

    def __init__(self, spec: EvaluationSpec, *, round_points: bool, round_total: bool) -> None:
        definition = spec.award.definition
        self.spec = spec
        self.leaves = spec.leaves()
        self.lower = definition.better == "lower"
        self.places = spec.total_places if round_total else None
        self._top = float(spec.points_top)
        self._leaves = tuple(_leaf(spec, leaf, round_points=round_points) for leaf in self.leaves)
        self._minimums = tuple(_minimum(spec, criterion) for criterion in with_minimum(spec.criteria))
        self._constants = constants(spec.award, spec.points_top)
        self._steps = definition.step_trees
        self._stages = tuple(definition.stage_trees.values())
        self._formula = deciding_formula(definition)
        self._summand = summand(definition)
        self._shares = {
            "w": np.array([float(leaf.share) for leaf in self.leaves]).reshape(-1, 1, 1),
            "a": np.array([float(leaf.amount or 0) for leaf in self.leaves]).reshape(-1, 1, 1),
        }
        self._inside = {key: _positions(spec, key) for key in _ids(spec.criteria)}
        self.merit = self._signs()

    def inside(self, criterion: str) -> list[int]:
        """Give the positions, among the criteria that get points, of a criterion or of those inside a group."""
        return self._inside[criterion]

    def field(self, drawn: Drawn) -> tuple[Floats, Flags]:
        """Give points by tender, bid and criterion, and which bids are ranked.

        As the exact engine does: first the points that hang on the bid alone, and the minimums; then all other points,
        over the bids still in; then each stage, after which the points that hang on other bids are given anew. Points
        are NaN for bids that had fallen out before they were given.
        """
        points = np.full(drawn.given.shape, np.nan)
        still = drawn.present
        self._score(points, drawn, still, lambda leaf: leaf.alone)
        for minimum in self._minimums:
            reached = points[..., minimum.positions] @ minimum.weights
            still = still & ~(reached < minimum.limit - NUDGE)
        self._score(points, drawn, still, lambda leaf: not leaf.alone)
        for condition in self._stages:
            criteria = self._criteria(points)
            bids = self._columns(drawn.prices, still, criteria)
            still = simulate_condition(condition, bids, self._constants, criteria=criteria, present=still)
            self._score(points, drawn, still, lambda leaf: leaf.relative)
        return points, still

    def _score(self, points: Floats, drawn: Drawn, still: Flags, chosen: Callable[[_Leaf], bool]) -> None:
        """Fill in the points on some criteria."""
        for index, leaf in enumerate(self._leaves):
            if chosen(leaf):
                points[..., index] = self.leaf_points(index, drawn.given[..., index], still)

    def leaf_points(self, index: int, given: Floats, present: Flags) -> Floats:
        """Give the points on one criterion from what was given, by tender and bid."""
        leaf, values = self._leaves[index], given
        criterion = leaf.criterion
        if criterion.kind == "offer" and criterion.cap is not None:
            best = float(criterion.cap)
            values = np.minimum(values, best) if criterion.better == "higher" else np.maximum(values, best)
        if criterion.scale is not None:
            bottom, top = float(criterion.scale.bottom), float(criterion.scale.top)
            values = self._top * (values - bottom) / (top - bottom)
        if leaf.formula is not None:
            values = simulate(leaf.formula, {leaf.own: values}, leaf.constants, leaf.steps, present=present)
        if leaf.places is not None:
            values = half_up(values, leaf.places)
        return np.where(present, values, np.nan)

    def totals(self, points: Floats, prices: Floats, ranked: Flags) -> Floats:
        """Give totals before rounding, by tender and bid."""
        criteria = self._criteria(points)
        bids = self._columns(prices, ranked, criteria)
        return simulate(self._formula, bids, self._constants, criteria=criteria, present=ranked)

    def weighted(self, points: Floats, prices: Floats, ranked: Flags) -> Floats:
        """Give what each criterion adds to the award model's sum over the criteria, by tender, bid and criterion."""
        bids = self._columns(prices, ranked, self._criteria(points))
        # The criteria are an axis in front of tenders and bids, and every one of them is the only one.
        alone: dict[str, Sampled] = {**self._shares, "p": np.moveaxis(points, -1, 0)}
        added = simulate(self._summand, bids, self._constants, criteria=[alone], present=ranked)
        return np.moveaxis(np.broadcast_to(added, (len(self.leaves), *ranked.shape)), 0, -1)

    def rounded_total(self, exact: Floats) -> Floats:
        """Give totals rounded as published."""
        return exact if self.places is None else half_up(exact, self.places)

    def _columns(self, prices: Floats, present: Flags, criteria: _Criteria) -> dict[str, Floats]:
        """Give prices and the award model's derived quantities, by name."""
        found = {"P": prices}
        for name, step in self._steps.items():
            found[name] = simulate(step, found, self._constants, criteria=criteria, present=present)
        return found

    def _criteria(self, points: Floats) -> _Criteria:
        rows: list[dict[str, Sampled]] = []
        for index, leaf in enumerate(self.leaves):
            own: dict[str, Sampled] = {"w": leaf.share, "p": points[..., index]}
            rows.append(own if leaf.amount is None else {**own, "a": leaf.amount})
        return rows

    def _signs(self) -> Floats:
        """Give 1 for each criterion of which a higher sum is better, and -1 where a tie rule takes the lowest."""
        ends = np.array([[[self._top / 2] * len(self.leaves)], [[self._top] * len(self.leaves)]])
        present = np.ones(ends.shape[:2], dtype=bool)
        weighted = self.weighted(ends, np.full(present.shape, 1000.0), present)
        falls = weighted[1, 0] < weighted[0, 0]
        less = np.array([gives_value(leaf) and leaf.better == "lower" for leaf in self.leaves], dtype=bool)
        return np.where(falls != less, -1.0, 1.0)


def prepared(spec: EvaluationSpec, *, round_points: bool = True, round_total: bool = True) -> Prepared:
    """Make an evaluation ready to be played many times.

    Args:
        spec: the lot's evaluation.
        round_points: whether points are rounded where the evaluation says so.
        round_total: whether totals are rounded as published.
    """
    return Prepared(spec, round_points=round_points, round_total=round_total)


def half_up(values: Floats, places: int) -> Floats:
    """Round half away from zero.

    >>> half_up(np.array([1.005, -2.5, 7.499]), 2).tolist()
    [1.01, -2.5, 7.5]
    """
    unit = 10.0**places
    sizes = np.abs(values) * unit
    return np.asarray(np.copysign(np.floor(sizes + 0.5 + np.maximum(NUDGE, sizes * NUDGE_SHARE)) / unit, values))


def _leaf(spec: EvaluationSpec, leaf: Criterion, *, round_points: bool) -> _Leaf:
    places = published_places(spec, leaf) if round_points else None
    if leaf.model is None:
        return _Leaf(leaf, None, {}, {}, "", places, alone(leaf), relative=False)
    definition = leaf.model.definition
    known = {**constants(leaf.model, spec.points_top), **limits_of(leaf)}
    formula, relative = deciding_formula(definition), hangs_on_others(definition)
    return _Leaf(leaf, formula, definition.step_trees, known, definition.own_name, places, alone(leaf), relative)


def _minimum(spec: EvaluationSpec, criterion: Criterion) -> _Minimum:
    leaves = list(criterion.leaves())
    amounts = in_kroner(spec.award.definition)
    weights = [leaf.amount or Fraction(0) if amounts else leaf.share for leaf in leaves]
    whole = sum(weights, Fraction(0))
    if not whole:  # as the exact engine: all count the same
        weights, whole = [Fraction(1)] * len(leaves), Fraction(len(leaves))
    shares = np.array([float(weight / whole) for weight in weights])
    limit = (criterion.minimum or Fraction(0)) * spec.points_top
    return _Minimum(tuple(_positions(spec, criterion.id)), shares, float(limit))


def _ids(criteria: Sequence[Criterion]) -> list[str]:
    return [name for criterion in criteria for name in (criterion.id, *_ids(criterion.children))]


def _positions(spec: EvaluationSpec, criterion_id: str) -> list[int]:
    """Give the positions of the leaves at or below a criterion; ids are dotted paths."""
    return [
        index
        for index, leaf in enumerate(spec.leaves())
        if leaf.id == criterion_id or leaf.id.startswith(f"{criterion_id}.")
    ]
