"""Parameters for models that the tender did not choose, fitted to the market, so that models can be compared.

A parameter with a default has its default. Others are fitted so that the expected prices use the scale: the low end of
the range gets full points and the high end none, where the model can do that. What is chosen without the market is a
usual value, and said so here. The comparison shows what a choice of model means; the numbers are no advice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tenderkit.evaluation.spec import Model
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
    def over_lowest(self) -> Fraction:
        """Give how far the high end lies above the low end, as a share of it."""
        return self.high / self.low - 1

    @property
    def over_middle(self) -> Fraction:
        """Give how far the high end lies above the middle, as a share of it."""
        return self.high / self.middle - 1

    @property
    def quality_for_price(self) -> Fraction:
        """Give what the weight of quality is for each unit of the weight of price."""
        return (1 - self.price_weight) / self.price_weight


_Rule = Callable[[Facts], Value]


def _bands(facts: Facts) -> Table:
    """Give five bands: below the range full points, above it none, and three equal ones between."""
    step = (facts.high - facts.low) / 3
    edges = [Fraction(0), *(facts.low + step * index for index in range(4))]
    return tuple((edge, Fraction(4 - index, 4)) for index, edge in enumerate(edges))


_BY_NAME: Mapping[str, _Rule] = {
    "b": lambda facts: facts.high,
    "hi": lambda facts: facts.high,
    "lo": lambda facts: facts.low,
    "r": lambda facts: facts.middle,
    "X": lambda facts: facts.over_lowest,
    "wp": lambda facts: facts.price_weight,
    "qref": lambda facts: facts.quality,
    # A usual curvature, and a usual corridor of 5 %.
    "n": lambda _: Fraction(2),
    "z": lambda _: Fraction(1, 20),
}
_BY_MODEL: Mapping[tuple[str, str], _Rule] = {
    # Half the points at the mean or the reference, none at the high end.
    ("mean-centred", "X"): lambda facts: facts.over_middle,
    ("median-centred", "X"): lambda facts: facts.over_middle,
    ("s-curve", "X"): lambda facts: facts.over_middle,
    # Discounts are counted from the ceiling: full points at the low end; a "significant" one is 5 % [verified range].
    ("saturation", "X"): lambda facts: 1 - facts.low / facts.high,
    ("corrected-proportional", "X"): lambda _: Fraction(1, 20),
    ("bilinear-discount", "x"): lambda _: Fraction(17, 20),
    ("power-discount", "n"): lambda _: Fraction(1, 2),
    ("closeness-to-geometric-mean", "m"): lambda _: Fraction(1),
    # A tenth of the points is left at the high end.
    ("exponential-decay", "k"): lambda facts: Fraction(23, 10) / facts.over_lowest,
    ("relative-linear-fallback", "X1"): lambda facts: facts.over_lowest,
    ("relative-linear-fallback", "X2"): lambda facts: 2 * facts.over_lowest,
    ("steps-per-percent", "f"): lambda facts: facts.points_top / (100 * facts.over_lowest),
    ("price-bands", "t"): _bands,
    ("piecewise-linear", "t"): lambda facts: ((facts.low, Fraction(1)), (facts.high, Fraction(0))),
    ("relative-hybrid", "T"): lambda facts: (
        (Fraction(0), Fraction(1)),
        (facts.over_lowest, Fraction(1, 4)),
        (3 * facts.over_lowest, Fraction(0)),
    ),
    # The expected span of prices is worth the weight of price; quality its own weight in proportion.
    ("willingness-to-pay", "k"): lambda facts: facts.quality_for_price * (facts.high - facts.low) / facts.points_top,
    ("percent-of-own-price-deducted", "d"): lambda facts: (
        facts.quality_for_price * (facts.high - facts.low) / facts.middle
    ),
    ("shifted-ratio", "base"): lambda facts: facts.points_top / 2,
}


def facts_of(market: Market, points_top: Fraction, price_weight: Fraction) -> Facts:
    """Give what parameters are fitted to."""
    scores = market.scores
    quality = points_top * min(max(scores.middle, Fraction(1, 10)), Fraction(1))
    return Facts(market.price.low, market.price.high, points_top, price_weight, quality)


def fitted(model_id: str, definition: EvaluationModel, facts: Facts) -> Model | None:
    """Give a model with all its parameters; None where one has no default and no rule here.

    Numbers are kept within the range that the model allows, and rounded to four digits, so that they can be read.
    """
    values: dict[str, Value] = {}
    for name, parameter in definition.parameters.items():
        value = _value(model_id, name, parameter, facts)
        if value is None:
            return None
        values[name] = value
    return Model(model_id, definition, values)


def _value(model_id: str, name: str, parameter: ModelParameter, facts: Facts) -> Value | None:
    if parameter.default is not None:
        return parameter.value(parameter.default)
    rule = _BY_MODEL.get((model_id, name), _BY_NAME.get(name))
    value = None if rule is None else rule(facts)
    if isinstance(value, Fraction):
        return _within(_short(value), parameter)
    if isinstance(value, tuple):
        return tuple((_short(edge), _short(result)) for edge, result in value)
    return None


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
