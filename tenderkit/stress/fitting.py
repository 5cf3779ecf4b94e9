"""Parameters for models that the tender did not choose, fitted to the market, so that models can be compared.

A parameter with a default has its default. Others have what the model's file calls usual: mostly so that the expected
prices use the scale, the low end of the range with full points and the high end with none, where the model can do that.
The comparison shows what a choice of model means; the numbers are no advice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tenderkit.evaluation.spec import Model
from tenderkit.formula import evaluate
from tenderkit.formula.tree import Table
from tenderkit.library.model import EvaluationModel
from tenderkit.library.parameter import ModelParameter
from tenderkit.stress.market import Market

Value = Fraction | Table


@dataclass(frozen=True)
class Facts:
    """What parameters are fitted to.

    Attributes:
        low, high: the expected evaluated prices in kroner; ``middle`` lies half-way.
        points_top: full points.
        price_weight: the price's share of the whole, 0 to 1.
        quality: the expected points on quality, from 0 to ``points_top``.
    """

    low: Fraction
    high: Fraction
    points_top: Fraction
    price_weight: Fraction
    quality: Fraction

    @property
    def middle(self) -> Fraction:
        """Give the price half-way between low and high."""
        return (self.low + self.high) / 2

    @property
    def quality_for_price(self) -> Fraction:
        """Give what the weight of quality is for each unit of the weight of price."""
        return (1 - self.price_weight) / self.price_weight

    @property
    def names(self) -> Mapping[str, Fraction]:
        """Give the facts by the names that model files use."""
        return {
            "low": self.low,
            "high": self.high,
            "middle": self.middle,
            "S": self.points_top,
            "wp": self.price_weight,
            "q": self.quality,
        }


def facts_of(market: Market, points_top: Fraction, price_weight: Fraction) -> Facts:
    """Give what parameters are fitted to."""
    scores = market.scores
    quality = points_top * min(max(scores.middle, Fraction(1, 10)), Fraction(1))
    return Facts(market.price.low, market.price.high, points_top, price_weight, quality)


def fitted(model_id: str, definition: EvaluationModel, facts: Facts) -> Model | None:
    """Give a model with all its parameters; None where one has neither a default nor a usual value.

    Numbers are kept within the range that the model allows, and rounded to four digits, so that they can be read.

    Raises:
        TenderkitError: a usual value is no formula over the facts.
    """
    values: dict[str, Value] = {}
    for name, parameter in definition.parameters.items():
        value = _value(parameter, facts)
        if value is None:
            return None
        values[name] = value
    return Model(model_id, definition, values)


def _value(parameter: ModelParameter, facts: Facts) -> Value | None:
    if parameter.default is not None:
        return parameter.value(parameter.default)
    if parameter.usual is None:
        return None
    if isinstance(parameter.usual, str):
        return _within(_short(evaluate(parameter.usual, **facts.names)), parameter)
    rows = ((evaluate(edge, **facts.names), evaluate(value, **facts.names)) for edge, value in parameter.usual.items())
    return tuple((_short(edge), _short(value)) for edge, value in rows)


def _within(value: Fraction, parameter: ModelParameter) -> Fraction:
    unit = 100 if parameter.type == "percent" else 1
    if parameter.type == "count":
        value = Fraction(round(value))
    low = value if parameter.min is None else Fraction(parameter.min) / unit
    high = value if parameter.max is None else Fraction(parameter.max) / unit
    return min(max(value, low), high)


def _short(value: Fraction) -> Fraction:
    """Round to four digits.

    >>> _short(Fraction(2, 3)), _short(Fraction(1_234_567))
    (Fraction(6667, 10000), Fraction(1235000, 1))
    """
    if value == 0:
        return value
    unit = Fraction(10)
    exponent = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return round(value / unit ** (exponent - 4)) * unit ** (exponent - 4)
