"""``tenderkit model show``: all that a model's file says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json

if TYPE_CHECKING:
    from tenderkit.quantities import Language


@click.command("show")
@click.argument("identifier", metavar="ID")
@click.option("--language", type=click.Choice(["da", "en"]), default="da", help="The language of the text.")
@as_json
def command(identifier: str, language: Language, output_format: str) -> None:
    """Show a model: steps and formula, the same in words, symbols, parameters, edge rules, sources.

    \b
    Example: tenderkit model show relative-linear
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light
    from tenderkit.cli.output import fail  # noqa: PLC0415
    from tenderkit.problems import TenderkitError  # noqa: PLC0415

    try:
        shown = api.model_show(identifier, language)
    except TenderkitError as error:
        fail(error.problems, output_format)
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2) if output_format == "json" else shown["text"])
