"""``tenderkit clause``: what the clause library has, and the work of those who keep clauses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenderkit.cli.options import amount, as_json, house
from tenderkit.cli.output import reporting

if TYPE_CHECKING:
    from decimal import Decimal

    from tenderkit.api.outcome import Outcome
    from tenderkit.quantities import Language

language = click.option("--language", type=click.Choice(["da", "en"]), default="da", help="The language of the text.")


def _word_file(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Refuse a name that Word would not open."""
    if value is not None and value.suffix.lower() != ".docx":
        raise click.BadParameter(f'"{value}" must end in .docx.', context, parameter)
    return value


docx = click.option(
    "--docx",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_word_file,
    help="Write a Word file of this name.",
)


@click.group("clause")
def command() -> None:
    """Look at the clauses, compare two texts of one, write your own, and check them.

    \b
    Example: tenderkit clause show job-guarantee
    """


@command.command("list")
@click.option("--topic", default="", help="Only this topic, such as employment.")
@click.option("--use", default="", help="Only this use, such as award-criterion or agreement.")
@click.option(
    "--kind", type=click.Choice(["services", "works", "goods", "mixed"]), help="Only for this kind of contract."
)
@click.option("--value", callback=amount, help="Only for a contract of this value, DKK excl. VAT incl. options.")
@click.option("--months", type=click.IntRange(min=1), help="Only for a contract of this length.")
@language
@house
@as_json
def list_clauses(
    topic: str,
    use: str,
    kind: str | None,
    value: Decimal | None,
    months: int | None,
    language: Language,
    clauses: Path | None,
    output_format: str,
) -> None:
    """List the clauses that fit a purchase, or all.

    \b
    Example: tenderkit clause list --kind services --months 36 --topic employment
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light
    from tenderkit.cli.output import fail, table  # noqa: PLC0415
    from tenderkit.problems import TenderkitError  # noqa: PLC0415

    try:
        rows = api.clause_list(language, topic=topic, use=use, kind=kind, value=value, months=months, clauses=clauses)
    except TenderkitError as error:
        fail(error.problems, output_format)
    if output_format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    cells = [
        [
            row["id"],
            row["title"],
            row["topic"],
            ", ".join(row["uses"]),
            f"{row['edition']}{' (own)' if row['own'] else ''}",
        ]
        for row in rows
    ]
    if not cells:
        click.echo("No clause fits all of that.")
        click.secho("Next: take an option away, or see them all: tenderkit clause list", bold=True)
        return
    click.echo(table("Clauses", ("Id", "Title", "Topic", "Use", "Edition"), cells))
    click.secho("Next: tenderkit clause show ID", bold=True)


@command.command("show")
@click.argument("identifier", metavar="ID")
@docx
@language
@house
@as_json
def show_clause(
    identifier: str, file: Path | None, language: Language, clauses: Path | None, output_format: str
) -> None:
    """Show a clause: purpose, use, parameters with marks, duties, and its whole text with guidance.

    With --docx it becomes a Word file for a lawyer's desk.

    \b
    Example: tenderkit clause show job-guarantee --docx job-guarantee.docx
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light
    from tenderkit.cli.output import fail  # noqa: PLC0415
    from tenderkit.problems import TenderkitError  # noqa: PLC0415

    try:
        shown = api.clause_show(identifier, language, file=file, clauses=clauses)
    except TenderkitError as error:
        fail(error.problems, output_format)
    if output_format == "json":
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    elif file:
        click.echo(f"  {file}")
        click.secho(f"Next: read {file}; the guidance stands in the comments.", bold=True)
    else:
        click.echo(shown["text"])


@command.command("diff")
@click.argument("identifier", metavar="ID")
@click.option("--old", default="", help="An edition's number, a clause's folder, or a case: what it published.")
@click.option("--new", default="", help="Likewise; otherwise the present text.")
@docx
@language
@house
@as_json
@reporting
def diff_clause(
    identifier: str,
    old: str,
    new: str,
    file: Path | None,
    language: Language,
    clauses: Path | None,
    output_format: str,  # noqa: ARG001 - printed by reporting
) -> Outcome:
    """Show what differs between two texts of a clause; with --docx as tracked changes in Word.

    \b
    Example: tenderkit clause diff job-guarantee --old my-tender --docx changes.docx
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    return api.clause_diff(identifier, old, new, language, file=file, clauses=clauses)


@command.command("check")
@click.argument("identifiers", metavar="[ID]...", nargs=-1)
@house
@as_json
@reporting
def check_clauses(
    identifiers: tuple[str, ...],
    clauses: Path | None,
    output_format: str,  # noqa: ARG001 - printed by reporting
) -> Outcome:
    """Hold clauses against everything that a clause must be; no ID checks all of your own, or the library.

    \b
    Example: tenderkit clause check --clauses our-clauses
             tenderkit clause check job-guarantee
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    return api.clause_check(identifiers, clauses=clauses)


@command.command("new")
@click.argument("identifier", metavar="ID")
@click.option(
    "--clauses",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("our-clauses"),
    show_default=True,
    help="The folder of your own clauses.",
)
@click.option("--like", default="", help="Begin from this clause of the library.")
@click.option("--owner", default="", help="The authority that keeps the clause; asked for when left out.")
@click.option("--reason", default="", help="Why it is needed, or why it deviates; asked for when left out.")
@as_json
@reporting
def new_clause(identifier: str, clauses: Path, like: str, owner: str, reason: str, output_format: str) -> Outcome:
    """Make the folder of a clause of your own: a small one that says how, or the library's to change.

    \b
    Example: tenderkit clause new site-visits --clauses our-clauses
             tenderkit clause new job-guarantee --like job-guarantee --clauses our-clauses
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light

    if output_format == "text":
        owner = owner or click.prompt("Whose clause is it")
        reason = reason or click.prompt("Why is it needed, or why does it deviate")
    return api.clause_new(identifier, clauses=clauses, owner=owner, reason=reason, like=like)
