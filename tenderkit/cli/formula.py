"""``tenderkit formula``: check a formula by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json
from tenderkit.cli.output import reporting

if TYPE_CHECKING:
    from tenderkit.api.outcome import Outcome
    from tenderkit.quantities import Language


@click.command("formula", context_settings={"ignore_unknown_options": True})  # a formula may begin with a minus
@click.argument("expression", metavar="FORMULA")
@click.option(
    "--set", "values", multiple=True, metavar="NAME=VALUE", help="What a name stands for; once for each name."
)
@click.option("--language", type=click.Choice(["da", "en"]), default="da", help="The language of the sentence.")
@as_json
@reporting
def command(expression: str, values: tuple[str, ...], language: Language, output_format: str) -> Outcome:  # noqa: ARG001 - reporting reads the format
    """Calculate a formula by hand: exact value, Excel text, and the sentence that says it.

    \b
    --set P=7,5                     a number, Danish or English, or a percentage
    --set "Ps=100; 107,50; 140"     all bids' values, for a plural
    --set "w=60%; 40%"              one value for each criterion, for w, p and a
    --set "band=0:10; 2,5:6; 4:0"   the rows of a table: edge and value

    Semicolons part the values of a list. Commas do so too before a space, and between whole numbers of three digits or
    more, numbers with decimal points, or percentages: 100,120,140. Everything that can be read in two ways, such as
    1,5 for a plural, is asked about.

    \b
    Example: tenderkit formula "S*MIN(Ps)/P" --set S=40 --set P=110 --set "Ps=100; 110; 130"
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    return api.formula_value(expression, values, language)
