"""Hours and person-years (årsværk)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Exact = Fraction | Decimal | int

#: 37 hours a week in 52 weeks: the Danish full-time norm, holidays included (verified: the construction clients'
#: conversion figure of 9 September 2022). Hours of production need a net figure that the authority sets itself.
GROSS_NORM = 37 * 52


def fte_years(hours: Exact, norm: Exact = GROSS_NORM) -> Fraction:
    """Give hours as person-years: hours / norm.

    Source: definitions of the trainee FTE in municipal clauses (verified); the norm of 1,924 hours (verified).

    >>> fte_years(19_240)
    Fraction(10, 1)

    Raises:
        ValueError: the norm is not above 0.
    """
    if norm <= 0:
        raise ValueError("a person-year has more than 0 hours")
    return Fraction(hours) / Fraction(norm)


def hours_of(years: Exact, norm: Exact = GROSS_NORM) -> Fraction:
    """Give person-years as hours: years · norm.

    Source: as :func:`fte_years`.

    >>> hours_of(Fraction(1, 2))
    Fraction(962, 1)
    """
    return Fraction(years) * Fraction(norm)


def hours_of_payroll(payroll: Exact, hourly_cost: Exact) -> Fraction:
    """Give the hours that a payroll pays for: payroll / cost of an hour.

    Source: worked example of Q-PAY in the sheet of legal facts (partly verified).

    >>> round(hours_of_payroll(8_000_000, 260))
    30769
    """
    if hourly_cost <= 0:
        raise ValueError("an hour costs more than 0")
    return Fraction(payroll) / Fraction(hourly_cost)
