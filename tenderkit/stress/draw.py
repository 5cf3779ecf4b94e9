"""Made-up tenders as arrays, drawn from a market: the same market and seed give the same tenders, always."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.stress.market import Expected, Market, check_market, line_shares, simplified

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Tenders are drawn this many at a time, each block with its own stream: longer runs begin with the shorter ones.
BLOCK = 1024
#: Distance from the middle to the ends of the middle 90 %, in standard deviations.
ENDS = NormalDist().inv_cdf(0.95)
_DIGITS = 6
_STEPS_OF_AN_OFFER = 20


@dataclass(frozen=True)
class Drawn:
    """Made-up tenders for an evaluation that :func:`~tenderkit.stress.market.simplified` gave.

    Attributes:
        amounts: kroner of evaluated price by tender, bid and price line.
        given: by tender, bid and criterion, in the order of ``spec.leaves()``: the price in kroner that a price
            criterion is about, the offered number (maybe beyond the cap), or the score on its scale.
        present: by tender and bid, whether there is such a bid; the numbers of others mean nothing.
    """

    amounts: Floats
    given: Floats
    present: Flags

    @property
    def prices(self) -> Floats:
        """Give the evaluated prices in kroner, by tender and bid."""
        return np.asarray(self.amounts.sum(axis=-1), dtype=np.float64)

    def __len__(self) -> int:
        """Give the number of tenders."""
        return len(self.present)

    def rows(self, chosen: slice | NDArray[np.intp] | Flags) -> Drawn:
        """Give some of the tenders."""
        return Drawn(self.amounts[chosen], self.given[chosen], self.present[chosen])


def draw(market: Market, spec: EvaluationSpec, tenders: int, seed: int) -> Drawn:
    """Give made-up tenders; the first ones are the same for every number of tenders.

    Prices are rounded to about six digits, scores lie on the steps of their scale and offered numbers on steps of about
    a twentieth of the way from floor to cap, so that all have a short exact form.

    Args:
        market: what bids to expect.
        spec: the lot's evaluation, as published or simplified.
        tenders: how many.
        seed: any whole number from 0; the same seed gives the same tenders.

    Raises:
        TenderkitError: the market cannot be simulated.
    """
    blocks = list(draw_blocks(market, spec, tenders, seed))
    return Drawn(
        np.concatenate([block.amounts for block in blocks]),
        np.concatenate([block.given for block in blocks]),
        np.concatenate([block.present for block in blocks]),
    )


def draw_blocks(market: Market, spec: EvaluationSpec, tenders: int, seed: int) -> Iterator[Drawn]:
    """Give the same tenders as :func:`draw`, in blocks, so that the memory needed does not grow with their number.

    Raises:
        TenderkitError: the market cannot be simulated.
    """
    check_market(market, spec)
    for number in range(max(1, -(-tenders // BLOCK))):
        stream = np.random.SeedSequence(entropy=seed, spawn_key=(number,))
        drawn = _block(market, spec, np.random.Generator(np.random.PCG64(stream)))
        yield drawn.rows(slice(0, max(0, min(BLOCK, tenders - number * BLOCK))))


def _block(market: Market, spec: EvaluationSpec, dice: np.random.Generator) -> Drawn:
    """Draw one block. What is drawn, and in which order, hangs on the market and the evaluation alone."""
    fewest, most = market.bids
    shape = (BLOCK, most)
    numbers = dice.integers(fewest, most, size=BLOCK, endpoint=True)
    of_price = dice.standard_normal(shape)
    amounts = _amounts(market, spec, of_price, dice)
    lines = [line.id for line in simplified(spec).price_lines]
    leaves = spec.leaves()
    given = np.empty((*shape, len(leaves)))
    rho = float(market.correlation)
    for index, leaf in enumerate(leaves):
        if leaf.kind == "price":
            chosen = [lines.index(line) for line in leaf.lines] or slice(None)
            given[..., index] = amounts[..., chosen].sum(axis=-1)
        else:
            quality = rho * of_price + math.sqrt(1 - rho * rho) * dice.standard_normal(shape)
            given[..., index] = _scores(leaf, market, quality) if leaf.scale else _offers(leaf, market, quality)
    return Drawn(amounts, given, np.arange(most) < numbers[:, None])


def _amounts(market: Market, spec: EvaluationSpec, of_price: Floats, dice: np.random.Generator) -> Floats:
    low, high = math.log(market.price.low), math.log(market.price.high)
    prices = np.exp((low + high) / 2 + (high - low) / (2 * ENDS) * of_price)
    shares = np.array(line_shares(market, spec))
    if len(shares) == 1:
        return _to_step(prices, market.price.low)[..., None]
    noise = dice.standard_normal((*prices.shape, len(shares)))
    weights = shares * np.exp(float(market.line_spread) * noise)
    parts = prices[..., None] * weights / weights.sum(axis=-1, keepdims=True)
    for index, line in enumerate(spec.price_lines):
        if line.ceiling is not None:
            parts[..., index] = np.minimum(parts[..., index], float(line.ceiling * line.quantity))
    return _to_step(parts, market.price.low * Fraction(min(shares)))


def _to_step(kroner: Floats, usual: Fraction) -> Floats:
    """Round to the sixth digit of a usual amount, but not below one øre, and never to zero."""
    exponent = max(-2, math.floor(math.log10(usual)) - _DIGITS + 1)
    unit = 10.0 ** abs(exponent)
    steps = np.maximum(1, np.rint(kroner / unit if exponent >= 0 else kroner * unit))
    # Dividing a whole number gives the nearest float of the decimal number; multiplying by 0.01 would not.
    return np.asarray(steps * unit if exponent >= 0 else steps / unit, dtype=np.float64)


def _shares(expected: Expected, quality: Floats) -> Floats:
    middle, reach = float(expected.middle), float(expected.high - expected.low) / 2
    return middle + reach / ENDS * quality


def _scores(leaf: Criterion, market: Market, quality: Floats) -> Floats:
    assert leaf.scale is not None  # noqa: S101 - only criteria with a scale come here
    scores = np.array([float(score) for score in leaf.scale.scores])
    shares = _shares(market.by_criterion.get(leaf.id, market.scores), quality)
    return np.asarray(scores[np.rint(np.clip(shares, 0, 1) * (len(scores) - 1)).astype(int)], dtype=np.float64)


def _offers(leaf: Criterion, market: Market, quality: Floats) -> Floats:
    floor, cap = leaf.floor or Fraction(0), leaf.cap or Fraction(0)
    step = offer_step(leaf)
    shares = np.clip(_shares(market.by_criterion.get(leaf.id, market.offers), quality), 0, None)
    steps = np.rint(shares * float((cap - floor) / step))
    unit = math.lcm(floor.denominator, step.denominator)
    offers = (float(floor * unit) + steps * float(step * unit)) / unit
    return np.asarray(np.maximum(offers, 0) if min(floor, cap) >= 0 else offers, dtype=np.float64)


def offer_step(leaf: Criterion) -> Fraction:
    """Give the step that offered numbers are drawn on, with its sign towards the cap: a round number.

    It is 1, 2 or 5 times a power of ten, and at most a twentieth of the way from floor to cap.
    """
    span = (leaf.cap or Fraction(0)) - (leaf.floor or Fraction(0))
    if span == 0:
        return Fraction(1)
    most = abs(span) / _STEPS_OF_AN_OFFER
    power = Fraction(10) ** math.floor(math.log10(most))
    size = max(power * digit for digit in (1, 2, 5) if power * digit <= most)
    return size if span > 0 else -size
