"""``check``: everything that is wrong with a tender, at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tenderkit import checks
from tenderkit.api.documents import package_documents
from tenderkit.api.loading import draft_plan
from tenderkit.api.outcome import Outcome
from tenderkit.assembly import tree
from tenderkit.assembly.document import check_references, missing
from tenderkit.case import open_case
from tenderkit.plan import Plan
from tenderkit.problems import Problem, TenderkitError, has_errors, ordered


def check(folder: Path) -> Outcome:
    """Check the tender in a folder.

    Raises:
        TenderkitError: the folder is no case, or ``tender.yaml`` cannot be read at all.
    """
    plan = draft_plan(open_case(folder))
    problems = problems_of(plan)
    errors = sum(problem.level == "error" for problem in problems)
    warnings = sum(problem.level == "warning" for problem in problems)
    rules = len(checks.all_rules())
    step = "Mend the errors, then run: tenderkit check" if has_errors(problems) else "run: tenderkit build"
    return Outcome(
        problems=problems,
        data={"rules": rules, "errors": errors, "warnings": warnings},
        lines=[f"{rules} rules were checked: {errors} errors, {warnings} warnings. This is not legal advice."],
        next=step,
    )


def problems_of(plan: Plan, documents: Iterable[tree.Document] | None = None) -> list[Problem]:
    """Give what the rules and the texts of a plan's documents have to say.

    Args:
        plan: the tender made ready.
        documents: its documents, where they are there already; otherwise they are put together.
    """
    found = list(checks.run(plan))
    try:
        for document in package_documents(plan, draft=False) if documents is None else documents:
            found += [*missing(document), *check_references(document)]
    except TenderkitError as error:
        found += error.problems
    return ordered(found)
