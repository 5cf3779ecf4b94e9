"""The names that the texts of a tender's documents may use, and the groups that agreements share with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tenderkit.assembly.setting import Setting
from tenderkit.assembly.values import Shown, clause_values, gap, money, show
from tenderkit.evaluation.traits import gives_value, in_kroner, names_used, uses_price
from tenderkit.plan import lot_limit
from tenderkit.quantities import format_percent
from tenderkit.tender import Person
from tenderkit.tender.procedure import DATES

if TYPE_CHECKING:
    from tenderkit.assembly.context import Context

_OF_PROCEDURE = (*DATES, "acceptance_months", "portal", "lots_reason", "lots_per_bidder")
_DIALOGUE = ("held", "dates", "participants", "log", "shared_material", "measures", "bidder_took_part")
_OMISSION = ("reason", "considered", "decided_by", "decided")
_TERMS = (
    "start",
    "duration_months",
    "total_months",
    "price_index",
    "payment_days",
    "transition",
    "subcontracting",
    "transfer_of_undertaking",
)


def group(model: object, keys: Sequence[str], name: str, context: Setting) -> dict[str, Shown]:
    """Give attributes of a part of the officer's file as names."""
    return {key: show(getattr(model, key), context, f"{name}.{key}") for key in keys}


def person(given: Person | None, context: Setting, name: str) -> dict[str, Shown]:
    """Give a contact person as names; each is a gap when there is none."""
    return {
        key: show(getattr(given, key) if given else "", context, f"{name}.{key}")
        for key in ("role", "name", "email", "phone")
    }


def terms(contract: Any, context: Setting, more: Sequence[str] = ()) -> dict[str, Shown]:
    """Give what a contract and an agreement say of their term and payment."""
    return {
        **group(contract, (*_TERMS, *more), "contract", context),
        "place": Shown(contract.place, context.label(f"place.{contract.place}")),
        "options": show([option.title for option in contract.options], context),
    }


def tender_names(context: Context) -> dict[str, Any]:
    """Give the names of a tender."""
    tender = context.plan.tender
    authority = tender.authority
    lot = tender.lot(context.lot) if context.lot else None
    return {
        "edition": show(tender.edition, context),
        "tender": group(tender.tender, ("title", "reference", "purpose", "subject"), "tender", context),
        "authority": {
            **group(authority, ("name", "cvr", "address", "employment_unit"), "authority", context),
            "contact": person(authority.contact, context, "authority.contact"),
            "employment_contact": person(authority.employment_contact, context, "authority.employment_contact"),
            "contract_manager": person(authority.contract_manager, context, "authority.contract_manager"),
        },
        "contract": {
            **terms(tender.contract, context, ("cpv", "staff_list")),
            "kind": Shown(tender.contract.kind, context.label(f"contract_kind.{tender.contract.kind}")),
        },
        "procedure": _procedure(context),
        "omission": _omission(context),
        "clause": ClauseNames(context),
        "changes": Shown([], ""),
        "limit": {"passed": Shown("", ""), "own": Shown([], "")},
        "lots": show([item.title for item in tender.lots], context),
        "lot_count": show(len(tender.lots), context),
        "several_lots": show(len(tender.lots) > 1, context),
        "total_value": money(tender.total_value_dkk, context),
        "stacking": Shown(tender.stacking, tender.stacking),
        "award": {**_award(context), **_lots_limit(context)},
        "committee": {"count": show(len(tender.committee.members), context)},
        "signed": Shown(context.winner is not None, ""),
        "supplier": _supplier(context),
        "lot": {
            "id": show(lot.id if lot else "", context, "lot.id"),
            "title": show(lot.title if lot else "", context, "lot.title"),
            "value": money(lot.value_dkk if lot else None, context, "lot.value"),
        },
    }


def _lots_limit(context: Context) -> dict[str, Shown]:
    """Give the limit of how many lots one bidder can win; false where there is none that limits anything."""
    limit = lot_limit(context.plan.tender)
    if limit is None:
        return dict.fromkeys(("lots_at_most", "lots_choose"), Shown("", ""))
    return {"lots_at_most": show(limit.at_most, context), "lots_choose": Shown(limit.choose, limit.choose)}


