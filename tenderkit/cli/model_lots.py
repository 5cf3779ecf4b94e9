"""``tenderkit model lots``: which bids win which lots, packages of lots among them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tenderkit.api.outcome import Outcome


@click.command("lots")
@click.option(
    "--bids",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A CSV file with the bids.",
)
@click.option("--at-most", type=int, help="How many lots one bidder can win; no limit when left out.")
@click.option(
    "--choose",
    type=click.Choice(["lowest-price", "highest-points"]),
    default="lowest-price",
    show_default=True,
    help="Which sum is best.",
)
@click.option(
    "--format", "output_format", type=click.Choice(["table", "json"]), default="table", help="How to print the result."
)
def command(
    bids: Path | None, *, at_most: int | None, choose: Literal["lowest-price", "highest-points"], output_format: str
) -> None:
    """Find the best combination of bids for several lots, with packages and a limit of lots for each bidder.

    \b
    The CSV file:    bidder;lots;value
                     alfa;nord;100
                     gamma;nord+syd;200

    A bid for several lots together has them parted by plus signs and one value. The search is exact; where there are
    too many combinations, it says so.

    \b
    Example: tenderkit model lots --bids lots.csv --at-most 2
    """
    from tenderkit import api  # noqa: PLC0415 - keeps --help light
    from tenderkit.cli.output import fail  # noqa: PLC0415
    from tenderkit.problems import TenderkitError  # noqa: PLC0415

    try:
        outcome = api.model_lots(bids, at_most=at_most, choose=choose)
    except TenderkitError as error:
        fail(error.problems, output_format)
    if output_format == "json":
        click.echo(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=2))
    else:
        _print(outcome)


def _print(outcome: Outcome) -> None:
    from tenderkit.cli.output import table  # noqa: PLC0415 - rich is slow to import

    data = outcome.data
    best, separate = data["best"], data["separate"]
    rows = [*_rows(best["bids"]), *([lot, "nobody", ""] for lot in best["without"])]
    click.echo(table("The best combination", ("Lots", "Bidder", "Value"), [*rows, ["Sum", "", _shown(best["total"])]]))
    lacking = f" (no bid for {_listed(separate['without'])} alone)" if separate["without"] else ""
    click.echo(f"Sum of the best bid for each lot by itself, without a limit: {_shown(separate['total'])}{lacking}")
    for number, chosen in enumerate(data["equal"], start=2):
        click.echo(table(f"Combination {number}", ("Lots", "Bidder", "Value"), _rows(chosen)))
    if data["equal"]:
        click.echo("All these combinations have the same sum; a published tie rule must decide.")
    for line in outcome.lines:
        click.echo(line)
    click.secho(f"Next: {outcome.next}", bold=True)


def _rows(bids: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [[_listed(bid["lots"]), bid["bidder"], _shown(bid["value"])] for bid in bids]


def _listed(lots: Sequence[str]) -> str:
    return " + ".join(lots)


def _shown(number: str) -> str:
    from decimal import Decimal  # noqa: PLC0415 - keeps --help light

    from tenderkit.quantities import format_number  # noqa: PLC0415

    return format_number(Decimal(number), "en")
