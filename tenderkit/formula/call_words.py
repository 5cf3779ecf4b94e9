"""Functions in words: what a sentence says for each of the language's functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from types import MappingProxyType
from typing import TYPE_CHECKING

from tenderkit.formula.forms import ATOM, PLAIN, TERM, WHOLE
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Node, Number

if TYPE_CHECKING:
    from tenderkit.formula.words import Writer

_AGGREGATES: Mapping[str, str] = MappingProxyType(
    {
        "MIN": "lowest_of_bids",
        "MAX": "highest_of_bids",
        "AVERAGE": "average_of_bids",
        "MEDIAN": "median_of_bids",
        "SUM": "sum_of_bids",
        "PRODUCT": "product_of_bids",
        "STDEVP": "deviation_of_bids",
        "COUNT": "number_of_bids",
        "TRIMMED": "trimmed",
    }
)
_ROUNDINGS = {"ROUND": "rounded", "ROUNDUP": "rounded_up", "ROUNDDOWN": "rounded_down"}
_CRITERIA = {
    "SUM_CRITERIA": "sum_of_criteria",
    "PRODUCT_CRITERIA": "product_of_criteria",
    "MIN_CRITERIA": "lowest_of_criteria",
}
_OTHER = {"AND": "OR", "OR": "AND", "<": ">=", ">=": "<", "<=": ">", ">": "<=", "=": "<>", "<>": "="}
_TABLES = {"STEPS": "steps", "INTERPOLATE": "interpolated"}


def call_words(node: Call, writer: Writer) -> str:
    """Give a function in words."""
    first = node.arguments[0]
    return _aggregate(node, first, writer) if isinstance(first, Bids) else _SAID[node.function](node, writer)


def _cases(node: Call, writer: Writer) -> str:
    """Give "a, hvis b, ellers c, hvis d, og ellers e": a case in a case goes on where the first ends."""
    condition, then, otherwise = node.arguments
    said = writer.fit(then, WHOLE), writer.say(condition)
    if isinstance(otherwise, Call) and otherwise.function == "IF":
        return writer.phrase("if_more", *said, _cases(otherwise, writer))
    return writer.phrase("if_", *said, writer.fit(otherwise, WHOLE))


def _condition(node: Call, writer: Writer) -> str:
    """Give conditions joined by and, or: comparisons as they are, others in parentheses, inside such by a letter."""
    plain = _positive(node)
    if not isinstance(plain, Call):
        return writer.say(plain)
    key = "and_" if plain.function == "AND" else "or_"
    return reduce(lambda x, y: writer.phrase(key, x, y), [_part(part, writer) for part in _flat(plain)])


def _part(node: Node, writer: Writer) -> str:
    """Give one of several conditions."""
    if isinstance(node, Compare):
        return writer.say(node)
    if writer.inside:
        return writer.phrase("fulfilled", writer.letter(node))
    writer.inside = True
    text = writer.say(node)
    writer.inside = False
    return f"({text})"


def _positive(node: Node, *, negated: bool = False) -> Node:
    """Give the same condition without NOT: "not greater than" is "at most", and not both is one of the two not."""
    match node:
        case Call(function="NOT"):
            return _positive(node.arguments[0], negated=not negated)
        case Call(function="AND" | "OR"):
            function = _OTHER[node.function] if negated else node.function
            return Call(function, tuple(_positive(part, negated=negated) for part in node.arguments))
        case Compare() if negated:
            return Compare(_OTHER[node.operator], node.left, node.right)
        case _:
            return node


def _flat(node: Call) -> list[Node]:
    """Give the parts of conditions joined by the same word."""
    parts: list[Node] = []
    for part in node.arguments:
        same = isinstance(part, Call) and part.function == node.function
        parts += _flat(part) if same and isinstance(part, Call) else [part]
    return parts


def _aggregate(node: Call, bids: Bids, writer: Writer) -> str:
    """Give a function over the admitted bids, by its own name where the model gives one."""
    own = f"{node.function}({bids.plural})"
    if own in writer.symbols:
        return writer.symbols[own][writer.language]
    key = _AGGREGATES[node.function]
    if node.function == "COUNT":
        return writer.phrase(key)
    noun = writer.symbol(bids.plural, bids.column)
    if node.function != "TRIMMED":
        return writer.phrase(key, noun)
    ends = zip(node.arguments[1:], ("lowest", "highest"), strict=True)
    named = [text for text in (_left_out(part, end, writer) for part, end in ends) if text]
    return writer.phrase(key, noun, writer.listed(named)) if named else writer.phrase("average_of_bids", noun)


def _left_out(part: Node, end: str, writer: Writer) -> str:
    """Give "den laveste værdi" or "de 2 laveste værdier"."""
    count = part.value if isinstance(part, Number) else 0
    if not count:
        return ""
    return writer.phrase(f"{end}_value") if count == 1 else writer.phrase(f"{end}_values", writer.say(part))


def _rank(node: Call, writer: Writer) -> str:
    """Give a bid's place among all."""
    bids = node.arguments[1]
    own = f"RANK({bids.plural})" if isinstance(bids, Bids) else ""
    return writer.symbols[own][writer.language] if own in writer.symbols else writer.phrase("rank", writer.say(bids))


