"""``tenderkit model score``: one model tried on bids in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tenderkit.cli.options import amount as number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from tenderkit.api.outcome import Outcome


@click.command("score")
@click.argument("identifier", metavar="MODEL")
@click.option("--bids", type=click.Path(path_type=Path, dir_okay=False), help="A CSV file with the bids.")
@click.option("--param", multiple=True, metavar="NAME=VALUE", help="A parameter of the model, such as X=60%.")
@click.option("--weight", multiple=True, metavar="NAME=PERCENT", help="A criterion and its share, such as K1=40%.")
@click.option("--amount", multiple=True, metavar="NAME=KRONER", help="A criterion and its kroner for full points.")
@click.option("--top", default="10", callback=number, help="The top of the point scale; 10 when left out.")
@click.option("--floor", callback=number, help="The minimum requirement of an offered number.")
@click.option("--cap", callback=number, help="The number beyond which an offer counts no more.")
@click.option(
    "--format", "output_format", type=click.Choice(["table", "json"]), default="table", help="How to print the result."
)
def command(
    identifier: str,
    bids: Path | None,
    *,
    param: tuple[str, ...],
    weight: tuple[str, ...],
    amount: tuple[str, ...],
    top: Decimal,
    floor: Decimal | None,
    cap: Decimal | None,
    output_format: str,
) -> None:
    """Calculate with one model: points or totals and ranks of the bids in a file, exact.

    \b
    A CSV file for a model of prices:    bidder;price
    of offered numbers, or of scores:    bidder;offer      bidder;score
    for an award model with criteria:    bidder;price;K1;K2
    and then --weight K1=60% --weight K2=40%, or --amount K1=500000

    A table parameter is written with colons and semicolons: --param "T=0%:100%;50%:0%". The table has at most
    6 decimals; --format json has the exact numbers, as fractions where the decimals have no end.

    \b
    Example: tenderkit model score relative-linear --bids prices.csv --param X=60%
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light
    from tenderkit.cli.output import fail  # noqa: PLC0415
    from tenderkit.problems import TenderkitError  # noqa: PLC0415

    try:
        outcome = api.model_score(
            identifier, bids, param=param, weight=weight, amount=amount, top=top, floor=floor, cap=cap
        )
    except TenderkitError as error:
        fail(error.problems, output_format)
    _print_score(outcome, output_format)


def _print_score(outcome: Outcome, output_format: str) -> None:
    from tenderkit.cli.output import print_problems  # noqa: PLC0415 - keeps --help light

    if output_format == "json":
        click.echo(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=2))
        return
    print_problems(outcome.problems)
    for line in outcome.lines:
        click.echo(line)
    click.echo(_bids_table(outcome.data))
    click.secho(f"Next: {outcome.next}", bold=True)


def _bids_table(data: Mapping[str, Any]) -> str:
    """Give the bids with what the model makes of them, the best first."""
    from tenderkit.cli.output import table  # noqa: PLC0415 - rich is slow to import

    rows = data["bids"]
    given = [name for name in ("price", "offer", "score") if name in rows[0]]
    criteria, steps, result = list(rows[0].get("criteria", ())), list(data["steps"]), data["result"]
    shown = [
        [
            row["rank"] or "out",
            row["bidder"],
            *(_written(row[name]) for name in given),
            *(_written(row["criteria"][name]) for name in criteria),
            *(_number(row["steps"][name]) if name in row["steps"] else "" for name in steps),
            _number(row[result]) if row[result] else f"not kept by {row['stage']}",
        ]
        for row in rows
    ]
    headings = ("Rank", "Bidder", *(name.capitalize() for name in given), *criteria, *steps, result.capitalize())
    return table("Bids", headings, shown)


def _written(number: str) -> str:
    """Give a number of a bid for reading, with the decimals that it was written with."""
    from decimal import Decimal  # noqa: PLC0415 - keeps --help light

    from tenderkit.quantities import format_number  # noqa: PLC0415

    value = Decimal(number)
    return format_number(value, "en", max(0, -int(value.as_tuple().exponent)))


def _number(exact: str) -> str:
    """Give an exact number for reading, with at most 6 decimals."""
    from fractions import Fraction  # noqa: PLC0415 - keeps --help light

    from tenderkit.quantities import as_decimal, format_number  # noqa: PLC0415

    return format_number(as_decimal(Fraction(exact), 6), "en")
