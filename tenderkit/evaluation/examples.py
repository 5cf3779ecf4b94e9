"""The worked examples of model files, run: what ``model test`` and the tests call."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.points import award_totals, model_points
from tenderkit.evaluation.spec import Criterion, Model
from tenderkit.library.model import EvaluationModel, ExampleCriterion, Given, ModelExample
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import round_half_up


def example_values(model_id: str, definition: EvaluationModel, example: ModelExample) -> tuple[Fraction, ...]:
    """Give what the model gives for an example's bids: points for a criterion, totals for an award.

    Raises:
        TenderkitError: the formula has no value for these bids.
    """
    given = example.given
    parameters = {name: definition.parameters[name].value(value) for name, value in given.parameters.items()}
    model = Model(model_id, definition, parameters)
    top = Fraction(given.points_top)
    if definition.role == "award":
        values = _totals(model, given, top)
    else:
        limits = Criterion(
            "example", "", Fraction(1), Fraction(1), "offer", floor=_exact(given.floor), cap=_exact(given.cap)
        )
        offers = definition.input == "offer"
        values = model_points(
            model, [Fraction((bid.offer if offers else bid.price) or 0) for bid in given.bids], top, limits
        )
    if example.decimals is None:
        return values
    return tuple(Fraction(round_half_up(value, example.decimals)) for value in values)


def example_problems(model_id: str, definition: EvaluationModel) -> list[Problem]:
    """Give a problem for every example whose numbers the model does not give."""
    problems = []
    for number, example in enumerate(definition.examples, 1):
        place = Place(label=f"{model_id}, example {number}")
        try:
            values = example_values(model_id, definition, example)
        except TenderkitError as error:
            problems += [Problem(problem.id, problem.message, place, help=problem.help) for problem in error.problems]
            continue
        if list(values) != example.points:
            problems.append(_difference("example-points-differ", place, values, example.points))
        ranks = _ranks(definition, values)
        if ranks != example.ranks:
            problems.append(_difference("example-ranks-differ", place, ranks, example.ranks))
    return problems


def _totals(model: Model, given: Given, top: Fraction) -> tuple[Fraction, ...]:
    criteria = [
        [_values(criterion, bid.points.get(name, Decimal(0))) for name, criterion in given.criteria.items()]
        for bid in given.bids
    ]
    return award_totals(model, top, [Fraction(bid.price or 0) for bid in given.bids], criteria)


def _values(criterion: ExampleCriterion, points: Decimal) -> dict[str, Fraction]:
    values = {"p": Fraction(points)}
    if criterion.weight is not None:
        values["w"] = Fraction(criterion.weight) / 100
    if criterion.amount is not None:
        values["a"] = Fraction(criterion.amount)
    return values


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _ranks(definition: EvaluationModel, values: tuple[Fraction, ...]) -> list[int]:
    """Give each bid's rank; a criterion's points are always better when higher."""
    lower = definition.role == "award" and definition.better == "lower"
    signed = [value if lower else -value for value in values]
    return [1 + sum(other < value for other in signed) for value in signed]


def _difference(problem_id: str, place: Place, given: Iterable[object], stated: Iterable[object]) -> Problem:
    gives, states = (", ".join(str(value) for value in values) for values in (given, stated))
    return Problem(
        problem_id,
        f"The model gives {gives}; the file states {states}.",
        place,
        help="Correct the example or the formula.",
    )
