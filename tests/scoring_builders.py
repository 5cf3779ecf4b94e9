"""Small builders for scoring: the cleaning tender's first lot, and lots with just a price and a quality criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache

from tenderkit.evaluation.spec import Bid, Criterion, EvaluationSpec, Model, PriceLine
from tenderkit.library import Library
from tenderkit.library.model import Scale

Scores = dict[tuple[str, str], Decimal]


@cache
def library() -> Library:
    return Library()


def a_model(model_id: str, **parameters: str) -> Model:
    return Model(model_id, library().model(model_id), {name: Fraction(value) for name, value in parameters.items()})


@cache
def hundred() -> Scale:
    """A scale from 0 to 100, for published examples with such scores."""
    ends = [{"score": str(score), "text": {"da": "-", "en": "-"}} for score in (0, 100)]
    return Scale.model_validate({"title": {"da": "0-100", "en": "0-100"}, "step": "1", "levels": ends})


def a_score(criterion_id: str, share: str, amount: str = "", scale: Scale | None = None) -> Criterion:
    return Criterion(
        criterion_id,
        criterion_id,
        Fraction(1),
        Fraction(share),
        "score",
        scale=scale or library().scale("zero-to-ten"),
        scale_id="zero-to-ten",
        amount=Fraction(amount) if amount else None,
    )


def an_offer(criterion_id: str, share: str, floor: str, cap: str, better: str = "higher") -> Criterion:
    return Criterion(
        criterion_id,
        criterion_id,
        Fraction(1),
        Fraction(share),
        "offer",
        model=a_model("above-floor"),
        floor=Fraction(floor),
        cap=Fraction(cap),
        better="higher" if better == "higher" else "lower",
    )


def a_price(share: str, model: Model) -> Criterion:
    return Criterion("price", "Pris", Fraction(share), Fraction(share), "price", model=model, better="lower")


def a_group(criterion_id: str, share: str, children: Sequence[Criterion]) -> Criterion:
    return Criterion(criterion_id, criterion_id, Fraction(share), Fraction(share), "group", children=tuple(children))


def a_spec(
    criteria: Sequence[Criterion],
    *,
    lines: Sequence[PriceLine] = (PriceLine("A", "Fast pris", "year", Fraction(1)),),
    award: Model | None = None,
    ties: Sequence[str] = ("price", "lots-drawing"),
    points_top: int = 10,
    total_places: int = 3,
    point_places: int | None = None,
) -> EvaluationSpec:
    return EvaluationSpec(
        "nord",
        "Nord",
        tuple(criteria),
        tuple(lines),
        Fraction(points_top),
        award or a_model("weighted-sum"),
        total_places,
        point_places,
        tuple(ties),
    )


def price_and_quality(price_share: str, model: Model, **more: object) -> EvaluationSpec:
    quality = str(1 - Fraction(price_share))
    return a_spec([a_price(price_share, model), a_score("quality", quality)], **more)  # type: ignore[arg-type]


def a_bid(
    bidder: str,
    prices: Mapping[str, object] | object,
    offers: Mapping[str, object] | None = None,
    *,
    admitted: bool = True,
) -> Bid:
    lines = prices if isinstance(prices, Mapping) else {"A": prices}
    return Bid(
        bidder,
        f"Firma {bidder}",
        "nord",
        {line: Decimal(str(price)) for line, price in lines.items()},
        {criterion: Decimal(str(value)) for criterion, value in (offers or {}).items()},
        admitted=admitted,
    )


def agreed(**by_bidder: Mapping[str, object]) -> Scores:
    return {
        (bidder, criterion): Decimal(str(value))
        for bidder, scores in by_bidder.items()
        for criterion, value in scores.items()
    }


def cleaning_spec() -> EvaluationSpec:
    """Lot 1 of the cleaning tender: 50 price, 30 quality, 20 training and job guarantee."""
    return a_spec(
        [
            a_price("1/2", a_model("relative-linear", X="1/2")),
            a_group("quality", "3/10", [a_score("quality.K1", "18/100"), a_score("quality.K2", "12/100")]),
            a_group(
                "social",
                "1/5",
                [
                    a_score("social.plan", "8/100"),
                    an_offer("social.mentor", "4/100", "1.5", "4"),
                    an_offer("social.hours", "4/100", "15", "25"),
                    an_offer("social.months", "4/100", "6", "12"),
                ],
            ),
        ],
        lines=(
            PriceLine("A", "Fast pris pr. år", "year", Fraction(4)),
            PriceLine("H", "Timepris for ekstra arbejde", "hour", Fraction(2400)),
            PriceLine("T", "Pris pr. deltagermåned", "month", Fraction("309.6"), Fraction(12000)),
        ),
        ties=("price", "social", "lots-drawing"),
    )


def cleaning_bids() -> list[Bid]:
    return [
        a_bid(
            "stor",
            {"A": 4900000, "H": 300, "T": 9000},
            {"social.mentor": "1.5", "social.hours": 15, "social.months": 6},
        ),
        a_bid(
            "socialvirk",
            {"A": 5200000, "H": 310, "T": 10000},
            {"social.mentor": 3, "social.hours": 20, "social.months": 15},
        ),
    ]


def cleaning_scores() -> Scores:
    return agreed(
        stor={"quality.K1": 8, "quality.K2": 7, "social.plan": 6},
        socialvirk={"quality.K1": 8, "quality.K2": 8, "social.plan": 9},
    )
