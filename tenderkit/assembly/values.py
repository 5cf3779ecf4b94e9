"""Values as texts print them: formatted by type and language, by lot where lots differ, and marked when unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tenderkit import quantities
from tenderkit.assembly.context import Context
from tenderkit.evaluation.spec import Bid
from tenderkit.library.clause import Parameter
from tenderkit.plan import ChosenClause, Resolved
from tenderkit.tender import Person


@dataclass(frozen=True, eq=False)
class Shown:
    """A value in a text: what it is, for conditions, and how it prints.

    ``missing`` prints as an open gap. ``language`` is set where the officer's own words stand in a translation.
    """

    raw: Any
    text: str
    missing: bool = False
    language: quantities.Language | None = None

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.raw) and not self.missing

    def __eq__(self, other: object) -> bool:
        return bool(self.raw == (other.raw if isinstance(other, Shown) else other))

    def __hash__(self) -> int:
        return hash(self.text)

    def __lt__(self, other: Any) -> bool:
        return bool(self.raw < (other.raw if isinstance(other, Shown) else other))

    def __gt__(self, other: Any) -> bool:
        return bool(self.raw > (other.raw if isinstance(other, Shown) else other))

    def __le__(self, other: Any) -> bool:
        return not self > other

    def __ge__(self, other: Any) -> bool:
        return not self < other

    def __contains__(self, item: object) -> bool:
        return item in self.raw

    def __len__(self) -> int:
        return len(self.raw)


def join(items: Sequence[str], context: Context, word: str = "and") -> str:
    """Give a list as running text: "a, b og c"."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {context.label(word)} {items[-1]}"


def gap(name: str, context: Context) -> Shown:
    """Give the mark of a value that is not known yet."""
    return Shown(None, context.label("missing", name=name), missing=True)


def show(value: object, context: Context, name: str = "") -> Shown:
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


def money(value: Decimal | Fraction | int | None, context: Context, name: str = "") -> Shown:
    """Give an amount in kroner."""
    return gap(name, context) if value is None else Shown(value, quantities.format_money(value, context.language))


def parameter_text(value: object, parameter: Parameter, context: Context) -> str:
    """Give one value of a clause's parameter, formatted by the parameter's type."""
    language = context.language
    if parameter.type == "percent" and isinstance(value, Decimal):
        return quantities.format_percent(value, language)
    if parameter.type == "money" and isinstance(value, Decimal):
        return quantities.format_money(value, language)
    if parameter.type == "choice" and isinstance(value, str):
        return parameter.options[value][language]
    if parameter.type == "choices" and isinstance(value, list):
        return join([parameter.options[item][language] for item in value], context)
    return show(value, context).text


def parameter(resolved: Resolved, context: Context, offered: Decimal | None = None) -> Shown:
    """Give a clause's parameter for a text.

    An offered parameter prints the offered number in a signed contract, and before that says that the bid decides.
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
        text = join([f"{text} ({context.plan.tender.lot(lot).title})" for lot, text in texts.items()], context)
    if definition.offer:
        text = context.label(f"offered.{definition.offer.better}", floor=text)
    return Shown(raw, text)


def clause_values(chosen: ChosenClause, context: Context) -> dict[str, Shown]:
    """Give a clause's parameters by name; in a signed contract the winner's numbers stand in their place."""
    offers = offered_by_parameter(chosen, context, context.winner) if context.winner else {}
    return {name: parameter(resolved, context, offers.get(name)) for name, resolved in chosen.values.items()}


def offered_by_parameter(chosen: ChosenClause, context: Context, bid: Bid) -> dict[str, Decimal]:
    """Give a bid's numbers by the parameter they replace; above the cap they bind as the cap."""
    spec = context.plan.specs[bid.lot]
    numbers: dict[str, Decimal] = {}
    for leaf in spec.leaves():
        if leaf.clause == chosen.id and leaf.kind == "offer" and leaf.id in bid.offers:
            number = bid.offers[leaf.id]
            if leaf.cap is not None:
                cap = quantities.as_decimal(leaf.cap)
                number = min(number, cap) if leaf.better == "higher" else max(number, cap)
            numbers[chosen.clause.fields[leaf.field].offers] = number
    return numbers


def _person(person: Person | None, context: Context, name: str) -> dict[str, Shown]:
    return {
        key: show(getattr(person, key) if person else "", context, f"{name}.{key}")
        for key in ("role", "name", "email", "phone")
    }


def common(context: Context) -> Mapping[str, Any]:
    """Give the names that every text may use; worked out once, since each clause asks for them."""
    if "common" not in context.memo:
        context.memo["common"] = _common(context)
    return context.memo["common"]  # type: ignore[no-any-return]  # as put there


