"""The command line: one file per command, each found by its name and loaded when it is called."""

from __future__ import annotations

import importlib
import io
import pkgutil
import sys

import click

from tenderkit import __version__

_INTERNAL = {"output", "options"}


class _Commands(click.Group):
    """A group whose commands are the modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        # a name with an underscore is a command of a group, which adds it itself
        names = (info.name for info in pkgutil.iter_modules(__path__) if "_" not in info.name)
        return sorted(name for name in names if name not in _INTERNAL)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from tenderkit.problems import nearest  # noqa: PLC0415 - only for a wrong word

        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if args and args[0] not in self.list_commands(ctx):
                advice = nearest(args[0], self.list_commands(ctx))
                raise click.UsageError(f'There is no command "{args[0]}". {advice}', ctx) from error
            raise


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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
