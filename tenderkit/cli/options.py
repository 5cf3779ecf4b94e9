"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


def amount(context: click.Context, parameter: click.Parameter, value: str | None) -> Any:
    """Read a number as people write it: 5.000.000 or 5,000,000.50; what can be read two ways is refused."""
    from tenderkit.quantities import parse_number  # noqa: PLC0415 - keeps --help light

    try:
        return None if value is None else parse_number(value)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", context, parameter) from error


folder = click.argument("folder", type=click.Path(path_type=Path), default=Path(), required=False)
as_json = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", help="How to print the outcome."
)
house = click.option(
    "--clauses",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder of your own clauses, added to the library's or put in their place.",
)
base = click.option(
    "--base",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Your own Word file (.docx or .dotx) for styles, header and logo.",
)
sensitivity = click.option(
    "--sensitivity",
    is_flag=True,
    help="Also tell the smallest change of one score, and of one price, that changes the winner.",
)
