"""Formulas as Excel text: English function names and commas, as the file format wants them.

Only functions that Excel 2016 and LibreOffice both know are written, none with the prefix ``_xlfn``. Spreadsheets
bind a minus more tightly than a power (``-a^b`` is ``(-a)^b``) and read powers from the left, so powers are always
set in parentheses where that matters.

Spreadsheets calculate with about 15 digits. A number that hits an edge exactly, of a band or of a rounding up or down,
may miss it there by the last digit; it is rounded to :data:`NOISE` decimals beyond what counts before it is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from tenderkit.formula.functions import OVER_CRITERIA
from tenderkit.formula.tokens import wrong
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Node, Number
from tenderkit.problems import Problem, TenderkitError, nearest

#: A table's rows: the cells of each edge and its value, from the lowest edge.
Cells = Sequence[tuple[str, str]]

#: How many decimals are kept beyond those that count, where a spreadsheet's last digits could decide.
NOISE = 12

_COMPARE, _SUM, _PRODUCT, _MINUS, _POWER, _ATOM = range(6)
_BINDS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER}
_NO_CELLS: Mapping[str, str] = MappingProxyType({})
_NO_TABLES: Mapping[str, Cells] = MappingProxyType({})


def excel(
    node: Node,
    reference: Mapping[str, str],
    criteria: Sequence[Mapping[str, str]] = (),
    tables: Mapping[str, Cells] = _NO_TABLES,
) -> str:
    """Give the formula, or a condition, as Excel text without the leading equals sign.

    Args:
        node: the formula's tree.
        reference: what stands for each name: a cell, a range for a plural, or a defined name.
        criteria: for ``SUM_CRITERIA`` and its kin, one mapping for each criterion with the cells of ``w``, ``p`` and
            ``a``; the sum is written out. A name that a criterion lacks is looked up in ``reference``.
        tables: the cells of each table's rows.

    Raises:
        TenderkitError: a name has no reference.

    >>> from tenderkit.formula.parse import parse
    >>> excel(parse("S*MAX(0,1-P/MIN(Ps))"), {"S": "$B$1", "P": "C4", "Ps": "C$4:C$9"})
    '$B$1*MAX(0,1-C4/MIN(C$4:C$9))'
    >>> excel(parse("P-SUM_CRITERIA(w*p)"), {"P": "C4"}, [{"w": "B1", "p": "D4"}, {"w": "B2", "p": "E4"}])
    'C4-(B1*D4+B2*E4)'
    >>> excel(parse("INTERPOLATE(P,T)"), {"P": "C4"}, tables={"T": [("A1", "B1"), ("A2", "B2")]})
    'IF(C4<=A1,B1,IF(C4<A2,B1+(C4-A1)*(B2-B1)/(A2-A1),B2))'
    """
    return _Writer(reference, criteria, tables).write(node)[0]


class _Writer:
    """Writes a part and tells how tightly it binds."""

    def __init__(
        self, reference: Mapping[str, str], criteria: Sequence[Mapping[str, str]], tables: Mapping[str, Cells]
    ) -> None:
        self.reference = reference
        self.criteria = criteria
        self.tables = tables
        self.criterion = _NO_CELLS

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
        """Write a function; those that spreadsheets do not have are written out."""
        if node.function in OVER_CRITERIA:
            return self.over_criteria(node)
        if node.function in {"STEPS", "INTERPOLATE"}:
            return self.look_up(node), _ATOM
        if node.function == "PRESENT_VALUE":
            least = (_PRODUCT, _POWER, _ATOM)
            amount, rate, years = (self.within(part, low) for part, low in zip(node.arguments, least, strict=True))
            return f"{amount}/(1+{rate})^{years}", _PRODUCT
        arguments = [self.write(argument)[0] for argument in node.arguments]
        if node.function == "TRIMMED":
            return _trimmed(arguments[0], int(arguments[1]), int(arguments[2])), _PRODUCT
        return _call(node.function, arguments), _ATOM

    def over_criteria(self, node: Call) -> tuple[str, int]:
        """Write a sum, a product or the lowest over the criteria, term by term.

        A cell inside SUM, PRODUCT or MIN is passed over when there is text in it; a cell with an operator is not.
        """
        inner, least = node.arguments[0], _PRODUCT if node.function == "SUM_CRITERIA" else _POWER
        terms = []
        for criterion in self.criteria:
            self.criterion = criterion
            text, binds = self.write(inner)
            terms.append((text, binds) if node.function == "MIN_CRITERIA" or binds >= least else (f"({text})", _ATOM))
        self.criterion = _NO_CELLS
        if not terms and node.function == "MIN_CRITERIA":
            raise wrong("formula-no-criteria", node.column, "MIN_CRITERIA has no criteria to work on.")
        texts = [text for text, _ in terms]
        match node.function:
            case "SUM_CRITERIA":
                return ("+".join(texts), _SUM if len(texts) > 1 else _PRODUCT) if texts else ("0", _ATOM)
            case "PRODUCT_CRITERIA":
                return ("*".join(texts), _PRODUCT) if texts else ("1", _ATOM)
            case _:
                texts = [f"{text}+0" if binds == _ATOM else text for text, binds in terms]
                return f"MIN({','.join(texts)})", _ATOM

    def look_up(self, node: Call) -> str:
        """Write the rows of a table as conditions inside one another."""
        table = node.arguments[1]
        name = table.name if isinstance(table, Name) else ""
        if name not in self.tables:
            raise _missing(name, table.column, self.tables)
        rows = self.tables[name]
        if node.function == "STEPS":
            text, value = rows[0][1], f"ROUND({self.write(node.arguments[0])[0]},{NOISE})"
            for edge, result in rows[1:]:
                text = f"IF({value}>={edge},{result},{text})"
            return text
        value, text = self.within(node.arguments[0], _SUM), rows[-1][1]
        start = self.within(node.arguments[0], _PRODUCT)
        for (low, first), (high, second) in reversed(list(pairwise(rows))):
            text = f"IF({value}<{high},{first}+({start}-{low})*({second}-{first})/({high}-{low}),{text})"
        return f"IF({value}<={rows[0][0]},{rows[0][1]},{text})"

    def refer(self, name: str, column: int) -> str:
        """Give what stands for a name."""
        found = self.criterion.get(name, self.reference.get(name))
        if found is None:
            raise _missing(name, column, [*self.reference, *self.criterion])
        return found


def _call(function: str, arguments: Sequence[str]) -> str:
    """Write a function with the arguments that spreadsheets give it."""
    match function:
        case "CLAMP":
            value, low, high = arguments
            return f"MAX({low},MIN({value},{high}))"
        case "ROUNDUP" | "ROUNDDOWN":
            value, places = arguments
            return f"{function}(ROUND({value},{int(places) + NOISE}),{places})"
        case "RANK":
            return f"RANK({','.join(arguments)},1)"
        case "ANNUITY":
            return f"PV({','.join(arguments)},-1)"
        case "STDEVP":
            (cells,) = arguments
            return f"IF(MAX({cells})=MIN({cells}),0,STDEVP({cells}))"
        case _:
            return f"{function}({','.join(arguments)})"


def _trimmed(cells: str, low: int, high: int) -> str:
    """Write the mean without the lowest and the highest; too few bids are a division by zero."""
    parts = [f"SMALL({cells},{place})" for place in range(1, low + 1)]
    parts += [f"LARGE({cells},{place})" for place in range(1, high + 1)]
    rest = "".join(f"-{part}" for part in parts)
    left = f"MAX(0,COUNT({cells})-{low + high})" if parts else f"COUNT({cells})"
    return f"(SUM({cells}){rest})/{left}" if parts else f"SUM({cells})/{left}"


def _missing(name: str, column: int, known: Iterable[str]) -> TenderkitError:
    return TenderkitError(
        Problem(
            "formula-missing-name",
            f'Column {column}: "{name}" has no cell.',
            help=nearest(name, known),
            values={"name": name},
        )
    )


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
