"""A formula's tree walked once, for all bids together.

Every part gives either one number, the same for all bids, or a column with a number for each bid. So what is the same
for all bids, such as ``MIN(Ps)``, is calculated once.
"""

from __future__ import annotations

import operator
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial, reduce
from types import MappingProxyType
from typing import Any

from tenderkit.formula import operations
from tenderkit.formula.arguments import table_alone
from tenderkit.formula.columns import Column, compared, merged, picked
from tenderkit.formula.tokens import wrong
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Node, Number, Table
from tenderkit.formula.walk import Walk
from tenderkit.problems import nearest

Value = Fraction | Column
Truth = bool | list[bool]

_NONE: Mapping[str, Value] = MappingProxyType({})


class Calculation(Walk[Value]):
    """The values of some bids, and what has been reached: the criterion, and the bids that a branch is for.

    Args:
        count: how many bids there are.
        values: by name, what is the same for all bids, a column with one value for each, or a table.
        plurals: by plural name, the admitted bids' values.
        criteria: for each criterion, its values by name.
    """

    def __init__(
        self,
        count: int,
        values: Mapping[str, Value | Table],
        plurals: Mapping[str, Sequence[Fraction]],
        criteria: Sequence[Mapping[str, Value]] = (),
    ) -> None:
        self.count = count
        self.values = dict(values)
        self.plurals = dict(plurals)
        self.criteria = criteria
        self.criterion = _NONE
        self.chosen: list[int] | None = None
        self.aggregates: dict[Call, Fraction] = {}

    def numbers(self, node: Node) -> list[Fraction]:
        """Give a part's value for each bid."""
        value = self.number(node)
        return value.fractions if isinstance(value, Column) else [value] * self.count

    def truths(self, node: Node) -> list[bool]:
        """Tell for each bid whether a condition holds."""
        held = self.truth(node)
        return held if isinstance(held, list) else [held] * self.count

    def add(self, name: str, node: Node) -> None:
        """Calculate a step and keep its values under its name."""
        value = self.number(node)
        self.values[name] = value
        self.plurals[f"{name}s"] = value.fractions if isinstance(value, Column) else [value] * self.count

    def constant(self, node: Number) -> Value:
        """Give a written number."""
        return node.value

    def negative(self, node: Negative) -> Value:
        """Give the opposite of a part."""
        return -self.number(node.operand)

    def value(self, node: Name) -> Value:
        """Give a name's value: the criterion's own before the bid's."""
        found: Value | Table | None = self.criterion.get(node.name)
        if found is None:
            found = self.values.get(node.name)
        if found is None:
            advice = nearest(node.name, [*self.values, *self.criterion])
            raise wrong("formula-missing-name", node.column, f'"{node.name}" has no value.', advice)
        if isinstance(found, tuple):
            raise table_alone(node)
        return found.at(self.chosen) if self.chosen is not None and isinstance(found, Column) else found

    def table(self, node: Node, function: str) -> Table:
        """Give the table that a name stands for."""
        name = node.name if isinstance(node, Name) else ""
        found = self.values.get(name)
        if found is None:
            advice = nearest(name, [key for key, value in self.values.items() if isinstance(value, tuple)])
            raise wrong("formula-missing-name", node.column, f'the table "{name}" has no rows.', advice)
        if not isinstance(found, tuple):
            raise wrong(
                "formula-wrong-kind",
                node.column,
                f'"{name}" is a number, and {function} takes a table here.',
                "Give the name rows with an edge and a value each.",
            )
        return found

    def column(self, node: Bids) -> Sequence[Fraction]:
        """Give the admitted bids' values."""
        found = self.plurals.get(node.plural)
        if found is None:
            advice = nearest(node.plural, self.plurals)
            raise wrong("formula-missing-name", node.column, f'"{node.plural}" has no values of bids.', advice)
        return found

    def binary(self, node: Binary) -> Value:
        """Give the value of an operation."""
        left, right = self.number(node.left), self.number(node.right)
        match node.operator:
            case "^":
                return self.each(partial(operations.power, column=node.column), left, right)
            case "/":
                zero = not right if isinstance(right, Fraction) else 0 in right.tops
                if zero:
                    raise operations.divided_by_zero(node.column)
        return self.joined(_ARITHMETIC[node.operator], left, right)

    def joined(self, join: Callable[..., Value], left: Value, right: Value) -> Value:
        """Join two values, once or for each bid."""
        if isinstance(left, Column) == isinstance(right, Column):
            return join(left, right)
        return join(*self.broadcast(left, right))

    def broadcast(self, *values: Value) -> list[Column]:
        """Give the values as columns of the bids that are being looked at."""
        count = self.count if self.chosen is None else len(self.chosen)
        return [value if isinstance(value, Column) else Column.filled(value, count) for value in values]

    def each(self, function: Callable[..., Fraction], *values: Value) -> Value:
        """Apply a function once where all values are the same for all bids, otherwise for each bid."""
        fixed = [value for value in values if isinstance(value, Fraction)]
        if len(fixed) == len(values):
            return function(*fixed)
        rows = zip(*(column.fractions for column in self.broadcast(*values)), strict=True)
        return Column.of([function(*row) for row in rows])

    def extreme(self, choose: Callable[..., Any], values: Sequence[Value]) -> Value:
        """Give the lowest or the highest of some values; ``choose`` is ``min`` or ``max``."""
        fixed = [value for value in values if isinstance(value, Fraction)]
        if len(fixed) == len(values):
            return Fraction(choose(fixed))
        return reduce(partial(picked, choose), self.broadcast(*values))

    def truth(self, node: Node) -> Truth:
        """Tell whether a condition holds. All parts are calculated, as spreadsheets do."""
        match node:
            case Compare():
                compare, left, right = _COMPARE[node.operator], self.number(node.left), self.number(node.right)
                if isinstance(left, Fraction) and isinstance(right, Fraction):
                    return compare(left, right)
                return compared(compare, *self.broadcast(left, right))
            case Call(function="NOT"):
                held = self.truth(node.arguments[0])
                return [not one for one in held] if isinstance(held, list) else not held
            case Call(function="AND" | "OR"):
                every = all if node.function == "AND" else any
                parts = [self.truth(part) for part in node.arguments]
                count = next((len(part) for part in parts if isinstance(part, list)), None)
                if count is None:
                    return every(bool(part) for part in parts)
                lists = [part if isinstance(part, list) else [part] * count for part in parts]
                return [every(row) for row in zip(*lists, strict=True)]
        raise wrong("formula-wrong-kind", node.column, "A condition is needed where a number stands.")

    def call(self, node: Call) -> Value:
        """Give the value of a function."""
        if isinstance(node.arguments[0], Bids):
            return self.aggregate(node, node.arguments[0])
        return _CALLS[node.function](self, node)

    def choice(self, node: Call) -> Value:
        """Give the branches of IF, each calculated only for the bids that it is for."""
        condition, then, otherwise = node.arguments
        held = self.truth(condition)
        if not isinstance(held, list):
            return self.number(then if held else otherwise)
        if len(set(held)) == 1:
            return self.number(then if held[0] else otherwise)
        return merged(held, self.branch(then, held), self.branch(otherwise, [not one for one in held]))

    def branch(self, node: Node, held: list[bool]) -> Column:
        """Give a part's values for some of the bids that are being looked at."""
        outer = self.chosen
        present = range(self.count) if outer is None else outer
        self.chosen = [index for index, one in zip(present, held, strict=True) if one]
        (column,) = self.broadcast(self.number(node))
        self.chosen = outer
        return column

    def aggregate(self, node: Call, bids: Bids) -> Fraction:
        """Give a function's value over the admitted bids."""
        if node in self.aggregates:
            return self.aggregates[node]
        column = self.column(bids)
        if not column and node.function not in {"COUNT", "SUM"}:
            message = f"{node.function}({bids.plural}) has no bids to work on."
            raise wrong("formula-no-bids", node.column, message, "State in the model what counts without a bid.")
        if node.function == "TRIMMED":
            low, high = (_digits(argument) for argument in node.arguments[1:])
            value = operations.trimmed(column, low, high, node.column)
        else:
            value = operations.AGGREGATES[node.function](column)
        self.aggregates[node] = value
        return value

    def rank(self, node: Call) -> Value:
        """Give a bid's place among all bids, 1 for the lowest value; equal values share the better place."""
        own, bids = node.arguments
        ordered = sorted(self.column(bids)) if isinstance(bids, Bids) else []
        return self.each(lambda value: Fraction(1 + bisect_left(ordered, value)), self.number(own))

    def over_criteria(self, node: Call) -> Value:
        """Give the sum, the product or the lowest of a part's values over the criteria."""
        if not self.criteria and node.function == "MIN_CRITERIA":
            message = "MIN_CRITERIA has no criteria to work on."
            raise wrong("formula-no-criteria", node.column, message, "Add a criterion.")
        values = []
        for criterion in self.criteria:
            self.criterion = criterion
            values.append(self.number(node.arguments[0]))
        self.criterion = _NONE
        if node.function == "MIN_CRITERIA":
            return self.extreme(min, values)
        join, start = (_ARITHMETIC["+"], 0) if node.function == "SUM_CRITERIA" else (_ARITHMETIC["*"], 1)
        total: Value = Fraction(start)
        for value in values:
            total = self.joined(join, total, value)
        return total

    def look_up(self, node: Call) -> Value:
        """Give the value of a table's row, or between two rows."""
        table = self.table(node.arguments[1], node.function)
        find = operations.step if node.function == "STEPS" else operations.interpolated
        return self.each(lambda value: find(value, table), self.number(node.arguments[0]))

    def rounding(self, node: Call) -> Value:
        """Give a rounded number."""
        places = _digits(node.arguments[1])
        return self.each(partial(operations.ROUNDINGS[node.function], places=places), self.number(node.arguments[0]))

    def plain(self, node: Call) -> Value:
        """Give the value of a function of numbers that can go wrong: it is told its column."""
        function = partial(operations.FUNCTIONS[node.function], column=node.column)
        return self.each(function, *(self.number(argument) for argument in node.arguments))

    def limited(self, node: Call) -> Value:
        """Give the lowest or highest of some numbers, a number within limits, or its size."""
        values = [self.number(argument) for argument in node.arguments]
        if node.function == "ABS":
            return self.extreme(max, [values[0], -values[0]])
        if node.function == "CLAMP":
            return self.extreme(max, [values[1], self.extreme(min, [values[0], values[2]])])
        return self.extreme(min if node.function == "MIN" else max, values)


def _digits(node: Node) -> int:
    """Give a number of decimals or bids, which the parser has seen to be whole."""
    return int(node.value) if isinstance(node, Number) else 0


_ARITHMETIC: Mapping[str, Callable[..., Value]] = MappingProxyType(
    {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
)
_COMPARE: Mapping[str, Callable[..., bool]] = MappingProxyType(
    {
        "<": operator.lt,
        "<=": operator.le,
        "=": operator.eq,
        ">=": operator.ge,
        ">": operator.gt,
        "<>": operator.ne,
    }
)
_CALLS: Mapping[str, Callable[[Calculation, Call], Value]] = MappingProxyType(
    {
        "IF": Calculation.choice,
        "RANK": Calculation.rank,
        **dict.fromkeys(("STEPS", "INTERPOLATE"), Calculation.look_up),
        **dict.fromkeys(operations.ROUNDINGS, Calculation.rounding),
        **dict.fromkeys(operations.FUNCTIONS, Calculation.plain),
        **dict.fromkeys(("ABS", "MIN", "MAX", "CLAMP"), Calculation.limited),
        **dict.fromkeys(("SUM_CRITERIA", "PRODUCT_CRITERIA", "MIN_CRITERIA"), Calculation.over_criteria),
    }
)
