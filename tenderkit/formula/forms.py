"""What kind of phrase a part of a formula becomes: this decides where it can stand without parentheses."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Literal

from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Node, Number

#: ``atom`` is a number or a noun; ``share`` "50 % of a"; ``noun`` "the square root of a", which takes all that follows
#: it and so stands last; ``product`` "a multiplied by b"; ``sum`` "a plus b"; ``loose`` "a to the power of b", which
#: stands alone; ``span`` runs to its end, such as "the sum of a and b"; ``tail`` has "but at least 0" behind it.
Form = Literal["atom", "share", "noun", "product", "sum", "loose", "span", "tail", "condition"]

#: What can stand without parentheses: a noun alone, with its share, at the end, as a term, and before a comma.
ATOM: tuple[Form, ...] = ("atom",)
TERM: tuple[Form, ...] = ("atom", "share")
LAST: tuple[Form, ...] = ("atom", "share", "noun")
PLAIN: tuple[Form, ...] = ("atom", "share", "product")
WHOLE: tuple[Form, ...] = ("atom", "share", "noun", "product", "sum", "loose", "span")

_PAIR = 2
_JOINING = frozenset({"AND", "OR", "NOT"})
_TAILS = frozenset({"IF", "CLAMP", "ROUND", "ROUNDUP", "ROUNDDOWN", "RANK", "STEPS", "INTERPOLATE"})
#: Over the bids, with another result when what follows is taken into each bid's value: "the sum of ... plus 1".
_OPEN = frozenset({"SUM", "PRODUCT", "STDEVP", "TRIMMED"})


def chain(node: Node, operators: str) -> list[tuple[str, Node]]:
    """Give the operands of a chain such as a*b/c, each with the operator before it."""
    operands: list[tuple[str, Node]] = []
    while isinstance(node, Binary) and node.operator in operators:
        operands.append((node.operator, node.right))
        node = node.left
    operands.append((operators[0], node))
    return operands[::-1]


def root_degree(power: Binary) -> Node | None:
    """Give the degree of a root: the n of ``a^(1/n)``, and 2 for ``a^0.5``; None for any other power."""
    match power.right:
        case Binary(operator="/", left=Number(value=Fraction(numerator=1, denominator=1)), right=degree):
            return degree
        case Number(value=value, percent=False) if value == Fraction(1, 2):
            return Number(Fraction(2))
        case _:
            return None


def is_square(power: Binary) -> bool:
    """Tell whether the exponent is the number 2."""
    return isinstance(power.right, Number) and power.right.value == 2  # noqa: PLR2004 - a square


class Forms:
    """Tells the form of parts; ``percents`` are the names whose text is a percentage."""

    def __init__(self, percents: Collection[str]) -> None:
        self.percents = percents

    def of(self, node: Node) -> Form:
        """Give the form of a part."""
        match node:
            case Number() | Name() | Bids():
                return "atom"
            case Negative():
                return "loose"
            case Compare():
                return "condition"
            case Binary():
                return self._operation(node)
            case Call():
                return self._call(node)

    def _operation(self, node: Binary) -> Form:
        if node.operator == "^":
            return "noun" if is_square(node) or root_degree(node) is not None else "loose"
        if node.operator in "*/":
            if self.is_share(node):
                return "share"
            return "span" if self.of(node.right) == "noun" else "product"
        return "span" if self.is_list(node) else "sum"

    def _call(self, node: Call) -> Form:
        arguments, function = node.arguments, node.function
        if function in _JOINING:
            return "condition"
        if function in _TAILS or (function in {"MIN", "MAX"} and len(arguments) == _PAIR):
            return "tail"
        if isinstance(arguments[0], Bids):
            return "noun" if function in _OPEN else "atom"
        if function == "EXP":
            return "loose"
        if function in {"MIN", "MAX"} or (function == "SUM_CRITERIA" and self.of(arguments[0]) == "product"):
            return "span"
        return "noun"

    def is_many(self, node: Call) -> bool:
        """Tell whether MIN or MAX has more than a number and its limit."""
        return node.function in {"MIN", "MAX"} and len(node.arguments) > _PAIR

    def is_list(self, node: Binary) -> bool:
        """Tell whether a sum reads best as "the sum of a, b and c": three terms or more, or nothing but products."""
        terms = chain(node, "+-")
        long = len(terms) > _PAIR or all(self.is_pair(term) for _, term in terms)
        return long and all(sign == "+" for sign, _ in terms)

    def is_pair(self, node: Node) -> bool:
        """Tell whether a part is of two, such as "a multiplied by b" or "50 % of a", without an "and" inside."""
        return self.of(node) in {"product", "share"} and len(chain(node, "*/")) == _PAIR

    def is_share(self, node: Binary) -> bool:
        """Tell whether a product is a percentage of something."""
        return (
            node.operator == "*"
            and self._is_percent(node.left)
            and self.of(node.right) == "atom"
            and not self._is_percent(node.right)
        )

    def _is_percent(self, node: Node) -> bool:
        return (isinstance(node, Number) and node.percent) or (isinstance(node, Name) and node.name in self.percents)

    def value_and_limit(self, node: Call) -> tuple[Node, Node]:
        """Tell a value from its limit: a number is the limit, else a plain name, else what stands last."""
        first, second = node.arguments
        ranks = [2 if isinstance(part, Number) else int(self.of(part) == "atom") for part in (first, second)]
        return (second, first) if ranks[0] > ranks[1] else (first, second)

    def limits(self, node: Call) -> tuple[Node, Node, Node] | None:
        """Give value, lowest and highest of ``CLAMP(x, 0, 1)``, ``MAX(0, MIN(x, 1))`` or ``MIN(1, MAX(x, 0))``."""
        if node.function == "CLAMP":
            value, low, high = node.arguments
            return value, low, high
        if self.is_many(node):
            return None
        inner, limit = self.value_and_limit(node)
        other = "MIN" if node.function == "MAX" else "MAX"
        if not isinstance(inner, Call) or inner.function != other or len(inner.arguments) != _PAIR:
            return None
        value, inner_limit = self.value_and_limit(inner)
        return (value, limit, inner_limit) if node.function == "MAX" else (value, inner_limit, limit)
