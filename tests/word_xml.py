"""Looking into a finished .docx: its XML, the text that a reader sees, and small changes to its parts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from docx_lint import NAMESPACES, w
from lxml import etree
from word_samples import a, contract, h

from tenderkit.assembly.tree import Document, Inlines, Paragraph
from tenderkit.package import read_parts, write_parts
from tenderkit.problems import TenderkitError
from tenderkit.word.spaces import NBSP

BODY, SETTINGS = "word/document.xml", "word/settings.xml"


def xml(data: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(read_parts(data, "test.docx")[part])


def find(root: etree._Element, path: str) -> list[etree._Element]:
    found = etree.XPath(path, namespaces=NAMESPACES)(root)
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, etree._Element)]


def values(root: etree._Element, path: str) -> list[str]:
    found = etree.XPath(path, namespaces=NAMESPACES)(root)
    assert isinstance(found, list)
    return [str(value) for value in found]


def paragraph_text(paragraph: etree._Element) -> str:
    """Give a paragraph as a reader sees it: field results, not instructions; breaks and tabs as such."""
    signs = {w("br"): "\n", w("tab"): "\t"}
    parts = find(paragraph, ".//w:r/w:t | .//w:r/w:br | .//w:r/w:tab")
    return "".join(signs.get(str(part.tag), part.text or "") for part in parts).replace(NBSP, " ")


def problem_ids(error: pytest.ExceptionInfo[TenderkitError]) -> set[str]:
    return {problem.id for problem in error.value.problems}


def simple(*content: Inlines | str, **changes: object) -> Document:
    """Give a small document with a paragraph for each content below one heading."""
    points = tuple(Paragraph(a(part) if isinstance(part, str) else part, point=True) for part in content)
    return contract(blocks=(h(1, "Emne", "subject"), *points), contents=False, cover=(), **changes)


def broken_caches(data: bytes) -> bytes:
    """Put XX in place of every reference's cached number, so that only a program that counts shows the right one."""
    parts = read_parts(data, "x.docx")
    root = etree.fromstring(parts["word/document.xml"])
    for instruction in find(root, "//w:r[starts-with(normalize-space(w:instrText), 'REF ')]"):
        cached = instruction.getnext().getnext()  # type: ignore[union-attr]
        assert cached is not None
        find(cached, "./w:t")[0].text = "XX"
    parts["word/document.xml"] = etree.tostring(root)
    return write_parts(parts)


def swap(part: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[part], f"{old} is not in {part}"
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)

    return change


def drop(part: str, pattern: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts[part], count = re.subn(pattern.encode(), b"", parts[part], count=1, flags=re.DOTALL)
        assert count, f"{pattern} is not in {part}"

    return change
