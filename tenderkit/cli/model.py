"""``tenderkit model``: what the library of evaluation models has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json

if TYPE_CHECKING:
    from tenderkit.quantities import Language


@click.group("model")
def command() -> None:
    """Look at the evaluation models: formula, edge rules, when (not) to use them.

    \b
    Example: tenderkit model show relative-linear
    """


@command.command("list")
@click.option("--language", type=click.Choice(["da", "en"]), default="da", help="The language of titles.")
@as_json
def list_models(language: Language, output_format: str) -> None:
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
    columns = ("id", "title", "role", "formula")
    click.echo(table("Models", ("Id", "Title", "Role", "Formula"), [[row[c] for c in columns] for row in rows]))
    click.secho("Next: tenderkit model show ID", bold=True)


@command.command("show")
@click.argument("identifier", metavar="ID")
@click.option("--language", type=click.Choice(["da", "en"]), default="da", help="The language of the text.")
@as_json
def show_model(identifier: str, language: Language, output_format: str) -> None:
    """Show a model: formula, the same in words, parameters, edge rules, sources.

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
