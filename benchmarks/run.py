"""The benchmarks: ratios in one run, each in a process of its own, with their aims. See README.md."""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

#: The files of this folder that measure something: each has ``run(runs, folder)``, which tells whether its aims are
#: reached.
NAMES = ("start_up", "library", "building", "weights", "memory", "exact", "stress")


def main() -> int:
    """Run the chosen ones, or all, and give 1 when an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"what to measure: {', '.join(NAMES)}; all if none")
    parser.add_argument("--runs", type=int, default=5, help="turns of each side; quick works take more of them")
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    names = options.names or NAMES
    if len(names) == 1:
        return int(not measure(names[0], options.runs))
    return max(_apart(name, options.runs) for name in names)


def measure(name: str, runs: int) -> bool:
    """Run one benchmark; one whose neighbour is not installed says so and counts as reached."""
    try:
        benchmark = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("tenderkit"):
            raise
        print(f"{name}: {error.name} is not installed; not measured\n")
        return True
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        return bool(benchmark.run(runs, Path(folder)))


def _apart(name: str, runs: int) -> int:
    """Run one benchmark in a process of its own, so that none leaves libraries and objects to the next."""
    command: Sequence[str] = [sys.executable, __file__, name, "--runs", str(runs)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
