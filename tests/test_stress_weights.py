"""Who wins under other weights."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from scoring_builders import (
    a_bid,
    a_model,
    a_score,
    a_spec,
    agreed,
    cleaning_bids,
    cleaning_scores,
    cleaning_spec,
)

from tenderkit.evaluation.score import score
from tenderkit.stress.robust import weight_shares
from tenderkit.stress.weights import weight_wins

POINTS = np.random.default_rng(5).random((40, 8)) * 10


def test_two_opposite_bids_win_half_of_all_weights_each() -> None:
    found = weight_wins([[10, 0], [0, 10]], 20_000, seed=1)
    assert sum(found.wins) == 20_000
    assert found.shares[0] == pytest.approx(0.5, abs=0.01)


def test_weights_are_spread_evenly_over_all_that_sum_to_one() -> None:
    # The first bid wins where its criterion has more than two thirds of the weight: an area of one ninth.
    found = weight_wins([[1, 0, 0], [2 / 3, 2 / 3, 2 / 3]], 100_000, seed=2)
    assert found.shares[0] == pytest.approx(1 / 9, abs=0.004)


def test_a_dominated_bid_never_wins_and_equal_bids_share() -> None:
    found = weight_wins([[5, 5], [9, 1], [9, 1], [4, 4]], 5000, seed=1)
    assert found.wins[3] == 0
    assert found.wins[1] == found.wins[2] > 0
    assert sum(found.wins) == 5000


def test_bids_that_differ_only_where_there_is_no_weight_share() -> None:
    points = [[5.0, 1.0, 3.0], [5.0, 9.0, 3.0], [4.0, 9.0, 3.5]]
    found = weight_wins(points, 1000, seed=1, around=[0.7, 0, 0.3])
    assert found.wins[0] == found.wins[1] > found.wins[2]
    assert sum(found.wins) == 1000


def test_weights_that_do_not_move_let_equal_totals_share() -> None:
    # As floats 0.1 * 1 + 0.2 * 1 is a little more than 0.3 * 1.
    points = [[1, 1, 0], [0, 0, 1], [0, 1, 0]]
    assert weight_wins(points, 10, seed=1, around=[0.1, 0.2, 0.3], spread=0).wins == (5, 5, 0)


def test_the_same_seed_gives_the_same_wins_and_chunks_change_nothing() -> None:
    assert weight_wins(POINTS, 30_000, seed=3) == weight_wins(POINTS, 30_000, seed=3)
    assert weight_wins(POINTS, 30_000, seed=3) != weight_wins(POINTS, 30_000, seed=4)
    first, all_ = weight_wins(POINTS, 1000, seed=3), weight_wins(POINTS, 30_000, seed=3)
    assert all(few <= many for few, many in zip(first.wins, all_.wins, strict=True))


def test_around_the_published_weights_the_winner_is_mostly_the_same() -> None:
    weights = [0.4, 0.2, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05]
    winner = int((POINTS @ weights).argmax())
    assert weight_wins(POINTS, 500, seed=1, around=weights, spread=0).wins[winner] == 500
    near, far, any_ = (
        weight_wins(POINTS, 20_000, seed=1, around=weights, spread=0.1).shares[winner],
        weight_wins(POINTS, 20_000, seed=1, around=weights, spread=1).shares[winner],
        weight_wins(POINTS, 20_000, seed=1).shares[winner],
    )
    assert near > far > any_


def test_progress_ends_with_all_draws() -> None:
    told: list[tuple[int, int]] = []
    weight_wins(POINTS, 10_000, seed=1, progress=lambda *done: told.append(done))
    assert told[-1] == (10_000, 10_000)
    assert len(told) > 1


@pytest.mark.parametrize(
    ("points", "draws", "around", "spread"),
    [
        ([[]], 10, None, 0.5),
        ([[1.0, 2.0]], 0, None, 0.5),
        ([[1.0, 2.0]], 10, [1.0], 0.5),
        ([[1.0, 2.0]], 10, [0.0, 0.0], 0.5),
        ([[1.0, 2.0]], 10, [-0.1, 1.1], 0.5),
        ([[1.0, 2.0]], 10, [0.5, 0.5], 1.5),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    points: list[list[float]], draws: int, around: list[float] | None, spread: float
) -> None:
    with pytest.raises(ValueError, match=r"not|at least|for"):
        weight_wins(points, draws, 1, around, spread)


def peak(draws: int) -> int:
    tracemalloc.start()
    weight_wins(POINTS, draws, seed=1)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_memory_is_flat_up_to_a_hundred_thousand_draws() -> None:
    peak(1)
    assert peak(100_000) < 1.1 * peak(2000)
    assert peak(100_000) < 2_000_000


def test_a_real_result_tells_with_which_weights_each_bid_would_win() -> None:
    result = score(cleaning_spec(), cleaning_bids(), cleaning_scores())
    shares = weight_shares(result, draws=20_000)
    assert set(shares) == {item.bid.bidder for item in result.ranking}
    assert sum(shares.values()) == pytest.approx(1)
    assert result.winner is not None
    assert shares[result.winner.bid.bidder] == max(shares.values()) > 0.3
    money = a_spec([a_score("quality", "1", amount="500000")], award=a_model("quality-in-money"))
    bids = [a_bid("a", 100), a_bid("b", 200)]
    assert weight_shares(score(money, bids, agreed(a={"quality": 5}, b={"quality": 6}))) == {}
