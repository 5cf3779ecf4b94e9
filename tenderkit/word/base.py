"""The file that a document is set in: our own empty one, or the authority's Word file or template."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tenderkit.package import read_parts, write_parts
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import Language
from tenderkit.word import styles
from tenderkit.word.xml import Element, Node, el, name, parse, plant, serialise, val

if TYPE_CHECKING:
    from docx.document import Document

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PARTS = {
    "styles": ("styles.xml", f"{_WML}styles+xml"),
    "settings": ("settings.xml", f"{_WML}settings+xml"),
    "numbering": ("numbering.xml", f"{_WML}numbering+xml"),
    "theme": ("theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
    "fontTable": ("fontTable.xml", f"{_WML}fontTable+xml"),
}
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_KEPT = {"styles", "numbering", "settings", "fontTable", "theme", "webSettings", "footnotes", "endnotes", "customXml"}
_SETTINGS_DROPPED = (
    "rsids",
    "updateFields",
    "attachedTemplate",
    "trackRevisions",
    "mailMerge",
    "documentProtection",
    "writeProtection",
    "docVars",
)
_A4 = (11906, 16838)
_MARGINS = {"top": 1531, "right": 1418, "bottom": 1361, "left": 1418, "header": 680, "footer": 624, "gutter": 0}
_WIDTH = _A4[0] - _MARGINS["left"] - _MARGINS["right"]


@dataclass(frozen=True)
class Base:
    """An opened base: python-docx's document with an empty body, our style ids with its own, the width of its text."""

    document: Document
    ids: dict[str, str]
    width: int


def blank(language: Language) -> Base:
    """Give our own base: A4, our styles, nothing in it."""
    file, ids = _blank_file(language)
    return Base(_opened(file, "base"), dict(ids), _WIDTH)


@cache
def _blank_file(language: Language) -> tuple[bytes, Mapping[str, str]]:
    """Give our own base as a file, and the ids of its styles: the same for all documents in a language."""
    sheet = styles.own_styles(language, _WIDTH)
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": serialise(plant(el("w:document", None, el("w:body", None, _section())))),
        "word/_rels/document.xml.rels": _relations({kind: target for kind, (target, _) in _PARTS.items()}),
        "word/styles.xml": serialise(sheet),
        "word/settings.xml": _settings(),
        "word/numbering.xml": serialise(plant(el("w:numbering"))),
        "word/theme/theme1.xml": serialise(parse(styles.source("theme.xml").encode())),
        "word/fontTable.xml": serialise(plant(_font_table())),
    }
    return write_parts(parts), styles.identity(sheet)


def open_base(data: bytes, name: str, language: Language = "da") -> Base:
    """Open the authority's own .docx or .dotx as a base.

    Its styles, headers, footers and logo are kept, its text is not. Styles are found by name, whatever the language of
    the Word that wrote them; those that are missing are added.

    Raises:
        TenderkitError: the file is no Word file, is damaged, or holds macros.
    """
    parts = read_parts(data, name)
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any(part.casefold().endswith("vbaproject.bin") for part in parts):
        raise TenderkitError(
            Problem(
                "base-has-macros",
                "The Word file holds macros.",
                Place(name),
                help="Save it as .docx or .dotx, and use that file.",
            )
        )
    parts["[Content_Types].xml"] = types.replace(_TEMPLATE.encode(), _MAIN.encode())
    if _MAIN.encode() not in parts["[Content_Types].xml"]:
        raise _unreadable(name)
    document = _opened(write_parts(parts), name)
    try:
        _require_word(document)
        width = _text_width(_clear(document))
        _drop_relations(document)
        _clean_settings(document)
        return Base(document, styles.merge(document.styles.element, language, width), width)
    except (KeyError, ValueError, AttributeError) as error:  # the parts are XML, but not what Word writes
        raise _unreadable(name) from error


def _opened(file: bytes, name: str) -> Document:
    import docx  # noqa: PLC0415 - only building documents pays for loading it

    try:
        return docx.Document(io.BytesIO(file))
    except (KeyError, ValueError, AttributeError, SyntaxError, docx.exceptions.PythonDocxError) as error:
        raise _unreadable(name) from error


def numbering_part(document: Document) -> Element:
    """Give the root of the numbering part, made where a base has none."""
    from docx.opc.packuri import PackURI  # noqa: PLC0415 - loaded with python-docx
    from docx.parts.numbering import NumberingPart  # noqa: PLC0415

    part = document.part
    for relation in part.rels.values():
        if relation.reltype == f"{_RELATIONS}numbering":
            return _root(relation.target_part)
    target, kind = _PARTS["numbering"]
    made = NumberingPart.load(PackURI(f"/word/{target}"), kind, serialise(plant(el("w:numbering"))), part.package)
    part.relate_to(made, f"{_RELATIONS}numbering")
    return _root(made)


def _root(part: object) -> Element:
    """Give the root of a part; python-docx does not say what type it has."""
    root: Element = part.element  # type: ignore[attr-defined]
    return root


