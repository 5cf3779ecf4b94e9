"""The bids' way through minimums and stages, as the engine played it: who was in when, and with which numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.awarding import Contest, columns
from tenderkit.evaluation.field import Field, enter
from tenderkit.evaluation.minimum import STAGE, alone
from tenderkit.evaluation.score import criterion_values
from tenderkit.evaluation.spec import Result


@dataclass(frozen=True)
class Course:
    """The bids that were in, step by step.

    Attributes:
        everyone: all admitted bids, with the points that hang on the bid alone.
        entered: for each stage of the award model, the bids that it looked at.
        left: the bids in the ranking.
    """

    everyone: Field
    entered: Mapping[str, Field]
    left: Field


def course(outcome: Result, scores: Mapping[tuple[str, str], Decimal]) -> Course:
    """Give the course of a lot's bids; ``scores`` has the agreed scores of all admitted bids.

    Raises:
        ValueError: a score is missing.
    """
    spec = outcome.spec
    out: dict[str, set[str]] = {}
    for item in outcome.eliminated:
        out.setdefault(item.stage, set()).add(item.bid.bidder)
    bids = {bid.bidder: bid for bid in (*(x.bid for x in outcome.ranking), *(x.bid for x in outcome.eliminated))}
    scored = [leaf.id for leaf in spec.leaves() if leaf.kind == "score"]
    if any((bidder, name) not in scores for bidder in bids for name in scored):
        raise ValueError("the agreed scores of all admitted bids are needed")
    everyone = enter(spec, [bids[name] for name in sorted(bids)], scores)
    everyone = everyone.scored(leaf for leaf in spec.leaves() if alone(leaf))
    field = everyone.without(out.get(STAGE, set())).scored(spec.leaves())
    entered = {}
    for stage in spec.award.definition.stages:
        entered[stage] = field
        field = field.without(out.get(stage, set())).scored(spec.leaves())
    return Course(everyone, entered, field)


def award_steps(field: Field) -> dict[str, dict[str, Fraction]]:
    """Give the award model's derived quantities over the bids of a field: by name, then by bidder."""
    spec = field.spec
    if not field.bids:
        return {name: {} for name in spec.award.definition.steps}
    contest = Contest(field.prices, [criterion_values(leaf, field.points[leaf.id]) for leaf in spec.leaves()])
    found = columns(spec.award, spec.points_top, contest)
    return {name: by_bidder(field, found[name]) for name in spec.award.definition.steps}


def by_bidder(field: Field, column: Sequence[Fraction]) -> dict[str, Fraction]:
    """Give a column by bidder."""
    return {bid.bidder: value for bid, value in zip(field.bids, column, strict=True)}
