"""P19: the discount rate decides who wins."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.evaluation.spec import EvaluationSpec, Model
from tenderkit.evaluation.traits import formulas
from tenderkit.formula.tree import Call, walk
from tenderkit.library.parameter import ModelParameter
from tenderkit.stress.finding import Finding, Value
from tenderkit.stress.open_parameters import with_parameters
from tenderkit.stress.rewriting import names_below
from tenderkit.stress.shown import shown_change
from tenderkit.stress.tested import SPEAKS, Tested

#: Half and twice the rate (suggested default): from 3.5 % that is 1.75 % to 7 %.
TIMES = 2
#: At least so far to either side, so that low rates are moved too.
LEAST = Fraction(1, 100)
#: Where the rate stands among the arguments.
_RATE = {"ANNUITY": 0, "PRESENT_VALUE": 1}


def find(tested: Tested) -> Iterator[Finding]:
    """Find rates in present values, when another bid wins at half the rate than at twice the rate."""
    models = [(leaf.id, leaf.model) for leaf in tested.spec.leaves() if leaf.model is not None]
    for criterion, model in [*models, (EVALUATED_PRICE, tested.spec.award)]:
        for name in rates_of(model):
            value = model.parameters[name]
            assert isinstance(value, Fraction)  # noqa: S101 - a rate is a number, no table
            low, high = around(value, model.definition.parameters[name])
            if low < high:
                yield from _found(tested, criterion, name, low, high)


def _found(tested: Tested, criterion: str, name: str, low: Fraction, high: Fraction) -> Iterator[Finding]:
    dear, cheap = (at_rate(tested.spec, criterion, name, rate) for rate in (high, low))
    compared = tested.between(dear, cheap)
    if compared.share >= SPEAKS:
        change = compared.example()
        example = shown_change("lower-rate", change)
        values = {
            "share": Value("percent", compared.share),
            "low": Value("percent", low),
            "high": Value("percent", high),
        }
        yield Finding("discount-rate", "" if criterion == EVALUATED_PRICE else criterion, values, example)


def rates_of(model: Model) -> tuple[str, ...]:
    """Give the parameters that a model's present values are discounted by."""
    steps = model.definition.step_trees
    found = {
        name
        for tree in formulas(model.definition)
        for part in walk(tree)
        if isinstance(part, Call) and part.function in _RATE
        for name in names_below(part.arguments[_RATE[part.function]], steps)
    }
    return tuple(name for name in model.definition.parameters if name in found)


def around(rate: Fraction, parameter: ModelParameter) -> tuple[Fraction, Fraction]:
    """Give a lower and a higher rate, within the range that the model allows and not below 0."""
    unit = 100 if parameter.type == "percent" else 1
    least = Fraction(0) if parameter.min is None else max(Fraction(0), Fraction(parameter.min) / unit)
    low = max(least, min(rate / TIMES, rate - LEAST))
    high = max(rate * TIMES, rate + LEAST)
    return low, high if parameter.max is None else min(high, Fraction(parameter.max) / unit)


def at_rate(spec: EvaluationSpec, criterion: str, name: str, rate: Fraction) -> EvaluationSpec:
    """Give the evaluation with another rate; ``criterion`` is ``evaluated-price`` for the award model."""
    return with_parameters(spec, criterion, {name: rate})
