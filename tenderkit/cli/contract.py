"""``tenderkit contract``: the contracts of a tender, and agreements outside one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json, folder
from tenderkit.cli.options import base as base_option
from tenderkit.cli.output import reporting

if TYPE_CHECKING:
    from tenderkit.api.outcome import Outcome
    from tenderkit.api.questions import Question
    from tenderkit.quantities import Language

_HELP = ("-h", "--help")


@click.command("contract")
@folder
@base_option
@as_json
@reporting
def winners(folder: Path, base: Path | None, output_format: str) -> Outcome:  # noqa: ARG001 - printed by reporting
    """Write each lot's contract with the winner's numbers as duties, and the register of duties.

    \b
    Example: tenderkit contract my-tender
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    return api.contract(folder, base=base)


class _Contracts(click.Group):
    """A group in which anything but the name of a command is the folder of a tender."""

    default = winners

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in _HELP):
            args = [self.default.name or "", *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self.default if cmd_name == self.default.name else super().get_command(ctx, cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.default.format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


@click.group(
    "contract",
    cls=_Contracts,
    subcommand_metavar="[FOLDER] | COMMAND [ARGS]...",
    context_settings={"help_option_names": list(_HELP)},
)
def command() -> None:
    """Write the contracts of a tender with the winner's numbers, or make an agreement outside a tender.

    With a FOLDER: write each lot's contract with the winner's numbers as duties, and the register of duties.

    \b
    Example: tenderkit contract my-tender
             tenderkit contract list
             tenderkit contract new placement-agreement my-agreement
    """


@command.command("list")
@click.option("--language", type=click.Choice(["da", "en"]), default="da", help="The language of titles.")
@as_json
def list_contracts(language: Language, output_format: str) -> None:
    """List the contract templates, for tenders and for agreements outside one.

    \b
    Example: tenderkit contract list
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light
    from tenderkit.cli.output import table  # noqa: PLC0415

    rows = api.contract_list(language)
    if output_format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    shown = [[row["id"], row["title"], *(", ".join(row[key]) for key in ("use", "parties"))] for row in rows]
    click.echo(table("Contract templates", ("Id", "Title", "For a", "Parties"), shown))
    click.secho("Next: tenderkit contract new ID FOLDER", bold=True)


@command.command("new")
@click.argument("template")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Take this file as agreement.yaml, and ask nothing.",
)
@click.option("--language", type=click.Choice(["da", "en"]), default="da", help="The language of the agreement.")
@as_json
@reporting
def new_contract(template: str, folder: Path, source: Path | None, language: Language, output_format: str) -> Outcome:
    """Make an agreement outside a tender: ask for what the template needs, and write it in Word.

    Enter keeps the default in brackets, or leaves a gap to fill in later. Lists are written with commas. The templates
    are named by: tenderkit contract list

    \b
    Example: tenderkit contract new placement-agreement my-agreement
             tenderkit contract new three-party my-agreement --language en
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    def ask(question: Question, wrong: str) -> str:
        if wrong:
            click.secho(wrong, fg="red", err=True)
        elif question.heading:
            click.secho(f"\n{question.heading}", bold=True, err=True)
        for key, label in question.options(language).items() if not wrong else ():
            click.echo(f"  {key}: {label}", err=True)
        text = f"{question.text} [{question.default}]" if question.default else question.text
        answer = click.prompt(text, default=question.default, show_default=False, prompt_suffix=" ", err=True)
        return str(answer)

    return api.contract_new(
        template, folder, source=source, language=language, ask=None if output_format == "json" else ask
    )
