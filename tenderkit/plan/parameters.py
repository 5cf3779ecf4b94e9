"""A clause's parameters resolved: the tender's value or the default, parsed by type and held to its limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from tenderkit import quantities
from tenderkit.library.clause import Parameter
from tenderkit.plan.types import Resolved, Value
from tenderkit.problems import Problem, nearest
from tenderkit.source import Path, Source


def _count(text: str) -> int:
    number = quantities.parse_number(text)
    if number != number.to_integral_value():
        raise ValueError(f'"{text}" is not a whole number')
    return int(number)


_PARSERS: Mapping[str, Callable[[str], Value]] = {
    "count": _count,
    "number": quantities.parse_number,
    "percent": quantities.parse_percent,
    "money": quantities.parse_number,
    "text": str.strip,
    "yes-no": quantities.parse_yes_no,
    "date": quantities.parse_date,
}


def parse_value(parameter: Parameter, raw: object) -> Value:
    """Give a parameter's value from what the file says.

    Raises:
        ValueError: the value does not fit the type, the options or the limits; the message says how.
    """
    if parameter.type == "choice":
        return _choice(parameter, raw)
    if parameter.type == "choices":
        return [_choice(parameter, item) for item in _list(raw)]
    if parameter.type == "list":
        return [_scalar("text", item) for item in _list(raw)]
    if parameter.type == "table":
        return [_row(parameter, item) for item in _list(raw)]
    value = _scalar(parameter.type, raw)
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        _within(parameter, Decimal(value))
    return value


def _scalar(kind: str, raw: object) -> Value:
    if not isinstance(raw, str):
        raise ValueError("a single value is expected here")  # noqa: TRY004 - reported as a problem with the value
    return _PARSERS[kind](raw)


def _list(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise ValueError("a list is expected here")  # noqa: TRY004 - as above
    return raw


def _choice(parameter: Parameter, raw: object) -> str:
    if isinstance(raw, str) and raw in parameter.options:
        return raw
    raise ValueError(f'"{raw}" is not one of the choices. {nearest(str(raw), parameter.options)}')


def _row(parameter: Parameter, raw: object) -> dict[str, Value]:
    if not isinstance(raw, dict) or set(raw) != set(parameter.columns):
        raise ValueError(f"each row needs the keys {', '.join(parameter.columns)}")
    return {name: _scalar(kind, raw[name]) for name, kind in parameter.columns.items()}


def _within(parameter: Parameter, value: Decimal) -> None:
    if parameter.min is not None and value < parameter.min:
        raise ValueError(f"{value} is below {parameter.min}, the lowest value")
    if parameter.max is not None and value > parameter.max:
        raise ValueError(f"{value} is above {parameter.max}, the highest value")


def resolve(
    name: str,
    parameter: Parameter,
    raw: object,
    lot_ids: Iterable[str],
    where: tuple[Source, Path],
    problems: list[Problem],
) -> Resolved:
    """Give a parameter's value for all lots or by lot, and note what is wrong with it.

    A mapping whose keys are lots holds one value per lot. A parameter that the tender leaves out has its default.
    """
    chosen = raw is not None
    raw = parameter.default if raw is None else raw
    lots = set(lot_ids)
    by_lot = raw if isinstance(raw, dict) and parameter.type != "table" else {"": raw}
    source, path = where
    values: dict[str, Value] = {}
    for lot, item in by_lot.items():
        at = (*path, lot) if lot else path
        if lot and lot not in lots:
            problems.append(
                Problem(
                    "unknown-lot",
                    f'"{lot}" is not a lot of this tender.',
                    source.place(at, name),
                    help=nearest(lot, lots),
                )
            )
        elif item is None:
            if parameter.required:
                problems.append(
                    Problem(
                        "value-to-choose",
                        f'"{name}" has no default: it must be chosen.',
                        source.place(path, name),
                        help=f"{parameter.ask.en} Add: {name}: ...",
                    )
                )
        else:
            try:
                values[lot] = parse_value(parameter, item)
            except ValueError as error:
                problems.append(
                    Problem(
                        "wrong-value",
                        f"{str(error)[:1].upper()}{str(error)[1:]}.",
                        source.place(at, name),
                        values={"parameter": name},
                    )
                )
    missing = lots - set(values)
    if isinstance(raw, dict) and parameter.type != "table" and values and missing:
        problems.append(
            Problem(
                "value-to-choose",
                f'"{name}" has no value for {", ".join(sorted(missing))}.',
                source.place(path, name),
                help="Give a value for every lot.",
            )
        )
    return Resolved(name, parameter, values, chosen)
