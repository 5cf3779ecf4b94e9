"""What bids to expect in a lot: a market, from which :mod:`~tenderkit.stress.draw` makes up tenders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tenderkit.evaluation.soundness import spec_problems
from tenderkit.evaluation.spec import EvaluationSpec, PriceLine
from tenderkit.problems import Problem, TenderkitError, nearest
from tenderkit.quantities import as_decimal

#: How far from the estimate prices are expected where nothing else is known.
MARGIN = Fraction(1, 4)
#: A line with a ceiling is expected to be offered at this share of the ceiling at most.
UNDER_CEILING = Fraction(9, 10)
#: More bids than this are not simulated.
MOST_BIDS = 200
#: The one price line of an evaluation in which no criterion looks at single lines.
EVALUATED = PriceLine("E", "", "", Fraction(1))


@dataclass(frozen=True)
class Expected:
    """The values to expect: ``low`` and ``high`` hold the middle 90 %, so that one in twenty lies below, and one above.

    Kroner for prices; for scores a share of the scale, 0 to 1; for offered numbers a share of the way from floor to
    cap, where 0 is the floor and more than 1 lies beyond the cap.
    """

    low: Fraction
    high: Fraction

    @property
    def middle(self) -> Fraction:
        """Give the value half-way between."""
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Market:
    """What bids to expect in a lot.

    Attributes:
        price: the evaluated price in kroner; prices are lognormal, with the middle 90 % between low and high.
        bids: the fewest and the most bids; every number between is equally likely.
        scores: evaluators' scores as a share of the scale; normal, kept on the scale and its steps.
        offers: offered numbers as a share of the way from floor to cap; normal, never below the floor.
        by_criterion: other expectations for single criteria, by id.
        correlation: between the logarithm of the price and each score or offer, -1 to 1; above 0 when better is
            dearer.
        line_shares: each price line's expected share of the evaluated price, by line id; only where criteria look at
            single lines. Without it, lines share equally, below their ceilings.
        line_spread: standard deviation of the logarithm of a line's share.
    """

    price: Expected
    bids: tuple[int, int] = (3, 6)
    scores: Expected = Expected(Fraction(2, 5), Fraction(19, 20))
    offers: Expected = Expected(Fraction(0), Fraction(11, 10))
    by_criterion: Mapping[str, Expected] = field(default_factory=dict)
    correlation: Fraction = Fraction(3, 10)
    line_shares: Mapping[str, Fraction] = field(default_factory=dict)
    line_spread: Fraction = Fraction(1, 4)


def expected_market(estimate: Fraction, margin: Fraction = MARGIN, bids: tuple[int, int] = (3, 6)) -> Market:
    """Give the market around an estimate: prices within a margin of it, and a usual spread of scores and offers.

    Args:
        estimate: the evaluated price that the authority expects, in kroner.
        margin: how far below and above it the middle 90 % of the prices lie, as a share of it.
        bids: the fewest and the most bids.

    >>> expected_market(Fraction(1000)).price
    Expected(low=Fraction(750, 1), high=Fraction(1250, 1))
    """
    return Market(Expected(estimate * (1 - margin), estimate * (1 + margin)), bids)


def simplified(spec: EvaluationSpec) -> EvaluationSpec:
    """Give the evaluation with prices in kroner of evaluated price: every line has the quantity 1.

    Where no criterion looks at single lines there is one line, the evaluated price itself. Points, totals and ranks
    are those of the evaluation that is simplified. All made-up bids are bids for it.
    """
    if not any(leaf.lines for leaf in spec.leaves()):
        return replace(spec, price_lines=(EVALUATED,))
    return replace(spec, price_lines=tuple(_in_kroner(line) for line in spec.price_lines))


def _in_kroner(line: PriceLine) -> PriceLine:
    ceiling = None if line.ceiling is None else line.ceiling * line.quantity
    return replace(line, quantity=Fraction(1), ceiling=ceiling)


def line_shares(market: Market, spec: EvaluationSpec) -> tuple[float, ...]:
    """Give each price line's expected share of the evaluated price, for the lines that are simulated."""
    lines = spec.price_lines
    if not any(leaf.lines for leaf in spec.leaves()):
        return (1.0,)
    if market.line_shares:
        total = sum(market.line_shares.values(), Fraction(0))
        return tuple(float(market.line_shares[line.id] / total) for line in lines)
    equal = Fraction(1, len(lines))
    shares = {line.id: min(equal, most) for line in lines if (most := _most(line, market)) is not None}
    if others := [line.id for line in lines if line.id not in shares]:
        rest = (1 - sum(shares.values(), Fraction(0))) / len(others)
        shares |= dict.fromkeys(others, rest)
    whole = sum(shares.values(), Fraction(0))
    return tuple(float(shares[line.id] / whole) for line in lines)


