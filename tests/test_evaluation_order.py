"""What is looked at first: points of a bid alone, minimums, prices, stages, ranks; each rule with one case on each side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from scoring_builders import (
    Scores,
    a_bid,
    a_group,
    a_model,
    a_price,
    a_score,
    a_spec,
    agreed,
    an_offer,
    hundred,
    library,
)

from tenderkit.evaluation import score
from tenderkit.evaluation.spec import Bid, Criterion, EvaluationSpec, Model, PriceLine, Result
from tenderkit.problems import Problem, TenderkitError

HALF = Fraction(1, 2)


def totals(result: Result) -> dict[str, Decimal]:
    return {bid.bid.bidder: bid.total for bid in result.ranking}


def fallen(result: Result) -> list[tuple[str, str, str, Fraction | None, Fraction | None]]:
    return [(item.bid.bidder, item.stage, item.criterion, item.value, item.limit) for item in result.eliminated]


def problems_of(spec: EvaluationSpec, bids: Sequence[Bid], scores: Scores) -> tuple[Problem, ...]:
    with pytest.raises(TenderkitError) as caught:
        score(spec, bids, scores)
    return caught.value.problems


def on_hundred(share: str, model: Model | None = None, minimum: Fraction | None = None) -> Criterion:
    return replace(a_score("quality", share, scale=hundred()), model=model, minimum=minimum)


# Minimums


def p16(minimum: Fraction | None) -> tuple[EvaluationSpec, list[Bid], Scores]:
    """P16: A 200 (50), B 350 (82), C 100 (30), half price by the lowest ratio, half quality."""
    spec = a_spec(
        [a_price("1/2", a_model("lowest-ratio")), on_hundred("1/2", minimum=minimum)], points_top=100, total_places=1
    )
    bids = [a_bid("A", 200), a_bid("B", 350), a_bid("C", 100)]
    return spec, bids, agreed(A={"quality": 50}, B={"quality": 82}, C={"quality": 30})


def test_p16_a_bid_below_the_minimum_sets_no_lowest_price() -> None:
    result = score(*p16(HALF))
    assert totals(result) == {"A": Decimal("75.0"), "B": Decimal("69.6")}
    assert fallen(result) == [("C", "minimum", "quality", Fraction(30), Fraction(50))]
    assert result.rejected == ()


def test_p16_without_a_minimum_the_cheap_bid_turns_the_order() -> None:
    result = score(*p16(None))
    assert totals(result) == {"A": Decimal("50.0"), "B": Decimal("55.3"), "C": Decimal("65.0")}
    assert result.eliminated == ()


def test_a_bid_at_the_minimum_stays() -> None:
    """50 of 100 points is 50 %; with a minimum of 50.1 % it falls out."""
    assert "A" in totals(score(*p16(HALF)))
    assert fallen(score(*p16(Fraction("0.501"))))[0][:2] == ("A", "minimum")


def test_a_group_reaches_the_weighted_mean_of_what_is_in_it() -> None:
    """0.6*8 + 0.4*3 = 6.0 of 10 reaches 60 %; 0.6*7 + 0.4*4 = 5.8 does not."""
    quality = a_group("quality", "1/2", [a_score("quality.k1", "3/10"), a_score("quality.k2", "1/5")])
    spec = a_spec([a_price("1/2", a_model("lowest-ratio")), replace(quality, minimum=Fraction(3, 5))])
    scores = agreed(A={"quality.k1": 8, "quality.k2": 3}, B={"quality.k1": 7, "quality.k2": 4})
    result = score(spec, [a_bid("A", 500), a_bid("B", 100)], scores)
    assert fallen(result) == [("B", "minimum", "quality", Fraction("5.8"), Fraction(6))]
    assert result.ranking[0].on("price").points == 10


def test_in_kroner_the_amounts_weigh_in_a_group() -> None:
    """600,000 and 200,000 kr.: 3/4*4 + 1/4*8 = 5.0; by equal weights it would be 6.0."""
    children = [a_score("quality.k1", "1", amount="600000"), a_score("quality.k2", "1", amount="200000")]
    group = replace(a_group("quality", "1", children), minimum=Fraction(11, 20))
    spec = a_spec([group], award=a_model("quality-in-money"), ties=("price", "lots-drawing"))
    scores = agreed(A={"quality.k1": 4, "quality.k2": 8}, B={"quality.k1": 6, "quality.k2": 8})
    result = score(spec, [a_bid("A", 1), a_bid("B", 900000)], scores)
    assert fallen(result) == [("A", "minimum", "quality", Fraction(5), Fraction("5.5"))]


def test_every_minimum_that_a_bid_misses_is_told() -> None:
    quality = a_group(
        "quality", "1/2", [replace(a_score("quality.k1", "1/4"), minimum=HALF), a_score("quality.k2", "1/4")]
    )
    spec = a_spec([a_price("1/2", a_model("lowest-ratio")), replace(quality, minimum=HALF)])
    scores = agreed(A={"quality.k1": 4, "quality.k2": 4}, B={"quality.k1": 5, "quality.k2": 5})
    result = score(spec, [a_bid("A", 1), a_bid("B", 2)], scores)
    assert [item[:3] for item in fallen(result)] == [("A", "minimum", "quality"), ("A", "minimum", "quality.k1")]
    assert list(totals(result)) == ["B"]


def test_an_offer_scored_by_itself_can_have_a_minimum() -> None:
    """Hours from 15 to 25: 20 gives 5 of 10, 19 gives 4."""
    hours = replace(an_offer("hours", "1/2", "15", "25"), minimum=HALF)
    spec = a_spec([a_price("1/2", a_model("lowest-ratio")), hours])
    result = score(spec, [a_bid("A", 10, {"hours": 20}), a_bid("B", 5, {"hours": 19})], {})
    assert fallen(result) == [("B", "minimum", "hours", Fraction(4), Fraction(5))]


def test_the_published_rounding_of_points_comes_before_the_minimum() -> None:
    """4.96 of 10 is below 5, but the published whole points are 5."""
    hours = replace(an_offer("hours", "1", "0", "100"), minimum=HALF)
    bids = [a_bid("A", 1, {"hours": "49.6"}), a_bid("B", 1, {"hours": 49})]
    assert fallen(score(a_spec([hours]), bids, {})) == [
        ("A", "minimum", "hours", Fraction("4.96"), Fraction(5)),
        ("B", "minimum", "hours", Fraction("4.9"), Fraction(5)),
    ]
    assert score(a_spec([hours], point_places=0), bids, {}).eliminated == ()


def test_nobody_is_left_when_all_are_below() -> None:
    spec, bids, scores = p16(Fraction(1))
    result = score(spec, bids, scores)
    assert (result.ranking, result.winner, result.margin) == ((), None, None)
    assert [item.bid.bidder for item in result.eliminated] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("criterion", "reason"),
    [
        (replace(a_price("1", a_model("lowest-ratio")), minimum=HALF), "it is about prices"),
        (replace(a_price("1", a_model("absolute-linear", lo="1", hi="9")), minimum=HALF), "it is about prices"),
        (on_hundred("1", a_model("best-score-full-points"), HALF), "the points of it hang on the other bids"),
        (
            replace(a_group("social", "1", [a_price("1", a_model("lowest-ratio"))]), minimum=HALF),
            '"Pris" in it is about prices',
        ),
    ],
)
def test_a_minimum_where_points_hang_on_others_is_a_problem(criterion: Criterion, reason: str) -> None:
    (problem,) = problems_of(a_spec([criterion]), [], {})
    assert problem.id == "minimum-not-possible"
    assert reason in problem.message


# Models that work on scores


def rescaled(minimum: Fraction | None = None) -> EvaluationSpec:
    """P10: half price by the lowest ratio, half quality, of which the best gets full points (N03)."""
    quality = on_hundred("1/2", a_model("best-score-full-points"), minimum)
    return a_spec([a_price("1/2", a_model("lowest-ratio")), quality], points_top=100)


def test_p10_the_best_score_gets_full_points() -> None:
    bids = [a_bid("A", 100), a_bid("B", 125)]
    scores = agreed(A={"quality": 10}, B={"quality": 20})
    assert totals(score(rescaled(), bids, scores)) == {"A": Decimal("75.000"), "B": Decimal("90.000")}
    absolute = a_spec([a_price("1/2", a_model("lowest-ratio")), on_hundred("1/2")], points_top=100)
    assert totals(score(absolute, bids, scores)) == {"A": Decimal("55.000"), "B": Decimal("50.000")}


def test_a_score_goes_through_the_scale_before_the_model() -> None:
    """Scores of 6 and 8 on 0 to 10 are 60 and 80 of 100 points; the best gets 100, the other 75."""
    quality = replace(a_score("quality", "1"), model=a_model("best-score-full-points"))
    result = score(
        a_spec([quality], points_top=100), [a_bid("A", 1), a_bid("B", 1)], agreed(A={"quality": 6}, B={"quality": 8})
    )
    assert {bid.bid.bidder: (bid.on("quality").given, bid.on("quality").points) for bid in result.ranking} == {
        "A": (Fraction(6), Fraction(75)),
        "B": (Fraction(8), Fraction(100)),
    }


def test_a_score_that_the_model_refuses_is_a_problem() -> None:
    base = a_model("best-score-full-points")
    edges = base.definition.edges.model_copy(update={"zero": "refused"})
    strict = Model(base.id, base.definition.model_copy(update={"edges": edges}))
    spec = a_spec([on_hundred("1", strict)], points_top=100)
    assert score(spec, [a_bid("A", 1)], agreed(A={"quality": 1})).winner is not None
    (problem,) = problems_of(spec, [a_bid("A", 1)], agreed(A={"quality": 0}))
    assert problem.id == "score-refused"
    assert problem.place.label == "Firma A"


def test_an_offered_zero_that_the_model_refuses_is_a_problem() -> None:
    base = a_model("above-floor")
    edges = base.definition.edges.model_copy(update={"zero": "refused"})
    strict = Model(base.id, base.definition.model_copy(update={"edges": edges}))
    spec = a_spec([replace(an_offer("days", "1", "24", "0", better="lower"), model=strict)])
    assert score(spec, [a_bid("A", 1, {"days": 1})], {}).winner is not None
    assert [problem.id for problem in problems_of(spec, [a_bid("A", 1, {"days": 0})], {})] == ["offer-refused"]


# Price criteria about some lines

LINES = (PriceLine("A", "Drift", "year", Fraction(4)), PriceLine("H", "Timer", "hour", Fraction(10)))


def by_lines() -> EvaluationSpec:
    """P13: lines worth 30 and 10 points, each by the lowest ratio."""
    ratio = a_model("lowest-ratio")
    first = replace(a_price("3/4", ratio), id="first", lines=("A",))
    second = replace(a_price("1/4", ratio), id="second", lines=("H",))
    return a_spec([first, second], lines=LINES, points_top=40, ties=("price", "lots-drawing"))


def test_a_price_criterion_can_be_about_some_lines() -> None:
    """P13 with the sums 200, 150, 160 on the first line and 0.01, 12, 10 on the second: 32.50, 30.01, 28.14."""
    prices = {"A": (50, "0.001"), "B": ("37.5", "1.2"), "C": (40, 1)}
    bids = [a_bid(name, {"A": one, "H": other}) for name, (one, other) in prices.items()]
    result = score(replace(by_lines(), total_places=2), bids, {})
    assert totals(result) == {"A": Decimal("32.50"), "B": Decimal("30.01"), "C": Decimal("28.14")}
    first = result.ranking[0]
    assert (first.on("first").given, first.on("second").given) == (Fraction(200), Fraction("0.01"))
    assert first.evaluated_price == Fraction("200.01")


def test_an_unknown_price_line_is_a_problem() -> None:
    spec = by_lines()
    wrong = replace(spec, criteria=(replace(spec.criteria[0], lines=("A", "T")), spec.criteria[1]))
    (problem,) = problems_of(wrong, [], {})
    assert (problem.id, problem.place.label) == ("unknown-price-line", "first")


def test_zero_is_refused_only_on_the_lines_that_a_model_looks_at() -> None:
    absolute = replace(a_price("1/4", a_model("absolute-linear", lo="1", hi="90")), id="second", lines=("H",))
    spec = by_lines()
    mixed = replace(spec, criteria=(spec.criteria[0], absolute))
    assert score(mixed, [a_bid("a", {"A": 5, "H": 0})], {}).winner is not None
    found = problems_of(mixed, [a_bid("a", {"A": 0, "H": 0})], {})
    assert [(problem.id, '"A Drift"' in problem.message) for problem in found] == [("price-not-positive", True)]


# Stages of award models


def corridor(z: str) -> EvaluationSpec:
    """The extended Richtwert: bids within z of the best ratio stay in, then quality decides."""
    quality = a_score("quality", "1", scale=hundred())
    return a_spec([quality], award=a_model("extended-richtwert", z=z), points_top=100)


RICHTWERT = [a_bid("A", 1000), a_bid("B", 1240), a_bid("C", 1500), a_bid("D", 800)]
RICHTWERT_SCORES = agreed(A={"quality": 60}, B={"quality": 75}, C={"quality": 87}, D={"quality": 44})


def test_the_corridor_of_the_extended_richtwert() -> None:
    """Ratios 0.06, 0.0605, 0.058 and 0.055: with 5 % the limit is 0.05746, with 2 % 0.05927."""
    wide = score(corridor("1/20"), RICHTWERT, RICHTWERT_SCORES)
    assert list(totals(wide)) == ["C", "B", "A"]
    limit = Fraction(19, 20) * 75000000 / 1240
    assert fallen(wide) == [("D", "corridor", "", Fraction(55000), limit)]
    narrow = score(corridor("1/50"), RICHTWERT, RICHTWERT_SCORES)
    assert list(totals(narrow)) == ["B", "A"]
    assert [item[:2] for item in fallen(narrow)] == [("C", "corridor"), ("D", "corridor")]


def test_a_bid_on_the_edge_of_the_corridor_stays() -> None:
    """The best ratio is 100/1000; 95/1000 lies exactly 5 % below it, 94/1000 does not reach it."""
    bids = [a_bid("A", 1000), a_bid("B", 1000), a_bid("C", 1000)]
    scores = agreed(A={"quality": 100}, B={"quality": 95}, C={"quality": 94})
    result = score(corridor("1/20"), bids, scores)
    assert list(totals(result)) == ["A", "B"]
    assert [item[0] for item in fallen(result)] == ["C"]


def test_a_minimum_comes_before_the_stages() -> None:
    """B has the best ratio, but falls below the minimum; the corridor is then measured from A's 0.06."""
    spec = corridor("1/20")
    strict = replace(spec, criteria=(replace(spec.criteria[0], minimum=Fraction(1, 2)),))
    bids = [a_bid("A", 1000), a_bid("B", 500), a_bid("C", 1040)]
    scores = agreed(A={"quality": 60}, B={"quality": 45}, C={"quality": 60})
    assert [item[:2] for item in fallen(score(strict, bids, scores))] == [("B", "minimum")]
    assert [item[:2] for item in fallen(score(spec, bids, scores))] == [("A", "corridor"), ("C", "corridor")]


