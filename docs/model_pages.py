"""The pages on evaluation models, made from their files: an overview, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from parts import bullets, code, join, table, text

from tenderkit import formula
from tenderkit.api.model_page import CLAIMS, edge_rules, limits
from tenderkit.formula import Node
from tenderkit.library.model import EvaluationModel, ExampleBid, ModelExample
from tenderkit.library.parameter import ModelParameter
from tenderkit.quantities import Language, format_number

GROUPS = {
    "lowest": (
        "Points relative to the lowest price",
        "The points depend on the lowest price among the admissible bids.",
    ),
    "average": ("Points relative to a mean or median", "The points depend on all bids together."),
    "discount": ("Points for the discount from a budget", "The points depend on how far a price lies below a budget."),
    "absolute": ("Points on a published scale", "The points depend only on the bid's own price and published numbers."),
    "offer": (
        "Points for offered numbers",
        "Hours, places, months, shares: numbers that become duties of the contract.",
    ),
    "score": ("Points from evaluators", "The evaluators' scores are converted."),
    "total": ("How points become a ranking", "The points of all criteria become one result."),
    "money": ("Quality turned into money", "The lowest price after deductions or additions for quality wins."),
    "ratio": ("Ratios of quality to price", "Quality for each krone, or kroner for each point."),
}


def models_page(models: Mapping[str, EvaluationModel]) -> str:
    """Give the overview, in groups."""
    head = join(
        "# Evaluation models\n",
        f"{len(models)} evaluation models (evalueringsmodeller), each made from its file in `evaluation_models/`:",
        "the formula, the same as an equation and in words, a chart, edge rules, when to use it and when not,",
        "sources, and worked examples that the tests run. [All models side by side](model-comparison.md) shows what",
        "they give for the same bids. In the terminal: `tenderkit model list`, `tenderkit model show ID`, and",
        "`tenderkit model score ID` to calculate.\n",
    )
    return join(head, *(_group(group, models) for group in GROUPS))


def _group(group: str, models: Mapping[str, EvaluationModel]) -> str:
    title, about = GROUPS[group]
    rows = [
        (
            f"[{text(model.title.en)}](models/{key}.md)<br>*{text(model.title.da)}*<br>{code(key)}",
            text(_first_sentence(model.description.en)),
            "yes" if model.relative else "no",
            "yes" if model.rank_reversal else "no",
        )
        for key, model in models.items()
        if model.group == group
    ]
    titles = ("Model", "What it does", "Depends on others", "A loser can change the winner")
    return join(f"## {title}\n", f"{about}\n", table(titles, rows))


def _first_sentence(description: str) -> str:
    return description.partition(". ")[0].rstrip(".") + "."


def model_page(key: str, model: EvaluationModel, chart: str) -> str:
    """Give a model's page; ``chart`` is what its picture shows, in words."""
    role = "gives points on a criterion" if model.role == "criterion" else "ranks the bids"
    synonyms = f" · also called: {text(', '.join(model.synonyms))}" if model.synonyms else ""
    return join(
        f"# {text(model.title.en)}\n",
        f"*{text(model.title.da)}* · {code(key)} · {role} · family {model.family}{synonyms}\n",
        f"{text(model.description.en)}\n",
        f"> {text(model.description.da)}\n",
        "## Formula\n",
        *_formulas(model),
        "## Points against price\n" if model.input == "price" else "## Chart\n",
        f"![{text(chart)}]({key}.svg)\n",
        f"*{text(chart)}*\n",
        _parameters(model),
        "## Properties\n",
        "Claims that the tests try: where it says yes there is an example, where it says no none was found.\n",
        table(("Property", ""), [(claim, "yes" if getattr(model, name) else "no") for name, claim in CLAIMS.items()]),
        table(("At the edge", ""), list(edge_rules(model))),
        "## When to use it\n",
        bullets(model.use_when.en),
        "## When not to use it\n",
        bullets(model.not_when.en),
        "## Worked examples\n",
        *(_example(model, example) for example in model.examples),
        "## Sources\n",
        bullets([f"{source.title} ({source.mark})" for source in model.sources]),
    )


def _formulas(model: EvaluationModel) -> Iterator[str]:
    for name, tree in model.step_trees.items():
        yield _equation(model, tree, name)
    for stage in model.stages.values():
        condition = formula.parse_condition(stage.keep)
        sentence = formula.condition_words(condition, _names(model), "en")
        yield join(
            f"**{text(stage.title.en)}**: {text(stage.explain.en)}\n",
            f'<div class="equation">{formula.mathml(condition, language="en")}</div>\n',
            f"A bid goes on if {text(sentence)}.\n",
        )
    yield _equation(model, model.tree, "")
    yield join("As it stands in the file:\n", "~~~~ text", *_written(model), "~~~~\n")


