"""A tree as text for the terminal, numbered as Word numbers it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count

from tenderkit.assembly import tree

_WIDTH = 100


def plain(blocks: Iterable[tree.Block]) -> str:
    """Give blocks as lines of at most 100 columns; points are numbered 1.1, references print the number."""
    found = list(blocks)
    numbers = _numbers(found)
    return "\n".join(line for block in found for line in _lines(block, numbers)).strip() + "\n"


def _numbers(blocks: Iterable[tree.Block]) -> dict[int | str, str]:
    """Give the number of each heading and point, by its name and by its identity."""
    found: dict[int | str, str] = {}
    heading = point = 0
    for block in blocks:
        number = ""
        if isinstance(block, tree.Heading) and block.numbered:
            heading, point = heading + 1, 0
            number = f"{heading}."
        elif isinstance(block, tree.Paragraph) and block.point:
            point += 1
            number = f"{heading}.{point}"
        if number and isinstance(block, (tree.Heading, tree.Paragraph)):
            found[id(block)] = number
            if block.name:
                found[block.name] = number
    return found


def _lines(block: tree.Block, numbers: Mapping[int | str, str]) -> Iterator[str]:
    match block:
        case tree.Heading():
            yield from ("", f"{numbers.get(id(block), '')} {runs(block.content, numbers)}".strip(), "")
        case tree.Paragraph():
            start = f"{numbers.get(id(block), ''):<6}" if block.point else ""
            requirement = f"[{block.public_id}] " if block.public_id else ""
            yield _wrapped(f"{requirement}{runs(block.content, numbers)}", start)
            yield from (_wrapped(text, " " * 6 + "> ") for text in block.guidance)
        case tree.ItemList():
            yield from _items(block, numbers, 6)
        case tree.Table():
            yield " " * 6 + " | ".join(column.title for column in block.columns)
            yield from (" " * 6 + " | ".join(runs(cell, numbers) for cell in row) for row in block.rows)


def _items(block: tree.ItemList, numbers: Mapping[int | str, str], indent: int) -> Iterator[str]:
    letters = count(ord("a"))
    for item in block.items:
        sign = f"({chr(next(letters))}) " if block.ordered else "- "
        yield _wrapped(runs(item.content, numbers), " " * indent + sign)
        for child in item.children:
            yield from _items(child, numbers, indent + 4)


def runs(content: tree.Inlines, numbers: Mapping[int | str, str]) -> str:
    """Give runs as text; a reference prints its number, or its name in brackets where it leads elsewhere."""
    return "".join(
        numbers.get(run.target, f"[{run.target}]") if isinstance(run, tree.Ref) else run.text for run in content
    )


def lines(block: tree.Block, say: Callable[[tree.Inlines], str]) -> list[str]:
    """Give a block's paragraphs, items and rows, each as ``say`` writes its runs."""
    match block:
        case tree.Paragraph():
            return [say(block.content)]
        case tree.ItemList():
            found = []
            for item in block.items:
                found.append(say(item.content))
                for child in item.children:
                    found += lines(child, say)
            return found
        case tree.Table():
            return [" | ".join(say(cell) for cell in row) for row in block.rows]
    return []


def _wrapped(text: str, start: str = "") -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False)
