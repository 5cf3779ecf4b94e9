"""The numbers of headings, points, annexes and list items, counted as Word will count them.

One multilevel list runs through the body and one through the annexes. A heading stands one level below the numbered
headings above it, and a point one level below its heading, so both share the counters of a level: a point below "1."
is 1.1, and a heading after it is 1.2. Inside an annex the first part is the annex's letter. A list of items has a
list of its own, which starts again at (a).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from tenderkit.assembly.tree import Annex, Document, Heading, ItemList, Paragraph

Position = tuple[int, ...]
Scheme = Literal["body", "annex", "list"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Mark:
    """A paragraph's place in a multilevel list, and the number printed there."""

    scheme: Scheme
    level: int
    label: str


@dataclass(frozen=True)
class Numbers:
    """The numbers of a document.

    Attributes:
        by_position: what is printed before a paragraph ("1.", "1.1", "Bilag A", "(a)"). A position is the block's
            index; for a list item it goes on with the item's index, the inner list's index and so on.
        by_name: what a reference to a name prints ("1", "1.1", "Bilag A", "1.1(a)"); names without a number are absent.
        marks: the same places with list and level.
        parts: the positions whose numbers make up a reference: a point and the item below it.
        names: the position of every name.
    """

    by_position: Mapping[Position, str]
    by_name: Mapping[str, str]
    marks: Mapping[Position, Mark]
    parts: Mapping[str, tuple[Position, ...]]
    names: Mapping[str, Position]

    @cached_property
    def named(self) -> Mapping[Position, str]:
        """The first name of every position that has one."""
        return {position: key for key, position in reversed(list(self.names.items()))}


def number(document: Document) -> Numbers:
    """Give the numbers that Word shows in a document.

    With numbering ``legal`` headings and points are numbered, with ``headings`` only headings, with ``none`` only the
    items of ordered lists. What stands below an unnumbered first heading has no number.
    """
    count = _Count(document)
    for index, block in enumerate(document.blocks):
        if isinstance(block, Annex):
            count.annex(block, (index,))
        elif isinstance(block, Heading):
            count.heading(block, (index,))
        elif isinstance(block, Paragraph):
            count.paragraph(block, (index,))
        elif isinstance(block, ItemList):
            count.items(block, (index,), count.point)
        else:
            count.point = ()
    labels = {position: mark.label for position, mark in count.marks.items()}
    named = {key: "".join(labels[part].rstrip(".") for part in parts) for key, parts in count.parts.items() if parts}
    return Numbers(labels, named, count.marks, count.parts, count.names)


@dataclass
class _Count:
    """Counters while walking through a document."""

    document: Document
    scheme: Scheme = "body"
    counts: dict[Scheme, list[int]] = field(default_factory=lambda: {"body": [], "annex": []})
    chain: list[tuple[int, bool]] = field(default_factory=list)
    point: tuple[Position, ...] = ()
    marks: dict[Position, Mark] = field(default_factory=dict)
    parts: dict[str, tuple[Position, ...]] = field(default_factory=dict)
    names: dict[str, Position] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        """The level of what stands directly below the present heading."""
        return sum(numbered for _, numbered in self.chain) + (self.scheme == "annex")

    def annex(self, block: Annex, position: Position) -> None:
        self.scheme, self.chain, self.point = "annex", [], ()
        if self.document.numbering != "none":
            self._mark(position, 0)
        self._name(block.name, position, (position,))

    def heading(self, block: Heading, position: Position) -> None:
        self.point = ()
        self.chain = [above for above in self.chain if above[0] < block.level]
        below_plain = bool(self.chain) and not self.chain[-1][1]
        numbered = block.numbered and not below_plain and self.document.numbering != "none"
        if numbered:
            self._mark(position, self.depth)
        self.chain.append((block.level, numbered))
        self._name(block.name, position, (position,))

    def paragraph(self, block: Paragraph, position: Position) -> None:
        self.point = ()
        below_heading = self.depth > 0 and not (self.chain and not self.chain[0][1])
        if block.point and self.document.numbering == "legal" and below_heading:
            self._mark(position, self.depth)
            self.point = (position,)
        self._name(block.name, position, (position,))

    def items(self, block: ItemList, position: Position, above: tuple[Position, ...]) -> None:
        level = len(position) // 2
        for index, item in enumerate(block.items):
            place = (*position, index)
            if block.ordered:
                self.marks[place] = Mark("list", level, item_label(level, index + 1))
            self._name(item.name, place, (*above, place) if block.ordered else ())
            inner = (*above, place) if block.ordered else above
            for number_of_child, child in enumerate(item.children):
                self.items(child, (*place, number_of_child), inner)

    def _mark(self, position: Position, level: int) -> None:
        counts = self.counts[self.scheme]
        del counts[level + 1 :]
        counts.extend([0] * (level + 1 - len(counts)))
        counts[level] += 1
        self.marks[position] = Mark(self.scheme, level, self._label(counts))

    def _label(self, counts: list[int]) -> str:
        if self.scheme == "body":
            return ".".join(str(count) for count in counts) + ("." if len(counts) == 1 else "")
        first = letter(counts[0]).upper()
        if len(counts) == 1:
            return f"{self.document.words.get('annex', '')}\u00a0{first}"
        return ".".join([first, *(str(count) for count in counts[1:])])

    def _name(self, key: str, position: Position, parts: tuple[Position, ...]) -> None:
        if key:
            self.names.setdefault(key, position)
            self.parts.setdefault(key, parts if position in self.marks else ())


def letter(count: int) -> str:
    """Give a number as Word's letters, which repeat after z.

    >>> letter(1), letter(26), letter(27), letter(54)
    ('a', 'z', 'aa', 'bbb')
    """
    return LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)


def roman(count: int) -> str:
    """Give a number below 400 in small Roman figures, as the second level of a list has.

    >>> [roman(n) for n in (1, 4, 9, 14, 40)]
    ['i', 'iv', 'ix', 'xiv', 'xl']
    """
    figures = ""
    for value, sign in _ROMAN:
        figures += sign * (count // value)
        count %= value
    return figures


def item_label(level: int, count: int) -> str:
    """Give the number of a list item: (a), then (i), then (1), then (a) again.

    >>> [item_label(level, 2) for level in range(4)]
    ['(b)', '(ii)', '(2)', '(b)']
    """
    return f"({(letter, roman, str)[level % 3](count)})"
