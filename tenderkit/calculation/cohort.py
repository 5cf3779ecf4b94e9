"""A cohort (Q-COH): places at a time, the length of a course, and how many people and months come of it."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from tenderkit.calculation.hours import Exact


def participants(places: int, duration_months: Exact, average_months: Exact) -> int:
    """Give the people whom a number of places can take through a course: places · months / average, rounded up.

    Source: Ikast-Brande's tender for the idea (verified: 15 places, at most 18 months); the formula is a suggestion of
    the catalogue of clauses.

    >>> participants(15, 48, 9)
    80

    Raises:
        ValueError: the average course has no length.
    """
    if average_months <= 0:
        raise ValueError("an average course lasts more than 0 months")
    return ceil(places * Fraction(duration_months) / Fraction(average_months))


def participant_months(places: int, duration_months: Exact, filled: Exact = 100) -> Fraction:
    """Give the participant-months of places that are filled for a share, in per cent, of the time.

    Formula: places · months · share. Source: arithmetic.

    >>> participant_months(10, 48, 80)
    Fraction(384, 1)
    """
    return places * Fraction(duration_months) * Fraction(filled) / 100


def last_start(duration_months: Exact, average_months: Exact) -> Fraction:
    """Give the month of the contract after which no average course can end inside it.

    Formula: months - average, at least 0. Source: catalogue of clauses, exit and hand-over (suggested).

    >>> last_start(48, 9)
    Fraction(39, 1)
    """
    return max(Fraction(0), Fraction(duration_months) - Fraction(average_months))


def places_by_hours(hours: Exact, per_place: Exact) -> int:
    """Give the places that a week's suitable work has room for: hours / hours per place, rounded down.

    Source: that there must be work to learn on and a job to come is the idea of the job guarantee (verified); how many
    hours that takes is the authority's own number (suggested).

    >>> places_by_hours(800, 74)
    10

    Raises:
        ValueError: a place takes no work.
    """
    if per_place <= 0:
        raise ValueError("a place takes more than 0 hours of work")
    return int(Fraction(hours) / Fraction(per_place))


def places_by_mentors(mentors: int, per_mentor: Exact) -> int:
    """Give the places that a number of mentors can follow: mentors · places per mentor, rounded down.

    Source: the catalogue of clauses, mentor and introduction: one mentor per five (suggested).

    >>> places_by_mentors(3, 5)
    15
    """
    return int(mentors * Fraction(per_mentor))
