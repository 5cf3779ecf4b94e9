"""Results that hang on little: on a rounding, on a tie rule, on one step of one evaluator's score."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import numpy as np

from tenderkit.evaluation.minimum import alone, with_minimum
from tenderkit.evaluation.points import published_places
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Result
from tenderkit.evaluation.traits import hangs_on_others
from tenderkit.stress.cases import Case, clear_winner, result_of
from tenderkit.stress.draw import Drawn, Flags, Floats
from tenderkit.stress.play import CLOSE, Played, leads, play_prepared
from tenderkit.stress.prepared import Prepared, prepared
from tenderkit.stress.shortlist import Shortlist
from tenderkit.stress.shrink import shrink
from tenderkit.stress.variants import Change, VariantEffect, VariantTally

#: Decimals that stand for "not rounded": formulas that are not rational are calculated with 50 digits.
UNROUNDED = 30


@dataclass(frozen=True)
class RoundingEffect:
    """What the rounding of ``points`` or of the ``total`` decides.

    ``used`` tells whether the evaluation rounds there at all; ``effect`` compares it with the same evaluation without.
    """

    rounding: Literal["points", "total"]
    used: bool
    effect: VariantEffect


@dataclass(frozen=True)
class Ties:
    """How often the best totals are equal: ``tied`` of ``tenders``, of which ``open`` end in a drawing of lots."""

    tenders: int
    tied: int
    open: int


@dataclass(frozen=True)
class SinglePoints:
    """How often one step of one score decides.

    Attributes:
        tenders: tenders with a winner and at least two ranked bids.
        changed: tenders in which another bid wins when the winner's score on some criterion is one step lower, or
            another bid's one step higher.
        by_criterion: the same for each criterion with scores, by id.
        example: the smallest one found; None where there is none.
    """

    tenders: int
    changed: int
    by_criterion: dict[str, int]
    example: Change | None


def unrounded(spec: EvaluationSpec, rounding: Literal["points", "total"]) -> EvaluationSpec:
    """Give the evaluation without one of its roundings."""
    if rounding == "total":
        return replace(spec, total_places=UNROUNDED)
    return replace(spec, point_places=UNROUNDED)


def rounds_points(spec: EvaluationSpec) -> bool:
    """Tell whether points on some criterion are rounded."""
    return any(published_places(spec, leaf) is not None for leaf in spec.leaves())


class RoundingTally:
    """Adds up, over blocks of tenders, what a rounding decides."""

    def __init__(self, ready: Prepared, rounding: Literal["points", "total"]) -> None:
        self._rounding = rounding
        self._used = rounding == "total" or rounds_points(ready.spec)
        without = prepared(ready.spec, round_points=rounding != "points", round_total=rounding != "total")
        self._tally = VariantTally(ready, without, unrounded(ready.spec, rounding))

    def add(self, drawn: Drawn, played: Played) -> None:
        """Look at a block."""
        if self._used:
            self._tally.add(drawn, played)

    def result(self) -> RoundingEffect:
        """Give the counts and the smallest example."""
        return RoundingEffect(self._rounding, self._used, self._tally.result())


class TieTally:
    """Counts ties over blocks of tenders."""

    def __init__(self) -> None:
        self._tenders = self._tied = self._open = 0

    def add(self, played: Played) -> None:
        """Look at a block."""
        self._tenders += len(played)
        self._tied += int(played.tied.sum())
        self._open += int((played.tied & (played.winner < 0) & ~played.undefined).sum())

    def result(self) -> Ties:
        """Give the counts."""
        return Ties(self._tenders, self._tied, self._open)


class SinglePointTally:
    """Adds up, over blocks of tenders, what one step of one score decides."""

    def __init__(self, ready: Prepared) -> None:
        self._ready = ready
        self._leaves = {position: leaf for position, leaf in enumerate(ready.leaves) if leaf.scale is not None}
        self._by_criterion = {leaf.id: 0 for leaf in self._leaves.values()}
        self._tenders = self._changed = 0
        self._shortlist = Shortlist()

    def add(self, drawn: Drawn, played: Played) -> None:
        """Look at a block."""
        won = (played.winner >= 0) & (played.ranked.sum(axis=1) > 1)
        self._tenders += int(won.sum())
        any_changed = np.zeros(len(drawn), dtype=bool)
        clearest = np.zeros(len(drawn))
        for position, leaf in self._leaves.items():
            changed = np.zeros(len(drawn), dtype=bool)
            stepped = _stepped(drawn, played, position, leaf)
            may_matter = won[:, None] & played.ranked & self._may_matter(leaf, stepped, played)
            for bid in range(drawn.present.shape[1]):
                rows = np.flatnonzero(may_matter[:, bid])
                given = drawn.given[rows].copy()
                given[:, bid, position] = stepped.given[rows, bid, position]
                moved = play_prepared(self._ready, Drawn(drawn.amounts[rows], given, drawn.present[rows]))
                turned = rows[(moved.winner >= 0) & (moved.winner != played.winner[rows])]
                clear = np.zeros(len(drawn))
                clear[rows] = leads(self._ready, moved)
                changed[turned] = True
                clearest[turned] = np.maximum(clearest[turned], _least(clear[turned]))
            self._by_criterion[leaf.id] += int(changed.sum())
            any_changed |= changed
        self._changed += int(any_changed.sum())
        self._shortlist.add(drawn, any_changed, clearest)

    def _may_matter(self, leaf: Criterion, stepped: Drawn, played: Played) -> Flags:
        """Tell which bids' steps can change the winner, by tender and bid.

        Where no bid's total hangs on another bid, that is so only for the winner, and for those whose total reaches the
        winner's with the step. Elsewhere every step is played.
        """
        spec = self._ready.spec
        award = spec.award.definition
        if award.stages or hangs_on_others(award) or not alone(leaf) or any(with_minimum(spec.criteria)):
            return np.ones(played.ranked.shape, dtype=bool)
        after = play_prepared(self._ready, stepped).exact
        sign = 1.0 if self._ready.lower else -1.0
        best = np.where(np.isfinite(played.exact), sign * played.exact, np.inf).min(axis=1, keepdims=True)
        unit = 0.0 if self._ready.places is None else 10.0**-self._ready.places
        wins = np.arange(after.shape[1]) == played.winner[:, None]
        return np.asarray(wins | (sign * after <= best + unit + CLOSE))

    def result(self) -> SinglePoints:
        """Give the counts and the smallest example."""
        return SinglePoints(self._tenders, self._changed, self._by_criterion, self._example())

    def _example(self) -> Change | None:
        for case in self._shortlist.cases(self._ready.spec):
            if found := hanging_in(case):
                name, leaf = found.bidder, case.spec.leaf(found.criterion)

                def holds(made: Case, name: str = name, leaf: Criterion = leaf) -> bool:
                    return _stepping(made, result_of(made), name, leaf) is not None

                return hanging_in(shrink(case, holds))
        return None


def _least(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, 0)


def _stepped(drawn: Drawn, played: Played, position: int, leaf: Criterion) -> Drawn:
    """Give the tenders with the winner's score one step worse, and all other bids' one step better."""
    assert leaf.scale is not None  # noqa: S101 - only criteria with a scale are moved
    step, bottom, top = (float(number) for number in (leaf.scale.step, leaf.scale.bottom, leaf.scale.top))
    given = drawn.given.copy()
    wins = np.arange(given.shape[1]) == played.winner[:, None]
    given[..., position] = np.clip(given[..., position] + np.where(wins, -step, step), bottom, top)
    return Drawn(drawn.amounts, given, drawn.present)


def hanging_in(case: Case) -> Change | None:
    """Give the first step of one score that changes who wins, by totals and not by tie rules; None where there is none.

    Both results are by the exact engine.
    """
    before = result_of(case)
    scored = [leaf for leaf in case.spec.leaves() if leaf.scale is not None]
    steps = (_stepping(case, before, name, leaf) for leaf in scored for name in case.names)
    return next((change for change in steps if change), None)


def _stepping(case: Case, before: Result | None, name: str, leaf: Criterion) -> Change | None:
    """Give what one step of one score changes, if it changes the winner: down for the winner, up for another bid."""
    winner = clear_winner(before)
    if before is None or winner is None or name not in case.names:
        return None
    old = case.bid(name).given[leaf.id]
    new = _next(leaf, old, higher=name != winner)
    after = None if new is None else result_of(case.with_given(name, leaf.id, new))
    if after is None or clear_winner(after) in {None, winner}:
        return None
    return Change(case, before, after, name, leaf.id, old, new)


def _next(leaf: Criterion, score: Decimal, *, higher: bool) -> Decimal | None:
    assert leaf.scale is not None  # noqa: S101 - as above
    new = score + leaf.scale.step if higher else score - leaf.scale.step
    return new if leaf.scale.bottom <= new <= leaf.scale.top else None
