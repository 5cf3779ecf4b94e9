"""Builders for the stress test: evaluations with any model of the library, and bids from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from scoring_builders import a_group, a_model, a_price, a_score, a_spec, an_offer, library

from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model, PriceLine
from tenderkit.library.model import EvaluationModel, Scale
from tenderkit.stress.cases import Case, CaseBid
from tenderkit.stress.fitting import facts_of, fitted
from tenderkit.stress.market import Market, expected_market, simplified

MARKET = expected_market(Fraction(1000))
DEFINITIONS: dict[str, EvaluationModel] = {name: library().model(name) for name in library().ids("model")}
PRICE_MODELS = [name for name, definition in DEFINITIONS.items() if definition.input == "price"]
#: In these a criterion's number is a cost, which points on a scale are not.
OF_COSTS = {"life-cycle-cost", "price-plus-time"}
AWARD_MODELS = [name for name, definition in DEFINITIONS.items() if definition.role == "award" and name not in OF_COSTS]


def a_fitted(name: str, market: Market = MARKET, price_weight: str = "1/2") -> Model:
    """Give a model with parameters that fit a market."""
    facts = facts_of(market, Fraction(10), Fraction(price_weight))
    model = fitted(name, DEFINITIONS[name], facts)
    assert model is not None, f"no rule for a parameter of {name}"
    return model


def half_steps() -> Scale:
    """A scale from 0 to 5 in halves."""
    ends = [{"score": str(score), "text": {"da": "-", "en": "-"}} for score in (0, 5)]
    return Scale.model_validate({"title": {"da": "0-5", "en": "0-5"}, "step": "0.5", "levels": ends})


def rich_spec(price: Model | None, award: Model, *, minimum: str = "", **more: object) -> EvaluationSpec:
    """Give an evaluation with scores, offers in both directions and a group; ``minimum`` is one on the group."""
    share = Fraction(1, 2) if price else Fraction(1)
    quality = replace(a_score("quality", str(share / 2), amount="300"), scale=half_steps())
    social = a_group(
        "social",
        str(share / 2),
        [
            replace(an_offer("social.hours", str(share / 4), "15", "25"), amount=Fraction(100)),
            replace(an_offer("social.days", str(share / 4), "24", "4", better="lower"), amount=Fraction(50)),
        ],
    )
    group = replace(social, minimum=Fraction(minimum) if minimum else None)
    criteria: list[Criterion] = [quality, group]
    if price is not None:
        criteria.insert(0, a_price("1/2", price))
    return a_spec(criteria, award=award, **{"ties": ("price", "social", "lots-drawing"), **more})  # type: ignore[arg-type]


def line_spec(**more: object) -> EvaluationSpec:
    """Give an evaluation in which two price criteria look at one price line each."""
    criteria = [
        replace(a_price("3/8", a_model("lowest-ratio")), id="price.fixed", lines=("A",)),
        replace(a_price("1/8", a_model("relative-linear", X="1/2")), id="price.hours", lines=("H",)),
        a_score("quality", "1/2"),
    ]
    lines = (PriceLine("A", "", "year", Fraction(4)), PriceLine("H", "", "hour", Fraction(100), Fraction(5)))
    return a_spec(criteria, lines=lines, **more)  # type: ignore[arg-type]


def a_case(spec: EvaluationSpec, bids: Sequence[tuple[object, Mapping[str, object]]]) -> Case:
    """Give a made-up tender: for each bid the evaluated price, and scores and offers by criterion."""
    made = [
        CaseBid(
            "ABCDEFG"[index],
            {"E": Decimal(str(price))},
            {criterion: Decimal(str(value)) for criterion, value in given.items()},
        )
        for index, (price, given) in enumerate(bids)
    ]
    return Case(simplified(spec), tuple(made))
