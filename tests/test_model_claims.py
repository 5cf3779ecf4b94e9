"""What every model file claims, tried on thousands of made-up tenders: relative, monotone, linear, rank reversal.

A claim that something happens needs a case that the exact engine confirms; a claim that it never does must survive the
same search. The constants are those of the file's own examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from model_harness import MODELS, exists, legal, made_up, some, some_points, subjects
from model_subject import OUT, POINTS, Batch, Dice, Floats, Ints, Subject
from scoring_builders import library

from tenderkit.evaluation.traits import hangs_on_others, uses_price

Suspects = Iterator[tuple[Floats, Callable[[int], bool]]]

#: The price's share of the whole, where its points are added to those for quality.
SHARES = (Fraction(1, 2), Fraction(2, 5), Fraction(1, 5))


def others_move(subject: Subject, dice: Dice, count: int, bids: int) -> Suspects:
    """Look for a bid whose own result changes when all the others do."""
    before, after = (made_up(subject, dice, count, bids) for _ in range(2))
    after = after.with_own(0, before.own[:, 0])
    for criterion, points in enumerate(before.points):
        after = after.with_points(criterion, 0, points[:, 0])
    gap = np.abs(subject.goods(before)[:, 0] - subject.goods(after)[:, 0])
    yield gap, lambda row: subject.goodness(before.row(row))[0] != subject.goodness(after.row(row))[0]


def better_is_worse(subject: Subject, dice: Dice, count: int, bids: int) -> Suspects:
    """Look for a bid whose result falls when its price, offer or score gets better, or its points on a criterion."""
    batch = made_up(subject, dice, count, bids)

    def compared(better: Batch, worse: Batch) -> tuple[Floats, Callable[[int], bool]]:
        gap = subject.goods(worse)[:, 0] - subject.goods(better)[:, 0]
        return gap, lambda row: subject.goodness(worse.row(row))[0] > subject.goodness(better.row(row))[0]

    moved = moved_a_little_or_far(subject, dice, batch)
    low, high = np.minimum(batch.own[:, 0], moved), np.maximum(batch.own[:, 0], moved)
    better, worse = (low, high) if subject.less_is_better else (high, low)
    yield compared(batch.with_own(0, better), batch.with_own(0, worse))
    for criterion, points in enumerate(batch.points):
        other = some_points(subject, dice, (count, 1))[:, 0]
        low, high = np.minimum(points[:, 0], other), np.maximum(points[:, 0], other)
        better, worse = (low, high) if subject.counts_units else (high, low)
        yield compared(batch.with_points(criterion, 0, better), batch.with_points(criterion, 0, worse))


def moved_a_little_or_far(subject: Subject, dice: Dice, batch: Batch) -> Ints:
    """Give another value of the first bid: any, a little from its own, or that of the second bid or next to it."""
    own, second = batch.own[:, 0], batch.own[:, min(1, batch.own.shape[1] - 1)]
    any_other = some(subject, dice, (len(own), 1))[:, 0]
    step = dice.integers(-2, 3, own.shape)
    return legal(subject, np.choose(dice.integers(0, 3, own.shape), [any_other, own + step, second + step]))


def steps_differ(subject: Subject, dice: Dice, count: int, bids: int) -> Suspects:
    """Look for equal steps with unequal differences, strictly inside the scale where there is one.

    The steps are of the own value, or of points where an award model knows no price.
    """
    batch = made_up(subject, dice, count, bids)
    by_points = subject.award and not uses_price(subject.definition)
    another = (some_points if by_points else some)(subject, dice, (count, 1))[:, 0]
    ends = [(batch.points[0] if by_points else batch.own)[:, 0], another]
    low = np.minimum(*ends)
    step = (np.maximum(*ends) - low) // 2
    steps = [low + index * step for index in range(3)]
    three = [batch.with_points(0, 0, own) if by_points else batch.with_own(0, own) for own in steps]
    values = [subject.values(one)[:, 0] for one in three]
    scaled = not subject.award and subject.definition.gives == "points"
    inside = np.logical_and.reduce(
        [(value > 0) & (value < subject.top) if scaled else np.abs(value) < -OUT for value in values]
    )
    gap = np.where(inside, np.abs(values[0] - 2 * values[1] + values[2]) / np.maximum(1, np.abs(values[1])), 0)

    def confirm(row: int) -> bool:
        exact = [subject.answers(one.row(row))[0].exact for one in three]
        sound = [value for value in exact if value is not None and (not scaled or 0 < value < subject.top)]
        return len(sound) == 3 and sound[0] - sound[1] != sound[1] - sound[2]

    yield gap, confirm


# Rank reversal


def winner_leaves_with_a_loser(subject: Subject, dice: Dice, count: int, bids: int) -> Suspects:
    """Look for a tender in which the winner changes when a bid that lost leaves.

    An award model ranks by its own result. The points of a criterion are added to other points, which are any, or so
    that the two bids whose difference the leaving bid moves most come out nearly equal.
    """
    if bids < 3:
        return
    batch = made_up(subject, dice, count, bids)
    present = np.broadcast_to(~np.eye(bids, dtype=bool)[:, None, :], (bids, count, bids))
    before, after = subject.goods(batch), subject.goods(batch_of_each(batch, bids), present)
    if subject.award:
        yield flips(before, after, lambda row, loser: exact_flip(subject, batch.row(row), loser, None))
        return
    share = SHARES[int(dice.integers(0, len(SHARES)))]
    any_points = dice.integers(0, POINTS.whole(subject.question.points_top) + 1, (count, bids)) / 10
    for added in (any_points, decisive(before, after, float(share), subject.top)):

        def confirm(row: int, loser: int, added: Floats = added) -> bool:
            extra = [(1 - share) * Fraction(round(own * 10**4), 10**4) for own in added[row]]
            return exact_flip(subject, batch.row(row), loser, (share, extra))

        rest = float(1 - share) * added
        yield flips(float(share) * before + rest, float(share) * after + rest, confirm)


def batch_of_each(batch: Batch, bids: int) -> Batch:
    """Give the tenders once for each bid that may leave."""
    shape = (bids, *batch.own.shape)
    return Batch(np.broadcast_to(batch.own, shape), tuple(np.broadcast_to(points, shape) for points in batch.points))


def decisive(before: Floats, after: Floats, share: float, top: float) -> Floats:
    """Give other points with which two bids nearly tie: those whose difference a third bid's leaving moves most."""
    bids = before.shape[-1]
    moved, gone = before - after, np.isnan(after)
    high, low = np.where(gone, -np.inf, moved), np.where(gone, np.inf, moved)
    leaving, rows = np.argmax(high.max(axis=-1) - low.min(axis=-1), axis=0), np.arange(before.shape[0])
    gains, loses = high[leaving, rows].argmax(axis=-1), low[leaving, rows].argmin(axis=-1)
    differences = [side[rows, gains] - side[rows, loses] for side in (before, after[leaving, rows])]
    lead = np.clip(-share / (1 - share) * np.mean(differences, axis=0), -top, top)
    added = np.zeros((len(rows), bids))
    added[rows, gains], added[rows, loses] = top + np.minimum(lead, 0), top - np.maximum(lead, 0)
    return np.round(added, 4)


