"""P17: averages of the evaluators' scores are used in place of agreement."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.stress.draw import Drawn
from tenderkit.stress.evaluators import Average, Committee
from tenderkit.stress.finding import Example, Finding, Value
from tenderkit.stress.play import Played
from tenderkit.stress.shown import shown
from tenderkit.stress.tested import SPEAKS, Tested
from tenderkit.stress.variants import Change
from tenderkit.stress.ways import Way, compare


def find(tested: Tested) -> Iterator[Finding]:
    """Find averages of scores: how often the choice of average, or rounding it to the scale, changes who wins.

    Where that is seldom it is a note: an average has no reason, and may be no score of the scale, whoever wins.
    """
    rule = tested.practice.scores
    if rule == "agreed" or not tested.leaves("score"):
        return
    committee = Committee(tested.ready)
    used, other = Average(rule), Average("median" if rule == "mean" else "mean")
    rounded = Average(rule, rounded=True)
    way = committee.way(used)
    blocks = list(_blocks(tested, committee, way))
    by_other, by_rounding = (compare(way, committee.way(changed), blocks) for changed in (other, rounded))
    values = {"share": Value("percent", by_other.share), "rounded": Value("percent", by_rounding.share)}
    told, changed = (by_other, other) if by_other.share >= by_rounding.share else (by_rounding, rounded)
    change = told.example()
    example = None if change is None else example_of(committee, change, used, changed)
    seldom = max(by_other.share, by_rounding.share) < SPEAKS
    yield Finding("averaged-scores", "", values, example, "note" if seldom else "")


def _blocks(tested: Tested, committee: Committee, way: Way) -> Iterator[tuple[Drawn, Played]]:
    for number, (drawn, _) in enumerate(tested.blocks):
        scored = committee.draw(drawn, tested.seed, number)
        yield scored, way.play(scored)


def example_of(committee: Committee, change: Change, used: Average, other: Average) -> Example:
    """Give the bids with both averages of the evaluators' scores."""
    word = "average-rounded" if other.rounded else "other-average"
    cases = (committee.averaged(change.case, average) for average in (used, other))
    return shown(word, next(cases), change.before, change.after, next(cases))