def test_stages_come_in_order_and_the_steps_are_calculated_anew() -> None:
    """The commission model: D misses the total, C one criterion, and neither sets the lowest price or best quality."""
    criteria = [a_score("k1", "3/5"), a_score("k2", "2/5")]
    model = a_model("commission-model", wp="2/5", m="7/10", n="1/2")
    bids = [a_bid("A", 1000), a_bid("B", 1250), a_bid("C", 700), a_bid("D", 800)]
    scores = agreed(A={"k1": 8, "k2": 8}, B={"k1": 10, "k2": 9}, C={"k1": 10, "k2": 4}, D={"k1": 7, "k2": 6})
    result = score(a_spec(criteria, award=model), bids, scores)
    assert totals(result) == {"B": Decimal("92.000"), "A": Decimal("90.000")}
    assert fallen(result) == [
        ("D", "total", "", Fraction("6.6"), Fraction(7)),
        ("C", "each", "", Fraction(4), Fraction(5)),
    ]


def staged(keep: str, formula: str = "SUM_CRITERIA(w*p)") -> Model:
    """The weighted sum with one stage before it."""
    base = library().model("price-per-point")
    stage = base.stages["points"].model_copy(update={"keep": keep})
    changed = base.model_copy(update={"stages": {"first": stage}, "formula": formula, "steps": {}, "better": "higher"})
    return Model("staged", changed)


