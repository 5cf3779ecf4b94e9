"""Runs: text, references, links and values that are missing."""

from __future__ import annotations

import re

from tenderkit.assembly.tree import Change, Inline, Inlines, Link, Ref, Text
from tenderkit.word.session import Session, position_bookmark
from tenderkit.word.styles import LANGUAGE_TAGS
from tenderkit.word.xml import Node, el, field, name, text, val

# What people paste: line ends of every kind are breaks, and a vertical tab is Word's own soft line break.
_LINE = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_PIECES = re.compile(r"(\n|\t)")
_DELETED = {name("w:t"): name("w:delText"), name("w:instrText"): name("w:delInstrText")}


def runs(content: Inlines, session: Session, *, bold: bool = False) -> list[Node]:
    """Give the runs of a paragraph, with numbers tied to their words across the borders of runs."""
    shown = [_shown(inline, session) for inline in content]
    glued = session.glue("".join(shown))
    found: list[Node] = []
    position = 0
    for inline, original in zip(content, shown, strict=True):
        piece = glued[position : position + len(original)]
        position += len(original)
        made = _run(inline, piece, session, bold=bold)
        found += _tracked(made, inline.change, session) if made and not isinstance(inline, Link) else made
    return found


def _tracked(made: list[Node], change: Change, session: Session) -> list[Node]:
    """Give runs as a tracked change; what is deleted keeps its words under other names."""
    if not change:
        return made
    if change == "deleted":
        for run in made:
            for node in run.iter():
                node.tag = _DELETED.get(node.tag, node.tag)
    return [session.revision(change, *made)]


def plain(content: Inlines, session: Session) -> str:
    """Give runs as the text that a reader sees, on one line."""
    return session.glue("".join(_shown(inline, session) for inline in content).replace("\n", " ").replace("\t", " "))


def _shown(inline: Inline, session: Session) -> str:
    if isinstance(inline, Ref):
        return session.numbers.by_name[inline.target]
    return _LINE.sub("\n", inline.text)


def _run(inline: Inline, shown: str, session: Session, *, bold: bool) -> list[Node]:
    if isinstance(inline, Ref):
        return _reference(inline, session, bold=bold)
    if isinstance(inline, Link):
        properties = el("w:rPr", None, val("w:rStyle", session.style("Hyperlink")))
        run = _text_run(shown, properties)
        link = el("w:hyperlink", {"r:id": session.link(inline.address), "w:history": "1"}, *run)
        return [link] if run else []
    return _text_run(shown, _properties(inline, session, bold=bold or inline.bold))


def _properties(inline: Text, session: Session, *, bold: bool) -> Node | None:
    foreign = inline.language is not None and inline.language != session.document.language
    children = [
        val("w:rStyle", session.style("TKMissing")) if inline.missing else None,
        el("w:b") if bold else None,
        el("w:bCs") if bold else None,
        el("w:i") if inline.italic else None,
        el("w:iCs") if inline.italic else None,
        val("w:lang", LANGUAGE_TAGS[inline.language]) if foreign and inline.language else None,
    ]
    return el("w:rPr", None, *children) if any(child is not None for child in children) else None


def _text_run(shown: str, properties: Node | None) -> list[Node]:
    pieces = [piece for piece in _PIECES.split(shown) if piece]
    if not pieces:
        return []
    return [el("w:r", None, properties, *(_piece(piece) for piece in pieces))]


def _piece(piece: str) -> Node:
    if piece == "\n":
        return el("w:br")
    return el("w:tab") if piece == "\t" else text(piece)


def _reference(ref: Ref, session: Session, *, bold: bool) -> list[Node]:
    """Give the number as a field; a list item's number follows that of its point, so that 1.1(a) is read.

    Switch r gives the paragraph's number in full, n that of its own level only, which is what an inner list shows.
    """
    properties = el("w:rPr", None, el("w:b"), el("w:bCs")) if bold else None
    found: list[Node] = []
    for position in session.numbers.parts[ref.target]:
        mark = session.numbers.marks[position]
        bookmark = position_bookmark(session.numbers, position)
        switch = "n" if mark.scheme == "list" else "r"
        found += field(f"REF {bookmark} \\{switch} \\h", mark.label.rstrip("."), properties)
    return found


def words(content: str, session: Session, style: str = "") -> list[Node]:
    """Give a plain text as runs, in a character style where one is named."""
    properties = el("w:rPr", None, val("w:rStyle", session.style(style))) if style else None
    return _text_run(session.glue(_LINE.sub("\n", content)), properties)
