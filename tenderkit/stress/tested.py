"""An evaluation under test: what lints look at. All is made up, played and measured once, when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property

from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.library import Library
from tenderkit.stress.cases import result_of
from tenderkit.stress.draw import Drawn, draw_blocks
from tenderkit.stress.market import Market, settled, simplified
from tenderkit.stress.measures import Measures, measure
from tenderkit.stress.open_parameters import filled
from tenderkit.stress.play import Played, play_prepared
from tenderkit.stress.practice import Practice
from tenderkit.stress.prepared import Prepared, prepared
from tenderkit.stress.ways import Comparison, Way, compare, way_of

Progress = Callable[[int, int], None]

#: From this share of the tenders on, something that decides who wins is told as a finding (suggested default): one
#: tender in a hundred is more than an authority wants to explain, and far above what chance and floats make of 5,000.
SPEAKS = Fraction(1, 100)


class Tested:
    """One lot's evaluation with what is expected, and what was simulated and measured.

    Attributes:
        given: the evaluation as it was given; parameters that are not chosen yet have no value.
        published: the same, with a value that fits the market for each of these.
        spec: the same, simplified: prices are kroner of evaluated price, and all made-up bids are bids for it.
        market: what bids to expect.
        practice: how the committee works with the evaluation.
        library: the models and pitfalls.
        tenders, seed: how many tenders are made up, and from which seed.
    """

    #: pytest takes classes whose names begin with Test for tests.
    __test__ = False

    def __init__(
        self,
        spec: EvaluationSpec,
        market: Market,
        practice: Practice,
        library: Library,
        *,
        tenders: int,
        seed: int,
        progress: Progress | None = None,
    ) -> None:
        """Take what is tested; ``progress`` is told how many tenders are measured, and of how many.

        Raises:
            TenderkitError: it is not known what value fits a parameter that is not chosen.
        """
        self.given = spec
        self.published = filled(spec, market)
        self.spec = simplified(self.published)
        self.market = settled(market, spec)
        self.practice = practice
        self.library = library
        self.tenders = tenders
        self.seed = seed
        self._progress = progress

    @cached_property
    def measures(self) -> Measures:
        """Give everything that is measured."""
        return measure(
            self.published,
            self.market,
            tenders=self.tenders,
            seed=self.seed,
            library=self.library,
            progress=self._progress,
        )

    @cached_property
    def ready(self) -> Prepared:
        """Give the evaluation, ready to be played."""
        return prepared(self.spec)

    @cached_property
    def blocks(self) -> tuple[tuple[Drawn, Played], ...]:
        """Give the made-up tenders in blocks, each with what the published evaluation gives for it."""
        drawn = draw_blocks(self.market, self.published, self.tenders, self.seed)
        return tuple((block, play_prepared(self.ready, block)) for block in drawn)

    def leaves(self, kind: str) -> tuple[Criterion, ...]:
        """Give the criteria that get points of one kind: ``price``, ``offer`` or ``score``."""
        return tuple(leaf for leaf in self.spec.leaves() if leaf.kind == kind)

    def position(self, criterion: str) -> int:
        """Give the position of a criterion that gets points, in the last axis of what is drawn and played."""
        return self.ready.inside(criterion)[0]

    def title(self, criterion: str) -> str:
        """Give what readers call a criterion or group; its id where it has no title, or is no criterion at all."""
        found = None if criterion == EVALUATED_PRICE else self.spec.criterion(criterion)
        return criterion if found is None else found.title or criterion

    @cached_property
    def way(self) -> Way:
        """Give the published way to find the winner."""
        return Way(self.ready, lambda drawn: play_prepared(self.ready, drawn), result_of)

    def changed_winner(self, other: EvaluationSpec) -> Comparison:
        """Give how often another evaluation of the same bids picks another winner.

        Args:
            other: the evaluation with other models, weights, price criteria or roundings; its criteria with scores and
                offers are some of the published ones.
        """
        return self.changed_way(way_of(other, self.spec))

    def changed_way(self, other: Way) -> Comparison:
        """Give how often another way to find the winner picks another one."""
        return compare(self.way, other, self.blocks)

    def between(self, first: EvaluationSpec, second: EvaluationSpec) -> Comparison:
        """Give how often two other evaluations of the same bids pick different winners."""
        before, after = way_of(first, self.spec), way_of(second, self.spec)
        return compare(before, after, ((drawn, before.play(drawn)) for drawn, _ in self.blocks))
