"""Formulas of the published model as documents show them: with the tender's numbers in, as equation and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from tenderkit.assembly import cells, tree
from tenderkit.assembly.context import Context
from tenderkit.evaluation.price import expression
from tenderkit.evaluation.spec import EvaluationSpec, Model
from tenderkit.formula.parse import parse
from tenderkit.formula.phrases import FILE, Phrases, read_phrases
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Node, Number, names_in
from tenderkit.formula.words import RESULT, words
from tenderkit.quantities import Language, format_money, format_number, format_percent
from tenderkit.source import Bilingual

TOP, PRICE, EVALUATED = "S", "P", "E"


def filled(node: Node, numbers: Mapping[str, Number], renamed: Mapping[str, str]) -> Node:
    """Give a formula with numbers in place of published constants, and with other names for values.

    ``filled(parse("S*MIN(Ps)/P"), {"S": Number(Fraction(10))}, {"P": "E"})`` is the tree of ``10*MIN(Es)/E``.
    """
    match node:
        case Name():
            return numbers.get(node.name, replace(node, name=renamed.get(node.name, node.name)))
        case Bids():
            return replace(node, name=renamed.get(node.name, node.name))
        case Negative():
            return replace(node, operand=filled(node.operand, numbers, renamed))
        case Binary() | Compare():
            left, right = (filled(part, numbers, renamed) for part in (node.left, node.right))
            return replace(node, left=left, right=right)
        case Call():
            return replace(node, arguments=tuple(filled(part, numbers, renamed) for part in node.arguments))
        case _:
            return node


def model_equations(model: Model, spec: EvaluationSpec, context: Context, left: str) -> list[tree.Equation]:
    """Give a model's derived quantities and then its formula, with the tender's numbers in.

    ``left`` is what stands for the result in the equation; the evaluated price is called E as in its own equation.
    """
    numbers = {name: _number(name, value, model) for name, value in model.parameters.items()}
    numbers.setdefault(TOP, Number(spec.points_top))
    renamed = {PRICE: EVALUATED}
    symbols = _symbols(model, numbers, context.language)
    names = {name: context.label(f"offers-model.symbol.{name}") for name in ("v", "floor", "cap")}
    equations = []
    for name, formula in (*model.definition.steps.items(), (left, model.definition.formula)):
        node = filled(parse(formula), numbers, renamed)
        subject = {} if name == left else {RESULT: symbols.get(name, _same(name))}
        sentence = words(node, {**symbols, **subject}, context.language, phrases(context))
        used = {known: shown for known, shown in names.items() if known in names_in(node)}
        equations.append(tree.Equation(name, node, sentence, used))
    return equations


def price_equation(spec: EvaluationSpec, context: Context) -> tree.Equation:
    """Give the evaluated price of a lot: the sum of published quantity times unit price."""
    symbols: dict[str, Bilingual] = {
        line.id: _same(
            context.label(
                "evaluated-price.unit_price", id=line.id, line=line.label, unit=cells.unit(line.unit, context)
            )
        )
        for line in spec.price_lines
    }
    symbols[RESULT] = _same(context.label("evaluated-price.name"))
    node = parse(expression(spec.price_lines))
    return tree.Equation(EVALUATED, node, words(node, symbols, context.language, phrases(context)))


def edge_points(model: Model, spec: EvaluationSpec, context: Context) -> list[tree.Paragraph]:
    """Give what a price model does at its edges: one bid, equal bids, zero, and beyond its span."""
    edges = model.definition.edges
    top = format_number(spec.points_top, context.language)
    keys = [f"edges.single_bid.{edges.single_bid}", f"edges.all_equal.{edges.all_equal}"]
    keys += [f"edges.zero.{edges.zero}", f"edges.negative.{edges.negative}"]
    keys += [] if edges.outside == "not-possible" else [f"edges.outside.{edges.outside}"]
    return [cells.point(context, key, top=top) for key in (*keys, f"edges.blank.{edges.blank}")]


def rounding_point(model: Model, spec: EvaluationSpec, context: Context) -> tree.Paragraph:
    """Give to how many decimals points are rounded: what the tender says, else what the model says."""
    own = model.definition.rounding
    places = spec.point_places if spec.point_places is not None or own == "none" else own
    if places is None:
        return cells.point(context, "rounding.none")
    return cells.point(context, "rounding.places", decimals=decimals(places, context))


def decimals(places: int, context: Context) -> str:
    """Give how many decimals there are in words, such as "3 decimaler" or "et helt tal"."""
    known = phrases(context)
    if places == 0:
        return known.no_decimals[context.language]
    return known.one_decimal[context.language] if places == 1 else known.decimals[context.language].format(x=places)


def phrases(context: Context) -> Phrases:
    """Give the phrases of the plan's library, which for a published tender are the published ones."""
    library = context.plan.library
    return _phrases(library.text(FILE), library.where(FILE))


@lru_cache(maxsize=8)
def _phrases(text: str, name: str) -> Phrases:
    return read_phrases(text, name)


def _number(name: str, value: Fraction, model: Model) -> Number:
    return Number(value, percent=model.definition.parameters[name].type == "percent")


def _same(text: str) -> Bilingual:
    return Bilingual(da=text, en=text)


def _symbols(model: Model, numbers: Mapping[str, Number], language: Language) -> dict[str, Bilingual]:
    """Give what every name is called: constants by their number, the price also by the name it has in documents."""
    symbols = dict(model.definition.symbols)
    for name, label in model.definition.symbols.items():
        if name in {PRICE, f"{PRICE}s"}:
            symbols[name.replace(PRICE, EVALUATED)] = label
        elif name.endswith(f"({PRICE}s)"):
            symbols[name.replace(f"({PRICE}s)", f"({EVALUATED}s)")] = label
    for name, number in numbers.items():
        symbols[name] = _same(_printed(name, number, model, language))
    return symbols


def _printed(name: str, number: Number, model: Model, language: Language) -> str:
    if number.percent:
        return format_percent(number.value * 100, language)
    parameter = model.definition.parameters.get(name)
    is_money = parameter is not None and parameter.type == "money"
    return format_money(number.value, language) if is_money else format_number(number.value, language)
