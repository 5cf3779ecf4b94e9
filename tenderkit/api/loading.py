"""The plan of a case: from the newest lock when there is one, otherwise from ``tender.yaml`` and the library."""

from __future__ import annotations

from pathlib import Path

from tenderkit.case import Case, Lock, open_case
from tenderkit.library import Library, installed
from tenderkit.library.house import house_content
from tenderkit.plan import Plan, make_plan
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.tender import load_tender


def library_with(clauses: Path | None) -> Library:
    """Give the library, with an authority's own clauses laid over it where a folder is named.

    Raises:
        TenderkitError: the folder holds no clause.
    """
    return Library(house_content(installed(), clauses)) if clauses else Library()


def house_folder(case: Case, written: str, clauses: Path | None) -> Path | None:
    """Give the folder of the authority's own clauses: the command's, or the case's, which is relative to the case."""
    return clauses or (case.root / written if written else None)


def draft_plan(case: Case, clauses: Path | None = None) -> Plan:
    """Give the plan of what ``tender.yaml`` says now.

    Args:
        case: the case.
        clauses: a folder of the authority's own clauses; otherwise the one that ``tender.yaml`` names.

    Raises:
        TenderkitError: with every problem in the file, or the folder holds no clause.
    """
    tender, source = load_tender(case.tender_file)
    return make_plan(tender, source, library_with(house_folder(case, tender.house_clauses, clauses)))


def published(folder: Path) -> tuple[Case, Lock]:
    """Give a case and what it published.

    Raises:
        TenderkitError: the folder is no case, or nothing was published.
    """
    case = open_case(folder)
    lock = case.lock()
    if lock is None:
        raise TenderkitError(
            Problem(
                "not-published",
                "The tender has not been published yet, so there are no bids to read.",
                Place(str(folder)),
                help="Run: tenderkit build --final",
            )
        )
    return case, lock
