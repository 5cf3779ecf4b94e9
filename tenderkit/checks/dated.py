"""Numbers that depend on the notice's date of publication, from ``clause_templates/dated_values.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tenderkit.library.clause import Mark
from tenderkit.plan import Plan

THRESHOLD_WORKS = "threshold-works"
TRAINING_VALUE = "training-duty-services-value"
TRAINING_NATIONAL_WORKS = "training-duty-national-works-value"
TRAINING_MONTHS = "training-duty-months"
_EMPLOYMENT = ("placement-weeks-", "ratio-")


@dataclass(frozen=True)
class Dated:
    """A number that holds on the day of publication, what it rests on, and how far that was verified."""

    number: Decimal
    source: str
    mark: Mark

    @property
    def basis(self) -> str:
        """Give the source with its mark, as problems print it."""
        return f"{self.source} ({self.mark})"

    @property
    def days(self) -> int:
        """Give the number as whole days."""
        return int(self.number)


def number(plan: Plan, name: str) -> Dated | None:
    """Give a dated value for the tender's date of publication; None when none is known for it."""
    values = plan.library.dated_values.get(name)
    found = values.on(plan.tender.procedure.publication) if values else None
    return None if found is None else Dated(found.value, found.source or name, found.mark)


def threshold_name(plan: Plan) -> str:
    """Give the name of the threshold that decides about a purchase; mixed contracts are held against the lowest."""
    tender = plan.tender
    if tender.procedure.type == "light":
        return "threshold-light-regime"
    if tender.contract.kind == "works":
        return THRESHOLD_WORKS
    return f"threshold-goods-services-{tender.authority.kind}"


def _deadline_names(plan: Plan) -> tuple[str, ...]:
    procedure = plan.tender.procedure
    electronic = "-electronic" if procedure.electronic else ""
    if procedure.type == "open":
        return (f"minimum-deadline-open{electronic}-days",)
    if procedure.type == "restricted":
        return ("minimum-deadline-restricted-request-days", f"minimum-deadline-restricted{electronic}-days")
    return ()


def minimum_deadline(plan: Plan) -> Dated | None:
    """Give the fewest days from the notice to the deadline for bids.

    In a restricted procedure both time limits together. None where the procedure has no fixed minimum, or none is
    known for the date.
    """
    names = _deadline_names(plan)
    parts = [part for name in names if (part := number(plan, name)) is not None]
    if not parts or len(parts) < len(names):
        return None
    return Dated(sum((part.number for part in parts), Decimal(0)), parts[-1].source, parts[-1].mark)


def standstill_days(plan: Plan) -> Dated | None:
    """Give the days of the standstill."""
    return number(plan, _standstill_name(plan))


def _standstill_name(plan: Plan) -> str:
    return "standstill-days" if plan.tender.procedure.electronic else "standstill-days-not-electronic"


def placement_weeks(plan: Plan, *, short: bool) -> Dated | None:
    """Give the longest single placement in weeks, for those closest to work or for others."""
    return number(plan, f"placement-weeks-{'short' if short else 'long'}")


def names_in_use(plan: Plan, *, with_practice: bool) -> Iterator[str]:
    """Give the names of the dated values that this tender is held against, or that its clauses rest on."""
    yield threshold_name(plan)
    yield from _deadline_names(plan)
    if plan.tender.procedure.type != "below-threshold":
        yield _standstill_name(plan)
    if plan.tender.contract.kind in {"services", "mixed"}:
        yield TRAINING_VALUE
    yield TRAINING_MONTHS
    if with_practice:
        yield from (name for name in sorted(plan.library.dated_values) if name.startswith(_EMPLOYMENT))
