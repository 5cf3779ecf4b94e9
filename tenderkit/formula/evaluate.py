"""Formulas calculated exactly, with fractions; nothing here is a float."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import NoReturn

from tenderkit.formula.parse import parse
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Node, Number
from tenderkit.problems import Problem, TenderkitError, nearest

Exact = Fraction | Decimal | int

MAX_BITS = 100_000
_NONE: Mapping[str, Fraction] = MappingProxyType({})


def evaluate(
    formula: Node | str,
    values: Mapping[str, Exact],
    columns: Mapping[str, Sequence[Exact]] = MappingProxyType({}),
    criteria: Sequence[Mapping[str, Exact]] = (),
) -> Fraction:
    """Give the formula's value for one bid.

    Args:
        formula: a tree, or the text of one.
        values: this bid's values and the constants, by name (``P``, ``S``).
        columns: the admitted bids' values, by plural name (``Ps``).
        criteria: the values that ``SUM_CRITERIA`` runs through, one mapping for each criterion (``w``, ``p``, ``a``).

    Raises:
        TenderkitError: a name has no value, a division by zero, a power that is not rational, or an aggregate over no
            bids.
        TypeError: a value is a float.

    >>> evaluate("S*MIN(Ps)/P", {"S": 40, "P": 110}, {"Ps": [100, 110, 130]})
    Fraction(400, 11)
    """
    tree = parse(formula) if isinstance(formula, str) else formula
    calculation = _Calculation(
        {name: _exact(value, name) for name, value in values.items()},
        {name: tuple(_exact(value, name) for value in column) for name, column in columns.items()},
        tuple({name: _exact(value, name) for name, value in row.items()} for row in criteria),
    )
    return calculation.number(tree)


def evaluate_bids(
    formula: Node | str,
    bids: Sequence[Mapping[str, Exact]],
    constants: Mapping[str, Exact],
    steps: Mapping[str, Node | str] = MappingProxyType({}),
    criteria: Sequence[Sequence[Mapping[str, Exact]]] = (),
) -> tuple[Fraction, ...]:
    """Give the formula's value for every admitted bid.

    Args:
        formula: a tree, or the text of one.
        bids: each bid's own values by name; every name is also a column (``P`` gives ``Ps``).
        constants: values that are the same for all bids.
        steps: derived quantities, calculated in this order for all bids before the formula; a step's name is then a
            value, and its plural a column.
        criteria: for each bid, the values that ``SUM_CRITERIA`` runs through.

    Raises:
        TenderkitError: as :func:`evaluate`.

    >>> evaluate_bids("10*ratio/MAX(ratios)", [{"q": 6, "P": 3}, {"q": 2, "P": 2}], {}, {"ratio": "q/P"})
    (Fraction(10, 1), Fraction(5, 1))
    """
    rows = [{**constants, **bid} for bid in bids]
    columns: dict[str, Sequence[Exact]] = {f"{name}s": [bid[name] for bid in bids] for name in bids[0]} if bids else {}
    per_bid = criteria or [()] * len(rows)

    def run(tree: Node | str) -> list[Fraction]:
        return [evaluate(tree, row, columns, of_bid) for row, of_bid in zip(rows, per_bid, strict=True)]

    for name, step in steps.items():
        results = run(step)
        rows = [{**row, name: result} for row, result in zip(rows, results, strict=True)]
        columns[f"{name}s"] = results
    return tuple(run(formula))


def _exact(value: Exact, name: str) -> Fraction:
    if isinstance(value, float):
        raise TypeError(f"{name} is a float; give a Decimal or a Fraction")
    return Fraction(value)


def _fail(problem_id: str, message: str, advice: str = "", column: int = 0) -> NoReturn:
    where = f"Column {column}: " if column else ""
    raise TenderkitError(Problem(problem_id, f"{where}{message}", help=advice, values={"column": str(column)}))


class _Calculation:
    """One bid's calculation: the values, and the criterion that ``SUM_CRITERIA`` has reached."""

    def __init__(
        self,
        values: Mapping[str, Fraction],
        columns: Mapping[str, tuple[Fraction, ...]],
        criteria: tuple[Mapping[str, Fraction], ...],
    ) -> None:
        self.values = values
        self.columns = columns
        self.criteria = criteria
        self.criterion = _NONE

    def number(self, node: Node) -> Fraction:
        """Give a part's value."""
        match node:
            case Number():
                return node.value
            case Name():
                return self.value(node)
            case Negative():
                return -self.number(node.operand)
            case Binary():
                return self.binary(node)
            case Call():
                return self.call(node)
            case _:
                _fail(
                    "formula-wrong-kind", "A number is needed where a condition or a list stands.", column=node.column
                )

    def value(self, node: Name) -> Fraction:
        """Give a name's value: the criterion's own before the bid's."""
        found = self.criterion.get(node.name, self.values.get(node.name))
        if found is None:
            _fail(
                "formula-missing-name",
                f'"{node.name}" has no value.',
                nearest(node.name, [*self.values, *self.criterion]),
                node.column,
            )
        return found

    def column(self, node: Bids) -> tuple[Fraction, ...]:
        """Give the admitted bids' values."""
        found = self.columns.get(node.plural)
        if found is None:
            _fail(
                "formula-missing-name",
                f'"{node.plural}" has no values of bids.',
                nearest(node.plural, self.columns),
                node.column,
            )
        return found

    def binary(self, node: Binary) -> Fraction:
        """Give the value of an operation."""
        left, right = self.number(node.left), self.number(node.right)
        match node.operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/":
                if right == 0:
                    _fail(
                        "formula-division-by-zero",
                        "a division by zero.",
                        "State in the model that the value that is zero is refused, or change the formula.",
                        node.column,
                    )
                return left / right
            case _:
                return _power(left, right, node.column)

    def truth(self, node: Node) -> bool:
        """Tell whether a condition holds. All parts are calculated, as spreadsheets do."""
        match node:
            case Compare():
                return _COMPARE[node.operator](self.number(node.left), self.number(node.right))
            case Call(function="NOT"):
                return not self.truth(node.arguments[0])
            case Call(function="AND" | "OR"):
                held = [self.truth(part) for part in node.arguments]
                return all(held) if node.function == "AND" else any(held)
            case _:
                _fail("formula-wrong-kind", "A condition is needed where a number stands.", column=node.column)

    def call(self, node: Call) -> Fraction:
        """Give the value of a function."""
        arguments = node.arguments
        if isinstance(arguments[0], Bids):
            return self.aggregate(node, arguments[0])
        match node.function:
            case "IF":
                return self.number(arguments[1] if self.truth(arguments[0]) else arguments[2])
            case "SUM_CRITERIA":
                return self.sum_criteria(arguments[0])
            case _:
                return _SCALAR[node.function](*(self.number(argument) for argument in arguments))

    def aggregate(self, node: Call, bids: Bids) -> Fraction:
        """Give a function's value over the admitted bids."""
        column = self.column(bids)
        if not column and node.function not in {"COUNT", "SUM"}:
            _fail("formula-no-bids", f"{node.function}({bids.plural}) has no bids to work on.", column=node.column)
        return _AGGREGATES[node.function](column)

    def sum_criteria(self, inner: Node) -> Fraction:
        """Give the sum of a part's values over the criteria."""
        total = Fraction(0)
        for criterion in self.criteria:
            self.criterion = criterion
            total += self.number(inner)
        self.criterion = _NONE
        return total


