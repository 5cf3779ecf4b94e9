"""The proposed timetable, from the date of publication."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tenderkit.advice import content
from tenderkit.advice.answers import Answers
from tenderkit.advice.facts import dated
from tenderkit.library import Library
from tenderkit.quantities import add_working_days, is_working_day, standstill_end

_ONE = dt.timedelta(days=1)
_STANDSTILL, _MINIMUM = "standstill-days", "minimum-deadline-open-electronic-days"


@dataclass(frozen=True)
class Dates:
    """The dates of the procedure, in order."""

    publication: dt.date
    questions_until: dt.date
    answers_until: dt.date
    deadline: dt.date
    notification: dt.date
    standstill_end: dt.date
    signing: dt.date
    start: dt.date


def dates(answers: Answers, library: Library) -> Dates:
    """Give the dates. None but the publication is on a weekend or a holiday; the contract starts on a first of a month.

    The time for tenders is never below the law's minimum for the day, and the standstill is counted by its rule.
    """
    days = content.numbers(library).timetable
    published = answers.publication
    minimum = dated(library, _MINIMUM, published)
    time = max(int(days.deadline_days.value), int(minimum.value) if minimum else 0)
    deadline = _working(published + dt.timedelta(days=time))
    notification = _working(deadline + dt.timedelta(days=int(days.evaluation_days.value)))
    standstill = dated(library, _STANDSTILL, published)
    ends = standstill_end(notification, int(standstill.value)) if standstill else standstill_end(notification)
    signing = add_working_days(ends, 2)
    return Dates(
        publication=published,
        questions_until=_working(deadline - dt.timedelta(days=int(days.questions_before.value))),
        answers_until=_working(deadline - dt.timedelta(days=int(days.answers_before.value))),
        deadline=deadline,
        notification=notification,
        standstill_end=ends,
        signing=signing,
        start=_first_of_month(signing + dt.timedelta(days=int(days.transition_days.value))),
    )


def _working(day: dt.date) -> dt.date:
    while not is_working_day(day):
        day += _ONE
    return day


def _first_of_month(day: dt.date) -> dt.date:
    """Give the first of a month on or after a day."""
    return day if day.day == 1 else (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
