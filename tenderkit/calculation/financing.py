"""What carries the support in a partnership of three parties: a municipality's payment and a firm's overhead."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tenderkit.calculation.hours import Exact


@dataclass(frozen=True)
class Financing:
    """The financing of the support of one partnership, in kroner excl. VAT.

    Formula: citizens · payment a month + temp hours a month · overhead an hour - support cost a month; times the
    months of the term. Below 0 it is a gap, above 0 a surplus.

    Source: the check of the catalogue of clauses, section 10 (suggested); the parties' roles: the case behind it
    (verified).

    >>> three = Financing(citizens=3, payment_month=14_000, overhead_hour=20, hours_month=150, cost_month=45_000)
    >>> three.balance_month, three.over(12)
    (Fraction(0, 1), Fraction(0, 1))
    """

    citizens: Exact
    payment_month: Exact
    overhead_hour: Exact
    hours_month: Exact
    cost_month: Exact

    @property
    def paid_month(self) -> Fraction:
        """Give what the municipality pays in a month."""
        return Fraction(self.citizens) * Fraction(self.payment_month)

    @property
    def earned_month(self) -> Fraction:
        """Give what the firm's temp hours contribute in a month."""
        return Fraction(self.hours_month) * Fraction(self.overhead_hour)

    @property
    def balance_month(self) -> Fraction:
        """Give what is left in a month when the support is paid; below 0 is a gap."""
        return self.paid_month + self.earned_month - Fraction(self.cost_month)

    def over(self, months: Exact) -> Fraction:
        """Give what is left over a term."""
        return self.balance_month * Fraction(months)
