"""``::: training-duty``: whether the contract must require persons under training, held against the tender."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, counted, table
from tenderkit.assembly.context import Context
from tenderkit.assembly.values import common, join
from tenderkit.library.vocabulary import DatedValue
from tenderkit.quantities import format_money

NEEDS = "tender"
_TRAINING = "training"
_MONTHS, _SERVICES, _WORKS = "training-duty-months", "training-duty-services-value", "threshold-works"
_NATIONAL_WORKS = "training-duty-national-works-value"
_COLUMNS = (Col("matter", 5), Col("here", 6), Col("rule", 7), Col("mark", 4))
Row = tuple[tree.Inlines, ...]


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table: kind, place, length, value, clauses, and the ground on which the requirement is left out."""
    return [table(context, "training-duty", _COLUMNS, _rows(context))]


def _rows(context: Context) -> Iterator[Row]:
    tender, names, language = context.plan.tender, common(context), context.language
    contract = tender.contract
    yield _row("kind", names["contract"]["kind"].text, "partly", context)
    yield _row("place", names["contract"]["place"].text, "verified", context)
    limit = _limit(_MONTHS, context)
    shown = counted(limit.value, "months", context) if limit else ""
    yield _limited("months", counted(contract.total_months, "months", context), limit, shown, context)
    works = contract.kind == "works"
    for key, name in (("value", _WORKS if works else _SERVICES), *([("national", _NATIONAL_WORKS)] if works else [])):
        limit = _limit(name, context)
        shown = format_money(limit.value, language) if limit else ""
        yield _limited(key, format_money(tender.total_value_dkk, language), limit, shown, context)
    training = [item.clause.title[language] for item in context.plan.clauses if item.clause.topic == _TRAINING]
    yield _row("clauses", join(training, context) or context.label("training-duty.no_clause"), "verified", context)
    if tender.training_duty_omitted is not None:
        yield _row("ground", names["omission"]["ground"].text, "verified", context)


def _limit(name: str, context: Context) -> DatedValue | None:
    """Give the limit that holds for the day of publication; None where none is known for it."""
    known = context.library.dated_values.get(name)
    return known.on(context.plan.tender.procedure.publication) if known else None


def _row(key: str, here: str, mark: str, context: Context) -> Row:
    return _cells(key, here, context.label(f"training-duty.says.{key}"), mark, context)


def _limited(key: str, here: str, limit: DatedValue | None, shown: str, context: Context) -> Row:
    if limit is None:
        return _cells(key, here, context.label("training-duty.unknown"), "unverified", context)
    return _cells(key, here, context.label(f"training-duty.limit.{key}", limit=shown), limit.mark, context)


def _cells(key: str, here: str, rule: str, mark: str, context: Context) -> Row:
    marks = context.library.vocabulary.marks
    mark_words = marks[mark][context.language]
    return (
        cell(context.label(f"training-duty.matters.{key}")),
        cell(here[:1].upper() + here[1:]),
        cell(rule),
        cell(mark_words[:1].upper() + mark_words[1:]),
    )
