"""``::: low-bids``: prices below the authority's own alarm limits, and the question to ask. Never a rejection."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, lots_with_results, paragraph, table
from tenderkit.assembly.context import Context
from tenderkit.evaluation.lowbids import EVALUATED_PRICE, LEAST_BIDS, LowPrice, low_prices
from tenderkit.evaluation.spec import Result
from tenderkit.quantities import format_percent

NEEDS = "result"


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the alarms of all lots in one table, without unit prices, and the next step by udbudsloven § 169."""
    limits = context.plan.tender.low_bid_alarm
    if not limits:
        return [paragraph(context, "low-bids.no_limits")]
    results = [context.results[lot] for lot in lots_with_results(context)]
    rows = [_row(alarm, result, context) for result in results for alarm in _alarms(result, context)]
    columns = (Col("lot", 2), Col("bidder", 4), Col("what", 4), Col("compared", 4), Col("below", 2, "right"))
    blocks: list[tree.Block] = [paragraph(context, "low-bids.none")]
    if rows:
        blocks = [table(context, "low-bids", columns, rows), paragraph(context, "low-bids.next")]
    blocks.append(paragraph(context, "low-bids.note"))
    if "median" in limits and any(0 < len(result.ranking) < LEAST_BIDS for result in results):
        blocks.append(paragraph(context, "low-bids.too_few"))
    return blocks


def _alarms(result: Result, context: Context) -> tuple[LowPrice, ...]:
    limits = {name: Fraction(limit) / 100 for name, limit in context.plan.tender.low_bid_alarm.items()}
    estimate = context.plan.tender.lot(result.spec.lot).own_estimate_dkk
    return low_prices(
        result.spec,
        [item.bid for item in result.ranking],
        below_median=limits.get("median"),
        below_estimate=limits.get("estimate"),
        estimates={} if estimate is None else {EVALUATED_PRICE: Fraction(estimate)},
    )


def _row(alarm: LowPrice, result: Result, context: Context) -> tuple[tree.Inlines, ...]:
    names = {item.bid.bidder: item.bid.name for item in result.ranking}
    labels = {line.id: f"{line.id} {line.label}" for line in result.spec.price_lines}
    subject = labels.get(alarm.subject) or context.label("low-bids.evaluated_price")
    against = "median" if alarm.against == "median-of-others" else "estimate"
    return (
        cell(result.spec.lot_title),
        cell(names[alarm.bidder]),
        cell(subject),
        cell(context.label(f"low-bids.{against}")),
        cell(format_percent(alarm.below * 100, context.language, 1)),
    )
