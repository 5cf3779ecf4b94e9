"""Two ways to find the winner of the same made-up bids: how often they differ, and the smallest example of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from tenderkit.evaluation.spec import EvaluationSpec, Result
from tenderkit.stress.cases import Case, clear_winner, result_of, winner_of
from tenderkit.stress.draw import Drawn
from tenderkit.stress.play import Played, leads, play_prepared
from tenderkit.stress.prepared import Prepared, prepared
from tenderkit.stress.shortlist import Shortlist
from tenderkit.stress.variants import Change


@dataclass(frozen=True)
class Way:
    """A way to find the winner.

    Attributes:
        ready: the evaluation that it plays by, or that it differs from.
        play: plays made-up tenders of the published evaluation; the bids keep their positions.
        judge: gives the exact result for the bids of one tender; None where there is none.
    """

    ready: Prepared
    play: Callable[[Drawn], Played]
    judge: Callable[[Case], Result | None]


@dataclass(frozen=True)
class Comparison:
    """How often two ways pick different winners.

    Attributes:
        tenders: the tenders with a winner by the first way.
        changed: of these, those with another winner by the second way.
    """

    tenders: int
    changed: int
    _candidates: Shortlist
    _ways: tuple[Way, Way]

    @property
    def share(self) -> Fraction:
        """Give the share of the tenders with another winner, 0 to 1."""
        return Fraction(self.changed, self.tenders) if self.tenders else Fraction(0)

    def example(self) -> Change | None:
        """Give the smallest example found, confirmed by the exact engine; None where there is none.

        One in which totals alone decide is given before one that needs a tie rule. A wins by the first way, and B by
        the second.
        """
        return self._with(clear_winner) or self._with(winner_of)

    def change_in(self, case: Case, winner: Callable[[Result | None], str | None] = winner_of) -> Change | None:
        """Give both results for one tender where the winners differ, by the exact engine; None otherwise."""
        before, after = (way.judge(case) for way in self._ways)
        if before is None or after is None or None in {winner(before), winner(after)}:
            return None
        return Change(case, before, after) if winner(before) != winner(after) else None

    def _with(self, winner: Callable[[Result | None], str | None]) -> Change | None:
        spec = self._ways[0].ready.spec
        case = self._candidates.smallest(spec, lambda found: self.change_in(found, winner) is not None)
        change = None if case is None else self.change_in(case, winner)
        if case is None or change is None:
            return None
        ends = [winner_of(change.before) or "", winner_of(change.after) or ""]
        ordered = case.ordered([*ends, *(name for name in case.names if name not in ends)])
        return self.change_in(ordered, winner) or change


def compare(first: Way, second: Way, blocks: Iterable[tuple[Drawn, Played]]) -> Comparison:
    """Play blocks of made-up tenders by two ways.

    Args:
        first: one way; its evaluation is the one that the bids were made up for.
        second: the other way.
        blocks: made-up tenders, and what the first way gave for them.
    """
    tenders = changed = 0
    candidates = Shortlist()
    for drawn, before in blocks:
        after = second.play(drawn)
        won = before.winner >= 0
        differs = won & (after.winner >= 0) & (after.winner != before.winner)
        tenders += int(won.sum())
        changed += int(differs.sum())
        if differs.any():
            candidates.add(drawn, differs, np.minimum(leads(first.ready, before), leads(second.ready, after)))
    return Comparison(tenders, changed, candidates, (first, second))


def way_of(spec: EvaluationSpec, simple: EvaluationSpec) -> Way:
    """Give the way of an evaluation, on bids that were made up for the published one.

    Args:
        spec: the evaluation. Its criteria with scores and offers are some of the published ones; its price criteria,
            models, weights, award model and roundings may be any.
        simple: the published evaluation, simplified.
    """
    ready = prepared(replace(spec, price_lines=simple.price_lines))
    kept = {leaf.id for leaf in ready.leaves}

    def judge(case: Case) -> Result | None:
        bids = (replace(bid, given={name: bid.given[name] for name in bid.given if name in kept}) for bid in case.bids)
        return result_of(Case(ready.spec, tuple(bids)))

    return Way(ready, lambda drawn: play_prepared(ready, _for_criteria(drawn, ready.spec, simple)), judge)


def _for_criteria(drawn: Drawn, spec: EvaluationSpec, simple: EvaluationSpec) -> Drawn:
    """Give the same bids with the columns that the criteria of another evaluation need."""
    published = [leaf.id for leaf in simple.leaves()]
    lines = [line.id for line in simple.price_lines]
    columns = []
    for leaf in spec.leaves():
        if leaf.kind == "price":
            chosen = [lines.index(line) for line in leaf.lines] or slice(None)
            columns.append(drawn.amounts[..., chosen].sum(axis=-1))
        else:
            columns.append(drawn.given[..., published.index(leaf.id)])
    given = np.stack(columns, axis=-1) if columns else drawn.given[..., :0]
    return Drawn(drawn.amounts, given, drawn.present)
