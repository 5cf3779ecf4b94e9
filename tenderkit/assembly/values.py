"""Values as texts print them: formatted by type and language, by lot where lots differ, and marked when unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tenderkit import quantities
from tenderkit.assembly.setting import Contractual, Setting
from tenderkit.library.clause import Parameter
from tenderkit.plan import ChosenClause, Resolved


@dataclass(frozen=True, eq=False)
class Shown:
    """A value in a text: what it is, for conditions, and how it prints.

    ``missing`` prints as an open gap, and ``name`` says what is to be given there. ``language`` is set where the
    officer's own words stand in a translation. ``undecided`` is a number that the bids decide.
    """

    raw: Any
    text: str
    missing: bool = False
    language: quantities.Language | None = None
    name: str = ""
    undecided: bool = False

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.raw) and not self.missing

    def __eq__(self, other: object) -> bool:
        return bool(self.raw == (other.raw if isinstance(other, Shown) else other))

    def __hash__(self) -> int:
        return hash(self.text)

    def __lt__(self, other: Any) -> bool:
        return self.raw is not None and bool(self.raw < (other.raw if isinstance(other, Shown) else other))

    def __gt__(self, other: Any) -> bool:
        return self.raw is not None and bool(self.raw > (other.raw if isinstance(other, Shown) else other))

    def __le__(self, other: Any) -> bool:
        return not self > other

    def __ge__(self, other: Any) -> bool:
        return not self < other

    def __contains__(self, item: object) -> bool:
        return self.raw is not None and item in self.raw

    def __len__(self) -> int:
        return len(self.raw or ())


def join(items: Sequence[str], context: Setting, word: str = "and") -> str:
    """Give a list as running text: "a, b og c"."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {context.label(word)} {items[-1]}"


def gap(name: str, context: Setting) -> Shown:
    """Give the mark of a value that is not known yet."""
    return Shown(None, context.label("missing", name=name), missing=True, name=name)


def show(value: object, context: Setting, name: str = "") -> Shown:
    """Give a plain value from the tender; an empty text is a gap."""
    match value:
        case Shown():
            return value
        case None | "":
            return gap(name, context)
        case bool():
            text = context.label("yes" if value else "no")
        case dt.date():
            text = quantities.format_date(value, context.language)
        case int() | Decimal() | Fraction():
            text = quantities.format_number(value, context.language)
        case list() | tuple():
            text = join([str(show(item, context, name)) for item in value], context)
        case _:
            return Shown(value, str(value), language=context.foreign(str(value)))
    return Shown(value, text)


def money(value: Decimal | Fraction | int | None, context: Setting, name: str = "") -> Shown:
    """Give an amount in kroner."""
    return gap(name, context) if value is None else Shown(value, quantities.format_money(value, context.language))


def parameter_text(value: object, parameter: Parameter, context: Setting) -> str:
    """Give one value of a clause's parameter, formatted by the parameter's type."""
    language = context.language
    if parameter.type == "percent" and isinstance(value, Decimal):
        return quantities.format_percent(value, language)
    if parameter.type == "money" and isinstance(value, Decimal):
        return quantities.format_money(value, language)
    if parameter.type == "choice" and isinstance(value, str):
        return context.worded(parameter.options[value][language])
    if parameter.type == "choices" and isinstance(value, list):
        return join([context.worded(parameter.options[item][language]) for item in value], context)
    return show(value, context).text


def parameter(resolved: Resolved, context: Contractual, offered: Decimal | None = None) -> Shown:
    """Give a clause's parameter for a text.

    Where bidders compete on it, a parameter prints the offered number in a signed contract, and before that says that
    the bid decides.
    """
    definition = resolved.parameter
    lots = {lot: resolved.value(lot) for lot in context.lot_ids}
    known = {lot: value for lot, value in lots.items() if value is not None}
    if not known:
        return Shown(None, "") if not definition.required else gap(resolved.name, context)
    if definition.offer and offered is not None:
        return Shown(offered, parameter_text(offered, definition, context))
    texts = {lot: parameter_text(value, definition, context) for lot, value in known.items()}
    raw = next(iter(known.values()))
    if len(set(texts.values())) == 1:
        text = next(iter(texts.values()))
    else:
        text = join([f"{text} ({context.lot_title(lot)})" for lot, text in texts.items()], context)
    if definition.offer and resolved.contested:
        return Shown(raw, context.label(f"offered.{definition.offer.better}", floor=text), undecided=True)
    return Shown(raw, text)


def clause_values(chosen: ChosenClause, context: Contractual) -> dict[str, Shown]:
    """Give a clause's parameters by name; in a signed contract the winner's numbers stand in their place."""
    offers = context.offers(chosen)
    return {name: parameter(resolved, context, offers.get(name)) for name, resolved in chosen.values.items()}


def common(context: Setting) -> Mapping[str, Any]:
    """Give the names that every text may use; worked out once, since each clause asks for them."""
    if "common" not in context.memo:
        facts = {key: _fact(value, context, key) for key, value in context.facts.items()}
        context.memo["common"] = {**context.names(), **facts}
    return context.memo["common"]  # type: ignore[no-any-return]  # as put there


def _fact(value: object, context: Setting, name: str) -> Any:
    if isinstance(value, Mapping):
        return {key: _fact(item, context, f"{name}.{key}") for key, item in value.items()}
    return show(value, context, name)
