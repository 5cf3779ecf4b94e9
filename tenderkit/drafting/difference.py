"""Two texts of one clause compared, point by point and word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tenderkit.assembly import tree
from tenderkit.drafting.plain import lines, runs
from tenderkit.drafting.view import View
from tenderkit.library.clause import Clause

_WORDS = re.compile(r"\s+|[^\s]+")
_Token = str | tree.Ref
_LEFT_OUT = {"edition", "valid_from", "house"}


@dataclass(frozen=True)
class DataChange:
    """A change in ``clause.yaml``: where, what stood there, what stands there now."""

    where: str
    old: str
    new: str


@dataclass(frozen=True)
class Difference:
    """What differs between two texts of a clause.

    ``blocks`` is the new text with what came and went as tracked changes; ``points`` names the points that differ with
    how: added, removed or changed.
    """

    old: View
    new: View
    blocks: tuple[tree.Block, ...]
    points: dict[str, str]
    data: tuple[DataChange, ...]

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.points or self.data)


def difference(old: View, new: View) -> Difference:
    """Compare two texts of a clause. Points join by their names, so a point that moved is no change of its words."""
    before, after = old.points(), new.points()
    points = {name: "removed" for name in before if name not in after}
    points |= {name: "added" for name in after if name not in before}
    points |= {name: "changed" for name in after if name in before and _said(before[name]) != _said(after[name])}
    return Difference(old, new, tuple(_merged(old, new)), points, tuple(_data(old.clause, new.clause)))


def _said(blocks: Sequence[tree.Block]) -> str:
    return "\n".join(line for block in blocks for line in lines(block, _words))


def _words(content: tree.Inlines) -> str:
    return runs(content, {})


def _merged(old: View, new: View) -> Iterator[tree.Block]:
    """Give the new text's sections with the old one's points in their places."""
    before, after = old.points(), new.points()
    titles = [*new.sections, *(title for title in old.sections if title not in new.sections)]
    for title in titles:
        yield tree.Heading(1, (tree.Text(title),))
        new_names = _names(new.sections.get(title, ()))
        old_names = _names(old.sections.get(title, ()))
        kept = [name for name in old_names if name in new_names or name not in after]
        for name in _interleaved(kept, new_names):
            yield from _point(before.get(name), after.get(name), set(after))


def _names(blocks: Sequence[tree.Block]) -> list[str]:
    return [block.name for block in blocks if isinstance(block, tree.Paragraph) and block.name]


def _interleaved(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Give all names in the new order, those that went where they stood."""
    there = set(new)
    waiting: dict[str, list[str]] = {}
    last = ""
    for name in old:
        if name in there:
            last = name
        else:
            waiting.setdefault(last, []).append(name)
    yield from waiting.get("", [])
    for name in new:
        yield name
        yield from waiting.get(name, [])


def _point(
    old: tuple[tree.Block, ...] | None, new: tuple[tree.Block, ...] | None, known: set[str]
) -> Iterator[tree.Block]:
    if new is None:
        yield from (_changed(block, "deleted", known) for block in old or ())
        return
    if old is None:
        yield from (_changed(block, "inserted", known) for block in new)
        return
    for number in range(max(len(old), len(new))):
        before = old[number] if number < len(old) else None
        after = new[number] if number < len(new) else None
        if isinstance(before, tree.Paragraph) and isinstance(after, tree.Paragraph):
            yield replace(after, content=_compared(before.content, after.content, known), guidance=())
        elif isinstance(before, tree.ItemList) and isinstance(after, tree.ItemList):
            yield _lists(before, after, known)
        elif before == after and after is not None:
            yield after
        else:
            yield from (_changed(block, "deleted", known) for block in (before,) if block)
            yield from (_changed(block, "inserted", known) for block in (after,) if block)


