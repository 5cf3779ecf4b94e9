"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

folder = click.argument("folder", type=click.Path(path_type=Path), default=Path(), required=False)
as_json = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", help="How to print the outcome."
)
base = click.option(
    "--base",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Your own Word file (.docx or .dotx) for styles, header and logo.",
)
