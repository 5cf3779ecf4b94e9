"""What the stress test measures, on the catalogue's own counter-examples (section 3) and on sound cases."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from scoring_builders import (
    a_model,
    a_price,
    a_score,
    a_spec,
    an_offer,
    cleaning_spec,
    hundred,
    library,
    price_and_quality,
)
from stress_builders import DEFINITIONS, MARKET, PRICE_MODELS, a_case, a_fitted, line_spec, rich_spec

from tenderkit.evaluation.spec import EvaluationSpec, Model, Result
from tenderkit.library.model import Scale
from tenderkit.stress.alternatives import choices
from tenderkit.stress.cases import Case, clear_winner, result_of, winner_of
from tenderkit.stress.collapse import Collapse, CollapseTally
from tenderkit.stress.costs import point_costs
from tenderkit.stress.deciding import Decision
from tenderkit.stress.draw import BLOCK, Drawn
from tenderkit.stress.extremes import extremes
from tenderkit.stress.fragile import hanging_in, unrounded
from tenderkit.stress.market import Market, expected_market, simplified
from tenderkit.stress.measures import Measures, measure
from tenderkit.stress.play import play
from tenderkit.stress.prepared import prepared
from tenderkit.stress.removal import Flip, flip_in
from tenderkit.stress.shares import SpreadTally
from tenderkit.stress.shrink import shrink
from tenderkit.stress.spots import is_flat, jump_between, moved, rises, smallest_plateau
from tenderkit.stress.variants import change_between, compare

FEW = 400
ABSOLUTE = {"lo": "100", "hi": "400"}


def fifty(model: Model, **more: object) -> EvaluationSpec:
    """Price and quality with equal weights and quality from 0 to 100, on 100 points, as the catalogue has it."""
    return weighted(model, "1/2", **more)  # type: ignore[arg-type]


def weighted(model: Model, price: str, scale: Scale | None = None, **more: object) -> EvaluationSpec:
    quality = a_score("quality", str(1 - Fraction(price)), scale=scale or hundred())
    return a_spec([a_price(price, model), quality], **{"points_top": 100, **more})  # type: ignore[arg-type]


def bids(spec: EvaluationSpec, *rows: tuple[object, object]) -> Case:
    return a_case(spec, [(price, {"quality": quality}) for price, quality in rows])


def drawn_of(case: Case) -> Drawn:
    """Give a case with a price and a quality criterion as arrays."""
    given = np.array([[[float(bid.price), float(bid.given["quality"])] for bid in case.bids]])
    return Drawn(given[..., :1], given, np.ones(given.shape[:2], dtype=bool))


def totals(result: Result | None, places: int = 2) -> list[float]:
    assert result is not None
    by_name = {bid.bid.bidder: bid.exact for bid in result.ranking}
    return [round(float(by_name[name]), places) for name in sorted(by_name)]


def exactly(*values: int | str) -> tuple[Fraction, ...]:
    return tuple(Fraction(value) for value in values)


def steps_of(step: str) -> Scale:
    ends = [{"score": score, "text": {"da": "-", "en": "-"}} for score in ("0", "10")]
    return Scale.model_validate({"title": {"da": "0-10", "en": "0-10"}, "step": step, "levels": ends})


def few(spec: EvaluationSpec, market: Market = MARKET, **more: object) -> Measures:
    return measure(spec, market, **{"tenders": FEW, **more})  # type: ignore[arg-type]


# P01 and P05: collapse and plateaus


def collapse(spec: EvaluationSpec, case: Case) -> Collapse:
    ready = prepared(simplified(spec))
    tally = CollapseTally(ready, 0)
    tally.add(drawn_of(case), play(spec, drawn_of(case)))
    return tally.result()


def test_p01_a_span_that_is_too_narrow_is_counted_as_collapse() -> None:
    narrow = fifty(a_model("relative-linear", X="1/10"), points_top=10)
    rows = [(410, 50), (455, 50), (520, 50), (600, 50)]
    found = collapse(narrow, bids(narrow, *rows))
    assert (found.tenders, found.bids, found.at_zero, found.at_top) == (1, 4, 3, 1)
    assert (found.several_at_zero, found.equal, found.all_but_one) == (1, 1, 1)
    sound = fifty(a_model("relative-linear", X="1"), points_top=10)
    found = collapse(sound, bids(sound, *rows))
    assert (found.at_zero, found.several_at_zero, found.equal, found.all_but_one) == (0, 0, 0, 0)
    assert found.range == pytest.approx(190 / 410)


def test_p01_on_made_up_tenders() -> None:
    narrow, sound = (few(fifty(a_model("relative-linear", X=x))).collapses[0] for x in ("1/10", "2"))
    assert narrow.several_at_zero > 0.6 * narrow.tenders
    assert narrow.all_but_one > 0.3 * narrow.tenders
    assert (sound.at_zero, sound.equal) == (0, 0)


def test_p05_prices_beyond_the_ends_of_an_absolute_scale_gain_nothing() -> None:
    spec = fifty(a_model("absolute-linear", lo="900", hi="1500"), points_top=40)
    case = bids(spec, (640, 50), (1200, 50))
    move = moved("price", case, Decimal(900))
    assert is_flat(move)
    assert move is not None
    assert [move.at_low, move.at_high] == [Fraction(40)] * 2
    assert not is_flat(moved("price", case, Decimal(901)))
    plateau = smallest_plateau("price", case, Decimal(900))
    assert plateau is not None
    assert is_flat(plateau)
    assert plateau.high / plateau.low >= 1 + Fraction(900 - 640, 640) * Fraction(9, 10)


def test_p05_on_made_up_tenders() -> None:
    (scan,) = few(fifty(a_model("absolute-linear", lo="900", hi="1500"))).scans
    assert scan.flat == pytest.approx((900 - 750) / 500, abs=0.03)
    assert scan.plateau is not None
    assert scan.plateau.at_low == scan.plateau.at_high == 100
    assert scan.plateau.high <= 900
    (sound,) = few(fifty(a_model("absolute-linear-unclamped", lo="900", hi="1500"))).scans
    assert (sound.flat, sound.plateau, sound.rise, sound.jump) == (0, None, None, None)


# P03 and P08: prices that are better when they are higher


def test_p03_a_price_that_trips_the_fallback_is_better_than_a_lower_one() -> None:
    spec = fifty(a_model("relative-linear-fallback", X1="1/2", X2="1"))
    case = bids(spec, (145, 20), (100, 50))
    move = moved("price", case, Decimal(155))
    assert rises(move)
    assert move is not None
    assert (move.at_low, move.at_high) == (Fraction(10), Fraction(45))
    jump = jump_between("price", case, Decimal(155), spec.points_top)
    assert jump is not None
    assert (jump.low, jump.high) == (Fraction(150), Fraction("150.01"))


def test_p08_closeness_to_the_mean_rewards_a_higher_price() -> None:
    spec = fifty(a_model("closeness-to-mean"))
    case = bids(spec, (90, 50), (100, 50), (125, 50))
    before = result_of(case)
    assert before is not None
    assert [round(float(bid.on("price").points), 1) for bid in sorted(before.ranking, key=lambda b: b.bid.bidder)] == [
        85.7,
        95.2,
        81.0,
    ]
    move = moved("price", case, Decimal(105))
    assert rises(move)
    assert move is not None
    assert round(float(move.at_high), 1) == 95.5
    assert winner_of(move.after) == "A"


@pytest.mark.parametrize(
    ("model", "rising"),
    [
        (a_model("closeness-to-mean"), True),
        (a_model("relative-linear-fallback", X1="1/4", X2="1"), True),
        (a_model("relative-linear", X="1/2"), False),
        (a_model("lowest-ratio"), False),
        (a_model("z-score"), False),
    ],
)
def test_p08_on_made_up_tenders(model: Model, *, rising: bool) -> None:
    (scan,) = few(fifty(model)).scans
    assert (scan.rising > 0) == rising
    assert (scan.rise is not None) == rising
    if scan.rise is not None:
        assert scan.rise.high > scan.rise.low
        assert scan.rise.at_high > scan.rise.at_low
        assert result_of(scan.rise.case) == scan.rise.before


def test_one_krone_can_cost_a_whole_step() -> None:
    scans = few(fifty(a_fitted("price-bands"))).scans
    assert scans[0].jump is not None
    assert scans[0].jump.high - scans[0].jump.low <= Fraction(1, 50)
    assert scans[0].jump.at_low - scans[0].jump.at_high == 25
    assert few(fifty(a_model("lowest-ratio"))).scans[0].jump is None


# P06: removal of losers

REVERSALS = [
    (a_model("lowest-ratio"), "1/2", [(120, 45), (260, 82), (60, 5)], [47.50, 52.54, 52.50], [72.50, 64.08]),
    (a_model("min-max"), "2/5", [(100, 40), (120, 75), (380, 10)], [64.00, 82.14, 6.00], [64.00, 45.00]),
    (
        a_model("relative-linear", X="1"),
        "1/2",
        [(180, 40), (250, 88), (140, 5)],
        [55.71, 54.71, 52.50],
        [70.00, 74.56],
    ),
    (
        a_model("mean-centred", X="1/2"),
        "1/2",
        [(100, 40), (180, 85), (380, 10)],
        [70.00, 76.59, 5.00],
        [59.29, 53.21],
    ),
]


@pytest.mark.parametrize(("model", "price", "rows", "before", "after"), REVERSALS)
def test_p06_a_loser_that_leaves_changes_who_wins(
    model: Model, price: str, rows: Sequence[tuple[object, object]], before: list[float], after: list[float]
) -> None:
    spec = weighted(model, price)
    flip = flip_in(bids(spec, *rows))
    assert flip is not None
    assert flip.removed == "C"
    assert totals(flip.before) == before
    assert totals(flip.after) == after
    assert {clear_winner(flip.before), clear_winner(flip.after)} == {"A", "B"}


def test_p06_with_an_absolute_scale_nothing_flips() -> None:
    spec = fifty(a_model("absolute-linear", **ABSOLUTE))
    case = bids(spec, (120, 45), (260, 82), (60, 5))
    assert flip_in(case) is None
    assert totals(result_of(case))[:2] == [69.17, 64.33] == totals(result_of(case.without("C")))


def confirmed(flip: Flip | None) -> Flip:
    assert flip is not None
    assert flip_in(flip.case) == flip
    assert result_of(flip.case) == flip.before
    assert result_of(flip.case.without(flip.removed)) == flip.after
    assert (clear_winner(flip.before), clear_winner(flip.after)) == ("A", "B")
    return flip


@pytest.mark.parametrize(("model", "least"), [("min-max", 0.05), ("rank-points", 0.1), ("mean-centred", 0.01)])
def test_p06_on_made_up_tenders_with_a_small_example(model: str, least: float) -> None:
    found = few(fifty(a_fitted(model))).removals
    assert found.share > least
    assert found.usual
    flip = confirmed(found.example)
    assert flip.case.names == ("A", "B", "C")
    assert all(len(str(bid.price).rstrip("0")) <= 3 for bid in flip.case.bids)


def test_p06_a_rare_reversal_is_searched_in_a_wider_market() -> None:
    near = expected_market(Fraction(1000), Fraction(1, 50))
    found = few(fifty(a_model("relative-linear", X="1")), near).removals
    assert found.changed == 0
    assert not found.usual
    confirmed(found.example)


@pytest.mark.parametrize("model", ["absolute-linear-unclamped", "share-below-ceiling", "reference-ratio"])
def test_p06_absolute_models_never_flip(model: str) -> None:
    found = few(fifty(a_fitted(model)), seed=5).removals
    assert (found.changed, found.example, found.usual) == (0, None, True)


# P07: weights that decide, and what points cost


def test_p07_the_realised_share_of_the_price_is_far_from_its_weight() -> None:
    spec = weighted(a_model("lowest-ratio"), "3/5", scale=steps_of("1"))
    case = bids(spec, (980, 3), (1000, 5), (1015, 8), (1030, 10))
    result = result_of(case)
    assert winner_of(result) == "D"
    assert totals(result, 1)[-1] == 97.1
    tally = SpreadTally(prepared(case.spec), top=False)
    tally.add(drawn_of(case), play(case.spec, drawn_of(case)))
    price, quality = tally.result()
    assert (price.stated, quality.stated) == (Fraction(3, 5), Fraction(2, 5))
    assert (round(price.spread, 1), round(quality.spread, 1)) == (2.9, 28.0)
    assert round(price.realised, 2) == 0.09
    assert price.realised + quality.realised == pytest.approx(1)


def test_p07_shares_of_an_award_in_kroner_include_its_price() -> None:
    spec = rich_spec(None, a_model("quality-in-money"))
    found = {share.criterion: share for share in few(spec).groups}
    assert set(found) == {"quality", "social", "evaluated-price"}
    assert all(share.stated is None for share in found.values())
    assert sum(share.realised for share in found.values()) == pytest.approx(1)
    with_weights = few(rich_spec(None, a_fitted("coefficient")))
    assert {share.criterion: share.stated for share in with_weights.criteria}["evaluated-price"] == Fraction(1, 2)


@pytest.mark.parametrize(("slope", "share"), [("1/4", "3.75"), ("1/2", "7.5"), ("1", "15")])
def test_p07_a_point_of_quality_buys_a_share_of_the_lowest_price(slope: str, share: str) -> None:
    market = expected_market(Fraction(1000), Fraction(1, 20))
    spec = price_and_quality("2/5", a_model("relative-linear", X=slope))
    (cost,) = point_costs(spec, market)
    assert cost.one == Fraction(share) / 100 * 950
    assert cost.exact


@pytest.mark.parametrize(("lead", "dearer"), [("6/46", "18"), ("18/58", "82"), ("30/70", "300")])
def test_p07_with_the_ratio_a_large_lead_buys_any_price(lead: str, dearer: str) -> None:
    # A full lead at these weights is a lead of 10, 30 and 50 percentage points at 40/60.
    (cost,) = point_costs(price_and_quality(str(1 - Fraction(lead)), a_model("lowest-ratio")), MARKET)
    assert cost.full is not None
    assert round(float(cost.full / 750 * 100)) == int(dearer)
    (any_price,) = point_costs(price_and_quality("2/5", a_model("lowest-ratio")), MARKET)
    assert any_price.counts
    assert any_price.full is None


def test_costs_of_groups_and_of_awards_in_kroner_are_exact() -> None:
    costs = {cost.criterion: cost for cost in point_costs(rich_spec(None, a_model("quality-in-money")), MARKET)}
    exact = {name: (float(cost.one or 0), float(cost.full or 0)) for name, cost in costs.items()}
    assert exact == {
        "quality": (30, 300),
        "social": (15, 150),
        "social.hours": (10, 100),
        "social.days": (5, 50),
    }
    assert all(cost.exact for cost in costs.values())
    without = price_and_quality("1", a_model("lowest-ratio"))
    assert [(cost.one, cost.counts) for cost in point_costs(without, MARKET)] == [(None, False)]


def days_spec() -> EvaluationSpec:
    """Price plus time: days are offered and count as they are, 2 kr. a day."""
    as_offered = Model("as-offered", DEFINITIONS["as-offered"])
    days = replace(an_offer("days", "1", "240", "150", better="lower"), model=as_offered, amount=Fraction(2))
    return a_spec([days], award=a_model("price-plus-time"))


def test_a_number_that_counts_as_it_is_costs_its_amount() -> None:
    (cost,) = point_costs(days_spec(), MARKET)
    assert [cost.one, cost.full] == [Fraction(2), Fraction(180)]
    found = few(days_spec(), library=library())
    assert decision(found, "days").swing == 180
    assert [(one.model, one.share) for one in found.alternatives] == [("price-plus-time", 1.0)]


# Whether a criterion can decide


def decision(found: Measures, criterion: str) -> Decision:
    return next(decision for decision in found.decisions if decision.criterion == criterion)


def test_the_social_criterion_decides_sometimes() -> None:
    found = few(cleaning_spec())
    social = decision(found, "social")
    assert (social.swing, social.possible) == (Fraction(2), True)
    assert 0.02 < social.share < 0.3
    assert social.decided <= social.within_reach <= social.tenders
    assert decision(found, "price").decided > social.decided > decision(found, "social.hours").decided > 0


def test_a_criterion_that_vanishes_in_the_rounding_can_never_decide() -> None:
    parts = [a_price("499/500", a_model("lowest-ratio")), a_score("social", "1/500")]
    social = decision(few(a_spec(parts, total_places=0, ties=("lots-drawing",))), "social")
    assert (social.swing, social.possible) == (Fraction(1, 50), False)
    assert decision(few(a_spec(parts, total_places=3)), "social").possible


def test_a_criterion_without_weight_never_decides() -> None:
    parts = [a_price("1", a_model("lowest-ratio")), a_score("social", "0")]
    social = decision(few(a_spec(parts)), "social")
    assert (social.decided, social.swing, social.possible) == (0, Fraction(0), False)


# P09: extreme prices


def test_p09_a_freak_bid_presses_the_others_down() -> None:
    found = {(one.kind): one for one in extremes(fifty(a_model("lowest-ratio"), points_top=40), MARKET)}
    assert found["usual"].points == exactly(40, 30, 24)
    assert found["low"].points == exactly(4, 3, "2.4", 40)
    assert found["high"].points == exactly(40, 30, 24, "2.4")
    assert found["zero"].points is None
    assert found["zero"].refused
    near = found["near-zero"].points
    assert near is not None
    assert max(near[:3]) < Fraction(1, 1000)
    absolute = {one.kind: one for one in extremes(fifty(a_model("absolute-linear", lo="500", hi="1500")), MARKET)}
    usual = absolute["usual"].points
    assert usual is not None
    assert not absolute["zero"].refused
    assert all(one.points is not None and one.points[:3] == usual for one in absolute.values())


# P04, P10, P11, P14: evaluations that differ in one thing


def test_p04_clamping_changes_the_winner() -> None:
    clamped, unclamped = (
        weighted(a_model(name, X="1/2"), "2/5") for name in ("relative-linear", "relative-linear-unclamped")
    )
    change = change_between(bids(clamped, (100, 20), (130, 50), (165, 95)), simplified(unclamped))
    assert change is not None
    assert totals(change.before) == [52, 46, 57]
    assert totals(change.after) == [52, 46, 45]
    assert (winner_of(change.before), winner_of(change.after)) == ("C", "A")
    assert compare(clamped, unclamped, expected_market(Fraction(1000), Fraction(3, 5)), FEW).changed > 0


def test_p11_the_origin_of_the_scale_decides_with_price_per_point() -> None:
    spec = a_spec([a_score("quality", "1", scale=hundred())], award=a_model("price-per-point"), points_top=100)
    case = bids(spec, (1000, 60), (1240, 75))
    assert totals(result_of(case)) == [16.67, 16.53]
    assert winner_of(result_of(case)) == "B"
    higher = Model("price-per-point", spec.award.definition.model_copy(update={"steps": {"q": "SUM_CRITERIA(w*p)+40"}}))
    change = change_between(case, replace(case.spec, award=higher))
    assert change is not None
    assert totals(change.after) == [10.0, 10.78]
    assert winner_of(change.after) == "A"


def half_points() -> EvaluationSpec:
    model = a_model("relative-linear", X="1/2")
    whole = replace(model, definition=model.definition.model_copy(update={"rounding": 0}))
    return weighted(whole, "2/5", scale=steps_of("0.5"), points_top=10)


def test_p14_rounding_price_points_to_whole_ones_changes_the_winner() -> None:
    case = bids(half_points(), (1000, 7), (1125, "8.5"))
    change = change_between(case, unrounded(case.spec, "points"))
    assert change is not None
    assert totals(change.before) == [8.2, 8.3]
    assert totals(change.after) == [8.2, 8.1]
    assert [round(float(b), 1) for b in play(case.spec, drawn_of(case)).exact[0]] == [8.2, 8.3]


def test_p14_on_made_up_tenders() -> None:
    points, total = few(half_points()).roundings
    assert points.used
    assert points.effect.changed > 0
    example = points.effect.example
    assert example is not None
    assert winner_of(example.before) != winner_of(example.after)
    assert total.effect.changed == 0
    unused, _ = few(fifty(a_model("relative-linear", X="1/2"))).roundings
    assert (unused.used, unused.effect.changed, unused.effect.example) == (False, 0, None)


def test_rounding_totals_to_whole_numbers_makes_ties() -> None:
    coarse = few(price_and_quality("1/2", a_model("lowest-ratio"), total_places=0))
    fine = few(price_and_quality("1/2", a_model("lowest-ratio"), total_places=3))
    assert coarse.ties.tied > 0.2 * coarse.ties.tenders > 10 * fine.ties.tied
    assert coarse.roundings[1].effect.made_ties > 0
    open_ = few(price_and_quality("1/2", a_model("lowest-ratio"), total_places=0, ties=("lots-drawing",)))
    assert open_.ties.open == open_.ties.tied == coarse.ties.tied
    assert coarse.ties.open == 0


def test_p15_floats_neither_hide_nor_make_ties() -> None:
    parts = [a_score("k1", "1/10"), a_score("k2", "3/10"), a_score("k3", "6/10")]
    given = np.array([[[6.0, 7, 5], [9, 6, 5]]])
    played = play(a_spec(parts, ties=("lots-drawing",)), Drawn(np.ones((1, 2, 1)), given, np.ones((1, 2), dtype=bool)))
    assert played.tied.tolist() == [True]
    assert played.winner.tolist() == [-1]
    unrounded_ = play(
        a_spec(parts, ties=("lots-drawing",)),
        Drawn(np.ones((1, 2, 1)), given, np.ones((1, 2), dtype=bool)),
        round_total=False,
    )
    assert unrounded_.tied.tolist() == [True]


# One step of one score


def test_a_result_hangs_on_one_point_of_one_score() -> None:
    spec = price_and_quality("1/2", a_model("absolute-linear", lo="0", hi="1000"))
    close = bids(spec, (500, 6), (580, 6))
    change = hanging_in(close)
    assert change is not None
    assert (change.bidder, change.criterion, change.old, change.new) == ("A", "quality", Decimal(6), Decimal(5))
    assert (winner_of(change.before), winner_of(change.after)) == ("A", "B")
    assert hanging_in(bids(spec, (500, 6), (720, 6))) is None


def test_hanging_on_one_point_is_counted() -> None:
    found = few(cleaning_spec()).single_points
    assert set(found.by_criterion) == {"quality.K1", "quality.K2", "social.plan"}
    assert found.by_criterion["quality.K1"] > found.by_criterion["social.plan"]
    assert found.changed >= max(found.by_criterion.values()) > 0
    assert found.example is not None
    assert hanging_in(found.example.case) == found.example
    light = few(a_spec([a_price("99/100", a_model("lowest-ratio")), a_score("quality", "1/100")])).single_points
    assert light.changed < 0.05 * light.tenders


# Examples made small


def test_a_shrunk_example_still_shows_what_it_should() -> None:
    spec = weighted(a_model("lowest-ratio"), "1/2")
    case = bids(spec, ("120.4", 45), ("261.3", 83), ("60.1", 5), ("400.7", 1), ("333.3", 2))
    small = shrink(case, lambda found: flip_in(found) is not None)
    assert len(small.bids) == 3
    assert flip_in(small) is not None
    assert sum(len(str(bid.price)) for bid in small.bids) < 12
    with pytest.raises(ValueError, match="does not show"):
        shrink(small, lambda _: False)


# Alternatives


def test_every_price_model_can_be_fitted_within_its_limits() -> None:
    for name in PRICE_MODELS:
        model = a_fitted(name)
        for parameter, value in model.parameters.items():
            definition = DEFINITIONS[name].parameters[parameter]
            if isinstance(value, Fraction):
                unit = 100 if definition.type == "percent" else 1
                assert definition.value(Decimal(str(float(value * unit)))) == pytest.approx(value)


def test_every_award_model_is_compared_or_is_one_of_costs() -> None:
    spec = fifty(a_model("relative-linear", X="1/2"))
    awards = {choice.model.id for choice in choices(spec, MARKET, library()) if choice.kind == "award"}
    every = {name for name, definition in DEFINITIONS.items() if definition.role == "award"}
    assert every - awards == {"life-cycle-cost", "price-plus-time"}


def test_alternatives_that_are_the_same_choose_the_same() -> None:
    spec = price_and_quality("1/2", a_model("absolute-linear-unclamped", lo="750", hi="1250"), total_places=6)
    found = {(one.kind, one.model): one for one in few(spec, library=library()).alternatives}
    own = found["criterion", "absolute-linear-unclamped"]
    assert (own.published, own.share, own.open) == (True, 1, 0)
    # 500 kr. of expected span are worth half the weight, as the fitted amounts of 500 kr. are.
    for name in ("quality-in-money", "shortfall-in-money", "willingness-to-pay"):
        assert found["award", name].share == 1
    assert found["criterion", "closeness-to-mean"].share < 0.5
    assert found["award", "lowest-price"].price < found["award", "fixed-price-best-quality"].price  # type: ignore[operator]
    assert found["award", "quality-first-then-price"].quality > found["award", "lowest-price"].quality  # type: ignore[operator]
    points = found["criterion", "lowest-ratio"].points
    assert points is not None
    assert 0.7 < points < 0.95


def test_alternatives_of_an_award_in_kroner_are_other_awards() -> None:
    found = few(rich_spec(None, a_model("quality-in-money")), library=library()).alternatives
    assert {one.kind for one in found} == {"award"}
    by_model = {one.model: one for one in found}
    assert by_model["quality-in-money"].published
    assert by_model["shortfall-in-money"].share == 1
    assert by_model["weighted-sum"].tenders == FEW


# All together


def test_the_same_seed_gives_the_same_measures() -> None:
    spec = fifty(a_model("relative-linear", X="1/2"))
    one, two, other = few(spec), few(spec), few(spec, seed=2)
    assert one == two
    assert one.groups != other.groups


def test_progress_is_told_and_every_tender_is_counted() -> None:
    told: list[tuple[int, int]] = []
    tenders = BLOCK + 100
    found = few(
        price_and_quality("1/2", a_model("lowest-ratio")), tenders=tenders, progress=lambda *done: told.append(done)
    )
    assert told == [(BLOCK, tenders), (tenders, tenders)]
    assert found.ties.tenders == tenders
    assert (found.undefined, found.near) == (0, 0)


def test_single_price_lines_are_measured_too() -> None:
    found = few(line_spec())
    assert [one.criterion for one in found.collapses] == ["price.fixed", "price.hours"]
    assert [scan.criterion for scan in found.scans] == ["price.fixed", "price.hours"]
    assert found.removals.example is not None
    assert {line.id for line in found.spec.price_lines} == {"A", "H"}


def test_a_tender_in_which_a_formula_has_no_value_is_counted_apart() -> None:
    best = Model("best-score-full-points", DEFINITIONS["best-score-full-points"])
    formula = best.definition.model_copy(update={"formula": "S*q/MAX(qs)"})
    low = replace(a_score("quality", "1/2"), model=replace(best, definition=formula))
    market = replace(MARKET, scores=replace(MARKET.scores, low=Fraction(-2), high=Fraction(1, 10)))
    found = few(a_spec([a_price("1/2", a_model("lowest-ratio")), low]), market)
    assert 0 < found.undefined < FEW


def peak(tenders: int) -> int:
    tracemalloc.start()
    measure(price_and_quality("1/2", a_model("lowest-ratio")), MARKET, tenders=tenders)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_memory_of_the_measurement_does_not_grow_with_the_tenders() -> None:
    peak(BLOCK)
    assert peak(4 * BLOCK) < 1.2 * peak(BLOCK)
