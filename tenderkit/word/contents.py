"""The list of contents: filled in, clickable, with page numbers only where they were counted."""

from __future__ import annotations

from dataclasses import dataclass

from tenderkit.assembly.tree import Annex, Heading
from tenderkit.word.blocks import heading_level
from tenderkit.word.inline import plain
from tenderkit.word.numbering import Position
from tenderkit.word.session import Session
from tenderkit.word.xml import Node, el, field, text, val, val_field

_FEW = 30


@dataclass(frozen=True)
class Entry:
    """A line of the list: where it leads, its level, number and title."""

    position: Position
    bookmark: str
    level: int
    number: str
    title: str


def entries(session: Session) -> list[Entry]:
    """Give the first headings and annexes, with second headings where that leaves a list of one page."""
    found: list[tuple[Position, int, str]] = []
    for index, block in enumerate(session.document.blocks):
        if isinstance(block, Annex):
            found.append(((index,), 1, session.glue(block.title)))
        elif isinstance(block, Heading):
            found.append(((index,), heading_level(block, (index,), session), plain(block.content, session)))
    deepest = 2 if sum(level <= 2 for _, level, _ in found) <= _FEW else 1  # noqa: PLR2004 - levels 1 and 2
    chosen = [entry for entry in found if entry[1] <= deepest]
    return [
        Entry(position, f"_Toc{count:06d}", level, session.numbers.by_position.get(position, ""), title)
        for count, (position, level, title) in enumerate(chosen, start=1)
    ]


def contents(session: Session, listed: list[Entry]) -> Node:
    """Give the list as Word knows it, so that it can be brought up to date there."""
    deepest = max(entry.level for entry in listed)
    switches = f'TOC \\o "1-{deepest}" {"" if session.pages else chr(92) + "n "}\\h \\z \\u'
    begin = [_run(val_field("begin")), _run(text(f" {switches} ", "w:instrText")), _run(val_field("separate"))]
    lines = [_line(entry, session) for entry in listed]
    for offset, run in enumerate(begin):
        lines[0].insert(1 + offset, run)
    lines[-1].append(_run(val_field("end")))
    gallery = el("w:docPartObj", None, val("w:docPartGallery", "Table of Contents"), el("w:docPartUnique"))
    title = session.paragraph("TOCHeading", _run(text(session.document.contents_title)))
    return el("w:sdt", None, el("w:sdtPr", None, gallery), el("w:sdtContent", None, title, *lines))


def _line(entry: Entry, session: Session) -> Node:
    number = [*([_run(text(entry.number))] if entry.number else []), _run(el("w:tab"))]
    page = session.pages.get(entry.bookmark) if session.pages else None
    pages = [_run(el("w:tab")), *field(f"PAGEREF {entry.bookmark} \\h", str(page))] if page else []
    link = el("w:hyperlink", {"w:anchor": entry.bookmark, "w:history": "1"}, *number, _run(text(entry.title)), *pages)
    return session.paragraph(f"TOC{entry.level}", link)


def _run(content: Node) -> Node:
    return el("w:r", None, content)
