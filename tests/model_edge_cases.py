"""Bids on an edge of a model, with what must come out exactly: where floats as they come would fall on the other side.

Half of the last decimal that is published, equal prices that share a rank, edges of bands and nodes of tables, whole
numbers before they are rounded up, and bids that hit the limit of a stage or of a condition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from model_sheet import Case
from scoring_builders import library

from tenderkit.evaluation.edges import deciding_formula
from tenderkit.formula import Exact, Table
from tenderkit.formula.tree import Call, Node, Number
from tenderkit.library.model import EvaluationModel

ONE, ZERO = Number(Fraction(1)), Number(Fraction(0))


def as_number(condition: Node) -> Node:
    """Give a condition as 1 and 0."""
    return Call("IF", (condition, ONE, ZERO))


@dataclass(frozen=True)
class Edge:
    """Bids on an edge, in words, and their published points; or, at a stage, 1 for each that it keeps and 0.

    Each bid has its own value, and points on each of the criteria that have ``weights``.
    """

    what: str
    model: str
    values: Sequence[str]
    expected: Sequence[str]
    parameters: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    stage: str = ""
    weights: Sequence[str] = ()
    points: Sequence[Sequence[str]] = ()

    @property
    def definition(self) -> EvaluationModel:
        """Give the model."""
        return library().model(self.model)

    @property
    def places(self) -> int | None:
        """Give to how many decimals the model publishes its points; None for not rounded."""
        rounding = self.definition.rounding
        return None if rounding == "none" or self.stage else rounding

    @property
    def published(self) -> list[Fraction]:
        """Give what must come out."""
        return [Fraction(value) for value in self.expected]

    def case(self) -> Case:
        """Give the formula, or the stage, with its bids."""
        definition = self.definition
        known: dict[str, Exact | Table] = {"S": 10}
        known |= {name: definition.parameters[name].value(_read(text)) for name, text in self.parameters.items()}
        criteria: list[Mapping[str, Exact | Sequence[Exact]]] = [
            {"w": Fraction(weight), "a": 0, "p": [Fraction(own[index]) for own in self.points]}
            for index, weight in enumerate(self.weights)
        ]
        stage = definition.stage_trees.get(self.stage)
        tree = deciding_formula(definition) if stage is None else as_number(stage)
        columns = {definition.own_name: [Fraction(value) for value in self.values]}
        return Case(tree, columns, known, definition.step_trees, criteria)


def _read(written: str | Mapping[str, str]) -> Decimal | dict[Decimal, Decimal]:
    if isinstance(written, str):
        return Decimal(written)
    return {Decimal(edge): Decimal(value) for edge, value in written.items()}


BANDS = {"0": "100", "800": "75", "900": "50", "1000": "0"}
RISING = {"0": "0", "1.5": "30", "2.1": "100"}

EDGES = [
    # The last decimal that is published
    Edge("half of it", "power-ratio", ["9995", "10000"], ["10", "9.990003"], {"n": "2"}),
    Edge("less than half of it", "power-ratio", ["9995", "10000.001"], ["10", "9.990001"], {"n": "2"}),
    Edge("half", "trimmed-reference", ["99.85", "100.15"], ["9.99", "9.99"], {"d": "0", "up": "1", "down": "1"}),
    # Ranks
    Edge("the cheapest are equal", "rank-points", ["130", "100", "100"], ["10/3", "10", "10"]),
    Edge("equal in the middle", "rank-points", ["0.3", "0.2", "0.2", "0.1"], ["2.5", "7.5", "7.5", "10"]),
    # Tables
    Edge("edges of bands", "price-bands", ["799.99", "800", "900", "1000"], ["10", "7.5", "5", "0"], {"t": BANDS}),
    Edge("edges of bands", "offer-bands", ["1.4", "1.5", "2.1", "9"], ["0", "3", "10", "10"], {"t": RISING}),
    Edge("nodes", "piecewise-linear", ["0", "800", "900", "1000", "1001"], ["10", "7.5", "5", "0", "0"], {"t": BANDS}),
    Edge(
        "nodes in per cent",
        "relative-hybrid",
        ["3", "3.3", "3.9", "4"],
        ["10", "4", "0", "0"],
        {"T": {"0": "100", "10": "40", "30": "0"}},
    ),
    # Whole numbers before they are rounded up
    Edge("3 %, a fourth not begun", "steps-per-percent", ["10", "10.3", "10.31"], ["10", "7", "6"], {"f": "1"}),
    Edge("13 %", "steps-per-percent", ["10.1", "11.413"], ["10", "8.7"], {"f": "0.1"}),
    # Conditions inside a formula
    Edge("on the limit", "relative-linear-fallback", ["101", "121.2"], ["10", "0"], {"X1": "20", "X2": "40"}),
    Edge("beyond", "relative-linear-fallback", ["101", "121.301"], ["10", "20099/4040"], {"X1": "20", "X2": "40"}),
    Edge("on the limit", "offer-yes-no", ["1", "0", "0.99"], ["10", "0", "0"]),
    Edge("on the limits", "saturation", ["1000", "800", "799"], ["0", "10", "10"], {"b": "1000", "X": "20"}),
    Edge("on the limits", "absolute-linear", ["0.9", "1.5"], ["10", "0"], {"lo": "0.9", "hi": "1.5"}),
    Edge("on the slope's end", "relative-linear", ["1.1", "1.43", "1.21"], ["10", "0", "20/3"], {"X": "30"}),
    # Stages
    Edge(
        "20 % above", "price-first-then-quality", ["101", "121.2", "121.21"], ["1", "1", "0"], {"z": "20"}, "cheapest"
    ),
    Edge(
        "the cheapest alone",
        "price-first-then-quality",
        ["7.1", "7.1", "7.11"],
        ["1", "1", "0"],
        {"z": "0"},
        "cheapest",
    ),
    Edge("the limit itself", "fixed-price-best-quality", ["1.1", "1.11"], ["1", "0"], {"b": "1.1"}, "within"),
    Edge(
        "exactly 70 % in total",
        "commission-model",
        ["100", "100", "100"],
        ["1", "1", "0"],
        {"wp": "50", "m": "70", "n": "0"},
        "total",
        ["0.3", "0.7"],
        [["3.5", "8.5"], ["7", "7"], ["3.4", "8.5"]],
    ),
    Edge(
        "exactly 55 % on the worst criterion",
        "commission-model",
        ["100", "100"],
        ["1", "0"],
        {"wp": "50", "m": "1", "n": "55"},
        "each",
        ["0.3", "0.7"],
        [["5.5", "10"], ["10", "5.4"]],
    ),
    Edge(
        "exactly 20 % below the best",
        "quality-first-then-price",
        ["100", "100", "100"],
        ["1", "1", "0"],
        {"z": "20"},
        "best",
        ["1"],
        [["3"], ["2.4"], ["2.3"]],
    ),
    Edge(
        "the best alone",
        "quality-first-then-price",
        ["100", "100", "100"],
        ["1", "1", "0"],
        {"z": "0"},
        "best",
        ["0.3", "0.7"],
        [["3.5", "8.5"], ["7", "7"], ["6.9", "7"]],
    ),
    Edge(
        "exactly 10 % below the best ratio",
        "extended-richtwert",
        ["140", "140", "140"],
        ["1", "1", "0"],
        {"z": "10"},
        "corridor",
        ["1"],
        [["10"], ["9"], ["8.9"]],
    ),
]
