"""What a model file says about its parameters: how tables go on, what must hold between them, what is usual."""

from __future__ import annotations

from fractions import Fraction

import pytest
from cases import cleaning
from test_evaluation_plan import priced

from tenderkit.library import Library
from tenderkit.library.model import EvaluationModel
from tenderkit.problems import Problem, TenderkitError
from tenderkit.source import read_model, read_yaml
from tenderkit.stress.fitting import Facts, fitted

LIBRARY = Library()
FACTS = Facts(Fraction(1_000_000), Fraction(1_500_000), Fraction(10), Fraction(1, 2), Fraction(7))


def problems(model: str, parameters: str) -> list[Problem]:
    with pytest.raises(TenderkitError) as caught:
        cleaning(priced(model, parameters))
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("model", "parameters", "said"),
    [
        ("absolute-linear", "{lo: 30000000, hi: 18000000}", "The lowest price of the scale must be below the highest."),
        ("relative-linear-fallback", "{X1: 50 %, X2: 50 %}", "The fallback slope must be larger"),
    ],
)
def test_parameters_that_do_not_fit_each_other_are_refused(model: str, parameters: str, said: str) -> None:
    found = problems(model, parameters)
    assert {problem.id for problem in found} == {"parameters-do-not-fit"}
    assert said in found[0].message
    assert found[0].place.line > 0


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ("{t: {0: 100 %, 20000000: 20 %, 30000000: 40 %, 31000000: 0 %}}", "are falling"),
        ("{t: {0: 90 %, 30000000: 0 %}}", "the first value is 90, not 100"),
        ("{t: {0: 100 %, 30000000: 10 %}}", "the last value is 10, not 0"),
    ],
)
def test_a_table_goes_on_as_its_file_says(parameters: str, said: str) -> None:
    assert said in problems("piecewise-linear", parameters)[0].message


def test_a_parameter_can_have_a_value_for_each_lot() -> None:
    lots = "{lo: {nord: 18000000, syd: 9000000}, hi: {nord: 30000000, syd: 15000000}}"
    specs = cleaning(priced("absolute-linear", lots)).specs
    of = {lot: spec.leaf("price").model for lot, spec in specs.items()}
    assert {lot: model and model.parameters["hi"] for lot, model in of.items()} == {
        "nord": 30_000_000,
        "syd": 15_000_000,
    }
    missing = problems("absolute-linear", "{lo: {nord: 18000000}, hi: 30000000}")
    assert {problem.id for problem in missing} == {"wrong-value"}


def test_a_rule_names_parameters_only() -> None:
    text = LIBRARY.text("models/absolute-linear.yaml").replace("that: lo<hi", "that: lo<P")
    with pytest.raises(TenderkitError, match='"P" is no parameter'):
        read_model(EvaluationModel, read_yaml(text, "broken.yaml"))


@pytest.mark.parametrize("name", LIBRARY.ids("model"))
def test_what_is_usual_is_a_value_that_the_model_takes(name: str) -> None:
    definition = LIBRARY.model(name)
    model = fitted(name, definition, FACTS)
    if model is None:
        return
    for symbol, value in model.parameters.items():
        parameter = definition.parameters[symbol]
        unit = 100 if parameter.type == "percent" else 1
        if isinstance(value, Fraction):
            assert parameter.min is None or value * unit >= Fraction(parameter.min)
            assert parameter.max is None or value * unit <= Fraction(parameter.max)
        else:
            assert [edge for edge, _ in value] == sorted({edge for edge, _ in value})


def test_a_usual_value_follows_the_expected_prices() -> None:
    model = fitted("relative-linear", LIBRARY.model("relative-linear"), FACTS)
    assert model is not None
    assert model.parameters == {"X": Fraction(1, 2)}
    bands = fitted("piecewise-linear", LIBRARY.model("piecewise-linear"), FACTS)
    assert bands is not None
    assert bands.parameters["t"] == ((0, 1), (1_000_000, 1), (1_500_000, 0))


def test_a_table_can_stand_for_each_lot() -> None:
    tables = "{t: {nord: {0: 100 %, 30000000: 0 %}, syd: {0: 100 %, 15000000: 0 %}}}"
    specs = cleaning(priced("piecewise-linear", tables)).specs
    for lot, end in (("nord", 30_000_000), ("syd", 15_000_000)):
        model = specs[lot].leaf("price").model
        assert model is not None
        assert model.parameters["t"] == ((0, 1), (end, 0))
    inside = "{t: {vest: {0: 100 %, 30000000: 0 %}, 5: 1 %}}"
    assert any("holds tables inside a table" in problem.message for problem in problems("piecewise-linear", inside))


def test_an_amount_is_the_same_for_all_lots() -> None:
    with pytest.raises(TenderkitError, match="An amount is the same for all lots"):
        cleaning(("    weight: 30 %\n", "    weight: 30 %\n    amount: {nord: 2_000_000, syd: 1_000_000}\n"))
