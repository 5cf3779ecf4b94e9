"""``tenderkit new``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json
from tenderkit.cli.output import reporting

if TYPE_CHECKING:
    from tenderkit.api.outcome import Outcome


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--example", default="cleaning", show_default=True, help="The example to begin from.")
@as_json
@reporting
def command(folder: Path, example: str, output_format: str) -> Outcome:  # noqa: ARG001 - printed by reporting
    """Make a folder for a tender, with a tender.yaml to change, or for an agreement, with an agreement.yaml.

    The example "cleaning" is a tender. Agreements outside a tender: in-house, labour-shortage, packing-and-welding,
    placement, small-jobs, spin-off, supplier, three-party, voluntary, youth-network.

    \b
    Example: tenderkit new my-tender --example cleaning
             tenderkit new my-agreement --example placement
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    return api.new(folder, example=example)
