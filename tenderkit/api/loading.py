"""The plan of a case: from the newest lock when there is one, otherwise from ``tender.yaml`` and the library."""

from __future__ import annotations

from pathlib import Path

from tenderkit.case import Case, Lock, open_case
from tenderkit.library import Library
from tenderkit.plan import Plan, make_plan
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.tender import load_tender


def draft_plan(case: Case, library: Library | None = None) -> Plan:
    """Give the plan of what ``tender.yaml`` says now.

    Raises:
        TenderkitError: with every problem in the file.
    """
    tender, source = load_tender(case.tender_file)
    return make_plan(tender, source, library or Library())


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
