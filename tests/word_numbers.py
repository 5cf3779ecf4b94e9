"""Random documents for counting: every paragraph has a word of its own, so that it is found again on a printed page."""

from __future__ import annotations

import random
from collections.abc import Iterator

from word_samples import DANISH, a, contract

from tenderkit.assembly.tree import Annex, Block, Document, Heading, ItemList, ListItem, Paragraph, Ref
from tenderkit.word import number
from tenderkit.word.numbering import Position


class _Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - variety, not secrecy
        self.count = 0

    def word(self) -> str:
        self.count += 1
        return f"q{self.count:03d}z"

    def items(self, depth: int = 0) -> ItemList:
        made = []
        for _ in range(self.random.randint(1, 3)):
            word = self.word()
            inner = tuple(self.items(depth + 1) for _ in range(self.random.randint(0, 2))) if depth < 2 else ()
            made.append(ListItem(a(word), inner, name=word))
        return ItemList(tuple(made), ordered=self.random.random() < 0.8)

    def block(self, level: int) -> tuple[Block, int]:
        """Give a block and the heading level after it."""
        choice = self.random.random()
        word = self.word()
        if choice < 0.25:
            level = self.random.randint(1, min(level + 1, 3))
            return Heading(level, a(word), word, numbered=self.random.random() < 0.85), level
        if choice < 0.4:
            return self.items(), level
        return Paragraph(a(word), point=self.random.random() < 0.9, name=word), level


def random_document(seed: int) -> Document:
    """Give a legal document of headings, points, lists and annexes, with a reference to everything numbered."""
    maker = _Maker(seed)
    blocks: list[Block] = []
    level = 0
    for index in range(60):
        if index in {35, 50}:
            word = maker.word()
            blocks.append(Annex(word, word))
            level = 0
        block, level = maker.block(level)
        blocks.append(block)
    base = contract(blocks=tuple(blocks), cover=(), contents=False, title="T", subtitle="", notice="", words=DANISH)
    names = number(base).by_name
    refs = tuple(Paragraph((*a(f"{maker.word()} "), Ref(name))) for name in names)
    return contract(blocks=(*blocks, *refs), cover=(), contents=False, title="T", subtitle="", notice="", words=DANISH)


def label_of(document: Document) -> Iterator[tuple[Position, str, str]]:
    """Give every paragraph's position, its word, and what a reference in it should print."""
    names = number(document).by_name

    def inside(block: ItemList, position: Position) -> Iterator[tuple[Position, str, str]]:
        for index, item in enumerate(block.items):
            if block.ordered:
                yield (*position, index), item.name, ""
            for child_index, child in enumerate(item.children):
                yield from inside(child, (*position, index, child_index))

    for index, block in enumerate(document.blocks):
        if isinstance(block, ItemList):
            yield from inside(block, (index,))
        elif isinstance(block, Annex):
            yield (index,), block.title, ""
        elif isinstance(block, (Heading, Paragraph)):
            first = block.content[0]
            ref = block.content[1] if len(block.content) > 1 else None
            assert not isinstance(first, Ref)
            yield (index,), first.text.strip(), names[ref.target] if isinstance(ref, Ref) else ""
