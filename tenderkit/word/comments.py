"""Guidance to the officer as Word comments; a final document has none."""

from __future__ import annotations

from dataclasses import dataclass, field

from tenderkit.word.xml import Node, el, plant, serialise, text, val


@dataclass
class Comments:
    """The comments of a document, all with the same author and date so that equal input gives equal bytes.

    ``written`` is a time such as ``2026-11-02T00:00:00Z``.
    """

    author: str
    written: str
    text_style: str
    reference_style: str
    elements: list[Node] = field(default_factory=list)

    def around(self, runs: list[Node], guidance: tuple[str, ...]) -> list[Node]:
        """Give the runs with a comment for each text of guidance hung on all of them."""
        starts, ends = [], []
        for content in guidance:
            identifier = {"w:id": str(len(self.elements))}
            self.elements.append(self._comment(identifier["w:id"], content))
            starts.append(el("w:commentRangeStart", identifier))
            ends.append(el("w:commentRangeEnd", identifier))
            properties = el("w:rPr", None, val("w:rStyle", self.reference_style))
            ends.append(el("w:r", None, properties, el("w:commentReference", identifier)))
        return [*starts, *runs, *ends]

    def part(self) -> bytes | None:
        """Give the comments part; None when nothing was said."""
        return serialise(plant(el("w:comments", None, *self.elements))) if self.elements else None

    def _comment(self, identifier: str, content: str) -> Node:
        initials = "".join(word[0] for word in self.author.split() if word).upper()[:3]
        attributes = {"w:id": identifier, "w:author": self.author, "w:date": self.written, "w:initials": initials}
        lines = [line for line in content.splitlines() if line.strip()] or [content.strip()]
        paragraphs = [self._paragraph(line, first=index == 0) for index, line in enumerate(lines)]
        return el("w:comment", attributes, *paragraphs)

    def _paragraph(self, line: str, *, first: bool) -> Node:
        properties = el("w:rPr", None, val("w:rStyle", self.reference_style))
        anchor = el("w:r", None, properties, el("w:annotationRef")) if first else None
        style = el("w:pPr", None, val("w:pStyle", self.text_style))
        return el("w:p", None, style, anchor, el("w:r", None, text(line)))
