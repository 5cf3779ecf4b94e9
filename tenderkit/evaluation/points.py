"""Points of one criterion for all bids that take part: by its model, from the agreed scores, or by both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from tenderkit.evaluation.awarding import constants
from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model
from tenderkit.evaluation.traits import gives_value
from tenderkit.formula.exact import Exact, evaluate_bids
from tenderkit.formula.tree import Table
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


def limits_of(leaf: Criterion) -> dict[str, Fraction]:
    """Give the floor and the cap of an offered number, by name, where there are any."""
    return {name: value for name, value in (("floor", leaf.floor), ("cap", leaf.cap)) if value is not None}


def criterion_points(spec: EvaluationSpec, leaf: Criterion, given: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Give each bid's points on a criterion, 0 to ``spec.points_top``.

    ``given`` has one value for each bid: the evaluated price (of the criterion's price lines), the offered number, or
    the agreed score. A score gives points on its scale; where the criterion has a model too, the model's formula makes
    the points of these. Points are exact, unless the tender (or else the model) publishes to how many decimals they
    are rounded, half up; nothing before them is rounded. A formula that is not rational is calculated with 50 digits
    and always rounded so. A criterion that passes on an offered number gives that number, and no points: it is not
    rounded with the points.

    Raises:
        TenderkitError: the formula has no value for these bids.
    """
    exact = _from_scale(leaf.scale, given, spec.points_top) if leaf.scale is not None else tuple(given)
    if leaf.model is not None:
        exact = model_points(leaf.model, exact, spec.points_top, leaf)
    places = published_places(spec, leaf)
    return exact if places is None else rounded(exact, places)


def published_places(spec: EvaluationSpec, leaf: Criterion) -> int | None:
    """Give to how many decimals a criterion's points are rounded: by the tender, or else the model; None for not."""
    if gives_value(leaf):
        return None
    own = "none" if leaf.model is None else leaf.model.definition.rounding
    return own if spec.point_places is None and own != "none" else spec.point_places


def model_points(
    model: Model, given: Sequence[Fraction], points_top: Fraction, limits: Criterion
) -> tuple[Fraction, ...]:
    """Give the points by a model's formula and edge rules, exact; ``limits`` has the floor and cap of offers.

    ``given`` has for each bid what the model works on: the price, the offered number that counts, or the points that
    the evaluators' score gives. A formula that is not rational gives the nearest number with 50 digits.

    Raises:
        TenderkitError: the formula has no value for these bids.
    """
    definition = model.definition
    known: dict[str, Exact | Table] = {**constants(model, points_top), **limits_of(limits)}
    return evaluate_bids(deciding_formula(definition), {definition.own_name: given}, known, definition.step_trees)


def award_totals(
    award: Model,
    points_top: Fraction,
    prices: Sequence[Fraction],
    criteria: Sequence[Mapping[str, Exact | Sequence[Exact]]],
) -> tuple[Fraction, ...]:
    """Give each bid's total by the award model's formula and edge rules, exact; its stages have been played before.

    ``criteria`` has, for each criterion, the values inside ``SUM_CRITERIA``: ``w``, for each bid ``p``, and, where
    there is one, ``a``.

    Raises:
        TenderkitError: the formula has no value for these bids.
    """
    definition = award.definition
    known = constants(award, points_top)
    return evaluate_bids(deciding_formula(definition), {"P": prices}, known, definition.step_trees, criteria)


def scale_points(scale: Scale, score: Fraction, points_top: Fraction) -> Fraction:
    """Give the points for a score: the lowest gives 0, the highest ``points_top``, the rest lie evenly between.

    >>> from tenderkit.library import Library
    >>> scale_points(Library().scale("zero-to-ten"), Fraction(7), Fraction(10))
    Fraction(7, 1)
    """
    bottom, top = Fraction(scale.bottom), Fraction(scale.top)
    return points_top * (score - bottom) / (top - bottom)


def rounded(values: Iterable[Fraction], places: int) -> tuple[Fraction, ...]:
    """Give numbers rounded half up, as the result is published."""
    return tuple(Fraction(round_half_up(value, places)) for value in values)


def _from_scale(scale: Scale, given: Sequence[Fraction], points_top: Fraction) -> tuple[Fraction, ...]:
    """Give the points for scores; a scale has few of them, so each is calculated once."""
    known: dict[tuple[int, int], Fraction] = {}
    points = []
    for score in given:
        key = score.numerator, score.denominator  # a fraction's own hash is slow
        if key not in known:
            known[key] = scale_points(scale, score, points_top)
        points.append(known[key])
    return tuple(points)
