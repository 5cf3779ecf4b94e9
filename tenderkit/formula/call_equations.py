"""Functions as equations: what stands for each of the language's functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from tenderkit.formula.markup import Binds, Part
from tenderkit.formula.tree import Binary, Call, Negative, Node, Number

if TYPE_CHECKING:
    from tenderkit.formula.equation import Setter

#: The functions with a large sign.
LARGE: Mapping[str, str] = MappingProxyType({"SUM": "∑", "PRODUCT": "∏", "SUM_CRITERIA": "∑", "PRODUCT_CRITERIA": "∏"})
#: The index of the criteria; the bids have another.
OF_CRITERIA = "i"

_NAMED = {
    "ROUND": "equation_round",
    "ROUNDUP": "equation_round_up",
    "ROUNDDOWN": "equation_round_down",
    "RANK": "equation_rank",
    "STEPS": "equation_steps",
    "INTERPOLATE": "equation_interpolate",
}
_ONE = Number(Fraction(1))


def call_equation(node: Call, setter: Setter) -> Part:
    """Set a function that is not over the admitted bids."""
    return _SET.get(node.function, _function)(node, setter)


def _function(node: Call, setter: Setter) -> Part:
    """Set a function by its name with its arguments."""
    key = _NAMED.get(node.function)
    name = setter.phrase(key) if key else node.function.lower()
    return setter.markup.word(name) + setter.arguments(*node.arguments), Binds.ATOM


def _cases(node: Call, setter: Setter) -> Part:
    """Set IF as a brace with a line for each case; a case in the last case is one more line."""
    rows: list[tuple[str, str]] = []
    rest: Node = node
    while isinstance(rest, Call) and rest.function == "IF":
        condition, then, rest = rest.arguments
        when = setter.markup.word(f"{setter.phrase('equation_if')} ") + setter.set(condition)[0]
        rows.append((setter.set(then)[0], when))
    rows.append((setter.set(rest)[0], setter.markup.word(setter.phrase("equation_otherwise"))))
    return setter.markup.cases(rows), Binds.ATOM


def _joined(node: Call, setter: Setter) -> Part:
    """Set conditions joined by a word."""
    word = setter.phrase("equation_and" if node.function == "AND" else "equation_or")
    return setter.markup.word(f" {word} ").join(
        setter.within(part, Binds.CONDITION) for part in node.arguments
    ), Binds.JOINED


def _negated(node: Call, setter: Setter) -> Part:
    return setter.markup.prefix("¬") + setter.arguments(*node.arguments), Binds.ATOM


def _absolute(node: Call, setter: Setter) -> Part:
    return setter.markup.fenced(setter.set(node.arguments[0])[0], "|", "|"), Binds.ATOM


def _clamped(node: Call, setter: Setter) -> Part:
    value, low, high = node.arguments
    return setter.set(Call("MIN", (Call("MAX", (low, value)), high)))


def _exponential(node: Call, setter: Setter) -> Part:
    return setter.markup.power(setter.markup.word("e"), setter.set(node.arguments[0])[0]), Binds.POWER


def _rank(node: Call, setter: Setter) -> Part:
    """Set the bid's own value alone: among which values it ranks is plain."""
    return setter.markup.word(setter.phrase("equation_rank")) + setter.arguments(node.arguments[0]), Binds.ATOM


def _looked_up(node: Call, setter: Setter) -> Part:
    """Set the function's name with the table's name below it."""
    value, table = node.arguments
    name = setter.markup.subscript(setter.markup.word(setter.phrase(_NAMED[node.function])), setter.set(table)[0])
    return name + setter.arguments(value), Binds.ATOM


def _annuity(node: Call, setter: Setter) -> Part:
    """Set the closed form of the sum over the years."""
    rate, years = node.arguments
    last = Binary("^", Binary("+", _ONE, rate), Negative(years))
    return setter.set(Binary("/", Binary("-", _ONE, last), rate))


def _present_value(node: Call, setter: Setter) -> Part:
    amount, rate, years = node.arguments
    return setter.set(Binary("/", amount, Binary("^", Binary("+", _ONE, rate), years)))


def _large(node: Call, setter: Setter) -> Part:
    """Set a sum or product over the criteria."""
    inner = setter.over_criteria(node.arguments[0], Binds.PRODUCT)
    return setter.markup.over(LARGE[node.function], setter.markup.letter(OF_CRITERIA), inner), Binds.BIG


def _lowest(node: Call, setter: Setter) -> Part:
    """Set the lowest over the criteria."""
    name = setter.markup.subscript(setter.markup.word("min"), setter.markup.letter(OF_CRITERIA))
    return name + setter.markup.fenced(setter.over_criteria(node.arguments[0], Binds.JOINED)), Binds.ATOM


_SET: Mapping[str, Callable[[Call, Setter], Part]] = MappingProxyType(
    {
        "IF": _cases,
        "AND": _joined,
        "OR": _joined,
        "NOT": _negated,
        "ABS": _absolute,
        "CLAMP": _clamped,
        "EXP": _exponential,
        "RANK": _rank,
        "STEPS": _looked_up,
        "INTERPOLATE": _looked_up,
        "ANNUITY": _annuity,
        "PRESENT_VALUE": _present_value,
        "SUM_CRITERIA": _large,
        "PRODUCT_CRITERIA": _large,
        "MIN_CRITERIA": _lowest,
    }
)
