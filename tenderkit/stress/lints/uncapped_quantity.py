"""P20: one unrealistic number may decide the tender."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from tenderkit.evaluation.points import counted, model_points
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Result
from tenderkit.problems import TenderkitError
from tenderkit.quantities import as_decimal
from tenderkit.stress.cases import Case, result_of
from tenderkit.stress.draw import Drawn, draw_blocks
from tenderkit.stress.finding import Finding, Value
from tenderkit.stress.market import Expected, Market
from tenderkit.stress.play import Played, play_prepared
from tenderkit.stress.prepared import Prepared, prepared
from tenderkit.stress.shown import shown
from tenderkit.stress.shrink import to_digits
from tenderkit.stress.tested import SPEAKS, Tested
from tenderkit.stress.ways import Comparison, Way, compare

#: A pledge so many times the best that is expected is one that nobody can use (the catalogue's is twenty times).
TIMES = 10
#: A pledge twice the best that is expected may still be meant. Where points end before that, by a cap or by the
#: formula, an unrealistic pledge gains nothing.
MEANT = 2
#: Where no cap is published, up to twice the minimum requirement is expected (suggested default).
_OF_FLOOR = 2
#: The unrealistic number is a round one.
_DIGITS = 2


def find(tested: Tested) -> Iterator[Finding]:
    """Find offered numbers without a cap that holds, when one unrealistic pledge changes who wins."""
    spec, market = capped(tested.spec, tested.market)
    for leaf in spec.leaves():
        if leaf.kind != "offer" or not unheld(spec, market, leaf):
            continue
        pledge = Pledge(leaf, unrealistic(market, leaf))
        compared = _compared(tested, spec, market, pledge)
        if compared.share >= SPEAKS:
            change = compared.example()
            example = None
            if change is not None:
                after = pledge.made(change.case)
                example = shown("unrealistic-pledge", change.case, change.before, change.after, after)
            values = {"criterion": Value("text", tested.title(leaf.id)), "share": Value("percent", compared.share)}
            yield Finding("uncapped-quantity", leaf.id, values, example)


@dataclass(frozen=True)
class Pledge:
    """An unrealistic number on a criterion, offered by the dearest bid: it has most to gain from it."""

    leaf: Criterion
    number: Fraction

    def played(self, ready: Prepared, drawn: Drawn) -> Played:
        """Play made-up tenders in which it is offered."""
        prices = np.where(drawn.present, drawn.prices, -np.inf)
        given = drawn.given.copy()
        given[np.arange(len(drawn)), prices.argmax(axis=1), ready.inside(self.leaf.id)[0]] = float(self.number)
        return play_prepared(ready, replace(drawn, given=given))

    def made(self, case: Case) -> Case:
        """Give the case in which it is offered."""
        dearest = max(case.bids, key=lambda bid: bid.price)
        return case.with_given(dearest.name, self.leaf.id, as_decimal(self.number))

    def judged(self, case: Case) -> Result | None:
        """Give the exact result of the case in which it is offered; None where two bids are the dearest."""
        prices = sorted(bid.price for bid in case.bids)
        return None if prices[-2:-1] == prices[-1:] else result_of(self.made(case))


def _compared(tested: Tested, spec: EvaluationSpec, market: Market, pledge: Pledge) -> Comparison:
    ready = prepared(spec)
    usual = Way(ready, lambda drawn: play_prepared(ready, drawn), result_of)
    freak = Way(ready, lambda drawn: pledge.played(ready, drawn), pledge.judged)
    if spec == tested.spec:
        return compare(usual, freak, tested.blocks)
    blocks = draw_blocks(market, spec, tested.tenders, tested.seed)
    return compare(usual, freak, ((drawn, usual.play(drawn)) for drawn in blocks))


def expected_best(market: Market, leaf: Criterion) -> Fraction:
    """Give the best number that is expected: only one bid in twenty offers more."""
    expected = market.by_criterion.get(leaf.id, market.offers)
    floor, cap = leaf.floor or Fraction(0), leaf.cap or Fraction(0)
    return floor + expected.high * (cap - floor)


def unrealistic(market: Market, leaf: Criterion) -> Fraction:
    """Give a number that nobody can use: about ten times the best that is expected, a tenth where less is better."""
    return Fraction(to_digits(_times(leaf, expected_best(market, leaf), TIMES), _DIGITS))


def unheld(spec: EvaluationSpec, market: Market, leaf: Criterion) -> bool:
    """Tell whether an unrealistic number gains more than one that may be meant: more points, or fewer for others."""
    if leaf.model is None:
        return False
    best = expected_best(market, leaf)
    points = []
    for own in (_times(leaf, best, MEANT), _times(leaf, best, TIMES)):
        try:
            points.append(model_points(leaf.model, (counted(leaf, own), counted(leaf, best)), spec.points_top, leaf))
        except TenderkitError:
            return False
    return points[0] != points[1]


def _times(leaf: Criterion, number: Fraction, times: int) -> Fraction:
    return number * times if leaf.better == "higher" else number / times


def capped(spec: EvaluationSpec, market: Market) -> tuple[EvaluationSpec, Market]:
    """Give the evaluation with a cap that holds nothing wherever none is published, since bids are made up below it."""
    expected = dict(market.by_criterion)

    def with_cap(own: Criterion) -> Criterion:
        if own.kind == "offer" and own.cap is None:
            floor = own.floor or Fraction(0)
            best = _times(own, floor, _OF_FLOOR) or Fraction(1)
            cap = _times(own, best, TIMES)
            expected[own.id] = Expected(Fraction(0), (best - floor) / (cap - floor))
            return replace(own, floor=floor, cap=cap)
        return replace(own, children=tuple(with_cap(child) for child in own.children))

    criteria = tuple(with_cap(own) for own in spec.criteria)
    return replace(spec, criteria=criteria), replace(market, by_criterion=expected)
