"""``tenderkit model draw``: a drawing of lots that anybody can repeat."""

from __future__ import annotations

import json

import click


@click.command("draw")
@click.argument("listed", metavar="NAME...", nargs=-1, required=True)
@click.option("--number", default="", metavar="DIGITS", help="The digits of the public number.")
@click.option(
    "--format", "output_format", type=click.Choice(["table", "json"]), default="table", help="How to print the result."
)
def command(listed: tuple[str, ...], number: str, output_format: str) -> None:
    """Draw lots by a public number, and show each round, so that anybody can repeat it on paper.

    The names stand in the order that the bidders were sent before the number was known. The number is one that nobody
    can know or choose beforehand, such as the winning numbers of a lottery written one after another.

    \b
    Example: tenderkit model draw --number 0714233144 alfa beta gamma
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light
    from tenderkit.cli.output import fail, table  # noqa: PLC0415
    from tenderkit.problems import TenderkitError  # noqa: PLC0415

    try:
        outcome = api.model_draw(listed, number=number)
    except TenderkitError as error:
        fail(error.problems, output_format)
    if output_format == "json":
        click.echo(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=2))
        return
    for line in outcome.lines:
        click.echo(line)
    columns = ("round", "number", "left", "quotient", "remainder", "drawn")
    rows = [[row[name] for name in columns] for row in outcome.data["rounds"]]
    click.echo(table("The drawing", tuple(name.capitalize() for name in columns), rows))
    click.secho(f"Next: {outcome.next}", bold=True)
