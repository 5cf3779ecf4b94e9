"""Several evaluators' made-up scores in place of one agreed score, and what averages of them decide."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from statistics import mean, median
from typing import Literal

import numpy as np

from tenderkit.evaluation.field import enter
from tenderkit.evaluation.score import decide
from tenderkit.evaluation.spec import Bid, Criterion, EvaluationSpec, Result
from tenderkit.library.model import Scale
from tenderkit.problems import TenderkitError
from tenderkit.quantities import as_decimal
from tenderkit.stress.cases import Case, CaseBid
from tenderkit.stress.draw import Drawn, Floats
from tenderkit.stress.play import Played, play_prepared
from tenderkit.stress.prepared import NUDGE, Prepared, prepared
from tenderkit.stress.ways import Way

#: A committee of the usual size (suggested default).
EVALUATORS = 3
#: The standard deviation of an evaluator's score around the bid's, as a share of the scale (suggested default): two of
#: three evaluators lie within one point of ten of it, and every now and then one stands alone.
SPREAD = 0.1
#: Apart from the stream that the bids themselves are drawn from.
_STREAM = 1
_HALF = Fraction(1, 2)

#: How several scores become one: their mean or median, and that rounded half up to a score on the scale.
Rule = Literal["mean", "median"]


@dataclass(frozen=True)
class Average:
    """How several scores become one; ``rounded`` to the nearest score that may be given."""

    rule: Rule
    rounded: bool = False

    def of(self, scores: Sequence[Fraction], scale: Scale) -> Fraction:
        """Give the one score, exactly."""
        value = mean(scores) if self.rule == "mean" else median(scores)
        if not self.rounded:
            return value
        bottom, step = Fraction(scale.bottom), Fraction(scale.step)
        return bottom + step * math.floor((value - bottom) / step + _HALF)

    def of_many(self, scores: Floats, scale: Scale) -> Floats:
        """Give the one score for each row; the last axis are the evaluators."""
        values = scores.mean(axis=-1) if self.rule == "mean" else np.median(scores, axis=-1)
        if not self.rounded:
            return np.asarray(values)
        bottom, step = float(scale.bottom), float(scale.step)
        return np.asarray(bottom + step * np.floor((values - bottom) / step + 0.5 + NUDGE))


class Committee:
    """Evaluators who score by themselves, and the ways to the winner from their scores.

    ``spec`` has, in place of each criterion that evaluators score, one for each evaluator; the made-up bids are for it.
    """

    def __init__(self, ready: Prepared) -> None:
        """Take the published evaluation, simplified."""
        self._ready = ready
        leaves = [part for leaf in ready.leaves for part in _parts(leaf)]
        self.spec = replace(ready.spec, criteria=tuple(leaves))
        self._own = prepared(self.spec)
        places = iter(range(len(leaves)))
        self._places = [[next(places) for _ in _parts(leaf)] for leaf in ready.leaves]

    def draw(self, drawn: Drawn, seed: int, block: int) -> Drawn:
        """Give a block of made-up tenders with the scores of every evaluator, on the steps of the scale.

        They lie around the score that the tender was drawn with. The same seed and block give the same scores.
        """
        dice = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=(block, _STREAM))))
        columns: list[Floats] = []
        for index, leaf in enumerate(self._ready.leaves):
            given = drawn.given[..., index]
            if leaf.scale is None:
                columns.append(given)
                continue
            bottom, top, step = (float(number) for number in (leaf.scale.bottom, leaf.scale.top, leaf.scale.step))
            for _ in range(EVALUATORS):
                own = given + SPREAD * (top - bottom) * dice.standard_normal(given.shape)
                steps = np.rint((np.clip(own, bottom, top) - bottom) / step)
                columns.append(bottom + step * steps)
        return Drawn(drawn.amounts, np.stack(columns, axis=-1), drawn.present)

    def way(self, average: Average) -> Way:
        """Give the way to the winner from averages, for bids with the scores of every evaluator."""
        return Way(self._own, lambda drawn: self._play(drawn, average), lambda case: self._judge(case, average))

    def _play(self, drawn: Drawn, average: Average) -> Played:
        columns = []
        for leaf, places in zip(self._ready.leaves, self._places, strict=True):
            own = drawn.given[..., places]
            columns.append(own[..., 0] if leaf.scale is None else average.of_many(own, leaf.scale))
        return play_prepared(self._ready, Drawn(drawn.amounts, np.stack(columns, axis=-1), drawn.present))

    def scores(self, case: Case, average: Average) -> dict[tuple[str, str], Fraction]:
        """Give the averages of a case, exactly, by bid and criterion."""
        return {
            (bid.name, leaf.id): average.of([Fraction(bid.given[part.id]) for part in _parts(leaf)], leaf.scale)
            for leaf in self._ready.leaves
            if leaf.scale is not None
            for bid in case.bids
        }

    def averaged(self, case: Case, average: Average) -> Case:
        """Give the case as readers see it: averages to two decimals in place of the evaluators' scores."""
        scores = self.scores(case, average)
        bids = []
        for bid in case.bids:
            given = {
                leaf.id: as_decimal(scores[bid.name, leaf.id], 2) if leaf.scale is not None else bid.given[leaf.id]
                for leaf in self._ready.leaves
                if leaf.kind != "price"
            }
            bids.append(CaseBid(bid.name, bid.amounts, given))
        return Case(self._ready.spec, tuple(bids))

    def _judge(self, case: Case, average: Average) -> Result | None:
        """Give the exact result with averages that may lie between two scores of the scale."""
        return result_with(self._ready.spec, case, self.scores(case, average))


def _parts(leaf: Criterion) -> Iterator[Criterion]:
    """Give a criterion for each evaluator who scores it; the criterion itself where nobody does."""
    if leaf.scale is None:
        yield leaf
        return
    for number in range(1, EVALUATORS + 1):
        share = leaf.share / EVALUATORS
        yield replace(leaf, id=f"{leaf.id}.{number}", share=share, weight=share, minimum=None)


def result_with(spec: EvaluationSpec, case: Case, scores: dict[tuple[str, str], Fraction]) -> Result | None:
    """Give the exact result of a case with scores that need not be on the scale; None where there is none."""
    offered = [leaf.id for leaf in spec.leaves() if leaf.kind == "offer"]
    bids = [
        Bid(bid.name, bid.name, spec.lot, bid.amounts, {criterion: bid.given[criterion] for criterion in offered})
        for bid in case.bids
    ]
    try:
        field = enter(spec, bids, dict.fromkeys(scores, Decimal(0)))
        averages = {
            leaf.id: tuple(scores[bid.bidder, leaf.id] for bid in bids)
            for leaf in spec.leaves()
            if leaf.scale is not None
        }
        ranking, eliminated = decide(replace(field, given={**field.given, **averages}))
    except TenderkitError:
        return None
    first = [own for own in ranking if own.rank == 1]
    return Result(spec, ranking, (), first[0] if len(first) == 1 else None, None, eliminated)
