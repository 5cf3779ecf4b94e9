"""How many places in training courses at a time: what limits them, and low, middle and high, per lot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tenderkit.advice import content
from tenderkit.advice.answers import Answers, LotShare
from tenderkit.advice.facts import ratio_rule
from tenderkit.advice.sentence import Kroner, Part, Sentence
from tenderkit.calculation.cohort import participant_months, participants, places_by_hours, places_by_mentors
from tenderkit.calculation.ratio import RatioRule, places_for, staff_for
from tenderkit.library import Library

#: The parameters by which a clause with courses is found.
COHORT, AVERAGE, CEILING = "cohort_size", "average_months", "price_ceiling"
_AVERAGE = Decimal(9)


@dataclass(frozen=True)
class Limit:
    """What limits the places: the number, and the arithmetic in a sentence."""

    places: int
    line: Sentence


@dataclass(frozen=True)
class LotPlaces:
    """A lot's range of places at a time.

    ``levels`` are the places by level; ``lines`` say what each level gives over the term.
    """

    lot: LotShare
    limits: tuple[Limit, ...]
    most: int
    levels: Mapping[str, int]
    lines: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]


@dataclass(frozen=True)
class Places:
    """The ranges of all lots. ``ceiling`` is the proposed highest price of a participant-month."""

    lots: tuple[LotPlaces, ...]
    average_months: Decimal
    ceiling: Decimal
    warnings: tuple[Sentence, ...]

    def total(self, level: str) -> int:
        """Give the places of all lots."""
        return sum(lot.levels[level] for lot in self.lots)


def places(answers: Answers, library: Library) -> Places:
    """Give the ranges."""
    rule = ratio_rule(library, answers.publication)
    average = found[0] if (found := content.parameter_default(library, AVERAGE)) else _AVERAGE
    ceiling = content.proposal(library).price_ceiling
    nearby = _shared(answers)
    lots = tuple(
        _Lot(answers, library, rule, average, ceiling).places(lot, people)
        for lot, people in zip(answers.parts, nearby, strict=True)
    )
    total = Places(lots, average, ceiling, ())
    return Places(lots, average, ceiling, _whole(answers, total))


def _shared(answers: Answers) -> list[int]:
    """Divide the people who can be referred among the lots by their hours; what is left goes to the largest."""
    lots = answers.parts
    hours = sum((lot.weekly_hours for lot in lots), Fraction(0))
    if not hours:
        return [answers.nearby // len(lots)] * len(lots)
    whole = [int(answers.nearby * lot.weekly_hours / hours) for lot in lots]
    largest = max(range(len(lots)), key=lambda index: lots[index].weekly_hours)
    whole[largest] += answers.nearby - sum(whole)
    return whole


class _Lot:
    """What the places of every lot are worked out from."""

    def __init__(self, answers: Answers, library: Library, rule: RatioRule, average: Decimal, ceiling: Decimal) -> None:
        self.answers = answers
        self.numbers = content.numbers(library)
        self.rule = rule
        self.average = average
        self.ceiling = ceiling

    def places(self, lot: LotShare, nearby: int) -> LotPlaces:
        limits = self._limits(lot, nearby)
        most = min(limit.places for limit in limits)
        levels = {level: self._level(level, most) for level in content.LEVELS}
        lines = [line for level in content.LEVELS if (line := self._line(level, levels[level]))]
        return LotPlaces(lot, limits, most, levels, tuple(lines), tuple(self._warnings(lot, levels)))

    def _limits(self, lot: LotShare, nearby: int) -> tuple[Limit, ...]:
        answers, numbers = self.answers, self.numbers
        staff, unskilled = answers.ordinary_staff, lot.weekly_hours * Fraction(answers.unskilled_percent) / 100
        by_ratio = places_for(self.rule, staff)
        rule = {"first": self.rule.first, "per": self.rule.per_place, "above": self.rule.per_place_above}
        by_hours = places_by_hours(unskilled, numbers.hours_per_place.value)
        by_mentors = places_by_mentors(answers.mentors, numbers.places_per_mentor.value)
        return (
            Limit(by_ratio, Sentence("limit-ratio", {**rule, "staff": staff, "places": by_ratio})),
            Limit(nearby, Sentence("limit-people", {"people": answers.nearby, "places": nearby})),
            Limit(
                by_hours,
                Sentence(
                    "limit-hours",
                    {
                        "weekly": lot.weekly_hours,
                        "percent": answers.unskilled_percent,
                        "hours": unskilled,
                        "each": numbers.hours_per_place.value,
                        "places": by_hours,
                    },
                ),
            ),
            Limit(
                by_mentors,
                Sentence(
                    "limit-mentors",
                    {"mentors": answers.mentors, "each": numbers.places_per_mentor.value, "places": by_mentors},
                ),
            ),
        )

    def _level(self, level: str, most: int) -> int:
        share = Fraction(self.numbers.place_shares[level].value) / 100
        return max(min(1, most), int(most * share))

    def _line(self, level: str, count: int) -> Sentence | None:
        if not count:
            return None
        months, filled = self.answers.duration_months, self.numbers.occupancy.value
        bought = participant_months(count, months, filled)
        parts: dict[str, Part] = {
            "places": count,
            "months": months,
            "average": self.average,
            "people": participants(count, months, self.average),
            "filled": filled,
            "bought": bought,
            "ceiling": Kroner(self.ceiling),
            "cost": Kroner(bought * Fraction(self.ceiling)),
        }
        return Sentence(f"places-{level}", parts)

    def _warnings(self, lot: LotShare, levels: Mapping[str, int]) -> list[Sentence]:
        small = int(self.numbers.small_firm_staff.value)
        allowed, middle = places_for(self.rule, small), levels["middle"]
        found = []
        if middle > allowed:
            needed = staff_for(self.rule, middle)
            parts: dict[str, Part] = {
                "lot": lot.title,
                "staff": small,
                "allowed": allowed,
                "places": middle,
                "needed": needed,
            }
            found.append(Sentence("places-small-firm", parts))
        return found


def _whole(answers: Answers, total: Places) -> tuple[Sentence, ...]:
    """Give what holds for all lots together: limits that were not looked into, and people to be found over the term."""
    found = []
    unknown = {"nearby": answers.nearby, "ordinary_staff": answers.ordinary_staff, "mentors": answers.mentors}
    found += [Sentence(f"unknown-{key}") for key, value in unknown.items() if value == 0]
    middle = total.total("middle")
    over = participants(middle, answers.duration_months, total.average_months) if middle else 0
    if over > answers.nearby > 0:
        found.append(Sentence("places-renewal", {"people": over, "nearby": answers.nearby, "places": middle}))
    return tuple(found)
