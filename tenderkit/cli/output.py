"""Printing: outcomes and problems for people, or as JSON; and the exit code."""

from __future__ import annotations

import functools
import json
import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec

import click

if TYPE_CHECKING:
    from tenderkit.api.outcome import Outcome
    from tenderkit.problems import Problem

P = ParamSpec("P")
# A command of a case that no folder follows.
_BARE_COMMAND = re.compile(r"tenderkit (?:bids|build|check|contract|report|score|scoresheets|status)\b(?! [^\s-])")
_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}
_HOW = {"written": "written", "unchanged": "unchanged", "beside": "NEW BESIDE YOUR EDITED FILE"}


def reporting(command: Callable[P, Outcome]) -> Callable[P, None]:
    """Make a command print its outcome and end with the right exit code: 0 fine, 1 problems found.

    The command's ``output_format`` option chooses how. No traceback of a known problem reaches the user.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        from tenderkit.problems import TenderkitError  # noqa: PLC0415 - keeps --help light

        output_format = str(kwargs.get("output_format", "text"))
        folder = str(kwargs.get("folder", ""))
        try:
            outcome = command(*args, **kwargs)
        except TenderkitError as error:
            fail(error.problems, output_format, folder)
        finish(outcome, output_format, folder)

    return run


def finish(outcome: Outcome, output_format: str, folder: str = "") -> None:
    """Print an outcome; end with exit code 1 where something stopped the command."""
    if output_format == "json":
        click.echo(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=2))
    else:
        _print(outcome, folder)
    if not outcome.ok:
        sys.exit(1)


def with_folder(text: str, folder: str) -> str:
    """Name the folder in commands that a next step gives, so that they can be copied.

    >>> with_folder("Run: tenderkit build --final, then: tenderkit bids", "my-tender")
    'Run: tenderkit build my-tender --final, then: tenderkit bids my-tender'
    """
    if folder in {"", "."}:
        return text
    quoted = f'"{folder}"' if " " in folder else folder
    return _BARE_COMMAND.sub(lambda match: f"{match[0]} {quoted}", text)


def fail(problems: Sequence[Problem], output_format: str, folder: str = "") -> NoReturn:
    """Print problems and end with exit code 1."""
    if output_format == "json":
        click.echo(json.dumps({"ok": False, "problems": [p.as_dict() for p in problems]}, ensure_ascii=False, indent=2))
    else:
        print_problems(problems, folder)
    sys.exit(1)


def _print(outcome: Outcome, folder: str) -> None:
    for item in outcome.files:
        mark = "" if item.how == "written" else f"  ({_HOW[item.how]})"
        click.echo(f"  {item.path}{mark}")
    print_problems(outcome.problems, folder)
    for line in outcome.lines:
        click.echo(line)
    if outcome.next:
        click.secho(f"Next: {with_folder(outcome.next, folder)}", bold=True)


def print_problems(problems: Sequence[Problem], folder: str = "") -> None:
    """Print problems, worst first, each with its place, what is wrong, the next step and the legal basis."""
    for problem in problems:
        place = f"{problem.place}: " if str(problem.place) else ""
        level = click.style(problem.level, fg=_COLOURS[problem.level], bold=True)
        click.echo(f"{place}{level} {problem.id}: {problem.message}", err=True)
        if problem.help:
            click.echo(f"    {with_folder(problem.help, folder)}", err=True)
        if problem.basis:
            click.echo(f"    Basis: {problem.basis}", err=True)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Give a table for the terminal as text."""
    from rich.console import Console  # noqa: PLC0415 - slow to import
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    view = Table(title=Text(title), title_justify="left", header_style="bold", min_width=min(len(title), 60))
    for number, column in enumerate(columns):
        view.add_column(Text(column), overflow="fold", no_wrap=number == 0)  # names must stand whole to be copied
    for row in rows:
        view.add_row(*(Text(str(cell)) for cell in row))
    console = Console(width=max(60, min(120, (sys.stdout.isatty() and _width()) or 100)))
    with console.capture() as captured:
        console.print(view)
    return captured.get()


def _width() -> int:
    import shutil  # noqa: PLC0415 - only on a terminal

    return shutil.get_terminal_size().columns
