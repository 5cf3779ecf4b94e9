"""Everything the stress test measures on one lot's evaluation: what the lints, the memo and the charts stand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tenderkit.evaluation.spec import EvaluationSpec
from tenderkit.library import Library
from tenderkit.stress.alternatives import Alternative, AlternativeTally
from tenderkit.stress.collapse import Collapse, CollapseTally
from tenderkit.stress.costs import PointCost, point_costs
from tenderkit.stress.deciding import Decision, DecisionTally
from tenderkit.stress.draw import Drawn, draw, draw_blocks
from tenderkit.stress.extremes import Extreme, extremes
from tenderkit.stress.fragile import RoundingEffect, RoundingTally, SinglePoints, SinglePointTally, Ties, TieTally
from tenderkit.stress.market import Market, check_market, settled, simplified
from tenderkit.stress.play import Played, play_prepared
from tenderkit.stress.prepared import Prepared, prepared
from tenderkit.stress.removal import Removals, RemovalTally
from tenderkit.stress.scan import TENDERS, PriceScan, scan_prices
from tenderkit.stress.shares import SpreadShare, SpreadTally

Progress = Callable[[int, int], None]

#: Made-up tenders, where nothing else is said: shares are then right to about one percentage point.
USUAL = 5000


@dataclass(frozen=True)
class Measures:
    """What the stress test measures. Each part says its units.

    Attributes:
        spec: the evaluation, simplified: all made-up bids are bids for it.
        market: what bids were expected.
        tenders: how many tenders were made up, from ``seed``.
        undefined: in how many a formula had no value for a bid.
        near: in how many floats could not tell who wins; too few to matter for shares.
        costs: what a lead is worth in kroner, for each criterion and group without a price.
        groups, criteria: stated weight and realised spread, on the first level and for single criteria.
        decisions: how often each criterion or group decides, and whether it can.
        removals: how often a loser that leaves changes the winner.
        collapses: what the points of each price criterion do.
        scans: one bid's price moved: plateaus, jumps, and prices that are better when higher.
        extremes: points beside prices of zero, nearly zero, far too low and far too high.
        roundings: what the rounding of points and of totals decides.
        ties: how often the best totals are equal.
        single_points: how often one step of one score decides.
        alternatives: what other models would have chosen; empty without a library.
    """

    spec: EvaluationSpec
    market: Market
    tenders: int
    seed: int
    undefined: int
    near: int
    costs: tuple[PointCost, ...]
    groups: tuple[SpreadShare, ...]
    criteria: tuple[SpreadShare, ...]
    decisions: tuple[Decision, ...]
    removals: Removals
    collapses: tuple[Collapse, ...]
    scans: tuple[PriceScan, ...]
    extremes: tuple[Extreme, ...]
    roundings: tuple[RoundingEffect, ...]
    ties: Ties
    single_points: SinglePoints
    alternatives: tuple[Alternative, ...]


def measure(
    spec: EvaluationSpec,
    market: Market,
    *,
    tenders: int = USUAL,
    seed: int = 1,
    library: Library | None = None,
    progress: Progress | None = None,
) -> Measures:
    """Measure an evaluation on made-up tenders.

    Args:
        spec: the lot's evaluation, as published.
        market: what bids to expect.
        tenders: how many tenders to make up; memory does not grow with them.
        seed: any whole number from 0; the same seed gives the same numbers.
        library: where other models are taken from; without it none are compared.
        progress: told how many tenders are done, and of how many.

    Raises:
        TenderkitError: the market cannot be simulated.
    """
    check_market(market, spec)
    market, spec = settled(market, spec), simplified(spec)
    tallies = _Tallies(prepared(spec), market, library)
    done = 0
    for drawn in draw_blocks(market, spec, tenders, seed):
        tallies.add(drawn)
        done += len(drawn)
        if progress is not None:
            progress(done, tenders)
    return tallies.result(tenders, seed)


class _Tally(Protocol):
    """What looks at blocks of tenders that have been played."""

    def add(self, drawn: Drawn, played: Played) -> None:
        """Look at a block."""


class _Tallies:
    """All that is added up over blocks of tenders."""

    def __init__(self, ready: Prepared, market: Market, library: Library | None) -> None:
        self.ready = ready
        self.market = market
        prices = [position for position, leaf in enumerate(ready.leaves) if leaf.kind == "price"]
        self.undefined = self.near = 0
        self.groups = SpreadTally(ready, top=True)
        self.criteria = SpreadTally(ready, top=False)
        self.decisions = DecisionTally(ready, market)
        self.removals = RemovalTally(ready)
        self.collapses = [CollapseTally(ready, position) for position in prices]
        self.roundings = [RoundingTally(ready, "points"), RoundingTally(ready, "total")]
        self.ties = TieTally()
        self.single_points = SinglePointTally(ready)
        self.alternatives = None if library is None else AlternativeTally(ready, market, library)

    def add(self, drawn: Drawn) -> None:
        """Play a block, and let all look at it."""
        played: Played = play_prepared(self.ready, drawn)
        self.undefined += int(played.undefined.sum())
        self.near += int(played.near.sum())
        self.ties.add(played)
        looking: list[_Tally] = [self.groups, self.criteria, self.decisions, self.removals, self.single_points]
        looking += [*self.collapses, *self.roundings, *([self.alternatives] if self.alternatives else [])]
        for tally in looking:
            tally.add(drawn, played)

    def result(self, tenders: int, seed: int) -> Measures:
        """Give all results, with their examples."""
        spec, market = self.ready.spec, self.market
        return Measures(
            spec,
            market,
            tenders,
            seed,
            self.undefined,
            self.near,
            point_costs(spec, market),
            self.groups.result(),
            self.criteria.result(),
            self.decisions.result(),
            self.removals.result(market, seed),
            tuple(tally.result() for tally in self.collapses),
            scan_prices(self.ready, market, draw(market, spec, TENDERS, seed)),
            extremes(spec, market),
            tuple(tally.result() for tally in self.roundings),
            self.ties.result(),
            self.single_points.result(),
            () if self.alternatives is None else self.alternatives.result(),
        )
