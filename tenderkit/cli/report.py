"""``tenderkit report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json, folder, sensitivity
from tenderkit.cli.options import base as base_option
from tenderkit.cli.output import reporting

if TYPE_CHECKING:
    from tenderkit.api.outcome import Outcome


@click.command("report")
@folder
@base_option
@sensitivity
@as_json
@reporting
def command(folder: Path, base: Path | None, sensitivity: bool, output_format: str) -> Outcome:  # noqa: ARG001 - printed by reporting
    """Write the evaluation report and a letter to every bidder.

    \b
    Example: tenderkit report my-tender
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    return api.report(folder, base=base, sensitivity=sensitivity)
