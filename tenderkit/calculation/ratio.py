"""The reasonable-ratio rule (rimelighedskravet): places in placement and wage subsidy against ordinary staff."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RatioRule:
    """The numbers of the rule; the law's dates decide which hold, so they come from the dated values.

    Attributes:
        first: how many of the ordinary employees the lower number holds for.
        per_place: ordinary employees per place among the first ones.
        per_place_above: ordinary employees per place above them.
    """

    first: int
    per_place: int
    per_place_above: int

    def __post_init__(self) -> None:
        if min(self.first, self.per_place, self.per_place_above) <= 0:
            raise ValueError("the numbers of the ratio rule are above 0")


def places_for(rule: RatioRule, ordinary: int) -> int:
    """Give how many people in placement and wage subsidy together a production unit may have.

    Formula: 1 per ``per_place`` of the first ``first`` ordinary employees, then 1 per ``per_place_above``, never
    fewer than 1. Heads are counted, whatever their hours; people with public subsidy, fixed-term and project staff,
    apprentices and flex-jobbers are not ordinary employees. The unit is the P-number.

    Source: Cabi, quoting the order (verified until 2026; expected to be re-enacted in 2027, unverified).

    >>> rule = RatioRule(first=50, per_place=5, per_place_above=10)
    >>> [places_for(rule, staff) for staff in (5, 9, 14, 19, 24, 50, 100)]
    [1, 1, 2, 3, 4, 10, 15]

    Raises:
        ValueError: the number of employees is below 0.
    """
    if ordinary < 0:
        raise ValueError("a unit cannot have fewer than 0 employees")
    within = min(ordinary, rule.first) // rule.per_place
    above = max(0, ordinary - rule.first) // rule.per_place_above
    return max(1, within + above)


def staff_for(rule: RatioRule, places: int) -> int:
    """Give the fewest ordinary employees with which a production unit may have so many places.

    Formula: the smallest number for which :func:`places_for` gives at least ``places``. A single place needs none,
    because the rule never gives fewer than one.

    Source: derived from the rule; that 15 places at a time need 100 employees stands in the sheet of legal facts.

    >>> staff_for(RatioRule(first=50, per_place=5, per_place_above=10), 15)
    100
    """
    if places <= 1:
        return 0
    if places <= rule.first // rule.per_place:
        return places * rule.per_place
    return rule.first + (places - rule.first // rule.per_place) * rule.per_place_above
