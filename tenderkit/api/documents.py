"""Which documents a stage has, and in which languages and for which lots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from tenderkit.assembly import tree
from tenderkit.assembly.context import Context
from tenderkit.assembly.document import applies, assemble
from tenderkit.case.folder import read_bytes
from tenderkit.library.document import Document
from tenderkit.plan import Plan, translated
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import Language

PageNumbers = Literal["auto", "yes", "no"]


def of_stage(plan: Plan, stage: str) -> list[tuple[str, Document]]:
    """Give the documents of a stage, in the order they are read."""
    library = plan.library
    if stage == "contract":
        template = plan.tender.contract_template
        return [(template, library.contract(template))]
    found = [(identifier, library.document(identifier)) for identifier in library.ids("document")]
    return sorted(
        ((identifier, item) for identifier, item in found if item.stage == stage),
        key=lambda pair: (pair[1].order, pair[0]),
    )


def languages(plan: Plan) -> list[Language]:
    """Give the tender's language, then its reading aid's."""
    heading = plan.tender.tender
    aid = heading.reading_aid
    return [heading.language, *([aid] if aid and aid != heading.language else [])]


def package_documents(plan: Plan, *, draft: bool, facts: Mapping[str, Any] | None = None) -> Iterator[tree.Document]:
    """Give the tender documents and the draft contracts, in each language.

    A document with a condition is among them only where it holds: a correction notice from the second edition on, when
    ``facts`` holds what changed.
    """
    for language in languages(plan):
        yield from _documents(translated(plan, language), language, ("package", "contract"), draft, facts or {})


def file_documents(plan: Plan, *, draft: bool, facts: Mapping[str, Any] | None = None) -> Iterator[tree.Document]:
    """Give the documents for the authority's own file, which are never published, in the tender's language."""
    yield from _documents(plan, plan.tender.tender.language, ("file",), draft, facts or {})


def _documents(
    plan: Plan, language: Language, stages: Sequence[str], draft: bool, facts: Mapping[str, Any]
) -> Iterator[tree.Document]:
    created = plan.tender.procedure.publication.isoformat()
    for stage in stages:
        for identifier, definition in of_stage(plan, stage):
            lots = [lot.id for lot in plan.tender.lots] if definition.per == "lot" else [""]
            for lot in lots:
                context = Context(plan, language, draft, lot, created, facts=facts)
                if applies(definition, context):
                    yield assemble(identifier, context)


def by_file_name(documents: Iterable[tree.Document], first: Language) -> dict[str, tree.Document]:
    """Give documents by their file names; those in another language than the first are in a folder of their own.

    Raises:
        TenderkitError: two documents have the same file name.
    """
    named: dict[str, tree.Document] = {}
    for document in documents:
        name = f"{document.file}.docx" if document.language == first else f"{document.language}/{document.file}.docx"
        if name in named:
            raise TenderkitError(Problem("same-file-name", f'Two documents are called "{name}".', Place(name)))
        named[name] = document
    return named


def word_files(named: Mapping[str, tree.Document], base: Path | None, page_numbers: PageNumbers) -> dict[str, bytes]:
    """Give documents as Word files."""
    from tenderkit import word  # noqa: PLC0415 - Word is imported when something is written

    return dict(zip(named, word.render_all(list(named.values()), own_base(base), page_numbers), strict=True))


def own_base(path: Path | None) -> bytes | None:
    """Give the authority's own Word file, or None.

    Raises:
        TenderkitError: the file cannot be read.
    """
    return read_bytes(path) if path else None
