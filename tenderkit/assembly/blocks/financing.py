"""``::: financing clause-id``: what carries the support in a partnership of three parties, with surplus or gap.

The clause's own values are reckoned: the municipality's payment and the firm's overhead against the support's cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tenderkit.assembly import tree
from tenderkit.assembly.agreement import AgreementContext
from tenderkit.assembly.cells import Col, Exact, cell, table
from tenderkit.assembly.values import gap
from tenderkit.calculation.financing import Financing
from tenderkit.plan import ChosenClause
from tenderkit.plan.financing import TERM, financing, has_financing, lacking, number
from tenderkit.problems import Problem, TenderkitError, nearest
from tenderkit.quantities import format_money, format_number

NEEDS = "agreement"


def render(context: AgreementContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table with the arithmetic, and the sentence that says what is left; gaps while a value is not known.

    Raises:
        TenderkitError: no chosen clause of that id regulates a financing.
    """
    known = {chosen.id: chosen for chosen in context.plan.clauses if has_financing(chosen)}
    if argument not in known:
        message = f'No chosen clause "{argument}" has the values of a financing.'
        raise TenderkitError(Problem("unknown-block", message, help=nearest(argument, known)))
    chosen = known[argument]
    reckoned = financing(chosen)
    if reckoned is None:
        return [_open(chosen, context)]
    months = number(chosen, TERM) or context.plan.agreement.contract.duration_months or 0
    columns = (Col("item", 5), Col("arithmetic", 6), Col("month", 4, "right"))
    rows = _rows(reckoned, context)
    return [table(context, "financing", columns, rows, [len(rows) - 1]), _said(reckoned, months, context)]


def _open(chosen: ChosenClause, context: AgreementContext) -> tree.Paragraph:
    runs: list[tree.Inline] = [tree.Text(context.label("financing.open"))]
    for name in lacking(chosen):
        runs += [tree.Text(" "), tree.Text(gap(name, context).text, missing=True, gap=name)]
    return tree.Paragraph(tuple(runs), point=True)


def _rows(reckoned: Financing, context: AgreementContext) -> list[tuple[tree.Inlines, ...]]:
    language = context.language
    parts = [
        ("paid", reckoned.citizens, reckoned.payment_month, reckoned.paid_month),
        ("earned", reckoned.hours_month, reckoned.overhead_hour, reckoned.earned_month),
    ]
    rows: list[tuple[tree.Inlines, ...]] = [
        (
            cell(context.label(f"financing.{key}")),
            cell(f"{format_number(count, language)} · {format_money(each, language)}"),
            cell(format_money(amount, language)),
        )
        for key, count, each, amount in parts
    ]
    cost = format_money(reckoned.cost_month, language)
    rows.append((cell(context.label("financing.cost")), cell(""), cell(f"−{cost}")))
    rows.append((cell(context.label("financing.balance")), cell(""), cell(signed(reckoned.balance_month, context))))
    return rows


def signed(amount: Fraction, context: AgreementContext) -> str:
    """Give an amount with its sign; nothing stands before 0."""
    shown = format_money(abs(amount), context.language)
    return f"{'+' if amount > 0 else '−' if amount < 0 else ''}{shown}"


def _said(reckoned: Financing, months: Exact, context: AgreementContext) -> tree.Paragraph:
    balance = reckoned.balance_month
    kind = "surplus" if balance > 0 else "gap" if balance < 0 else "even"
    said = context.label(f"financing.said.{kind}", amount=format_money(abs(balance), context.language))
    if balance and months:
        said += " " + context.label(
            "financing.term",
            months=format_number(months, context.language),
            month=signed(balance, context),
            amount=signed(reckoned.over(months), context),
        )
    return tree.Paragraph((tree.Text(said),), point=True)