def _lists(old: tree.ItemList, new: tree.ItemList, known: set[str]) -> tree.ItemList:
    """Compare two lists, item by item where their words are alike."""
    before, after = ([_item_words(item) for item in items] for items in (old.items, new.items))
    items: list[tree.ListItem] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            items += [_known_item(item, known) for item in new.items[c:d]]
            continue
        pairs = min(b - a, d - c)
        items += [
            replace(then, content=_compared(first.content, then.content, known))
            for first, then in zip(old.items[a : a + pairs], new.items[c : c + pairs], strict=True)
        ]
        items += [_changed_item(item, "deleted", known) for item in old.items[a + pairs : b]]
        items += [_changed_item(item, "inserted", known) for item in new.items[c + pairs : d]]
    return replace(new, items=tuple(items))


def _item_words(item: tree.ListItem) -> str:
    return "\n".join(lines(tree.ItemList((item,)), _words))


def _known_item(item: tree.ListItem, known: set[str]) -> tree.ListItem:
    return replace(item, content=_marked(_tokens(item.content), "", known))


def _changed_item(item: tree.ListItem, change: tree.Change, known: set[str]) -> tree.ListItem:
    children = tuple(
        replace(child, items=tuple(_changed_item(inner, change, known) for inner in child.items))
        for child in item.children
    )
    return tree.ListItem(_marked(_tokens(item.content), change, known), children, change=change)


def _changed(block: tree.Block, change: tree.Change, known: set[str]) -> tree.Block:
    if isinstance(block, tree.Paragraph):
        name = "" if change == "deleted" and block.name in known else block.name
        content = _marked(_tokens(block.content), change, known)
        return replace(block, content=content, name=name, public_id="", guidance=(), change=change)
    if isinstance(block, tree.ItemList):
        return replace(block, items=tuple(_changed_item(item, change, known) for item in block.items))
    if isinstance(block, tree.Table):
        rows = tuple(tuple(_marked(_tokens(cell), change, known) for cell in row) for row in block.rows)
        return replace(block, rows=rows)
    return block


def _compared(old: tree.Inlines, new: tree.Inlines, known: set[str]) -> tree.Inlines:
    """Compare two runs of text word by word."""
    before, after = _tokens(old), _tokens(new)
    found: list[tree.Inline] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += _marked(after[c:d], "", known)
        else:
            found += _marked(before[a:b], "deleted", known)
            found += _marked(after[c:d], "inserted", known)
    return tuple(found)


def _tokens(content: tree.Inlines) -> list[_Token]:
    found: list[_Token] = []
    for run in content:
        found += [replace(run, change="")] if isinstance(run, tree.Ref) else _WORDS.findall(run.text)
    return found


def _marked(tokens: Sequence[_Token], change: tree.Change, known: set[str]) -> tree.Inlines:
    found: list[tree.Inline] = []
    for token in tokens:
        if isinstance(token, tree.Ref) and token.target in known and change != "deleted":
            found.append(replace(token, change=change))
            continue
        text = f"[{token.target}]" if isinstance(token, tree.Ref) else token
        last = found[-1] if found else None
        if isinstance(last, tree.Text):
            found[-1] = replace(last, text=last.text + text)
        else:
            found.append(tree.Text(text, change=change))
    return tuple(found)


def _data(old: Clause, new: Clause) -> Iterator[DataChange]:
    """Give what differs in the data, at the innermost place."""
    before = old.model_dump(mode="json", exclude=_LEFT_OUT)
    after = new.model_dump(mode="json", exclude=_LEFT_OUT)
    yield from _walk(before, after, "")


def _walk(old: Any, new: Any, where: str) -> Iterator[DataChange]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _walk(old.get(key), new.get(key), f"{where}.{key}" if where else key)
    elif old != new:
        yield DataChange(where, _short(old), _short(new))


def _short(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_short(item)}" for key, item in value.items() if item not in (None, "", [], {}))
    if isinstance(value, list):
        return "; ".join(_short(item) for item in value)
    return str(value)
