"""The walk through a tree that every calculation takes: what each kind of part is handed to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from tenderkit.formula.tokens import wrong
from tenderkit.formula.tree import Binary, Call, Name, Negative, Node, Number

V = TypeVar("V")


class Walk(ABC, Generic[V]):
    """A calculation with values of one kind: exact columns, or arrays."""

    def number(self, node: Node) -> V:
        """Give a part's value.

        Raises:
            TenderkitError: the part is no number.
        """
        match node:
            case Number():
                return self.constant(node)
            case Name():
                return self.value(node)
            case Negative():
                return self.negative(node)
            case Binary():
                return self.binary(node)
            case Call():
                return self.call(node)
        raise wrong("formula-wrong-kind", node.column, "A number is needed where a condition or a list stands.")

    @abstractmethod
    def constant(self, node: Number) -> V:
        """Give a written number."""

    @abstractmethod
    def value(self, node: Name) -> V:
        """Give a name's value."""

    @abstractmethod
    def negative(self, node: Negative) -> V:
        """Give the opposite of a part."""

    @abstractmethod
    def binary(self, node: Binary) -> V:
        """Give the value of an operation."""

    @abstractmethod
    def call(self, node: Call) -> V:
        """Give the value of a function."""
