"""What kind of phrase a part of a formula becomes: this decides where it can stand without parentheses."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Node, Number

#: ``atom`` is a number or a noun; ``share`` "50 % of a"; ``product`` "a multiplied by b"; ``sum`` "a plus b";
#: ``span`` runs to its end, such as "the sum of a and b"; ``tail`` has "but at least 0" behind it.
Form = Literal["atom", "share", "product", "sum", "span", "tail", "condition"]

_PAIR = 2


def chain(node: Node, operators: str) -> list[tuple[str, Node]]:
    """Give the operands of a chain such as a*b/c, each with the operator before it."""
    operands: list[tuple[str, Node]] = []
    while isinstance(node, Binary) and node.operator in operators:
        operands.append((node.operator, node.right))
        node = node.left
    operands.append((operators[0], node))
    return operands[::-1]


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
                return "span"
            case Compare():
                return "condition"
            case Binary():
                return self._operation(node)
            case Call():
                return self._call(node)

    def _operation(self, node: Binary) -> Form:
        if node.operator == "^":
            return "span"
        if node.operator in "*/":
            return "share" if self.is_share(node) else "product"
        return "span" if self.is_list(node) else "sum"

    def _call(self, node: Call) -> Form:
        if node.function in {"AND", "OR", "NOT"}:
            return "condition"
        if isinstance(node.arguments[0], Bids):
            return "atom"
        return "span" if node.function in {"ABS", "SUM_CRITERIA"} or self.is_many(node) else "tail"

    def is_many(self, node: Call) -> bool:
        """Tell whether MIN or MAX has more than a number and its limit."""
        return node.function in {"MIN", "MAX"} and len(node.arguments) > _PAIR

    def is_list(self, node: Binary) -> bool:
        """Tell whether a sum reads best as "the sum of a, b and c"."""
        terms = chain(node, "+-")
        plain = len(terms) == _PAIR and all(self.of(term) == "atom" for _, term in terms)
        return all(sign == "+" for sign, _ in terms) and not plain

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
