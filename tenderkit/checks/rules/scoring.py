"""Numbers that are scored: the floor, the cap, the unit, the proof and the duty behind each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from tenderkit.checks.criteria import criterion_path, leaves, named
from tenderkit.checks.phrases import listed
from tenderkit.checks.rule import Found, rule
from tenderkit.evaluation.points import model_points
from tenderkit.evaluation.spec import Criterion
from tenderkit.evaluation.traits import gives_value
from tenderkit.library.clause import Duty
from tenderkit.plan import ChosenClause, Plan
from tenderkit.quantities import format_number
from tenderkit.tender import Criterion as Asked


@rule(legal_basis="udbudsloven §§ 162-164 and 176", mark="partly", rule_ids=("DK-AWD-14", "DK-CPC-09"))
def scored_item_incomplete(plan: Plan) -> Iterator[Found]:
    """A scored social item lacks a floor, a cap, a unit, a proof or the contract duty that it becomes.

    Why: What earns points must bind. Without a cap a bidder wins with a number that nobody can use; without proof
    and a duty the number is a promise that costs nothing to break.

    Source: The link to the contract in §§ 162-164, partly seen; that scored numbers become duties is settled
    practice, from memory. An evaluation with an uncapped pledge is worked through in the literature on evaluation
    models.

    Mend: Give the parameter a value (the floor) and a cap, and give the clause a duty with proof, sanction and
    release whose value is that parameter.
    """
    for lot, leaf in leaves(plan):
        chosen = plan.clause(leaf.clause)
        if chosen is None:
            continue
        lacking = _lacking(leaf, chosen)
        if lacking:
            floors = {spec.leaf(leaf.id).floor for spec in plan.specs.values()}
            where = f" (lot {lot})" if len(floors) > 1 else ""
            yield Found(
                f'"{named(leaf)}" is scored but lacks {listed(lacking)}{where}.',
                plan.source.place(criterion_path(leaf.id), leaf.id),
                f'Complete the clause "{chosen.id}", or do not score the item.',
                {"criterion": leaf.id, "lacking": ", ".join(lacking)},
            )
    yield from _dropped(plan, plan.tender.criteria, "")


def _lacking(leaf: Criterion, chosen: ChosenClause) -> list[str]:
    lacking = []
    if leaf.kind == "offer":
        if leaf.floor is None:
            lacking.append("a floor")
        if leaf.cap is None:
            lacking.append("a cap")
        if leaf.floor is not None and leaf.cap is not None and not _has_room(leaf):
            shown = format_number(leaf.floor, "en"), format_number(leaf.cap, "en")
            lacking.append(f"room between the floor {shown[0]} and the cap {shown[1]}")
        if not leaf.unit:
            lacking.append("a unit")
    return lacking + _of_duties(_duties(leaf, chosen))


def _duties(leaf: Criterion, chosen: ChosenClause) -> list[Duty]:
    """Give the supplier's duties that an answer becomes: those with the offered value, or named as the text's field."""
    offers = chosen.clause.fields[leaf.field].offers
    return [
        duty
        for key, duty in chosen.clause.duties.items()
        if duty.who != "authority" and (duty.value == offers if offers else leaf.field in {key, duty.value})
    ]


def _of_duties(duties: list[Duty]) -> list[str]:
    if not duties:
        return ["a contract duty", "a proof"]
    parts = {"a proof": "proof", "a sanction": "sanction", "a release": "release"}
    return [name for name, field in parts.items() if not any(getattr(duty, field) for duty in duties)]


def _has_room(leaf: Criterion) -> bool:
    if leaf.floor is None or leaf.cap is None:
        return False
    return leaf.cap > leaf.floor if leaf.better == "higher" else leaf.cap < leaf.floor


def _dropped(plan: Plan, level: Mapping[str, Asked], prefix: str) -> Iterator[Found]:
    """Find criteria that the plan could not make, because their clause gives no number to compare with."""
    made = {leaf.id for _, leaf in leaves(plan)}
    for key, criterion in level.items():
        identity = f"{prefix}{key}"
        if criterion.sub:
            yield from _dropped(plan, criterion.sub, f"{identity}.")
        elif identity not in made:
            yield Found(
                f'"{criterion.title or key}" is scored but has no floor: "{criterion.source}" starts from no number.',
                plan.source.place(criterion_path(identity), identity),
                f'Give the parameter of "{criterion.source}" a value in the tender; that value is the floor.',
                {"criterion": identity},
            )


@rule(legal_basis="udbudsloven §§ 160-165", mark="unverified", rule_ids=("DK-CPC-06",))
def floor_scored(plan: Plan) -> Iterator[Found]:
    """The minimum requirement itself earns points, not only what is offered above it.

    Why: All bids must meet the minimum, so points for it part nobody and move the weight to something else. Offering
    exactly the minimum gives 0 points; what is above it, up to the cap, gives points.

    Source: Second reading of the sources; the sections from memory.

    Mend: Score the number with a model that starts at the floor, such as above-floor, and the answer on a scale whose
    lowest score is 0 and stands for the minimum requirements only.
    """
    reported = set()
    for lot, leaf in leaves(plan):
        if leaf.kind == "offer" and leaf.model is not None and _has_room(leaf) and not gives_value(leaf):
            assert leaf.floor is not None  # noqa: S101 - _has_room has seen both
            assert leaf.cap is not None  # noqa: S101 - as above
            points = model_points(leaf.model, (leaf.floor, leaf.cap), plan.specs[lot].points_top, leaf)[0]
            if points > 0 and leaf.id not in reported:
                reported.add(leaf.id)
                yield Found(
                    f'"{named(leaf)}": offering the floor of {format_number(leaf.floor, "en")} gives'
                    f" {format_number(points, 'en', 2)} points.",
                    plan.source.place((*criterion_path(leaf.id), "model"), leaf.id),
                    "Use a model that starts at the floor, such as above-floor.",
                    {"criterion": leaf.id, "points": str(points)},
                )
        elif leaf.scale is not None and leaf.scale.bottom > 0 and leaf.id not in reported:
            reported.add(leaf.id)
            yield Found(
                f'"{named(leaf)}": the lowest score of the scale "{leaf.scale_id}" is'
                f" {format_number(leaf.scale.bottom, 'en')}, so an answer that only meets the minimum seems to"
                " earn something.",
                plan.source.place((*criterion_path(leaf.id), "scale"), leaf.id),
                "Use a scale that starts at 0, for the minimum requirements only.",
                {"criterion": leaf.id, "scale": leaf.scale_id},
                level="warning",
            )


@rule(legal_basis="udbudsloven §§ 160 and 165", mark="verified", rule_ids=("DK-AWD-01", "DK-AWD-03"))
def scored_twice(plan: Plan) -> Iterator[Found]:
    """One answer, number or price earns points in two criteria.

    Why: What is counted twice weighs more than the published weight says, so the weights no longer tell bidders what
    counts.

    Source: The description of what counts (§ 160) and the published weights (§ 165), seen.

    Mend: Keep one of the criteria, and say in the description of the other that this answer plays no part there.
    """
    seen: dict[tuple[str, str, str], list[Criterion]] = defaultdict(list)
    for lot, leaf in leaves(plan):
        if leaf.kind == "price":
            for what in _priced(plan, lot, leaf):
                seen[lot, "", what].append(leaf)
        elif leaf.clause:
            chosen = plan.clause(leaf.clause)
            offers = chosen.clause.fields[leaf.field].offers if chosen else ""
            seen[lot, leaf.clause, f'the answer "{leaf.clause}.{offers or leaf.field}"'].append(leaf)
    reported = set()
    for (_, _, what), same in seen.items():
        ids = tuple(leaf.id for leaf in same)
        if len(same) > 1 and ids not in reported:
            reported.add(ids)
            names = " and ".join(f'"{named(leaf)}"' for leaf in same)
            yield Found(
                f"{names} score the same: {what}.",
                plan.source.place(criterion_path(ids[-1]), ids[-1]),
                "Keep one of them.",
                {"criteria": ", ".join(ids)},
            )


def _priced(plan: Plan, lot: str, leaf: Criterion) -> list[str]:
    """Give what a price criterion is about: the evaluated price, or its lines where some criterion looks at lines."""
    spec = plan.specs[lot]
    if not any(other.lines for other in spec.leaves()):
        return ["the evaluated price"]
    return [f'the price line "{line}"' for line in leaf.lines or [line.id for line in spec.price_lines]]
