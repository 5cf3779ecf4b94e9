"""The free texts of a tender, each with its place: what the officer wrote, and the text values that clauses supply."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tenderkit.checks.places import clause_place
from tenderkit.checks.words import find, find_closed, sentences
from tenderkit.plan import ChosenClause, Plan, Resolved, Selection
from tenderkit.problems import Place
from tenderkit.source import Path

_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#[a-z0-9-]+\}|\[\]\(#[^)]*\)", re.DOTALL)
# Keys whose values are addresses and names of things, not text that a bidder reads.
_NO_TEXT = frozenset({"email", "phone", "portal", "cvr", "cpv", "id", "from", "scale", "model"})


@dataclass(frozen=True)
class Written:
    """A text and where it stands."""

    text: str
    place: Place


def tender_texts(plan: Selection) -> Iterator[Written]:
    """Give every text of the officer's file, parameters of clauses among them."""
    for path, text in _scalars(plan.source.data, ()):
        if path[-1] not in _NO_TEXT:
            yield Written(text, plan.source.place(path, dotted(path)))


def all_texts(plan: Plan) -> Iterator[Written]:
    """Give the tender's texts and the resolved text values of the chosen clauses."""
    yield from tender_texts(plan)
    for chosen in plan.clauses:
        for name, resolved in chosen.values.items():
            yield from _resolved(plan, chosen, name, resolved)


def clause_texts(plan: Plan) -> Iterator[Written]:
    """Give the paragraphs of the chosen clauses' texts in the tender's language, without guidance and fill-ins."""
    for chosen in plan.clauses:
        name = f"clauses/{chosen.id}/{plan.tender.tender.language}.md"
        for line, text in paragraphs(plan.library.text(name)):
            yield Written(text, Place(plan.library.where(name), line, label=chosen.id))


def opens_for_others(plan: Plan, chosen: ChosenClause, section: str = "", beside: Sequence[str] = ()) -> bool:
    """Tell whether a clause's text accepts what is equivalent.

    Args:
        plan: the tender made ready.
        chosen: the clause.
        section: the section of the social annex that is read; all of them when empty.
        beside: words of which one must stand in the same sentence; none are needed when there are none.
    """
    titles = plan.library.vocabulary.annex_sections
    heading = f"## {titles[section][plan.tender.tender.language]}" if section else ""
    inside = not section
    for written in clause_texts(plan):
        if written.place.label != chosen.id:
            continue
        if written.text.startswith("## ") and section:
            inside = written.text == heading
        for sentence in sentences(written.text) if inside else ():
            if find(sentence, plan.library.terms.equivalent) and (not beside or find(sentence, beside)):
                return True
    return False


@functools.lru_cache(maxsize=256)
def paragraphs(text: str) -> tuple[tuple[int, str], ...]:
    r"""Give a clause text's paragraphs, each with its first line.

    >>> paragraphs("## Formål\n\n{#aim}\nDer er {{ antal }} pladser.\n\n> Til sagen.\n")
    ((1, '## Formål'), (3, 'Der er   pladser.'))
    """
    found, start = [], 1
    for block in re.split(r"(\n[ \t]*\n)", text):
        written = _TEMPLATE.sub(" ", block).strip()
        if written and not written.startswith(">"):
            found.append((start + len(block) - len(block.lstrip("\n")), written))
        start += block.count("\n")
    return tuple(found)


def criteria_texts(plan: Plan) -> Iterator[Written]:
    """Give what bidders read about each criterion: its title and what counts, from the tender or from a clause."""
    language = plan.tender.tender.language
    yield from (
        written
        for written in tender_texts(plan)
        if written.place.label.startswith("criteria.") and written.place.label.endswith((".title", ".looks_for"))
    )
    seen = set()
    for spec in plan.specs.values():
        for leaf in spec.leaves():
            chosen = plan.clause(leaf.clause)
            if chosen is None or leaf.id in seen:
                continue
            seen.add(leaf.id)
            for name, criterion in chosen.clause.criteria.items():
                if criterion.field == leaf.field:
                    at = clause_place(plan, chosen.id, ("criteria", name), criterion.title[language])
                    yield Written(f"{criterion.title[language]}.\n{criterion.looks_for[language]}", at)


def _resolved(plan: Plan, chosen: ChosenClause, name: str, resolved: Resolved) -> Iterator[Written]:
    """Give a parameter's text: defaults, which the tender does not repeat, and the words of chosen options."""
    language = plan.tender.tender.language
    definition = resolved.parameter
    for value in resolved.by_lot.values():
        if definition.type in {"choice", "choices"}:
            for option in value if isinstance(value, list) else [value]:
                at = clause_place(plan, chosen.id, ("parameters", name, "options", str(option)), name)
                yield Written(definition.options[str(option)][language], at)
        elif not resolved.chosen:
            at = clause_place(plan, chosen.id, ("parameters", name, "default"), name)
            yield from (Written(text, at) for _, text in _scalars(value, ()))


def _scalars(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _scalars(item, (*path, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _scalars(item, (*path, i))


def dotted(path: Path) -> str:
    """Give a path as people write it.

    >>> dotted(("criteria", "price", "weight"))
    'criteria.price.weight'
    """
    return ".".join(str(part) for part in path)


def hits(
    texts: Iterable[Written], terms: Iterable[str], opening: Iterable[str] = ()
) -> Iterator[tuple[str, str, Place]]:
    """Give the terms that texts use, each with the word as written and its place.

    ``opening`` are words that open a sentence for others, such as "or equivalent"; such sentences are passed over.
    """
    wanted, opening = tuple(terms), tuple(opening)
    for written in texts:
        for term, word in find_closed(written.text, wanted, opening) if opening else find(written.text, wanted):
            yield term, word, written.place
