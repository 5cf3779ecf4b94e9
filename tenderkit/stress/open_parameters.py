"""Parameters of models that are not published yet: what they are taken to be, and how far they may go either way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.evaluation.spec import EvaluationSpec, Model
from tenderkit.library.parameter import ModelParameter
from tenderkit.problems import Problem, TenderkitError
from tenderkit.stress.fitting import Facts, Value, facts_of, fitted
from tenderkit.stress.market import Market
from tenderkit.stress.practice import Practice
from tenderkit.stress.rewriting import with_model

#: Half and twice what fits the market: the slopes 25 % and 100 % around 50 % are all in use.
TIMES = 2


@dataclass(frozen=True)
class OpenParameter:
    """A parameter that is not published.

    Attributes:
        criterion: the criterion's id; ``evaluated-price`` for the award model.
        name: its name in the formula.
        parameter: what the model's file says about it.
        low, high: two values of which either could be chosen.
    """

    criterion: str
    name: str
    parameter: ModelParameter
    low: Value
    high: Value


def filled(spec: EvaluationSpec, market: Market) -> EvaluationSpec:
    """Give the evaluation with a value for every parameter: what fits the market where nothing is said.

    Raises:
        TenderkitError: nothing is said, and it is not known what fits.
    """
    facts = _facts(spec, market)
    problems = []
    for criterion, model in _models(spec):
        missing = [name for name in model.definition.parameters if name not in model.parameters]
        usual = fitted(model.id, model.definition, facts) if missing else model
        if usual is None:
            message = f'"{model.id}" has no value for: {", ".join(missing)}.'
            problems.append(Problem("open-parameter-unknown", message, help="Give it the value that you expect."))
        else:
            spec = with_parameters(spec, criterion, {**usual.parameters, **model.parameters})
    if problems:
        raise TenderkitError(problems)
    return spec


def open_parameters(spec: EvaluationSpec, market: Market, practice: Practice) -> Iterator[OpenParameter]:
    """Give the parameters that are said to be open, and those without a value; ``spec`` is as it was given.

    Their ends lie around what fits the market: half and twice it, and for amounts in kroner half the expected span of
    prices to either side, both within the model's range.
    """
    facts = _facts(spec, market)
    for criterion, model in _models(spec):
        said = practice.open_parameters.get(criterion, ())
        usual = fitted(model.id, model.definition, facts)
        for name, parameter in model.definition.parameters.items():
            value = model.parameters.get(name) if usual is None else usual.parameters[name]
            if value is not None and (name in said or name not in model.parameters):
                yield OpenParameter(criterion, name, parameter, *_ends(parameter, value, facts.high - facts.low))


def with_parameters(spec: EvaluationSpec, criterion: str, values: Mapping[str, Value]) -> EvaluationSpec:
    """Give the evaluation with some values for the parameters of one of its models, the others as they are."""
    model = spec.award if criterion == EVALUATED_PRICE else spec.leaf(criterion).model
    if model is None:
        return spec
    changed = replace(model, parameters={**model.parameters, **values})
    return replace(spec, award=changed) if criterion == EVALUATED_PRICE else with_model(spec, criterion, changed)


def _models(spec: EvaluationSpec) -> Iterator[tuple[str, Model]]:
    yield from ((leaf.id, leaf.model) for leaf in spec.leaves() if leaf.model is not None)
    yield EVALUATED_PRICE, spec.award


def _facts(spec: EvaluationSpec, market: Market) -> Facts:
    weight = sum((leaf.share for leaf in spec.leaves() if leaf.kind == "price"), Fraction(0))
    own = spec.award.parameters.get("wp")
    weight = own if isinstance(own, Fraction) else weight
    return facts_of(market, spec.points_top, weight if 0 < weight < 1 else Fraction(1, 2))


def _ends(parameter: ModelParameter, value: Value, span: Fraction) -> tuple[Value, Value]:
    if isinstance(value, tuple):
        kind = parameter.rows[0] if parameter.rows else parameter.type
        low, high = (tuple((_moved(kind, edge, span, to), given) for edge, given in value) for to in (-1, 1))
        return low, high
    first, second = (_within(_moved(parameter.type, value, span, to), parameter) for to in (-1, 1))
    return first, second


def _moved(kind: str, value: Fraction, span: Fraction, to: int) -> Fraction:
    """Give the lower (``to`` is -1) or the higher end around a value."""
    if kind == "money":
        return value + to * min(span, value) / 2
    return value * Fraction(TIMES) ** to


def _within(value: Fraction, parameter: ModelParameter) -> Fraction:
    unit = 100 if parameter.type == "percent" else 1
    low = value if parameter.min is None else Fraction(parameter.min) / unit
    high = value if parameter.max is None else Fraction(parameter.max) / unit
    within = min(max(value, low), high)
    return Fraction(round(within)) if parameter.type == "count" else within
