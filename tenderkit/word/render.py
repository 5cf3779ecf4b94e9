"""A document tree as the bytes of a .docx file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from tenderkit.assembly.tree import Document
from tenderkit.package import read_parts, write_parts
from tenderkit.problems import TenderkitError
from tenderkit.word import check
from tenderkit.word.base import Base, blank, numbering_part, open_base
from tenderkit.word.blocks import separated
from tenderkit.word.comments import Comments
from tenderkit.word.front import whole
from tenderkit.word.furniture import furnish
from tenderkit.word.lists import Lists
from tenderkit.word.numbering import Numbers, number
from tenderkit.word.properties import describe
from tenderkit.word.session import Session, place_references
from tenderkit.word.spaces import gluer
from tenderkit.word.xml import NAMESPACES, el, plant

_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATIONS = f"{NAMESPACES['r']}/"
_HYPERLINK = f"{_RELATIONS}hyperlink"


def render(document: Document, base: bytes | None = None, pages: Mapping[str, int] | None = None) -> bytes:
    """Give a document as a .docx; the same input gives the same bytes.

    Args:
        document: the tree.
        base: the authority's own .docx or .dotx, whose styles, header, footer and logo are used.
        pages: the pages of bookmarks, from :func:`tenderkit.word.page_numbers`; without them the list of contents has
            no page numbers rather than wrong ones.

    Raises:
        TenderkitError: a reference leads nowhere, a label is missing, a text cannot be written, or the base cannot be
            used; all of it at once.
    """
    numbers = number(document)
    parts = check.inside(document)
    found = check.problems(document, numbers, parts)
    if found:
        raise TenderkitError(found)
    opened = open_base(base, "base", document.language) if base is not None else blank(document.language)
    session = _session(document, numbers, opened, pages)
    place_references(session, check.targets(parts))
    made = plant(el("w:body", None, *separated(whole(session), session)))
    opened.document.element.body[:0] = list(made)
    furnish(opened.document.sections[-1], session)
    _comment(opened, session)
    describe(opened.document, session)
    root = opened.document.element
    etree.cleanup_namespaces(root, top_nsmap=NAMESPACES, keep_ns_prefixes=[prefix for prefix in root.nsmap if prefix])
    stream = io.BytesIO()
    opened.document.save(stream)
    if base is not None:  # the authority's own parts are in it, which are held to the bounds
        return write_parts(read_parts(stream.getvalue(), document.file))
    with zipfile.ZipFile(stream) as package:
        return write_parts({part: package.read(part) for part in package.namelist()})


def _session(document: Document, numbers: Numbers, opened: Base, pages: Mapping[str, int] | None) -> Session:
    words = document.words
    file = opened.document
    numbering = numbering_part(file)
    ids = opened.ids
    comments = Comments(
        words.get("guidance_author", ""),
        check.written(document).strftime("%Y-%m-%dT%H:%M:%SZ"),
        ids["CommentText"],
        ids["CommentReference"],
    )
    return Session(
        document=document,
        numbers=numbers,
        ids=ids,
        lists=Lists(numbering, file.styles.element, ids, document.numbering, words.get("annex", "")),
        comments=comments,
        link=lambda address: file.part.relate_to(address, _HYPERLINK, is_external=True),
        image=lambda blob: _image(opened, blob),
        glue=gluer(words[check.BINDS_NUMBER], words[check.BINDS_UNIT]),
        width=opened.width,
        pages=pages,
    )


def _image(opened: Base, blob: bytes) -> tuple[str, int, int]:
    relation, image = opened.document.part.get_or_add_image(io.BytesIO(blob))
    return relation, image.px_width, image.px_height


def _comment(opened: Base, session: Session) -> None:
    from docx.opc.packuri import PackURI  # noqa: PLC0415 - loaded with python-docx
    from docx.opc.part import Part  # noqa: PLC0415

    blob = session.comments.part()
    if blob is not None:
        part = opened.document.part
        made = Part(PackURI("/word/comments.xml"), f"{_WML}comments+xml", blob, part.package)
        part.relate_to(made, f"{_RELATIONS}comments")
