"""What the parts of one rendering share: numbers, styles, lists, names of places, comments and links."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from tenderkit.assembly.tree import Change, Document
from tenderkit.word.comments import Comments
from tenderkit.word.lists import Lists
from tenderkit.word.numbering import Numbers, Position
from tenderkit.word.xml import Node, el, val

TOTAL = "_total"
_FIRST_REVISION = 100_000


@dataclass
class Session:
    """One rendering.

    Attributes:
        document: the tree.
        numbers: its numbers.
        ids: our style ids with those used in the file.
        lists: the numbering part.
        comments: guidance, collected while setting.
        link: registers an address and gives its relation.
        image: puts a PNG picture into the file and gives its relation with its width and height in pixels.
        glue: ties numbers to their words.
        width: the width of the text in twentieths of a point.
        pages: the pages of bookmarks, where they were counted.
        bookmarks: the bookmarks of positions that something points to.
    """

    document: Document
    numbers: Numbers
    ids: Mapping[str, str]
    lists: Lists
    comments: Comments
    link: Callable[[str], str]
    image: Callable[[bytes], tuple[str, int, int]]
    glue: Callable[[str], str]
    width: int
    pages: Mapping[str, int] | None
    bookmarks: dict[Position, list[str]] = field(default_factory=dict)
    pictures: int = 0
    _marked: int = 0
    _revised: int = 0

    def style(self, identifier: str) -> str:
        """Give the id used in this file for one of our styles."""
        return self.ids[identifier]

    def paragraph(
        self,
        style: str,
        *content: Node,
        position: Position = (),
        keep: bool = False,
        extra: Node | None = None,
        change: Change = "",
    ) -> Node:
        """Give a paragraph in a style; ``position`` brings its bookmarks, ``extra`` its place in a list.

        ``change`` tracks the paragraph's own coming or going; its runs carry theirs.
        """
        starts, ends = self._bookmark(position)
        mark = el("w:rPr", None, self.revision(change)) if change else None
        ppr = el("w:pPr", None, val("w:pStyle", self.style(style)), el("w:keepNext") if keep else None, extra, mark)
        return el("w:p", None, ppr, *starts, *content, *ends)

    def revision(self, change: Change, *content: Node) -> Node:
        """Give a tracked change with what it holds; all have the document's author and date."""
        self._revised += 1
        # comments, bookmarks and changes share no ids, but some readers take them for one series
        attributes = {
            "w:id": str(_FIRST_REVISION + self._revised),
            "w:author": self.document.author,
            "w:date": self.comments.written,
        }
        return el("w:ins" if change == "inserted" else "w:del", attributes, *content)

    def place(self, position: Position, bookmark: str) -> None:
        """Ask for a bookmark at a position."""
        wanted = self.bookmarks.setdefault(position, [])
        if bookmark not in wanted:
            wanted.append(bookmark)

    def _bookmark(self, position: Position) -> tuple[list[Node], list[Node]]:
        starts, ends = [], []
        for bookmark in self.bookmarks.get(position, ()) if position else ():
            self._marked += 1
            identifier = str(self._marked)
            starts.append(el("w:bookmarkStart", {"w:id": identifier, "w:name": bookmark}))
            ends.append(el("w:bookmarkEnd", {"w:id": identifier}))
        return starts, ends


@lru_cache(maxsize=1024)
def reference_bookmark(target: str) -> str:
    """Give a bookmark for a name: a letter or underscore first, then letters, digits and underscores, at most 40.

    Names that differ only in what a bookmark cannot hold keep apart by a checksum.

    >>> reference_bookmark("job-guarantee.offer-job")
    '_Ref_job_guarantee_offer_job_c9ff045d'
    """
    readable = re.sub(r"[^a-z0-9]+", "_", target.lower()).strip("_")[:25]
    return f"_Ref_{readable}_{hashlib.sha256(target.encode()).hexdigest()[:8]}"


def position_bookmark(numbers: Numbers, position: Position) -> str:
    """Give the bookmark of a numbered place: by its name, or by its position where it has none."""
    if position in numbers.named:
        return reference_bookmark(numbers.named[position])
    return "_Ref_at_" + "_".join(str(part) for part in position)


def place_references(session: Session, targets: Iterable[str]) -> None:
    """Ask for the bookmarks of everything that the document refers to."""
    for target in targets:
        for position in session.numbers.parts.get(target, ()):
            session.place(position, position_bookmark(session.numbers, position))
