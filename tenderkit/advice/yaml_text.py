"""Plain values written as YAML that a person goes on with: comments above the keys, short groups on one line."""

from __future__ import annotations

import datetime as dt
import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from tenderkit.quantities import as_decimal

WIDTH = 118
_SHORT = 100
_GROUPED = 10_000
_NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})
_SHARE = r"\d+(?:\.\d+)? %"
_PLAIN = re.compile(rf"{_SHARE}|[A-Za-zÆØÅæøåÉé§][\w §()/.+-]*(?:[,;][\w §()/.+-]+)*")
_IN_FLOW = re.compile(rf"{_SHARE}|[A-Za-zÆØÅæøåÉé§][\w §()/.+-]*")


def written(
    data: Mapping[str, Any], comments: Mapping[str, str], head: str = "", below: Mapping[str, Sequence[str]] = _NOTHING
) -> str:
    """Give a mapping as YAML.

    Args:
        data: texts, numbers, dates, yes-no values, lists and mappings of them. None is left out.
        comments: what stands above a key, by its dotted place.
        head: what stands above everything.
        below: lines that stand below a key of the first level, as they are.
    """
    parts = ["\n".join(_comment(head, 0))] if head else []
    parts += [
        "\n".join((*_pair(key, value, (), comments), *below.get(key, ())))
        for key, value in data.items()
        if value is not None
    ]
    return "\n\n".join(parts) + "\n"


def _comment(text: str, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for line in textwrap.wrap(text, WIDTH - 2 * depth - 2, break_on_hyphens=False, break_long_words=False):
        yield f"{indent}# {line}"


def _pair(key: str, value: Any, above: Sequence[str], comments: Mapping[str, str]) -> Iterator[str]:
    depth, path = len(above), (*above, key)
    indent = "  " * depth
    yield from _comment(comments.get(".".join(path), ""), depth)
    short = _flow(value)
    if isinstance(value, str) and len(value) > _SHORT:
        yield f"{indent}{key}: >-"
        yield from (f"{indent}  {line}" for line in textwrap.wrap(value, WIDTH - 2 * depth - 2, break_on_hyphens=False))
    elif not isinstance(value, (dict, list)) or not value or _fits(value, short, depth + len(key)):
        yield f"{indent}{key}: {short if isinstance(value, (dict, list)) else scalar(value)}"
    elif isinstance(value, dict):
        yield f"{indent}{key}:"
        for name, item in value.items():
            if item is not None:
                yield from _pair(name, item, path, comments)
    else:
        yield f"{indent}{key}:"
        for item in value:
            yield from _item(item, depth + 1)


def _fits(value: dict[str, Any] | list[Any], short: str, used: int) -> bool:
    """Tell whether a group is short and flat enough for one line."""
    inner = value.values() if isinstance(value, dict) else value
    return len(short) + used < _SHORT - 10 and not any(isinstance(item, (dict, list)) for item in inner)


def _item(value: Any, depth: int) -> Iterator[str]:
    """Give an item of a list; of a mapping the first key stands beside the dash."""
    indent = "  " * depth
    if not isinstance(value, dict) or _fits(value, _flow(value), 2 * depth):
        yield f"{indent}- {_flow(value)}"
        return
    dash = "- "
    for name, item in value.items():
        if item is None:
            continue
        for line in _pair(name, item, ("",) * (depth + 1), {}):
            yield f"{indent}{dash}{line[len(indent) + 2 :]}" if dash.strip() else line
            dash = "  "


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items() if item is not None) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return scalar(value, flow=True)


def scalar(value: Any, *, flow: bool = False) -> str:
    """Give a single value as YAML text.

    >>> scalar("Nord"), scalar("a: b"), scalar(True), scalar(25_500_000)
    ('Nord', '"a: b"', 'yes', '25_500_000')
    """
    match value:
        case bool():
            return "yes" if value else "no"
        case dt.date():
            return value.isoformat()
        case int() | Decimal() | Fraction():
            number = as_decimal(value)
            whole = number == number.to_integral_value()
            return f"{int(number):_}" if whole and abs(number) >= _GROUPED else f"{number:f}"
        case _:
            plain = (_IN_FLOW if flow else _PLAIN).fullmatch(value) and value == value.strip()
            return value if plain else json.dumps(value, ensure_ascii=False)