def _common(context: Context) -> dict[str, Any]:
    tender = context.plan.tender
    contract, authority = tender.contract, tender.authority
    lot = tender.lot(context.lot) if context.lot else None
    names: dict[str, Any] = {
        "edition": show(tender.edition, context),
        "tender": _group(tender.tender, ("title", "reference", "purpose", "subject"), "tender", context),
        "authority": {
            **_group(authority, ("name", "cvr", "address", "employment_unit"), "authority", context),
            "contact": _person(authority.contact, context, "authority.contact"),
            "employment_contact": _person(authority.employment_contact, context, "authority.employment_contact"),
            "contract_manager": _person(authority.contract_manager, context, "authority.contract_manager"),
        },
        "contract": {
            **_group(
                contract,
                (
                    "start",
                    "duration_months",
                    "total_months",
                    "price_index",
                    "payment_days",
                    "transition",
                    "cpv",
                    "subcontracting",
                    "transfer_of_undertaking",
                ),
                "contract",
                context,
            ),
            "place": Shown(contract.place, context.label(f"place.{contract.place}")),
            "kind": Shown(contract.kind, context.label(f"contract_kind.{contract.kind}")),
            "options": show([option.title for option in contract.options], context),
        },
        "procedure": _procedure(context),
        "lots": show([item.title for item in tender.lots], context),
        "lot_count": show(len(tender.lots), context),
        "several_lots": show(len(tender.lots) > 1, context),
        "total_value": money(tender.total_value_dkk, context),
        "stacking": Shown(tender.stacking, tender.stacking),
        "award": {
            "points_top": show(tender.award.points_top, context),
            "total_places": show(tender.award.rounding.total, context),
            "ties": show([tie_rule(rule, context) for rule in tender.award.ties], context),
        },
        "committee": {"count": show(len(tender.committee.members), context)},
        "signed": Shown(context.winner is not None, ""),
        "supplier": _supplier(context),
        "lot": {
            "id": show(lot.id if lot else "", context, "lot.id"),
            "title": show(lot.title if lot else "", context, "lot.title"),
            "value": money(lot.value_dkk if lot else None, context, "lot.value"),
        },
    }
    return {**names, **{key: _fact(value, context, key) for key, value in context.facts.items()}}


def _fact(value: object, context: Context, name: str) -> Any:
    if isinstance(value, Mapping):
        return {key: _fact(item, context, f"{name}.{key}") for key, item in value.items()}
    return show(value, context, name)


def _group(model: object, keys: Sequence[str], name: str, context: Context) -> dict[str, Shown]:
    return {key: show(getattr(model, key), context, f"{name}.{key}") for key in keys}


def _procedure(context: Context) -> dict[str, Any]:
    procedure = context.plan.tender.procedure
    dates = (
        "publication",
        "questions_until",
        "answers_until",
        "deadline",
        "opening",
        "notification",
        "standstill_end",
        "signing",
        "acceptance_months",
        "portal",
        "lots_reason",
        "lots_per_bidder",
    )
    dialogue = ("held", "dates", "participants", "log", "shared_material", "measures", "bidder_took_part")
    return {
        **_group(procedure, dates, "procedure", context),
        "deadline_time": Shown(
            procedure.deadline_time,
            procedure.deadline_time.replace(":", ".") if context.language == "da" else procedure.deadline_time,
        ),
        "type": Shown(procedure.type, context.label(f"procedure_type.{procedure.type}")),
        "price_blinding": Shown(procedure.price_blinding, context.label(f"price_blinding.{procedure.price_blinding}")),
        "market_dialogue": _group(procedure.market_dialogue, dialogue, "procedure.market_dialogue", context),
        "suitability": _group(
            procedure.suitability, ("minimums", "optional_exclusion_grounds"), "procedure.suitability", context
        ),
    }


def _supplier(context: Context) -> dict[str, Shown]:
    """Give the winner's particulars, or the words that hold their place in a published draft contract."""
    if context.winner is None:
        return {key: Shown("", context.label("to_be_filled")) for key in ("name", "cvr", "address", "contact")}
    texts = context.winner.texts
    return {
        "name": show(context.winner.name, context, "supplier.name"),
        **{
            key: show(texts.get(f"bidder.{key}", ""), context, f"supplier.{key}")
            for key in ("cvr", "address", "contact")
        },
    }


def tie_rule(rule: str, context: Context) -> str:
    """Give a tie rule in words; a criterion's own name when the rule is a criterion."""
    if rule in {"price", "lots-drawing"}:
        return context.label(f"tie_rule.{rule}")
    spec = next(iter(context.plan.specs.values()))
    for criterion in spec.criteria:
        if criterion.id == rule:
            return context.label("tie_rule.criterion", title=criterion.title)
    return context.label("tie_rule.criterion", title=spec.leaf(rule).title)
