"""``::: changes``: what changed since the last published edition, value by value, for a correction notice.

The rows are ``context.facts["changes"]``: mappings with ``path`` (where in the tender), ``before`` and ``after``. What
the tender file keeps for the authority alone, such as its own estimate, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, paragraph, table
from tenderkit.assembly.context import Context
from tenderkit.quantities import format_date, format_number, parse_date, parse_number

NEEDS = "tender"
INTERNAL = frozenset({"committee", "reasons", "low_bid_alarm", "training_duty_omitted", "own_estimate_dkk"})
DOCUMENTS: Mapping[str, tuple[str, ...]] = {
    "tender": ("tender-conditions",),
    "contract": (),
    "contract_template": (),
    "clauses": ("requirement-specification",),
    "stacking": ("requirement-specification",),
}
IN_CONTRACT = frozenset({"contract", "contract_template", "clauses", "price_lines"})


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table of changes, or the sentence that there are none."""
    changes: Sequence[Mapping[str, str]] = context.facts.get("changes", ())
    public = [change for change in changes if not INTERNAL & set(change["path"].split("."))]
    if not public:
        return [paragraph(context, "changes.none")]
    rows = [
        (
            cell(str(number)),
            cell(_documents(change["path"].partition(".")[0], context)),
            cell(_topic(change["path"].split("."), context)),
            cell(_value(change["before"], context)),
            cell(_value(change["after"], context)),
        )
        for number, change in enumerate(public, start=1)
    ]
    columns = (Col("no", 1), Col("document", 3), Col("topic", 5), Col("before", 3), Col("after", 3))
    return [table(context, "changes", columns, rows)]


def _documents(part: str, context: Context) -> str:
    """Give the documents in which a part of the tender mainly stands, by their titles."""
    library, language = context.plan.library, context.language
    titles = [library.document(name).title for name in DOCUMENTS.get(part, DOCUMENTS["tender"])]
    titles += [library.contract(context.plan.tender.contract_template).title] if part in IN_CONTRACT else []
    titles += [library.workbook("price-list").title] if part == "price_lines" else []
    return ", ".join(title[language] for title in titles)


def _topic(path: list[str], context: Context) -> str:
    """Give the place of a change in words, as far as the tender or the library has words for it."""
    first, *rest = path
    if ".".join(path) == "contract.start" or (
        first == "procedure" and rest[-1] in context.strings["timetable"]["step"]
    ):
        return context.label(f"timetable.step.{path[-1]}")
    topic = context.label(f"changes.part.{first}") if first in context.strings["changes"]["part"] else first
    return context.label("changes.place", topic=topic, name=" / ".join(_names(first, rest, context))) if rest else topic


def _names(first: str, rest: list[str], context: Context) -> list[str]:
    """Give the names below a topic: a lot, a clause and its question to the officer, a price line."""
    plan = context.plan
    lots = {lot.id: lot.title for lot in plan.tender.lots}
    chosen = plan.clause(rest[0]) if first == "clauses" else None
    if chosen is not None:
        asked = {name: item.parameter.ask[context.language] for name, item in chosen.values.items()}
        known = {rest[0]: chosen.clause.title[context.language], **asked, **lots}
    elif first == "price_lines" and rest[0] in plan.tender.price_lines:
        known = {rest[0]: plan.tender.price_lines[rest[0]].label, **lots}
    else:
        known = lots
    keys = context.strings["changes"]["key"]
    return [
        known.get(name) or (context.label(f"changes.key.{name}") if name in keys else name.replace("_", " "))
        for name in rest
    ]


def _value(value: str, context: Context) -> str:
    """Give a value as the tender file has it; a date in full, and a number without the marks that only files have."""
    if re.fullmatch(r"\d{1,3}(_\d{3})+(\.\d+)?", value):
        return format_number(parse_number(value), context.language)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return format_date(parse_date(value), context.language)
    return value
