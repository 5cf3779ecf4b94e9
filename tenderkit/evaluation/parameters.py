"""A model's parameters as people write them, in ``tender.yaml`` or on the command line, made into exact values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from tenderkit import quantities
from tenderkit.formula import conditions_for_bids, names_in, parse_condition
from tenderkit.formula.tree import Table
from tenderkit.library.model import EvaluationModel
from tenderkit.library.parameter import ModelParameter
from tenderkit.problems import Place, Problem, nearest

#: What somebody wrote: one value, or a table with an edge and a value in each row.
Raw = str | Mapping[str, str]
#: Gives the place of a parameter, or of a row in it.
Places = Callable[[tuple[str, ...]], Place]

_SHOWN = {"percent": ("0 %", "50 %", "100 %"), "number": ("0", "5", "10"), "count": ("0", "5", "10")}
_MONEY = ("0", "500000", "1000000")
_COMMA = 'Inside braces a comma begins the next value: write 12.5 %, or "12,5 %" in quotation marks.'


def read_parameters(
    model_id: str, definition: EvaluationModel, given: Mapping[str, Raw], place: Places
) -> tuple[dict[str, Fraction | Table], list[Problem]]:
    """Give the values of a model's parameters, and everything that is wrong with what was written.

    A parameter that was not written has its default. One without a value is a problem: the whole model is published.

    Args:
        model_id: what messages call the model.
        definition: the model.
        given: what was written, by the parameter's name.
        place: the place of ``(name,)``, or of ``(name, edge)`` for a row of a table.
    """
    problems = [
        Problem(
            "unknown-key",
            f'"{model_id}" has no parameter "{name}".',
            place((name,)),
            help=nearest(name, definition.parameters) if given[name] else _COMMA,
        )
        for name in given
        if name not in definition.parameters
    ]
    values: dict[str, Fraction | Table] = {}
    for name, parameter in definition.parameters.items():
        value, found = _value(model_id, name, parameter, given.get(name), place)
        problems += found
        if value is not None:
            values[name] = value
    return values, [*problems, *_broken_rules(model_id, definition, values, place)]


def _broken_rules(
    model_id: str, definition: EvaluationModel, values: Mapping[str, Fraction | Table], place: Places
) -> Iterator[Problem]:
    """Give a problem for every rule between parameters that does not hold, as far as they have values."""
    for rule in definition.rules:
        condition = parse_condition(rule.that)
        names = names_in(condition)
        if all(name in values for name in names) and not conditions_for_bids(condition, {"P": [0]}, values)[0]:
            message = f'"{model_id}": {rule.otherwise.en}'
            yield Problem("parameters-do-not-fit", message, place((names[0],)), help="Change one of them.")


def _value(
    model_id: str, name: str, parameter: ModelParameter, raw: Raw | None, place: Places
) -> tuple[Fraction | Table | None, list[Problem]]:
    if raw is None and parameter.default is not None:
        return parameter.value(parameter.default), []
    if raw is None:
        message = f'The parameter "{name}" of "{model_id}" is not chosen.'
        advice = f"{parameter.ask.en} The whole model must be published."
        return None, [Problem("model-not-published", message, place((name,)), help=advice)]
    if isinstance(raw, Mapping) and parameter.rows is not None:
        return _table(name, parameter, parameter.rows, raw, place)
    if isinstance(raw, Mapping) or parameter.rows is not None:
        what = "is a table, not one value" if parameter.rows is not None else "is one value, not a table"
        return None, [Problem("wrong-value", f'"{name}" {what}.', place((name,)), help=_how(name, parameter))]
    try:
        return parameter.value(_number(raw, parameter.type)), []
    except ValueError as error:
        return None, [_wrong(name, parameter, error, place((name,)))]


def _table(
    name: str, parameter: ModelParameter, rows: tuple[str, str], raw: Mapping[str, str], place: Places
) -> tuple[Table | None, list[Problem]]:
    """Read a table row by row, so that every cell that is wrong is told with its place."""
    edge_of = parameter.model_copy(update={"type": rows[0], "rows": None, "default": None})
    value_of = edge_of.model_copy(update={"type": rows[1], "min": None, "max": None})
    read: list[tuple[Decimal, Decimal]] = []
    problems: list[Problem] = []
    for edge, value in raw.items():
        if not value:
            message = f'"{name}": the row "{edge}" has no value.'
            problems.append(Problem("wrong-value", message, place((name, edge)), help=_COMMA))
            continue
        row = []
        for text, like in ((edge, edge_of), (value, value_of)):
            try:
                number = _number(text, like.type)
                like.value(number)
                row.append(number)
            except ValueError as error:
                problems.append(_wrong(name, parameter, error, place((name, edge))))
        read += [(row[0], row[1])] if len(row) == len(rows) else []
    if problems:
        return None, problems
    try:
        if len(dict(read)) < len(read):  # "0 %" and "0%" are one edge
            raise ValueError("the edges of a table rise from row to row")  # noqa: TRY301 - told as the others are
        table = parameter.value(dict(read))
    except ValueError as error:
        return None, [_wrong(name, parameter, error, place((name,)))]
    assert isinstance(table, tuple)  # noqa: S101 - a mapping gives a table
    return table, []


def _number(text: str, kind: str) -> Decimal:
    return quantities.parse_percent(text) if kind == "percent" else quantities.parse_number(text)


def _wrong(name: str, parameter: ModelParameter, error: ValueError, where: Place) -> Problem:
    values = {"parameter": name}
    return Problem("wrong-value", f'"{name}": {error}.', where, help=_how(name, parameter), values=values)


def _how(name: str, parameter: ModelParameter) -> str:
    """Tell how a parameter is written, and its range."""
    if parameter.rows is not None:
        edges, values = (_SHOWN.get(kind, _MONEY) for kind in parameter.rows)
        rows = ", ".join(f"{edge}: {value}" for edge, value in zip(edges, reversed(values), strict=True))
        shown = f"Write a table with rising edges, such as {name}: {{{rows}}}."
    else:
        shown = "" if parameter.type == "money" else f"Write it as {_SHOWN.get(parameter.type, _MONEY)[1]}."
    sign = " %" if "percent" in (parameter.type, *(parameter.rows or ())[:1]) else ""
    least, most = (
        None if limit is None else f"{quantities.format_number(limit, 'en')}{sign}"
        for limit in (parameter.min, parameter.max)
    )
    limits = " ".join(part for part in (f"from {least}" if least else "", f"to {most}" if most else "") if part)
    return " ".join(part for part in (parameter.ask.en, shown, f"Allowed: {limits}." if limits else "") if part)
