"""``tenderkit model list``: all evaluation models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json

if TYPE_CHECKING:
    from tenderkit.quantities import Language


@click.command("list")
@click.option("--language", type=click.Choice(["da", "en"]), default="da", help="The language of titles.")
@as_json
def command(language: Language, output_format: str) -> None:
    """List all models.

    \b
    Example: tenderkit model list
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light
    from tenderkit.cli.output import table  # noqa: PLC0415

    rows = api.model_list(language)
    if output_format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    columns = ("id", "title", "input", "formula")
    click.echo(table("Models", ("Id", "Title", "Works on", "Formula"), [[row[c] for c in columns] for row in rows]))
    click.secho("Next: tenderkit model show ID", bold=True)
