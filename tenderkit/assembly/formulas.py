"""Formulas of the published model as documents show them: with the tender's numbers in, as equation and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from tenderkit.assembly import cells, tree
from tenderkit.assembly.context import Context
from tenderkit.evaluation.price import expression
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model
from tenderkit.formula.functions import table_parts
from tenderkit.formula.parse import parse
from tenderkit.formula.phrases import FILE, Phrases, read_phrases
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Node, Number, Table, names_in, walk
from tenderkit.formula.words import RESULT, condition_words, words
from tenderkit.library.model import EvaluationModel
from tenderkit.quantities import NBSP, Language, format_money, format_number, format_percent
from tenderkit.source import Bilingual

TOP, PRICE, EVALUATED, PART = "S", "P", "E", "D"
STEP, TABLE = "M", "T"
SHORT = 2  # letters of a name that readers take for a symbol


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


class ModelWords:
    """A model's formulas for readers: published numbers in, and symbols that mean the same in any language.

    The evaluated price is called E as in its own equation, and D where ``leaf`` is about some price lines only. A
    derived quantity with a long name is called M, or M₁, M₂ where there are several; a table T.
    """

    def __init__(self, model: Model, spec: EvaluationSpec, context: Context, leaf: Criterion | None = None) -> None:
        self.model = model
        self.context = context
        self.price = PART if leaf is not None and leaf.lines else EVALUATED
        plain = {name: value for name, value in model.parameters.items() if isinstance(value, Fraction)}
        self.numbers = {name: _number(name, value, model) for name, value in plain.items()}
        self.numbers.setdefault(TOP, Number(spec.points_top))
        self.symbols = self._symbols()
        self.names = self._names()

    def steps(self, names: Iterable[str]) -> list[tree.Equation]:
        """Give the derived quantities that are named, in the model's order."""
        wanted = set(names)
        return [
            self._equation(name, parse(text), self.symbols.get(name, _same(name)))
            for name, text in self.model.definition.steps.items()
            if name in wanted
        ]

    def formula(self, left: str) -> tree.Equation:
        """Give the formula; ``left`` is what stands for the result in the equation."""
        return self._equation(left, parse(self.model.definition.formula), self.symbols.get(RESULT))

    def condition(self, node: Node) -> tree.Equation:
        """Give a condition, as a formula without a left side and as a sentence."""
        shown = filled(node, self.numbers, {PRICE: self.price})
        said = condition_words(self._said(node), self.symbols, self.context.language, phrases(self.context))
        sentence = _ended(self.context.label("total-and-ties.condition", condition=said))
        return tree.Equation("", shown, sentence, self._used("", shown))

    def tables(self) -> list[tree.Block]:
        """Give each table parameter as a table, with what holds between its rows."""
        blocks: list[tree.Block] = []
        for name, value in self.model.parameters.items():
            if not isinstance(value, Fraction):
                blocks += self._table(name, value)
        return blocks

    def _equation(self, left: str, node: Node, subject: Bilingual | None) -> tree.Equation:
        shown = filled(node, self.numbers, {PRICE: self.price})
        symbols = self.symbols if subject is None else {**self.symbols, RESULT: subject}
        sentence = _ended(words(self._said(node), symbols, self.context.language, phrases(self.context)))
        return tree.Equation(left, shown, sentence, self._used(left, shown))

    def _said(self, node: Node) -> Node:
        """Give a formula as it is said: kroner, and numbers with a unit, stand with it in their symbols' text."""
        about = self.model.definition.parameters
        with_unit = {
            name for name, it in about.items() if it.type == "money" or (it.type == "number" and it.unit is not None)
        }
        plain = {name: number for name, number in self.numbers.items() if name not in with_unit}
        return filled(node, plain, {PRICE: self.price})

    def _used(self, left: str, node: Node) -> dict[str, str]:
        """Give the names in an equation that something else stands for; a plural follows its singular."""
        used = {left, *names_in(node), *(part.name for part in walk(node) if isinstance(part, Bids))}
        return {name: shown for name, shown in self.names.items() if name in used}

    def _symbols(self) -> dict[str, Bilingual]:
        """Give what every name is called: constants by their number, the price also by the name it has in documents."""
        own = self.model.definition.symbols
        symbols = dict(own)
        for name, label in own.items():
            if name in {PRICE, f"{PRICE}s"}:
                symbols[name.replace(PRICE, self.price)] = label
            elif name.endswith(f"({PRICE}s)") and self.price == EVALUATED:
                symbols[name.replace(f"({PRICE}s)", f"({EVALUATED}s)")] = label
        if self.price == PART:
            symbols[PART] = _same(self.context.label("price-model.part.own"))
            symbols[f"{PART}s"] = _same(self.context.label("price-model.part.all"))
        for name, number in self.numbers.items():
            symbols[name] = _same(_printed(name, number, self.model, self.context.language))
        return symbols

    def _names(self) -> dict[str, str]:
        """Give what stands for a name in equations: Danish readers need no English words in a formula."""
        names = {name: self.context.label(f"offers-model.symbol.{name}") for name in ("v", "floor", "cap")}
        definition = self.model.definition
        taken = {*definition.steps, *definition.parameters}
        tables = [name for name, value in self.model.parameters.items() if not isinstance(value, Fraction)]
        steps = [name for name in definition.steps if len(name) > SHORT]
        names |= _lettered([name for name in tables if len(name) > SHORT], TABLE, taken)
        return names | _lettered(steps, STEP, taken)

    def _table(self, name: str, table: Table) -> list[tree.Block]:
        definition, context = self.model.definition, self.context
        kinds = definition.parameters[name].rows or ("number", "number")
        trees = [*definition.step_trees.values(), *definition.stage_trees.values(), definition.tree]
        between = any(
            part.function == "INTERPOLATE" and any(found.name == name for found in table_parts(part))
            for whole in trees
            for part in walk(whole)
            if isinstance(part, Call)
        )
        meaning = definition.symbols[name][context.language]
        shown = cells.table(
            context,
            "model-table",
            (cells.Col("at" if between else "from", 3, "center"), cells.Col("value", 3, "center")),
            [tuple(cells.cell(_kind(x, kind, context)) for x, kind in zip(row, kinds, strict=True)) for row in table],
            symbol=self.names.get(name, name).replace("_", NBSP),
            meaning=meaning,
        )
        return [shown, cells.point(context, f"model-table.{'between' if between else 'steps'}")]


