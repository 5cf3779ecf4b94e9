"""How fast does the command start? Compared with a bare click program with as many commands."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import click
from measuring import verdict

from tenderkit.cli import main as command_line

AIM = 1.5
_BARE = '''"""A bare click program with {count} commands."""
import click

@click.group()
def main():
    """A bare program."""
{commands}
'''
_BARE_COMMAND = '''
@main.command("{name}")
@click.argument("folder", default=".")
def {name}_(folder):
    """Do something with a folder."""
'''


def run(runs: int, folder: Path) -> bool:
    """Compare the median times of ``--help``; the two programs take turns. Tell whether the aim is reached."""
    runs *= 4
    if not isinstance(command_line, click.Group):
        raise TypeError("the command line has no commands")
    names = command_line.list_commands(click.Context(command_line))
    commands = "".join(_BARE_COMMAND.format(name=name) for name in names)
    (folder / "bare_program.py").write_text(_BARE.format(count=len(names), commands=commands), encoding="utf-8")
    programs = {
        "tenderkit": "from tenderkit.cli import main; main(prog_name='tenderkit')",
        "bare click": "from bare_program import main; main(prog_name='bare')",
    }
    times: dict[str, list[float]] = {name: [] for name in programs}
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    for turn in range(runs + 2):
        for name, code in programs.items():
            begin = time.perf_counter()
            command = [sys.executable, "-c", code, "--help"]
            subprocess.run(command, check=True, capture_output=True, env=environment)
            if turn >= 2:  # noqa: PLR2004 - the first two turns warm the disk and compile
                times[name].append(time.perf_counter() - begin)
    ours, bare = (statistics.median(times[name]) for name in programs)
    print(
        f"Start-up of --help, median of {runs} alternating runs in processes of their own, {len(names)} commands each"
    )
    print(f"  tenderkit    {ours * 1000:7.1f} ms")
    print(f"  bare click   {bare * 1000:7.1f} ms")
    return verdict("  ratio", ours / bare, AIM)
