"""The evaluated price (evalueringspris): published quantity times unit price, added up, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.spec import PriceLine
from tenderkit.formula.excel import plain_number
from tenderkit.problems import Place, Problem, TenderkitError


def amounts(lines: Sequence[PriceLine], prices: Mapping[str, Decimal]) -> dict[str, Fraction]:
    """Give each price line's amount in kroner, so that a reader can follow the evaluated price.

    Raises:
        TenderkitError: a price is missing; a blank is never 0.
    """
    missing = [line for line in lines if line.id not in prices]
    if missing:
        raise TenderkitError([price_missing(line) for line in missing])
    return {line.id: line.quantity * Fraction(prices[line.id]) for line in lines}


def evaluated_price(lines: Sequence[PriceLine], prices: Mapping[str, Decimal]) -> Fraction:
    """Give the evaluated price in kroner: the sum over the lines of published quantity times unit price.

    Raises:
        TenderkitError: a price is missing.

    >>> lines = [PriceLine("A", "Fixed price", "year", Fraction(4)), PriceLine("H", "Extra", "hour", Fraction(2400))]
    >>> evaluated_price(lines, {"A": Decimal(900000), "H": Decimal("325.50")})
    Fraction(4381200, 1)
    """
    return sum(amounts(lines, prices).values(), Fraction(0))


def expression(lines: Sequence[PriceLine]) -> str:
    """Give the evaluated price as a formula, for the equation in the tender documents.

    >>> expression([PriceLine("A", "", "", Fraction(4)), PriceLine("T", "", "", Fraction("309.60"))])
    '4*A + 309.6*T'
    """
    return " + ".join(f"{plain_number(line.quantity)}*{line.id}" for line in lines)


def price_missing(line: PriceLine, label: str = "") -> Problem:
    """Give the problem of a blank price; ``label`` names the bidder."""
    name = f"{line.id} {line.label}".strip()
    return Problem(
        "price-missing",
        f'The price of "{name}" is missing.',
        Place(label=label),
        help="A blank is not 0. Read the price list again, or record that the bid is not admitted, with the ground.",
        values={"line": line.id},
    )
