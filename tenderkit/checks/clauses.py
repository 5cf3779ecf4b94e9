"""What the chosen clauses ask for: their numbers, the schemes they build on, and whether they bind."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tenderkit.library.vocabulary import Scheme
from tenderkit.plan import ChosenClause, Plan

TRAINING = "training"
#: Units of what a quota counts; a share of the price or a number of days is no amount of people or work.
AMOUNTS = frozenset(
    {"fte_years_per_year", "fte", "places", "persons", "positions", "jobs", "hours", "hours_per_year", "weeks"}
)
_QUOTA = frozenset({"fte_years_per_year", "fte"})


def binds(chosen: ChosenClause) -> bool:
    """Tell whether a clause binds a supplier: it can be used as more than a voluntary arrangement or an agreement."""
    return bool(set(chosen.clause.use_as) - {"voluntary", "agreement"})


def number(chosen: ChosenClause, name: str, lot: str = "") -> Decimal | None:
    """Give a parameter's number; None when the clause has no such parameter or it has no number."""
    value = chosen.values[name].value(lot) if name in chosen.values else None
    return Decimal(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None


def text(chosen: ChosenClause, name: str) -> str:
    """Give a parameter's text or choice; empty when it has none."""
    value = chosen.values[name].value() if name in chosen.values else None
    return value if isinstance(value, str) else ""


def owed(chosen: ChosenClause) -> frozenset[str]:
    """Give the names of the parameters whose numbers the clause makes a duty of others than the authority."""
    return frozenset(duty.value for duty in chosen.clause.duties.values() if duty.who != "authority" and duty.value)


def amounts(chosen: ChosenClause, lot: str) -> Iterator[tuple[str, Decimal]]:
    """Give the amounts of people or work that a clause asks for in a lot: the parameter and its number."""
    for name, resolved in chosen.values.items():
        unit = resolved.parameter.unit
        if unit in _QUOTA or (unit in AMOUNTS and name in owed(chosen)):
            value = number(chosen, name, lot)
            if value is not None:
                yield name, value


def places(chosen: ChosenClause, lot: str) -> Decimal:
    """Give the most people whom a clause has in places at a time in a lot."""
    found = [
        value
        for name, resolved in chosen.values.items()
        if resolved.parameter.unit == "places"
        and name in owed(chosen)
        and (value := number(chosen, name, lot)) is not None
    ]
    return max(found, default=Decimal(0))


def schemes(plan: Plan, chosen: ChosenClause) -> Iterator[tuple[str, Scheme]]:
    """Give the public schemes that a clause builds on."""
    known = plan.library.vocabulary.schemes
    yield from ((name, known[name]) for name in chosen.clause.schemes if name in known)


def counted_in_ratio(plan: Plan, chosen: ChosenClause) -> bool:
    """Tell whether people come through the clause who count in the reasonable-ratio rule."""
    return any(scheme.ratio for _, scheme in schemes(plan, chosen))
