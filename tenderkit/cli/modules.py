"""Groups whose commands are modules of this package, each found by its name and loaded when it is called."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

import click

_INTERNAL = frozenset({"modules", "output", "options"})


@cache
def _names(package: str) -> tuple[str, ...]:
    """Give the names of the modules that hold commands; the folder is read once."""
    path = importlib.import_module(package).__path__
    return tuple(sorted(info.name for info in pkgutil.iter_modules(path) if info.name not in _INTERNAL))


class ModuleGroup(click.Group):
    """A group of commands, each a module with a ``command``.

    ``of`` is the group's name, and its commands are the modules whose names begin with it and an underscore:
    ``model_test`` is the command ``test`` of the group ``model``. Without it they are the modules without underscore.
    """

    def __init__(self, *arguments: Any, of: str = "", **more: Any) -> None:
        """Take what a group of click takes, and the group's name."""
        super().__init__(*arguments, **more)
        self.prefix = f"{of}_" if of else ""

    def _modules(self) -> dict[str, str]:
        names = (name for name in _names(__package__ or "") if name.startswith(self.prefix))
        found = {name.removeprefix(self.prefix): name for name in names}
        return {command: module for command, module in found.items() if "_" not in command}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of all commands."""
        return sorted({*super().list_commands(ctx), *self._modules()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command, loaded now."""
        module = self._modules().get(cmd_name)
        if module is None:
            return super().get_command(ctx, cmd_name)
        command: click.Command = importlib.import_module(f"{__package__}.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Give the command that was asked for; a wrong word is told with the nearest."""
        from tenderkit.problems import nearest  # noqa: PLC0415 - only for a wrong word

        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            known = self.list_commands(ctx)
            if args and args[0] not in known:
                message = f'There is no command "{args[0]}". {nearest(args[0], known)}'
                raise click.UsageError(message, ctx) from error
            raise
