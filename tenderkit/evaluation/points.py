"""Points of one criterion for all admitted bids: by its model, or from the agreed scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model
from tenderkit.formula.evaluate import evaluate_bids
from tenderkit.library.model import Scale
from tenderkit.quantities import round_half_up


def counted(leaf: Criterion, offered: Fraction) -> Fraction:
    """Give the number that counts: what is offered, but nothing beyond the cap."""
    if leaf.cap is None:
        return offered
    return min(offered, leaf.cap) if leaf.better == "higher" else max(offered, leaf.cap)


def meets_floor(leaf: Criterion, offered: Fraction) -> bool:
    """Tell whether an offered number meets the minimum requirement."""
    if leaf.floor is None:
        return True
    return offered >= leaf.floor if leaf.better == "higher" else offered <= leaf.floor


def criterion_points(spec: EvaluationSpec, leaf: Criterion, given: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Give each admitted bid's points on a criterion, 0 to ``spec.points_top``.

    ``given`` has one value for each bid: the evaluated price, the offered number, or the agreed score. Points are
    exact, unless the tender (or else the model) publishes to how many decimals they are rounded, half up.

    Raises:
        TenderkitError: the formula has no value for these bids.
    """
    if leaf.scale is not None:
        exact = tuple(scale_points(leaf.scale, value, spec.points_top) for value in given)
        places = spec.point_places
    else:
        assert leaf.model is not None  # noqa: S101 - a criterion without a scale has a model
        exact = model_points(leaf.model, given, spec.points_top, leaf)
        rounding = leaf.model.definition.rounding
        places = rounding if spec.point_places is None and rounding != "none" else spec.point_places
    return exact if places is None else tuple(Fraction(round_half_up(points, places)) for points in exact)


def model_points(
    model: Model, given: Sequence[Fraction], points_top: Fraction, limits: Criterion
) -> tuple[Fraction, ...]:
    """Give the points by a model's formula and edge rules, exact; ``limits`` has the floor and cap of offers."""
    definition = model.definition
    constants = {**model.parameters, "S": points_top}
    constants |= {name: value for name, value in (("floor", limits.floor), ("cap", limits.cap)) if value is not None}
    own = "v" if definition.input == "offer" else "P"
    return evaluate_bids(
        deciding_formula(definition), [{own: value} for value in given], constants, definition.step_trees
    )


def award_totals(
    award: Model,
    points_top: Fraction,
    prices: Sequence[Fraction],
    criteria: Sequence[Sequence[Mapping[str, Fraction]]],
) -> tuple[Fraction, ...]:
    """Give each bid's total by the award model's formula and edge rules, exact.

    ``criteria`` has, for each bid, the values inside ``SUM_CRITERIA``: ``w``, ``p`` and, where there is one, ``a``.
    """
    definition = award.definition
    constants = {**award.parameters, "S": points_top}
    return evaluate_bids(
        deciding_formula(definition),
        [{"P": price} for price in prices],
        constants,
        definition.step_trees,
        criteria,
    )


def scale_points(scale: Scale, score: Fraction, points_top: Fraction) -> Fraction:
    """Give the points for a score: the lowest gives 0, the highest ``points_top``, the rest lie evenly between.

    >>> from tenderkit.library import Library
    >>> scale_points(Library().scale("zero-to-ten"), Fraction(7), Fraction(10))
    Fraction(7, 1)
    """
    bottom, top = Fraction(scale.bottom), Fraction(scale.top)
    return points_top * (score - bottom) / (top - bottom)
