"""``model score``: one model tried on bids in a file, by the engine that decides the award."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from tenderkit.api.bid_table import BIDDER, BidTable, read_bids
from tenderkit.api.model_options import criteria_of, exact, parameters_of, unused_options
from tenderkit.api.model_page import shown_value
from tenderkit.api.outcome import Outcome
from tenderkit.evaluation.calculator import Answer, Entry, Question, calculate, question_problems
from tenderkit.evaluation.spec import Model
from tenderkit.evaluation.traits import uses_price
from tenderkit.formula.excel import plain_number
from tenderkit.formula.tree import Table
from tenderkit.library import Library
from tenderkit.library.model import EvaluationModel
from tenderkit.problems import Place, Problem, TenderkitError, has_errors
from tenderkit.quantities import format_number

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
    given = {"weight": weight, "amount": amount, "floor": floor, "cap": cap}
    problems = list(unused_options(identifier, definition, given))
    values = parameters_of(identifier, definition, param, problems)
    criteria = criteria_of(definition, weight, amount, problems)
    if top <= 0:
        message, advice = "The top of the scale is above 0.", "Leave --top out for 10 points."
        problems.append(Problem("wrong-value", message, Place(label="--top"), help=advice))
    table = _table(bids, definition, list(criteria), problems)
    model = Model(identifier, definition, values)
    question = Question(model, table.entries, Fraction(top), exact(floor), exact(cap), criteria)
    return _calculated(question, [*problems, *table.problems])


def _calculated(question: Question, problems: Sequence[Problem]) -> Outcome:
    if has_errors(problems):
        # the rows that could be read are looked at too, so that everything is told at once
        raise TenderkitError([*problems, *(question_problems(question) if question.entries else ())])
    answers, found = calculate(question)
    if found:
        raise TenderkitError(found)
    return _outcome(question, answers, problems)


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


def _outcome(question: Question, answers: Sequence[Answer], problems: Sequence[Problem]) -> Outcome:
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
    return Outcome(problems=problems, data=data, lines=_lines(question), next=f"tenderkit model show {model.id}")


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


def _lines(question: Question) -> list[str]:
    """Give the formulas and the numbers in them, for people."""
    definition = question.model.definition
    limits = (("S", question.points_top), ("floor", question.floor), ("cap", question.cap))
    known = [f"{name} = {format_number(value, 'en')}" for name, value in limits if value is not None]
    for name, value in question.model.parameters.items():
        known.append(f"{name} = {shown_value(definition.parameters[name], value)}")
    steps = [f"  {name} = {text}" for name, text in definition.steps.items()]
    stages = [f"  kept by {name}: {stage.keep}" for name, stage in definition.stages.items()]
    # a table has commas of its own
    return [f"{definition.title.en}: {definition.formula}", *steps, *stages, f"  with {'; '.join(known)}"]


def exact_text(value: Fraction) -> str:
    """Give a number exactly: as a decimal, or as a fraction where the decimals have no end.

    >>> exact_text(Fraction(-25, 4)), exact_text(Fraction(100, 3))
    ('-6.25', '100/3')
    """
    return ("-" if value < 0 else "") + plain_number(abs(value)).strip("()")
