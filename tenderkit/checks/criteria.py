"""The criteria of a plan that get points: all of them, their names and where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.evaluation.spec import Criterion
from tenderkit.plan import Plan
from tenderkit.source import Path


def leaves(plan: Plan) -> Iterator[tuple[str, Criterion]]:
    """Give each lot's criteria that get points."""
    for lot, spec in plan.specs.items():
        for leaf in spec.leaves():
            yield lot, leaf


def named(leaf: Criterion) -> str:
    """Give what readers call a criterion: its number and title."""
    return f"{leaf.number} {leaf.title}".strip()


def criterion_path(criterion_id: str) -> Path:
    """Give a criterion's path in ``tender.yaml`` from its dotted id.

    >>> criterion_path("social.hours")
    ('criteria', 'social', 'sub', 'hours')
    """
    first, *rest = criterion_id.split(".")
    return ("criteria", first, *(part for name in rest for part in ("sub", name)))
