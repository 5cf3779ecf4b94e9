"""``tenderkit schema``."""

from __future__ import annotations

import json

import click


@click.command("schema")
@click.option("--agreement", is_flag=True, help="The schema of agreement.yaml.")
def command(agreement: bool) -> None:
    """Print the JSON Schema of tender.yaml, for editors that help while you type.

    \b
    Example: tenderkit schema > tender.schema.json
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    click.echo(json.dumps(api.schema(agreement=agreement), ensure_ascii=False, indent=2))
