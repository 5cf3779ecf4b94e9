"""``formula``: a formula checked by hand, with its value, its Excel text and its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Literal

from tenderkit import formula
from tenderkit.api.outcome import Outcome
from tenderkit.formula.excel import plain_number
from tenderkit.formula.functions import OVER_CRITERIA
from tenderkit.formula.operations import DIGITS
from tenderkit.formula.phrases import installed_phrases
from tenderkit.formula.tree import CRITERION_NAMES, Bids, Call, Name, Node, walk
from tenderkit.problems import Place, Problem, TenderkitError, nearest
from tenderkit.quantities import AmbiguousNumberError, Language, parse_number, parse_percent

Kind = Literal["number", "list", "table"]
Given = Fraction | list[Fraction] | list[tuple[Fraction, Fraction]]

_SHAPES: Mapping[Kind, str] = {
    "number": "{name}=VALUE",
    "list": '"{name}=VALUE; VALUE"',
    "table": '"{name}=EDGE:VALUE; EDGE:VALUE"',
}
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_LONG = re.compile(r"[-+]?[1-9]\d{2,}", re.ASCII)
_PRINTED_DIGITS = 20
_LAST_ZEROS = 10
_PRINTED_BITS = 1_000


def formula_value(expression: str, values: Sequence[str] = (), language: Language = "da") -> Outcome:
    """Give a formula's exact value for the values that are given, its Excel text, and the sentence that says it.

    Args:
        expression: the formula, such as ``S*MIN(Ps)/P``.
        values: what each name stands for, as ``NAME=VALUE``. A number is Danish or English (``7,5`` or ``7.5``), or a
            percentage. A plural takes all bids' values, parted by semicolons; ``w``, ``p`` and ``a`` inside
            ``SUM_CRITERIA`` and its kin take one value for each criterion. Commas part values too, where they can be
            neither decimal commas nor thousands marks. A table has its rows as ``EDGE:VALUE``.
        language: the language of the sentence.

    Raises:
        TenderkitError: the formula cannot be read, a name has no value, a value cannot be read, or the formula has no
            value for these, such as by a division by zero.

    >>> outcome = formula_value("S*MIN(Ps)/P", ["S=40", "P=110", "Ps=100; 110; 130"])
    >>> outcome.data["fraction"], outcome.data["excel"]
    ('400/11', 'S*MIN(Ps)/P')
    """
    tree = formula.parse(expression)
    reading = _Reading(_kinds(tree))
    for text in values:
        reading.add(text)
    problems = [*reading.problems, *reading.missing()]
    if any(problem.level == "error" for problem in problems):
        raise TenderkitError(problems)
    value, exact = formula.evaluate(tree, **reading.values), formula.is_rational(tree)
    data = {
        "formula": expression,
        "value": _printed(value),
        "fraction": str(value) if exact and not _is_large(value) else None,
        "exact": exact,
        "excel": _excel(tree, reading.values),
        "words": formula.words(tree, _symbols(tree, language), language),
        "values": {name: _plain(given) for name, given in reading.values.items()},
    }
    return Outcome(
        problems=problems,
        data=data,
        lines=list(_lines(value, data, reading.values)),
        next="tenderkit model list shows the formulas that are ready to be published.",
    )


def _kinds(tree: Node) -> dict[str, Kind]:
    """Give what each name of a formula takes, in the order of writing."""
    kinds: dict[str, Kind] = dict.fromkeys(formula.names_in(tree), "number")
    for part in walk(tree):
        if isinstance(part, Bids):
            kinds[part.plural] = "list"
        elif isinstance(part, Call) and part.function in OVER_CRITERIA:
            inner = {item.name for item in walk(part) if isinstance(item, Name)}
            kinds.update(dict.fromkeys(inner & CRITERION_NAMES, "list"))
    kinds.update(dict.fromkeys(formula.tables_in(tree), "table"))
    return kinds


@dataclass
class _Reading:
    """The values read so far, and all that is wrong with what was given."""

    kinds: Mapping[str, Kind]
    values: dict[str, Given] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    def add(self, text: str) -> None:
        """Read one ``NAME=VALUE``."""
        name, equals, written = (part.strip() for part in text.partition("="))
        place = Place(f"--set {text}")
        if not equals or not written or not _NAME.fullmatch(name):
            message = "A name, an equals sign and a value are needed."
            self.problems.append(Problem("formula-value-unreadable", message, place, help="Write --set P=120."))
        elif name in self.named:
            message = f'"{name}" is given twice.'
            self.problems.append(Problem("formula-value-twice", message, place, help="Give each name once."))
        elif name not in self.kinds:
            message = f'"{name}" is not in the formula, and nothing was done with it.'
            advice = nearest(name, self.kinds) or "The formula has no names."
            self.problems.append(Problem("formula-value-unused", message, place, "warning", advice))
        else:
            self.named.add(name)
            try:
                self.values[name] = _READERS[self.kinds[name]](written)
            except ValueError as error:
                self.problems.append(_unreadable(error, name, self.kinds[name], place))

    def missing(self) -> Iterator[Problem]:
        """Give a problem for each name without a value."""
        for name, kind in self.kinds.items():
            if name not in self.named:
                advice = f"Add --set {_SHAPES[kind].format(name=name)}."
                yield Problem("formula-value-missing", f'The formula needs a value for "{name}".', help=advice)


class _TwoReadingsError(ValueError):
    """A text that can be one number or several; ``parts`` are the several."""

    def __init__(self, text: str, parts: Sequence[str]) -> None:
        super().__init__(f'"{text}" can be {len(parts)} numbers, or have a decimal comma or a thousands mark')
        self.parts = parts


def _unreadable(error: ValueError, name: str, kind: Kind, place: Place) -> Problem:
    """Give the problem for a value that is none, or has two readings."""
    problem_id, advice = "formula-value-ambiguous", f"Write --set {_SHAPES[kind].format(name=name)}."
    if isinstance(error, AmbiguousNumberError):
        written = re.findall(r'"([^"]*)"', str(error))[0]
        advice = f"Leave the mark out when it parts thousands; write {written}0 when it is a decimal mark."
    elif isinstance(error, _TwoReadingsError):
        several = "; ".join(error.parts)
        advice = f'Write --set "{name}={several}" for {len(error.parts)} numbers. With decimal commas: "7,5; 8".'
    else:
        problem_id = "formula-value-unreadable"
    return Problem(problem_id, f"{error}.", place, help=advice)


def _number(text: str) -> Fraction:
    """Read a number or a percentage."""
    return Fraction(parse_percent(text)) / 100 if text.endswith("%") else Fraction(parse_number(text))


def _list(text: str) -> list[Fraction]:
    """Read several numbers."""
    return [_number(part) for part in _parts(text)]


def _parts(text: str) -> list[str]:
    """Cut a list into its values: at semicolons, or at commas that can be nothing else.

    >>> _parts("1,5; 2"), _parts("100,120,140"), _parts("1.5,2"), _parts("8, 7,5"), _parts("7,5;")
    (['1,5', '2'], ['100', '120', '140'], ['1.5', '2'], ['8', '7,5'], ['7,5'])
    """
    if ";" in text or "," not in text:
        return [part.strip() for part in text.removesuffix(";").split(";")]
    if re.search(r",\s", text):
        return re.split(r",\s+", text)
    parts = text.split(",")
    percents = all(part.endswith("%") for part in parts)
    points = "." in text and not _is_number(text)
    if percents or points or all(_LONG.fullmatch(part) for part in parts):
        return parts
    raise _TwoReadingsError(text, parts)


def _is_number(text: str) -> bool:
    try:
        _number(text)
    except AmbiguousNumberError:
        return True
    except ValueError:
        return False
    return True


def _table(text: str) -> list[tuple[Fraction, Fraction]]:
    """Read the rows of a table."""
    rows = [row.split(":") for row in re.split(r"[;]" if ";" in text else r"[,]", text)]
    if any(len(row) != 2 for row in rows):  # noqa: PLR2004 - an edge and a value
        raise ValueError(f'"{text}" has a row without an edge, a colon and a value')
    return [(_number(edge.strip()), _number(value.strip())) for edge, value in rows]


_READERS: Mapping[Kind, Callable[[str], Given]] = {"number": _number, "list": _list, "table": _table}


def _lines(value: Fraction, data: Mapping[str, object], values: Mapping[str, Given]) -> Iterator[str]:
    """Give what a reader sees: what was read, and what came out."""
    for name, given in values.items():
        yield f"  {name} = {_told(given)}"
    note = ""
    if _is_large(value) or _is_endless(value):
        note = f" (rounded; exactly {data['fraction']})" if data["fraction"] else " (rounded)"
    elif not data["exact"] and len(str(data["value"])) > DIGITS - _LAST_ZEROS:
        note = f" (rounded to {DIGITS} digits)"
    yield f"Value:    {data['value']}{note}"
    yield f"Excel:    ={data['excel']}"
    yield f"In words: {data['words']}"


def _told(given: Given) -> str:
    """Give a value for people: the rows of a table, or all values of a list."""
    plain = _plain(given)
    if isinstance(plain, str):
        return plain
    return "; ".join(item if isinstance(item, str) else ": ".join(item) for item in plain)


def _plain(given: Given) -> str | list[str] | list[list[str]]:
    """Give a value as plain data."""
    if isinstance(given, Fraction):
        return _printed(given)
    rows = [[_printed(part) for part in item] for item in given if isinstance(item, tuple)]
    return rows or [_printed(item) for item in given if isinstance(item, Fraction)]


def _is_endless(value: Fraction) -> bool:
    return plain_number(abs(value)).startswith("(")


def _is_large(value: Fraction) -> bool:
    return max(value.numerator.bit_length(), value.denominator.bit_length()) > _PRINTED_BITS


def _printed(value: Fraction) -> str:
    """Give a number as a decimal: whole where it has an end, otherwise with 20 digits.

    >>> _printed(Fraction(-5, 4)), _printed(Fraction(400, 11)), _printed(Fraction(10) ** 5000)
    ('-1.25', '36.363636363636363636', '1.0000000000000000000E+5000')
    """
    if not _is_large(value) and not _is_endless(value):
        return ("-" if value < 0 else "") + plain_number(abs(value))
    context = Context(prec=_PRINTED_DIGITS, rounding=ROUND_HALF_UP)
    shown = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"{shown:E}" if _is_large(value) else f"{shown:f}"


def _excel(tree: Node, values: Mapping[str, Given]) -> str:
    """Give the Excel text, with the names as they are, tables written out, and a number behind each criterion's."""
    kinds = _kinds(tree)
    over = [name for name in CRITERION_NAMES if kinds.get(name) == "list"]
    count = max((len(given) for name in over if isinstance(given := values[name], list)), default=0)
    criteria = [{name: f"{name}_{number}" for name in over} for number in range(1, count + 1)]
    tables = {
        name: [(_cell(item[0]), _cell(item[1])) for item in given if isinstance(item, tuple)]
        for name, given in values.items()
        if kinds[name] == "table" and isinstance(given, list)
    }
    return formula.excel(tree, {name: name for name in kinds}, criteria, tables)


def _cell(value: Fraction) -> str:
    return f"(-{plain_number(-value)})" if value < 0 else plain_number(value)


def _symbols(tree: Node, language: Language) -> dict[str, Mapping[str, str]]:
    """Give the names as they are; a plural is said by its own name, and a table as a table."""
    known = {name: name for name in formula.names_in(tree)}
    known |= {part.plural: part.name for part in walk(tree) if isinstance(part, Bids)}
    label = installed_phrases().table[language]
    known |= {name: label.format(x=name) for name in formula.tables_in(tree)}
    return {name: {language: text} for name, text in known.items()}
