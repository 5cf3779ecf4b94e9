"""Stated weights against the weights that decide: how far each criterion really spreads the bids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.evaluation.spec import EvaluationSpec
from tenderkit.evaluation.traits import names_used, uses_price
from tenderkit.stress.draw import Drawn, Floats
from tenderkit.stress.play import Played
from tenderkit.stress.prepared import Prepared

_WHOLE = 1e-12


@dataclass(frozen=True)
class SpreadShare:
    """How much of the spread of totals a criterion makes.

    Attributes:
        criterion: the id of the criterion or group; ``evaluated-price`` for a price that the award model uses itself.
        stated: the published share of the whole, 0 to 1; None where the award model has no weights.
        realised: the share of the spread, 0 to 1, averaged over the tenders: the range of totals that the criterion
            makes when all else is at its average, by the sum of these ranges.
        spread: that range, averaged, in the unit of the totals.
    """

    criterion: str
    stated: Fraction | None
    realised: float
    spread: float


def stated_weights(spec: EvaluationSpec) -> Mapping[str, Fraction | None]:
    """Give the published weight of every criterion and group, and of the price where the award model uses it itself."""
    definition = spec.award.definition
    used = names_used(definition)
    own = spec.award.parameters.get("wp") if "wp" in used else None
    price = own if isinstance(own, Fraction) else None
    of_rest = Fraction(1) if price is None else 1 - price
    weighted = "w" in used and (price is not None or not uses_price(definition))
    found: dict[str, Fraction | None] = {EVALUATED_PRICE: price} if uses_price(definition) else {}
    stack = list(spec.criteria)
    while stack:
        criterion = stack.pop(0)
        found[criterion.id] = criterion.share * of_rest if weighted else None
        stack[:0] = criterion.children
    return found


class SpreadTally:
    """Adds up spreads over blocks of tenders; only tenders with at least two ranked bids count."""

    def __init__(self, ready: Prepared, *, top: bool) -> None:
        """Look at single criteria, or (``top``) at criteria and groups of the first level."""
        spec = ready.spec
        names = [criterion.id for criterion in spec.criteria] if top else [leaf.id for leaf in spec.leaves()]
        self._ready = ready
        self._parts = {name: ready.inside(name) for name in names}
        self._priced = uses_price(spec.award.definition)
        count = len(names) + self._priced
        self._shares, self._spreads, self._tenders = np.zeros(count), np.zeros(count), 0

    def add(self, drawn: Drawn, played: Played) -> None:
        """Look at a block."""
        ranges = self._ranges(drawn, played)
        usable = (played.ranked.sum(axis=1) > 1) & ~played.undefined & np.isfinite(ranges).all(axis=1)
        sums = ranges.sum(axis=1)
        usable &= sums > _WHOLE * np.nan_to_num(np.abs(played.exact)).max(axis=1)
        self._shares += (ranges[usable] / sums[usable, None]).sum(axis=0)
        self._spreads += ranges[usable].sum(axis=0)
        self._tenders += int(usable.sum())

    def _ranges(self, drawn: Drawn, played: Played) -> Floats:
        """Give the range of totals that each criterion makes alone, by tender and criterion."""
        ranked = played.ranked
        count = np.maximum(1, ranked.sum(axis=1))[:, None]
        even = np.where(ranked[..., None], played.points, 0).sum(axis=1, keepdims=True) / count[..., None]
        points = np.broadcast_to(even, played.points.shape)
        price = np.broadcast_to(np.where(ranked, drawn.prices, 0).sum(axis=1, keepdims=True) / count, ranked.shape)
        found = []
        for positions in self._parts.values():
            own = points.copy()
            own[..., positions] = played.points[..., positions]
            found.append(self._range(own, price, played))
        if self._priced:
            found.append(self._range(points, drawn.prices, played))
        return np.stack(found, axis=1)

    def _range(self, points: Floats, prices: Floats, played: Played) -> Floats:
        totals = self._ready.totals(points, prices, played.ranked)
        highest = np.where(played.ranked, totals, -np.inf).max(axis=1)
        return np.asarray(highest - np.where(played.ranked, totals, np.inf).min(axis=1))

    def result(self) -> tuple[SpreadShare, ...]:
        """Give the averages, in the order of the criteria; empty without a tender that counts."""
        if not self._tenders:
            return ()
        stated = stated_weights(self._ready.spec)
        names = [*self._parts, *([EVALUATED_PRICE] if self._priced else [])]
        return tuple(
            SpreadShare(name, stated[name], float(share) / self._tenders, float(spread) / self._tenders)
            for name, share, spread in zip(names, self._shares, self._spreads, strict=True)
        )
