"""How a calculated quota is rounded: the rules that a trainee quota publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from types import MappingProxyType
from typing import Literal

from tenderkit.calculation.hours import Exact


@dataclass(frozen=True)
class RoundingRule:
    """A rounding rule: to steps of a person-year, in a direction, and never below ``least``."""

    step: Fraction
    direction: Literal["down", "nearest", "up"]
    least: Fraction


_HALF, _QUARTER = Fraction(1, 2), Fraction(1, 4)

#: The rules by the names that clauses use.
RULES: Mapping[str, RoundingRule] = MappingProxyType(
    {
        "down_half": RoundingRule(_HALF, "down", _HALF),
        "down_quarter": RoundingRule(_QUARTER, "down", _QUARTER),
        "nearest_quarter": RoundingRule(_QUARTER, "nearest", _QUARTER),
        "up_quarter": RoundingRule(_QUARTER, "up", Fraction(0)),
    }
)


def rounded(number: Exact, rule: RoundingRule) -> Fraction:
    """Give a number of person-years, rounded once.

    Formula: the step times the whole number of steps below, nearest to (a half goes up) or above the number, at
    least ``least``.

    Source: that the rule is published is settled practice; rounding down with a floor is a suggestion in the sheet of
    legal facts (suggested).

    >>> [rounded(Fraction(62, 100), RULES[name]) for name in ("down_half", "down_quarter", "up_quarter")]
    [Fraction(1, 2), Fraction(1, 2), Fraction(3, 4)]
    >>> rounded(Fraction(1, 10), RULES["down_quarter"])
    Fraction(1, 4)
    """
    steps = Fraction(number) / rule.step
    whole = {"down": floor(steps), "nearest": floor(steps + _HALF), "up": ceil(steps)}[rule.direction]
    return max(rule.least, whole * rule.step)