def _power(base: Fraction, exponent: Fraction, column: int) -> Fraction:
    if exponent.denominator != 1:
        _fail(
            "formula-power-not-whole",
            f"the exponent {exponent} is not a whole number.",
            "Only whole exponents give an exact result.",
            column,
        )
    if base == 0 and exponent <= 0:
        reason = "zero to the power of zero has no value." if exponent == 0 else "a division by zero."
        _fail("formula-division-by-zero", reason, "State in the model that the value that is zero is refused.", column)
    bits = max(base.numerator.bit_length(), base.denominator.bit_length()) * abs(exponent.numerator)
    if bits > MAX_BITS:
        _fail("formula-number-too-large", "the power is too large to calculate.", "Use a smaller exponent.", column)
    return Fraction(base**exponent.numerator)


def _median(column: tuple[Fraction, ...]) -> Fraction:
    ordered = sorted(column)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _round(value: Fraction, places: Fraction) -> Fraction:
    return _places(value, places, lambda size: (2 * size.numerator + size.denominator) // (2 * size.denominator))


def _round_up(value: Fraction, places: Fraction) -> Fraction:
    return _places(value, places, lambda size: -(-size.numerator // size.denominator))


def _round_down(value: Fraction, places: Fraction) -> Fraction:
    return _places(value, places, lambda size: size.numerator // size.denominator)


def _places(value: Fraction, places: Fraction, whole: Callable[[Fraction], int]) -> Fraction:
    """Round the size of a number, so that half, up and down are meant away from and towards zero."""
    unit = Fraction(10) ** int(places)
    rounded = Fraction(whole(abs(value) * unit)) / unit
    return -rounded if value < 0 else rounded


_COMPARE: Mapping[str, Callable[[Fraction, Fraction], bool]] = MappingProxyType(
    {
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
        "=": lambda a, b: a == b,
        ">=": lambda a, b: a >= b,
        ">": lambda a, b: a > b,
        "<>": lambda a, b: a != b,
    }
)
_SCALAR: Mapping[str, Callable[..., Fraction]] = MappingProxyType(
    {
        "ABS": abs,
        "MIN": min,
        "MAX": max,
        "CLAMP": lambda value, low, high: max(low, min(value, high)),
        "ROUND": _round,
        "ROUNDUP": _round_up,
        "ROUNDDOWN": _round_down,
    }
)
_AGGREGATES: Mapping[str, Callable[[tuple[Fraction, ...]], Fraction]] = MappingProxyType(
    {
        "MIN": min,
        "MAX": max,
        "SUM": lambda column: sum(column, Fraction(0)),
        "COUNT": lambda column: Fraction(len(column)),
        "AVERAGE": lambda column: sum(column, Fraction(0)) / len(column),
        "MEDIAN": _median,
    }
)
