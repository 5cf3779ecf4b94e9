"""What stands before the text: the cover or the title, the notice and the list of contents."""

from __future__ import annotations

from tenderkit.assembly.tree import Fields, Text
from tenderkit.word.blocks import body, break_before, leading
from tenderkit.word.contents import contents, entries
from tenderkit.word.inline import words
from tenderkit.word.session import Session
from tenderkit.word.tables import fields
from tenderkit.word.xml import Node


def whole(session: Session) -> list[Node]:
    """Give all that stands in the document's body, in order."""
    listed = entries(session) if session.document.contents else []
    for entry in listed:
        session.place(entry.position, entry.bookmark)
    head = leading(session)
    front = cover(session) if session.document.cover else [*body(session, 0, head), *title(session, letter=head > 0)]
    main = body(session, head)
    index = [contents(session, listed)] if listed else []
    if session.document.cover:
        for part in (index, main):
            if part:
                break_before(part[0])
    return [*front, *index, *main]


def cover(session: Session) -> list[Node]:
    """Give the front page: authority, title, subtitle, notice, and what the document is about in pairs."""
    document = session.document
    rows = tuple((label, (Text(value),)) for label, value in document.cover)
    return [
        session.paragraph("TKCoverAuthority", *words(document.author, session)),
        *_titles(session, "TKCoverTitle", "TKCoverSubtitle"),
        fields(Fields(document.title, rows), session, cover=True),
    ]


def title(session: Session, *, letter: bool) -> list[Node]:
    """Give the title above the text; in a letter it is the subject, below the address."""
    if letter:
        return _titles(session, "TKSubject", "TKSubjectDetail")
    return _titles(session, "Title", "Subtitle")


def _titles(session: Session, first: str, second: str) -> list[Node]:
    document = session.document
    chosen = [(first, document.title), (second, document.subtitle), ("TKNotice", document.notice)]
    return [session.paragraph(style, *words(content, session)) for style, content in chosen if content]