def _award(context: Context) -> dict[str, Shown]:
    """Give how the winner is found. Criteria count in kroner, or by weights, which may leave the price apart."""
    award, spec = context.plan.tender.award, next(iter(context.plan.specs.values()))
    model = spec.award.definition
    return {
        "points_top": show(award.points_top, context),
        "total_places": show(spec.total_places, context),
        "ties": show([tie_rule(rule, context) for rule in award.ties], context),
        "in_kroner": Shown(in_kroner(model) and "w" not in names_used(model), ""),
        "price_apart": Shown(uses_price(model), ""),
    }


def _reserved(context: Context) -> dict[str, Shown]:
    """Give what the tender says of a reservation; ``held`` is false where the right to take part is open."""
    reserved = context.plan.tender.procedure.reserved
    if reserved is None:
        return dict.fromkeys(("held", "basis", "share", "notice_text"), Shown("", ""))
    share = format_percent(reserved.share, context.language) if reserved.share is not None else ""
    return {
        "held": Shown("yes", ""),
        "basis": Shown(reserved.basis, reserved.basis),
        "share": Shown(reserved.share, share),
        "notice_text": show(reserved.notice_text, context, "procedure.reserved.notice_text"),
    }


def _procedure(context: Context) -> dict[str, Any]:
    procedure = context.plan.tender.procedure
    time = procedure.deadline_time
    return {
        **group(procedure, _OF_PROCEDURE, "procedure", context),
        "deadline_time": Shown(time, time.replace(":", ".") if context.language == "da" else time),
        "type": Shown(procedure.type, context.label(f"procedure_type.{procedure.type}")),
        "price_blinding": Shown(procedure.price_blinding, context.label(f"price_blinding.{procedure.price_blinding}")),
        "market_dialogue": group(procedure.market_dialogue, _DIALOGUE, "procedure.market_dialogue", context),
        "reserved": _reserved(context),
        "suitability": group(
            procedure.suitability, ("minimums", "optional_exclusion_grounds"), "procedure.suitability", context
        ),
    }


def _omission(context: Context) -> dict[str, Shown]:
    """Give the ground on which the requirement of training is left out, and the decision; gaps where it is not."""
    omitted = context.plan.tender.training_duty_omitted
    if omitted is None:
        return {key: gap(f"training_duty_omitted.{key}", context) for key in ("ground", *_OMISSION)}
    return {
        "ground": Shown(omitted.ground, context.label(f"omission_ground.{omitted.ground}")),
        **group(omitted, _OMISSION, "training_duty_omitted", context),
    }


class ClauseNames(Mapping[str, Mapping[str, Shown]]):
    """The values of every clause of the library, by its id with underscores: ``clause.job_guarantee.cohort_size``.

    ``chosen`` says whether the tender has the clause; one that it does not have has nothing else. They are worked out
    when a text asks for them, which few texts do.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._ids = {identifier.replace("-", "_"): identifier for identifier in context.library.ids("clause")}
        self._known: dict[str, Mapping[str, Shown]] = {}

    def __getitem__(self, name: str) -> Mapping[str, Shown]:
        if name not in self._known:
            chosen = self._context.plan.clause(self._ids[name])
            values = clause_values(chosen, self._context) if chosen else {}
            self._known[name] = {**values, "chosen": Shown(chosen is not None, "")}
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


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
    drawing = context.plan.tender.award.drawing
    if rule == "lots-drawing" and drawing is not None:
        return context.label("tie_rule.public-number", number=drawing.number)
    if rule in {"price", "lots-drawing"}:
        return context.label(f"tie_rule.{rule}")
    criterion = next(iter(context.plan.specs.values())).criterion(rule)
    title = criterion.title if criterion else rule
    if criterion is not None and gives_value(criterion):
        return context.label(f"tie_rule.value.{criterion.better}", title=title)
    return context.label("tie_rule.criterion", title=title)
