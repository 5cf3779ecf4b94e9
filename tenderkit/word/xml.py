"""WordprocessingML elements: built one by one, so that no text can become markup.

What is new is made of nodes, the standard library's elements, which cost a tenth of lxml's to make and join. They
become lxml's elements all at once, where they are planted in a part.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DECLARED = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_PREFIXES = {**{uri: prefix for prefix, uri in NAMESPACES.items()}, "http://www.w3.org/XML/1998/namespace": "xml"}
_RETURN = {"\r": "&#13;"}
_quoted = lru_cache(maxsize=4096)(quoteattr)
Node = ET.Element
Element = etree._Element  # noqa: SLF001 - lxml has no public name for its element type


@cache
def name(prefixed: str) -> str:
    """Give a name with its namespace; attributes of pictures have none.

    >>> name("w:p")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p'
    """
    if ":" not in prefixed:
        return prefixed
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


@cache
def _prefixed(qualified: str) -> str:
    """Give a name with its prefix: the other way round."""
    if not qualified.startswith("{"):
        return qualified
    uri, _, local = qualified[1:].partition("}")
    return f"{_PREFIXES[uri]}:{local}"


def el(tag: str, attributes: Mapping[str, str] | None = None, *children: Node | None) -> Node:
    """Give a node with attributes and children; a child that is None is passed over."""
    node = Node(name(tag), {name(key): value for key, value in attributes.items()} if attributes else {})
    if children:
        node.extend([child for child in children if child is not None])
    return node


def plant(node: Node) -> Element:
    """Give a node as an element that can be put into a part."""
    return etree.fromstring(_written(node, _DECLARED), etree.XMLParser(resolve_entities=False, no_network=True))


def _written(node: Node, declared: str = "") -> str:
    """Give a node as XML; lxml reads this faster than it makes elements one by one."""
    tag = _prefixed(node.tag)
    start = f"<{tag}{declared}"
    for key, value in node.items():
        start += f" {_prefixed(key)}={_quoted(value)}"
    if not node.text and not len(node):
        return f"{start}/>"
    content = escape(node.text, _RETURN) if node.text else ""
    return f"{start}>{content}{''.join([_written(child) for child in node])}</{tag}>"


def val(tag: str, value: str | int) -> Node:
    """Give a node that only has a value, such as ``<w:jc w:val="left"/>``."""
    return el(tag, {"w:val": str(value)})


def text(content: str, tag: str = "w:t") -> Node:
    """Give a text node that keeps its spaces."""
    node = el(tag)
    node.text = content
    if content != content.strip():
        node.set(_SPACE, "preserve")
    return node


def parse(data: bytes) -> Element:
    """Read a part without entities, network or comments."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_blank_text=True)
    return etree.fromstring(data, parser)


def node_of(element: Element) -> Node:
    """Give what was read as a node, to stand among new ones."""
    node = Node(str(element.tag), {str(key): str(value) for key, value in element.items()})
    node.text = element.text
    node.extend([node_of(child) for child in element])
    return node


def serialise(root: Element) -> bytes:
    """Write a part, each namespace declared once at the top."""
    etree.cleanup_namespaces(root, top_nsmap=NAMESPACES, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def field(instruction: str, cached: str, properties: Node | None = None) -> list[Node]:
    """Give the five runs of a field with the result that is shown until Word counts again."""

    def run(content: Node) -> Node:
        return el("w:r", None, properties, content)

    return [
        run(val_field("begin")),
        run(text(f" {instruction} ", "w:instrText")),
        run(val_field("separate")),
        run(text(cached)),
        run(val_field("end")),
    ]


def val_field(kind: str) -> Node:
    """Give one of a field's marks: begin, separate or end."""
    return el("w:fldChar", {"w:fldCharType": kind})
