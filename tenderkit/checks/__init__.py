"""Checks: rules that a tender is held against, each with its source and how far that was verified.

A check never says that a tender is lawful. It says what it found, where, on which basis, and what to do next.
Adding a check is adding a function to a module in ``checks/rules``; nothing else lists them.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import replace

from tenderkit.checks import rules
from tenderkit.checks.rule import Found, Rule, rule
from tenderkit.plan import Plan
from tenderkit.problems import Problem, TenderkitError, nearest, ordered

__all__ = ["Found", "Rule", "all_rules", "find_rule", "rule", "run"]


@functools.cache
def _rules() -> tuple[Rule, ...]:
    found = []
    for info in pkgutil.iter_modules(rules.__path__):
        module = importlib.import_module(f"{rules.__name__}.{info.name}")
        found += [
            value
            for value in vars(module).values()
            if isinstance(value, Rule) and value.search.__module__ == module.__name__
        ]
    return tuple(sorted(found, key=lambda item: item.id))


def all_rules() -> list[Rule]:
    """Give all rules, sorted by id."""
    return list(_rules())


def find_rule(rule_id: str) -> Rule:
    """Give a rule by its id.

    Raises:
        TenderkitError: there is no such rule; the message offers the nearest.
    """
    by_id = {item.id: item for item in _rules()}
    if rule_id not in by_id:
        raise TenderkitError(Problem("unknown-check", f'There is no check "{rule_id}".', help=nearest(rule_id, by_id)))
    return by_id[rule_id]


def run(plan: Plan) -> list[Problem]:
    """Give the problems of a tender, by level and place.

    The notice's date of publication decides which rules hold. A warning that the tender accepts with a reason is
    given as a note.
    """
    publication = plan.tender.procedure.publication
    found = (problem for item in _rules() if item.holds_on(publication) for problem in item.check(plan))
    return ordered(_accepted(problem, plan.tender.accepted_findings) for problem in found)


def _accepted(problem: Problem, reasons: Mapping[str, str]) -> Problem:
    """Give a warning as a note with the tender's reason, where the tender accepts it."""
    reason = reasons.get(problem.id, "")
    if problem.level != "warning" or not reason:
        return problem
    return replace(problem, level="note", help=f"Accepted: {reason}", values={**problem.values, "accepted": reason})
