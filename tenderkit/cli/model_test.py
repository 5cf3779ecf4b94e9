"""``tenderkit model test``: an evaluation tried on made-up bids before it is published."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from tenderkit.cli.options import as_json
from tenderkit.cli.options import base as base_option

if TYPE_CHECKING:
    from tenderkit.assembly.stress import StressContext

_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}
_FEW = 8
_WIDE = 44


@click.command("test")
@click.argument("target", metavar="FOLDER|MODEL", default=".")
@click.option("--lot", default="", help="Only this lot of the tender.")
@click.option("--prices", default="", metavar="LOW..HIGH", help="The evaluated prices that you expect, in kroner.")
@click.option("--bids", default="", metavar="FEWEST..MOST", help="How many bids you expect; 3..6 when left out.")
@click.option("--tenders", type=int, default=5000, show_default=True, help="How many tenders to make up.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same numbers.")
@click.option(
    "--scores",
    type=click.Choice(["agreed", "mean", "median"]),
    default="agreed",
    show_default=True,
    help="How the evaluators' scores become one.",
)
@click.option(
    "--knock-out",
    type=click.Choice(["before-prices", "after-prices"]),
    default="before-prices",
    show_default=True,
    help="When bids below a minimum fall out.",
)
@click.option(
    "--arithmetic",
    type=click.Choice(["exact", "float"]),
    default="exact",
    show_default=True,
    help="Exact, or as a spreadsheet calculates without care for ties.",
)
@click.option("--option", multiple=True, metavar="NAME=PERCENT", help="A priced option and the share that counts.")
@click.option("--packages", is_flag=True, help="Bids for several lots together are accepted.")
@click.option("--param", multiple=True, metavar="NAME=VALUE", help="For a model alone: a parameter, such as X=60%.")
@click.option(
    "--weight", default="", metavar="PERCENT", help="For a model alone: the price's weight; 50% when left out."
)
@click.option("--memo", type=click.Path(path_type=Path, dir_okay=False), help="For a model alone: write the memo here.")
@base_option
@as_json
def command(target: str, output_format: str, **asked: Any) -> None:
    """Test an evaluation before you publish it: what a point costs, what really decides, and known pitfalls.

    The test plays thousands of made-up bids by the very formulas of the tender. For a tender, it writes a memo with
    charts for the file into model-test. A model of the library can be tried alone; then say what prices you expect.

    \b
    Example: tenderkit model test my-tender --lot nord --prices 16000000..24000000
             tenderkit model test relative-linear --param X=50% --weight 40% --prices 900000..1500000
    """
    from tenderkit.api.testing import Asked, in_language, try_out  # noqa: PLC0415 - keeps --help light
    from tenderkit.cli.output import fail  # noqa: PLC0415
    from tenderkit.problems import TenderkitError  # noqa: PLC0415

    try:
        with _progress() as progress:
            outcome, contexts = try_out(target, Asked(**asked), progress)
    except TenderkitError as error:
        fail(error.problems, output_format)
    if output_format == "json":
        click.echo(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=2))
        return
    for context in contexts:
        _print(in_language(context, "en"))
    for item in outcome.files:
        click.echo(f"  {item.path}" + ("" if item.how == "written" else f"  ({item.how})"))
    click.secho(f"Next: {outcome.next}", bold=True)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """Show a bar while the test runs, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - slow to import
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def tell(title: str, done: int, of: int) -> None:
            if title not in tasks:
                tasks[title] = bar.add_task(title, total=of)
            bar.update(tasks[title], completed=done)

        yield tell


def _print(context: StressContext) -> None:
    """Print one lot's report: findings first, then the numbers."""
    from tenderkit.cli.output import table  # noqa: PLC0415 - rich is slow to import

    report = context.report
    low, high = (f"{int(price):,}" for price in (report.market.price.low, report.market.price.high))
    click.secho(f"\n{report.spec.lot_title or report.spec.lot}", bold=True)
    fewest, most = report.market.bids
    click.echo(
        f"{report.tenders:,} made-up tenders, {fewest} to {most} bids, prices {low} to {high} kr., seed {report.seed}"
    )
    click.echo("")
    if not report.findings:
        click.echo("None of the known pitfalls was found.")
    for finding in report.findings:
        pitfall, level = context.pitfall(finding), context.severity(finding)
        head = click.style(level, fg=_COLOURS[level], bold=True)
        click.echo(f"{head} {pitfall.number} {pitfall.title.en}")
        click.echo(f"    {context.sentence(finding)}")
        click.echo(f"    Do: {pitfall.remedy.en[0]}")
    click.echo("")
    for title, columns, rows in _tables(context):
        click.echo(table(title, columns, rows))
    for line in _lines(context):
        click.echo(line)


Rows = list[tuple[str, ...]]


def _tables(context: StressContext) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
    measures = context.report.measures
    decided = {item.criterion: item for item in measures.decisions}
    costs = {item.criterion: item for item in measures.costs}
    rows: Rows = []
    for item in (*measures.groups, *(each for each in measures.criteria if "." in each.criterion)):
        decision, cost = decided.get(item.criterion), costs.get(item.criterion)
        often = "" if decision is None else context.share(decision.share) if decision.possible else "never can"
        stated = "" if item.stated is None else context.share(item.stated)
        rows.append((_short(context.called(item.criterion)), stated, context.share(item.realised), often, _worth(cost)))
    titles = ("Criterion", "Weight", "Real share", "Decides", "One point (kr.)")
    yield "Published weight, real share of the differences, how often it decides, what a point costs", titles, rows
    kinds: tuple[Literal["criterion", "award"], ...] = ("criterion", "award")
    for kind in kinds:
        others = sorted((a for a in measures.alternatives if a.kind == kind and not a.published), key=lambda a: a.share)
        if others:
            title = "Other price models" if kind == "criterion" else "Other ways to find the winner"
            shown = others[:_FEW]
            yield (
                f"{title}: the {len(shown)} that differ most, of {len(others)}",
                ("Model", "Same winner"),
                [(other.model, context.share(other.share)) for other in shown],
            )


def _short(name: str) -> str:
    return name if len(name) <= _WIDE else f"{name[: _WIDE - 1].rstrip()}…"


def _worth(cost: Any) -> str:
    if cost is None:
        return ""
    if not cost.counts:
        return "changes nothing"
    return "no price outweighs it" if cost.one is None else f"{round(cost.one):,}"


def _lines(context: StressContext) -> Iterator[str]:
    measures = context.report.measures
    removals, single, ties = measures.removals, measures.single_points, measures.ties
    yield f"A loser that leaves changes the winner in {context.share(removals.share)} of the tenders."
    if single.tenders:
        share = context.share(single.changed / single.tenders)
        yield f"One step of one score changes the winner in {share} of the tenders."
    if ties.tenders:
        yield f"The best bids are equal in {context.share(ties.tied / ties.tenders)} of the tenders."
