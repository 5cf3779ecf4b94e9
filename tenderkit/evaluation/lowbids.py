"""Prices that may be abnormally low: an internal alarm, never a rejection.

A bid that looks abnormally low is asked to explain itself (udbudsloven § 169(1), verified) and may only be rejected
when the explanation does not justify the price (§ 169(2), verified). The limits are the authority's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Literal

from tenderkit.evaluation.price import evaluated_price
from tenderkit.evaluation.spec import Bid, EvaluationSpec

#: What an alarm is about when it is not about a price line.
EVALUATED_PRICE = "evaluated-price"
#: With fewer bids the others' median says too little.
LEAST_BIDS = 4


@dataclass(frozen=True)
class LowPrice:
    """A price that lies conspicuously low.

    Attributes:
        bidder: whose price it is.
        subject: ``evaluated-price`` or the id of a price line.
        against: what it was compared with: the median of the other bids, or the authority's own estimate.
        price: the price in kroner.
        reference: the median or the estimate in kroner.
        below: how far below, as a share of the reference.
    """

    bidder: str
    subject: str
    against: Literal["median-of-others", "own-estimate"]
    price: Fraction
    reference: Fraction
    below: Fraction


def low_prices(
    spec: EvaluationSpec,
    bids: Sequence[Bid],
    *,
    below_median: Fraction | None = None,
    below_estimate: Fraction | None = None,
    estimates: Mapping[str, Fraction] | None = None,
) -> tuple[LowPrice, ...]:
    """Give the prices that are lower than the alarm limits, for each price line and for the evaluated price.

    Args:
        spec: the lot's evaluation.
        bids: the lot's bids; only admitted ones with all prices are compared.
        below_median: alarm when a price is more than this share below the median of the others (from four bids on).
        below_estimate: alarm when it is more than this share below the own estimate.
        estimates: the authority's own estimates in kroner, by line id or ``evaluated-price``.
    """
    complete = [bid for bid in bids if bid.admitted and all(line.id in bid.prices for line in spec.price_lines)]
    found: list[LowPrice] = []
    for subject, price_of in _subjects(spec).items():
        prices = [price_of(bid) for bid in complete]
        for index, (bid, price) in enumerate(zip(complete, prices, strict=True)):
            others = prices[:index] + prices[index + 1 :]
            if below_median is not None and len(complete) >= LEAST_BIDS:
                found += _alarm(bid, subject, "median-of-others", price, Fraction(median(others)), below_median)
            estimate = (estimates or {}).get(subject)
            if below_estimate is not None and estimate is not None:
                found += _alarm(bid, subject, "own-estimate", price, estimate, below_estimate)
    return tuple(found)


def _subjects(spec: EvaluationSpec) -> dict[str, Callable[[Bid], Fraction]]:
    subjects: dict[str, Callable[[Bid], Fraction]] = {
        EVALUATED_PRICE: lambda bid: evaluated_price(spec.price_lines, bid.prices)
    }
    for line in spec.price_lines:
        subjects[line.id] = lambda bid, line_id=line.id: Fraction(bid.prices[line_id])  # type: ignore[misc]
    return subjects


def _alarm(
    bid: Bid,
    subject: str,
    against: Literal["median-of-others", "own-estimate"],
    price: Fraction,
    reference: Fraction,
    limit: Fraction,
) -> list[LowPrice]:
    if reference <= 0:
        return []
    below = (reference - price) / reference
    return [LowPrice(bid.bidder, subject, against, price, reference, below)] if below > limit else []
