"""The functions of the formula language: what each takes and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tenderkit.formula.tree import Kind


@dataclass(frozen=True)
class Function:
    """What a function takes.

    Attributes:
        takes: the kinds of its arguments, in order.
        repeats: whether more arguments of the last kind may follow.
        bids: whether it also takes one plural alone, such as ``MIN(Ps)``.
        usage: how to write it, for messages.
    """

    takes: tuple[Kind, ...]
    usage: str
    repeats: bool = False
    bids: bool = False


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        "IF": Function(("condition", "number", "number"), "IF(condition, then, otherwise)"),
        "AND": Function(("condition", "condition"), "AND(condition, condition)", repeats=True),
        "OR": Function(("condition", "condition"), "OR(condition, condition)", repeats=True),
        "NOT": Function(("condition",), "NOT(condition)"),
        "ABS": Function(("number",), "ABS(number)"),
        "MIN": Function(("number", "number"), "MIN(Ps) or MIN(number, number)", repeats=True, bids=True),
        "MAX": Function(("number", "number"), "MAX(Ps) or MAX(number, number)", repeats=True, bids=True),
        "AVERAGE": Function((), "AVERAGE(Ps)", bids=True),
        "MEDIAN": Function((), "MEDIAN(Ps)", bids=True),
        "COUNT": Function((), "COUNT(Ps)", bids=True),
        "SUM": Function((), "SUM(Ps)", bids=True),
        "CLAMP": Function(("number", "number", "number"), "CLAMP(number, lowest, highest)"),
        "ROUND": Function(("number", "places"), "ROUND(number, 2)"),
        "ROUNDUP": Function(("number", "places"), "ROUNDUP(number, 2)"),
        "ROUNDDOWN": Function(("number", "places"), "ROUNDDOWN(number, 2)"),
        "SUM_CRITERIA": Function(("number",), "SUM_CRITERIA(w*p)"),
    }
)
