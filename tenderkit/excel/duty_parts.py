"""What the sheets of a register of duties share: the contract's numbers, its dates, and the alarms they raise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tenderkit.assembly.context import Context
from tenderkit.evaluation.points import counted
from tenderkit.evaluation.spec import Bid, EvaluationSpec
from tenderkit.excel.frame import Frame
from tenderkit.plan import Plan


@dataclass(frozen=True)
class Alarm:
    """A line of the alarm list: the formula that counts, and the sheet where to look."""

    label: str
    formula: str
    sheet: str
    now: int = 0


@dataclass
class Register:
    """A register while its sheets are drafted. ``status``, ``start`` and ``end`` are cells, seen from other sheets."""

    frame: Frame
    bid: Bid
    status: str = ""
    start: str = ""
    end: str = ""
    holidays: str = ""
    alarms: list[Alarm] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        """Give the plan."""
        return self.frame.plan

    @property
    def spec(self) -> EvaluationSpec:
        """Give the lot's evaluation."""
        return self.plan.specs[self.bid.lot]

    @property
    def context(self) -> Context:
        """Give the context in which duties are put into words: a contract with this bid."""
        return Context(self.plan, self.frame.words.language, draft=False, lot=self.bid.lot, winner=self.bid)

    def number(self, name: str) -> Fraction | None:
        """Give a clause parameter's value: the offered number where the bid offers one. None when no clause has it."""
        for chosen in self.plan.clauses:
            resolved = chosen.values.get(name)
            if resolved is None:
                continue
            for leaf in self.spec.leaves():
                if leaf.kind == "offer" and leaf.clause == chosen.id and leaf.id in self.bid.offers:
                    offers = chosen.clause.fields[leaf.field].offers
                    if offers == name:
                        return counted(leaf, Fraction(self.bid.offers[leaf.id]))
            value = resolved.value(self.bid.lot)
            return Fraction(value) if isinstance(value, (int, Decimal)) else None
        return None

    def whole(self, name: str, default: int) -> int:
        """Give a clause parameter's value as a whole number, or the default when no clause has it."""
        value = self.number(name)
        return default if value is None else int(value)

    def alarm(self, label: str, formula: str, sheet: str, now: int = 0) -> None:
        """Add a line to the alarm list."""
        self.alarms.append(Alarm(label, formula, sheet, now))


def months_later(day: dt.date, months: int) -> dt.date:
    """Give the same day so many months later, or the last day of that month, as EDATE does.

    >>> months_later(dt.date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004 - December is month 11 here
    last = (following - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def weekday_holidays(first: int, last: int) -> Iterator[dt.date]:
    """Give the Danish public holidays that fall on weekdays, from the first year to the last."""
    from holidays import country_holidays  # noqa: PLC0415 - slow to import

    known = country_holidays("DK", years=range(first, last + 1))
    yield from sorted(day for day in known if day.weekday() < 5)  # noqa: PLR2004 - Monday is 0
