"""``demo``: the cleaning tender from end to end, with the forms, score sheets and consensus that come with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tenderkit.api.awarding import contract, report
from tenderkit.api.building import build
from tenderkit.api.checking import check
from tenderkit.api.outcome import Outcome
from tenderkit.api.receiving import bids
from tenderkit.api.scoring import score, scoresheets
from tenderkit.api.starting import example_folder, new
from tenderkit.case import Written
from tenderkit.problems import Problem, ordered


def demo(folder: Path = Path("tenderkit-demo"), *, progress: Callable[[str], None] = lambda _: None) -> Outcome:
    """Run the whole cleaning case in a new folder.

    Raises:
        TenderkitError: the folder holds a tender already, or something cannot be written.
    """
    source = example_folder("cleaning")
    steps: list[tuple[str, Callable[[], Outcome]]] = [
        ("1  A tender from the example", lambda: new(folder, example="cleaning")),
        ("2  Check it", lambda: check(folder)),
        # Pages are counted for what is published; a draft changes before anybody reads a page number.
        ("3  Build the draft package", lambda: build(folder, page_numbers="no")),
        ("4  Publish it: freeze texts, numbers and forms", lambda: build(folder, final=True)),
        ("5  Four bidders return their forms", lambda: _arrive(source, folder, "bids", bids)),
        ("6  A workbook for each of three evaluators", lambda: scoresheets(folder)),
        ("7  The evaluators answer; the consensus workbook", lambda: _arrive(source, folder, "scores", score)),
        ("8  The consensus is filled in; both lots are scored", lambda: _arrive(source, folder, "consensus", score)),
        ("9  Report and letters", lambda: report(folder)),
        ("10 Contracts and registers of duties", lambda: contract(folder)),
    ]
    files: list[Written] = []
    problems: list[Problem] = []
    told: Outcome = Outcome()
    for title, step in steps:
        progress(title)
        outcome = step()
        files += outcome.files
        problems += [problem for problem in outcome.problems if problem.level != "warning"]
        if "lots" in outcome.data:
            told = outcome
    return Outcome(
        files=files,
        problems=ordered(problems),
        data={"folder": str(folder), **told.data},
        lines=told.lines,
        next=f"Open {folder}/published/1 and {folder}/result, or begin your own: tenderkit new my-tender",
    )


def _arrive(source: Path, folder: Path, part: str, command: Callable[[Path], Outcome]) -> Outcome:
    """Copy what people filled in into the case, with the events of that day, and run the command that reads it."""
    shutil.copytree(source / "filled" / part, folder / part, dirs_exist_ok=True)
    shutil.copyfile(source / "events.yaml", folder / "events.yaml")
    return command(folder)
