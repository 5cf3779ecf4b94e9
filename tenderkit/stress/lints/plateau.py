"""P05: different prices get the same points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

from tenderkit.evaluation.spec import BidResult
from tenderkit.quantities import as_decimal
from tenderkit.stress.cases import Case, result_of
from tenderkit.stress.draw import Drawn
from tenderkit.stress.finding import Example, Finding, Value
from tenderkit.stress.fragile import unrounded
from tenderkit.stress.level import APART, level_prices
from tenderkit.stress.moving import closeness
from tenderkit.stress.play import Played
from tenderkit.stress.prepared import Prepared, prepared
from tenderkit.stress.shortlist import Shortlist
from tenderkit.stress.shown import shown
from tenderkit.stress.shrink import MOST_DIGITS, to_digits
from tenderkit.stress.tested import SPEAKS, Tested

#: A price so many times higher or lower is beyond both ends of a scale.
_FAR = 8


def find(tested: Tested) -> Iterator[Finding]:
    """Find price criteria on which bids with different prices often have the same points, not by rounding them."""
    ready = prepared(tested.spec, round_points=False)
    for leaf in tested.leaves("price"):
        flat = _Flat(ready, tested.position(leaf.id))
        for drawn, played in tested.blocks:
            flat.add(drawn, played)
        case = flat.example() if flat.share >= SPEAKS else None
        pair = None if case is None else level_pair(case, leaf.id)
        if case is not None and pair is not None:
            values = {
                "criterion": Value("text", tested.title(leaf.id)),
                "share": Value("percent", flat.share),
                "amount": Value("money", edge_of(case, leaf.id, pair)),
            }
            yield Finding("plateau", leaf.id, values, example_of(case, leaf.id, pair))


class _Flat:
    """Counts tenders in which different prices have the same points on a criterion, and keeps some of them."""

    def __init__(self, ready: Prepared, position: int) -> None:
        self._ready = ready
        self._position = position
        self._tenders = self._found = 0
        self._candidates = Shortlist()

    def add(self, drawn: Drawn, played: Played) -> None:
        """Look at a block."""
        prices = drawn.given[..., self._position]
        alike = level_prices(self._ready, self._position, prices, played.ranked)
        self._tenders += int((played.ranked.sum(axis=1) > 1).sum())
        self._found += int(alike.sum())
        self._candidates.add(drawn, alike, closeness(drawn))

    @property
    def share(self) -> Fraction:
        """Give the share of the tenders with at least two bids."""
        return Fraction(self._found, self._tenders) if self._tenders else Fraction(0)

    def example(self) -> Case | None:
        """Give the smallest tender of this kind, by the exact engine."""
        criterion = self._ready.leaves[self._position].id
        return self._candidates.smallest(self._ready.spec, lambda case: level_pair(case, criterion) is not None)


def level_pair(case: Case, criterion: str) -> tuple[str, str] | None:
    """Give a cheaper and a dearer bid with the same points on a price criterion, and on a plateau: by the exact engine.

    On a plateau the dearer bid still has these points with a price half-way between.
    """
    own = _unrounded(case, criterion)
    for first, second in combinations(sorted(own, key=lambda name: case.bid(name).price), 2):
        low, high = case.bid(first).price, case.bid(second).price
        if high > (1 + APART) * low and own[first] == own[second]:
            between = _unrounded(case.with_price(second, as_decimal((low + high) / 2, 2)), criterion)
            if between.get(second) == own[second]:
                return first, second
    return None


def _unrounded(case: Case, criterion: str) -> dict[str, Fraction]:
    """Give the points on a criterion before rounding, by bid; empty where there is no result."""
    result = result_of(case.with_spec(unrounded(case.spec, "points")))
    ranking: tuple[BidResult, ...] = () if result is None else result.ranking
    return {bid.bid.bidder: bid.on(criterion).points for bid in ranking}


def edge_of(case: Case, criterion: str, pair: tuple[str, str]) -> Fraction:
    """Give the price from which on the points do not change, to the øre, the other bids as they are.

    It is the beginning of a plateau without an end, the end of one that reaches down to the lowest prices, and the
    beginning of one between two others.
    """
    cheaper, dearer = pair
    level = _unrounded(case, criterion)[cheaper]

    def flat(name: str, kroner: Fraction) -> bool:
        return _unrounded(case.with_price(name, as_decimal(kroner, 2)), criterion).get(name) == level

    low, high = case.bid(cheaper).price, case.bid(dearer).price
    if flat(cheaper, low / _FAR) and not flat(dearer, high * _FAR):
        return _last(lambda kroner: flat(dearer, kroner), high, high * _FAR)
    return _last(lambda kroner: flat(cheaper, kroner), low, low / _FAR)


def _last(flat: Callable[[Fraction], bool], start: Fraction, end: Fraction) -> Fraction:
    """Give the price nearest to ``end`` at which the points are still the same; halving whole øre."""
    inside, outside = round(start * 100), round(end * 100)
    while abs(outside - inside) > 1:
        middle = (inside + outside) // 2
        if flat(Fraction(middle, 100)):
            inside = middle
        else:
            outside = middle
    return Fraction(inside, 100)


def example_of(case: Case, criterion: str, pair: tuple[str, str]) -> Example | None:
    """Give the bids before and after the dearer one lowers its price, still above the cheaper's: nothing changes."""
    cheaper, dearer = (case.bid(name).price for name in pair)
    middle = (cheaper + dearer) / 2
    rounded = (to_digits(middle, digits) for digits in range(1, MOST_DIGITS))
    kroner = next((price for price in rounded if cheaper < price < dearer), as_decimal(middle, 2))
    saved = case.with_price(pair[1], kroner)
    before, after = result_of(case), result_of(saved)
    if before is None or after is None or _unrounded(case, criterion) != _unrounded(saved, criterion):
        return None
    return shown("price-lowered", case, before, after, saved)
