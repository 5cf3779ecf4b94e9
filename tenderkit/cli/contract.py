"""``tenderkit contract``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json, folder
from tenderkit.cli.options import base as base_option
from tenderkit.cli.output import reporting

if TYPE_CHECKING:
    from tenderkit.api.outcome import Outcome


@click.command("contract")
@folder
@base_option
@as_json
@reporting
def command(folder: Path, base: Path | None, output_format: str) -> Outcome:  # noqa: ARG001 - printed by reporting
    """Write each lot's contract with the winner's numbers as duties, and the register of duties.

    \b
    Example: tenderkit contract my-tender
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    return api.contract(folder, base=base)
