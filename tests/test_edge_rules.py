"""The edges of every model: what its file says of one bid, equal bids, zero, below zero and beyond the span happens.

How edge rules are written into a formula, and which cases a formula leaves open, stands in test_model_edges.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
from model_harness import AWARD_MODELS, CRITERION_MODELS, MODELS, legal, made_up, subjects
from model_subject import Batch, Subject
from scoring_builders import library

from tenderkit.problems import TenderkitError

#: What a scale or a minimum requirement forbids anyway, whatever the model says.
OFF_SCALE = {"score-off-scale", "offer-below-floor"}

# What every file says


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("bids", [1, 2, 5])
def test_one_bid_and_equal_bids_get_what_the_file_says(name: str, bids: int) -> None:
    edges = library().model(name).edges
    rule = edges.single_bid if bids == 1 else edges.all_equal
    for subject in subjects(name):
        some = made_up(subject, np.random.default_rng(1), 12, 1)
        for row in range(12):
            one = some.row(row)
            answers = subject.answers(Batch(np.repeat(one.own, bids), tuple(np.repeat(p, bids) for p in one.points)))
            assert len({(answer.value, answer.rank) for answer in answers}) == 1
            assert answers[0].rank == (0 if answers[0].value is None else 1)
            assert rule == "by-formula" or answers[0].value == subject.question.points_top


@pytest.mark.parametrize("name", AWARD_MODELS)
def test_a_total_has_no_full_points_and_no_scale(name: str) -> None:
    edges = library().model(name).edges
    assert (edges.single_bid, edges.all_equal, edges.outside) == ("by-formula", "by-formula", "not-possible")


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("edge", ["zero", "negative"])
def test_zero_and_below_are_refused_or_have_a_result(name: str, edge: str) -> None:
    for subject in subjects(name):
        level, refused = subject.level, getattr(subject.definition.edges, edge) == "refused"
        column = {"offer": "offer", "score": "score"}.get(subject.definition.input, "price")
        for own in [0] if edge == "zero" else [-1, -level]:
            for numbers in ([own], [own, level], [level, own, level], [own, own], [own, own, own, level]):
                expected = {f"{column}-refused"} if refused else set()
                assert problems_of(subject, with_points(subject, numbers, subject.most)) == expected, numbers


@pytest.mark.parametrize("name", AWARD_MODELS)
def test_bids_without_points_are_refused_or_have_a_result(name: str) -> None:
    for subject in subjects(name):
        if subject.definition.edges.zero == "by-formula":
            level = subject.level
            for numbers in ([level], [level, level], [level, level + 5, 2 * level]):
                assert problems_of(subject, with_points(subject, numbers, 0)) == set()


def with_points(subject: Subject, numbers: list[int], points: int) -> Batch:
    """Give one tender with these own values, and so many points on every criterion of an award."""
    of_each = tuple(np.full(len(numbers), points) for _ in subject.question.criteria)
    return Batch(np.array(numbers), of_each)


def problems_of(subject: Subject, tender: Batch) -> set[str]:
    """Give what the engine says is wrong with a tender."""
    try:
        subject.answers(tender)
    except TenderkitError as error:
        return {problem.id for problem in error.problems} - OFF_SCALE
    return set()


@pytest.mark.parametrize("name", MODELS)
def test_every_bid_that_the_model_takes_has_a_result(name: str) -> None:
    dice = np.random.default_rng(20261122)
    for subject in subjects(name):
        for bids in (1, 2, 3, 6, 12):
            batch = made_up(subject, dice, 400, bids)
            without = np.flatnonzero(np.isnan(subject.values(batch)).any(axis=-1))
            assert [batch.row(row) for row in without[:3]] == []
            subject.answers(batch.row(0))


@pytest.mark.parametrize("name", CRITERION_MODELS)
def test_what_the_file_says_of_values_beyond_the_span_is_what_the_formula_does(name: str) -> None:
    """A span has an end where different values of one tender share it: full points, or 0; or else it is left.

    A model with both ends says that the points stay as they are at the end: that a value beyond the span gives 0 points
    would be wrong of a very good one.
    """
    ends = {end for subject in subjects(name) for tender in far_and_near(subject) for end in reached(subject, tender)}
    expected = "not-possible"
    for end, rule in (("lowest", "zero-points"), ("highest", "clamped"), ("left", "by-formula")):
        expected = rule if end in ends else expected
    assert library().model(name).edges.outside == expected


def far_and_near(subject: Subject) -> Iterator[Batch]:
    """Give tenders with two unequal values far up or down, among few others and among many."""
    level = subject.level
    for usual in (3, 40):
        some = legal(subject, level * np.arange(60, 60 + usual) // 60)
        for pair in ([level * 1000, level * 1001], [1, 2], [-level, -level * 2]):
            yield Batch(np.concatenate([some, legal(subject, np.array(pair))]))


def reached(subject: Subject, tender: Batch) -> Iterator[str]:
    """Give the ends of the scale that different values share, and whether any value leaves it."""
    if subject.definition.gives == "value":
        yield "left"  # there is no scale
        return
    top = subject.question.points_top
    shared: dict[Fraction, set[int]] = {}
    for number, answer in zip(tender.own, subject.answers(tender), strict=True):
        assert answer.exact is not None
        shared.setdefault(answer.exact, set()).add(int(number))
    if len(shared) == 1:  # nobody is inside the span, and all are treated alike
        return
    if any(not 0 <= points <= top for points in shared):
        yield "left"
    yield from (end for end, points in (("lowest", 0), ("highest", top)) if len(shared.get(Fraction(points), ())) > 1)
