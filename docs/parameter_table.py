"""The table of parameters, for the pages on clauses and on contracts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from parts import code, codes, join, table, text

from tenderkit.library import Library
from tenderkit.library.clause import Parameter
from tenderkit.quantities import format_number


def parameter_table(parameters: Mapping[str, Parameter], library: Library) -> str:
    """Give the parameters with question, default, limits and mark; nothing when there are none."""
    if not parameters:
        return ""
    marks = library.vocabulary.marks
    rows = [
        (
            f"{code(name)}<br>{_question(name, item, library)}",
            _default(item),
            _limits(item, library),
            marks[item.mark]["en"],
        )
        for name, item in parameters.items()
    ]
    return join("## Parameters\n", table(("Parameter and question", "Default", "Unit and limits", "Mark"), rows))


def _question(name: str, item: Parameter, library: Library) -> str:
    options = "".join(f"<br>• `{key}`: {text(label['en'])}" for key, label in item.options.items())
    levels = name == "level" and set(item.options) <= set(library.vocabulary.levels)
    grow = "<br>Each level contains the lower." if levels else ""
    note = f"<br>*{text(item.note.en)}*" if item.note else ""
    return text(item.ask.en) + options + grow + note


def _default(item: Parameter) -> str:
    value = item.default
    if value is None:
        return "must be chosen" if item.required else "none"
    if isinstance(value, list):
        if not value:
            return "none"
        return f"{len(value)} rows" if isinstance(value[0], dict) else codes([str(part) for part in value])
    return code(value)


def _limits(item: Parameter, library: Library) -> str:
    unit = library.vocabulary.units[item.unit].name("en", one=False) if item.unit else item.type
    low, high = (_shown(item.min), _shown(item.max))
    one_sided = f"at least {low}" if low else f"at most {high}" if high else ""
    span = f"{low}\u2060–\u2060{high}" if low and high else one_sided
    offered = f"offered, counts up to {item.offer.cap}" if item.offer else ""
    return text(", ".join(part for part in (unit, span, offered) if part))


def _shown(limit: Decimal | None) -> str:
    return "" if limit is None else format_number(limit, "en")
