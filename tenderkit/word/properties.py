"""Properties of the file: language, title, author, dates, and the stamp that ties it to its tender."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from tenderkit.word.check import written
from tenderkit.word.session import Session
from tenderkit.word.styles import LANGUAGE_TAGS
from tenderkit.word.xml import el, name, plant

if TYPE_CHECKING:
    from docx.document import Document

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_NAMESPACES = {None: _CUSTOM, "vt": _VALUES}
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
STAMP = "tenderkit.stamp"
_SEPARATORS = {"da": (",", ";"), "en": (".", ",")}
# what may stand after themeFontLang in settings, by the schema
_AFTER_LANGUAGE = (  # noqa: SIM905 - a sequence of the schema reads best as lines
    "clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown "
    "smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator"
).split()


def describe(file: Document, session: Session) -> None:
    """Set the file's properties from the tree; times come from the tree, never from the clock."""
    document = session.document
    core = file.core_properties
    core.title, core.author, core.subject = document.title, document.author, document.subtitle
    core.language, core.keywords, core.comments = LANGUAGE_TAGS[document.language], document.keywords, ""
    core.category, core.content_status, core.identifier, core.version = "", "", document.reference, ""
    core.created = core.modified = written(document).replace(tzinfo=None)
    core.last_modified_by, core.revision = document.author, 1
    last_printed = core._element.find("{*}lastPrinted")  # noqa: SLF001 - python-docx can set it, not take it away
    if last_printed is not None:
        core._element.remove(last_printed)  # noqa: SLF001
    _stamp(file, document.stamp)
    _settings(file, session)


def _stamp(file: Document, stamp: str) -> None:
    from docx.opc.packuri import PackURI  # noqa: PLC0415 - loaded with python-docx
    from docx.opc.part import Part  # noqa: PLC0415

    package = file.part.package
    old = [key for key, relation in package.rels.items() if relation.reltype == _RELATION]
    root = (
        etree.fromstring(package.rels[old[0]].target_part.blob)
        if old
        else etree.Element(f"{{{_CUSTOM}}}Properties", nsmap=_NAMESPACES)  # type: ignore[arg-type] # the stubs know no default namespace
    )
    for key in old:
        del package.rels[key]
    for entry in root.findall(f"{{{_CUSTOM}}}property"):
        if entry.get("name") == STAMP:
            root.remove(entry)
    used = [int(entry.get("pid", "1")) for entry in root.findall(f"{{{_CUSTOM}}}property")]
    identifier = str(max(used, default=1) + 1)
    entry = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_FORMAT, pid=identifier, name=STAMP)
    etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = stamp
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package.relate_to(Part(PackURI("/docProps/custom.xml"), _CONTENT, blob, package), _RELATION)


def _settings(file: Document, session: Session) -> None:
    """Set the language of theme fonts, and the separators that fields print with."""
    language = session.document.language
    decimal, listing = _SEPARATORS[language]
    settings = file.settings.element
    for tag in ("themeFontLang", "decimalSymbol", "listSeparator"):
        for old in settings.findall(name(f"w:{tag}")):
            settings.remove(old)
    later = [child for child in settings if str(child.tag).rpartition("}")[2] in _AFTER_LANGUAGE]
    position = settings.index(later[0]) if later else len(settings)
    settings.insert(position, plant(el("w:themeFontLang", {"w:val": LANGUAGE_TAGS[language]})))
    for tag, value in (("w:decimalSymbol", decimal), ("w:listSeparator", listing)):
        settings.append(plant(el(tag, {"w:val": value})))