def model_equations(
    model: Model, spec: EvaluationSpec, context: Context, left: str, leaf: Criterion | None = None
) -> list[tree.Block]:
    """Give a model's derived quantities and then its formula, with the tender's numbers in, and its tables.

    ``left`` is what stands for the result in the equation; ``leaf`` is the criterion that the model scores.
    """
    said = ModelWords(model, spec, context, leaf)
    return [*said.steps(model.definition.steps), said.formula(left), *said.tables()]


def steps_behind(definition: EvaluationModel, nodes: Iterable[Node]) -> set[str]:
    """Give the derived quantities that formulas are made of, and those that these are made of."""
    steps = definition.step_trees
    waiting = [name for node in nodes for name in names_in(node)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        step = name if name in steps else name.removesuffix("s")
        if step in steps and step not in found:
            found.add(step)
            waiting += names_in(steps[step])
    return found


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


def _ended(sentence: str) -> str:
    """Give a sentence with one full stop, also after "kr."."""
    return sentence.removesuffix(".") if sentence.endswith("..") else sentence


def _lettered(names: list[str], letter: str, taken: set[str]) -> dict[str, str]:
    """Give each name a letter: the bare one for a single name, with numbers for several."""
    if len(names) == 1 and letter not in taken:
        return {names[0]: letter}
    return {name: f"{letter}_{number}" for number, name in enumerate(names, start=1)}


def _number(name: str, value: Fraction, model: Model) -> Number:
    return Number(value, percent=model.definition.parameters[name].type == "percent")


def _same(text: str) -> Bilingual:
    return Bilingual(da=text, en=text)


def _kind(value: Fraction, kind: str, context: Context) -> str:
    """Give a table's number as its column is written."""
    if kind == "percent":
        return cells.percent(value, context)
    shown = format_money if kind == "money" else format_number
    return shown(value, context.language)


def _printed(name: str, number: Number, model: Model, language: Language) -> str:
    if number.percent:
        return format_percent(number.value * 100, language)
    parameter = model.definition.parameters.get(name)
    if parameter is not None and parameter.type == "money":
        return format_money(number.value, language)
    shown = format_number(number.value, language)
    unit = parameter.unit[language] if parameter is not None and parameter.unit is not None else ""
    return f"{shown}{NBSP}{unit}" if unit else shown
