"""The options of ``model score`` as people write them: parameters, weights and amounts, and which a model takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from tenderkit.api.model_page import table_option
from tenderkit.evaluation.calculator import Worth
from tenderkit.evaluation.parameters import Raw, read_parameters
from tenderkit.evaluation.traits import names_used
from tenderkit.formula.tree import Table
from tenderkit.library.model import EvaluationModel
from tenderkit.problems import Place, Problem
from tenderkit.quantities import format_number, parse_number, parse_percent

T = TypeVar("T")

_WHOLE = Fraction(1)
_UNREAD = Fraction(0)


def parameters_of(
    identifier: str, definition: EvaluationModel, texts: Sequence[str], problems: list[Problem]
) -> dict[str, Fraction | Table]:
    """Give the values of ``--param``; what is wrong with them joins the problems."""
    before = len(problems)
    given = _pairs("param", texts, problems, _raw, "Give each edge of a table once.")
    told = {problem.place for problem in problems[before:]}
    values, found = read_parameters(identifier, definition, given, lambda path: Place(label=f"--param {path[0]}"))
    tables = {f"--param {name}": name for name, item in definition.parameters.items() if item.rows}
    for problem in found:
        # a parameter that could not be read at all is not also "not chosen"
        if problem.place not in told:
            name = tables.get(problem.place.label)
            problems.append(problem if name is None else _table_advice(problem, name, definition))
    return values


def _table_advice(problem: Problem, name: str, definition: EvaluationModel) -> Problem:
    advice = f"{definition.parameters[name].ask.en} Write it such as {table_option(name, definition)}"
    return replace(problem, help=advice)


def criteria_of(
    definition: EvaluationModel, weight: Sequence[str], amount: Sequence[str], problems: list[Problem]
) -> dict[str, Worth]:
    """Give an award model's criteria, in the order of writing; no criteria for a model that takes none."""
    if not takes_criteria(definition):
        return {}
    before = len(problems)
    shares = _pairs("weight", weight, problems, _share, "Write it as 40%.", _UNREAD)
    if len(problems) == before:  # the sum says nothing where a share could not be read
        problems += _sum_problems(definition, shares)
    amounts = _pairs("amount", amount, problems, _kroner, "Write it as 500000.", _UNREAD)
    return {name: Worth(shares.get(name), amounts.get(name)) for name in dict.fromkeys((*shares, *amounts))}


def _sum_problems(definition: EvaluationModel, shares: Mapping[str, Fraction]) -> Iterator[Problem]:
    """Tell that the weights do not add up: above 100 % is wrong, below it the result is only a part."""
    total, place = sum(shares.values(), Fraction(0)), Place(label="--weight")
    if total > _WHOLE:
        message = "The weights add up to more than 100 %."
        yield Problem("weights-not-100", message, place, help="Correct the weights.")
    elif shares and total < _WHOLE and "w" in names_used(definition):
        message = f"The weights add up to {format_number(total * 100, 'en')} %, not to 100 %."
        yield Problem("weights-not-100", message, place, "warning", "Give every criterion that the model weighs.")


def unused_options(identifier: str, definition: EvaluationModel, given: Mapping[str, object]) -> Iterator[Problem]:
    """Refuse options that a model has no use for: ``given`` has what was written, by the option's name."""
    useless = [] if definition.input == "offer" else [(name, "offered numbers") for name in ("floor", "cap")]
    useless += [] if takes_criteria(definition) else [(name, "points by criterion") for name in ("weight", "amount")]
    for name, what in useless:
        if given[name] not in (None, ()):
            message = f'"{identifier}" does not work on {what}, so --{name} has no meaning.'
            advice = f"Leave --{name} out, or choose another model: tenderkit model list"
            yield Problem("option-unused", message, Place(label=f"--{name}"), help=advice)


def takes_criteria(definition: EvaluationModel) -> bool:
    """Tell whether a model works on points by criterion."""
    return definition.role == "award" and bool({"w", "p", "a"} & names_used(definition))


def _pairs(
    option: str,
    texts: Sequence[str],
    problems: list[Problem],
    read: Callable[[str], T],
    how: str,
    unread: T | None = None,
) -> dict[str, T]:
    """Read ``NAME=VALUE`` texts; a repeated name or a value that cannot be read is a problem.

    ``unread`` stands for a value that cannot be read, so that its name is known when the file is looked at.
    """
    found: dict[str, T] = {}
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        place = Place(label=f"--{option} {name}")
        if name in found:
            problems.append(Problem("option-repeated", f'"{name}" is given twice.', place, help="Keep one."))
            continue
        if unread is not None and name:
            found[name] = unread
        if not sign or not name or not value:
            message = f'"{text}" is not a name with a value.'
            problems.append(Problem("option-unclear", message, Place(label=f"--{option}"), help="Write NAME=VALUE."))
            continue
        try:
            found[name] = read(value)
        except ValueError as error:
            problems.append(Problem("wrong-value", f"{error}.", place, help=how))
    return found


def _share(text: str) -> Fraction:
    return Fraction(parse_percent(text)) / 100


def _kroner(text: str) -> Fraction:
    return Fraction(parse_number(text))


def _raw(text: str) -> Raw:
    """Give a parameter as it was written; with a colon it is a table, rows parted by semicolons."""
    if ":" not in text:
        return text
    rows: dict[str, str] = {}
    for row in text.strip("{} ").split(";"):
        edge, _, value = (part.strip() for part in row.partition(":"))
        if edge in rows:
            raise ValueError(f'the edge "{edge}" stands twice')
        rows[edge] = value
    return rows


def exact(value: Decimal | None) -> Fraction | None:
    """Give a number of an option exactly."""
    return None if value is None else Fraction(value)
