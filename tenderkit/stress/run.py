# ruff: noqa: PT028 - test_evaluation is no test of pytest
"""The stress test of one lot's evaluation: everything measured, and every pitfall found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tenderkit.evaluation.spec import EvaluationSpec
from tenderkit.library import Library
from tenderkit.stress.alternatives import Alternative
from tenderkit.stress.finding import Finding
from tenderkit.stress.lints import find_all
from tenderkit.stress.market import Market, check_market
from tenderkit.stress.measures import USUAL, Measures
from tenderkit.stress.practice import Practice
from tenderkit.stress.tested import Tested

Progress = Callable[[int, int], None]

#: The searches take about a quarter of the time that the measures take.
_LINTS = 4


@dataclass(frozen=True)
class StressReport:
    """What the stress test of one lot's evaluation gives.

    Attributes:
        spec: the evaluation as published.
        market: what bids were expected.
        practice: how the committee works with the evaluation.
        findings: the pitfalls found: the worst first, then in the order of the catalogue.
        measures: everything that was measured.
    """

    spec: EvaluationSpec
    market: Market
    practice: Practice
    findings: tuple[Finding, ...]
    measures: Measures

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Give what other models would have chosen."""
        return self.measures.alternatives

    @property
    def tenders(self) -> int:
        """Give how many tenders were made up."""
        return self.measures.tenders

    @property
    def seed(self) -> int:
        """Give the seed that they were made up from."""
        return self.measures.seed


def test_evaluation(
    spec: EvaluationSpec,
    market: Market,
    practice: Practice | None = None,
    *,
    tenders: int = USUAL,
    seed: int = 1,
    library: Library | None = None,
    progress: Progress | None = None,
) -> StressReport:
    """Test an evaluation before it is published.

    Args:
        spec: the lot's evaluation, as it is to be published.
        market: what bids to expect.
        practice: how the committee works with the evaluation; as tenderkit does where nothing is said.
        tenders: how many tenders to make up.
        seed: any whole number from 0; the same seed gives the same report.
        library: where pitfalls and other models are taken from; the installed one where nothing is said.
        progress: told how far the test is, and how far it goes: first all tenders are measured, then all lints search.

    Raises:
        TenderkitError: the market cannot be simulated.
    """
    check_market(market, spec)
    steps = _Parts(progress, tenders)
    tested = Tested(
        spec,
        market,
        practice or Practice(),
        library or Library(),
        tenders=tenders,
        seed=seed,
        progress=steps.first,
    )
    measures = tested.measures
    findings = find_all(tested, steps.second)
    return StressReport(spec, tested.market, tested.practice, findings, measures)


# pytest would take it for a test of its own where it is imported.
test_evaluation.__test__ = False  # type: ignore[attr-defined]


class _Parts:
    """Tells one progress of two parts: all tenders are measured, and then all lints search."""

    def __init__(self, progress: Progress | None, whole: int) -> None:
        self._progress = progress
        self._whole = whole
        self._lints = whole // _LINTS

    def first(self, done: int, _: int) -> None:
        """Tell how many tenders are measured."""
        self._tell(done)

    def second(self, done: int, of: int) -> None:
        """Tell how many lints have searched, and of how many."""
        self._tell(self._whole + self._lints * done // of)

    def _tell(self, done: int) -> None:
        if self._progress is not None:
            self._progress(done, self._whole + self._lints)