def flips(before: Floats, after: Floats, confirm: Callable[[int, int], bool]) -> tuple[Floats, Callable[[int], bool]]:
    """Tell how clearly the winner changes, in its lead before and in what it lacks after, for the best loser."""
    bids, rows = before.shape[-1], np.arange(before.shape[0])
    ordered = np.sort(before, axis=-1)
    lead = ordered[:, -1] - ordered[:, -2]
    winner = np.argmax(before, axis=-1)
    best = np.max(np.where(np.isnan(after), -np.inf, after), axis=-1)
    lacks = best - after[:, rows, winner]
    gap = np.where(np.isnan(lacks), 0, np.minimum(lacks, lead))
    loser = np.argmax(np.where(np.arange(bids)[:, None] == winner, 0, gap), axis=0)
    return gap[loser, rows], lambda row: confirm(row, int(loser[row]))


def exact_flip(subject: Subject, tender: Batch, loser: int, added: tuple[Fraction, list[Fraction]] | None) -> bool:
    """Tell whether a bid wins alone, and no longer when a loser has left."""
    share, extra = added or (Fraction(1), [Fraction(0)] * len(tender.own))
    before = [share * own + more for own, more in zip(subject.goodness(tender), extra, strict=True)]
    rest = extra[:loser] + extra[loser + 1 :]
    after = [share * own + more for own, more in zip(subject.goodness(tender.without(loser)), rest, strict=True)]
    winner = before.index(max(before))
    if before.count(max(before)) > 1 or winner == loser:
        return False
    return after[winner - (winner > loser)] < max(after)