def test_points_that_hang_on_others_are_given_anew_after_a_stage() -> None:
    """C is too dear to stay and sets no highest price: min-max gives A 10 and B 0, and not 10 and 10*(300-120)/200."""
    spec = a_spec([a_price("1", a_model("min-max"))], award=staged("P<=200"))
    result = score(spec, [a_bid("A", 100), a_bid("B", 120), a_bid("C", 300)], {})
    assert {bid.bid.bidder: bid.on("price").points for bid in result.ranking} == {"A": 10, "B": 0}
    assert fallen(result) == [("C", "first", "", Fraction(300), Fraction(200))]


def test_a_condition_that_is_no_plain_comparison_has_no_numbers() -> None:
    spec = a_spec([a_price("1", a_model("lowest-ratio"))], award=staged("OR(P<=200,P=MAX(Ps))"))
    result = score(spec, [a_bid("A", 100), a_bid("B", 250), a_bid("C", 300)], {})
    assert fallen(result) == [("B", "first", "", None, None)]
    turned = replace(spec, award=staged("200>=P"))
    assert fallen(score(turned, [a_bid("A", 100), a_bid("B", 250)], {})) == [
        ("B", "first", "", Fraction(250), Fraction(200))
    ]


def test_an_award_without_a_value_says_whose_bid_it_is() -> None:
    base = library().model("price-per-point")
    edges = base.edges.model_copy(update={"zero": "refused"})
    model = Model("per-point", base.model_copy(update={"stages": {}, "edges": edges}))
    spec = a_spec([a_score("quality", "1")], award=model)
    bids = [a_bid("A", 5), a_bid("B", 5)]
    assert score(spec, bids, agreed(A={"quality": 1}, B={"quality": 2})).winner is not None
    (problem,) = problems_of(spec, bids, agreed(A={"quality": 0}, B={"quality": 2}))
    assert (problem.id, problem.place.label) == ("points-not-positive", "Firma A")
    open_case = Model("per-point", base.model_copy(update={"stages": {}}))
    (problem,) = problems_of(replace(spec, award=open_case), bids, agreed(A={"quality": 0}, B={"quality": 2}))
    assert problem.id == "award-undefined"


