"""``tenderkit check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json, folder
from tenderkit.cli.output import reporting

if TYPE_CHECKING:
    from tenderkit.api.outcome import Outcome


@click.command("check")
@folder
@as_json
@reporting
def command(folder: Path, output_format: str) -> Outcome:  # noqa: ARG001 - printed by reporting
    """Find everything that is wrong with a tender, at once.

    Each finding says where, what was read, what to do, and on what law or practice it rests.

    \b
    Example: tenderkit check my-tender
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    return api.check(folder)
