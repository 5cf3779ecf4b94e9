"""The numbering part: multilevel lists linked to styles, and a list of its own for each list of items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from tenderkit.word import styles as style_part
from tenderkit.word.numbering import Mark, Scheme
from tenderkit.word.xml import Element, Node, el, name, plant, val

_STEP = 1021
_ANNEX_STEP = 1531
_ITEM_STEP = 425
_DEPTH = {"body": 4, "annex": 5, "items": 4}
_NSID = 0x7E2D0000
_ITEM_FORMATS = ("lowerLetter", "lowerRoman", "decimal")

# A level can be linked to one style. Headings own the first levels and points the deeper ones; a paragraph whose level
# belongs to another style (a point directly below a first heading) carries its list and level itself.
_LINKED: Mapping[Literal["legal", "headings", "none"], Mapping[Scheme, tuple[str, ...]]] = {
    "legal": {
        "body": ("Heading1", "Heading2", "TKPoint3", "TKPoint4"),
        "annex": ("TKAnnex", "TKAnnexHeading2", "TKAnnexPoint3", "TKAnnexPoint4", "TKAnnexPoint5"),
    },
    "headings": {
        "body": ("Heading1", "Heading2", "Heading3"),
        "annex": ("TKAnnex", "TKAnnexHeading2", "TKAnnexHeading3", "TKAnnexHeading4"),
    },
    "none": {"body": (), "annex": ()},
}
_NUMBERED = sorted({style for linked in _LINKED.values() for ids in linked.values() for style in ids})


class Lists:
    """The lists of a document, written into a numbering part that may hold a base's own lists.

    Args:
        root: the numbering part.
        styles: the styles part, where linked styles are given their level.
        ids: our style ids with the ids used in this document.
        numbering: how the document is numbered.
        annex_word: what stands before an annex's letter.
    """

    def __init__(
        self,
        root: Element,
        styles: Element,
        ids: Mapping[str, str],
        numbering: Literal["legal", "headings", "none"],
        annex_word: str,
    ) -> None:
        self._root = root
        self._ids = ids
        self._linked = _LINKED[numbering]
        self._abstract: dict[str, int] = {}
        self._nums: dict[str, int] = {}
        self._unlink(styles)
        if numbering != "none":
            self._add("body", [self._level("body", level, "") for level in range(_DEPTH["body"])])
            self._add("annex", [self._level("annex", level, annex_word) for level in range(_DEPTH["annex"])])
            self._link(styles)
            self._silence(styles)

    def properties(self, mark: Mark, style: str) -> Node | None:
        """Give the list and level that a numbered paragraph must carry; None when its style already says so."""
        linked = self._linked[mark.scheme]
        if mark.level < len(linked) and linked[mark.level] == style:
            return None
        return _num_pr(self._nums[mark.scheme], mark.level)

    def start(self, *, ordered: bool, level: int, indented: bool) -> int:
        """Give the number of a list for items; ordered lists start again at their first item."""
        key = f"{'items' if ordered else 'bullets'}{'-indented' if indented else ''}"
        if key not in self._abstract:
            left = _STEP if indented else 0
            self._add(key, [_item_level(depth, left, ordered=ordered) for depth in range(_DEPTH["items"])])
        if not ordered:
            return self._nums[key]
        restart = el("w:lvlOverride", {"w:ilvl": str(level)}, val("w:startOverride", 1))
        return self._num(self._abstract[key], restart)

    def item(self, number: int, level: int) -> Node:
        """Give the list and level of a list item."""
        return _num_pr(number, level)

    def _add(self, key: str, levels: list[Node]) -> None:
        """Add a list; all abstract lists stand before the lists that use them."""
        used = [int(e.get(name("w:abstractNumId"), "0")) for e in self._root.iterchildren(name("w:abstractNum"))]
        identifier = max(used, default=-1) + 1
        abstract = plant(
            el(
                "w:abstractNum",
                {"w:abstractNumId": str(identifier)},
                val("w:nsid", f"{_NSID + identifier:08X}"),
                val("w:multiLevelType", "multilevel"),
                val("w:tmpl", f"{_NSID + 0x8000 + identifier:08X}"),
                *levels,
            )
        )
        first = self._root.find(name("w:num"))
        if first is None:
            self._root.append(abstract)
        else:
            first.addprevious(abstract)
        self._abstract[key] = identifier
        self._nums[key] = self._num(identifier, None)

    def _num(self, abstract: int, override: Node | None) -> int:
        nums = list(self._root.iterchildren(name("w:num")))
        identifier = max((int(num.get(name("w:numId"), "0")) for num in nums), default=0) + 1
        num = plant(el("w:num", {"w:numId": str(identifier)}, val("w:abstractNumId", abstract), override))
        last = nums[-1] if nums else list(self._root.iterchildren(name("w:abstractNum")))[-1]
        last.addnext(num)
        return identifier

    def _level(self, scheme: Scheme, level: int, word: str) -> Node:
        linked = self._linked[scheme]
        first = f"{word}\u00a0%1" if scheme == "annex" else "%1."
        shown = first if level == 0 else ".".join(f"%{part}" for part in range(1, level + 2))
        indent = _ANNEX_STEP if scheme == "annex" and level == 0 else _STEP
        return _lvl(
            level,
            "upperLetter" if scheme == "annex" and level == 0 else "decimal",
            shown,
            indent,
            indent,
            self._ids[linked[level]] if level < len(linked) else "",
        )

    def _unlink(self, styles: Element) -> None:
        """Take the numbering of a base off the styles that are ours to number."""
        ours = {self._ids[style] for style in _NUMBERED}
        for identifier in ours:
            ppr = style_part.find(styles, identifier).find(name("w:pPr"))
            if ppr is not None:
                for old in [*ppr.findall(name("w:numPr")), *ppr.findall(name("w:ind"))]:
                    ppr.remove(old)
        for link in list(self._root.iter(name("w:pStyle"))):
            parent = link.getparent()
            if link.get(name("w:val")) in ours and parent is not None:
                parent.remove(link)

    def _link(self, styles: Element) -> None:
        for scheme, linked in self._linked.items():
            for level, style in enumerate(linked):
                ppr = style_part.properties(style_part.find(styles, self._ids[style]))
                style_part.insert(ppr, plant(_num_pr(self._nums[scheme], level)))

    def _silence(self, styles: Element) -> None:
        """Keep our other styles out of the lists: in Word the heading of the contents is based on the first heading."""
        linked = {self._ids[style] for ids in self._linked.values() for style in ids}
        by_id = style_part.by_id(styles)
        for identifier in sorted(set(self._ids.values()) - linked):
            style = by_id[identifier]
            if style.get(name("w:type")) == "paragraph" and _inherits(by_id, style, linked):
                style_part.insert(style_part.properties(style), plant(el("w:numPr", None, val("w:numId", 0))))


def _inherits(styles: Mapping[str, Element], style: Element, linked: set[str]) -> bool:
    """Tell whether a style without numbering of its own is based on one that is numbered."""
    seen: set[str] = set()
    while style.find(f"{name('w:pPr')}/{name('w:numPr')}") is None:
        based = style.find(name("w:basedOn"))
        above = based.get(name("w:val"), "") if based is not None else ""
        if above in linked:
            return True
        if not above or above in seen:
            return False
        seen.add(above)
        style = styles[above]
    return False


def _num_pr(number: int, level: int) -> Node:
    return el("w:numPr", None, val("w:ilvl", level), val("w:numId", number))


def _lvl(level: int, kind: str, shown: str, left: int, hanging: int, linked: str = "") -> Node:
    return el(
        "w:lvl",
        {"w:ilvl": str(level)},
        val("w:start", 1),
        val("w:numFmt", kind),
        val("w:pStyle", linked) if linked else None,
        val("w:lvlText", shown),
        val("w:lvlJc", "left"),
        el("w:pPr", None, el("w:ind", {"w:left": str(left), "w:hanging": str(hanging)})),
    )


def _item_level(level: int, left: int, *, ordered: bool) -> Node:
    kind = _ITEM_FORMATS[level % 3] if ordered else "bullet"
    shown = f"(%{level + 1})" if ordered else "•–"[level % 2]
    return _lvl(level, kind, shown, left + _ITEM_STEP * (level + 1), _ITEM_STEP)
