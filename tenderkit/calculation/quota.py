"""How many person-years a quota of persons under training asks for: five published ways to reach the number.

The law sets no number (udbudsloven § 176, verified): the authority does, proportionate to the contract, by a formula
that it publishes. Every function gives the exact result before rounding.
"""

from __future__ import annotations

from fractions import Fraction

from tenderkit.calculation.hours import GROSS_NORM, Exact, fte_years, hours_of_payroll

#: The construction clients' figure that turns craftsman cost into person-years (verified, 9 September 2022).
FTE_PER_100_MILLION = 6
_HUNDRED_MILLION = 100_000_000


def _percent(value: Exact) -> Fraction:
    return Fraction(value) / 100


def by_fixed_number(number: Exact) -> Fraction:
    """Give a number that the authority has set as it is (Q-FIX).

    Source: sample clause of csr-indkob.dk and the clause of Hillerød (verified).

    >>> by_fixed_number(2)
    Fraction(2, 1)
    """
    return Fraction(number)


def by_fte_share(share: Exact, contract_fte: Exact) -> Fraction:
    """Give a share, in per cent, of the contract's person-years in the trade (Q-FTE): share · person-years.

    Source: Aarhus uses 10 % of the person-years in the trade as level of release, Gentofte 1 per 10 (verified).

    >>> by_fte_share(10, 16)
    Fraction(8, 5)
    """
    return _percent(share) * Fraction(contract_fte)


def by_payroll_share(
    share: Exact, payroll_share: Exact, value: Exact, hourly_cost: Exact, norm: Exact = GROSS_NORM
) -> Fraction:
    """Give a share, in per cent, of the person-years that the payroll pays for (Q-PAY).

    Formula: share · payroll share · value / (norm · cost of an hour).

    Source: tests by payroll in Copenhagen and in the authority's guide (partly verified). Worked example: DKK 20
    million of which 40 % is payroll at DKK 260 an hour are 16.0 person-years, and 10 % of them are 1.6.

    >>> round(by_payroll_share(100, 40, 20_000_000, 260), 1)
    Fraction(16, 1)
    >>> round(by_payroll_share(10, 40, 20_000_000, 260), 1)
    Fraction(8, 5)
    """
    payroll = _percent(payroll_share) * Fraction(value)
    return _percent(share) * fte_years(hours_of_payroll(payroll, hourly_cost), norm)


def by_hours_share(share: Exact, contract_hours: Exact, norm: Exact = GROSS_NORM) -> Fraction:
    """Give a share, in per cent, of the contract's hours as person-years (Q-HRS): share · hours / norm.

    Source: Norway asks for at least 10 % of the work, France for an amount or a share of hours (verified).

    >>> by_hours_share(10, 19_240)
    Fraction(1, 1)
    """
    return _percent(share) * fte_years(contract_hours, norm)


def by_cost(craftsman_cost: Exact, per_100_million: Exact = FTE_PER_100_MILLION) -> Fraction:
    """Give person-years from the craftsman cost in kroner incl. site cost and VAT (Q-COST).

    Formula: key figure · cost / DKK 100 million. The figure 6 corresponds to 14 % of those employed on the project.

    Source: Landsbyggefonden and the construction clients' conversion figure of 9 September 2022 (verified).

    >>> by_cost(50_000_000)
    Fraction(3, 1)
    """
    return Fraction(per_100_million) * Fraction(craftsman_cost) / _HUNDRED_MILLION