def _require_word(document: Document) -> None:
    """Refuse parts that are XML but not Word's, by a ValueError; the numbers of lists must be numbers."""
    numbering = numbering_part(document)
    roots = {
        "document": document.element,
        "styles": document.styles.element,
        "settings": document.settings.element,
        "numbering": numbering,
    }
    for kind, root in roots.items():
        if root.tag != name(f"w:{kind}"):
            raise ValueError(kind)
    for tag, key in (("w:num", "w:numId"), ("w:abstractNum", "w:abstractNumId")):
        for element in numbering.iterchildren(name(tag)):
            int(element.get(name(key), ""))


def _unreadable(name: str) -> TenderkitError:
    return TenderkitError(
        Problem(
            "not-a-word-file",
            "The file is not a Word document or template that can be read.",
            Place(name),
            help="Open it in Word and save it as .docx (not as strict Open XML).",
        )
    )


def _clear(document: Document) -> Element:
    """Empty the body and give its last section, with the headers that it takes over from earlier sections."""
    body = document.element.body
    for tracked in list(body.iter(name("w:sectPrChange"))):
        tracked.getparent().remove(tracked)
    sections = list(body.iter(name("w:sectPr")))
    last = sections[-1] if sections else plant(_section())
    for earlier in reversed(sections[:-1]):
        have = {(e.tag, e.get(name("w:type"))) for e in last.iterchildren()}
        for reference in reversed([*earlier.iter(name("w:headerReference"), name("w:footerReference"))]):
            if (reference.tag, reference.get(name("w:type"))) not in have:
                last.insert(0, reference)
    for child in list(body):
        body.remove(child)
    body.append(last)
    for numbering in last.findall(name("w:pgNumType")):
        last.remove(numbering)
    return last


def _drop_relations(document: Document) -> None:
    """Drop what only the old text used: pictures, links, comments, embedded files; and what describes that text."""
    used = set(document.element.xpath(".//@r:id"))
    for owner, kept in ((document.part, _KEPT), (document.part.package, {"officeDocument", "custom-properties"})):
        for key, relation in list(owner.rels.items()):
            kind = relation.reltype.rpartition("/")[2]
            if key not in used and kind not in kept and not relation.reltype.endswith("/core-properties"):
                del owner.rels[key]


def _clean_settings(document: Document) -> None:
    """Drop settings that belong to the old text, that Word asks about, or that name a file on someone's machine."""
    settings = document.settings.element
    for tag in _SETTINGS_DROPPED:
        for old in settings.findall(name(f"w:{tag}")):
            settings.remove(old)
    rels = document.part.part_related_by(f"{_RELATIONS}settings").rels
    for key in [key for key, relation in rels.items() if relation.is_external]:
        del rels[key]


def _text_width(section: Element) -> int:
    size, margins = section.find(name("w:pgSz")), section.find(name("w:pgMar"))

    def read(element: Element | None, key: str, otherwise: int) -> int:
        found = element.get(name(f"w:{key}"), "") if element is not None else ""
        return int(found) if re.fullmatch(r"\d+", found) else otherwise

    sides = sum(read(margins, side, _MARGINS[side]) for side in ("left", "right", "gutter"))
    return read(size, "w", _A4[0]) - sides


def _section() -> Node:
    size = {"w:w": str(_A4[0]), "w:h": str(_A4[1])}
    margins = {f"w:{side}": str(length) for side, length in _MARGINS.items()}
    return el("w:sectPr", None, el("w:pgSz", size), el("w:pgMar", margins))


def _settings() -> bytes:
    mode = {
        "w:name": "compatibilityMode",
        "w:uri": "http://schemas.microsoft.com/office/word",
        "w:val": "15",
    }
    zoom = el("w:zoom", {"w:percent": "100"})
    stop = el("w:defaultTabStop", {"w:val": "709"})
    # only table text is hyphenated: every other style says that it is not
    hyphens = el("w:autoHyphenation")
    root = el("w:settings", None, zoom, stop, hyphens, el("w:compat", None, el("w:compatSetting", mode)))
    return serialise(plant(root))


def _font_table() -> Node:
    """Say what kind of face Calibri is, for a machine that must put another in its place."""
    face = (
        val("w:panose1", "020F0502020204030204"),
        val("w:charset", "00"),
        val("w:family", "swiss"),
        val("w:pitch", "variable"),
    )
    return el("w:fonts", None, el("w:font", {"w:name": "Calibri"}, *face))


def _content_types() -> bytes:
    overrides = "".join(
        f'<Override PartName="/word/{target}" ContentType="{kind}"/>'
        for target, kind in [("document.xml", _MAIN), *_PARTS.values()]
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def _relations(related: dict[str, str]) -> bytes:
    listed = "".join(
        f'<Relationship Id="rId{count}" Type="{_RELATIONS}{kind}" Target="{target}"/>'
        for count, (kind, target) in enumerate(related.items(), start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'
    ).encode()
