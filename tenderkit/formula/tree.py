"""The parts of a formula as a tree of frozen values: what :func:`~tenderkit.formula.parse.parse` gives.

Every part knows the ``column`` where it began, counted from 1, for messages; it is no part of what the formula says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Kind = Literal["number", "condition", "bids", "places", "table"]

#: A published table: strictly rising edges, each with its value.
Table = tuple[tuple[Fraction, Fraction], ...]

#: Names that stand for one criterion's value inside ``SUM_CRITERIA`` and its kin: weight, points, and amount for full
#: points.
CRITERION_NAMES = frozenset({"w", "p", "a"})


@dataclass(frozen=True)
class Number:
    """A number as written; ``percent`` when it was written with a percent sign (50% has the value 1/2)."""

    value: Fraction
    percent: bool = False
    column: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Name:
    """This bid's value, a published constant, or (as an argument that must be one) a published table."""

    name: str
    column: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Bids:
    """The admitted bids' values of ``name``, written with an s: ``Ps`` for ``P``."""

    name: str
    column: int = field(default=0, compare=False, repr=False)

    @property
    def plural(self) -> str:
        """Give the name as written."""
        return f"{self.name}s"


@dataclass(frozen=True)
class Negative:
    """The operand with the opposite sign."""

    operand: Node
    column: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Binary:
    """Two operands and ``+ - * /`` or ``^`` between them."""

    operator: str
    left: Node
    right: Node
    column: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Compare:
    """A comparison: ``< <= = >= >`` or ``<>``."""

    operator: str
    left: Node
    right: Node
    column: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple[Node, ...]
    column: int = field(default=0, compare=False, repr=False)


Node = Number | Name | Bids | Negative | Binary | Compare | Call


def children(node: Node) -> tuple[Node, ...]:
    """Give the parts directly below a part."""
    match node:
        case Negative():
            return (node.operand,)
        case Binary() | Compare():
            return (node.left, node.right)
        case Call():
            return node.arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Give a part and all parts below it, in the order of writing."""
    stack = [node]
    while stack:
        part = stack.pop()
        yield part
        stack.extend(reversed(children(part)))


def depth(node: Node) -> int:
    """Give how many parts stand above one another."""
    deepest, level = 0, [node]
    while level:
        deepest += 1
        level = [child for part in level for child in children(part)]
    return deepest


def names_in(node: Node) -> tuple[str, ...]:
    """Give the names as they are written, each once, in the order of writing.

    >>> from tenderkit.formula.parse import parse
    >>> names_in(parse("S*MIN(Ps)/P"))
    ('S', 'Ps', 'P')
    """
    found = (
        part.plural if isinstance(part, Bids) else part.name for part in walk(node) if isinstance(part, (Name, Bids))
    )
    return tuple(dict.fromkeys(found))


def kind(node: Node) -> Kind:
    """Tell whether a part gives a number, a condition, or is a list of all bids' values.

    A table is known by where it stands: its name alone looks like any other.
    """
    match node:
        case Bids():
            return "bids"
        case Compare():
            return "condition"
        case Call(function="AND" | "OR" | "NOT"):
            return "condition"
        case _:
            return "number"
