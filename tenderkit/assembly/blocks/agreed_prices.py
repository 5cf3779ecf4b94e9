"""``::: agreed-prices``: what one party pays another, line by line, with the sum of the whole term."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tenderkit.assembly import tree
from tenderkit.assembly.agreement import AgreementContext
from tenderkit.assembly.cells import Col, cell, counted, money, own, paragraph, table, unit
from tenderkit.assembly.values import gap
from tenderkit.quantities import format_money
from tenderkit.tender import AgreedPrice

NEEDS = "agreement"


def render(context: AgreementContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table and how each line is invoiced, or the sentence that no party pays another."""
    prices = context.plan.agreement.prices
    if not prices:
        return [paragraph(context, "agreed-prices.none")]
    summed = any(line.quantity is not None for line in prices.values())
    rows = [_row(key, line, summed, context) for key, line in prices.items()]
    sums = list(_sums(context)) if summed else []
    columns = (
        Col("id", 2),
        Col("line", 7),
        Col("who", 6),
        Col("price", 5, "right"),
        *((Col("quantity", 4, "right"), Col("amount", 5, "right")) if summed else ()),
    )
    bold = range(len(rows), len(rows) + len(sums))
    return [table(context, "agreed-prices", columns, [*rows, *sums], bold), *_invoicing(context)]


def _row(key: str, line: AgreedPrice, summed: bool, context: AgreementContext) -> tuple[tree.Inlines, ...]:
    return (
        cell(key),
        own(line.label, context),
        cell(_between(line.payer, line.payee, context)),
        cell(gap(f"prices.{key}.price", context) if line.price is None else _price(line.price, line.unit, context)),
        *((_quantity(line, context), money(line.amount, context)) if summed else ()),
    )


def _price(price: Decimal, per: str, context: AgreementContext) -> str:
    return context.label("agreed-prices.per", price=format_money(price, context.language), unit=unit(per, context))


def _quantity(line: AgreedPrice, context: AgreementContext) -> tree.Inlines:
    return cell("" if line.quantity is None else counted(line.quantity, line.unit, context))


def _between(payer: str, payee: str, context: AgreementContext) -> str:
    own = context.roles[payee].term[context.language]  # in the middle of the line, so without a capital
    return context.label("agreed-prices.between", payer=context.term(payer), payee=own)


def _sums(context: AgreementContext) -> Iterator[tuple[tree.Inlines, ...]]:
    """Give a row for each pair of payer and payee: what all lines with a quantity come to."""
    totals: dict[tuple[str, str], Decimal] = {}
    for line in context.plan.agreement.prices.values():
        if line.amount is not None:
            pair = (line.payer, line.payee)
            totals[pair] = totals.get(pair, Decimal(0)) + line.amount
    for (payer, payee), total in totals.items():
        text = _between(payer, payee, context)
        yield (cell(""), cell(context.label("agreed-prices.total")), cell(text), *[cell("")] * 2, money(total, context))


def _invoicing(context: AgreementContext) -> list[tree.Block]:
    """Give how each line is invoiced, where the agreement says so."""
    return [
        tree.Paragraph((tree.Text(f"{key} {line.label}: ", bold=True), *own(line.invoicing, context)), point=True)
        for key, line in context.plan.agreement.prices.items()
        if line.invoicing
    ]