def test_a_criterion_without_a_value_is_named() -> None:
    spec = a_spec([replace(a_price("1", a_model("absolute-linear", lo="5", hi="5")), number="P1")])
    (problem,) = problems_of(spec, [a_bid("A", 5)], {})
    assert (problem.id, problem.place.label) == ("formula-division-by-zero", "P1 Pris")


# Numbers passed on as they are, and kroner


def days(amount: str) -> Criterion:
    offer = an_offer("days", "1", "240", "150", better="lower")
    return replace(offer, model=a_model("as-offered"), amount=Fraction(amount))


def test_an_offered_number_is_passed_on_to_an_award_in_kroner() -> None:
    """T01: price plus days at 10,000 kr. a day; 120 days count as 150. The number is not rounded with the points."""
    spec = a_spec([days("10000")], award=a_model("price-plus-time"), point_places=0, total_places=0)
    bids = [a_bid("A", 5_000_000, {"days": "200.5"}), a_bid("B", 5_400_000, {"days": 120})]
    result = score(spec, bids, {})
    assert totals(result) == {"B": Decimal(6900000), "A": Decimal(7005000)}
    assert {bid.bid.bidder: bid.on("days").points for bid in result.ranking} == {"A": Fraction("200.5"), "B": 150}
    assert result.ranking[0].on("days").weighted == 1_500_000