def settled(market: Market, spec: EvaluationSpec) -> Market:
    """Give the market with a share for every price line that is simulated, by the ceilings of the published lines."""
    if not any(leaf.lines for leaf in spec.leaves()):
        return replace(market, line_shares={})
    shares = line_shares(market, spec)
    named = {line.id: Fraction(share) for line, share in zip(spec.price_lines, shares, strict=True)}
    return replace(market, line_shares=named)


def _most(line: PriceLine, market: Market) -> Fraction | None:
    if line.ceiling is None:
        return None
    return UNDER_CEILING * line.ceiling * line.quantity / market.price.middle


def market_problems(market: Market, spec: EvaluationSpec) -> list[Problem]:
    """Give what keeps bids from being made up and scored: in the market, and in the evaluation itself."""
    return [*spec_problems(spec), *_number_problems(market), *_name_problems(market, spec)]


def check_market(market: Market, spec: EvaluationSpec) -> None:
    """Raise what keeps bids from being made up and scored.

    Raises:
        TenderkitError: the market or the evaluation has an error.
    """
    if problems := market_problems(market, spec):
        raise TenderkitError(problems)


def _number_problems(market: Market) -> Iterator[Problem]:
    price, (fewest, most) = market.price, market.bids
    if not 0 < price.low < price.high:
        yield Problem(
            "market-price-range",
            f"The expected evaluated price is {as_decimal(price.low, 2)} to {as_decimal(price.high, 2)} kroner.",
            help="Give a lowest price above 0 and a highest price above the lowest.",
        )
    if not 1 <= fewest <= most <= MOST_BIDS:
        yield Problem(
            "market-number-of-bids",
            f"The expected number of bids is {fewest} to {most}.",
            help=f"Give a lowest number of at least 1 and a highest number of at most {MOST_BIDS}.",
        )
    if not -1 <= market.correlation <= 1:
        yield Problem(
            "market-correlation",
            f"The correlation of price and quality is {as_decimal(market.correlation, 3)}.",
            help="Give a number from -1 to 1.",
        )
    shares = {"scores": market.scores, "offers": market.offers, **market.by_criterion}
    for name, expected in shares.items():
        if not expected.low < expected.high:
            yield Problem(
                "market-range-empty",
                f'What is expected of "{name}" is {as_decimal(expected.low, 3)} to {as_decimal(expected.high, 3)}.',
                help="Give a highest value above the lowest.",
            )


def _name_problems(market: Market, spec: EvaluationSpec) -> Iterator[Problem]:
    leaves = [leaf.id for leaf in spec.leaves() if leaf.kind != "price"]
    yield from _unknown(market.by_criterion, leaves, "a criterion with scores or offers")
    if spec.price_lines == (EVALUATED,):  # simplified: looked at before
        return
    lines = [line.id for line in spec.price_lines]
    yield from _unknown(market.line_shares, lines, "a price line")
    if any(share <= 0 for share in market.line_shares.values()):
        yield Problem("market-line-share", "A price line's expected share of the evaluated price is not above 0.")
    if market.line_shares and (missing := [line for line in lines if line not in market.line_shares]):
        yield Problem(
            "market-line-share-missing",
            f"The expected share of the evaluated price is missing for: {', '.join(missing)}.",
            help="Give a share for every price line, or for none.",
        )


def _unknown(names: Mapping[str, object], known: Sequence[str], what: str) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield Problem("market-unknown-name", f'"{name}" is not {what}.', help=nearest(name, known))
