"""How fast are simulated weights? Compared with the bare numpy product, and with other packages called in a loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from measuring import alternate, verdict
from numpy.typing import NDArray

from tenderkit.stress.weights import weight_wins

BIDS, CRITERIA, DRAWS = 200, 20, 100_000
#: Draws of the other packages, which are called once for each.
LOOPS = 500
PRODUCT_AIM, LOOP_AIM = 3.0, 100.0

Floats = NDArray[np.float64]
#: Gives the winner's position under one of the drawn sets of weights.
Winner = Callable[[Floats], int]


def run(runs: int, _: Path) -> bool:
    """Compare weight draws with the bare product and with other packages; tell whether the aims are reached."""
    dice = np.random.default_rng(1)
    points = 0.1 + dice.random((BIDS, CRITERIA)) * 9.9
    drawn = dice.dirichlet(np.ones(CRITERIA), size=DRAWS)
    reached = _product(runs * 3, points, drawn)
    return _loops(min(runs, 3), points, drawn[:LOOPS]) and reached


def _product(runs: int, points: Floats, drawn: Floats) -> bool:
    by_criterion = np.ascontiguousarray(points.T)
    ready = np.empty((DRAWS, BIDS))
    weights = [1 / CRITERIA] * CRITERIA
    evenly, around, bare, into_ready = alternate(
        runs,
        lambda: weight_wins(points, DRAWS, seed=1),
        lambda: weight_wins(points, DRAWS, seed=1, around=weights),
        lambda: drawn @ by_criterion,
        lambda: np.matmul(drawn, by_criterion, out=ready),
    )
    print(f"Weights: {DRAWS:,} draws, {BIDS} bids, {CRITERIA} criteria; median of {runs} alternating runs")
    print("  tenderkit: weights drawn, totals, winners, shares")
    print(f"    {evenly * 1000:7.1f} ms  every set of weights equally likely")
    print(f"    {around * 1000:7.1f} ms  around the published weights")
    print("  numpy: only the product, of weights that are ready")
    print(f"    {bare * 1000:7.1f} ms")
    print(f"    {into_ready * 1000:7.1f} ms  into memory that is ready too ({evenly / into_ready:.2f} times)")
    return verdict("  ratio", max(evenly, around) / bare, PRODUCT_AIM)


def _loops(runs: int, points: Floats, drawn: Floats) -> bool:
    """Compare with other packages by the draw. They win the same draws, or the comparison would mean nothing."""
    points = points / points.sum(axis=0)  # which pymcdm does itself, and then changes nothing
    winners = (drawn @ points.T).argmax(axis=1).tolist()
    reached = True
    for name, winner in _others(points):
        if [winner(weights) for weights in drawn] != winners:
            raise ValueError(f"{name} finds other winners")
        ours, theirs = alternate(
            runs,
            lambda: weight_wins(points, DRAWS, seed=1),
            lambda winner=winner: [winner(weights) for weights in drawn],  # type: ignore[misc]
        )
        ours, theirs = ours / DRAWS, theirs / LOOPS
        print(f"Weights, one by one with {name}: median of {runs} alternating runs of {LOOPS} draws")
        print(f"  tenderkit  {ours * 1e6:8.2f} µs a draw (of {DRAWS:,})")
        print(f"  in a loop  {theirs * 1e6:8.2f} µs a draw")
        reached &= verdict("  times as fast", theirs / ours, LOOP_AIM, or_more=True)
    return reached


def _others(points: Floats) -> Iterator[tuple[str, Winner]]:
    """Give the weighted sums of the other packages that are installed."""
    for name, ways in (("pymcdm", _pymcdm), ("scikit-criteria", _scikit_criteria)):
        try:
            yield from ways(points)
        except ModuleNotFoundError:
            print(f"{name} is not installed; not compared\n")


def _pymcdm(points: Floats) -> Iterator[tuple[str, Winner]]:
    from pymcdm.methods import WSM  # noqa: PLC0415 - need not be installed

    sums, types = WSM(), np.ones(CRITERIA)
    for more in ({}, {"validation": False}):
        name = " ".join(["pymcdm's WSM", *("without validation" for _ in more)])
        yield name, lambda weights, more=more: int(sums(points, weights, types, **more).argmax())  # type: ignore[misc]


def _scikit_criteria(points: Floats) -> Iterator[tuple[str, Winner]]:
    from skcriteria import mkdm  # noqa: PLC0415 - need not be installed
    from skcriteria.agg.simple import WeightedSumModel  # noqa: PLC0415 - as above

    model, objectives = WeightedSumModel(), [max] * CRITERIA

    def winner(weights: Floats) -> int:
        return int(model.evaluate(mkdm(points, objectives, weights=weights)).rank_.argmin())

    yield "scikit-criteria's WeightedSumModel", winner
