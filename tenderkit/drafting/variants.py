"""The values that a clause may be given: the edges of each parameter, and how they meet in conditions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from tenderkit.drafting.draft import Draft
from tenderkit.library.clause import Parameter
from tenderkit.plan import ChosenClause, Resolved
from tenderkit.plan.parameters import parse_value

_CONDITION = re.compile(r"\{%-?\s*(?:if|elif)\b(.*?)-?%\}")
_WORD = re.compile(r"\"[^\"]*\"|([a-z_]\w*)")
_MOST = 64
Values = Mapping[str, object]


def variants(draft: Draft) -> Iterator[ChosenClause]:
    """Give the clause with its usual values, scored and not, then with each edge of each parameter alone.

    Parameters that stand in conditions are also tried together, in 64 combinations at most.
    """
    clause = draft.clause
    choices = {name: edges(parameter) for name, parameter in clause.parameters.items()}
    base = {name: values[0] for name, values in choices.items()}
    yield chosen(draft, base, contested=True)
    seen: set[tuple[tuple[str, str], ...]] = set()
    for values in _combinations(base, choices, _asked(draft)):
        key = tuple((name, str(value)) for name, value in values.items())
        if key not in seen:
            seen.add(key)
            yield chosen(draft, values)


def _combinations(base: Values, choices: Mapping[str, list[object]], asked: list[str]) -> Iterator[Values]:
    yield base
    for name, values in choices.items():
        yield from ({**base, name: value} for value in values[1:])
    together = itertools.product(*(choices[name] for name in asked))
    yield from ({**base, **dict(zip(asked, values, strict=True))} for values in itertools.islice(together, _MOST))


def _asked(draft: Draft) -> list[str]:
    """Give the parameters that stand in conditions, in the order of their first condition."""
    names = [name for condition in _CONDITION.findall(draft.text("da")) for name in _WORD.findall(condition)]
    return [name for name in dict.fromkeys(names) if name in draft.clause.parameters]


def chosen(draft: Draft, values: Values, *, contested: bool = False) -> ChosenClause:
    """Give the clause as a tender with these values would have it; ``contested`` where bids are scored on them."""
    resolved = {
        name: Resolved(name, parameter, _everywhere(values[name]), chosen=True, contested=contested)
        for name, parameter in draft.clause.parameters.items()
    }
    return ChosenClause(draft.id, draft.clause, "", resolved)


def _everywhere(value: object) -> dict[str, object]:
    return {} if value is None else {"": value}


def edges(parameter: Parameter) -> list[object]:
    """Give the values at which a text can go wrong, the usual one first: none, one, two, the lowest and the highest."""
    raw = parameter.default if parameter.default is not None else parameter.example
    usual = _parsed(parameter, raw)
    found: list[object] = [usual]
    match parameter.type:
        case "yes-no":
            found += [True, False]
        case "choice":
            found += list(parameter.options)
        case "choices":
            keys = list(parameter.options)
            found += [keys[:1], keys[:2], keys]
        case "list" if isinstance(usual, list) and usual:
            found += [usual[:1], [*usual, *usual][:2], [*usual, *usual][:3]]
        case "count" | "number" | "money" | "percent":
            found += _numbers(parameter, usual)
    if not parameter.required:
        found.append(None)
    return [value for index, value in enumerate(found) if value not in found[:index]]


def _parsed(parameter: Parameter, raw: object) -> object:
    """Give the usual value; None where there is none, or one that does not fit, which is told elsewhere."""
    try:
        return None if raw is None else parse_value(parameter, raw)
    except ValueError:
        return None


def _numbers(parameter: Parameter, usual: object) -> list[object]:
    wanted = [parameter.min, Decimal(0), Decimal(1), Decimal(2), parameter.max]
    low = parameter.min if parameter.min is not None else Decimal(0)
    high = parameter.max if parameter.max is not None else Decimal(10**12)
    within = [number for number in wanted if number is not None and low <= number <= high]
    return [int(number) if isinstance(usual, int) or parameter.type == "count" else number for number in within]
