"""``model score``: one model tried on bids in a file, by the engine that decides the award."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from tenderkit.api.bid_table import BIDDER, BidTable, read_bids
from tenderkit.api.outcome import Outcome
from tenderkit.evaluation.calculator import Answer, Entry, Question, Worth, calculate, question_problems
from tenderkit.evaluation.parameters import Raw, read_parameters
from tenderkit.evaluation.spec import Model
from tenderkit.evaluation.traits import uses_price
from tenderkit.formula.excel import plain_number
from tenderkit.formula.tree import Table
from tenderkit.library import Library
from tenderkit.library.model import EvaluationModel
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import parse_number, parse_percent

T = TypeVar("T")

_WHOLE = Fraction(1)
_GIVEN = ("price", "offer", "score")


def model_score(
    identifier: str,
    bids: Path | None = None,
    *,
    param: Sequence[str] = (),
    weight: Sequence[str] = (),
    amount: Sequence[str] = (),
    top: Decimal = Decimal(10),
    floor: Decimal | None = None,
    cap: Decimal | None = None,
    library: Library | None = None,
) -> Outcome:
    """Give the points, or the totals, and the ranks that a model gives some bids; exact.

    Args:
        identifier: the model.
        bids: a CSV file with the columns ``bidder`` and ``price``, ``offer`` or ``score`` (points on the scale); for an
            award model ``price`` and a column of points for each criterion.
        param: the model's parameters, such as ``X=60%``; a table as ``T=0%:100%;50%:0%``.
        weight: an award model's criteria with their share of the whole, such as ``K1=40%``.
        amount: its criteria with kroner for full points, or for each unit offered, such as ``K1=500000``.
        top: the top of the point scale.
        floor: the minimum requirement of an offered number.
        cap: the number beyond which an offer counts no more.
        library: the library with the model; the installed one when left out.

    Raises:
        TenderkitError: with everything that is wrong with the options and the file, all at once.
    """
    definition = (library or Library()).model(identifier)
    problems: list[Problem] = []
    written = _pairs("param", param, problems, _raw)
    values, found = read_parameters(identifier, definition, written, lambda path: Place(label=f"--param {path[0]}"))
    criteria = _criteria(weight, amount, problems)
    if top <= 0:
        problems.append(Problem("wrong-value", "The top of the scale is above 0.", Place(label="--top")))
    table = _table(bids, definition, list(criteria), problems)
    model = Model(identifier, definition, values)
    question = Question(model, table.entries, Fraction(top), _exact(floor), _exact(cap), criteria)
    return _calculated(question, [*problems, *found, *table.problems])


def _calculated(question: Question, problems: Sequence[Problem]) -> Outcome:
    if problems:
        # the rows that could be read are looked at too, so that everything is told at once
        raise TenderkitError([*problems, *(question_problems(question) if question.entries else ())])
    answers, found = calculate(question)
    if found:
        raise TenderkitError(found)
    return _outcome(question, answers)


def _table(
    bids: Path | None, definition: EvaluationModel, criteria: Sequence[str], problems: list[Problem]
) -> BidTable:
    """Read the file; what is wrong with it as a whole joins the problems of the options."""
    prices = ["price"] if uses_price(definition) else []
    columns = prices if definition.role == "award" else [definition.input]
    if bids is None:
        header = ";".join([BIDDER, *columns, *criteria])
        message = f"The model needs a CSV file with the header {header}"
        problems.append(Problem("bids-missing", f"{message}.", help="Give it with --bids prices.csv"))
        return BidTable()
    try:
        return read_bids(bids, columns, criteria)
    except TenderkitError as error:
        problems += error.problems
        return BidTable()


def _criteria(weight: Sequence[str], amount: Sequence[str], problems: list[Problem]) -> dict[str, Worth]:
    """Give an award model's criteria, in the order of writing."""
    shares = _pairs("weight", weight, problems, lambda text: Fraction(parse_percent(text)) / 100)
    amounts = _pairs("amount", amount, problems, lambda text: Fraction(parse_number(text)))
    if sum(shares.values(), Fraction(0)) > _WHOLE:
        message = "The weights add up to more than 100 %."
        problems.append(Problem("weights-not-100", message, Place(label="--weight"), help="Correct the weights."))
    return {name: Worth(shares.get(name), amounts.get(name)) for name in dict.fromkeys((*shares, *amounts))}


def _pairs(option: str, texts: Sequence[str], problems: list[Problem], read: Callable[[str], T]) -> dict[str, T]:
    """Read ``NAME=VALUE`` texts; a repeated name or a value that cannot be read is a problem."""
    found: dict[str, T] = {}
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        place = Place(label=f"--{option} {name}")
        if not sign or not name or not value:
            message = f'"{text}" is not a name with a value.'
            problems.append(Problem("option-unclear", message, Place(label=f"--{option}"), help="Write NAME=VALUE."))
        elif name in found:
            problems.append(Problem("option-repeated", f'"{name}" is given twice.', place, help="Keep one."))
        else:
            try:
                found[name] = read(value)
            except ValueError as error:
                problems.append(Problem("wrong-value", f"{error}.", place))
    return found


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


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _outcome(question: Question, answers: Sequence[Answer]) -> Outcome:
    model, definition = question.model, question.model.definition
    result = "total" if definition.role == "award" else "points"
    rows = [_row(entry, answer, result) for entry, answer in zip(question.entries, answers, strict=True)]
    data: dict[str, Any] = {
        "model": model.id,
        "title": definition.title.en,
        "formula": definition.formula,
        "steps": dict(definition.steps),
        "stages": {name: stage.keep for name, stage in definition.stages.items()},
        "parameters": {name: _shown(value) for name, value in model.parameters.items()},
        "top": exact_text(question.points_top),
        "result": result,
        "bids": sorted(rows, key=lambda row: (row["rank"] == 0, row["rank"], row["bidder"])),
    }
    return Outcome(data=data, lines=_lines(data), next=f"tenderkit model show {model.id}")


def _row(entry: Entry, answer: Answer, result: str) -> dict[str, Any]:
    """Give a bid and what the model makes of it, as plain data; numbers are exact texts."""
    return {
        "bidder": entry.name,
        **{name: str(value) for name in _GIVEN if (value := getattr(entry, name)) is not None},
        **({"criteria": {name: str(value) for name, value in entry.points.items()}} if entry.points else {}),
        "steps": {name: exact_text(value) for name, value in answer.steps.items()},
        result: None if answer.value is None else exact_text(answer.value),
        "exact": None if answer.exact is None else exact_text(answer.exact),
        "rank": answer.rank,
        "stage": answer.stage,
    }


def _shown(value: Fraction | Table) -> str | list[list[str]]:
    if isinstance(value, tuple):
        return [[exact_text(edge), exact_text(own)] for edge, own in value]
    return exact_text(value)


def _lines(data: Mapping[str, Any]) -> list[str]:
    """Give the formulas and the numbers in them, for people."""
    known = [f"{name} = {value}" for name, value in (("S", data["top"]), *data["parameters"].items())]
    steps = [f"  {name} = {text}" for name, text in data["steps"].items()]
    stages = [f"  kept by {name}: {text}" for name, text in data["stages"].items()]
    return [f"{data['title']}: {data['formula']}", *steps, *stages, f"  with {', '.join(known)}"]


def exact_text(value: Fraction) -> str:
    """Give a number exactly: as a decimal, or as a fraction where the decimals have no end.

    >>> exact_text(Fraction(-25, 4)), exact_text(Fraction(100, 3))
    ('-6.25', '100/3')
    """
    return ("-" if value < 0 else "") + plain_number(abs(value)).strip("()")
