"""``check``: everything that is wrong with a tender, at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tenderkit import checks
from tenderkit.api.agreements import check_agreement
from tenderkit.api.documents import package_documents
from tenderkit.api.explaining import explained, rule_list
from tenderkit.api.loading import draft_plan
from tenderkit.api.outcome import Outcome
from tenderkit.assembly import tree
from tenderkit.assembly.document import check_references, missing
from tenderkit.case import open_case
from tenderkit.plan import Plan
from tenderkit.problems import Problem, TenderkitError, has_errors, ordered
from tenderkit.tender import Tender


def check(folder: Path, *, clauses: Path | None = None, explain: str = "", rules: bool = False) -> Outcome:
    """Check the tender, or the agreement, in a folder; or tell what the checks look for.

    Args:
        folder: the case.
        clauses: a folder of the authority's own clauses; otherwise the one that the case names.
        explain: the id of a check, or of a rule of the law, whose page is given instead; no case is needed.
        rules: give the list of all checks instead; no case is needed.

    Raises:
        TenderkitError: the folder is no case, ``tender.yaml`` cannot be read at all, or there is no such check.
    """
    if explain or rules:
        return explained(explain) if explain else rule_list()
    case = open_case(folder, agreement=True)
    if case.is_agreement:
        return check_agreement(case, clauses)
    plan = draft_plan(case, clauses)
    problems = problems_of(plan)
    errors = sum(problem.level == "error" for problem in problems)
    warnings = sum(problem.level == "warning" for problem in problems)
    count = len(checks.all_rules())
    step = "Mend the errors, then run: tenderkit check" if has_errors(problems) else "run: tenderkit build"
    return Outcome(
        problems=problems,
        data={"rules": count, "errors": errors, "warnings": warnings},
        lines=[f"{count} rules were checked: {errors} errors, {warnings} warnings. This is not legal advice."],
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
            found += [*(_placed(plan, gap) for gap in missing(document)), *check_references(document)]
    except TenderkitError as error:
        found += error.problems
    return ordered(found)


def _placed(plan: Plan, gap: Problem) -> Problem:
    """Give a gap once, with the line of ``tender.yaml`` where its value belongs, where the file has a place for it."""
    name = gap.values["name"]
    parts = name.split(".")
    if parts[0] not in Tender.model_fields:
        return gap
    path = tuple(int(part) if part.isdecimal() else part for part in parts)
    return replace(gap, message=f'"{name}" is not given.', place=plan.source.place(path, name))
