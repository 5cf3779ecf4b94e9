"""Three made-up bids that show the published model at work; they follow from the published numbers alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tenderkit.evaluation.spec import Bid, Criterion, EvaluationSpec, PriceLine
from tenderkit.library.model import Scale
from tenderkit.plan import Plan
from tenderkit.quantities import as_decimal

LETTERS = ("A", "B", "C")
DIGITS = 3
OTHER_LINES = Decimal("0.05")
BELOW_CEILING = Decimal("0.8")


@dataclass(frozen=True)
class Shape:
    """How one of the bids lies: its price against the estimate, its scores on the scale, its offers above the floor."""

    price: Decimal
    score: Decimal
    offer: Decimal


SHAPES = (
    Shape(Decimal("0.95"), Decimal("0.6"), Decimal(0)),
    Shape(Decimal("1.00"), Decimal("0.8"), Decimal("0.5")),
    Shape(Decimal("1.08"), Decimal("0.7"), Decimal(1)),
)


@dataclass(frozen=True)
class Example:
    """The made-up bids of a lot, and their scores by bidder and criterion."""

    bids: tuple[Bid, ...]
    scores: Mapping[tuple[str, str], Decimal]


def example(plan: Plan, lot: str, names: tuple[str, ...]) -> Example:
    """Give the bids of A, B and C: cheap and at the floor, in the middle, dear and at the cap."""
    spec = plan.specs[lot]
    base = _prices(plan, spec)
    decimals = {field.criterion: field.decimals for field in plan.fields if field.criterion}
    bids = []
    scores: dict[tuple[str, str], Decimal] = {}
    for letter, name, shape in zip(LETTERS, names, SHAPES, strict=True):
        prices = {key: _held(price * shape.price, spec, key) for key, price in base.items()}
        offers = {
            leaf.id: _offer(leaf, shape, decimals.get(leaf.id, 2)) for leaf in spec.leaves() if leaf.kind == "offer"
        }
        bids.append(Bid(letter, name, lot, prices, offers))
        for leaf in spec.leaves():
            if leaf.scale is not None:
                scores[letter, leaf.id] = _score(leaf.scale, shape)
    return Example(tuple(bids), scores)


def _prices(plan: Plan, spec: EvaluationSpec) -> dict[str, Decimal]:
    """Give unit prices that together come to about the lot's estimate.

    A price with a ceiling lies below it, other prices but the first make up a small share, and the first has the rest.
    """
    lot = plan.tender.lot(spec.lot)
    estimate = lot.value_dkk
    prices: dict[str, Decimal] = {}
    rest = estimate
    for line in spec.price_lines[1:]:
        quantity = as_decimal(line.quantity)
        ceiling = None if line.ceiling is None else as_decimal(line.ceiling)
        price = ceiling * BELOW_CEILING if ceiling is not None else _shared(estimate * OTHER_LINES, quantity)
        prices[line.id] = price
        rest -= price * quantity
    first = spec.price_lines[0]
    return {first.id: _first(first, rest, estimate), **prices}


def _shared(amount: Decimal, quantity: Decimal) -> Decimal:
    return amount / quantity if quantity else amount


def _first(line: PriceLine, rest: Decimal, estimate: Decimal) -> Decimal:
    """Give the first line's price; never nothing, and never above its ceiling."""
    price = _shared(rest if rest > 0 else estimate, as_decimal(line.quantity))
    return price if line.ceiling is None else min(price, as_decimal(line.ceiling) * BELOW_CEILING)


def _held(price: Decimal, spec: EvaluationSpec, key: str) -> Decimal:
    """Give a price with few digits, so that it looks like one, not above the ceiling."""
    ceiling = next(line.ceiling for line in spec.price_lines if line.id == key)
    rounded = rounded_to_digits(price)
    return rounded if ceiling is None or rounded <= ceiling else as_decimal(ceiling)


def rounded_to_digits(price: Decimal) -> Decimal:
    """Give a price with three digits that are not zero, and no smaller part than an øre.

    >>> rounded_to_digits(Decimal("5313870")), rounded_to_digits(Decimal("0.004"))
    (Decimal('5310000'), Decimal('0.01'))
    """
    step = max(Decimal(1).scaleb(price.adjusted() - DIGITS + 1), Decimal("0.01"))
    whole = (price / step).to_integral_value(ROUND_HALF_UP)
    return as_decimal(max(whole, Decimal(1)) * step)


def _offer(leaf: Criterion, shape: Shape, decimals: int) -> Decimal:
    """Give a number between the floor and the cap, with the decimals that bidders may use."""
    floor = as_decimal(leaf.floor or 0)
    cap = floor if leaf.cap is None else as_decimal(leaf.cap)
    between = floor + (cap - floor) * shape.offer
    return between if between in {floor, cap} else as_decimal(between, decimals)


def _score(scale: Scale, shape: Shape) -> Decimal:
    """Give the score of the scale that lies at a share of its length."""
    steps = ((scale.top - scale.bottom) * shape.score / scale.step).to_integral_value(ROUND_HALF_UP)
    return Decimal(scale.bottom + steps * scale.step)
