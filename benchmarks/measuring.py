"""How benchmarks measure: works that take turns, ratios beside their aims, and the memory of a process."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator

# A process begins with the peak of the one that started it where that is asked of the operating system's accounts;
# Linux also tells the peak of the program alone.
_PEAK = """
def peak():
    import pathlib, re, sys
    status = pathlib.Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\\s*(\\d+) kB", status.read_text())):
        return int(found[1]) / 1024
    try:
        import resource
    except ImportError:
        return float("nan")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
"""


def alternate(runs: int, *works: Callable[[], object]) -> Iterator[float]:
    """Give the median time of each work; they take turns, so that a busy machine is busy for all."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, measured in zip(works, times, strict=True):
            measured.append(timed(work))
    return (statistics.median(measured) for measured in times)


def timed(work: Callable[[], object]) -> float:
    """Give how many seconds a work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def verdict(what: str, ratio: float, aim: float, *, or_more: bool = False) -> bool:
    """Print a ratio beside its aim, and tell whether it is reached."""
    reached = ratio >= aim if or_more else ratio <= aim
    missed = "" if reached else "; MISSED"
    print(f"{what}  {ratio:,.{0 if or_more else 2}f}  (aim: {aim:g} or {'more' if or_more else 'less'}{missed})\n")
    return reached


def traced_peak(work: Callable[[], object]) -> float:
    """Give the most memory that a work holds at a time, in MB, as Python's own accounts have it."""
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1024**2


def process_peak(code: str, *arguments: str) -> float:
    """Give the most memory of a process of its own that runs some code, in MB; nan where the system does not tell."""
    command = [sys.executable, "-c", f"{_PEAK}\n{code}\nprint(peak())", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])
