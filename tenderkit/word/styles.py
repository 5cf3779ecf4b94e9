"""Styles: ours from styles.xml, or those of the authority's own file, found by name whatever language Word speaks."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TypeVar

from tenderkit.quantities import Language
from tenderkit.word.xml import Element, Node, el, name, parse, plant

LANGUAGE_TAGS: dict[Language, str] = {"da": "da-DK", "en": "en-GB"}
ACCENT = "1F4E5F"
_NEUTRAL = "262626"
_REFERENCES = ("w:basedOn", "w:next", "w:link")
Kind = TypeVar("Kind", Element, Node)


@cache
def source(file: str) -> str:
    """Give a part that is kept as a file beside this module."""
    return (resources.files("tenderkit.word") / file).read_text(encoding="utf-8")


def own_styles(language: Language, width: int, accent: str = ACCENT) -> Element:
    """Give our styles part; ``width`` is that of the text in twentieths of a point."""
    filled = (
        source("styles.xml")
        .replace("@accent", accent)
        .replace("@tabs", str(width))
        .replace("@lang", LANGUAGE_TAGS[language])
    )
    return parse(filled.encode())


def each(styles: Element) -> Iterator[Element]:
    """Give the styles of a part."""
    return styles.iterchildren(name("w:style"))


def style_id(style: Element) -> str:
    """Give a style's id, which paragraphs name it by."""
    return style.get(name("w:styleId"), "")


def names(style: Element) -> set[str]:
    """Give a style's name and its aliases without regard to case.

    Word writes built-in names in English ("heading 1") whatever its language and localises only the ids
    ("Overskrift1"); LibreOffice writes "Heading 1".
    """
    found = [style.find(name("w:name")), style.find(name("w:aliases"))]
    listed = ",".join(element.get(name("w:val"), "") for element in found if element is not None)
    return {part.strip().casefold() for part in listed.split(",") if part.strip()}


def merge(base: Element, language: Language, width: int) -> dict[str, str]:
    """Complete a base's styles with those of ours that it lacks, and give our ids with the ids to use instead.

    Ours are taken over without their font, and with the colour of the base's first heading.
    """
    ours = own_styles(language, width, _accent(base))
    present = {
        (style.get(name("w:type"), "paragraph"), known): style_id(style)
        for style in reversed(list(each(base)))
        for known in names(style)
    }
    taken = {style_id(style).casefold() for style in each(base)}
    ids: dict[str, str] = {}
    missing: list[Element] = []
    for style in each(ours):
        kind = style.get(name("w:type"), "paragraph")
        found = next((present[kind, known] for known in sorted(names(style)) if (kind, known) in present), None)
        ids[style_id(style)] = found or _free(style_id(style), taken)
        if found is None:
            missing.append(style)
    for style in missing:
        added = copy.deepcopy(style)
        if name("w:default") in added.attrib:
            del added.attrib[name("w:default")]
        added.set(name("w:styleId"), ids[style_id(style)])
        for reference in _REFERENCES:
            for element in added.iterfind(name(reference)):
                element.set(name("w:val"), ids[element.get(name("w:val"), "")])
        base.append(added)
    _align_contents(base, ours, ids)
    set_language(base, language)
    return ids


def identity(styles: Element) -> dict[str, str]:
    """Give the ids of our own styles part, each standing for itself."""
    return {style_id(style): style_id(style) for style in each(styles)}


def by_id(styles: Element) -> dict[str, Element]:
    """Give the styles of a part by their ids; of two with one id the first."""
    return {style_id(style): style for style in reversed(list(each(styles)))}


def find(styles: Element, wanted: str) -> Element:
    """Give the style with an id.

    Raises:
        KeyError: there is none.
    """
    for style in each(styles):
        if style_id(style) == wanted:
            return style
    raise KeyError(wanted)


def _free(wanted: str, taken: set[str]) -> str:
    while wanted.casefold() in taken:
        wanted += "x"
    taken.add(wanted.casefold())
    return wanted


def _accent(base: Element) -> str:
    """Give the colour of the base's first heading; a heading without one asks for neutral grey."""
    for style in each(base):
        if "heading 1" in names(style):
            color = style.find(f"{name('w:rPr')}/{name('w:color')}")
            value = color.get(name("w:val"), "") if color is not None else ""
            return value.upper() if re.fullmatch(r"[0-9A-Fa-f]{6}", value) else _NEUTRAL
    return ACCENT


def _align_contents(base: Element, ours: Element, ids: dict[str, str]) -> None:
    """Give the base's contents styles our tab stops, since their entries have number, title and page."""
    for identifier in ("TOC1", "TOC2"):
        target = properties(find(base, ids[identifier]))
        source = properties(find(ours, identifier))
        for tag in ("w:tabs", "w:ind"):
            for old in target.findall(name(tag)):
                target.remove(old)
            new = source.find(name(tag))
            assert new is not None  # noqa: S101 - styles.xml states both
            insert(target, copy.deepcopy(new))


def set_language(styles: Element, language: Language) -> None:
    """Set the language of the document defaults; the default paragraph style may not say otherwise."""
    tag = LANGUAGE_TAGS[language]
    target = styles
    for step, position in (("w:docDefaults", 0), ("w:rPrDefault", 0), ("w:rPr", 0)):
        found = target.find(name(step))
        if found is None:
            found = plant(el(step))
            target.insert(position, found)
        target = found
    for old in target.findall(name("w:lang")):
        target.remove(old)
    target.append(plant(el("w:lang", {"w:val": tag, "w:eastAsia": tag, "w:bidi": "ar-SA"})))
    for style in each(styles):
        runs = style.find(name("w:rPr"))
        if style.get(name("w:default")) in {"1", "true"} and runs is not None:
            for old in runs.findall(name("w:lang")):
                runs.remove(old)


_ORDER = (  # noqa: SIM905 - a sequence of the schema reads best as lines
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
).split()
_STYLE_HEAD = (  # noqa: SIM905 - a sequence of the schema reads best as lines
    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid"
).split()


def insert(ppr: Kind, added: Kind) -> None:
    """Put a paragraph property at the place where the schema wants it."""
    rank = _ORDER.index(_local(added))
    for index, child in enumerate(ppr):
        if _local(child) in _ORDER[rank + 1 :]:
            ppr.insert(index, added)
            return
    ppr.append(added)


def properties(style: Element) -> Element:
    """Give a style's paragraph properties, made when it has none."""
    found = style.find(name("w:pPr"))
    if found is None:
        found = plant(el("w:pPr"))
        head = [child for child in style if _local(child) in _STYLE_HEAD]
        style.insert(len(head), found)
    return found


def _local(element: Element | Node) -> str:
    return str(element.tag).rpartition("}")[2]
