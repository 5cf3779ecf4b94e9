"""What a tree must hold before it can be set: names that lead somewhere, words for labels, text that XML can carry."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache

from tenderkit.assembly.tree import Annex, Document, Heading, Link, ListItem, Paragraph, Ref
from tenderkit.problems import Place, Problem, nearest
from tenderkit.word.numbering import Numbers

BINDS_NUMBER = "binds_number"
BINDS_UNIT = "binds_unit"
_ALWAYS = ("page", "of", BINDS_NUMBER, BINDS_UNIT)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_DEEPEST = 3
_SHOWN = 40


def problems(document: Document, numbers: Numbers, parts: Sequence[object]) -> list[Problem]:
    """Give everything that keeps a document from being set; ``parts`` are what :func:`inside` gives for it."""
    place = Place(document.file)
    return [
        *_words(document, place),
        *_references(document, numbers, parts, place),
        *_headings(document, place),
        *_texts(document, parts, place),
        *_created(document, place),
    ]


def targets(parts: Iterable[object]) -> list[str]:
    """Give the names that a document's parts refer to, in order, each once."""
    return list(dict.fromkeys(part.target for part in parts if isinstance(part, Ref)))


def inside(value: object) -> list[object]:
    """Give a value and the texts and parts inside it, in order; numbers and the like say nothing and are left out."""
    found: list[object] = []
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, (tuple, list)):
            waiting.extend(reversed(part))
        elif isinstance(part, dict):
            waiting.extend(reversed(part.values()))
        elif names := _parts(type(part)):  # type: ignore[arg-type]  # types can be keys
            found.append(part)
            waiting.extend([getattr(part, key) for key in names])
    return found


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """Give the names of a dataclass's parts, last first; none for what is no dataclass."""
    return tuple(part.name for part in reversed(fields(kind))) if is_dataclass(kind) else ()


def _words(document: Document, place: Place) -> Iterator[Problem]:
    needed = list(_ALWAYS)
    if document.numbering != "none" and any(isinstance(block, Annex) for block in document.blocks):
        needed.append("annex")
    blocks = [block for block in document.blocks if isinstance(block, (Heading, Paragraph))]
    if document.draft and any(block.guidance for block in blocks):
        needed.append("guidance_author")
    for word in needed:
        if not document.words.get(word):
            yield Problem(
                "label-missing",
                f'{document.title}: the document has no word for "{word}".',
                place,
                help=f'Add "{word}" to words in clause_templates/strings/{document.language}.yaml.',
            )


def _references(document: Document, numbers: Numbers, parts: Iterable[object], place: Place) -> Iterator[Problem]:
    for target in targets(parts):
        if target not in numbers.names:
            yield Problem(
                "dangling-reference",
                f'{document.title}: nothing is named "{target}".',
                place,
                help=nearest(target, numbers.names),
            )
        elif target not in numbers.by_name:
            yield Problem(
                "reference-without-number",
                f'{document.title}: "{target}" has no number that a reference can print.',
                place,
                help="Refer to a numbered heading or point, or say it in words.",
            )
    seen: set[str] = set()
    for found in parts:
        if not isinstance(found, (Annex, Heading, ListItem, Paragraph)) or not found.name:
            continue
        if found.name in seen:
            yield Problem(
                "repeated-name",
                f'{document.title}: two places are named "{found.name}".',
                place,
                help="Give one of them another name.",
            )
        seen.add(found.name)


def _headings(document: Document, place: Place) -> Iterator[Problem]:
    """Refuse headings that skip a level: their numbers would begin with 0. An annex may begin with either level."""
    last = 0
    for block in document.blocks:
        if isinstance(block, Annex):
            last = 1
        elif isinstance(block, Heading):
            if block.level > min(last + 1, _DEEPEST):
                title = "".join(getattr(run, "text", "") for run in block.content)
                yield Problem(
                    "heading-level-skipped",
                    f'{document.title}: the heading "{title}" of level {block.level} stands below one of level {last}.',
                    place,
                    help=f"Use a heading of level {min(last + 1, _DEEPEST)}.",
                )
            last = block.level


def _texts(document: Document, parts: Iterable[object], place: Place) -> Iterator[Problem]:
    parts = [part for part in parts if isinstance(part, (str, Link))]
    # one search through all is enough where nothing is wrong, and it nearly always is not
    clean = _CONTROL.search("\n".join(part for part in parts if isinstance(part, str))) is None
    for found in parts:
        if isinstance(found, Link) and not found.address.startswith(("https://", "http://", "mailto:")):
            yield Problem(
                "unsafe-link",
                f'{document.title}: the address "{found.address[:_SHOWN]}" is no web or mail address.',
                place,
                help="Write it with https:// or mailto: in front.",
            )
        if not clean and isinstance(found, str) and (match := _CONTROL.search(found)):
            near = _CONTROL.sub("\ufffd", found[max(0, match.start() - _SHOWN) : match.end() + _SHOWN])
            yield Problem(
                "control-character",
                f'{document.title}: a text holds the sign U+{ord(match[0]):04X}, which no document can show: "{near}".',
                place,
                help="Type the text again, or paste it without formatting.",
            )


def _created(document: Document, place: Place) -> Iterator[Problem]:
    try:
        written(document)
    except ValueError:
        yield Problem(
            "no-date",
            f'{document.title}: "{document.created}" is not a date.',
            place,
            help="Dates come from tender.yaml and are written as 2026-12-01.",
        )


def written(document: Document) -> dt.datetime:
    """Give the document's time; a date alone means its first minute."""
    return dt.datetime.fromisoformat(document.created).replace(tzinfo=dt.UTC, microsecond=0)
