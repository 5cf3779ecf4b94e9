"""Charts on the pages of evaluation models: what one bid gets when its own value moves and the others stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from tenderkit.charts import Chart, Line, Lines
from tenderkit.evaluation.examples import example_values
from tenderkit.formula import names_in
from tenderkit.library.model import EvaluationModel, ExampleBid, ModelExample
from tenderkit.problems import TenderkitError

STEPS = 90
THOUSAND = 1000
LEVELS = (Decimal("1.0"), Decimal("0.7"), Decimal("0.4"))


def model_chart(key: str, model: EvaluationModel) -> tuple[Chart, str]:
    """Give a model's chart and what it shows in words."""
    example = _example(model)
    if model.role == "criterion":
        return _criterion(key, model, example)
    return _award(key, model, example)


def _example(model: EvaluationModel) -> ModelExample:
    """Give the example with the most different bids: the others on the chart come from it."""
    return max(model.examples, key=lambda example: len({str(bid) for bid in example.given.bids}))


def _criterion(key: str, model: EvaluationModel, example: ModelExample) -> tuple[Chart, str]:
    field = "price" if model.input == "price" else "offer" if model.input == "offer" else "score"
    values = [value for bid in example.given.bids if (value := getattr(bid, field)) is not None]
    label = {"price": "The bid's own price", "offer": "The offered number", "score": "Points from the evaluators"}[
        field
    ]
    xs = _span(values, whole=field == "score")

    def moved(value: Decimal) -> ExampleBid:
        return ExampleBid.model_validate({field: value})

    curve = Line("points", [float(x) for x in xs], _curve(key, model, example, [moved(x) for x in xs]))
    chart = Lines(
        [curve],
        label,
        "Points",
        x_unit="money" if field == "price" and max(xs) >= THOUSAND else "number",
        language="en",
    )
    others = ", ".join(f"{value:f}" for value in values[1:])
    beside = f"the other bids stay at {others}" if model.relative and others else "no other bid matters"
    return chart, f"{label} against points; {beside}. Parameters as in the worked example."


def _award(key: str, model: EvaluationModel, example: ModelExample) -> tuple[Chart, str]:
    if "P" in {name for tree in (model.tree, *model.step_trees.values()) for name in names_in(tree)}:
        return _award_by_price(key, model, example)
    return _award_by_points(key, model, example)


def _award_by_price(key: str, model: EvaluationModel, example: ModelExample) -> tuple[Chart, str]:
    xs = _span([bid.price for bid in example.given.bids if bid.price is not None])
    first = example.given.bids[0]
    top = example.given.points_top
    values = any(points > top for bid in example.given.bids for points in bid.points.values())
    curves = []
    for level in LEVELS if not values else (Decimal(1),):
        points = {
            name: first.points.get(name, Decimal(0)) if values else example.given.points_top * level
            for name in example.given.criteria
        }
        bids = [ExampleBid.model_validate({"price": x, "points": points}) for x in xs]
        name = f"quality {level * 100:.0f}%" if not values else "result"
        curves.append(Line(name, [float(x) for x in xs], _curve(key, model, example, bids)))
    better = "lowest" if model.better == "lower" else "highest"
    chart = Lines(curves, "The bid's own price", f"Result (the {better} wins)", x_unit="money", language="en")
    levels = "" if values else " at three levels of quality"
    return chart, f"The bid's own price against its result{levels}; the other bids stay."


def _award_by_points(key: str, model: EvaluationModel, example: ModelExample) -> tuple[Chart, str]:
    first, *rest = example.given.criteria
    xs = [example.given.points_top * number / STEPS for number in range(STEPS + 1)]
    curves = []
    for level in LEVELS if rest else (Decimal(1),):
        others = dict.fromkeys(rest, example.given.points_top * level)
        bids = [
            ExampleBid.model_validate({"price": example.given.bids[0].price, "points": {first: x, **others}})
            for x in xs
        ]
        name = f"other criteria {level * 100:.0f}%" if rest else "result"
        curves.append(Line(name, [float(x) for x in xs], _curve(key, model, example, bids)))
    chart = Lines(curves, f"Points on {first}", "Result (the highest wins)", language="en")
    return chart, f"The bid's own points on {first} against its result; the other bids stay."


def _span(values: Sequence[Decimal], *, whole: bool = False) -> list[Decimal]:
    """Give the values of the horizontal axis: from well below the lowest value to well above the highest."""
    low, high = min(values), max(values)
    if low == high:
        low, high = low * Decimal("0.5"), high * Decimal("1.5") or Decimal(1)
    room = (high - low) * Decimal("0.35")
    start = max(low - room, low / 2 if low > 0 else low - room)
    end = high if whole else high + room
    return [start + (end - start) * number / STEPS for number in range(STEPS + 1)]


def _curve(key: str, model: EvaluationModel, example: ModelExample, bids: Sequence[ExampleBid]) -> list[float | None]:
    return [_value(lambda bid=bid: _first(key, model, example, bid)) for bid in bids]  # type: ignore[misc]


def _value(calculate: Callable[[], Fraction | None]) -> float | None:
    try:
        found = calculate()
    except TenderkitError:
        return None
    return None if found is None else float(found)


def _first(key: str, model: EvaluationModel, example: ModelExample, bid: ExampleBid) -> Fraction | None:
    """Give the first bid's result; None where a stage does not keep it."""
    given = example.given.model_copy(update={"bids": [bid, *example.given.bids[1:]]})
    asked = example.model_copy(update={"given": given, "decimals": None})
    value = example_values(key, model, asked)[0]
    return value if isinstance(value, Fraction) else None
