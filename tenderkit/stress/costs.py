"""What a lead in points is worth in kroner, exactly, at the middle of the expected prices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tenderkit.evaluation.points import award_totals, model_points
from tenderkit.evaluation.score import criterion_values
from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.evaluation.traits import gives_value
from tenderkit.problems import TenderkitError
from tenderkit.stress.market import Market, line_shares

#: A price this many times the highest expected one is "any price".
ANY_PRICE = 16
_HALVINGS = 40


@dataclass(frozen=True)
class PointCost:
    """What a lead on a criterion or group is worth: the difference in price that makes two bids equal again.

    It is how much dearer the bid with the lead may be. Where no dearer price outweighs the lead (the published scale
    ends before, say), it is how much cheaper the other bid must be.

    Attributes:
        criterion: the id of the criterion or group.
        one: kroner for one point more (on every criterion of a group), at the middle of the expected prices; for a
            number that counts as it is, for one unit more. None where no price either way outweighs it, or where
            a point changes nothing (``counts`` is False).
        full: kroner for full points against none, from the low end of the expected prices. None as above.
        exact: whether both are exact; otherwise they are found by halving, to the nearest krone.
        counts: whether a point changes the total at all.
    """

    criterion: str
    one: Fraction | None
    full: Fraction | None
    exact: bool
    counts: bool


def point_costs(spec: EvaluationSpec, market: Market) -> tuple[PointCost, ...]:
    """Give what leads are worth, for each criterion and group without a price in it.

    Two bids are compared beside one at the low and one at the high end of the expected prices. One has the price in the
    middle (or at the low end); the other has the lead, and a price at which their totals are equal; where there is
    none, the first one is made cheaper instead. On everything else both have what is expected. Points are not rounded
    for this.
    """
    return tuple(_cost(spec, market, criterion) for criterion in _all(spec.criteria) if _priceless(criterion))


def _all(criteria: Sequence[Criterion]) -> Iterator[Criterion]:
    for criterion in criteria:
        yield criterion
        yield from _all(criterion.children)


def _priceless(criterion: Criterion) -> bool:
    return all(leaf.kind != "price" for leaf in criterion.leaves())


def _cost(spec: EvaluationSpec, market: Market, criterion: Criterion) -> PointCost:
    led = list(criterion.leaves())
    usual = {leaf.id: _level(spec, leaf, _expected(market, leaf)) for leaf in spec.leaves()}
    ahead = {**usual, **{leaf.id: usual[leaf.id] + _unit(leaf) for leaf in led}}
    none = {**usual, **{leaf.id: _level(spec, leaf, Fraction(0)) for leaf in led}}
    full = {**usual, **{leaf.id: _level(spec, leaf, Fraction(1)) for leaf in led}}
    one, exact_one, counts = _Comparison(spec, market, market.price.middle, ahead, usual).kroner()
    whole, exact_full, _ = _Comparison(spec, market, market.price.low, full, none).kroner()
    return PointCost(criterion.id, one, whole, exact_one and exact_full, counts)


def _expected(market: Market, leaf: Criterion) -> Fraction:
    expected = market.by_criterion.get(leaf.id, market.offers if leaf.kind == "offer" else market.scores)
    # A lead of one point must fit on the scale.
    return min(max(expected.middle, Fraction(0)), Fraction(4, 5))


def _level(spec: EvaluationSpec, leaf: Criterion, share: Fraction) -> Fraction:
    """Give the points at a share of the scale, or the number where numbers count as they are."""
    if not gives_value(leaf):
        return spec.points_top * share
    floor, cap = leaf.floor or Fraction(0), leaf.cap or Fraction(0)
    return floor + (cap - floor) * share


def _unit(leaf: Criterion) -> Fraction:
    return Fraction(-1) if gives_value(leaf) and leaf.better == "lower" else Fraction(1)


class _Comparison:
    """A bid with a lead and one without, beside bids at both ends of the expected prices."""

    def __init__(
        self,
        spec: EvaluationSpec,
        market: Market,
        base: Fraction,
        ahead: Mapping[str, Fraction],
        behind: Mapping[str, Fraction],
    ) -> None:
        self.spec = spec
        self.market = market
        self.base = base
        self.points = (behind, behind, behind, ahead)
        shares = dict(zip((line.id for line in spec.price_lines), line_shares(market, spec), strict=False))
        self.shares = {
            leaf.id: Fraction(sum(shares[line] for line in leaf.lines)).limit_denominator(10**6) if leaf.lines else 1
            for leaf in spec.leaves()
            if leaf.kind == "price"
        }

    def kroner(self) -> tuple[Fraction | None, bool, bool]:
        """Give the difference in price that outweighs the lead, whether it is exact, and whether the lead counts."""
        try:
            if self._dearer(Fraction(0)) <= 0:
                return None, True, False
        except TenderkitError:
            return None, True, False
        highest, lowest = ANY_PRICE * self.market.price.high, self.base / ANY_PRICE
        found = _outweighs(self._dearer, highest) or _outweighs(self._cheaper, self.base - lowest)
        return (*found, True) if found else (None, True, True)

    def _dearer(self, kroner: Fraction) -> Fraction:
        """Give how far the bid with the lead is ahead when it is so much dearer."""
        return self._lead(self.base, self.base + kroner)

    def _cheaper(self, kroner: Fraction) -> Fraction:
        """Give how far the bid with the lead is ahead when the other is so much cheaper."""
        return self._lead(self.base - kroner, self.base)

    def _lead(self, behind: Fraction, ahead: Fraction) -> Fraction:
        """Give how far the bid with the lead is ahead at these prices."""
        prices = [self.market.price.low, self.market.price.high, behind, ahead]
        criteria = []
        for leaf in self.spec.leaves():
            points = [own[leaf.id] for own in self.points]
            if leaf.kind == "price" and leaf.model is not None:
                share = self.shares[leaf.id]
                given = [share * value for value in prices]
                points = list(model_points(leaf.model, given, self.spec.points_top, leaf))
            criteria.append(criterion_values(leaf, points))
        totals = award_totals(self.spec.award, self.spec.points_top, prices, criteria)
        return totals[2] - totals[3] if self.spec.award.definition.better == "lower" else totals[3] - totals[2]


def _outweighs(lead: Callable[[Fraction], Fraction], most: Fraction) -> tuple[Fraction, bool] | None:
    """Give the difference at which a lead is used up, and whether it is exact; None where none up to ``most`` is."""
    try:
        at_once = lead(Fraction(0))
        slope = at_once - lead(Fraction(1))
        if 0 < at_once <= slope * most and lead(at_once / slope) == 0:
            return at_once / slope, True
        return None if lead(most) > 0 else (_halved(lead, most), False)
    except TenderkitError:
        return None


def _halved(lead: Callable[[Fraction], Fraction], most: Fraction) -> Fraction:
    low, high = Fraction(0), most
    for _ in range(_HALVINGS):
        middle = Fraction(round((low + high) / 2 * 100), 100)
        if lead(middle) > 0:
            low = middle
        else:
            high = middle
        if high - low < 1:
            break
    return Fraction(round(high))
