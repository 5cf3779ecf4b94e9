"""What the other models of the library would have chosen for the same bids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np

from tenderkit.evaluation.ranking import LOTS_DRAWING, PRICE
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model
from tenderkit.evaluation.traits import gives_value, in_kroner, uses_price
from tenderkit.library import Library
from tenderkit.stress.draw import Drawn
from tenderkit.stress.fitting import Facts, Value, facts_of, fitted
from tenderkit.stress.market import Market
from tenderkit.stress.play import Played, play_prepared
from tenderkit.stress.prepared import Prepared, prepared

#: The price criterion that an evaluation gets when another award model needs one.
_PRICE_MODEL = "relative-linear"


@dataclass(frozen=True)
class Alternative:
    """What another model would have chosen.

    Attributes:
        kind: ``criterion``: another model on a price criterion; ``award``: another award model.
        criterion: the price criterion; empty for an award model.
        model: the id in the library; ``published`` tells whether it is the tender's own, with its own parameters.
        parameters: the parameters it was played with.
        tenders: tenders with a winner by the published evaluation.
        same: of these, tenders with the same winner.
        open: of these, tenders without one: lots would be drawn, nobody is left, or the formula has no value.
        points: the points on the price criterion as a share of full points, averaged over all bids; None for an award
            model.
        price: the winner's evaluated price in kroner, averaged; None where nobody won.
        quality: the winner's points on all else as a share of full points, by the published weights, averaged; None
            where nobody won, there is nothing else, or a number counts as it is.
    """

    kind: Literal["criterion", "award"]
    criterion: str
    model: str
    published: bool
    parameters: Mapping[str, Value]
    tenders: int
    same: int
    open: int
    points: float | None
    price: float | None
    quality: float | None

    @property
    def share(self) -> float:
        """Give the share of the tenders with the same winner, 0 to 1."""
        return self.same / self.tenders if self.tenders else 0.0


class AlternativeTally:
    """Plays blocks of tenders by every other model that fits."""

    def __init__(self, ready: Prepared, market: Market, library: Library) -> None:
        self._ready = ready
        self._rivals = [_Rival(ready, choice) for choice in choices(ready.spec, market, library)]

    def add(self, drawn: Drawn, played: Played) -> None:
        """Look at a block."""
        for rival in self._rivals:
            rival.add(drawn, played)

    def result(self) -> tuple[Alternative, ...]:
        """Give the comparison: the published models first, then the others in the order of their ids."""
        return tuple(rival.result() for rival in self._rivals)


@dataclass(frozen=True)
class Choice:
    """An evaluation with another model: ``keep`` are the positions, in the published one, of its criteria."""

    kind: Literal["criterion", "award"]
    criterion: str
    model: Model
    spec: EvaluationSpec
    keep: tuple[int | None, ...]
    published: bool = False


def choices(spec: EvaluationSpec, market: Market, library: Library) -> Iterator[Choice]:
    """Give the evaluation with every other model that fits, and with its own."""
    form = _Form(spec, market)
    definitions = {name: library.model(name) for name in library.ids("model")}
    every = tuple(range(len(spec.leaves())))
    for leaf in spec.leaves():
        if leaf.kind == "price" and leaf.model is not None:
            yield Choice("criterion", leaf.id, leaf.model, spec, every, published=True)
            for name, definition in definitions.items():
                other = fitted(name, definition, form.facts) if definition.input == "price" else None
                if other is not None and name != leaf.model.id:
                    yield Choice("criterion", leaf.id, other, _with_model(spec, leaf.id, other), every)
    yield Choice("award", "", spec.award, spec, every, published=True)
    # A number that counts as it is has a meaning with its own award model only.
    if form.quality and not any(gives_value(leaf) for leaf in spec.leaves()):
        for name, definition in definitions.items():
            award = fitted(name, definition, form.facts) if definition.role == "award" else None
            if award is not None and name != spec.award.id and (made := form.with_award(award, library)) is not None:
                yield made


def _with_model(spec: EvaluationSpec, criterion_id: str, model: Model) -> EvaluationSpec:
    return replace(spec, criteria=tuple(_replaced(criterion, criterion_id, model) for criterion in spec.criteria))


def _replaced(criterion: Criterion, criterion_id: str, model: Model) -> Criterion:
    if criterion.id == criterion_id:
        return replace(criterion, model=model)
    return replace(criterion, children=tuple(_replaced(child, criterion_id, model) for child in criterion.children))


class _Form:
    """What an evaluation says whatever its award model: quality criteria with weights and amounts, and the price's."""

    def __init__(self, spec: EvaluationSpec, market: Market) -> None:
        self.spec = spec
        self.market = market
        leaves = spec.leaves()
        self.quality = {place: leaf for place, leaf in enumerate(leaves) if leaf.kind != "price"}
        self.prices = {place: leaf for place, leaf in enumerate(leaves) if leaf.kind == "price"}
        span = market.price.high - market.price.low
        amounts = in_kroner(spec.award.definition)
        own = [(leaf.amount or Fraction(0)) if amounts else leaf.share for leaf in self.quality.values()]
        whole = sum(own, Fraction(0)) or Fraction(1)
        self.shares = dict(zip(self.quality, (value / whole for value in own), strict=True))
        self.weight = self._price_weight(whole if amounts else None, span)
        self.facts: Facts = facts_of(market, spec.points_top, self.weight)
        worth = whole if amounts else self.facts.quality_for_price * span
        self.amounts = {place: share * worth for place, share in self.shares.items()}

    def _price_weight(self, amounts: Fraction | None, span: Fraction) -> Fraction:
        """Give the price's weight; from amounts, the expected span of prices against the amounts for full points."""
        if amounts is not None:
            return span / (span + amounts)
        own = self.spec.award.parameters.get("wp")
        if isinstance(own, Fraction):
            return own
        weight = sum((leaf.share for leaf in self.prices.values()), Fraction(0))
        return weight if 0 < weight < 1 else Fraction(1, 2)

    def with_award(self, award: Model, library: Library) -> Choice | None:
        """Give the evaluation with another award model; None where better quality would not be better by it."""
        definition = award.definition
        priced = uses_price(definition)
        rest = Fraction(1) if priced else 1 - self.weight
        criteria = [
            replace(leaf, share=self.shares[place] * rest, amount=self.amounts[place], minimum=leaf.minimum)
            for place, leaf in self.quality.items()
        ]
        keep: list[int | None] = list(self.quality)
        if not priced:
            price = self._price_criterion(library)
            if price is None:
                return None
            criteria.append(price)
            keep.append(next(iter(self.prices), None))
        known = {PRICE, LOTS_DRAWING, *(leaf.id for leaf in criteria)}
        ties = tuple(rule for rule in self.spec.ties if rule in known)
        spec = replace(self.spec, criteria=tuple(criteria), award=award, ties=ties)
        return Choice("award", "", award, spec, tuple(keep)) if _fits(spec) else None

    def _price_criterion(self, library: Library) -> Criterion | None:
        own = next((leaf.model for leaf in self.prices.values()), None)
        model = own or fitted(_PRICE_MODEL, library.model(_PRICE_MODEL), self.facts)
        if model is None:
            return None
        return Criterion("price", "", self.weight, self.weight, "price", model=model, better="lower")


