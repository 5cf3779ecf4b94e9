"""Formulas as equations for Word (Office Math): fractions, subscripts, sums and braces as a reader expects them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from xml.sax.saxutils import escape

from tenderkit.formula.phrases import Phrases, installed_phrases
from tenderkit.formula.tree import CRITERION_NAMES, Bids, Binary, Call, Compare, Name, Negative, Node, Number
from tenderkit.quantities import Language, format_number, format_percent
from tenderkit.source import Bilingual

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"

_JOINED, _CONDITION, _BIG, _SUM, _PRODUCT, _FRACTION, _POWER, _ATOM = range(8)
_BINDS = {"+": _SUM, "-": _SUM, "*": _PRODUCT}
_SIGNS = {"+": " + ", "-": " − ", "*": " · ", "<=": " ≤ ", ">=": " ≥ ", "<>": " ≠ ", "=": " = ", "<": " < ", ">": " > "}
_SUBSCRIPTS = {"MIN": "min", "MAX": "max", "MEDIAN": "med"}
_ROUNDINGS = {"ROUND": "equation_round", "ROUNDUP": "equation_round_up", "ROUNDDOWN": "equation_round_down"}
_INDEX = "i"
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def equation(
    node: Node,
    names: Mapping[str, str] = MappingProxyType({}),
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
    setter = _Setter(names, language, phrases or installed_phrases())
    head = setter.label(left) + _sign(" = ") if left else ""
    return f'<m:oMath xmlns:m="{NAMESPACE}">{head}{setter.set(node)[0]}</m:oMath>'


def _text(text: str) -> str:
    """Give text that can stand in XML: characters that XML forbids are left out."""
    return escape(_FORBIDDEN.sub("", text))


def _word(text: str) -> str:
    """Give an upright run: numbers, units and words."""
    return f'<m:r><m:rPr><m:nor/></m:rPr><m:t xml:space="preserve">{_text(text)}</m:t></m:r>'


def _letter(text: str) -> str:
    return f"<m:r><m:t>{_text(text)}</m:t></m:r>"


def _sign(text: str) -> str:
    return f'<m:r><m:rPr><m:sty m:val="p"/></m:rPr><m:t xml:space="preserve">{_text(text)}</m:t></m:r>'


def _run(text: str) -> str:
    return _letter(text) if len(text) == 1 and text.isalpha() else _word(text)


def _fenced(inner: str, opening: str = "(", closing: str = ")") -> str:
    fence = f'<m:begChr m:val="{opening}"/><m:endChr m:val="{closing}"/>'
    return f"<m:d><m:dPr>{fence}</m:dPr><m:e>{inner}</m:e></m:d>"


def _subscript(base: str, below: str) -> str:
    return f"<m:sSub><m:e>{base}</m:e><m:sub>{below}</m:sub></m:sSub>"


class _Setter:
    """Sets a part and tells how tightly it binds."""

    def __init__(self, names: Mapping[str, str], language: Language, phrases: Phrases) -> None:
        self.names = names
        self.language = language
        self.phrases = phrases
        self.in_sum = False

    def phrase(self, key: str) -> str:
        """Give a word of the language."""
        text: Bilingual = getattr(self.phrases, key)
        return text[self.language]

    def set(self, node: Node) -> tuple[str, int]:
        """Give a part as XML and how tightly it binds."""
        match node:
            case Number():
                return _word(self.number(node)), _ATOM
            case Name():
                return self.name(node.name), _ATOM
            case Negative():
                return _sign("−") + self.within(node.operand, _FRACTION), _SUM
            case Compare():
                sides = self.within(node.left, _BIG), self.within(node.right, _BIG)
                return _sign(_SIGNS[node.operator]).join(sides), _CONDITION
            case Binary():
                return self.operation(node)
            case _:
                return self.call(node) if isinstance(node, Call) else (self.name(node.name), _ATOM)

    def within(self, node: Node, least: int) -> str:
        """Give a part as XML, in parentheses when it binds more loosely than it must."""
        text, binds = self.set(node)
        return text if binds >= least else _fenced(text)

    def number(self, node: Number) -> str:
        """Give a number as the language writes it."""
        if node.percent:
            return format_percent(node.value * 100, self.language)
        return format_number(node.value, self.language)

    def name(self, name: str) -> str:
        """Give what stands for a name; inside a sum over the criteria, its values carry an index."""
        label = self.label(self.names.get(name, name))
        return _subscript(label, _letter(_INDEX)) if self.in_sum and name in CRITERION_NAMES else label

    def label(self, text: str) -> str:
        """Give a label; what follows an underscore is its subscript."""
        base, _, below = text.partition("_")
        return _subscript(_run(base), _run(below)) if base and below else _run(text)

    def operation(self, node: Binary) -> tuple[str, int]:
        """Set a fraction, a power, a product or a sum."""
        if node.operator == "/":
            numerator, denominator = self.set(node.left)[0], self.set(node.right)[0]
            return f"<m:f><m:num>{numerator}</m:num><m:den>{denominator}</m:den></m:f>", _FRACTION
        if node.operator == "^":
            base, exponent = self.within(node.left, _ATOM), self.set(node.right)[0]
            return f"<m:sSup><m:e>{base}</m:e><m:sup>{exponent}</m:sup></m:sSup>", _POWER
        binds = _BINDS[node.operator]
        ends_in_sum = binds == _SUM and isinstance(node.right, Call) and node.right.function == "SUM_CRITERIA"
        right = self.within(node.right, _BIG if ends_in_sum else binds + 1)
        return f"{self.within(node.left, binds)}{_sign(_SIGNS[node.operator])}{right}", _BIG if ends_in_sum else binds

    def call(self, node: Call) -> tuple[str, int]:
        """Set a function."""
        arguments, function = node.arguments, node.function
        if isinstance(arguments[0], Bids):
            return self.aggregate(function, arguments[0])
        match function:
            case "IF":
                return self.cases(node), _ATOM
            case "ABS":
                return _fenced(self.set(arguments[0])[0], "|", "|"), _ATOM
            case "CLAMP":
                value, low, high = arguments
                return self.call(Call("MIN", (Call("MAX", (low, value)), high)))
            case "SUM_CRITERIA":
                return self.sum_criteria(arguments[0]), _BIG
            case _:
                return self.function(node)

    def function(self, node: Call) -> tuple[str, int]:
        """Set a function by name with its arguments, or conditions joined by a word."""
        if node.function in {"AND", "OR"}:
            word = f" {self.phrase('equation_and' if node.function == 'AND' else 'equation_or')} "
            return _word(word).join(self.within(part, _CONDITION) for part in node.arguments), _JOINED
        if node.function == "NOT":
            return _sign("¬") + _fenced(self.set(node.arguments[0])[0]), _ATOM
        name = self.phrase(_ROUNDINGS[node.function]) if node.function in _ROUNDINGS else node.function.lower()
        separator = _word("; " if self.language == "da" else ", ")
        return _word(name) + _fenced(separator.join(self.set(part)[0] for part in node.arguments)), _ATOM

    def cases(self, node: Call) -> str:
        """Set IF as a brace with one line for each case."""
        condition, then, otherwise = (self.set(part)[0] for part in node.arguments)
        if_word, else_word = (_word(f"   {self.phrase(key)} ") for key in ("equation_if", "equation_otherwise"))
        rows = (then + if_word + condition, otherwise + else_word)
        array = "".join(f"<m:e>{row}</m:e>" for row in rows)
        return _fenced(f"<m:eqArr>{array}</m:eqArr>", "{", "")

    def aggregate(self, function: str, bids: Bids) -> tuple[str, int]:
        """Set a function over the admitted bids as the label with a subscript."""
        own = self.names.get(f"{function}({bids.plural})")
        if own is not None:
            return self.label(own), _ATOM
        if function == "COUNT":
            return _letter("n"), _ATOM
        label = self.label(self.names.get(bids.plural, self.names.get(bids.name, bids.name)))
        if function == "SUM":
            return _nary(_subscript(label, _letter(_INDEX))), _BIG
        below = self.phrase("equation_average") if function == "AVERAGE" else _SUBSCRIPTS[function]
        return _subscript(label, _word(below)), _ATOM

    def sum_criteria(self, inner: Node) -> str:
        """Set the sum over the criteria."""
        self.in_sum = True
        text = self.within(inner, _PRODUCT)
        self.in_sum = False
        return _nary(text)


def _nary(inner: str) -> str:
    """Give a sum sign with an index below."""
    properties = '<m:chr m:val="∑"/><m:limLoc m:val="undOvr"/><m:supHide m:val="1"/>'
    return (
        f"<m:nary><m:naryPr>{properties}</m:naryPr><m:sub>{_letter(_INDEX)}</m:sub><m:sup/><m:e>{inner}</m:e></m:nary>"
    )
