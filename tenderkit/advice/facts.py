"""The answers as the conditions of clauses read them: plain numbers by name, and two that the law's dates decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from tenderkit.advice.answers import Answers
from tenderkit.advice.sentence import Kroner, Sentence
from tenderkit.calculation.ratio import RatioRule
from tenderkit.library import Library
from tenderkit.library.vocabulary import DatedValue

#: What a kind of contract is, by the names of the conditions. A light service is a service too, and a mixed contract
#: has a service as its main subject.
_KINDS: dict[str, frozenset[str]] = {
    "services": frozenset({"is_service"}),
    "light": frozenset({"is_service", "is_light"}),
    "works": frozenset({"is_works_contract"}),
    "goods": frozenset({"is_supply"}),
    "mixed": frozenset({"is_service"}),
}
_GROUPS = {
    "unemployed": "group_unemployed",
    "disability": "group_disability",
    "refugees": "group_refugee",
    "youth": "group_youth",
}
_MARKET = {"not-asked": 0, "negative": 1, "mixed": 2, "positive": 3}
_NOBODY = "nobody"
_DUTY_VALUE, _DUTY_MONTHS = "training-duty-services-value", "training-duty-months"
_NATIONAL_WORKS = "training-duty-national-works-value"
_WORKS = "threshold-works"


@dataclass(frozen=True)
class Facts:
    """The names of the conditions with their values, and what is not sure about them.

    ``threshold`` is the EU threshold that the value is held against.
    """

    values: dict[str, Fraction]
    doubts: tuple[Sentence, ...]
    threshold: DatedValue | None

    def __getitem__(self, name: str) -> Fraction:
        return self.values[name]


def dated(library: Library, name: str, day: dt.date) -> DatedValue | None:
    """Give a dated value for a day; where none is known for it, the newest that began before it."""
    known = library.dated_values[name]
    earlier = [value for value in known.values if value.start <= day]
    return known.on(day) or max(earlier, key=lambda value: value.start, default=None)


def is_known(library: Library, name: str, day: dt.date) -> bool:
    """Tell whether a dated value is known for the day itself."""
    return library.dated_values[name].on(day) is not None


def ratio_rule(library: Library, day: dt.date) -> RatioRule:
    """Give the reasonable-ratio rule that holds for a notice published on a day."""
    names = ("ratio-first-employees", "ratio-employees-per-place", "ratio-employees-per-place-above")
    first, lower, above = (int(found.value) if (found := dated(library, name, day)) else 1 for name in names)
    return RatioRule(first, lower, above)


def facts(answers: Answers, library: Library) -> Facts:
    """Give the value of every name that a clause's advice may use."""
    kinds = _KINDS[answers.kind]
    threshold_name = _threshold_name(answers)
    threshold = dated(library, threshold_name, answers.publication)
    duty, doubts = _duty(answers, library)
    if not is_known(library, threshold_name, answers.publication):
        doubts += (Sentence("doubt-date", {"date": answers.publication.isoformat()}),)
    plain: dict[str, Fraction | int | bool] = {
        **{name: name in kinds for name in ("is_service", "is_works_contract", "is_supply", "is_light")},
        **{name: key in answers.group for key, name in _GROUPS.items()},
        "duration": answers.duration_months,
        "total_duration": answers.total_months,
        "value": Fraction(answers.value_dkk),
        "weekly_work": Fraction(answers.weekly_hours),
        "unskilled": Fraction(answers.unskilled_percent),
        "lot_count": len(answers.parts),
        "decision": answers.political_decision,
        "matching": answers.matching != _NOBODY,
        "nearby": answers.nearby,
        "market": _MARKET[answers.market],
        "transfer": answers.transfer,
        "capacity": answers.ordinary_staff,
        "security": answers.security,
        "support": Fraction(answers.followup_hours),
        "duty": duty,
        "above_threshold": threshold is not None and answers.value_dkk >= threshold.value,
    }
    return Facts({name: Fraction(value) for name, value in plain.items()}, doubts, threshold)


def _threshold_name(answers: Answers) -> str:
    if answers.kind == "light":
        return "threshold-light-regime"
    return _WORKS if answers.kind == "works" else f"threshold-goods-services-{answers.authority_kind}"


def _duty(answers: Answers, library: Library) -> tuple[bool, tuple[Sentence, ...]]:
    """Tell whether the duty to require persons under training holds, and what is not sure about it.

    Source: udbudsloven § 176(2)-(4) and executive order 1079/2022, whose list of contract kinds was not seen; the
    amounts and their marks stand in the dated values.
    """
    day, works = answers.publication, answers.kind == "works"
    limit = library.dated_values[_WORKS if works else _DUTY_VALUE].on(day) or (
        dated(library, _WORKS, day) if works else None
    )
    months = library.dated_values[_DUTY_MONTHS].on(day)
    if answers.kind == "goods" or limit is None or months is None or answers.total_months < months.value:
        return False, ()
    holds = answers.value_dkk >= limit.value
    doubts: list[Sentence] = []
    if holds:
        doubts.append(Sentence("doubt-mixed" if answers.kind == "mixed" else "doubt-kinds"))
        if any(lot.value < limit.value for lot in answers.parts):
            doubts.append(Sentence("doubt-lots", {"limit": Kroner(limit.value)}))
    national = library.dated_values[_NATIONAL_WORKS].on(day) if works else None
    if not holds and national is not None and answers.value_dkk >= national.value:
        doubts.append(Sentence("doubt-works", {"limit": Kroner(national.value)}))
    return holds, tuple(doubts)
