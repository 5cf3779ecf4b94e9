"""``tenderkit advise``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import as_json, folder
from tenderkit.cli.output import reporting

if TYPE_CHECKING:
    from tenderkit.advice.asking import Asked
    from tenderkit.api.outcome import Outcome
    from tenderkit.quantities import Language


@click.command("advise")
@folder
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Take the answers from this file, and ask nothing.",
)
@click.option(
    "--language", type=click.Choice(["da", "en"]), default="da", help="The language of questions and documents."
)
@as_json
@reporting
def command(folder: Path, source: Path | None, language: Language, output_format: str) -> Outcome:
    """Ask twelve questions, and say which clauses fit, which numbers hold, and what to ask the market.

    Writes answers.yaml, a tender.yaml to begin from, and advice/ with a strategy memo and a note on proportionality.
    Enter keeps the default in brackets; lists are written with commas. A folder that has answers.yaml is not asked.

    \b
    Example: tenderkit advise my-tender
             tenderkit advise my-tender --language en
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    is_text = output_format == "text"
    outcome = api.advise(folder, source=source, language=language, ask=_Asker() if is_text else None)
    if is_text:
        _show(outcome)
    return outcome


class _Asker:
    """Asks one part after another, with a heading where a question begins."""

    def __init__(self) -> None:
        self.title = ""

    def __call__(self, asked: Asked, wrong: str) -> str:
        if wrong:
            click.secho(f"  {wrong}", fg="red", err=True)
        else:
            self._head(asked)
        text = f"{asked.text} [{asked.default}]" if asked.default else asked.text
        return str(click.prompt(text, default=asked.default, show_default=False, prompt_suffix=" ", err=True))

    def _head(self, asked: Asked) -> None:
        if asked.title != self.title:
            progress = f"Question {asked.number} of {asked.total}: " if asked.number else ""
            click.secho(f"\n{progress}{asked.title}", bold=True, err=True)
            self.title = asked.title
        if asked.note:
            click.echo(f"  {asked.note}", err=True)
        for key, label in asked.options.items():
            click.echo(f"  {key}: {label}", err=True)


def _show(outcome: Outcome) -> None:
    """Print the verdicts as a table; what is proposed in tender.yaml has a star."""
    from tenderkit.cli.output import table  # noqa: PLC0415 - rich is slow to import

    rows = [
        [
            f"{'* ' if item['proposed'] else ''}{item['id']}",
            item["verdict"],
            " ".join(item["reasons"]),
            " ".join(item["missing"]) if item["verdict"] != "yes" else "",
        ]
        for item in outcome.data["verdicts"]
    ]
    click.echo(table("Clauses (* proposed in tender.yaml)", ("Clause", "Fits", "Why", "Missing"), rows))
