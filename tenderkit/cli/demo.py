"""``tenderkit demo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json
from tenderkit.cli.output import reporting

if TYPE_CHECKING:
    from tenderkit.api.outcome import Outcome


@click.command("demo")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("tenderkit-demo"), required=False)
@as_json
@reporting
def command(folder: Path, output_format: str) -> Outcome:
    """Run the cleaning tender from end to end: publish, read four bids, score two lots, write the contracts.

    Everything is written to FOLDER (tenderkit-demo when none is given), so that you can look at it.

    \b
    Example: tenderkit demo
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    def progress(step: str) -> None:
        if output_format == "text":
            click.secho(step, bold=True, err=True)

    return api.demo(folder, progress=progress)
