"""Which documents a stage has, and in which languages and for which lots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tenderkit.assembly import tree
from tenderkit.assembly.context import Context
from tenderkit.assembly.document import assemble
from tenderkit.case.folder import read_bytes
from tenderkit.library.document import Document
from tenderkit.plan import Plan, translated
from tenderkit.quantities import Language


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

    A correction notice is among them only from the second edition on, when ``facts`` holds what changed.
    """
    created = plan.tender.procedure.publication.isoformat()
    for language in languages(plan):
        worded = translated(plan, language)
        for stage in ("package", "contract"):
            for identifier, definition in of_stage(plan, stage):
                if identifier == "correction-notice" and not (facts or {}).get("changes"):
                    continue
                lots = [lot.id for lot in plan.tender.lots] if definition.per == "lot" else [""]
                for lot in lots:
                    context = Context(worded, language, draft, lot, created, facts=facts or {})
                    yield assemble(identifier, context)


def own_base(path: Path | None) -> bytes | None:
    """Give the authority's own Word file, or None.

    Raises:
        TenderkitError: the file cannot be read.
    """
    return read_bytes(path) if path else None
