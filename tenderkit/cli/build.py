"""``tenderkit build``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tenderkit.cli.options import as_json, folder, house
from tenderkit.cli.options import base as base_option
from tenderkit.cli.output import reporting

if TYPE_CHECKING:
    from tenderkit.api.outcome import Outcome


@click.command("build")
@folder
@click.option("--final", is_flag=True, help="Publish: no guidance, no open values, everything frozen.")
@base_option
@click.option(
    "--page-numbers",
    type=click.Choice(["auto", "yes", "no"]),
    default="auto",
    help="Page numbers in the contents list; they are counted with LibreOffice.",
)
@house
@as_json
@reporting
def command(
    folder: Path,
    final: bool,
    base: Path | None,
    page_numbers: Literal["auto", "yes", "no"],
    clauses: Path | None,
    output_format: str,
) -> Outcome:
    """Write the tender package: Word documents and the bidders' Excel forms.

    Without --final a draft is written, with guidance as comments and open values in yellow.

    \b
    Example: tenderkit build my-tender
             tenderkit build my-tender --final
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    def progress(name: str) -> None:
        if output_format == "text":
            click.echo(f"writing {name}", err=True)

    return api.build(folder, final=final, base=base, page_numbers=page_numbers, progress=progress, clauses=clauses)