CLAIMS: dict[str, tuple[Callable[[Subject, Dice, int, int], Suspects], bool]] = {
    "relative": (others_move, True),
    "monotone": (better_is_worse, False),
    "linear": (steps_differ, False),
    "rank_reversal": (winner_leaves_with_a_loser, True),
}


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("name", MODELS)
def test_the_claim_is_true(name: str, claim: str) -> None:
    suspects, claimed_when_found = CLAIMS[claim]
    claimed = getattr(library().model(name), claim)
    assert exists(subjects(name), suspects) == (claimed if claimed_when_found else not claimed)


@pytest.mark.parametrize("name", MODELS)
def test_the_engine_knows_which_results_hang_on_other_bids(name: str) -> None:
    """The engine reads it from the formula, which may be too careful but must not miss it."""
    definition = library().model(name)
    assert hangs_on_others(definition) or not definition.relative
    assert definition.relative or not definition.rank_reversal


@pytest.mark.parametrize(
    ("claim", "name", "changes"),
    [
        ("relative", "share-below-ceiling", {"formula": "S*MAX(0,1-P/b)-0.001*MIN(Ps)/b"}),
        ("relative", "weighted-richtwert", {"formula": "100*(quality-cost)+0.001*COUNT(Ps)*MIN(qs)"}),
        ("monotone", "z-score", {"all_equal": "full-points"}),
        ("monotone", "mean-centred", {"all_equal": "full-points"}),
        ("monotone", "share-below-ceiling", {"formula": "S*(1-P/b)+IF(P>700,S*2/1000,0)"}),
        ("monotone", "percent-of-own-price-deducted", {"formula": "P*(1-q/S*105%)"}),
        ("linear", "share-below-ceiling", {"formula": "S*(1-P/b)+ABS(P-0.7*b)/b/1000"}),
        ("linear", "willingness-to-pay", {"formula": "P-k*q+P*P/10^12"}),
        ("rank_reversal", "share-below-ceiling", {"formula": "S*(1-P/b)*(99+MIN(Ps)/b)/100"}),
        ("rank_reversal", "weighted-richtwert", {"cost": "wp*(0.9*P/r+0.1*P/MAX(Ps))"}),
    ],
)
def test_a_model_that_is_a_little_otherwise_is_found_out(claim: str, name: str, changes: dict[str, str]) -> None:
    definition = library().model(name)
    assert getattr(definition, claim) == (claim in {"monotone", "linear"}), "the model itself is sound"
    formula = changes.get("formula", definition.formula)
    steps = {step: changes.get(step, text) for step, text in definition.steps.items()}
    edges = definition.edges.model_copy(update={key: changes[key] for key in {"all_equal"} & set(changes)})
    changed = definition.model_copy(update={"formula": formula, "steps": steps, "edges": edges})
    suspects, _ = CLAIMS[claim]
    assert exists([replace(subject, definition=changed) for subject in subjects(name)], suspects)
