"""Formulas calculated exactly, with fractions; nothing here is a float."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from tenderkit.formula.calculation import Calculation, Value
from tenderkit.formula.columns import Column
from tenderkit.formula.parse import parse, parse_condition
from tenderkit.formula.tokens import wrong
from tenderkit.formula.tree import CRITERION_NAMES, Node, Table

Exact = Fraction | Decimal | int
#: A number, all bids' values for a plural, or the rows of a table.
Given = Exact | Sequence[Exact] | Sequence[tuple[Exact, Exact]]

MIN_ROWS, MAX_ROWS = 2, 20
_PAIR = 2
_NO_VALUES: Mapping[str, Exact | Table] = MappingProxyType({})
_NO_STEPS: Mapping[str, Node | str] = MappingProxyType({})


def evaluate(formula: Node | str, /, **values: Given) -> Fraction:
    """Give a formula's value, for people who check one by hand.

    Args:
        formula: a tree, or the text of one.
        values: a number for a name; a list for a plural (``Ps``); a list of pairs for a table; a list for ``w``, ``p``
            or ``a``, with one value for each criterion.

    Raises:
        TenderkitError: the formula cannot be read, a name has no value, or the formula has none for these values.
        TypeError: a value is a float or a text.

    >>> evaluate("S*MIN(Ps)/P", S=40, P=110, Ps=[100, 110, 130])
    Fraction(400, 11)
    >>> evaluate("STEPS(P, band)", P=Decimal("2.5"), band=[(0, 10), (2, 6), (4, 0)])
    Fraction(6, 1)
    >>> evaluate("SUM_CRITERIA(w*p)", w=[Decimal("0.6"), Decimal("0.4")], p=[8, 5])
    Fraction(34, 5)
    """
    known: dict[str, Value | Table] = {}
    plurals: dict[str, Sequence[Fraction]] = {}
    of_criteria: dict[str, Sequence[Fraction]] = {}
    for name, value in values.items():
        if isinstance(value, (Fraction, Decimal, int)) or not isinstance(value, (list, tuple)):
            known[name] = _exact(value, name)
        elif value and all(isinstance(row, (list, tuple)) for row in value):
            known[name] = _table(value, name)
        elif name in CRITERION_NAMES:
            of_criteria[name] = _column(value, name)
        elif name.endswith("s") and len(name) > 1:
            plurals[name] = _column(value, name)
        else:
            message = f'"{name}" was given a list of values, and stands for one.'
            raise wrong("formula-wrong-kind", 0, message, f"Give all bids' values to {name}s.")
    tree = parse(formula) if isinstance(formula, str) else formula
    return Calculation(1, known, plurals, _by_criterion(of_criteria)).numbers(tree)[0]


def evaluate_bids(
    formula: Node | str,
    bids: Mapping[str, Sequence[Exact]],
    constants: Mapping[str, Exact | Table] = _NO_VALUES,
    steps: Mapping[str, Node | str] = _NO_STEPS,
    criteria: Sequence[Mapping[str, Exact | Sequence[Exact]]] = (),
) -> tuple[Fraction, ...]:
    """Give the formula's value for every admitted bid.

    Args:
        formula: a tree, or the text of one.
        bids: by name, one value for each bid; every name is also a column (``P`` gives ``Ps``).
        constants: values and tables that are the same for all bids.
        steps: derived quantities, calculated in this order for all bids before the formula; a step's name is then a
            value, and its plural a column.
        criteria: the values that ``SUM_CRITERIA`` and its kin run through: for each criterion, by name, one value, or
            one for each bid.

    Raises:
        TenderkitError: a name has no value, a division by zero, an aggregate over no bids, and the like.
        TypeError: a value is a float or a text.
        ValueError: the columns are not equally long.

    >>> evaluate_bids("10*ratio/MAX(ratios)", {"q": [6, 2], "P": [3, 2]}, steps={"ratio": "q/P"})
    (Fraction(10, 1), Fraction(5, 1))
    """
    tree = parse(formula) if isinstance(formula, str) else formula
    calculation = _prepared(bids, constants, steps, criteria)
    return tuple(calculation.numbers(tree)) if calculation.count else ()


def conditions_for_bids(
    condition: Node | str,
    bids: Mapping[str, Sequence[Exact]],
    constants: Mapping[str, Exact | Table] = _NO_VALUES,
    steps: Mapping[str, Node | str] = _NO_STEPS,
    criteria: Sequence[Mapping[str, Exact | Sequence[Exact]]] = (),
) -> tuple[bool, ...]:
    """Tell for every admitted bid whether a condition holds; all else is as in :func:`evaluate_bids`.

    >>> conditions_for_bids("P <= 2*MIN(Ps)", {"P": [100, 150, 201]})
    (True, True, False)
    """
    tree = parse_condition(condition) if isinstance(condition, str) else condition
    calculation = _prepared(bids, constants, steps, criteria)
    return tuple(calculation.truths(tree)) if calculation.count else ()


def _prepared(
    bids: Mapping[str, Sequence[Exact]],
    constants: Mapping[str, Exact | Table],
    steps: Mapping[str, Node | str],
    criteria: Sequence[Mapping[str, Exact | Sequence[Exact]]],
) -> Calculation:
    """Give the calculation with all values known, those of the steps too."""
    columns = {name: _column(column, name) for name, column in bids.items()}
    known: dict[str, Value | Table] = {
        name: _table(value, name) if isinstance(value, tuple) else _exact(value, name)
        for name, value in constants.items()
    }
    rows: list[dict[str, Value]] = [
        {
            name: Column.of(_column(value, name)) if isinstance(value, Sequence) else _exact(value, name)
            for name, value in criterion.items()
        }
        for criterion in criteria
    ]
    counts = {len(column) for column in columns.values()}
    counts |= {len(value) for row in rows for value in row.values() if isinstance(value, Column)}
    if len(counts) > 1:
        raise ValueError(f"columns of {sorted(counts)} bids were given; each must have one value for each bid")
    known |= {name: Column.of(column) for name, column in columns.items()}
    plurals = {f"{name}s": column for name, column in columns.items()}
    calculation = Calculation(counts.pop() if counts else 0, known, plurals, rows)
    for name, step in steps.items() if calculation.count else ():
        calculation.add(name, parse(step) if isinstance(step, str) else step)
    return calculation


def _by_criterion(columns: Mapping[str, Sequence[Fraction]]) -> list[dict[str, Value]]:
    counts = {len(column) for column in columns.values()}
    if len(counts) > 1:
        message = f"{' and '.join(columns)} have different numbers of values."
        raise wrong("formula-wrong-kind", 0, message, "Give each one value for each criterion.")
    return [{name: column[index] for name, column in columns.items()} for index in range(counts.pop() if counts else 0)]


def _exact(value: object, name: str) -> Fraction:
    if type(value) is Fraction:
        return value
    if isinstance(value, (Fraction, Decimal, int)):
        return Fraction(value)
    raise TypeError(f"{name} is a {type(value).__name__}; give a Decimal or a Fraction")


def _column(values: Sequence[object], name: str) -> list[Fraction]:
    return [value if type(value) is Fraction else _exact(value, name) for value in values]


def _table(rows: Sequence[object], name: str) -> Table:
    """Give the rows of a table when it is one: 2 to 20 rows with rising edges."""
    table = tuple(
        (_exact(row[0], name), _exact(row[1], name))
        for row in rows
        if isinstance(row, (list, tuple)) and len(row) == _PAIR
    )
    rising = all(low < high for (low, _), (high, _) in pairwise(table))
    if len(table) != len(rows) or not MIN_ROWS <= len(table) <= MAX_ROWS or not rising:
        raise wrong(
            "formula-table-broken",
            0,
            f'the table "{name}" must have {MIN_ROWS} to {MAX_ROWS} rows of an edge and a value, with rising edges.',
            "Write the rows from the lowest edge to the highest, each edge once.",
        )
    return table
