"""``tenderkit check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json, folder, house
from tenderkit.cli.output import reporting

if TYPE_CHECKING:
    from tenderkit.api.outcome import Outcome


@click.command("check")
@folder
@house
@click.option("--explain", metavar="RULE", default="", help="Tell what a check looks for, why, and how to mend it.")
@click.option("--rules", is_flag=True, help="List all checks.")
@as_json
@reporting
def command(
    folder: Path,
    clauses: Path | None,
    explain: str,
    rules: bool,
    output_format: str,  # noqa: ARG001 - printed by reporting
) -> Outcome:
    """Find everything that is wrong with a tender, at once.

    Each finding says where, what was read, what to do, and on what law or practice it rests.

    \b
    Example: tenderkit check my-tender
             tenderkit check --explain weights-not-100
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    return api.check(folder, clauses=clauses, explain=explain, rules=rules)
