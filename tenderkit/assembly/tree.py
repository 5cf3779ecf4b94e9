"""The document tree: what a document says, without knowing Word.

Texts, tables and references are values; numbers of headings and points are counted when the tree is finished, so a
dropped clause leaves no gap. ``tenderkit.word`` turns a tree into a .docx; tests read a tree as plain text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tenderkit.charts.types import Chart
from tenderkit.formula.parse import Node
from tenderkit.quantities import Language

Change = Literal["", "inserted", "deleted"]


@dataclass(frozen=True)
class Text:
    """A run of text. ``missing`` is a value that is not known yet; ``language`` is set where it differs.

    ``change`` makes it a tracked change in a comparison of two texts. ``gap`` names what a missing value is.
    """

    text: str
    bold: bool = False
    italic: bool = False
    missing: bool = False
    language: Language | None = None
    change: Change = ""
    gap: str = ""


@dataclass(frozen=True)
class Ref:
    """A reference to a named heading or point in the same document; Word shows its number."""

    target: str
    change: Change = ""


@dataclass(frozen=True)
class Link:
    """A web or mail address that a reader can follow."""

    text: str
    address: str


Inline = Text | Ref | Link
Inlines = tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading. Level 1 to 3; ``name`` can be referred to; ``guidance`` becomes a comment in a draft."""

    level: int
    content: Inlines
    name: str = ""
    numbered: bool = True
    guidance: tuple[str, ...] = ()
    change: Change = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``point`` paragraphs get a number below their heading (1.1), others none.

    ``keep`` holds it on the page of what follows. ``style`` names a role, not a look. ``public_id`` is the stable id
    of a requirement (``JG-3``), printed before the text. ``change`` tracks the coming or going of the whole paragraph.
    """

    content: Inlines
    point: bool = False
    name: str = ""
    style: Literal["body", "lead", "caption", "small", "address", "formula-words"] = "body"
    keep: bool = False
    public_id: str = ""
    guidance: tuple[str, ...] = ()
    change: Change = ""


@dataclass(frozen=True)
class ListItem:
    """An item of a list, with deeper lists inside."""

    content: Inlines
    children: tuple[ItemList, ...] = ()
    name: str = ""
    change: Change = ""


@dataclass(frozen=True)
class ItemList:
    """A list: (a), (b) when ordered, otherwise bullets."""

    items: tuple[ListItem, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table: heading, share of the width, and how cells are aligned."""

    title: str
    width: int = 1
    align: Literal["left", "right", "center"] = "left"


@dataclass(frozen=True)
class Table:
    """A table with a caption and a description for readers who cannot see it. Cells are runs; rows may be bold."""

    caption: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    bold_rows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Equation:
    """A formula set as an equation: ``left`` = ``formula``. ``words`` says the same as a sentence and is printed below.

    ``names`` gives what stands for a symbol in the equation.
    """

    left: str
    formula: Node
    words: str
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Picture:
    """A chart as a picture, with its caption above and, for those who cannot see it, what it shows in words."""

    chart: Chart
    caption: str
    alternative: str


@dataclass(frozen=True)
class Fields:
    """Label and value pairs set as a borderless two-column table, such as the frame of a letter or a front page."""

    caption: str
    rows: tuple[tuple[str, Inlines], ...]


@dataclass(frozen=True)
class Signatures:
    """Lines for signing: one column per party, each with the party's name and printed labels."""

    caption: str
    parties: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Annex:
    """The start of an annex inside a document: a new page, a lettered heading, numbers that start again."""

    title: str
    name: str = ""


@dataclass(frozen=True)
class PageBreak:
    """A new page."""


Block = Heading | Paragraph | ItemList | Table | Equation | Picture | Fields | Signatures | Annex | PageBreak


@dataclass(frozen=True)
class Document:
    """A finished document, ready to be numbered and set.

    ``created`` stands in the file's properties and on comments (ISO date); ``keywords`` and ``stamp`` go to the
    properties; ``notice`` is a line below the title, such as "Udkast" or that a translation is a reading aid.
    """

    id: str
    file: str
    title: str
    subtitle: str
    language: Language
    author: str
    reference: str
    created: str
    blocks: tuple[Block, ...]
    numbering: Literal["legal", "headings", "none"]
    contents: bool = False
    contents_title: str = ""
    cover: tuple[tuple[str, str], ...] = ()
    notice: str = ""
    draft: bool = True
    keywords: str = ""
    stamp: str = ""
    footer: str = ""
    words: dict[str, str] = field(default_factory=dict)
