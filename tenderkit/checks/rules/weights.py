"""Weights that do not add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from tenderkit.checks.rule import Found, rule
from tenderkit.plan import Plan
from tenderkit.quantities import format_number
from tenderkit.source import Path
from tenderkit.tender import Criterion

_WHOLE = Decimal(100)


@rule(legal_basis="udbudsloven § 165", mark="verified", rule_ids=("DK-AWD-03", "DK-AWD-04"))
def weights_not_100(plan: Plan) -> Iterator[Found]:
    """The weights on one level of the criteria do not add up to 100 %.

    Why: Bidders calculate with the published weights. A level that gives 95 or 105 % has no agreed meaning, and a
    result that rests on it can be annulled. Every level of the tree counts: the criteria, and the sub-criteria of
    each.

    Source: § 165 asks for the relative weight of every criterion and sub-criterion (seen); that the sum is 100 is
    logic.

    Mend: Change the weights of the level that the message names. A weight is per cent of the level it stands in,
    not of the whole: 40 % of a criterion that weighs 20 % is 8 % of the whole.
    """
    yield from _level(plan, plan.tender.criteria, ("criteria",), "criteria")


def _level(plan: Plan, level: Mapping[str, Criterion], path: Path, name: str) -> Iterator[Found]:
    weights = {key: item.weight for key, item in level.items() if item.weight is not None}
    in_money = any(item.amount is not None for item in level.values())
    total = sum(weights.values(), Decimal(0))
    if weights and not in_money and total != _WHOLE:
        listed = ", ".join(f"{key} {format_number(weight, 'en')} %" for key, weight in weights.items())
        off = total - _WHOLE
        yield Found(
            f"The weights of the {name} add up to {format_number(total, 'en')} %, not 100 %: {listed}.",
            plan.source.place(path),
            f"{'Take' if off > 0 else 'Add'} {format_number(abs(off), 'en')} percentage points"
            f" {'off' if off > 0 else 'to'} the weights of this level.",
            {"sum": str(total), "level": name},
        )
    for key, item in level.items():
        if item.weight is not None and item.weight <= 0:
            yield Found(
                f'"{key}" has the weight {format_number(item.weight, "en")} %.',
                plan.source.place((*path, key, "weight"), key),
                "Give it a weight above 0 %, or leave the criterion out.",
                {"criterion": key, "weight": str(item.weight)},
            )
        if item.sub:
            yield from _level(plan, item.sub, (*path, key, "sub"), f'sub-criteria of "{item.title or key}"')
