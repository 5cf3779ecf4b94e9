"""What one extreme price does to all points, exactly: zero, nearly zero, far too low, far too high."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tenderkit.evaluation.edges import refused_lines
from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.evaluation.points import criterion_points
from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.evaluation.traits import uses_price
from tenderkit.problems import TenderkitError
from tenderkit.stress.cases import amounts_at, middle_case, result_of
from tenderkit.stress.market import Market, line_shares, simplified

Kind = Literal["usual", "zero", "near-zero", "low", "high"]
#: The price that stands for "nearly nothing", in kroner.
NEARLY_NOTHING = Fraction(1, 100)
#: How far an outlier lies beyond the expected prices.
FAR = 10


@dataclass(frozen=True)
class Extreme:
    """Points of bids beside an extreme price.

    Attributes:
        criterion: the price criterion; ``evaluated-price`` for a price that the award model uses itself.
        kind: ``usual``: prices at the low end, the middle and the high end of what is expected; ``zero``,
            ``near-zero`` and ``low``: a fourth bid of 0, 0.01 kr., or a tenth of the lowest; ``high``: one of ten times
            the highest.
        prices: evaluated prices in kroner; the extreme one is the last.
        points: points on the criterion (or totals), one for each bid; None where the formula has no value.
        refused: whether the evaluation refuses such a price.
    """

    criterion: str
    kind: Kind
    prices: tuple[Fraction, ...]
    points: tuple[Fraction, ...] | None
    refused: bool


def extremes(spec: EvaluationSpec, market: Market) -> tuple[Extreme, ...]:
    """Give, for each price criterion, the points without and with an extreme price, exact and rounded as published."""
    spec = simplified(spec)
    zero_refused = bool(refused_lines(spec)[0])
    found = []
    for kind, prices in _prices(market):
        refused = kind == "zero" and zero_refused
        found += [
            Extreme(leaf.id, kind, prices, _points(spec, market, leaf, prices), refused)
            for leaf in spec.leaves()
            if leaf.kind == "price"
        ]
        if uses_price(spec.award.definition):
            found.append(Extreme(EVALUATED_PRICE, kind, prices, _totals(spec, market, prices), refused))
    return tuple(found)


def _prices(market: Market) -> Iterator[tuple[Kind, tuple[Fraction, ...]]]:
    usual = (market.price.low, market.price.middle, market.price.high)
    yield "usual", usual
    yield "zero", (*usual, Fraction(0))
    yield "near-zero", (*usual, NEARLY_NOTHING)
    yield "low", (*usual, market.price.low / FAR)
    yield "high", (*usual, market.price.high * FAR)


def _points(
    spec: EvaluationSpec, market: Market, leaf: Criterion, prices: tuple[Fraction, ...]
) -> tuple[Fraction, ...] | None:
    shares = dict(zip((line.id for line in spec.price_lines), line_shares(market, spec), strict=True))
    share = Fraction(sum(shares[line] for line in leaf.lines)).limit_denominator(10**6) if leaf.lines else Fraction(1)
    try:
        return criterion_points(spec, leaf, [share * price for price in prices])
    except TenderkitError:
        return None


def _totals(spec: EvaluationSpec, market: Market, prices: tuple[Fraction, ...]) -> tuple[Fraction, ...] | None:
    case = middle_case(spec, [amounts_at(spec, market, price) for price in prices])
    result = result_of(case)
    if result is None or len(result.ranking) < len(prices):
        return None
    totals = {bid.bid.bidder: bid.exact for bid in result.ranking}
    return tuple(totals[name] for name in case.names)
