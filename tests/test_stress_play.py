"""Made-up tenders played on arrays: as the exact engine does it, bounded in memory, and the same for the same seed."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import a_model, a_price, a_score, a_spec, an_offer, cleaning_spec, price_and_quality
from stress_builders import AWARD_MODELS, DEFINITIONS, MARKET, PRICE_MODELS, a_fitted, half_steps, line_spec, rich_spec

from tenderkit.evaluation.spec import EvaluationSpec, Model
from tenderkit.evaluation.traits import uses_price
from tenderkit.problems import TenderkitError
from tenderkit.stress.cases import bid_name, case_of, result_of, winner_of
from tenderkit.stress.draw import BLOCK, Drawn, draw, draw_blocks
from tenderkit.stress.market import Expected, Market, line_shares, simplified
from tenderkit.stress.play import Played, play
from tenderkit.stress.prepared import half_up

QUICK = settings(max_examples=25, derandomize=True, deadline=None)
CLOSE = 1e-9


def compare(spec: EvaluationSpec, drawn: Drawn, played: Played, row: int) -> str:
    """Hold one tender against the exact engine; tell which of its ways it went."""
    case = case_of(spec, drawn, row)
    result = result_of(case)
    if result is None:
        assert played.undefined[row] or played.near[row]
        return "undefined"
    assert not played.undefined[row]
    exact = {bid.bid.bidder: bid for bid in result.ranking}
    for index, bid in enumerate(case.bids):
        assert played.ranked[row, index] == (bid.name in exact)
        if bid.name in exact:
            own = exact[bid.name]
            assert played.exact[row, index] == pytest.approx(float(own.exact), rel=CLOSE, abs=CLOSE)
            for place, points in enumerate(own.points):
                assert played.points[row, index, place] == pytest.approx(float(points.points), rel=CLOSE, abs=CLOSE)
                assert played.weighted[row, index, place] == pytest.approx(float(points.weighted), rel=CLOSE, abs=CLOSE)
    if played.near[row]:
        return "near"
    for index, bid in enumerate(case.bids):
        if bid.name in exact:
            assert played.totals[row, index] == pytest.approx(float(exact[bid.name].total), rel=CLOSE, abs=CLOSE)
            assert played.ranks[row, index] == exact[bid.name].rank
        else:
            assert played.ranks[row, index] == 0
    winner = None if played.winner[row] < 0 else bid_name(int(played.winner[row]))
    assert winner == winner_of(result)
    return "told apart"


def compared(spec: EvaluationSpec, seed: int, market: Market = MARKET, tenders: int = 12) -> list[str]:
    drawn = draw(market, spec, tenders, seed)
    played = play(spec, drawn)
    return [compare(spec, drawn, played, row) for row in range(tenders)]


def an_award(name: str, price: str) -> EvaluationSpec:
    needs_criterion = not uses_price(DEFINITIONS[name])
    return rich_spec(a_fitted(price) if needs_criterion else None, a_fitted(name))


@pytest.mark.parametrize("name", PRICE_MODELS)
def test_every_price_model_plays_as_the_exact_engine(name: str) -> None:
    assert compared(rich_spec(a_fitted(name), a_model("weighted-sum")), seed=3).count("told apart") > 6


@pytest.mark.parametrize("name", AWARD_MODELS)
def test_every_award_model_plays_as_the_exact_engine(name: str) -> None:
    assert compared(an_award(name, "relative-linear"), seed=4).count("told apart") > 6


@QUICK
@given(
    st.sampled_from(PRICE_MODELS),
    st.sampled_from(AWARD_MODELS),
    st.sampled_from(["", "2/5", "7/10"]),
    st.sampled_from([None, 0, 1]),
    st.integers(min_value=0, max_value=3),
    st.integers(min_value=0, max_value=10**6),
)
def test_any_evaluation_plays_as_the_exact_engine(
    price: str, award: str, minimum: str, point_places: int | None, total_places: int, seed: int
) -> None:
    chosen = a_fitted(award)
    criterion = None if uses_price(chosen.definition) else a_fitted(price)
    spec = rich_spec(criterion, chosen, minimum=minimum, point_places=point_places, total_places=total_places)
    compared(spec, seed, tenders=6)


@QUICK
@given(st.integers(min_value=0, max_value=10**6))
def test_relative_scores_price_lines_and_numbers_as_offered_play_as_the_exact_engine(seed: int) -> None:
    best = Model("best-score-full-points", DEFINITIONS["best-score-full-points"])
    relative = replace(a_score("quality", "1/2"), scale=half_steps(), model=best)
    compared(a_spec([a_price("1/2", a_model("lowest-ratio")), relative]), seed)
    compared(line_spec(), seed)
    as_offered = Model("as-offered", DEFINITIONS["as-offered"])
    days = replace(an_offer("days", "1", "240", "150", better="lower"), model=as_offered, amount=Fraction(2))
    compared(a_spec([days], award=a_model("price-plus-time"), ties=("days", "lots-drawing"), total_places=0), seed)


def test_ties_are_parted_by_price_then_by_points_and_else_left_open() -> None:
    spec = price_and_quality("1/2", a_model("absolute-linear", lo="0", hi="1000"), total_places=0)
    given_ = np.array([[[500.0, 5], [510.0, 5]], [[500.0, 5], [500.0, 5]], [[400.0, 9], [900.0, 2]]])
    played = play(spec, Drawn(given_[..., :1], given_, np.ones((3, 2), dtype=bool)))
    assert played.tied.tolist() == [True, True, False]
    assert played.winner.tolist() == [0, -1, 0]
    assert played.ranks.tolist() == [[1, 2], [1, 1], [1, 2]]


def test_absent_bids_take_no_part() -> None:
    spec = simplified(cleaning_spec())
    drawn = draw(MARKET, spec, 50, 1)
    freak = replace(drawn, given=np.where(drawn.present[..., None], drawn.given, 1e-3))
    one, other = play(spec, drawn), play(spec, freak)
    assert (one.winner == other.winner).all()
    assert np.isnan(one.exact[~drawn.present]).all()
    assert (one.ranks[~drawn.present] == 0).all()


def test_halves_are_rounded_away_from_zero_although_floats_lie_below_them() -> None:
    assert half_up(np.array([1.005, 2.675, -0.125, 8.1649, 0.0]), 2).tolist() == [1.01, 2.68, -0.13, 8.16, 0.0]
    assert half_up(np.array([2.5, 3.5, -2.5]), 0).tolist() == [3.0, 4.0, -3.0]


# Drawing


def test_the_same_seed_gives_the_same_tenders_and_longer_runs_begin_with_shorter_ones() -> None:
    spec = cleaning_spec()
    few, many, other = draw(MARKET, spec, 30, 7), draw(MARKET, spec, BLOCK + 30, 7), draw(MARKET, spec, 30, 8)
    assert (few.given == many.given[:30]).all()
    assert (few.present == many.present[:30]).all()
    assert (few.amounts != other.amounts).any()
    assert len({float(block.amounts[0, 0, 0]) for block in draw_blocks(MARKET, spec, 3 * BLOCK, 7)}) == 3


def test_the_range_holds_the_middle_ninety_per_cent() -> None:
    spec = cleaning_spec()
    market = replace(MARKET, scores=Expected(Fraction(3, 10), Fraction(9, 10)), correlation=Fraction(1, 2))
    drawn = draw(market, spec, 4000, 1)
    prices = drawn.prices[drawn.present]
    below, above = (prices < 750).mean(), (prices > 1250).mean()
    assert below == pytest.approx(0.05, abs=0.01)
    assert above == pytest.approx(0.05, abs=0.01)
    scores = drawn.given[..., 1][drawn.present]
    assert set(np.unique(scores)) <= set(range(11))
    assert np.quantile(scores, [0.05, 0.95]).tolist() == [3.0, 9.0]
    assert 0.4 < np.corrcoef(np.log(prices), scores)[0, 1] < 0.55
    number = drawn.present.sum(axis=1)
    assert set(number.tolist()) == {3, 4, 5, 6}


def test_offers_lie_at_or_beyond_the_floor_in_both_directions() -> None:
    spec = rich_spec(a_model("lowest-ratio"), a_model("weighted-sum"))
    drawn = draw(MARKET, spec, 2000, 1)
    hours, days = drawn.given[..., 2][drawn.present], drawn.given[..., 3][drawn.present]
    assert hours.min() == 15
    assert hours.max() > 25
    assert days.max() == 24
    assert 0 <= days.min() < 4
    assert (np.rint(hours * 2) == hours * 2).all()


def test_a_criterion_may_have_expectations_of_its_own() -> None:
    market = replace(MARKET, by_criterion={"quality.K1": Expected(Fraction(0), Fraction(1, 10))})
    drawn = draw(market, cleaning_spec(), 500, 1)
    assert drawn.given[..., 1][drawn.present].max() <= 2 < drawn.given[..., 2][drawn.present].mean()


def test_price_lines_share_the_evaluated_price_below_their_ceilings() -> None:
    spec = line_spec()
    assert line_shares(MARKET, spec) == (0.55, 0.45)  # 90 % of a ceiling of 500 kr. on a price of 1000 kr.
    drawn = draw(MARKET, spec, 2000, 1)
    assert drawn.amounts[..., 1].max() == 500
    assert (drawn.given[..., 0] == drawn.amounts[..., 0]).all()
    other = replace(MARKET, line_shares={"A": Fraction(9), "H": Fraction(1)})
    assert draw(other, spec, 2000, 1).amounts[..., 1].mean() == pytest.approx(100, rel=0.1)


@pytest.mark.parametrize(
    ("market", "wrong"),
    [
        (replace(MARKET, price=Expected(Fraction(0), Fraction(10))), "market-price-range"),
        (replace(MARKET, price=Expected(Fraction(10), Fraction(10))), "market-price-range"),
        (replace(MARKET, bids=(0, 3)), "market-number-of-bids"),
        (replace(MARKET, bids=(5, 3)), "market-number-of-bids"),
        (replace(MARKET, correlation=Fraction(2)), "market-correlation"),
        (replace(MARKET, scores=Expected(Fraction(1), Fraction(0))), "market-range-empty"),
        (replace(MARKET, by_criterion={"qality": MARKET.scores}), "market-unknown-name"),
        (replace(MARKET, line_shares={"Z": Fraction(1)}), "market-unknown-name"),
        (replace(MARKET, line_shares={"A": Fraction(0)}), "market-line-share"),
    ],
)
def test_a_market_that_cannot_be_simulated_says_why(market: Market, wrong: str) -> None:
    with pytest.raises(TenderkitError) as caught:
        draw(market, price_and_quality("1/2", a_model("lowest-ratio")), 10, 1)
    assert wrong in {problem.id for problem in caught.value.problems}


# Memory


def peak(tenders: int) -> int:
    """Give the most memory that drawing and playing so many tenders needs at a time, in bytes."""
    spec = simplified(cleaning_spec())
    tracemalloc.start()
    for drawn in draw_blocks(MARKET, spec, tenders, 1):
        play(spec, drawn)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_tenders() -> None:
    peak(BLOCK)
    assert peak(6 * BLOCK) < 1.2 * peak(BLOCK)


def test_many_bids_are_played_in_chunks() -> None:
    market = replace(MARKET, bids=(120, 120))
    spec = simplified(cleaning_spec())
    drawn = draw(market, spec, 300, 1)
    tracemalloc.start()
    played = play(spec, drawn)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(played) == 300
    assert most < 200_000_000  # 300 times 120 times 120 pairs of floats would be 35 MB an array
    half = play(spec, drawn.rows(slice(0, 7)))
    assert (played.winner[:7] == half.winner).all()
