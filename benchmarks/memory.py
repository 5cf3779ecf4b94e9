"""Does the memory of simulated weights grow with the draws? Peaks of few draws and of many."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from measuring import process_peak, traced_peak, verdict

from tenderkit.stress.weights import weight_wins

BIDS, CRITERIA = 200, 20
DRAWS = (1, 1000, 10_000, 100_000)
AIM = 1.2
#: A single draw is less than one chunk; from here on chunks are full.
FULL = 1000
_ALONE = """
import sys
import numpy as np
from tenderkit.stress.weights import weight_wins
points = np.random.default_rng(1).random((int(sys.argv[2]), int(sys.argv[3]))) * 10
weight_wins(points, int(sys.argv[1]), seed=1)
"""


def run(_: int, __: Path) -> bool:
    """Compare the peaks; tell whether they are flat."""
    points = np.random.default_rng(1).random((BIDS, CRITERIA)) * 10
    weight_wins(points, 1, seed=1)  # what is loaded once is no one's
    arrays, processes = {}, {}
    for draws in DRAWS:
        arrays[draws] = traced_peak(lambda draws=draws: weight_wins(points, draws, seed=1))  # type: ignore[misc]
        processes[draws] = process_peak(_ALONE, str(draws), str(BIDS), str(CRITERIA))
    print(f"Memory of simulated weights, {BIDS} bids, {CRITERIA} criteria; all totals at once would take 160 MB")
    for draws in DRAWS:
        print(f"  {draws:7,} draws  {arrays[draws]:6.2f} MB  {processes[draws]:6.1f} MB with the whole process")
    full = [arrays[draws] for draws in DRAWS if draws >= FULL]
    flat = verdict(f"  ratio, most to least from {FULL:,} draws on", max(full) / min(full), AIM)
    whole = list(processes.values())
    return verdict("  ratio of the whole processes", max(whole) / min(whole), AIM) and flat
