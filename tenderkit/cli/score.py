"""``tenderkit score``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json, folder, sensitivity
from tenderkit.cli.output import reporting

if TYPE_CHECKING:
    from tenderkit.api.outcome import Outcome


@click.command("score")
@folder
@sensitivity
@as_json
@reporting
def command(folder: Path, sensitivity: bool, output_format: str) -> Outcome:  # noqa: ARG001 - printed by reporting
    """Read the evaluators' workbooks and prepare the consensus; then read the consensus and score every lot.

    Run it once when all evaluators have answered, and again when the consensus workbook is filled in.

    \b
    Example: tenderkit score my-tender
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    return api.score(folder, sensitivity=sensitivity)
