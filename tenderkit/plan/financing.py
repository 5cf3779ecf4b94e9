"""The financing of a partnership of three parties, taken from the values of the clause that regulates it."""

from __future__ import annotations

from decimal import Decimal

from tenderkit.calculation.financing import Financing
from tenderkit.plan.types import ChosenClause

#: The clause's parameters, in the order of :class:`Financing`.
PARAMETERS = ("citizens", "municipal_payment_month", "overhead_per_hour", "temp_hours_month", "support_cost_month")
TERM = "term_months"


def has_financing(chosen: ChosenClause) -> bool:
    """Tell whether a clause regulates the financing of a partnership."""
    return set(PARAMETERS) <= set(chosen.values)


def lacking(chosen: ChosenClause) -> list[str]:
    """Give the parameters of the financing that have no value yet."""
    return [name for name in PARAMETERS if name not in chosen.values or number(chosen, name) is None]


def financing(chosen: ChosenClause) -> Financing | None:
    """Give the financing; None while a value is not known."""
    numbers = [value for name in PARAMETERS if (value := number(chosen, name)) is not None]
    return Financing(*numbers) if len(numbers) == len(PARAMETERS) else None


def number(chosen: ChosenClause, name: str) -> Decimal | None:
    """Give a parameter's number; None when it is not known."""
    value = chosen.values[name].value() if name in chosen.values else None
    return Decimal(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None
