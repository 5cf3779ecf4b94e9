"""The words of a workbook, in the tender's language: its own and the ones that all workbooks share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tenderkit.library import Library
from tenderkit.plan import Plan
from tenderkit.quantities import Language

SHARED = "common"


@dataclass(frozen=True)
class Line:
    """One block of a guide: its text, and whether it is a heading, a paragraph or a point of a list."""

    kind: Literal["heading", "paragraph", "point"]
    text: str


@dataclass(frozen=True)
class Words:
    """Labels by key. A key that the workbook itself does not have is looked up among the shared ones."""

    library: Library
    id: str
    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """Give a label with its values filled in; raises KeyError for an unknown key."""
        own = self.library.workbook(self.id).labels
        labels = own if key in own else self.library.workbook(SHARED).labels
        return labels[key][self.language].format(**values)

    def sheet(self, key: str, **values: object) -> str:
        """Give a sheet's name before it is made safe."""
        own = self.library.workbook(self.id).sheets
        names = own if key in own else self.library.workbook(SHARED).sheets
        return names[key][self.language].format(**values)

    @property
    def title(self) -> str:
        """Give the workbook's title."""
        return self.library.workbook(self.id).title[self.language]

    def file(self, part: str) -> str:
        """Give the file's name for a part, such as a lot."""
        return self.library.workbook(self.id).file[self.language].format(part=part)

    def unit(self, name: str, *, one: bool = False) -> str:
        """Give a unit as it follows a number; a unit that is not in the vocabulary is printed as it is."""
        known = self.library.vocabulary.units.get(name)
        return known.name(self.language, one) if known else name

    @property
    def yes(self) -> str:
        """Give the word for yes."""
        return self("yes")

    @property
    def no(self) -> str:
        """Give the word for no."""
        return self("no")

    def guide(self) -> list[Line]:
        """Give the guide: the workbook's own text, then what holds for every workbook."""
        return [
            line
            for name in (self.id, SHARED)
            for line in _lines(self.library.text(f"workbooks/{name}/{self.language}.md"))
        ]


def words_for(plan: Plan, workbook: str) -> Words:
    """Give the words of a workbook in the tender's language."""
    return Words(plan.library, workbook, plan.tender.tender.language)


def _lines(text: str) -> Iterator[Line]:
    """Give the blocks of a simple Markdown text: headings, paragraphs and lists; emphasis is dropped."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only forms with a guide need it

    kind: Literal["heading", "paragraph", "point"] = "paragraph"
    numbers: list[int] = []
    mark = ""
    for token in MarkdownIt("commonmark").parse(text):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            numbers.append(0 if token.type == "ordered_list_open" else -1)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            numbers.pop()
        elif token.type == "list_item_open":
            numbers[-1] += 1 if numbers[-1] >= 0 else 0
            mark = f"{numbers[-1]}. " if numbers[-1] > 0 else "•  "
            kind = "point"
        elif token.type == "heading_open":
            kind = "heading"
        elif token.type == "inline":
            parts = [" " if child.type == "softbreak" else child.content for child in token.children or ()]
            yield Line(kind, (mark if kind == "point" else "") + "".join(parts))
            mark = ""
        elif token.type in {"heading_close", "list_item_close"}:
            kind = "paragraph"
        elif token.type not in {"paragraph_open", "paragraph_close"}:
            raise ValueError(f'the guide holds "{token.type}", which a sheet cannot show')
