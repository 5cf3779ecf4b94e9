"""P14: rounding decides who wins, on the way to the total or by making totals equal."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderkit.stress.finding import Example, Finding, Value
from tenderkit.stress.fragile import RoundingEffect
from tenderkit.stress.shown import shown
from tenderkit.stress.tested import SPEAKS, Tested


def find(tested: Tested) -> Iterator[Finding]:
    """Find that rounded points change the winner, or that the rounding of totals makes the best ones equal."""
    effects = {effect.rounding: effect for effect in tested.measures.roundings}
    points, total = effects["points"], effects["total"]
    share, ties = _share(points, points.effect.changed), _share(total, total.effect.made_ties)
    if max(share, ties) >= SPEAKS:
        values = {"share": Value("percent", share), "ties": Value("percent", ties)}
        shows = points if share >= SPEAKS else total
        yield Finding("rounding-decides", "", values, example_of(shows))


def _share(effect: RoundingEffect, tenders: int) -> Fraction:
    return Fraction(tenders, effect.effect.tenders) if effect.effect.tenders else Fraction(0)


def example_of(effect: RoundingEffect) -> Example | None:
    """Give the bids as published, and without the rounding; None where it never changed the winner."""
    change = effect.effect.example
    if change is None:
        return None
    word = "rounding-off" if effect.rounding == "points" else "total-not-rounded"
    return shown(word, change.case, change.before, change.after)
