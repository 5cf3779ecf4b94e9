"""When a course with a job guarantee has paid for itself: the catalogue's reference calculation for one participant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from tenderkit.calculation.hours import Exact


@dataclass(frozen=True)
class Step:
    """A part of the course: how many months it lasts, and what the supplier pays a month for the work it receives."""

    months: Exact
    work_value: Exact


@dataclass(frozen=True)
class Course:
    """One participant's course in kroner.

    Attributes:
        price: the training price of a month.
        steps: the parts of the course, in order.
        saved: the benefit that the municipality saves in a month of ordinary work after the course.
    """

    price: Exact
    steps: Sequence[Step]
    saved: Exact

    @property
    def months(self) -> Fraction:
        """Give the length of the course."""
        return sum((Fraction(step.months) for step in self.steps), Fraction(0))

    @property
    def cost(self) -> Fraction:
        """Give what the course costs the municipality before anything is saved."""
        worked = sum((Fraction(step.months) * Fraction(step.work_value) for step in self.steps), Fraction(0))
        return self.months * Fraction(self.price) - worked


def net_cost(course: Course, months_in_job: Exact) -> Fraction:
    """Give the municipality's net cost of a participant with so many months in work; below 0 it has saved.

    Formula: months · training price - Σ (months of a step · work value) - saved benefit · months in the job.

    Source: reference calculation of the catalogue of clauses (suggested). An estimate, never a promise.

    >>> course = Course(price=12_000, steps=[Step(6, 0), Step(6, 4_000)], saved=10_000)
    >>> net_cost(course, 12)
    Fraction(0, 1)
    """
    return course.cost - Fraction(course.saved) * Fraction(months_in_job)


def break_even_month(course: Course) -> int | None:
    """Give the first month, counted from the start of the course, at the end of which the net cost is 0 or below.

    None when nothing is saved and the course costs something. Two published figures for one case differ (a little
    over one year, and 18 months), so a result is shown with its inputs and never as a fact.

    Source: as :func:`net_cost`; the two figures: KL 2019 and DI 2018 (verified).

    >>> break_even_month(Course(price=12_000, steps=[Step(6, 0), Step(6, 4_000)], saved=10_000))
    24
    """
    within = _within(course)
    if within is not None or course.saved <= 0:
        return within
    return ceil(course.months + course.cost / Fraction(course.saved))


def _within(course: Course) -> int | None:
    """Give the month of the course in which its cost comes back to 0; None when it ends with a cost."""
    total, passed = Fraction(0), Fraction(0)
    for step in course.steps:
        each = Fraction(course.price) - Fraction(step.work_value)
        after = total + each * Fraction(step.months)
        if after <= 0:
            needed = total / -each if each < 0 else Fraction(0)
            return max(1, ceil(passed + needed))
        total, passed = after, passed + Fraction(step.months)
    return None
