"""An award model at work: its stages in order, each over the bids still in, and then its formula.

A bid that a stage does not keep takes no part in what follows: no lowest price, best ratio or average counts it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tenderkit.evaluation.spec import Model
from tenderkit.formula.exact import Exact, conditions_for_bids, evaluate_bids
from tenderkit.formula.functions import OVER_CRITERIA
from tenderkit.formula.tree import Call, Compare, Name, Node, Table, walk

#: For each criterion, what ``SUM_CRITERIA`` and its kin run through: ``w``, ``a``, and for each bid ``p``.
Criteria = Sequence[Mapping[str, Exact | Sequence[Exact]]]
Columns = Mapping[str, Sequence[Fraction]]


@dataclass(frozen=True)
class Contest:
    """The bids that an award model looks at: their evaluated prices, and their points on each criterion."""

    prices: Sequence[Fraction]
    criteria: Criteria

    def only(self, places: Sequence[int]) -> Contest:
        """Give the contest of some of the bids."""
        criteria = [
            {
                name: [value[place] for place in places] if isinstance(value, Sequence) else value
                for name, value in criterion.items()
            }
            for criterion in self.criteria
        ]
        return Contest([self.prices[place] for place in places], criteria)


@dataclass(frozen=True)
class Played:
    """What an award model made of each bid, one entry for each: the stage that did not keep it, or its result.

    Attributes:
        stages: the stage at which a bid fell out; empty for a bid that is ranked.
        values: the exact result; None for a bid that fell out.
        steps: the model's derived quantities, by name, when the bid was last looked at.
    """

    stages: tuple[str, ...]
    values: tuple[Fraction | None, ...]
    steps: tuple[Mapping[str, Fraction], ...]


def constants(model: Model, points_top: Fraction) -> dict[str, Exact | Table]:
    """Give what a model's formulas know that is the same for all bids: its parameters, and ``S``."""
    return {"S": points_top, **model.parameters}


def columns(award: Model, points_top: Fraction, contest: Contest) -> dict[str, Sequence[Fraction]]:
    """Give each bid's price and the award model's derived quantities, by name.

    Raises:
        TenderkitError: a step has no value for these bids.
    """
    found: dict[str, Sequence[Fraction]] = {"P": contest.prices}
    for name, step in award.definition.step_trees.items():
        found[name] = evaluate_bids(step, found, constants(award, points_top), criteria=contest.criteria)
    return found


def kept(award: Model, stage: str, points_top: Fraction, contest: Contest) -> tuple[bool, ...]:
    """Tell for each bid still in whether a stage keeps it; the steps are calculated anew over these bids.

    Raises:
        TenderkitError: the condition has no value for these bids.
    """
    condition = award.definition.stage_trees[stage]
    known = columns(award, points_top, contest)
    return conditions_for_bids(condition, known, constants(award, points_top), criteria=contest.criteria)


def measured(
    award: Model, stage: str, points_top: Fraction, contest: Contest
) -> list[tuple[Fraction, Fraction]] | list[tuple[None, None]]:
    """Give for each bid still in what a stage compares: the bid's number and its limit, as the condition writes them.

    None for both where the condition is no plain comparison of a bid's number with a limit that is not the bid's own.
    """
    condition = award.definition.stage_trees[stage]
    if isinstance(condition, Compare) and condition.operator not in {"=", "<>"}:
        left, right = (_is_own(award, side) for side in (condition.left, condition.right))
        if left != right:
            own, limit = (condition.left, condition.right) if left else (condition.right, condition.left)
            known, fixed = columns(award, points_top, contest), constants(award, points_top)
            reached, needed = (evaluate_bids(side, known, fixed, criteria=contest.criteria) for side in (own, limit))
            return list(zip(reached, needed, strict=True))
    return [(None, None)] * len(contest.prices)


def _is_own(award: Model, side: Node) -> bool:
    """Tell whether a part of a condition is about one bid, and not only about constants and all bids."""
    own = {"P", *award.definition.steps}
    return any(
        (isinstance(part, Name) and part.name in own) or (isinstance(part, Call) and part.function in OVER_CRITERIA)
        for part in walk(side)
    )


def play(award: Model, points_top: Fraction, contest: Contest, formula: Node) -> Played:
    """Play the stages and then calculate the formula, for points that stay as they are when a bid falls out.

    Raises:
        TenderkitError: a step, a stage or the formula has no value for the bids it is about.
    """
    count = len(contest.prices)
    out: list[str] = [""] * count
    values: list[Fraction | None] = [None] * count
    steps: list[dict[str, Fraction]] = [{} for _ in range(count)]
    still = list(range(count))
    for stage in award.definition.stages:
        now = contest.only(still)
        _keep_steps(steps, still, columns(award, points_top, now))
        held = kept(award, stage, points_top, now)
        for place in (place for place, keep in zip(still, held, strict=True) if not keep):
            out[place] = stage
        still = [place for place in still if not out[place]]
    now = contest.only(still)
    known = columns(award, points_top, now)
    _keep_steps(steps, still, known)
    totals = evaluate_bids(formula, known, constants(award, points_top), criteria=now.criteria)
    for place, total in zip(still, totals, strict=True):
        values[place] = total
    return Played(tuple(out), tuple(values), tuple(steps))


def _keep_steps(steps: list[dict[str, Fraction]], still: Sequence[int], known: Columns) -> None:
    for name, column in known.items():
        if name != "P":
            for place, value in zip(still, column, strict=True):
                steps[place][name] = value
