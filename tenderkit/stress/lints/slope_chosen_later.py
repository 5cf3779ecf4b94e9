"""P02: a part of the model is chosen when the prices are known."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.stress.finding import Finding, Value
from tenderkit.stress.fitting import Value as Chosen
from tenderkit.stress.open_parameters import OpenParameter, open_parameters, with_parameters
from tenderkit.stress.shown import shown_change
from tenderkit.stress.tested import Tested
from tenderkit.stress.ways import Comparison


def find(tested: Tested) -> Iterator[Finding]:
    """Find parameters that are not published, whatever they change: the whole model must be."""
    for parameter in open_parameters(tested.given, tested.market, tested.practice):
        compared = compared_ends(tested, parameter)
        change = compared.example()
        values = {
            "criterion": Value("text", tested.title(parameter.criterion)),
            "parameter": Value("text", parameter.name),
            "low": _value(parameter, parameter.low),
            "high": _value(parameter, parameter.high),
            "share": Value("percent", compared.share),
        }
        example = shown_change("other-parameter", change)
        yield Finding("slope-chosen-later", parameter.criterion, values, example)


def compared_ends(tested: Tested, parameter: OpenParameter) -> Comparison:
    """Give how often the winner changes between the two ends of an open parameter."""
    low, high = (
        with_parameters(tested.spec, parameter.criterion, {parameter.name: value})
        for value in (parameter.low, parameter.high)
    )
    return tested.between(low, high)


def _value(parameter: OpenParameter, chosen: Chosen) -> Value:
    kind, rows = parameter.parameter.type, parameter.parameter.rows or ("number", "number")
    if isinstance(chosen, tuple):
        return Value("table", tuple((Value(rows[0], edge), Value(rows[1], given)) for edge, given in chosen))
    return Value(kind, chosen)
