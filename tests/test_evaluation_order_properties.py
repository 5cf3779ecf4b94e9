"""What must hold for any bids where minimums and stages let some of them fall out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import Scores, a_bid, a_group, a_model, a_price, a_score, a_spec, agreed, an_offer

from tenderkit.evaluation import score
from tenderkit.evaluation.spec import Bid, Criterion, EvaluationSpec, Result

QUICK = settings(max_examples=60, derandomize=True, deadline=None)
Tender = tuple[EvaluationSpec, list[Bid], Scores]

PRICES = st.decimals(min_value=1, max_value=500, places=2)
SCORES = st.integers(min_value=0, max_value=10)
SHARES = st.fractions(min_value=0, max_value=1, max_denominator=20)
PRICE_MODELS = st.sampled_from(
    [a_model("relative-linear", X="1/2"), a_model("lowest-ratio"), a_model("min-max"), a_model("mean-centred", X="1/2")]
)
#: Corridors measured from the best: who falls out of one cannot have been the best.
AWARDS = st.sampled_from(
    [
        a_model("extended-richtwert", z="1/10"),
        a_model("extended-richtwert-price", z="1/20"),
        a_model("quality-first-then-price", z="1/5"),
        a_model("price-first-then-quality", z="1/5"),
        a_model("commission-model", wp="1/2", m="1/2", n="3/10"),
        a_model("fixed-price-best-quality", b="250"),
    ]
)


@st.composite
def with_minimums(draw: st.DrawFn) -> Tender:
    """Give a tender with relative price points and published minimums on quality, an offer, and the group of both."""
    quality = a_group(
        "quality",
        "1/2",
        [
            replace(a_score("quality.k1", "3/10"), minimum=draw(SHARES)),
            replace(an_offer("quality.hours", "1/5", "15", "25"), minimum=draw(st.none() | SHARES)),
        ],
    )
    spec = a_spec([a_price("1/2", draw(PRICE_MODELS)), replace(quality, minimum=draw(st.none() | SHARES))])
    hours = st.decimals(min_value=15, max_value=30, places=1)
    bids = [
        a_bid(f"b{index}", draw(PRICES), {"quality.hours": draw(hours)}) for index in range(draw(st.integers(1, 5)))
    ]
    return spec, bids, agreed(**{bid.bidder: {"quality.k1": draw(SCORES)} for bid in bids})


@st.composite
def with_stages(draw: st.DrawFn) -> Tender:
    """Give a tender whose award model has a stage; every bid has some points, as the ratios need."""
    spec = a_spec([a_score("k1", "3/5"), a_score("k2", "2/5")], award=draw(AWARDS))
    bids = [a_bid(f"b{index}", draw(PRICES)) for index in range(draw(st.integers(1, 5)))]
    points = st.integers(min_value=1, max_value=10)
    return spec, bids, agreed(**{bid.bidder: {"k1": draw(points), "k2": draw(points)} for bid in bids})


TENDERS = with_minimums() | with_stages()


def ranked(result: Result) -> list[tuple[str, Fraction, Decimal, int, str, tuple[Fraction, ...]]]:
    return [
        (bid.bid.bidder, bid.exact, bid.total, bid.rank, bid.decided_by, tuple(own.points for own in bid.points))
        for bid in result.ranking
    ]


@QUICK
@given(TENDERS, st.randoms(use_true_random=False))
def test_the_order_of_bids_changes_nothing(tender: Tender, dice: object) -> None:
    spec, bids, scores = tender
    shuffled = list(bids)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert score(spec, shuffled, scores) == score(spec, bids, scores)


@QUICK
@given(TENDERS)
def test_every_admitted_bid_is_ranked_or_has_fallen_out(tender: Tender) -> None:
    spec, bids, scores = tender
    result = score(spec, bids, scores)
    still, out = {bid.bid.bidder for bid in result.ranking}, {item.bid.bidder for item in result.eliminated}
    assert still | out == {bid.bidder for bid in bids}
    assert not still & out


@QUICK
@given(TENDERS)
def test_removing_a_bid_that_fell_out_changes_nothing(tender: Tender) -> None:
    """It holds for all minimums, and for the stages of these award models."""
    spec, bids, scores = tender
    result = score(spec, bids, scores)
    for gone in {item.bid.bidder for item in result.eliminated}:
        rest = [bid for bid in bids if bid.bidder != gone]
        without = score(spec, rest, {key: value for key, value in scores.items() if key[0] != gone})
        assert ranked(without) == ranked(result)
        assert [item for item in result.eliminated if item.bid.bidder != gone] == list(without.eliminated)


@QUICK
@given(with_minimums())
def test_a_minimum_is_missed_only_below_it(tender: Tender) -> None:
    spec, bids, scores = tender
    result = score(spec, bids, scores)
    for item in result.eliminated:
        assert item.value is not None
        assert item.limit is not None
        assert item.value < item.limit
    for bid in result.ranking:
        for criterion in ("quality.k1", "quality.hours"):
            minimum = spec.leaf(criterion).minimum or Fraction(0)
            assert bid.on(criterion).points >= minimum * spec.points_top


def at(criterion: Criterion, minimum: Fraction | None) -> Criterion:
    children = tuple(at(child, minimum) for child in criterion.children)
    return replace(criterion, children=children, minimum=None if criterion.kind == "price" else minimum)


@QUICK
@given(with_minimums())
def test_a_minimum_of_0_eliminates_nobody(tender: Tender) -> None:
    spec, bids, scores = tender
    none, zero = (
        replace(spec, criteria=tuple(at(criterion, minimum) for criterion in spec.criteria))
        for minimum in (None, Fraction(0))
    )
    result = score(zero, bids, scores)
    assert result.eliminated == ()
    assert ranked(result) == ranked(score(none, bids, scores))


@QUICK
@given(with_minimums())
def test_a_lower_minimum_never_lets_more_fall_out(tender: Tender) -> None:
    spec, bids, scores = tender
    criteria = tuple(at(criterion, Fraction(1, 2)) for criterion in spec.criteria)
    low, high = (
        {item.bid.bidder for item in score(replace(spec, criteria=own), bids, scores).eliminated}
        for own in (tuple(at(criterion, Fraction(1, 4)) for criterion in criteria), criteria)
    )
    assert low <= high
