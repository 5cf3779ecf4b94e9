"""An evaluation model as a page for the terminal, and the words for its edge rules and claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from tenderkit import formula
from tenderkit.formula import Node
from tenderkit.formula.tree import Table
from tenderkit.library.model import EvaluationModel
from tenderkit.library.parameter import ModelParameter
from tenderkit.quantities import Language, format_number

EDGES = {
    "single_bid": "A single admissible bid",
    "all_equal": "All bids equal",
    "zero": "A value of 0",
    "negative": "A value below 0",
    "outside": "Beyond the span",
    "blank": "A blank",
}
RULES = {
    "full-points": "gets full points",
    "by-formula": "as the formula gives",
    "refused": "is refused",
    "zero-points": "gives 0 points",
    "clamped": "stays at the end of the scale",
    "not-possible": "cannot happen",
}
CLAIMS = {
    "relative": "Points depend on the other bids",
    "monotone": "A better value never gives a worse result",
    "linear": "Equal steps give equal differences",
    "rank_reversal": "A loser that leaves can change who wins",
}


def page(identifier: str, model: EvaluationModel, language: Language) -> str:
    """Give the whole model as text: the headings in English, what the file says in the language."""
    sections = {
        "Formula": _formulas(model, language),
        "Stages": _stages(model, language),
        "Symbols": [f"  {symbol}: {label[language]}" for symbol, label in model.symbols.items()],
        "Parameters": [*_parameters(model, language), *(f"  {rule.otherwise[language]}" for rule in model.rules)],
        "Properties": [f"  {claim}: {'yes' if getattr(model, name) else 'no'}" for name, claim in CLAIMS.items()],
        "Edge rules": [f"  {edge}: {rule}" for edge, rule in edge_rules(model)],
        "Use when": [f"  - {item}" for item in model.use_when[language]],
        "Do not use when": [f"  - {item}" for item in model.not_when[language]],
        "Sources": [f"  - {source.title} [{source.mark}]" for source in model.sources],
    }
    lines = [f"{model.title[language]}  ({identifier})", "", model.description[language], ""]
    for heading, content in sections.items():
        lines += [heading, *content, ""] if content else []
    return "\n".join([*lines, f"Next: tenderkit model score {identifier} --bids prices.csv"])


def sentence(model: EvaluationModel, language: Language, step: str = "") -> str:
    """Give the formula in words, or one of its steps."""
    names = _names(model)
    tree: Node = model.step_trees[step] if step else model.tree
    return formula.words(tree, {**names, "result": names[step or "result"]}, language)


def edge_rules(model: EvaluationModel) -> Iterator[tuple[str, str]]:
    """Give what happens at each edge, and how the result is rounded."""
    for name, rule in model.edges.model_dump().items():
        yield EDGES[name], RULES[rule]
    rounding = "not rounded" if model.rounding == "none" else f"rounded half up to {model.rounding} decimals"
    yield "The points" if model.role == "criterion" else "The result", rounding


def limits(item: ModelParameter, language: Language = "en") -> str:
    """Give a parameter's type, unit and limits."""
    kind = f"table of {item.rows[0]} to {item.rows[1]}" if item.rows else item.type
    sign = " %" if "percent" in (item.type, *(item.rows or ())[:1]) else ""
    low, high = (None if limit is None else f"{_number(limit)}{sign}" for limit in (item.min, item.max))
    span = f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}" if high else ""
    return ", ".join(part for part in (kind, item.unit[language] if item.unit else "", span) if part)


def shown_value(item: ModelParameter, value: Fraction | Table) -> str:
    """Give a value as people write it: ``60 %``, or a table as ``0: 100 %, 50: 0 %``."""
    if isinstance(value, tuple):
        of_edge, of_value = item.rows or ("number", "number")
        return ", ".join(f"{_shown(edge, of_edge)}: {_shown(own, of_value)}" for edge, own in value)
    return _shown(value, item.type)


def table_option(name: str, model: EvaluationModel) -> str:
    """Give a table parameter as the option takes it, with the values of the model's first worked example."""
    item = model.parameters[name]
    table = item.value(next(own.given.parameters[name] for own in model.examples if name in own.given.parameters))
    assert isinstance(table, tuple)  # noqa: S101 - the model's file is checked: its example fits its parameter
    of_edge, of_value = item.rows or ("number", "number")
    # without thousands marks, which can be taken for decimal marks
    rows = (f"{_shown(edge, of_edge)}:{_shown(own, of_value)}".replace(",", "").replace(" ", "") for edge, own in table)
    return f'--param "{name}={";".join(rows)}"'


def _formulas(model: EvaluationModel, language: Language) -> list[str]:
    left = "points" if model.role == "criterion" else "result"
    lines = []
    for name, text in (*model.steps.items(), ("", model.formula)):
        lines += [f"  {name or left} = {text}", f"      {sentence(model, language, name)}"]
    return lines


def _stages(model: EvaluationModel, language: Language) -> list[str]:
    lines = []
    for stage in model.stages.values():
        words = formula.condition_words(formula.parse_condition(stage.keep), _names(model), language)
        lines += [
            f"  {stage.title[language]}: {stage.keep}",
            f"      A bid goes on if: {words}",
            f"      {stage.explain[language]}",
        ]
    return lines


def _parameters(model: EvaluationModel, language: Language) -> Iterator[str]:
    for name, item in model.parameters.items():
        default = "must be chosen" if item.default is None else f"default {shown_value(item, item.value(item.default))}"
        yield f"  {name}: {item.ask[language]}"
        yield f"      {limits(item, language)}; {default}"
        if item.rows:
            yield f"      such as {table_option(name, model)}"


def _names(model: EvaluationModel) -> Mapping[str, Mapping[str, str]]:
    """Give what each name is called; a step without a text is called by its name."""
    steps = {name: {"da": name, "en": name} for step in model.steps for name in (step, f"{step}s")}
    return steps | {symbol: {"da": label.da, "en": label.en} for symbol, label in model.symbols.items()}


def _shown(value: Fraction, kind: str) -> str:
    return f"{_number(value * 100)} %" if kind == "percent" else _number(value)


def _number(value: Fraction | Decimal) -> str:
    return format_number(value, "en")
