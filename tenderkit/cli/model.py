"""``tenderkit model``: what the library of evaluation models has; each command is a file of its own."""

from __future__ import annotations

import click

from tenderkit.cli.modules import ModuleGroup


@click.group("model", cls=ModuleGroup, of="model")
def command() -> None:
    """Look at the evaluation models, calculate with them, and test them before you publish.

    \b
    Example: tenderkit model show relative-linear
    """
