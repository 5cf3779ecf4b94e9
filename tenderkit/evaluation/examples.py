"""The worked examples of model files, run: what ``model test`` and the tests call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tenderkit.evaluation.calculator import Answer, Entry, Question, Worth, calculate
from tenderkit.evaluation.spec import Model
from tenderkit.formula.tree import Table
from tenderkit.library.model import EvaluationModel, Given, ModelExample
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import round_half_up

OUT: Literal["out"] = "out"
#: What an example states of a bid: points or a total, or that a stage did not keep it.
Stated = Fraction | Literal["out"]


def example_question(model_id: str, definition: EvaluationModel, given: Given) -> Question:
    """Give an example's model and bids. Parameters that it leaves out have their defaults.

    Raises:
        TenderkitError: a parameter is unknown, has no value or is outside its range.
    """
    criteria = {
        name: Worth(None if criterion.weight is None else Fraction(criterion.weight) / 100, _exact(criterion.amount))
        for name, criterion in given.criteria.items()
    }
    blank = dict.fromkeys(criteria, Decimal(0))
    entries = [
        Entry(str(number), bid.price, bid.offer, bid.score, {**blank, **bid.points})
        for number, bid in enumerate(given.bids, 1)
    ]
    model = Model(model_id, definition, _parameters(model_id, definition, given))
    return Question(model, entries, Fraction(given.points_top), _exact(given.floor), _exact(given.cap), criteria)


def example_values(model_id: str, definition: EvaluationModel, example: ModelExample) -> tuple[Stated, ...]:
    """Give what the model gives for an example's bids: points for a criterion, totals for an award.

    A bid that a stage does not keep has ``out``. Values are exact (before the model's own rounding), unless the
    example says to how many decimals they are rounded.

    Raises:
        TenderkitError: the formula has no value for these bids, or the model refuses one.
    """
    return tuple(_shown(answer, example.decimals) for answer in _answers(model_id, definition, example))


def example_problems(model_id: str, definition: EvaluationModel) -> list[Problem]:
    """Give a problem for every example whose numbers the model does not give."""
    problems = []
    for number, example in enumerate(definition.examples, 1):
        place = Place(label=f"{model_id}, example {number}")
        try:
            answers = _answers(model_id, definition, example)
        except TenderkitError as error:
            problems += [Problem(problem.id, problem.message, place, help=problem.help) for problem in error.problems]
            continue
        values = [_shown(answer, example.decimals) for answer in answers]
        if values != example.points:
            problems.append(_difference("example-points-differ", place, values, example.points))
        ranks = [answer.rank for answer in answers]
        if ranks != example.ranks:
            problems.append(_difference("example-ranks-differ", place, ranks, example.ranks))
    return problems


def _answers(model_id: str, definition: EvaluationModel, example: ModelExample) -> list[Answer]:
    answers, problems = calculate(example_question(model_id, definition, example.given))
    if problems:
        raise TenderkitError(problems)
    return answers


def _parameters(model_id: str, definition: EvaluationModel, given: Given) -> Mapping[str, Fraction | Table]:
    values: dict[str, Fraction | Table] = {}
    problems = [
        Problem("unknown-key", f'"{model_id}" has no parameter "{name}".')
        for name in given.parameters
        if name not in definition.parameters
    ]
    for name, parameter in definition.parameters.items():
        written = given.parameters.get(name, parameter.default)
        try:
            if written is None:
                raise ValueError("the example gives no value")  # noqa: TRY301 - told as the others are
            values[name] = parameter.value(written)
        except ValueError as error:
            problems.append(Problem("wrong-value", f'"{name}": {error}.'))
    if problems:
        raise TenderkitError(problems)
    return values


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _shown(answer: Answer, decimals: int | None) -> Stated:
    if answer.exact is None:
        return OUT
    return answer.exact if decimals is None else Fraction(round_half_up(answer.exact, decimals))


def _difference(problem_id: str, place: Place, given: Iterable[object], stated: Iterable[object]) -> Problem:
    gives, states = (", ".join(str(value) for value in values) for values in (given, stated))
    return Problem(
        problem_id,
        f"The model gives {gives}; the file states {states}.",
        place,
        help="Correct the example or the formula.",
    )
