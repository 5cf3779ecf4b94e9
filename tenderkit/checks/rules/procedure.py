"""The value against the thresholds of the day, the lots, and the declarations in the file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tenderkit.checks import dated
from tenderkit.checks.dated import Dated
from tenderkit.checks.places import parameter_place
from tenderkit.checks.rule import Found, rule
from tenderkit.plan import Plan, lot_limit
from tenderkit.problems import Level
from tenderkit.quantities import format_money, format_number

_PLACES = "places"
_TOTAL_PLACES = "total_places"


@rule(legal_basis="udbudsloven §§ 29-38, thresholds by date", mark="partly", rule_ids=("DK-UND-01", "DK-MIX-01"))
def procedure_does_not_fit_value(plan: Plan) -> Iterator[Found]:
    """The procedure does not fit the value and the threshold on the date of publication.

    Why: From the threshold on the whole act applies, and a contract made without its procedure can be declared
    without effect. The threshold is that of the day on which the notice is sent, not of the day of signing; the
    value is excl. VAT and with options and all lots.

    Source: The thresholds from the authority's publications (seen; that of the light regime for 2026-2027 is
    calculated). The sections are from memory. "From" the threshold, not "above", is from memory.

    Mend: Choose a procedure that fits, or correct the value. If no threshold is known for the date, look it up and
    add it to clause_templates/dated_values.yaml.
    """
    name = dated.threshold_name(plan)
    limit = dated.number(plan, name)
    if limit is None:
        publication = plan.tender.procedure.publication
        yield Found(
            f"No threshold ({name}) is known for a notice published on {publication}.",
            plan.source.place(("procedure", "publication"), "procedure.publication"),
            "Look the threshold up, and add it to clause_templates/dated_values.yaml with its source.",
            {"threshold": name, "publication": str(publication)},
            level="warning",
        )
    else:
        yield from _against_threshold(plan, limit)


def _against_threshold(plan: Plan, limit: Dated) -> Iterator[Found]:
    tender, procedure = plan.tender, plan.tender.procedure
    total = tender.total_value_dkk
    above = total >= limit.number
    below_chosen = procedure.type == "below-threshold"
    if below_chosen is not above:
        return  # the full procedure from the threshold on, or the simple one below it
    level: Level
    if above:
        level = "warning" if tender.contract.kind == "mixed" else "error"
        then = "so the purchase cannot be made below the threshold"
        advice = "Choose open or restricted; or light, if all of it is social and other specific services."
    else:
        level = "warning" if procedure.type == "light" else "note"
        then = f"so the {procedure.type} procedure is voluntary, but what the documents promise binds"
        advice = "Keep it if that is meant, or choose below-threshold."
    yield Found(
        f"{format_money(total, 'en')} is {'at or above' if above else 'below'} {format_money(limit.number, 'en')}, the"
        f" threshold on {procedure.publication}, {then}.",
        plan.source.place(("procedure", "type"), "procedure.type"),
        advice,
        {"value": str(total), "threshold": str(limit.number), "publication": str(procedure.publication)},
        level=level,
        basis=limit.basis,
    )


@rule(legal_basis="udbudsloven § 49", mark="unverified", rule_ids=("DK-LOT-01",))
def lots_incomplete(plan: Plan) -> Iterator[Found]:
    """The purchase is not divided and no reason is given, or the lots' values or places do not add up.

    Why: An authority divides a purchase into lots or explains why not. With several lots each needs its own value and
    number of places; one number for all lots is read by some bidders as the whole, by others as each lot's.

    Source: § 49, from memory; that reasons for not dividing are published was settled in the second reading of the
    sources as something to be verified.

    Mend: Write procedure.lots_reason, and give parameters that count places one number for each lot.
    """
    tender = plan.tender
    if len(tender.lots) == 1 and not tender.procedure.lots_reason:
        yield Found(
            "The purchase is not divided into lots, and no reason is given.",
            plan.source.place(("procedure",), "procedure.lots_reason"),
            "Add lots_reason with the reason, or divide the purchase.",
        )
    for i, lot in enumerate(tender.lots):
        if lot.value_dkk <= 0:
            yield Found(
                f'The lot "{lot.id}" has no estimated value.',
                plan.source.place(("lots", i, "value_dkk"), lot.id),
                "Give the value excl. VAT with options.",
                {"lot": lot.id},
            )
    if len(tender.lots) > 1:
        yield from _places(plan)
        if not tender.procedure.lots_per_bidder and lot_limit(tender) is None:
            yield Found(
                "With several lots the documents must say for how many a bidder can bid and win.",
                plan.source.place(("procedure",), "procedure.lots_per_bidder"),
                "Add lots_per_bidder, such as: a bidder can bid for and win one or more lots. For a limit: award.lots.",
                level="warning",
            )


def _places(plan: Plan) -> Iterator[Found]:
    lots = [lot.id for lot in plan.tender.lots]
    for chosen in plan.clauses:
        for name, resolved in chosen.values.items():
            if resolved.parameter.unit != _PLACES or name == _TOTAL_PLACES:
                continue
            same = resolved.by_lot.get("")
            total = sum((Decimal(str(resolved.value(lot) or 0)) for lot in lots), Decimal(0))
            shown = format_number(total, "en")
            if same is not None:
                yield Found(
                    f'"{chosen.id}", {name}: {same} places hold for each of the {len(lots)} lots, {shown} in all.',
                    parameter_place(plan, chosen, name),
                    f"Give each lot its number: {name}: {{{', '.join(f'{lot}: ...' for lot in lots)}}}.",
                    {"clause": chosen.id, "parameter": name, "total": str(total)},
                    level="warning",
                )
            stated = chosen.values[_TOTAL_PLACES].value() if _TOTAL_PLACES in chosen.values else None
            if isinstance(stated, (int, Decimal)) and stated != total:
                yield Found(
                    f'"{chosen.id}": the lots have {shown} places together, but {_TOTAL_PLACES} says'
                    f" {format_number(stated, 'en')}.",
                    parameter_place(plan, chosen, _TOTAL_PLACES),
                    "Correct the total or a lot.",
                    {"clause": chosen.id, "total": str(stated), "sum": str(total)},
                )


@rule(legal_basis="udbudsloven §§ 39 and 174-175", mark="partly", rule_ids=("DK-MKT-01", "DK-REC-01"))
def declaration_missing(plan: Plan) -> Iterator[Found]:
    """The file lacks the log of the market dialogue, or a declaration of impartiality.

    Why: Where a bidder took part in preparing the tender, only the log, the material that was shared with all and
    the longer deadline show that the others were treated equally. The report names conflicts of interest and what
    was done.

    Source: § 39 as settled in the second reading of the sources; §§ 174-175 partly seen.

    Mend: Fill in procedure.market_dialogue, and give each member of the committee the date of the declaration.
    """
    dialogue = plan.tender.procedure.market_dialogue
    if dialogue.held:
        strict: Level = "error" if dialogue.bidder_took_part else "warning"
        for key, what in (
            ("log", "log"),
            ("shared_material", "list of the material that was shared with all"),
            ("measures", "account of the measures for equal treatment"),
            ("dates", "date"),
        ):
            if not getattr(dialogue, key):
                yield Found(
                    f"A market dialogue was held, but there is no {what}.",
                    plan.source.place(("procedure", "market_dialogue", key), "procedure.market_dialogue"),
                    f'Add "{key}:" below market_dialogue.',
                    {"key": key},
                    level=strict,
                )
    yield from _committee(plan)


def _committee(plan: Plan) -> Iterator[Found]:
    members = plan.tender.committee.members
    for key, member in members.items():
        if member.declared is None:
            yield Found(
                f"{member.name} ({member.role}) has not declared impartiality.",
                plan.source.place(("committee", "members", key), f"committee.members.{key}"),
                'Add "declared:" with the date, before the bids are opened.',
                {"member": key},
                level="warning",
            )
        elif member.declared > (plan.tender.procedure.opening or plan.tender.procedure.deadline):
            yield Found(
                f"{member.name} declared impartiality on {member.declared}, after the bids were opened.",
                plan.source.place(("committee", "members", key, "declared"), f"committee.members.{key}"),
                "Note in the file why, and that nobody on the committee has an interest in a bidder.",
                {"member": key, "declared": str(member.declared)},
                level="warning",
            )
    chairs = sum(member.chair for member in members.values())
    if members and chairs != 1:
        yield Found(
            f"The committee has {chairs or 'no'} {'chairs' if chairs > 1 else 'chair'}.",
            plan.source.place(("committee", "members"), "committee"),
            'Give one member, and only one, "chair: yes".',
            level="warning",
        )
