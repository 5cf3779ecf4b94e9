"""Headers and footers: ours, or those of the authority's own file with our line added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from tenderkit.word.inline import words
from tenderkit.word.session import TOTAL, Session
from tenderkit.word.xml import Element, Node, el, field, name, plant

if TYPE_CHECKING:
    from docx.section import Section

_ROOM_FOR_ONE_LINE = 95
_STYLES = ("TKHeader", "TKHeaderNotice", "TKLetterhead", "TKFooter")


class _Story(Protocol):
    """A header or a footer."""

    @property
    def _element(self) -> Element: ...
    @property
    def is_linked_to_previous(self) -> bool: ...


def furnish(section: Section, session: Session) -> None:
    """Give a section its header and footer.

    What the authority's own file has is kept, and our lines are added below: the notice in the header, reference,
    edition and page in the footer. A file without any gets ours; then the first page has the authority's name alone, or
    nothing where a cover already has it.
    """
    headers: list[_Story] = [section.header, section.first_page_header, section.even_page_header]
    footers: list[_Story] = [section.footer, section.first_page_footer, section.even_page_footer]
    for story in (*headers, *footers):
        _remove_ours(story, session)
    headed = [story for story in headers if _has_content(story)]
    footed = [story for story in footers if _has_content(story)]
    for story in headed:
        story._element.extend([plant(paragraph) for paragraph in _notice(session)])  # noqa: SLF001 - python-docx has no other way in
    for story in footed:
        story._element.append(  # noqa: SLF001 - as above
            plant(_footer(session, pages="PAGE" not in _instructions(story)))
        )
    if headed or footed:
        if not headed:
            _replace(section.header, _header(session))
        if not footed:
            _replace(section.footer, [_footer(session, pages=True)])
        return
    section.different_first_page_header_footer = True
    _replace(section.header, _header(session))
    _replace(section.first_page_header, _first_header(session))
    _replace(section.footer, [_footer(session, pages=True)])
    _replace(section.first_page_footer, [_footer(session, pages=True)])


def _remove_ours(story: _Story, session: Session) -> None:
    """Take away the lines of an earlier document of ours that serves as base."""
    ours = {session.style(style) for style in _STYLES}
    if not story.is_linked_to_previous:
        element = story._element  # noqa: SLF001
        for paragraph in element.findall(name("w:p")):
            style = paragraph.find(f"{name('w:pPr')}/{name('w:pStyle')}")
            if style is not None and style.get(name("w:val")) in ours:
                element.remove(paragraph)


def _has_content(story: _Story) -> bool:
    if story.is_linked_to_previous:
        return False
    tags = (name("w:drawing"), name("w:pict"), name("w:fldChar"), name("w:fldSimple"), name("w:object"))
    element = story._element  # noqa: SLF001
    written = any((found.text or "").strip() for found in element.iter(name("w:t")))
    return written or next(iter(element.iter(*tags)), None) is not None


def _instructions(story: _Story) -> str:
    element = story._element  # noqa: SLF001
    simple = (found.get(name("w:instr"), "") for found in element.iter(name("w:fldSimple")))
    return " ".join([*simple, *(found.text or "" for found in element.iter(name("w:instrText")))])


def _replace(story: _Story, paragraphs: list[Node]) -> None:
    element = story._element  # noqa: SLF001
    for old in list(element):
        element.remove(old)
    element.extend([plant(paragraph) for paragraph in paragraphs])


def _header(session: Session) -> list[Node]:
    """Give authority and title on one line, or on two where they are long, and the notice."""
    document = session.document
    if len(document.author) + len(document.title) <= _ROOM_FOR_ONE_LINE:
        line = [*words(document.author, session), _tab(), *words(document.title, session)]
        lines = [session.paragraph("TKHeader", *line)]
    else:
        lines = [session.paragraph("TKHeader", *words(part, session)) for part in (document.author, document.title)]
    return [*lines, *_notice(session)]


def _first_header(session: Session) -> list[Node]:
    if session.document.cover:
        return [session.paragraph("TKHeader")]
    return [session.paragraph("TKLetterhead", *words(session.document.author, session))]


def _notice(session: Session) -> list[Node]:
    notice = session.document.notice
    return [session.paragraph("TKHeaderNotice", *words(notice, session))] if notice else []


def _footer(session: Session, *, pages: bool) -> Node:
    return session.paragraph("TKFooter", *words(session.document.footer, session), *(_pages(session) if pages else ()))


def _pages(session: Session) -> Iterator[Node]:
    """Give "page 1 of 7" in the document's words; Word counts both by itself in a footer."""
    total = (session.pages or {}).get(TOTAL, 1)
    say = session.document.words
    yield _tab()
    yield from words(f"{say['page']}\u00a0", session)
    yield from field("PAGE", "1")
    yield from words(f"\u00a0{say['of']}\u00a0", session)
    yield from field("NUMPAGES", str(total))


def _tab() -> Node:
    return el("w:r", None, el("w:tab"))
