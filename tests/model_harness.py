"""Made-up bids for model files, and the search in them.

A search with floats proves nothing by itself: what it suspects is calculated again, exactly, before it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache

import numpy as np
from model_subject import POINTS, Batch, Dice, Floats, Ints, Subject, magnitude
from scoring_builders import library

from tenderkit.evaluation.points import limits_of
from tenderkit.library.model import ModelExample

MODELS = library().ids("model")
CRITERION_MODELS = [name for name in MODELS if library().model(name).role == "criterion"]
AWARD_MODELS = [name for name in MODELS if library().model(name).role == "award"]

#: How many made-up tenders a turn of the search has, how many turns there are, how many of a turn are confirmed, and
#: how many bids the tenders have.
CASES, TURNS, CONFIRMED = 2000, 20, 4
BIDS = (3, 4, 2, 5, 12, 7)


@cache
def subjects(name: str) -> tuple[Subject, ...]:
    """Give a model with the constants of each of its examples; those of one size with the same constants go together."""
    definition = library().model(name)
    found: dict[str, tuple[ModelExample, ...]] = {}
    for example in definition.examples:
        given, size = example.given, magnitude(Subject(name, definition, (example,)).usual)
        key = repr((size, given.points_top, given.parameters, given.floor, given.cap, given.criteria))
        found[key] = (*found.get(key, ()), example)
    return tuple(Subject(name, definition, seeds) for seeds in found.values())


def made_up(subject: Subject, dice: Dice, count: int, bids: int) -> Batch:
    """Give tenders that the model's edge rules allow: usual ones, ties, outliers, limits, zero where it may be.

    The first are those of the model's own examples that have so many bids.
    """
    shape = (count, bids)
    batch = Batch(
        some(subject, dice, shape), tuple(some_points(subject, dice, shape) for _ in subject.question.criteria)
    )
    examples = [seed.given.bids for seed in subject.seeds if len(seed.given.bids) == bids][:count]
    for row, given in enumerate(examples):
        own = [subject.own_value(bid) or Decimal(0) for bid in given]
        batch.own[row] = legal(subject, np.array([subject.grid.whole(value) for value in own]))
        for name, points in zip(subject.question.criteria, batch.points, strict=True):
            points[row] = [POINTS.whole(bid.points.get(name, Decimal(0))) for bid in given]
    return batch


def typical(subject: Subject, dice: Dice) -> Iterator[Batch]:
    """Give one bid, equal bids, ties, outliers, zero and below where they may be, and close prices, each once."""
    level = subject.level
    rows = [[level], [level] * 3, [level * 5 // 4, level, level, level * 5 // 4, level * 3 // 2]]
    rows += [[0, level, level * 3 // 2], [level, 0, 0, level], [-level // 2, level, level * 2]]
    rows += [[level, level * 9 // 8, level * 50], [level // 50, level, level * 9 // 8]]
    rows += [[level, level + 1], [level, level + 1, level + 3, level * 2]]
    for row in rows:
        shape = (1, len(row))
        points = tuple(some_points(subject, dice, shape)[0] for _ in subject.question.criteria)
        yield Batch(legal(subject, np.array(row)), points)


def some(subject: Subject, dice: Dice, shape: tuple[int, int]) -> Ints:
    """Give own values, of one kind in each row, and in half the rows one bid unlike the others."""
    level = subject.level
    usual = dice.integers(level // 2, level * 5 // 2 + 2, shape)
    tight = level + dice.integers(-(level // 20), level // 20 + 1, shape)
    coarse = level * dice.integers(6, 17, shape) // 10
    equal = np.broadcast_to(usual[:, :1], shape)
    given = dice.choice([subject.grid.whole(value) for value in subject.given], shape)
    odd = dice.choice(special(subject), shape)
    kinds = [usual, tight, coarse, equal, given, np.broadcast_to(odd[:, :1], shape), odd]
    base = np.choose(dice.choice(7, (shape[0], 1), p=[0.25, 0.15, 0.25, 0.1, 0.15, 0.05, 0.05]), kinds)
    lonely = dice.integers(0, 2 * shape[1], (shape[0], 1)) == np.arange(shape[1])
    return legal(subject, np.where(lonely, odd, base))


def some_points(subject: Subject, dice: Dice, shape: tuple[int, int]) -> Ints:
    """Give points on a criterion: any, whole ones, equal ones, and none or all."""
    any_points = dice.integers(0, subject.most + 1, shape)
    kinds = [any_points, any_points // 10 * 10, np.broadcast_to(any_points[:, :1], shape), any_points]
    points = np.choose(dice.integers(0, 4, (shape[0], 1)), kinds)
    ends = np.where(dice.random(shape) < 0.5, 0, subject.most)
    return np.where(dice.random(shape) < 0.08, ends, points)


def special(subject: Subject) -> list[int]:
    """Give outliers, the limits that the constants set, and what lies beside them; zero, and below."""
    level = subject.level
    limits = [subject.grid.whole(value) for value in amounts(subject)]
    limits = [limit for limit in limits if abs(limit) <= 100 * level]
    near = [number + step for number in (level, *limits) for step in (-1, 0, 1)]
    return [level // 50, level // 10, level * 8, level * 40, level // 2, level, 0, 0, -level, -1, *near]


def amounts(subject: Subject) -> Iterator[Fraction]:
    """Give the constants that are values of the kind that bids have."""
    kind = "money" if subject.definition.input in {"price", "bids"} else "number"
    for name, value in subject.question.model.parameters.items():
        parameter = subject.definition.parameters[name]
        if isinstance(value, tuple):
            yield from (edge for edge, _ in value if (parameter.rows or ("",))[0] == kind)
        elif parameter.type == kind:
            yield value
    yield from limits_of(subject.limits).values()


def legal(subject: Subject, numbers: Ints) -> Ints:
    """Move numbers to where the model, or the scale, allows them."""
    edges = subject.definition.edges
    if edges.negative == "refused" or subject.definition.input == "score":
        numbers = np.maximum(numbers, 0)
    if edges.zero == "refused":
        numbers = np.where(numbers == 0, 1, numbers)
    if subject.definition.input == "score":
        numbers = np.minimum(numbers, POINTS.whole(subject.question.points_top))
    floor, cap = (
        None if limit is None else subject.grid.whole(limit) for limit in (subject.limits.floor, subject.limits.cap)
    )
    cap = cap if subject.definition.gives == "value" else None  # what lies beyond it counts as the cap
    low, high = (cap, floor) if subject.limits.better == "lower" else (floor, cap)
    if low is not None:
        numbers = np.maximum(numbers, low)
    if high is not None:
        numbers = np.minimum(numbers, high)
    return np.asarray(numbers, dtype=np.int64)


def exists(
    of: Sequence[Subject], suspects: Callable[[Subject, Dice, int, int], Iterator[tuple[Floats, Callable[[int], bool]]]]
) -> bool:
    """Search made-up tenders for a case, and tell whether the exact engine confirms one.

    ``suspects`` makes tenders and gives, for each way to look at them, how far each is from the claim and what
    calculates one of them exactly; the farthest of each are calculated, those of float noise too.
    """
    dice = np.random.default_rng(20261122)
    for turn in range(max(TURNS, len(of))):
        bids = BIDS[(turn + turn // len(BIDS)) % len(BIDS)]
        for found, confirm in suspects(of[turn % len(of)], dice, CASES, bids):
            gap = np.where(np.isnan(found), 0.0, found)
            farthest = np.argsort(-gap, kind="stable")[:CONFIRMED]
            if any(confirm(int(row)) for row in farthest if gap[row] > 0):
                return True
    return False
