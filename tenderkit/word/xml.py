"""WordprocessingML elements: built one by one, so that no text can become markup."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from lxml import etree

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Element = etree._Element  # noqa: SLF001 - lxml has no public name for its element type


@cache
def name(prefixed: str) -> str:
    """Give a name with its namespace.

    >>> name("w:p")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p'
    """
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def el(tag: str, attributes: Mapping[str, str] | None = None, *children: Element | None) -> Element:
    """Give an element with attributes and children; a child that is None is passed over."""
    element = etree.Element(name(tag), {name(key): value for key, value in (attributes or {}).items()}, NAMESPACES)
    element.extend([child for child in children if child is not None])
    return element


def val(tag: str, value: str | int) -> Element:
    """Give an element that only has a value, such as ``<w:jc w:val="left"/>``."""
    return el(tag, {"w:val": str(value)})


def text(content: str, tag: str = "w:t") -> Element:
    """Give a text element that keeps its spaces."""
    element = el(tag)
    element.text = content
    if content != content.strip():
        element.set(_SPACE, "preserve")
    return element


def parse(data: bytes) -> Element:
    """Read a part without entities, network or comments."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_blank_text=True)
    return etree.fromstring(data, parser)


def serialise(root: Element) -> bytes:
    """Write a part, each namespace declared once at the top."""
    etree.cleanup_namespaces(root, top_nsmap=NAMESPACES, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def field(instruction: str, cached: str, properties: Element | None = None) -> list[Element]:
    """Give the five runs of a field with the result that is shown until Word counts again."""

    def run(content: Element) -> Element:
        copy = etree.fromstring(etree.tostring(properties)) if properties is not None else None
        return el("w:r", None, copy, content)

    return [
        run(val_field("begin")),
        run(text(f" {instruction} ", "w:instrText")),
        run(val_field("separate")),
        run(text(cached)),
        run(val_field("end")),
    ]


def val_field(kind: str) -> Element:
    """Give one of a field's marks: begin, separate or end."""
    return el("w:fldChar", {"w:fldCharType": kind})
