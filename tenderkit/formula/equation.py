"""Formulas as equations, for Word and for the web: fractions, roots, subscripts and sums as a reader expects them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from tenderkit.formula.call_equations import LARGE, OF_CRITERIA, call_equation
from tenderkit.formula.forms import root_degree
from tenderkit.formula.markup import OFFICE_MATH as NAMESPACE
from tenderkit.formula.markup import Binds, Markup, OfficeMath, Part, PresentationMathML
from tenderkit.formula.phrases import Phrases, installed_phrases
from tenderkit.formula.tree import CRITERION_NAMES, Bids, Binary, Call, Compare, Name, Negative, Node, Number
from tenderkit.quantities import Language, format_number, format_percent
from tenderkit.source import Bilingual

__all__ = ["NAMESPACE", "equation", "mathml"]

_BINDS = {"+": Binds.SUM, "-": Binds.SUM, "*": Binds.PRODUCT}
_SIGNS = {"+": "+", "-": "−", "*": "·", "<=": "≤", ">=": "≥", "<>": "≠", "=": "=", "<": "<", ">": ">"}
_SUBSCRIPTS = {"MIN": "min", "MAX": "max", "MEDIAN": "med"}
_OF_BIDS = "j"
_TWO = Number(Fraction(2))
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def equation(
    node: Node,
    names: Mapping[str, str] = _NO_NAMES,
    *,
    left: str = "",
    language: Language = "da",
    phrases: Phrases | None = None,
) -> str:
    """Give the formula as the text of an ``m:oMath`` element, with its namespace.

    Args:
        node: the formula's tree.
        names: what stands for a name in the equation, such as ``E`` for ``P`` or ``50 %`` for ``X``; a name that is
            not given stands for itself. An underscore makes the rest a subscript (``E_1``). Aggregates follow the name:
            ``MIN(Ps)`` is its label with the subscript min, unless ``names`` has ``MIN(Ps)`` itself.
        left: what the formula gives; printed before an equals sign.
        language: decides decimal comma, the sign between arguments, and the words of a brace.
        phrases: the phrases of a published tender's lock; the library's when left out.

    >>> from tenderkit.formula.parse import parse
    >>> text = equation(parse("S/P"), {"P": "E"})
    >>> text.count("<m:f>"), "<m:t>E</m:t>" in text
    (1, True)
    """
    return Setter(OfficeMath(), names, language, phrases or installed_phrases()).whole(node, left)


def mathml(
    node: Node,
    names: Mapping[str, str] = _NO_NAMES,
    *,
    left: str = "",
    language: Language = "da",
    phrases: Phrases | None = None,
) -> str:
    """Give the formula as a ``math`` element for the web; all else is as in :func:`equation`.

    >>> from tenderkit.formula.parse import parse
    >>> "<mfrac><mrow><mi>S</mi></mrow><mrow><mi>E</mi></mrow></mfrac>" in mathml(parse("S/P"), {"P": "E"})
    True
    """
    return Setter(PresentationMathML(), names, language, phrases or installed_phrases()).whole(node, left)


class Setter:
    """Sets a part and tells how tightly it binds."""

    def __init__(self, markup: Markup, names: Mapping[str, str], language: Language, phrases: Phrases) -> None:
        self.markup = markup
        self.names = names
        self.language = language
        self.phrases = phrases
        self.in_criteria = False

    def whole(self, node: Node, left: str) -> str:
        """Give the equation, with what it gives before it."""
        head = self.label(left) + self.markup.infix("=") if left else ""
        return self.markup.whole(head + self.set(node)[0])

    def phrase(self, key: str) -> str:
        """Give a word of the language."""
        text: Bilingual = getattr(self.phrases, key)
        return text[self.language]

    def set(self, node: Node) -> Part:
        """Give a part as markup and how tightly it binds."""
        match node:
            case Number():
                return self.markup.number(self.number(node)), Binds.FRACTION if node.percent else Binds.ATOM
            case Name(name=name) | Bids(name=name):
                return self.name(name), Binds.FRACTION if self.names.get(name, "").endswith("%") else Binds.ATOM
            case Negative():
                return self.markup.prefix("−") + self.within(node.operand, Binds.FRACTION), Binds.SUM
            case Binary() | Compare():
                return self.operation(node)
            case Call():
                return self.call(node)

    def within(self, node: Node, least: int) -> str:
        """Give a part as markup, in parentheses when it binds more loosely than it must."""
        text, binds = self.set(node)
        return text if binds >= least else self.markup.fenced(text)

    def number(self, node: Number) -> str:
        """Give a number as the language writes it."""
        if node.percent:
            return format_percent(node.value * 100, self.language)
        return format_number(node.value, self.language)

    def name(self, name: str) -> str:
        """Give what stands for a name; over the criteria, the values of each carry an index."""
        label = self.label(self.names.get(name, name))
        indexed = self.in_criteria and name in CRITERION_NAMES
        return self.markup.subscript(label, self.markup.letter(OF_CRITERIA)) if indexed else label

    def label(self, text: str) -> str:
        """Give a label; what follows an underscore is its subscript."""
        base, _, below = text.partition("_")
        return self.markup.subscript(self.run(base), self.run(below)) if base and below else self.run(text)

    def run(self, text: str) -> str:
        """Give a single letter slanted, all else upright."""
        if text[:1].isdigit():
            return self.markup.number(text)
        return self.markup.letter(text) if len(text) == 1 and text.isalpha() else self.markup.word(text)

    def operation(self, node: Binary | Compare) -> Part:
        """Set a comparison, a fraction, a power, a root, a product or a sum."""
        if isinstance(node, Compare):
            sides = self.within(node.left, Binds.BIG), self.within(node.right, Binds.BIG)
            return self.markup.infix(_SIGNS[node.operator]).join(sides), Binds.CONDITION
        if node.operator == "/":
            return self.markup.fraction(self.set(node.left)[0], self.set(node.right)[0]), Binds.FRACTION
        if node.operator == "^":
            degree = root_degree(node)
            if degree is not None:
                shown = "" if degree == _TWO else self.set(degree)[0]
                return self.markup.root(self.set(node.left)[0], shown), Binds.ATOM
            return self.markup.power(self.within(node.left, Binds.ATOM), self.set(node.right)[0]), Binds.POWER
        binds = _BINDS[node.operator]
        if node.operator == "*" and _is_negative(node.left):  # the sign of the first factor is that of the product
            factors = self.set(node.left)[0], self.within(node.right, Binds.FRACTION)
            return self.markup.infix(_SIGNS["*"]).join(factors), Binds.SUM
        ends_large = binds == Binds.SUM and isinstance(node.right, Call) and node.right.function in LARGE
        right = self.within(node.right, Binds.BIG if ends_large else binds + 1)
        sign = self.markup.infix(_SIGNS[node.operator])
        return f"{self.within(node.left, binds)}{sign}{right}", Binds.BIG if ends_large else binds

    def call(self, node: Call) -> Part:
        """Set a function."""
        first = node.arguments[0]
        return self.aggregate(node, first) if isinstance(first, Bids) else call_equation(node, self)

    def arguments(self, *parts: Node) -> str:
        """Set arguments in parentheses."""
        separator = self.markup.separator(";" if self.language == "da" else ",")
        return self.markup.fenced(separator.join(self.set(part)[0] for part in parts))

    def aggregate(self, node: Call, bids: Bids) -> Part:
        """Set a function over the admitted bids, mostly as the label with a subscript."""
        function = node.function
        own = self.names.get(f"{function}({bids.plural})")
        if own is not None:
            return self.label(own), Binds.ATOM
        if function == "COUNT":
            return self.markup.letter("n"), Binds.ATOM
        label = self.label(self.names.get(bids.plural, self.names.get(bids.name, bids.name)))
        if function in LARGE:
            index = self.markup.letter(_OF_BIDS)
            return self.markup.over(LARGE[function], index, self.markup.subscript(label, index)), Binds.BIG
        if function == "STDEVP":
            return self.markup.subscript(self.markup.letter("σ"), label), Binds.ATOM
        return self.markup.subscript(label, self.markup.word(self.below(node))), Binds.ATOM

    def below(self, node: Call) -> str:
        """Give the subscript of a function over the bids."""
        if node.function in _SUBSCRIPTS:
            return _SUBSCRIPTS[node.function]
        if node.function == "AVERAGE":
            return self.phrase("equation_average")
        separator = "; " if self.language == "da" else ", "
        left_out = separator.join(self.number(part) for part in node.arguments if isinstance(part, Number))
        return f"{self.phrase('equation_trimmed')} {left_out}"

    def over_criteria(self, inner: Node, least: int) -> str:
        """Set what is taken from every criterion."""
        self.in_criteria = True
        text = self.within(inner, least)
        self.in_criteria = False
        return text


def _is_negative(node: Node) -> bool:
    """Tell whether a factor, or the first of several, has a minus before it."""
    while isinstance(node, Binary) and node.operator == "*":
        node = node.left
    return isinstance(node, Negative)
