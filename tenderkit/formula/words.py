"""Formulas as sentences, Danish and English, made from the tree.

Prose has no parentheses inside parentheses. What does not fit into a sentence is called x, y or z and explained at its
end: "Pointtallet er 10 ganget med (1 minus forholdet mellem x og ..., dog mindst 0), hvor x er ...".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from tenderkit.formula.call_words import call_words
from tenderkit.formula.forms import ATOM, LAST, TERM, WHOLE, Form, Forms, chain, is_square, root_degree
from tenderkit.formula.phrases import Phrases, installed_phrases
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Node, Number, kind
from tenderkit.problems import Problem, TenderkitError, nearest
from tenderkit.quantities import Language, format_number, format_percent

RESULT = "result"
LETTERS = ("x", "y", "z", "u", "v", "w", "q", "r", "s", "t")

_COMPARISONS = {
    "<": "less",
    "<=": "less_or_equal",
    "=": "equal",
    ">=": "greater_or_equal",
    ">": "greater",
    "<>": "not_equal",
}
_ROOTS = {2: "square_root", 3: "cube_root"}


class Label(Protocol):
    """A text by language, such as ``{"da": "evalueringsprisen", "en": "the evaluated price"}``."""

    def __getitem__(self, language: str, /) -> str:
        """Give the text in a language."""
        ...


def words(node: Node, symbols: Mapping[str, Label], language: Language, phrases: Phrases | None = None) -> str:
    """Give the formula, or a condition, as one full sentence.

    Args:
        node: the formula's tree.
        symbols: what every name is called, in both languages. The plural (``Ps``) is a noun without article
            ("evalueringspris"); ``result`` is what the formula gives ("Pointtallet"). A table has a name with its
            article ("pointtabellen"). An aggregate may be named itself by its text, such as ``MIN(Ps)``, where the
            usual phrase does not fit the noun's gender. A value that is known is put in as text, such as ``50 %``.
        language: ``da`` or ``en``.
        phrases: the phrases of a published tender's lock; the library's when left out.

    Raises:
        TenderkitError: a name has no text.

    >>> from tenderkit.formula.parse import parse
    >>> names = {"S": {"en": "10"}, "P": {"en": "the evaluated price"}, "Ps": {"en": "evaluated price"}}
    >>> words(parse("S*MIN(Ps)/P"), names, "en")
    'The result is 10 multiplied by the lowest evaluated price among the admissible tenders and divided by the evaluated price.'
    """  # noqa: E501 - the sentence is shown whole
    writer = Writer(symbols, language, phrases or installed_phrases())
    if kind(node) == "condition":
        whole = writer.phrase("holds", writer.clause(node))
    else:
        subject = symbols[RESULT][language] if RESULT in symbols else writer.phrase("result")
        whole = writer.phrase("sentence", subject, writer.clause(node))
    return whole[:1].upper() + whole[1:]


def condition_words(
    node: Node, symbols: Mapping[str, Label], language: Language, phrases: Phrases | None = None
) -> str:
    """Give a condition as a clause, to stand after "hvis" or "if"; all else is as in :func:`words`.

    Raises:
        TenderkitError: a name has no text.

    >>> from tenderkit.formula.parse import parse_condition
    >>> names = {"q": {"en": "the quality"}, "P": {"en": "the price"}}
    >>> condition_words(parse_condition("AND(q >= 60, NOT(P > 100))"), names, "en")
    'the quality is at least 60, and the price is at most 100'
    """
    return Writer(symbols, language, phrases or installed_phrases()).clause(node)


class Writer:
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

    def clause(self, node: Node) -> str:
        """Give a part in words, with what was called x, y and z explained at its end."""
        text = self.say(node)
        if not self.meanings:
            return text
        said = [self.phrase("meaning", letter, meaning) for letter, meaning in self.meanings.items()]
        return self.phrase("where", text, self.listed(said, "clauses_last"))

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

    def object(self, node: Node) -> str:
        """Give what stands at the end of "the square root of": a noun, or a ratio as one."""
        if isinstance(node, Binary) and node.operator == "/" and self.forms.is_pair(node):
            return self.phrase("ratio", self.short(node.left), self.short(node.right))
        return self.fit(node, ("atom", "noun"))

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
            said = self.say(node)
            self.meanings[free[0]] = self.phrase("condition", said) if kind(node) == "condition" else said
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
                return self.phrase("negative", self.fit(node.operand, LAST))
            case Binary():
                return self.operation(node)
            case Compare():
                left, right = self.fit(node.left, WHOLE), self.fit(node.right, WHOLE)
                return self.phrase(_COMPARISONS[node.operator], left, right)
            case Call():
                return call_words(node, self)

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
            return self.power(node)
        if node.operator in "*/":
            if self.forms.is_share(node):
                return self.phrase("share", self.say(node.left), self.say(node.right))
            return self.product(node)
        return self.list_of(node) if self.forms.is_list(node) else self.sum(node)

    def power(self, node: Binary) -> str:
        """Give "kvadratet på a", "kvadratroden af a" or "a opløftet til potensen b"."""
        if is_square(node):
            return self.phrase("square", self.object(node.left))
        degree = root_degree(node)
        if degree is None:
            return self.phrase("power", self.fit(node.left, ATOM), self.exponent(node.right))
        own = _ROOTS.get(int(degree.value)) if isinstance(degree, Number) and degree.value in _ROOTS else None
        if own:
            return self.phrase(own, self.object(node.left))
        return self.phrase("root", self.fit(node.left, ATOM), self.short(degree))

    def exponent(self, node: Node) -> str:
        """Give an exponent: a number or a noun, also below zero; otherwise by a letter."""
        if isinstance(node, Negative) and self.forms.of(node.operand) == "atom":
            return self.say(node)
        return self.short(node)

    def product(self, node: Binary) -> str:
        """Give "a ganget med b og divideret med c"."""
        (_, first), *rest = chain(node, "*/")
        signed = isinstance(first, Negative) and self.forms.of(first.operand) == "atom"  # a sign moves through products
        text = self.say(first) if signed else self.fit(first, TERM)
        keys = {"*": ("times", "and_times"), "/": ("divided", "and_divided")}
        for index, (operator, operand) in enumerate(rest):
            forms = ATOM if operator == "/" else TERM
            last = index == len(rest) - 1
            said = self.fit(operand, (*forms, "noun") if last else forms)
            text = self.phrase(keys[operator][min(index, 1)], text, said)
        return text

    def list_of(self, node: Binary) -> str:
        """Give "summen af a, b og c"."""
        terms = [term for _, term in chain(node, "+-")]
        alike = all(self.forms.is_pair(term) for term in terms)
        return self.phrase("sum", self.listed([self.say(term) if alike else self.fit(term, ATOM) for term in terms]))

    def sum(self, node: Binary) -> str:
        """Give "a plus b minus c"."""
        (_, first), *rest = chain(node, "+-")
        text = self.fit(first, ATOM)
        for index, (operator, term) in enumerate(rest):
            said = self.last_term(term) if index == len(rest) - 1 else self.fit(term, ATOM)
            text = self.phrase("plus" if operator == "+" else "minus", text, said)
        return text

    def last_term(self, node: Node) -> str:
        """Give what stands last after plus or minus: products become nouns, so that nobody reads them from the left."""
        if isinstance(node, Binary) and node.operator in "*/" and not self.forms.is_share(node):
            if node.operator == "/":
                return self.phrase("ratio", self.short(node.left), self.short(node.right))
            factors = [node.left, node.right] if "/" in _operators(node) else [part for _, part in chain(node, "*/")]
            return self.phrase("product", self.listed([self.short(part) for part in factors]))
        return self.fit(node, (*LAST, "span"))


def _operators(node: Binary) -> str:
    """Give the operators of a chain of products and quotients."""
    return "".join(operator for operator, _ in chain(node, "*/")[1:])
