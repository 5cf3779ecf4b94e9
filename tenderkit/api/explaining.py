"""What a check looks for, and which checks and questions decide a rule of the law: for ``check --explain``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from tenderkit import checks
from tenderkit.api.outcome import Outcome
from tenderkit.checks.rule import Rule
from tenderkit.library import Library
from tenderkit.library.checklist import LegalRule
from tenderkit.problems import Problem, TenderkitError, nearest

_WIDTH = 100


def rule_list() -> Outcome:
    """Give all checks with their level and title."""
    found = checks.all_rules()
    return Outcome(
        data={"rules": [_short(item) for item in found]},
        lines=[f"{item.id} ({item.severity}): {item.title}" for item in found],
        next="tenderkit check --explain CHECK",
    )


def explained(identifier: str) -> Outcome:
    """Give the page of a check, or of a rule of the law by its id such as ``DK-OPL-01``.

    Raises:
        TenderkitError: there is no such check or rule; the message offers the nearest.
    """
    library = Library()
    known = {item.id: item for item in checks.all_rules()}
    if identifier in known:
        item = known[identifier]
        return Outcome(data={"rule": {**_short(item), **_long(item)}}, lines=[item.page().rstrip("\n")])
    legal = library.legal_rules.get(identifier.upper())
    if legal is not None:
        page = _legal(library, identifier.upper(), legal)
        return Outcome(data={"rule": page}, lines=list(_lines(page)))
    advice = nearest(identifier, known if identifier.islower() else library.legal_rules)
    raise TenderkitError(
        Problem(
            "unknown-check",
            f'There is no check and no rule "{identifier}".',
            help=advice if advice.startswith("Did") else "List all checks: tenderkit check --rules",
        )
    )


def _short(item: Rule) -> dict[str, object]:
    return {"id": item.id, "severity": item.severity, "title": item.title, "rule_ids": list(item.rule_ids)}


def _long(item: Rule) -> dict[str, object]:
    return {
        "why": item.why,
        "source": item.source,
        "mend": item.mend,
        "basis": item.basis,
        "valid_from": str(item.valid_from or ""),
        "valid_to": str(item.valid_to or ""),
        "text": item.page(),
    }


def _legal(library: Library, identifier: str, legal: LegalRule) -> dict[str, object]:
    """Give a rule of the law with the checks, questions and parts of tenderkit that hold it."""
    questions = [item for item in library.checklist.questions.values() if identifier in item.rule_ids]
    return {
        "id": identifier,
        "severity": legal.severity,
        "title": legal.says,
        "basis": f"{legal.basis} ({legal.mark})",
        "checks": [item.id for item in checks.all_rules() if identifier in item.rule_ids],
        "questions": [item.question.en for item in questions],
        "built_in": legal.built_in,
    }


def _lines(page: dict[str, object]) -> Iterator[str]:
    yield f"{page['id']} ({page['severity']})\n"
    yield f"{page['title']}\n"
    yield f"Basis: {page['basis']}."
    for key, what in (("checks", "Decided by the check"), ("questions", "Asked in the checklist")):
        found = page[key]
        for item in found if isinstance(found, list) else []:
            yield textwrap.fill(f"{what}: {item}", _WIDTH, break_on_hyphens=False)
    if page["built_in"]:
        yield textwrap.fill(f"Built in: {page['built_in']}", _WIDTH, break_on_hyphens=False)
