"""Formulas as Excel text: English function names and commas, as the file format wants them.

Only functions that Excel 2016 and LibreOffice both know are written, none with the prefix ``_xlfn``. Spreadsheets
bind a minus more tightly than a power (``-a^b`` is ``(-a)^b``) and read powers from the left, so powers are always
set in parentheses where that matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Node, Number
from tenderkit.problems import Problem, TenderkitError, nearest

_COMPARE, _SUM, _PRODUCT, _MINUS, _POWER, _ATOM = range(6)
_BINDS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER}
_NONE: Mapping[str, str] = MappingProxyType({})


def excel(node: Node, reference: Mapping[str, str], criteria: Sequence[Mapping[str, str]] = ()) -> str:
    """Give the formula as Excel text, without the leading equals sign.

    Args:
        node: the formula's tree.
        reference: what stands for each name: a cell, a range for a plural, or a defined name.
        criteria: for ``SUM_CRITERIA``, one mapping for each criterion with the cells of ``w``, ``p`` and ``a``; the
            sum is written out. A name that a criterion lacks is looked up in ``reference``.

    Raises:
        TenderkitError: a name has no reference.

    >>> from tenderkit.formula.parse import parse
    >>> excel(parse("S*MAX(0,1-P/MIN(Ps))"), {"S": "$B$1", "P": "C4", "Ps": "C$4:C$9"})
    '$B$1*MAX(0,1-C4/MIN(C$4:C$9))'
    >>> excel(parse("P-SUM_CRITERIA(w*p)"), {"P": "C4"}, [{"w": "B1", "p": "D4"}, {"w": "B2", "p": "E4"}])
    'C4-(B1*D4+B2*E4)'
    """
    return _Writer(reference, criteria).write(node)[0]


class _Writer:
    """Writes a part and tells how tightly it binds."""

    def __init__(self, reference: Mapping[str, str], criteria: Sequence[Mapping[str, str]]) -> None:
        self.reference = reference
        self.criteria = criteria
        self.criterion = _NONE

    def write(self, node: Node) -> tuple[str, int]:
        """Give a part's text and how tightly it binds."""
        match node:
            case Number():
                return _number(node), _ATOM
            case Name(name=name) | Bids(plural=name):
                return self.refer(name, node.column), _ATOM
            case Negative():
                return f"-{self.within(node.operand, _ATOM)}", _MINUS
            case Compare():
                return f"{self.within(node.left, _SUM)}{node.operator}{self.within(node.right, _SUM)}", _COMPARE
            case Binary():
                return self.binary(node)
            case Call():
                return self.call(node)

    def within(self, node: Node, least: int) -> str:
        """Give a part's text, in parentheses when it binds more loosely than it must."""
        text, binds = self.write(node)
        return text if binds >= least else f"({text})"

    def binary(self, node: Binary) -> tuple[str, int]:
        """Write an operation; the right operand must bind more tightly, because spreadsheets read from the left."""
        binds = _BINDS[node.operator]
        left_least = _ATOM if node.operator == "^" else binds
        right = self.within(node.right, _ATOM if isinstance(node.right, Negative) else binds + 1)
        return f"{self.within(node.left, left_least)}{node.operator}{right}", binds

    def call(self, node: Call) -> tuple[str, int]:
        """Write a function; ``CLAMP`` and ``SUM_CRITERIA`` are written out."""
        if node.function == "SUM_CRITERIA":
            return self.sum_criteria(node.arguments[0])
        arguments = [self.write(argument)[0] for argument in node.arguments]
        if node.function == "CLAMP":
            value, low, high = arguments
            return f"MAX({low},MIN({value},{high}))", _ATOM
        return f"{node.function}({','.join(arguments)})", _ATOM

    def sum_criteria(self, inner: Node) -> tuple[str, int]:
        """Write the sum over the criteria as a plain sum: unlike SUM it does not pass over text in a cell."""
        terms = []
        for criterion in self.criteria:
            self.criterion = criterion
            terms.append(self.within(inner, _PRODUCT))
        self.criterion = _NONE
        if not terms:
            return "0", _ATOM
        return "+".join(terms), _SUM if len(terms) > 1 else _PRODUCT

    def refer(self, name: str, column: int) -> str:
        """Give what stands for a name."""
        found = self.criterion.get(name, self.reference.get(name))
        if found is None:
            raise TenderkitError(
                Problem(
                    "formula-missing-name",
                    f'Column {column}: "{name}" has no cell.',
                    help=nearest(name, [*self.reference, *self.criterion]),
                    values={"name": name},
                )
            )
        return found


def _number(node: Number) -> str:
    return f"{plain_number(node.value * 100)}%" if node.percent else plain_number(node.value)


def plain_number(value: Fraction) -> str:
    """Give a number that is not negative as it is written in a formula; a fraction without an end in parentheses.

    >>> plain_number(Fraction("309.60")), plain_number(Fraction(2400)), plain_number(Fraction(1, 3))
    ('309.6', '2400', '(1/3)')
    """
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"({value.numerator}/{value.denominator})"
    places = max(twos, fives)
    digits = str(value.numerator * 10**places // value.denominator).zfill(places + 1)
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits
