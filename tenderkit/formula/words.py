"""Formulas as sentences, Danish and English, made from the tree.

Prose has no parentheses inside parentheses. What does not fit into a sentence is called x, y or z and explained at its
end: "Pointtallet er 10 ganget med (1 minus forholdet mellem x og ..., dog mindst 0), hvor x er ...".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from typing import Protocol

from tenderkit.formula.forms import Form, Forms, chain
from tenderkit.formula.phrases import Phrases, installed_phrases
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Node, Number
from tenderkit.problems import Problem, TenderkitError, nearest
from tenderkit.quantities import Language, format_number, format_percent

RESULT = "result"
LETTERS = ("x", "y", "z", "u", "v", "w", "q", "r", "s", "t")

_ATOM: tuple[Form, ...] = ("atom",)
_TERM: tuple[Form, ...] = ("atom", "share")
_PLAIN: tuple[Form, ...] = ("atom", "share", "product")
_WHOLE: tuple[Form, ...] = ("atom", "share", "product", "sum", "span")
_AGGREGATES = {
    "MIN": "lowest_of_bids",
    "MAX": "highest_of_bids",
    "AVERAGE": "average_of_bids",
    "MEDIAN": "median_of_bids",
    "SUM": "sum_of_bids",
    "COUNT": "number_of_bids",
}
_COMPARISONS = {
    "<": "less",
    "<=": "less_or_equal",
    "=": "equal",
    ">=": "greater_or_equal",
    ">": "greater",
    "<>": "not_equal",
}
_ROUNDINGS = {"ROUND": "rounded", "ROUNDUP": "rounded_up", "ROUNDDOWN": "rounded_down"}


class Label(Protocol):
    """A text by language, such as ``{"da": "evalueringsprisen", "en": "the evaluated price"}``."""

    def __getitem__(self, language: str, /) -> str:
        """Give the text in a language."""
        ...


def words(node: Node, symbols: Mapping[str, Label], language: Language, phrases: Phrases | None = None) -> str:
    """Give the formula as one full sentence.

    Args:
        node: the formula's tree.
        symbols: what every name is called, in both languages. The plural (``Ps``) is a noun without article
            ("evalueringspris"); ``result`` is what the formula gives ("Pointtallet"). An aggregate may be named itself
            by its text, such as ``MIN(Ps)``, where the usual phrase does not fit the noun's gender. A value that is
            known is put in as text, such as ``50 %``.
        language: ``da`` or ``en``.
        phrases: the phrases of a published tender's lock; the library's when left out.

    Raises:
        TenderkitError: a name has no text.

    >>> from tenderkit.formula.parse import parse
    >>> names = {"S": {"en": "10"}, "P": {"en": "the evaluated price"}, "Ps": {"en": "evaluated price"}}
    >>> words(parse("S*MIN(Ps)/P"), names, "en")
    'The result is 10 multiplied by the lowest evaluated price among the admissible tenders and divided by the evaluated price.'
    """  # noqa: E501 - the sentence is shown whole
    return _Writer(symbols, language, phrases or installed_phrases()).sentence(node)


class _Writer:
    """Writes one sentence and remembers what was called x, y and z."""

    def __init__(self, symbols: Mapping[str, Label], language: Language, phrases: Phrases) -> None:
        self.symbols = symbols
        self.language = language
        self.phrases = phrases
        percents = {name for name, label in symbols.items() if label[language].endswith("%")}
        self.forms = Forms(percents)
        self.inside = False
        self.letters: dict[Node, str] = {}
        self.meanings: dict[str, str] = {}

    def phrase(self, key: str, x: str = "", y: str = "", z: str = "") -> str:
        """Give a phrase with its parts put in; text in a part is never read as a phrase."""
        label: Label = getattr(self.phrases, key)
        return label[self.language].format(x=x, y=y, z=z)

    def sentence(self, node: Node) -> str:
        """Give the whole sentence."""
        subject = self.symbols[RESULT][self.language] if RESULT in self.symbols else self.phrase("result")
        text = self.say(node)
        if self.meanings:
            said = [self.phrase("meaning", letter, meaning) for letter, meaning in self.meanings.items()]
            text = self.phrase("where", text, self.listed(said, "clauses_last"))
        whole = self.phrase("sentence", subject, text)
        return whole[:1].upper() + whole[1:]

    def listed(self, texts: Sequence[str], last: str = "list_last") -> str:
        """Give "a, b og c"."""
        return self.phrase(last, ", ".join(texts[:-1]), texts[-1]) if len(texts) > 1 else texts[0]

    def fit(self, node: Node, forms: Collection[Form]) -> str:
        """Give a part that must be of one of the forms; otherwise in parentheses, or inside such by a letter."""
        if self.forms.of(node) in forms:
            return self.say(node)
        if self.inside:
            return self.letter(node)
        self.inside = True
        text = self.say(node)
        self.inside = False
        return f"({text})"

    def short(self, node: Node) -> str:
        """Give a part that is a number or has a name; otherwise by a letter."""
        return self.say(node) if self.forms.of(node) == "atom" else self.letter(node)

    def letter(self, node: Node) -> str:
        """Give the letter that stands for a part and keep what it means for the end of the sentence."""
        if node not in self.letters:
            taken = {label[self.language] for label in self.symbols.values()}
            free = [letter for letter in LETTERS if letter not in taken and letter not in self.meanings]
            if not free:
                raise TenderkitError(
                    Problem(
                        "formula-too-deep",
                        "The formula is too long for one sentence.",
                        help="Split it into named steps.",
                    )
                )
            self.letters[node] = free[0]
            self.meanings[free[0]] = ""
            outer, self.inside = self.inside, False
            self.meanings[free[0]] = self.say(node)
            self.inside = outer
        return self.letters[node]

    def say(self, node: Node) -> str:
        """Give a part in words."""
        match node:
            case Number():
                return self.number(node)
            case Name(name=name) | Bids(plural=name):
                return self.symbol(name, node.column)
            case Negative():
                return self.phrase("negative", self.fit(node.operand, _TERM))
            case Binary():
                return self.operation(node)
            case Compare():
                left, right = self.fit(node.left, _WHOLE), self.fit(node.right, _WHOLE)
                return self.phrase(_COMPARISONS[node.operator], left, right)
            case Call():
                return self.call(node)

    def number(self, node: Number) -> str:
        """Give a number as the language writes it."""
        if node.percent:
            return format_percent(node.value * 100, self.language)
        return format_number(node.value, self.language)

    def symbol(self, name: str, column: int) -> str:
        """Give what a name is called."""
        if name not in self.symbols:
            raise TenderkitError(
                Problem(
                    "formula-missing-name",
                    f'Column {column}: "{name}" has no text.',
                    help=nearest(name, self.symbols),
                    values={"name": name},
                )
            )
        return self.symbols[name][self.language]

    def operation(self, node: Binary) -> str:
        """Give a power, a product or a sum."""
        if node.operator == "^":
            base = self.fit(node.left, _ATOM)
            if isinstance(node.right, Number) and node.right.value == 2:  # noqa: PLR2004 - a square
                return self.phrase("square", base)
            return self.phrase("power", base, self.fit(node.right, _ATOM))
        if node.operator in "*/":
            if self.forms.is_share(node):
                return self.phrase("share", self.say(node.left), self.say(node.right))
            return self.product(node)
        return self.list_of(node) if self.forms.is_list(node) else self.sum(node)

    def product(self, node: Binary) -> str:
        """Give "a ganget med b og divideret med c"."""
        (_, first), *rest = chain(node, "*/")
        text = self.fit(first, _TERM)
        keys = {"*": ("times", "and_times"), "/": ("divided", "and_divided")}
        for index, (operator, operand) in enumerate(rest):
            forms = _ATOM if operator == "/" else _TERM
            text = self.phrase(keys[operator][min(index, 1)], text, self.fit(operand, forms))
        return text

    def list_of(self, node: Binary) -> str:
        """Give "summen af a, b og c"."""
        return self.phrase("sum", self.listed([self.fit(term, _PLAIN) for _, term in chain(node, "+-")]))

    def sum(self, node: Binary) -> str:
        """Give "a plus b minus c"."""
        (_, first), *rest = chain(node, "+-")
        text = self.fit(first, _PLAIN)
        for index, (operator, term) in enumerate(rest):
            last = index == len(rest) - 1
            text = self.phrase("plus" if operator == "+" else "minus", text, self.term(term, last=last))
        return text

    def term(self, node: Node, *, last: bool) -> str:
        """Give a term after plus or minus: products become nouns, so that nobody reads them from the left."""
        if isinstance(node, Binary) and self.forms.of(node) == "product":
            key = "product" if node.operator == "*" else "ratio"
            return self.phrase(key, self.short(node.left), self.short(node.right))
        return self.fit(node, (*_TERM, "span") if last else _TERM)

    def call(self, node: Call) -> str:
        """Give a function in words."""
        arguments, function = node.arguments, node.function
        if isinstance(arguments[0], Bids):
            return self.aggregate(node, arguments[0])
        if function in {"AND", "OR", "NOT"}:
            return self.condition(node)
        match function:
            case "MIN" | "MAX" | "CLAMP":
                return self.limited(node)
            case "IF":
                condition, then, otherwise = self.say(arguments[0]), *(self.fit(part, _WHOLE) for part in arguments[1:])
                return self.phrase("if_", then, condition, otherwise)
            case "SUM_CRITERIA" | "ABS":
                key, forms = ("absolute", _TERM) if function == "ABS" else ("sum_of_criteria", _PLAIN)
                return self.phrase(key, self.fit(arguments[0], forms))
            case _:
                return self.phrase(_ROUNDINGS[function], self.fit(arguments[0], _WHOLE), self.decimals(arguments[1]))

    def condition(self, node: Call) -> str:
        """Give conditions joined by and, or, not: comparisons as they are, others in parentheses."""
        parts = []
        for part in node.arguments:
            plain, outer = isinstance(part, Compare), self.inside
            self.inside = outer or not plain
            parts.append(self.say(part) if plain else f"({self.say(part)})")
            self.inside = outer
        if node.function == "NOT":
            return self.phrase("not_", parts[0])
        return reduce(lambda x, y: self.phrase("and_" if node.function == "AND" else "or_", x, y), parts)

    def aggregate(self, node: Call, bids: Bids) -> str:
        """Give a function over the admitted bids, by its own name where the model gives one."""
        own = f"{node.function}({bids.plural})"
        if own in self.symbols:
            return self.symbols[own][self.language]
        noun = "" if node.function == "COUNT" else self.symbol(bids.plural, bids.column)
        return self.phrase(_AGGREGATES[node.function], noun)

    def limited(self, node: Call) -> str:
        """Give a value with its limits: "x, dog mindst 0"."""
        if limits := self.forms.limits(node):
            value, low, high = limits
            return self.phrase("between", self.fit(value, _WHOLE), self.short(low), self.short(high))
        if self.forms.is_many(node):
            key = "smallest" if node.function == "MIN" else "largest"
            return self.phrase(key, self.listed([self.short(part) for part in node.arguments]))
        value, limit = self.forms.value_and_limit(node)
        key = "at_most" if node.function == "MIN" else "at_least"
        return self.phrase(key, self.fit(value, _WHOLE), self.short(limit))

    def decimals(self, places: Node) -> str:
        """Give how many decimals a number is rounded to."""
        count = int(places.value) if isinstance(places, Number) else 0
        if count == 0:
            return self.phrase("no_decimals")
        return self.phrase("one_decimal") if count == 1 else self.phrase("decimals", str(count))
