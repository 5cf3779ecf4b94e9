"""``tenderkit clause``: what the clause library has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json

if TYPE_CHECKING:
    from tenderkit.quantities import Language


@click.group("clause")
def command() -> None:
    """Look at the clauses: what they are for, when (not) to use them, parameters and text.

    \b
    Example: tenderkit clause show job-guarantee
    """


@command.command("list")
@click.option("--language", type=click.Choice(["da", "en"]), default="da", help="The language of titles.")
@as_json
def list_clauses(language: Language, output_format: str) -> None:
    """List all clauses.

    \b
    Example: tenderkit clause list
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light
    from tenderkit.cli.output import table  # noqa: PLC0415

    rows = api.clause_list(language)
    if output_format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    columns = ("id", "title", "topic", "edition")
    click.echo(table("Clauses", ("Id", "Title", "Topic", "Edition"), [[row[c] for c in columns] for row in rows]))
    click.secho("Next: tenderkit clause show ID", bold=True)


@command.command("show")
@click.argument("identifier", metavar="ID")
@click.option("--language", type=click.Choice(["da", "en"]), default="da", help="The language of the text.")
@as_json
def show_clause(identifier: str, language: Language, output_format: str) -> None:
    """Show a clause: purpose, use, parameters with marks, and its text with the names of its values.

    \b
    Example: tenderkit clause show job-guarantee
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light
    from tenderkit.cli.output import fail  # noqa: PLC0415
    from tenderkit.problems import TenderkitError  # noqa: PLC0415

    try:
        shown = api.clause_show(identifier, language)
    except TenderkitError as error:
        fail(error.problems, output_format)
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2) if output_format == "json" else shown["text"])
