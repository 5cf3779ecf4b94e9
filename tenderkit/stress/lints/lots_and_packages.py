"""P22: bids for several lots together are accepted without a published rule for them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderkit.evaluation.lots import Offer, best_combination
from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.stress.finding import Example, Finding, ShownBid, Value
from tenderkit.stress.tested import Tested

#: In the example the second lot costs a tenth more than the first, and both together 10 of 210 less (the catalogue's).
_SECOND, _TOGETHER = Fraction(11, 10), Fraction(2)


def find(tested: Tested) -> Iterator[Finding]:
    """Find that bids for several lots together are accepted, where there are several, without a rule for them."""
    lots = tested.practice.lots
    if tested.practice.packages and lots > 1:
        example = example_at(tested.market.price.middle)
        yield Finding("lots-and-packages", "", {"lots": Value("count", lots)}, example)


def example_at(price: Fraction) -> Example:
    """Give the best bid for each of two lots, A and B, and C, a bid for both that beats them together.

    The totals are before those of lots that are awarded by themselves, and after those of the best combination, which
    the exact search finds.
    """
    first, second = "1", "2"
    offers = [
        Offer("A", frozenset({first}), price),
        Offer("B", frozenset({second}), price * _SECOND),
        Offer("C", frozenset({first, second}), price * _TOGETHER),
    ]
    alone = best_combination([first, second], offers[:2], "lower")
    together = best_combination([first, second], offers, "lower")
    before, after = ({offer.bidder: offer.value for offer in found.chosen} for found in (alone, together))
    bids = tuple(
        ShownBid(offer.bidder, {EVALUATED_PRICE: offer.value}, before.get(offer.bidder), after.get(offer.bidder))
        for offer in offers
    )
    return Example("packages-counted", bids, ", ".join(before), ", ".join(after))
