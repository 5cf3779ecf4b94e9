"""Which clauses let people practise in a firm without pay, and what their tables say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tenderkit.checks.places import points
from tenderkit.plan import ChosenClause, Plan, Resolved, Value

# Option keys, in any clause, that stand for hours without pay in a firm.
PRACTICE = frozenset({"placement", "hybrid"})
Row = Mapping[str, Value]


def practice_clauses(plan: Plan) -> Iterator[ChosenClause]:
    """Give the clauses that train people without pay: they lay down a course with a placement among its choices."""
    for chosen in plan.clauses:
        if "training" in points(plan, chosen) and any(
            _picked(resolved) & PRACTICE for resolved in chosen.values.values()
        ):
            yield chosen


def _picked(resolved: Resolved) -> set[str]:
    if resolved.parameter.type not in {"choice", "choices"}:
        return set()
    values = resolved.by_lot.values()
    return {str(item) for value in values for item in (value if isinstance(value, list) else [value])}


def tables(chosen: ChosenClause) -> Iterator[tuple[str, str, list[Row]]]:
    """Give a clause's table parameters: name, lot and rows."""
    for name, resolved in chosen.values.items():
        if resolved.parameter.type == "table":
            for lot, rows in resolved.by_lot.items():
                yield name, lot, [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
