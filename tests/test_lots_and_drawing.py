"""Combinations of lots by exact search, and drawing of lots that anybody can repeat."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderkit.evaluation import lots as lots_module
from tenderkit.evaluation.drawing import digits_needed, draw
from tenderkit.evaluation.lots import Offer, best_combination
from tenderkit.problems import TenderkitError

LOTS = ["nord", "syd", "øst"]


def single(bidder: str, lot: str, value: int) -> Offer:
    return Offer(bidder, frozenset({lot}), Fraction(value))


def problem_ids(error: pytest.ExceptionInfo[TenderkitError]) -> list[str]:
    return [problem.id for problem in error.value.problems]


# Combinations of lots


def test_a_package_that_is_cheaper_than_the_lots_apart_wins() -> None:
    """P22 of the catalogue: 100 + 110 = 210 against a package of 200."""
    apart = [single("a", "nord", 100), single("b", "syd", 110)]
    package = Offer("c", frozenset({"nord", "syd"}), Fraction(200))
    best = best_combination(["nord", "syd"], [*apart, package], "lower")
    assert [best.total, best.separate] == [200, 210]
    assert best.winner("syd") == "c"
    without = best_combination(["nord", "syd"], apart, "lower")
    assert without.total == 210
    assert (without.winner("nord"), without.winner("syd")) == ("a", "b")


def test_a_limit_gives_the_second_lot_to_the_next_best_where_that_costs_least() -> None:
    offers = [single("a", "nord", 100), single("a", "syd", 100), single("b", "nord", 130), single("b", "syd", 105)]
    assert best_combination(["nord", "syd"], offers, "lower").winner("syd") == "a"
    limited = best_combination(["nord", "syd"], offers, "lower", limit=1)
    assert (limited.winner("nord"), limited.winner("syd")) == ("a", "b")
    assert limited.total == 205


def test_as_many_lots_as_possible_are_awarded_and_a_lot_without_bids_is_told() -> None:
    offers = [single("a", "nord", 1), single("a", "syd", 1)]
    best = best_combination(LOTS, offers, "lower", limit={"a": 1})
    assert best.without in {("nord", "øst"), ("syd", "øst")}
    assert len(best.equal) == 1
    assert best_combination(LOTS, [], "higher").without == tuple(LOTS)


def test_the_order_of_the_offers_changes_nothing() -> None:
    offers = [single("b", "nord", 5), single("a", "nord", 5), single("a", "syd", 7)]
    assert best_combination(LOTS, offers, "higher") == best_combination(LOTS, offers[::-1], "higher")


def brute_force(offers: Sequence[Offer], limit: int) -> tuple[int, Fraction]:
    """Give the fewest lots left over and the lowest sum, from all subsets of the offers."""
    found = []
    for kept in product([False, True], repeat=len(offers)):
        chosen = [offer for offer, is_kept in zip(offers, kept, strict=True) if is_kept]
        won = [lot for offer in chosen for lot in offer.lots]
        counts = [sum(len(offer.lots) for offer in chosen if offer.bidder == name) for name in "abc"]
        if len(won) == len(set(won)) and max(counts) <= limit:
            found.append((len(LOTS) - len(won), sum((offer.value for offer in chosen), Fraction(0))))
    return min(found)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abc"), st.sets(st.sampled_from(LOTS), min_size=1).map(frozenset)),
        st.integers(0, 20),
        max_size=9,
    ),
    st.integers(1, 3),
)
def test_the_search_finds_what_trying_everything_finds(made: dict[tuple[str, frozenset[str]], int], limit: int) -> None:
    offers = [Offer(bidder, lots, Fraction(value)) for (bidder, lots), value in made.items()]
    best = best_combination(LOTS, offers, "lower", limit)
    assert (len(best.without), best.total) == brute_force(offers, limit)
    for chosen in best.equal:
        assert sum((offer.value for offer in chosen), Fraction(0)) == best.total


def test_ten_lots_with_sixty_bids_each_are_searched() -> None:
    lots = [str(number) for number in range(10)]
    offers = [
        single(f"b{bidder:02}", lot, 1000 + (bidder * 37 + int(lot) * 11) % 97) for bidder in range(60) for lot in lots
    ]
    assert len(best_combination(lots, offers, "lower", limit=2).chosen) == 10


def test_too_many_combinations_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lots_module, "MOST_STEPS", 10)
    offers = [single(bidder, lot, 5) for bidder in "abc" for lot in LOTS]
    with pytest.raises(TenderkitError) as caught:
        best_combination(LOTS, offers, "lower", limit=1)
    assert problem_ids(caught) == ["too-many-combinations"]


def test_wrong_offers_are_told_together() -> None:
    offers = [single("a", "vest", 1), single("b", "nord", 1), single("b", "nord", 2)]
    with pytest.raises(TenderkitError) as caught:
        best_combination(LOTS, offers, "lower", limit=0)
    assert set(problem_ids(caught)) == {"lot-unknown", "offer-repeated", "lot-limit-wrong"}


# Drawing of lots


def test_a_drawing_can_be_repeated_by_hand() -> None:
    """714233144 : 3 = 238077714 remainder 2; 238077714 : 2 = 119038857 remainder 0; then the last one."""
    rounds = draw(["alfa", "beta", "gamma"], "0714233144")
    assert [(r.number, r.left, r.quotient, r.remainder) for r in rounds] == [
        (714233144, 3, 238077714, 2),
        (238077714, 2, 119038857, 0),
        (119038857, 1, 119038857, 0),
    ]
    assert [r.bidder for r in rounds] == ["gamma", "alfa", "beta"]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_every_order_is_drawn_equally_often(count: int) -> None:
    listed = [str(number) for number in range(count)]
    start = 10 ** (digits_needed(count) - 1)
    many = 24 * 60
    orders = [tuple(r.bidder for r in draw(listed, str(start + number))) for number in range(many)]
    assert {orders.count(order) for order in set(orders)} == {many // len(set(orders))}
    assert len(set(orders)) == {2: 2, 3: 6, 4: 24}[count]


@pytest.mark.parametrize(
    ("listed", "number", "problem"),
    [
        (["a"], "0714233144", "drawing-list-wrong"),
        (["a", "a"], "0714233144", "drawing-list-wrong"),
        (["a", "b"], "1234", "drawing-number-wrong"),
        (["a", "b"], "12 34 56", "drawing-number-wrong"),
        (["a", "b"], "1" * 16, "drawing-number-wrong"),
        (["a", "b"], "١٢٣٤٥٦٧", "drawing-number-wrong"),
        ([str(number) for number in range(20)], "1" * 15, "drawing-too-many"),
    ],
)
def test_an_unfair_drawing_is_refused(listed: list[str], number: str, problem: str) -> None:
    with pytest.raises(TenderkitError) as caught:
        draw(listed, number)
    assert problem_ids(caught) == [problem]
