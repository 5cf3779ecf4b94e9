"""The functions of the formula language: what each takes and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tenderkit.formula.tree import Binary, Call, Kind, Name, Negative, Node, Number, walk


@dataclass(frozen=True)
class Function:
    """What a function takes.

    Attributes:
        takes: the kinds of its arguments, in order.
        usage: how to write it, for messages.
        repeats: whether more arguments of the last kind may follow.
        bids: whether it also takes one plural alone, such as ``MIN(Ps)``.
        rational: whether it gives a fraction for fractions, without any rounding.
    """

    takes: tuple[Kind, ...]
    usage: str
    repeats: bool = False
    bids: bool = False
    rational: bool = True


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        "IF": Function(("condition", "number", "number"), "IF(condition, then, otherwise)"),
        "AND": Function(("condition", "condition"), "AND(condition, condition)", repeats=True),
        "OR": Function(("condition", "condition"), "OR(condition, condition)", repeats=True),
        "NOT": Function(("condition",), "NOT(condition)"),
        "ABS": Function(("number",), "ABS(number)"),
        "MIN": Function(("number", "number"), "MIN(Ps) or MIN(number, number)", repeats=True, bids=True),
        "MAX": Function(("number", "number"), "MAX(Ps) or MAX(number, number)", repeats=True, bids=True),
        "CLAMP": Function(("number", "number", "number"), "CLAMP(number, lowest, highest)"),
        "ROUND": Function(("number", "places"), "ROUND(number, 2)"),
        "ROUNDUP": Function(("number", "places"), "ROUNDUP(number, 2)"),
        "ROUNDDOWN": Function(("number", "places"), "ROUNDDOWN(number, 2)"),
        "EXP": Function(("number",), "EXP(number)", rational=False),
        "LN": Function(("number",), "LN(number)", rational=False),
        "POWER": Function(("number", "number"), "POWER(number, exponent)"),
        "STEPS": Function(("number", "table"), "STEPS(number, table)"),
        "INTERPOLATE": Function(("number", "table"), "INTERPOLATE(number, table)"),
        "ANNUITY": Function(("number", "number"), "ANNUITY(4%, 10)"),
        "PRESENT_VALUE": Function(("number", "number", "number"), "PRESENT_VALUE(amount, 4%, 10)"),
        "AVERAGE": Function((), "AVERAGE(Ps)", bids=True),
        "MEDIAN": Function((), "MEDIAN(Ps)", bids=True),
        "COUNT": Function((), "COUNT(Ps)", bids=True),
        "SUM": Function((), "SUM(Ps)", bids=True),
        "PRODUCT": Function((), "PRODUCT(Ps)", bids=True),
        "STDEVP": Function((), "STDEVP(Ps)", bids=True, rational=False),
        "RANK": Function(("number", "bids"), "RANK(P, Ps)"),
        "TRIMMED": Function(("bids", "places", "places"), "TRIMMED(Ps, 1, 1)"),
        "SUM_CRITERIA": Function(("number",), "SUM_CRITERIA(w*p)"),
        "PRODUCT_CRITERIA": Function(("number",), "PRODUCT_CRITERIA(p^w)"),
        "MIN_CRITERIA": Function(("number",), "MIN_CRITERIA(p)"),
    }
)

#: The functions that run through the criteria.
OVER_CRITERIA = frozenset({"SUM_CRITERIA", "PRODUCT_CRITERIA", "MIN_CRITERIA"})


def is_rational(node: Node) -> bool:
    """Tell whether a formula gives exact fractions for any values; otherwise a model must publish a rounding.

    A power counts as rational only where its exponent is written as a whole number.

    >>> from tenderkit.formula.parse import parse
    >>> is_rational(parse("S*MIN(Ps)^2/P")), is_rational(parse("S*EXP(-P)")), is_rational(parse("P^x"))
    (True, False, False)
    """
    for part in walk(node):
        if isinstance(part, Call) and not FUNCTIONS[part.function].rational:
            return False
        if isinstance(part, Binary) and part.operator == "^" and not _is_whole(part.right):
            return False
    return True


def _is_whole(exponent: Node) -> bool:
    plain = exponent.operand if isinstance(exponent, Negative) else exponent
    return isinstance(plain, Number) and plain.value.denominator == 1


def tables_in(node: Node) -> tuple[str, ...]:
    """Give the names that stand for a table, each once, in the order of writing.

    >>> from tenderkit.formula.parse import parse
    >>> tables_in(parse("S*STEPS(P/MIN(Ps), bands_of_price)*X"))
    ('bands_of_price',)
    """
    return tuple(dict.fromkeys(part.name for part in table_parts(node)))


def table_parts(node: Node) -> list[Name]:
    """Give the parts of a formula that stand for a table."""
    return [
        argument
        for part in walk(node)
        if isinstance(part, Call)
        for kind, argument in zip(FUNCTIONS[part.function].takes, part.arguments, strict=False)
        if kind == "table" and isinstance(argument, Name)
    ]
