"""Formulas calculated for whole arrays of simulated tenders at once, with numpy and therefore approximately.

For made-up tenders only: what decides is calculated by :mod:`tenderkit.formula.exact`. Where a formula has no exact
value, such as after a division by zero, the result here is NaN.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TypeGuard

import numpy as np
import numpy.typing as npt

from tenderkit.formula import arrays
from tenderkit.formula.arguments import table_alone
from tenderkit.formula.arrays import Array
from tenderkit.formula.parse import parse, parse_condition
from tenderkit.formula.samples import Sample
from tenderkit.formula.tokens import wrong
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Node, Number, Table
from tenderkit.formula.walk import Walk
from tenderkit.problems import nearest

#: A number for all, or an array that broadcasts against the bids.
Sampled = Fraction | Decimal | float | npt.ArrayLike

_NO_VALUES: Mapping[str, Sampled | Table] = MappingProxyType({})
_NO_STEPS: Mapping[str, Node | str] = MappingProxyType({})
_NONE: Mapping[str, Array] = MappingProxyType({})


def simulate(
    formula: Node | str,
    bids: Mapping[str, npt.ArrayLike],
    constants: Mapping[str, Sampled | Table] = _NO_VALUES,
    steps: Mapping[str, Node | str] = _NO_STEPS,
    criteria: Sequence[Mapping[str, Sampled]] = (),
    present: npt.NDArray[np.bool_] | None = None,
) -> Array:
    """Give the formula's values for many simulated tenders.

    Args:
        formula: a tree, or the text of one.
        bids: by name, an array of shape ``(..., n)``: the last axis are the bids of one tender.
        constants: values and tables that are the same for all; an array broadcasts against the bids, so that of shape
            ``(k, 1)`` has another value in each of k tenders.
        steps: derived quantities, in order.
        criteria: for each criterion, its values by name; each may be an array.
        present: which bids take part, of the bids' shape; the others take no part in aggregates and get NaN.

    Raises:
        TenderkitError: a name has no value.

    >>> simulate("S*MIN(Ps)/P", {"P": [[100, 200], [80, 320]]}, {"S": 10}).tolist()
    [[10.0, 5.0], [10.0, 2.5]]
    """
    tree = parse(formula) if isinstance(formula, str) else formula
    with np.errstate(all="ignore"):
        simulation = _Simulation(bids, constants, criteria, present)
        simulation.run(steps)
        return simulation.result(simulation.number(tree))


def simulate_condition(
    condition: Node | str,
    bids: Mapping[str, npt.ArrayLike],
    constants: Mapping[str, Sampled | Table] = _NO_VALUES,
    steps: Mapping[str, Node | str] = _NO_STEPS,
    criteria: Sequence[Mapping[str, Sampled]] = (),
    present: npt.NDArray[np.bool_] | None = None,
) -> npt.NDArray[np.bool_]:
    """Tell for which bids a condition holds; never for absent ones, nor where it has no value.

    >>> simulate_condition("P <= 2*MIN(Ps)", {"P": [100, 150, 201]}).tolist()
    [True, True, False]
    """
    tree = parse_condition(condition) if isinstance(condition, str) else condition
    with np.errstate(all="ignore"):
        simulation = _Simulation(bids, constants, criteria, present)
        simulation.run(steps)
        return np.equal(simulation.result(simulation.truth(tree)), 1)


class _Simulation(Walk[Array]):
    """The arrays, and the criterion that has been reached. Truths are 1 and 0, and NaN where there is none."""

    def __init__(
        self,
        bids: Mapping[str, npt.ArrayLike],
        constants: Mapping[str, Sampled | Table],
        criteria: Sequence[Mapping[str, Sampled]],
        present: npt.NDArray[np.bool_] | None,
    ) -> None:
        columns = {name: np.asarray(column, dtype=np.float64) for name, column in bids.items()}
        self.tables = {name: value for name, value in constants.items() if _is_table(value)}
        fixed = {name: _array(value) for name, value in constants.items() if name not in self.tables}
        self.values = {**fixed, **columns}
        self.criteria = [{name: _array(value) for name, value in row.items()} for row in criteria]
        self.criterion = _NONE
        self.present = present
        self.samples = {f"{name}s": Sample(column, present) for name, column in columns.items()}
        shapes = [column.shape for column in columns.values()] + ([] if present is None else [present.shape])
        self.shape = np.broadcast_shapes(*shapes)

    def run(self, steps: Mapping[str, Node | str]) -> None:
        """Calculate the steps, which become values and samples."""
        for name, step in steps.items():
            values = self.number(parse(step) if isinstance(step, str) else step)
            self.values[name] = np.broadcast_to(values, np.broadcast_shapes(values.shape, self.shape))
            self.samples[f"{name}s"] = Sample(self.values[name], self.present)

    def result(self, values: Array) -> Array:
        """Give the values in the bids' shape, NaN for bids that take no part."""
        whole = np.broadcast_to(values, np.broadcast_shapes(values.shape, self.shape))
        return np.array(whole) if self.present is None else np.where(self.present, whole, np.nan)

    def constant(self, node: Number) -> Array:
        """Give a written number."""
        return _array(node.value)

    def negative(self, node: Negative) -> Array:
        """Give the opposite of a part."""
        return -self.number(node.operand)

    def value(self, node: Name) -> Array:
        """Give a name's values: the criterion's own before the bids'."""
        found = self.criterion.get(node.name, self.values.get(node.name))
        if found is None:
            if node.name in self.tables:
                raise table_alone(node)
            advice = nearest(node.name, [*self.values, *self.criterion])
            raise wrong("formula-missing-name", node.column, f'"{node.name}" has no value.', advice)
        return found

    def binary(self, node: Binary) -> Array:
        """Give the values of an operation."""
        left, right = self.number(node.left), self.number(node.right)
        match node.operator:
            case "+" | "-":
                total = left + right if node.operator == "+" else left - right
                return arrays.settled(total, left, right)
            case "*":
                return left * right
            case "/":
                return arrays.quotient(left, right)
        return arrays.power(left, right)

    def truth(self, node: Node) -> Array:
        """Tell where a condition holds: 1 or 0."""
        match node:
            case Compare():
                return arrays.compared(node.operator, self.number(node.left), self.number(node.right))
            case Call(function="NOT"):
                return 1 - self.truth(node.arguments[0])
            case Call(function="AND" | "OR"):
                join = np.minimum if node.function == "AND" else np.maximum
                return arrays.folded(join, [self.truth(part) for part in node.arguments])
        raise wrong("formula-wrong-kind", node.column, "A condition is needed where a number stands.")

    def call(self, node: Call) -> Array:
        """Give the values of a function."""
        arguments, function = node.arguments, node.function
        if isinstance(arguments[0], Bids):
            places = [int(part.value) for part in arguments[1:] if isinstance(part, Number)]
            return self.sample(arguments[0]).aggregate(function, *places)
        match function:
            case "IF":
                held = self.truth(arguments[0])
                then, otherwise = (self.number(part) for part in arguments[1:])
                return np.where(np.isnan(held), np.nan, np.where(held == 1, then, otherwise))
            case "RANK":
                return self.sample(arguments[1]).ranks()
            case "SUM_CRITERIA" | "PRODUCT_CRITERIA" | "MIN_CRITERIA":
                return self.over_criteria(node)
            case "STEPS" | "INTERPOLATE":
                return self.look_up(node)
        return arrays.FUNCTIONS[function](*(self.number(part) for part in arguments))

    def sample(self, node: Node) -> Sample:
        """Give the admitted bids' values."""
        plural = node.plural if isinstance(node, Bids) else ""
        if plural not in self.samples:
            advice = nearest(plural, self.samples)
            raise wrong("formula-missing-name", node.column, f'"{plural}" has no values of bids.', advice)
        return self.samples[plural]

    def over_criteria(self, node: Call) -> Array:
        """Give the sum, the product or the lowest over the criteria."""
        values = []
        for criterion in self.criteria:
            self.criterion = criterion
            values.append(self.number(node.arguments[0]))
        self.criterion = _NONE
        match node.function:
            case "SUM_CRITERIA":
                return arrays.folded(np.add, values or [_array(0)])
            case "PRODUCT_CRITERIA":
                return arrays.folded(np.multiply, values or [_array(1)])
        return arrays.folded(np.minimum, values or [_array(np.nan)])

    def look_up(self, node: Call) -> Array:
        """Give the values of a table's rows, or between them."""
        name = node.arguments[1].name if isinstance(node.arguments[1], Name) else ""
        if name not in self.tables:
            advice = nearest(name, self.tables)
            raise wrong("formula-missing-name", node.arguments[1].column, f'the table "{name}" has no rows.', advice)
        find = arrays.stepped if node.function == "STEPS" else arrays.interpolated
        return find(self.number(node.arguments[0]), self.tables[name])


def _is_table(value: object) -> TypeGuard[Table]:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], tuple)


def _array(value: object) -> Array:
    return np.asarray(float(value) if isinstance(value, (Fraction, Decimal)) else value, dtype=np.float64)
