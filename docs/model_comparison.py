"""The page with all models side by side: what each gives for the same bids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from model_pages import GROUPS
from parts import join, table, text

from tenderkit.charts import Line, Lines
from tenderkit.evaluation.calculator import Answer, Entry, Question, Worth, calculate
from tenderkit.evaluation.spec import Model
from tenderkit.evaluation.traits import uses_price
from tenderkit.formula.tree import Table
from tenderkit.library.model import EvaluationModel
from tenderkit.quantities import format_number, format_percent
from tenderkit.stress.fitting import Facts, fitted

TOP = Fraction(10)
LOW, HIGH = Fraction(1_000_000), Fraction(1_500_000)
FACTS = Facts(LOW, HIGH, TOP, Fraction(1, 2), Fraction(7))
PRICES = (1_000_000, 1_100_000, 1_250_000, 1_500_000, 2_000_000)
#: Price, points on quality: a cheap one, a middling one, a good one, and a dear and very good one.
BIDS = ((1_000_000, 5), (1_100_000, 6), (1_250_000, 8), (1_500_000, 10))
CURVED = 46
THOUSAND = 1000


def comparison_page(models: Mapping[str, EvaluationModel]) -> str:
    """Give the page; the charts of :func:`comparison_charts` lie beside it."""
    priced = {key: model for key, model in models.items() if model.input == "price"}
    awards = {key: model for key, model in models.items() if model.role == "award"}
    names = ", ".join(format_number(Decimal(price), "en") for price in PRICES)
    return join(
        "# All models side by side\n",
        "What each model gives for the same bids. Where a model has parameters that the tender must choose, they are",
        f"fitted to prices expected between {_money(LOW)} and {_money(HIGH)} kr.: the low end of the range gets full",
        "points and the high end none, where the model can do that. The numbers show how models differ; they are no",
        "advice. `tenderkit model test` does the same for your own tender.\n",
        "## Points on price\n",
        f"Five bids with the prices {names} kr., on a scale of 10. The first column tells the parameters.",
        "",
        *(_group(group, priced) for group in GROUPS if any(model.group == group for model in priced.values())),
        "## Who wins\n",
        "Four bids with the same weight on price and quality, or what comes nearest to it. In brackets the points on",
        "quality. The winner is set in bold; a dash is a bid that fell out.\n",
        table(
            ("Model", *(f"{_money(Fraction(price))} kr. ({points})" for price, points in BIDS)), list(_awards(awards))
        ),
    )


def comparison_charts(models: Mapping[str, EvaluationModel]) -> Iterator[tuple[str, Lines]]:
    """Give a chart of points against price for each group: one's own price moves, the others stay."""
    for group in GROUPS:
        curves = [
            Line(model.title.en, [float(x) for x in _span()], _curve(key, model))
            for key, model in models.items()
            if model.input == "price" and model.group == group and _fit(key, model) is not None
        ]
        if curves:
            marks = ((float(LOW), "low end"), (float(HIGH), "high end"))
            yield (
                group,
                Lines(curves, "The bid's own price (kr.)", "Points", x_unit="money", marks=marks, language="en"),
            )


def _group(group: str, models: Mapping[str, EvaluationModel]) -> str:
    title, about = GROUPS[group]
    rows = [_points(key, model) for key, model in models.items() if model.group == group]
    return join(
        f"### {title}\n",
        f"{about}\n",
        f"![Points against price, {title.lower()}](model-comparison-{group}.svg)\n",
        "*One's own price moves from 700,000 to 2,200,000; other bids stay at 1,000,000, 1,250,000 and 1,500,000.*\n",
        table(("Model", *(_money(Fraction(price)) for price in PRICES)), rows),
    )


def _fit(key: str, model: EvaluationModel) -> Model | None:
    return fitted(key, model, FACTS)


def _points(key: str, model: EvaluationModel) -> tuple[str, ...]:
    chosen = _fit(key, model)
    name = f"[{text(model.title.en)}](models/{key}.md)"
    if chosen is None:
        return (name, *("–" for _ in PRICES))
    used = ", ".join(f"{symbol} = {_parameter(model, symbol, value)}" for symbol, value in chosen.parameters.items())
    answers = _answers(chosen, [_bid(Fraction(price)) for price in PRICES])
    points = ["–" if answer.value is None else _number(answer.value) for answer in answers] or ["–"] * len(PRICES)
    return (f"{name}<br>{text(used)}" if used else name, *points)


def _curve(key: str, model: EvaluationModel) -> list[float | None]:
    chosen = _fit(key, model)
    assert chosen is not None  # noqa: S101 - asked by the caller
    rivals = (LOW, FACTS.middle, HIGH)
    answers = (_answers(chosen, [_bid(price) for price in (own, *rivals)]) for own in _span())
    points = [found[0].value if found else None for found in answers]
    return [float(value) if value is not None and value >= -1 else None for value in points]


def _bid(price: Fraction, points: int | None = None) -> Entry:
    entry = Entry("", price=Decimal(int(price)))
    return entry if points is None else replace(entry, points={"quality": Decimal(points)})


def _answers(model: Model, bids: Sequence[Entry], worth: Mapping[str, Worth] | None = None) -> list[Answer]:
    """Give what a model makes of bids; nothing where it refuses them."""
    return calculate(Question(model, bids, TOP, criteria=worth or {}))[0]


def _awards(models: Mapping[str, EvaluationModel]) -> Iterator[tuple[str, ...]]:
    """Give a row for each award model that has a price in its formula; the others rank points like any weighted sum."""
    worth = {"quality": Worth(Fraction(1), (HIGH - LOW) * FACTS.quality_for_price)}
    for key, model in models.items():
        chosen = _fit(key, model)
        if chosen is None or not uses_price(model):
            continue
        answers = _answers(chosen, [_bid(Fraction(price), points) for price, points in BIDS], worth)
        cells = [_result(answer) for answer in answers] or ["–"] * len(BIDS)
        used = ", ".join(
            f"{symbol} = {_parameter(model, symbol, value)}" for symbol, value in chosen.parameters.items()
        )
        name = f"[{text(model.title.en)}](models/{key}.md)"
        yield (f"{name}<br>{text(used)}" if used else name, *cells)


def _result(answer: Answer) -> str:
    if answer.value is None:
        return "–"
    shown = _number(answer.value)
    return f"**{shown}**" if answer.rank == 1 else shown


def _number(value: Fraction) -> str:
    """Give a result with five digits that count, or whole kroner."""
    size = abs(value)
    places = 0 if size >= THOUSAND else 2 if size >= 1 else 4
    return format_number(Decimal(f"{float(value):.{places}f}"), "en")


def _span() -> list[Fraction]:
    return [Fraction(700_000) + Fraction(1_500_000) * number / (CURVED - 1) for number in range(CURVED)]


def _parameter(model: EvaluationModel, symbol: str, value: Fraction | Table) -> str:
    if isinstance(value, tuple):
        return "a table"
    if model.parameters[symbol].type == "percent":
        return format_percent(value * 100, "en")
    return format_number(Decimal(f"{float(value):.6g}"), "en")


def _money(amount: Fraction) -> str:
    return format_number(Decimal(int(amount)), "en")
