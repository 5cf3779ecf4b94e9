"""What the officer expects of the bids, as written on the command line, made into a market for the stress test."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import parse_number
from tenderkit.stress.market import Expected, Market, expected_market

_HOW_PRICES = "Write --prices 900000..1500000: the lowest and the highest evaluated price that you expect, in kroner."
_HOW_BIDS = "Write --bids 3..6: the fewest and the most bids that you expect."


def market_from(prices: str, bids: str, estimate: Fraction | None) -> Market:
    """Give what bids to expect.

    Args:
        prices: ``LOW..HIGH`` in kroner; empty for a quarter above and below the estimate.
        bids: ``FEWEST..MOST``; empty for three to six.
        estimate: the lot's estimated value in kroner, where there is one.

    Raises:
        TenderkitError: what was written is no range, or there is neither a range of prices nor an estimate.
    """
    problems: list[Problem] = []
    span = _range(prices, "--prices", _HOW_PRICES, problems)
    count = _range(bids, "--bids", _HOW_BIDS, problems)
    if count is not None and any(number.denominator != 1 for number in count):
        problems.append(Problem("wrong-value", "The number of bids is a whole number.", Place(label="--bids")))
    if not prices and estimate is None:
        problems.append(Problem("prices-missing", "No prices are expected yet.", help=_HOW_PRICES))
    if problems:
        raise TenderkitError(problems)
    market = expected_market(estimate if estimate is not None else Fraction(1))
    if span is not None:
        market = replace(market, price=Expected(*span))
    return market if count is None else replace(market, bids=(int(count[0]), int(count[1])))


def _range(text: str, option: str, how: str, problems: list[Problem]) -> tuple[Fraction, Fraction] | None:
    if not text:
        return None
    low, dots, high = text.partition("..")
    try:
        if dots:
            return Fraction(parse_number(low.strip())), Fraction(parse_number(high.strip()))
        reason = f'"{text}" is no range'
    except ValueError as error:
        reason = str(error)
    problems.append(Problem("wrong-value", f"{reason}.", Place(label=option), help=how))
    return None
