"""One variant of a clause tried: what its reader gets in both languages, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tenderkit.assembly import tree
from tenderkit.assembly.clauses import sections
from tenderkit.assembly.context import Context
from tenderkit.drafting.draft import LANGUAGES, Draft
from tenderkit.drafting.plain import runs
from tenderkit.drafting.variants import edges
from tenderkit.library.vocabulary import UnitNames
from tenderkit.plan import ChosenClause
from tenderkit.problems import Problem
from tenderkit.quantities import Language

_ENDS = (".", ":", ")", "?", "»", "”")
_FAULTS = {
    "two spaces": re.compile(r"\S {2,}\S"),
    "a space before a mark": re.compile(r" [.,;:]"),
    "an empty bracket": re.compile(r"\(\s*\)|»\s*«"),
    "a word that joins nothing": re.compile(r"\b(?:eller|og|samt|or|and)\s*[.;:]"),
    "a doubled mark": re.compile(r"[.,;:]{2,}"),
}


def faults(draft: Draft, chosen: ChosenClause) -> Iterator[tuple[tuple[str, str], Problem]]:
    """Give what is wrong with a clause for some values, each with what makes it the same fault for others."""
    named = set(draft.clause.joined_points)
    for language in LANGUAGES:
        found = rendered(draft, chosen, language)
        names = {block.name for block in found if isinstance(block, tree.Paragraph) and block.name}
        for point in sorted(name for name in named if f"{draft.id}.{name}" not in names):
            yield (
                (language, point),
                draft.problem(
                    "clause-point-vanishes",
                    f'Point "{point}" is missing with {_told(chosen)}, but the data names it.',
                    "Put the condition inside the point.",
                    f"{language}.md",
                ),
            )
        for text, fault in _faults(found, language, draft):
            yield (
                (fault, text),
                draft.problem(
                    "clause-text-breaks",
                    f'With {_told(chosen)} a point has {fault}: "{text}"',
                    "Change the text so that every value gives a whole sentence.",
                    f"{language}.md",
                ),
            )


def rendered(draft: Draft, chosen: ChosenClause, language: Language) -> list[tree.Block]:
    """Give a clause's blocks as a contract would have them."""
    plan = replace(draft.plan, library=draft.library)
    context = Context(plan, language, draft=False, lot=plan.tender.lots[0].id, created="2026-12-01")
    return [block for blocks in sections(chosen, context).values() for block in blocks]


def _told(chosen: ChosenClause) -> str:
    """Name the values that differ from the usual ones."""
    return (
        ", ".join(
            f"{name} = {resolved.value()}"
            for name, resolved in chosen.values.items()
            if resolved.value() != edges(resolved.parameter)[0]
        )
        or "the usual values"
    )


def _faults(blocks: Sequence[tree.Block], language: Language, draft: Draft) -> Iterator[tuple[str, str]]:
    units = draft.library.vocabulary.units
    for block, follower in zip(blocks, [*blocks[1:], None], strict=True):
        if isinstance(block, tree.Paragraph):
            text = runs(block.content, {}).strip()
            follows = follower is not None and not isinstance(follower, tree.Paragraph)
            if not text or not (text.endswith(_ENDS) or follows):
                yield text, "no end"
            if text.endswith(":") and not follows:
                yield text, "a colon with nothing after it"
            yield from _said(text, units, language)
        elif isinstance(block, tree.ItemList):
            for item in block.items:
                text = runs(item.content, {}).strip()
                if not text:
                    yield text, "an empty item"
                yield from _said(text, units, language)


def _said(text: str, units: dict[str, UnitNames], language: Language) -> Iterator[tuple[str, str]]:
    for fault, pattern in _FAULTS.items():
        if pattern.search(text):
            yield text, fault
    for names in units.values():
        one, many = names.name(language, one=True), names.name(language, one=False)
        if one != many and one.isalpha() and re.search(rf"(?<![\d.,])1 {re.escape(many)}\b", text):
            yield text, f'the plural "1 {many}"'
