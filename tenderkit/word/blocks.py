"""Blocks of the document tree as paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.assembly.tree import (
    Annex,
    Block,
    Equation,
    Fields,
    Heading,
    ItemList,
    PageBreak,
    Paragraph,
    Picture,
    Signatures,
    Table,
)
from tenderkit.word import styles
from tenderkit.word.equation import equation
from tenderkit.word.inline import runs, words
from tenderkit.word.numbering import Position
from tenderkit.word.picture import picture
from tenderkit.word.session import Session
from tenderkit.word.tables import fields, signatures, table
from tenderkit.word.xml import Node, el, name

_PARAGRAPH_STYLES = {
    "body": "TKBody",
    "lead": "TKLead",
    "caption": "Caption",
    "small": "TKSmall",
    "address": "TKAddress",
    "formula-words": "TKFormulaWords",
}


def body(session: Session, first: int = 0, last: int | None = None) -> list[Node]:
    """Give the elements of a document's blocks, or of some of them."""
    found: list[Node] = []
    new_page = False
    for index, block in enumerate(session.document.blocks[first:last], start=first):
        if isinstance(block, PageBreak):
            new_page = bool(found)
            continue
        elements = list(_elements(block, (index,), session))
        if new_page and elements:
            break_before(elements[0])
            new_page = False
        found += elements
    return found


def leading(session: Session) -> int:
    """Give how many blocks stand before the title of a letter: its address and its frame."""
    if session.document.numbering != "none" or session.document.cover:
        return 0
    count = 0
    for block in session.document.blocks:
        if not (isinstance(block, Fields) or (isinstance(block, Paragraph) and block.style == "address")):
            break
        count += 1
    return count


def break_before(element: Node) -> None:
    """Begin a new page with an element: the paragraph, or a table's first."""
    paragraph = element if element.tag == name("w:p") else next(element.iter(name("w:p")))
    ppr = paragraph.find(name("w:pPr"))
    if ppr is not None:
        styles.insert(ppr, el("w:pageBreakBefore"))


def separated(elements: list[Node], session: Session) -> list[Node]:
    """Give the elements with a small paragraph between two tables, which Word would join, and after a last table."""
    found: list[Node] = []
    for element in elements:
        if found and element.tag == found[-1].tag == name("w:tbl"):
            found.append(session.paragraph("TKSeparator"))
        found.append(element)
    if found and found[-1].tag == name("w:tbl"):
        found.append(session.paragraph("TKSeparator"))
    return found


def _elements(block: Block, position: Position, session: Session) -> Iterator[Node]:
    if isinstance(block, Heading):
        yield heading(block, position, session)
    elif isinstance(block, Annex):
        yield annex(block, position, session)
    elif isinstance(block, Paragraph):
        yield paragraph(block, position, session)
    elif isinstance(block, ItemList):
        yield from _items(block, position, session, indented=_below_point(position, session))
    elif isinstance(block, Table):
        yield from table(block, session)
    elif isinstance(block, Equation):
        yield equation(block, session)
        yield session.paragraph("TKFormulaWords", *words(block.words, session))
    elif isinstance(block, Picture):
        yield from picture(block, session)
    elif isinstance(block, Fields):
        yield fields(block, session)
    elif isinstance(block, Signatures):
        yield signatures(block, session)


def heading_level(block: Heading, position: Position, session: Session) -> int:
    """Give a heading's level in the outline; inside an annex it stands below the annex."""
    mark = session.numbers.marks.get(position)
    if mark is not None:
        return mark.level + 1
    inside = any(isinstance(above, Annex) for above in session.document.blocks[: position[0]])
    return min(block.level + inside, 3)


def heading(block: Heading, position: Position, session: Session) -> Node:
    """Give a heading, numbered by its style or in a style without a number."""
    mark = session.numbers.marks.get(position)
    level = heading_level(block, position, session)
    extra = None
    if mark is not None:
        style = f"Heading{level}" if mark.scheme == "body" else f"TKAnnexHeading{level}"
        extra = session.lists.properties(mark, style)
    else:
        style = f"Heading{level}" if session.document.numbering == "none" else f"TKPlainHeading{level}"
    content = session.comments.around(runs(block.content, session), _guidance(block, session))
    return session.paragraph(style, *content, position=position, extra=extra, change=block.change)


def annex(block: Annex, position: Position, session: Session) -> Node:
    """Give the heading of an annex, which begins a page and carries its letter by its style."""
    return session.paragraph("TKAnnex", *words(block.title, session), position=position)


def paragraph(block: Paragraph, position: Position, session: Session) -> Node:
    """Give a paragraph or a numbered point; a requirement begins with its stable id."""
    mark = session.numbers.marks.get(position)
    content = runs(block.content, session)
    if block.public_id:
        content = [*words(f"{block.public_id}\u2002", session, "TKRequirement"), *content]
    content = session.comments.around(content, _guidance(block, session))
    if mark is None:
        style = _PARAGRAPH_STYLES[block.style]
        if block.style == "body" and _among_points(position, session):
            style = "TKPointText"
        return session.paragraph(style, *content, position=position, keep=block.keep, change=block.change)
    style = f"{'TKPoint' if mark.scheme == 'body' else 'TKAnnexPoint'}{mark.level + 1}"
    extra = session.lists.properties(mark, style)
    return session.paragraph(style, *content, position=position, keep=block.keep, extra=extra, change=block.change)


def _items(block: ItemList, position: Position, session: Session, *, indented: bool) -> Iterator[Node]:
    level = len(position) // 2
    number = session.lists.start(ordered=block.ordered, level=level, indented=indented)
    for index, item in enumerate(block.items):
        place = (*position, index)
        extra = session.lists.item(number, level)
        yield session.paragraph("TKList", *runs(item.content, session), position=place, extra=extra, change=item.change)
        for child_index, child in enumerate(item.children):
            yield from _items(child, (*place, child_index), session, indented=indented)


def _below_point(position: Position, session: Session) -> bool:
    """Tell whether a list follows a numbered point, whose text is indented."""
    index = position[0]
    while index > 0 and isinstance(session.document.blocks[index - 1], ItemList):
        index -= 1
    above = session.document.blocks[index - 1] if index > 0 else None
    return isinstance(above, Paragraph) and (index - 1,) in session.numbers.marks


def _among_points(position: Position, session: Session) -> bool:
    """Tell whether text without a number follows a numbered point under the same heading, and so belongs to it."""
    if session.document.numbering != "legal":
        return False
    for index in range(position[0] - 1, -1, -1):
        block = session.document.blocks[index]
        if isinstance(block, (Heading, Annex)):
            return False
        if isinstance(block, Paragraph) and (index,) in session.numbers.marks:
            return True
    return False


def _guidance(block: Heading | Paragraph, session: Session) -> tuple[str, ...]:
    return block.guidance if session.document.draft else ()