def test_an_offered_number_among_points_is_a_problem() -> None:
    spec = a_spec([days("10000")])
    assert [problem.id for problem in problems_of(spec, [a_bid("A", 1, {"days": 200})], {})] == ["value-without-kroner"]


def test_a_tie_rule_takes_the_better_side_of_what_kroner_are_added_for() -> None:
    """T01: equal sums; fewer days are better, although they add fewer kroner. M02: a smaller shortfall is better."""
    spec = a_spec([days("10")], award=a_model("price-plus-time"), ties=("days", "lots-drawing"))
    result = score(spec, [a_bid("A", 1000, {"days": 200}), a_bid("B", 1100, {"days": 190})], {})
    assert [(bid.bid.bidder, bid.decided_by) for bid in result.ranking] == [("B", "days"), ("A", "days")]
    quality = a_group("quality", "1", [a_score("quality.k", "1", amount="1000")])
    added = a_spec([quality], award=a_model("shortfall-in-money"), ties=("quality", "lots-drawing"))
    scores = agreed(A={"quality.k": 5}, B={"quality.k": 6})
    result = score(added, [a_bid("A", 1000), a_bid("B", 1100)], scores)
    assert [bid.bid.bidder for bid in result.ranking] == ["B", "A"]
    assert totals(result) == {"A": 1500, "B": 1500}


# Formulas that are not rational


def test_points_of_a_formula_that_is_not_rational_are_rounded_as_published() -> None:
    """10*(100/200)^(1/2) = 7.0710678...; the model rounds to 6 decimals, a tender may say 2."""
    bids = [a_bid("A", 100), a_bid("B", 200)]
    price = a_price("1", a_model("root-ratio", n="2"))
    own = score(a_spec([price], total_places=9), bids, {})
    assert own.ranking[1].on("price").points == Fraction("7.071068")
    assert own.ranking[1].total == Decimal("7.071068000")
    tender = score(a_spec([price], point_places=2), bids, {})
    assert tender.ranking[1].on("price").points == Fraction("7.07")


