"""Quantities that stand in several places and differ, and volumes whose bounds are out of order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from tenderkit.checks.places import parameter_place
from tenderkit.checks.practice import tables
from tenderkit.checks.rule import Found, rule
from tenderkit.plan import ChosenClause, Plan
from tenderkit.quantities import format_number
from tenderkit.source import Path
from tenderkit.tender import PriceLine, Volume, quantity

_MONTHS = 12
_LINE, _FACTOR = "training_line", "factor"


def _shown(number: Decimal) -> str:
    return format_number(number, "en")


@rule(legal_basis="udbudsloven §§ 2 and 160", mark="partly", rule_ids=("DK-AWD-01", "DK-AWD-05"))
def quantity_mismatch(plan: Plan) -> Iterator[Found]:
    """A quantity in the price formula is missing, or differs from the phases, the volumes or the contract's length.

    Why: The evaluated price is quantity times price. If the price list, the formula and the contract have different
    quantities, bids are compared on something that will not be bought, and the bidders cannot check the sum.

    Source: Transparency (§ 2) and the description of the method (§ 160), seen. That the quantities must agree follows
    from arithmetic; real tenders were lost on price lists that carried old quantities.

    Mend: Correct the number in price_lines or in contract.volumes, so that the quantity of a line is the sum of its
    phases' units times their factors, and the estimate of its volume is the sum of its units.
    """
    lots = [lot.id for lot in plan.tender.lots]
    for key, line in plan.tender.price_lines.items():
        path: Path = ("price_lines", key)
        yield from _unknown_lots(plan, line, path, lots)
        for lot in lots:
            yield from _of_line(plan, key, line, lot)
    for chosen in plan.clauses:
        yield from _phases(plan, chosen)
    for key in plan.tender.contract.volumes:
        if key not in plan.tender.price_lines:
            yield Found(
                f'The contract has a volume for "{key}", but the price list has no such line.',
                plan.source.place(("contract", "volumes", key), key),
                "Add the price line, or take the volume out.",
                {"line": key},
            )


def _unknown_lots(plan: Plan, line: PriceLine, path: Path, lots: list[str]) -> Iterator[Found]:
    places: list[tuple[Path, Mapping[str, Decimal]]] = [((*path, "quantity"), line.quantity)]
    places += [((*path, "phases", i, "quantity"), phase.quantity) for i, phase in enumerate(line.phases)]
    volume = plan.tender.contract.volumes.get(str(path[1]))
    if volume:
        places += [
            (("contract", "volumes", path[1], name), getattr(volume, name))
            for name in ("estimate", "minimum", "maximum")
        ]
    for at, numbers in places:
        for lot in sorted(set(numbers) - {"", *lots}):
            yield Found(
                f'Price line "{path[1]}" has a quantity for "{lot}", which is no lot.',
                plan.source.place((*at, lot), f"price_lines.{path[1]}"),
                f"The lots are {', '.join(lots)}.",
                {"line": str(path[1]), "lot": lot},
            )


def _of_line(plan: Plan, key: str, line: PriceLine, lot: str) -> Iterator[Found]:
    path: Path = ("price_lines", key, "quantity")
    place = plan.source.place((*path, lot), f"price_lines.{key}")
    stated = quantity(line.quantity, lot)
    if stated is None or stated <= 0:
        yield Found(
            f'Price line "{key}" has no quantity above 0 for lot "{lot}", so its price counts nothing.',
            place,
            "Give the quantity that the formula multiplies the price by.",
            {"line": key, "lot": lot},
        )
        return
    units, weighted = stated, stated
    if line.phases:
        amounts = [(quantity(phase.quantity, lot) or Decimal(0), phase.factor) for phase in line.phases]
        units = sum((amount for amount, _ in amounts), Decimal(0))
        weighted = sum((amount * factor for amount, factor in amounts), Decimal(0))
    if weighted != stated:
        sum_text = " + ".join(f"{_shown(amount)} × {_shown(factor)}" for amount, factor in amounts)
        yield Found(
            f'Price line "{key}", lot "{lot}": the quantity is {_shown(stated)}, but the phases give {sum_text} ='
            f" {_shown(weighted)}.",
            place,
            f"Write {_shown(weighted)}, or correct a phase.",
            {"line": key, "lot": lot, "stated": str(stated), "phases": str(weighted)},
        )
    yield from _against_contract(plan, key, line, lot, units)


def _against_contract(plan: Plan, key: str, line: PriceLine, lot: str, units: Decimal) -> Iterator[Found]:
    contract = plan.tender.contract
    volume = contract.volumes.get(key)
    estimate = quantity(volume.estimate, lot) if volume else None
    if estimate is not None and estimate != units:
        yield Found(
            f'Price line "{key}", lot "{lot}": the formula counts {_shown(units)} units, but the estimate of the'
            f" contract is {_shown(estimate)}.",
            plan.source.place(("contract", "volumes", key, "estimate", lot), f"contract.volumes.{key}"),
            "Use one estimate in both.",
            {"line": key, "lot": lot, "formula": str(units), "contract": str(estimate)},
        )
    of_lot = f', lot "{lot}"' if lot in line.quantity else ""
    if line.unit == "year" and units * _MONTHS != contract.duration_months:
        yield Found(
            f'Price line "{key}"{of_lot}: {_shown(units)} years are priced, but the contract runs'
            f" {contract.duration_months} months.",
            plan.source.place(("price_lines", key, "quantity", lot), f"price_lines.{key}"),
            f"Write {_shown(Decimal(contract.duration_months) / _MONTHS)}, or change contract.duration_months.",
            {"line": key, "lot": lot, "years": str(units), "months": str(contract.duration_months)},
        )


def _phases(plan: Plan, chosen: ChosenClause) -> Iterator[Found]:
    """Find a clause that pays other shares of a price than the price list evaluates."""
    line = plan.tender.price_lines.get(str(chosen.values[_LINE].value())) if _LINE in chosen.values else None
    if line is None:
        return
    evaluated = [phase.factor for phase in line.phases]
    for name, lot, rows in tables(chosen):
        paid = [factor for row in rows if isinstance(factor := row.get(_FACTOR), Decimal)]
        if paid and paid != evaluated:
            shown = ["/".join(_shown(factor) for factor in factors) or "no phases" for factors in (paid, evaluated)]
            yield Found(
                f'"{chosen.id}" pays the phases with the factors {shown[0]}, but the price list evaluates {shown[1]}.',
                parameter_place(plan, chosen, name, lot),
                "Use the same phases and factors in both.",
                {"clause": chosen.id, "paid": shown[0], "evaluated": shown[1]},
            )


@rule(legal_basis="udbudsloven § 2 (transparency)", mark="partly", rule_ids=("DK-MOD-05", "DK-CPC-09"))
def volumes_out_of_order(plan: Plan) -> Iterator[Found]:
    """A volume that may vary lacks a bound, or its minimum, estimate and maximum are out of order.

    Why: Bidders price a training volume that may vary by what is certain and what is possible. A maximum below the
    estimate, or a minimum above it, promises what the contract cannot hold, and a change later may need a new tender.

    Source: A training volume that may vary is published as estimate, minimum and maximum: settled in the second
    reading of the sources; the general principle of transparency, partly seen.

    Mend: Give contract.volumes for the line an estimate, a minimum and a maximum for every lot, in that relation.
    """
    lots = [lot.id for lot in plan.tender.lots]
    for key, line in plan.tender.price_lines.items():
        volume = plan.tender.contract.volumes.get(key)
        if line.training and volume is None:
            yield Found(
                f'Price line "{key}" pays for training that may vary, but the contract states no estimate, minimum and'
                " maximum.",
                plan.source.place(("price_lines", key), f"price_lines.{key}"),
                f'Add "{key}:" below contract.volumes.',
                {"line": key},
            )
    for key, volume in plan.tender.contract.volumes.items():
        for lot in lots:
            yield from _order(plan, key, volume, lot)


def _order(plan: Plan, key: str, volume: Volume, lot: str) -> Iterator[Found]:
    named = {name: quantity(getattr(volume, name), lot) for name in ("minimum", "estimate", "maximum")}
    path: Path = ("contract", "volumes", key)
    label = f"contract.volumes.{key}"
    for name, number in named.items():
        if number is None:
            yield Found(
                f'The volume of "{key}" states no {name} for lot "{lot}".',
                plan.source.place((*path, name), label),
                "Give a number for every lot.",
                {"line": key, "lot": lot, "bound": name},
            )
    for low, high in (("minimum", "estimate"), ("estimate", "maximum")):
        small, large = named[low], named[high]
        if small is not None and large is not None and small > large:
            yield Found(
                f'The volume of "{key}", lot "{lot}": the {low} {_shown(small)} is above the {high} {_shown(large)}.',
                plan.source.place((*path, high, lot), label),
                "The minimum is at most the estimate, and the estimate at most the maximum.",
                {"line": key, "lot": lot, low: str(small), high: str(large)},
            )
