"""How many person-years of persons under training to ask for: low, middle and high, per lot, with the arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tenderkit.advice import content
from tenderkit.advice.answers import Answers, LotShare
from tenderkit.advice.facts import dated
from tenderkit.advice.sentence import Kroner, Sentence
from tenderkit.calculation.hours import GROSS_NORM, fte_years
from tenderkit.calculation.quota import by_hours_share, by_payroll_share
from tenderkit.calculation.rounding import RULES, rounded
from tenderkit.library import Library
from tenderkit.library.clause import Parameter
from tenderkit.source import Bilingual

#: The parameters by which a clause that asks for person-years is found.
STATED, ROUNDING = "fte_years_per_year", "rounding"
WEEKS = 52
_MONTHS = 12


@dataclass(frozen=True)
class Share:
    """A share of the person-years, exactly and as the clause rounds it."""

    percent: Decimal
    exact: Fraction
    years: Fraction


@dataclass(frozen=True)
class LotTrainees:
    """A lot's range, in person-years a year."""

    lot: LotShare
    hours: Fraction
    fte: Fraction
    shares: Mapping[str, Share]
    lines: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]


@dataclass(frozen=True)
class Trainees:
    """The ranges of all lots.

    Attributes:
        lots: each lot's range.
        rounding: the name of the rule by which the clause rounds.
        rounding_words: the rule as the clause says it.
        check: the same by payroll, where an hour's cost is known.
    """

    lots: tuple[LotTrainees, ...]
    rounding: str
    rounding_words: Bilingual
    check: tuple[Sentence, ...]

    def total(self, level: str) -> Fraction:
        """Give the person-years a year of all lots."""
        return sum((lot.shares[level].years for lot in self.lots), Fraction(0))


def trainees(answers: Answers, library: Library) -> Trainees | None:
    """Give the ranges; None where the library has no clause that asks for person-years."""
    rounding = _rounding(library)
    if rounding is None:
        return None
    name = str(rounding.default)
    label = rounding.options[name]
    norm_found = dated(library, "person-year-hours", answers.publication)
    norm = Fraction(norm_found.value) if norm_found else Fraction(GROSS_NORM)
    lots = tuple(_lot(lot, name, norm, library) for lot in answers.parts)
    return Trainees(lots, name, Bilingual(da=label.da, en=label.en), _by_payroll(answers, library, norm))


def _rounding(library: Library) -> Parameter | None:
    for identifier in library.ids("clause"):
        parameters = library.clause(identifier).parameters
        if STATED in parameters and ROUNDING in parameters:
            return parameters[ROUNDING]
    return None


def _lot(lot: LotShare, rounding: str, norm: Fraction, library: Library) -> LotTrainees:
    numbers = content.numbers(library)
    hours = lot.weekly_hours * WEEKS
    fte = fte_years(hours, norm)
    shares: dict[str, Share] = {}
    lines = [Sentence("hours", {"weekly": lot.weekly_hours, "weeks": WEEKS, "hours": hours})]
    lines.append(Sentence("person-years", {"hours": hours, "norm": norm, "fte": fte}))
    for level in content.LEVELS:
        percent = numbers.trainee_shares[level].value
        exact = by_hours_share(percent, hours, norm)
        share = Share(percent, exact, rounded(exact, RULES[rounding]))
        shares[level] = share
        lines.append(Sentence(f"share-{level}", {"percent": percent, "fte": fte, "exact": exact, "years": share.years}))
    small = numbers.small_number.value
    low = [level for level in content.LEVELS if shares[level].exact < small]
    warnings = (
        [Sentence(f"small-{low[-1]}", {"lot": lot.title, "least": small, "exact": shares[low[-1]].exact})]
        if low
        else []
    )
    return LotTrainees(lot, hours, fte, shares, tuple(lines), tuple(warnings))


def _by_payroll(answers: Answers, library: Library, norm: Fraction) -> tuple[Sentence, ...]:
    """Give the whole contract's person-years by payroll, for comparison."""
    cost = answers.hourly_cost_dkk
    if cost is None:
        return ()
    value, part = answers.value_dkk, answers.payroll_percent
    percent = content.numbers(library).trainee_shares.middle.value
    whole = by_payroll_share(100, part, value, cost, norm)
    share = by_payroll_share(percent, part, value, cost, norm)
    months = answers.total_months
    yearly = share * _MONTHS / months
    return (
        Sentence("payroll", {"value": Kroner(value), "part": part, "cost": Kroner(cost), "norm": norm, "fte": whole}),
        Sentence(
            "payroll-share", {"percent": percent, "fte": whole, "exact": share, "months": months, "yearly": yearly}
        ),
    )