def test_a_table_gives_points_by_its_bands() -> None:
    """P05's cousin: bands from 0, 1000 and 1500 kr.; an edge belongs to the band that begins there."""
    table = tuple((Fraction(edge), Fraction(value)) for edge, value in ((0, 1), (1000, "0.6"), (1500, 0)))
    model = Model("price-bands", library().model("price-bands"), {"t": table})
    bids = [a_bid(name, price) for name, price in (("A", "999.99"), ("B", 1000), ("C", 1500))]
    result = score(a_spec([a_price("1", model)]), bids, {})
    assert {bid.bid.bidder: bid.on("price").points for bid in result.ranking} == {"A": 10, "B": 6, "C": 0}


# More published pathologies, with the enlarged library


@pytest.mark.parametrize(("third", "expected"), [(145, {"A": 75, "B": 56}), (160, {"A": 75, "B": 76})])
def test_p03_a_loser_chooses_the_slope(third: int, expected: dict[str, int]) -> None:
    spec = a_spec(
        [a_price("1/2", a_model("relative-linear-fallback", X1="1/2", X2="1")), on_hundred("1/2")], points_top=100
    )
    bids = [a_bid("A", 100), a_bid("B", 140), a_bid("C", third)]
    result = score(spec, bids, agreed(A={"quality": 50}, B={"quality": 92}, C={"quality": 20}))
    assert {name: total for name, total in totals(result).items() if name in expected} == expected


def test_p05_beyond_the_ends_of_an_absolute_scale_nothing_changes() -> None:
    spec = a_spec([a_price("1", a_model("absolute-linear", lo="900", hi="1500"))], points_top=40)
    prices = {"A": 640, "B": 860, "C": 900, "D": 1500, "E": 1900}
    result = score(spec, [a_bid(name, price) for name, price in prices.items()], {})
    assert {name: int(total) for name, total in totals(result).items()} == {"A": 40, "B": 40, "C": 40, "D": 0, "E": 0}


@pytest.mark.parametrize(
    ("model", "share", "rows", "with_c", "without_c"),
    [
        (
            a_model("min-max"),
            "2/5",
            ((100, 40), (120, 75), (380, 10)),
            {"A": "64.0", "B": "82.1"},
            {"A": "64.0", "B": "45.0"},
        ),
        (
            a_model("mean-centred", X="1/2"),
            "1/2",
            ((100, 40), (180, 85), (380, 10)),
            {"A": "70.0", "B": "76.6"},
            {"A": "59.3", "B": "53.2"},
        ),
    ],
)
def test_p06b_and_p06d_a_loser_that_leaves_turns_the_order(
    model: Model, share: str, rows: tuple[tuple[int, int], ...], with_c: dict[str, str], without_c: dict[str, str]
) -> None:
    spec = a_spec([a_price(share, model), on_hundred(str(1 - Fraction(share)))], points_top=100, total_places=1)
    bids = [a_bid(name, price) for name, (price, _) in zip("ABC", rows, strict=True)]
    scores = agreed(**{name: {"quality": quality} for name, (_, quality) in zip("ABC", rows, strict=True)})
    found = totals(score(spec, bids, scores))
    assert {name: str(found[name]) for name in "AB"} == with_c
    two = {key: value for key, value in scores.items() if key[0] != "C"}
    assert {name: str(total) for name, total in totals(score(spec, bids[:2], two)).items()} == without_c


def test_p20_a_published_cap_holds_an_unlimited_pledge() -> None:
    """80 % price by the lowest ratio, 20 % trainee hours up to 2,000 on an absolute scale: 92.0, 90.5, 89.6."""
    spec = a_spec(
        [a_price("4/5", a_model("lowest-ratio")), an_offer("hours", "1/5", "0", "2000")],
        points_top=100,
        total_places=1,
    )
    rows = {"A": (1000, 1200), "B": (1060, 1500), "C": (1150, 30000)}
    result = score(spec, [a_bid(name, price, {"hours": hours}) for name, (price, hours) in rows.items()], {})
    assert {name: str(total) for name, total in totals(result).items()} == {"A": "92.0", "B": "90.5", "C": "89.6"}