def _fits(spec: EvaluationSpec) -> bool:
    """Tell whether more points, at the same price, never give a worse total.

    Models in which a criterion's number is a cost, such as days or kroner a year, would punish quality.
    """
    ready = prepared(spec)
    top = float(spec.points_top)
    count = len(ready.leaves)
    points = np.array([[[top / 2] * count, [top] * count]])
    less, more = ready.totals(points, np.full((1, 2), 1000.0), np.ones((1, 2), dtype=bool))[0]
    return bool(more <= less if ready.lower else more >= less)


class _Rival:
    """One other model, and what it chose so far."""

    def __init__(self, published: Prepared, choice: Choice) -> None:
        self._published = published
        self._choice = choice
        self._ready = published if choice.published else prepared(choice.spec)
        leaves = published.leaves
        shares = np.array([float(leaf.share) if leaf.kind != "price" else 0.0 for leaf in leaves])
        has_points = shares.sum() > 0 and not any(gives_value(leaf) for leaf in leaves)
        self._quality = shares / shares.sum() if has_points else None
        self._tenders = self._same = self._open = self._won = self._bids = 0
        self._points = self._price = self._worth = 0.0

    def add(self, drawn: Drawn, played: Played) -> None:
        """Look at a block."""
        own = played if self._choice.published else play_prepared(self._ready, self._given(drawn))
        usual = played.winner >= 0
        chosen = usual & (own.winner >= 0)
        self._tenders += int(usual.sum())
        self._same += int((usual & (own.winner == played.winner)).sum())
        self._open += int((usual & (own.winner < 0)).sum())
        self._won += int(chosen.sum())
        rows = np.flatnonzero(chosen)
        self._price += float(drawn.prices[rows, own.winner[rows]].sum())
        if self._quality is not None:
            worth = np.nan_to_num(played.points[rows, own.winner[rows]]) @ self._quality
            self._worth += float(worth.sum()) / float(self._published.spec.points_top)
        if self._choice.kind == "criterion":
            points = own.points[..., self._ready.inside(self._choice.criterion)[0]]
            self._points += float(np.nansum(points)) / float(self._published.spec.points_top)
            self._bids += int(np.isfinite(points).sum())

    def _given(self, drawn: Drawn) -> Drawn:
        """Give the same bids for the other model's criteria; a price criterion that is new looks at the whole price."""
        if self._choice.kind == "criterion":
            return drawn
        columns = [
            drawn.prices if place is None or leaf.kind == "price" else drawn.given[..., place]
            for place, leaf in zip(self._choice.keep, self._ready.leaves, strict=True)
        ]
        return Drawn(drawn.amounts, np.stack(columns, axis=-1), drawn.present)

    def result(self) -> Alternative:
        """Give what it chose."""
        choice = self._choice
        return Alternative(
            choice.kind,
            choice.criterion,
            choice.model.id,
            choice.published,
            choice.model.parameters,
            self._tenders,
            self._same,
            self._open,
            self._points / self._bids if self._bids else None,
            self._price / self._won if self._won else None,
            self._worth / self._won if self._won and self._quality is not None else None,
        )