def _written(model: EvaluationModel) -> list[str]:
    steps = [f"{name} = {step}" for name, step in model.steps.items()]
    return [*steps, *(f"keep when {stage.keep}" for stage in model.stages.values()), model.formula]


def _equation(model: EvaluationModel, tree: Node, name: str) -> str:
    """Give a step, or the formula itself, as an equation and in words."""
    names = _names(model)
    subject = {} if not name else {"result": names.get(name, {"da": name, "en": name})}
    sentences = [formula.words(tree, {**names, **subject}, language) for language in _languages()]
    left = name or ("points" if model.role == "criterion" else "result")
    return join(
        f'<div class="equation">{formula.mathml(tree, left=left, language="en")}</div>\n',
        "\n>\n".join(f"> {text(sentence)}" for sentence in sentences) + "\n",
    )


def _languages() -> tuple[Language, ...]:
    return ("en", "da")


def _names(model: EvaluationModel) -> dict[str, dict[str, str]]:
    return {symbol: {"da": label.da, "en": label.en} for symbol, label in model.symbols.items()}


def _parameters(model: EvaluationModel) -> str:
    if not model.parameters:
        return ""
    rows = [
        (f"{code(name)}<br>{text(item.ask.en)}<br>*{text(item.ask.da)}*", _default(item), text(limits(item)), item.mark)
        for name, item in model.parameters.items()
    ]
    return join("## Parameters\n", table(("Parameter and question", "Default", "Unit and limits", "Mark"), rows))


def _default(item: ModelParameter) -> str:
    if item.default is None:
        return "must be chosen"
    if isinstance(item.default, dict):
        rows = ", ".join(f"{_number(edge)}: {_number(value)}" for edge, value in item.default.items())
        return code(f"{{{rows}}}")
    return code(f"{_number(item.default)}{' %' if item.type == 'percent' else ''}")


def _number(value: Decimal) -> str:
    return format_number(value, "en")


def _example(model: EvaluationModel, example: ModelExample) -> str:
    given = example.given
    rows = []
    columns = _columns(model, example)
    for bid, points, rank in zip(given.bids, example.points, example.ranks, strict=True):
        shown = "out" if points == "out" else _exact(points)
        rows.append((*(_cell(bid, column) for column in columns), shown, str(rank) if rank else "–"))
    titles = ("Price", "Offered", "Score")
    names = [
        titles[("price", "offer", "score").index(column)] if column in ("price", "offer", "score") else column
        for column in columns
    ]
    result = "Points" if model.role == "criterion" else "Result"
    return join(
        f"{text(example.note)}\n", f"{text(_conditions(model, example))}\n", table((*names, result, "Rank"), rows)
    )


def _columns(model: EvaluationModel, example: ModelExample) -> list[str]:
    fields = ("price", "offer", "score")
    used = [field for field in fields if any(getattr(bid, field) is not None for bid in example.given.bids)]
    return [*used, *example.given.criteria] if model.role == "award" else used


def _cell(bid: ExampleBid, column: str) -> str:
    value = getattr(bid, column) if column in ("price", "offer", "score") else bid.points.get(column)
    return "" if value is None else _number(value)


def _exact(value: Fraction) -> str:
    """Give a number with its fraction where it has no end."""
    ends = value.denominator
    for prime in (2, 5):
        while ends % prime == 0:
            ends //= prime
    if ends == 1:
        return _number(Decimal(value.numerator) / Decimal(value.denominator))
    return f"{_number(Decimal(f'{float(value):.4f}'))} ({value})"


def _conditions(model: EvaluationModel, example: ModelExample) -> str:
    """Give what the bids of an example start from."""
    given = example.given
    parts = [f"top of the scale {_number(given.points_top)}"]
    for name, value in given.parameters.items():
        item = model.parameters[name]
        written = (
            "{" + ", ".join(f"{_number(edge)}: {_number(of_edge)}" for edge, of_edge in value.items()) + "}"
            if isinstance(value, dict)
            else _number(value) + ("%" if item.type == "percent" else "")
        )
        parts.append(f"{name} = {written}")
    parts += [f"floor {_number(given.floor)}"] if given.floor is not None else []
    parts += [f"cap {_number(given.cap)}"] if given.cap is not None else []
    for name, criterion in given.criteria.items():
        weight = f"weight {_number(criterion.weight)}%" if criterion.weight is not None else ""
        amount = f"amount {_number(criterion.amount)}" if criterion.amount is not None else ""
        parts.append(f"{name}: {', '.join(part for part in (weight, amount) if part)}")
    rounded = f"; rounded to {example.decimals} decimals" if example.decimals is not None else ""
    return f"Given: {'; '.join(parts)}{rounded}."
