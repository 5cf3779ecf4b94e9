"""What a number of persons under training means for a firm with a small part of a lot, and a demand by turnover."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tenderkit.advice import content
from tenderkit.advice.trainees import LotTrainees, Trainees
from tenderkit.calculation.turnover import by_turnover
from tenderkit.library import Library


@dataclass(frozen=True)
class Row:
    """A firm that has a share, in per cent, of a lot's yearly value.

    ``by_share`` is the middle share of the person-years that this turnover is; ``stated`` the number that the clause
    would state for the lot; ``by_steps`` the demand that grows with the turnover. All in person-years a year.
    """

    percent: Decimal
    turnover: Fraction
    by_share: Fraction
    stated: Fraction
    by_steps: Fraction


@dataclass(frozen=True)
class LotFirms:
    """The rows of a lot."""

    lot: LotTrainees
    rows: tuple[Row, ...]


def small_firms(found: Trainees, library: Library) -> tuple[LotFirms, ...]:
    """Give each lot's rows, from the smallest share."""
    numbers = content.numbers(library)
    steps = [(step.start, step.fte) for step in numbers.turnover_steps.steps]

    def row(lot: LotTrainees, percent: Decimal) -> Row:
        turnover = lot.lot.annual_value * Fraction(percent) / 100
        middle = lot.shares["middle"]
        return Row(
            percent, turnover, middle.exact * Fraction(percent) / 100, middle.years, by_turnover(turnover, steps)
        )

    return tuple(
        LotFirms(lot, tuple(row(lot, percent) for percent in sorted(numbers.turnover_shares))) for lot in found.lots
    )
