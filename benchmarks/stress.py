"""How fast are simulated weights, an exact result, and the stress test? Ratios in one run, with the memory they need.

Drawing weights is compared with the bare numpy product of the same shapes, and with pymcdm and scikit-criteria called
once for each draw, where they are installed. See README.md.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import sys
import time
import tracemalloc
import warnings
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from tenderkit.evaluation import score
from tenderkit.evaluation.spec import Bid, Criterion, EvaluationSpec, Model, PriceLine
from tenderkit.library import Library
from tenderkit.plan import make_plan
from tenderkit.stress.market import expected_market
from tenderkit.stress.measures import measure
from tenderkit.stress.weights import weight_wins
from tenderkit.tender import read_tender

BIDS, CRITERIA, DRAWS, LOOPS = 200, 20, 100_000, 200
PRODUCT_AIM, LOOP_AIM, EXACT_AIM, MEMORY_AIM = 3.0, 100.0, 50.0, 1.1
EXAMPLE = Path(__file__).parent.parent / "examples" / "cleaning" / "tender.yaml"


def weights(runs: int) -> bool:
    """Compare weight draws with the bare product and with other packages; tell whether the aims are reached."""
    dice = np.random.default_rng(1)
    points = dice.random((BIDS, CRITERIA)) * 10
    drawn = dice.dirichlet(np.ones(CRITERIA), size=DRAWS)
    ours, around, bare = alternate(
        runs,
        lambda: weight_wins(points, DRAWS, seed=1),
        lambda: weight_wins(points, DRAWS, seed=1, around=[1 / CRITERIA] * CRITERIA),
        lambda: drawn @ points.T,
    )
    print(f"Weights: {DRAWS:,} draws, {BIDS} bids, {CRITERIA} criteria; median of {runs} alternating runs")
    print(f"  bare numpy product          {bare * 1000:8.0f} ms")
    print(f"  drawn evenly                {ours * 1000:8.0f} ms")
    print(f"  drawn around published ones {around * 1000:8.0f} ms")
    fine = verdict("  ratio to the bare product", max(ours, around) / bare, PRODUCT_AIM)
    for name, once in others(points, drawn).items():
        took = timed(lambda once=once: [once(row) for row in range(LOOPS)]) / LOOPS * DRAWS  # type: ignore[misc]
        print(
            f"  {name}, once for each draw: {took:.1f} s (from {LOOPS} draws), {took / ours:.0f} times as long as ours"
        )
        fine &= took / ours >= LOOP_AIM
    print()
    return fine


def others(points: Any, drawn: Any) -> dict[str, Callable[[int], object]]:
    """Give one weighted sum by each other package that is installed."""
    found: dict[str, Callable[[int], object]] = {}
    types = np.ones(CRITERIA)
    try:
        method = importlib.import_module("pymcdm.methods").WSM()
        found["pymcdm"] = lambda row: method(points, drawn[row], types).argmax()
    except ImportError:
        print("  pymcdm is not installed; not compared")
    try:
        skcriteria = importlib.import_module("skcriteria")
        model = importlib.import_module("skcriteria.agg.simple").WeightedSumModel()
        objectives = [max] * CRITERIA
        found["scikit-criteria"] = lambda row: model.evaluate(skcriteria.mkdm(points, objectives, weights=drawn[row]))
    except ImportError:
        print("  scikit-criteria is not installed; not compared")
    return found


def memory() -> bool:
    """Compare the peak memory of many draws with that of few; tell whether it is flat."""
    points = np.random.default_rng(1).random((BIDS, CRITERIA)) * 10
    weight_wins(points, 1, seed=1)
    peaks = {draws: peak(lambda draws=draws: weight_wins(points, draws, seed=1)) for draws in (1, 1000, DRAWS)}  # type: ignore[misc]
    for draws, most in peaks.items():
        print(f"Memory: {draws:7,} draws {most / 1e6:6.2f} MB")
    return verdict("  ratio of the most draws to 1,000", peaks[DRAWS] / peaks[1000], MEMORY_AIM)


def exact(runs: int) -> bool:
    """Time one exact result; tell whether the aim is reached."""
    library = Library()
    scale = library.scale("zero-to-ten")
    share = Fraction(1, CRITERIA)
    price = Model("relative-linear", library.model("relative-linear"), {"X": Fraction(1, 2)})
    leaves = [Criterion("price", "", share, share, "price", model=price, better="lower")]
    leaves += [Criterion(f"k{i}", "", share, share, "score", scale=scale) for i in range(1, CRITERIA)]
    lines = (PriceLine("A", "", "", Fraction(4)),)
    award = Model("weighted-sum", library.model("weighted-sum"))
    spec = EvaluationSpec("1", "", tuple(leaves), lines, Fraction(10), award, 3, None, ("price", "lots-drawing"))
    dice = np.random.default_rng(1)
    bids = [
        Bid(f"b{i}", f"b{i}", "1", {"A": Decimal(f"{price:.2f}")}, {})
        for i, price in enumerate(dice.uniform(800, 1300, BIDS))
    ]
    scores = {(bid.bidder, leaf.id): Decimal(int(dice.integers(0, 11))) for bid in bids for leaf in leaves[1:]}
    (took,) = alternate(max(runs, 5), lambda: score(spec, bids, scores))
    print(f"Exact result of {BIDS} bids on {CRITERIA} criteria")
    return verdict("  milliseconds", took * 1000, EXACT_AIM)


def stress(tenders: int) -> None:
    """Print how long the whole stress test of the cleaning example's first lot takes. No aim but a few seconds."""
    library = Library()
    tender, source = read_tender(EXAMPLE.read_text(encoding="utf-8"), "tender.yaml")
    spec = make_plan(tender, source, library).specs["nord"]
    estimate = Fraction(tender.lots[0].own_estimate_dkk or 0)
    took = timed(lambda: measure(spec, expected_market(estimate), tenders=tenders, library=library))
    print(f"Stress test of the cleaning example, lot nord, {tenders:,} tenders, all models: {took:.1f} s")


def alternate(runs: int, *works: Callable[[], object]) -> list[float]:
    """Give the median time of each work; they take turns, so that a busy machine is busy for all."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, measured in zip(works, times, strict=True):
            measured.append(timed(work))
    return [statistics.median(measured) for measured in times]


def timed(work: Callable[[], object]) -> float:
    """Give how many seconds a work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def peak(work: Callable[[], object]) -> int:
    """Give the most memory that a work holds at a time, in bytes."""
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def verdict(what: str, value: float, aim: float) -> bool:
    """Print a value beside its aim, and tell whether it is reached."""
    print(f"{what}  {value:.2f}  (aim: {aim:g} or less{'' if value <= aim else '; MISSED'})\n")
    return value <= aim


def main() -> int:
    """Run all and give 1 when an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="runs of each side")
    parser.add_argument("--tenders", type=int, default=5000, help="tenders of the stress test")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    reached = [weights(options.runs), memory(), exact(options.runs)]
    stress(options.tenders)
    return int(not all(reached))


if __name__ == "__main__":
    sys.exit(main())
