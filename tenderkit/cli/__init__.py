"""The command line: one file per command, each found by its name and loaded when it is called."""

from __future__ import annotations

import io
import sys

import click

from tenderkit import __version__
from tenderkit.cli.modules import ModuleGroup


@click.command(cls=ModuleGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tenderkit")
def main() -> None:
    """Build tender documents with social clauses, score bids in Excel, and write the contract.

    A tender is a folder with one file, tender.yaml. Everything else is made from it.

    \b
    Try it:      tenderkit demo
    Begin:       tenderkit new my-tender --example cleaning
    Then:        tenderkit check my-tender
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # a name in a bid may have letters that the encoding of a file or pipe does not
        sys.stdout.reconfigure(errors="backslashreplace")