def _limited(node: Call, writer: Writer) -> str:
    """Give a value with its limits: "x, dog mindst 0"."""
    if limits := writer.forms.limits(node):
        value, low, high = limits
        return writer.phrase("between", writer.fit(value, WHOLE), writer.short(low), writer.short(high))
    if writer.forms.is_many(node):
        key = "smallest" if node.function == "MIN" else "largest"
        return writer.phrase(key, writer.listed([writer.short(part) for part in node.arguments]))
    value, limit = writer.forms.value_and_limit(node)
    key = "at_most" if node.function == "MIN" else "at_least"
    return writer.phrase(key, writer.fit(value, WHOLE), writer.short(limit))


def _absolute(node: Call, writer: Writer) -> str:
    """Give the distance between two values, or a value without its sign."""
    inner = node.arguments[0]
    if isinstance(inner, Binary) and inner.operator == "-":
        return writer.phrase("distance", writer.short(inner.left), writer.short(inner.right))
    return writer.phrase("absolute", writer.object(inner))


def _exponential(node: Call, writer: Writer) -> str:
    return writer.phrase("exponential", writer.exponent(node.arguments[0]))


def _logarithm(node: Call, writer: Writer) -> str:
    return writer.phrase("logarithm", writer.object(node.arguments[0]))


def _looked_up(node: Call, writer: Writer) -> str:
    """Give a value from a table, which goes by its own name."""
    value, table = node.arguments
    return writer.phrase(_TABLES[node.function], writer.short(value), writer.say(table))


def _over_criteria(node: Call, writer: Writer) -> str:
    """Give a sum, product or lowest over the criteria."""
    forms = PLAIN if node.function == "SUM_CRITERIA" else ATOM
    return writer.phrase(_CRITERIA[node.function], writer.fit(node.arguments[0], forms))


def _annuity(node: Call, writer: Writer) -> str:
    rate, years = node.arguments
    return writer.phrase("annuity", _years(years, writer), writer.fit(rate, ATOM))


def _present_value(node: Call, writer: Writer) -> str:
    amount, rate, years = node.arguments
    return writer.phrase("present_value", writer.fit(amount, TERM), _years(years, writer), writer.fit(rate, ATOM))


def _years(node: Node, writer: Writer) -> str:
    """Give "8 år" or "et antal år svarende til levetiden"."""
    if not isinstance(node, Number):
        return writer.phrase("years_of", writer.fit(node, ATOM))
    return writer.phrase("one_year") if node.value == 1 else writer.phrase("years", writer.say(node))


def _rounded(node: Call, writer: Writer) -> str:
    """Give a number and how many decimals it is rounded to."""
    number, places = node.arguments
    count = int(places.value) if isinstance(places, Number) else 0
    if count == 0:
        decimals = writer.phrase("no_decimals")
    else:
        decimals = writer.phrase("one_decimal") if count == 1 else writer.phrase("decimals", str(count))
    return writer.phrase(_ROUNDINGS[node.function], writer.fit(number, WHOLE), decimals)


_SAID: Mapping[str, Callable[[Call, Writer], str]] = MappingProxyType(
    {
        "IF": _cases,
        "AND": _condition,
        "OR": _condition,
        "NOT": _condition,
        "ABS": _absolute,
        "MIN": _limited,
        "MAX": _limited,
        "CLAMP": _limited,
        "ROUND": _rounded,
        "ROUNDUP": _rounded,
        "ROUNDDOWN": _rounded,
        "EXP": _exponential,
        "LN": _logarithm,
        "STEPS": _looked_up,
        "INTERPOLATE": _looked_up,
        "ANNUITY": _annuity,
        "PRESENT_VALUE": _present_value,
        "RANK": _rank,
        "SUM_CRITERIA": _over_criteria,
        "PRODUCT_CRITERIA": _over_criteria,
        "MIN_CRITERIA": _over_criteria,
    }
)
