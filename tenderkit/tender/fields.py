"""Ids, quantities and chosen clauses as the officer's files write them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from tenderkit.formula.functions import FUNCTIONS
from tenderkit.source import Number

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


def _no_function(value: str) -> str:
    """Refuse a name that the formula language has for a function: the price formula is made of line ids."""
    if value in FUNCTIONS:
        raise ValueError(f'"{value}" is a function; give the price line another letter, such as A')
    return value


LineId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,3}$"), AfterValidator(_no_function)]


def _per_lot(value: object) -> object:
    """Read one quantity, or one for each lot."""
    return {"": value} if isinstance(value, str) else value


_ONE = {"type": ["number", "string"]}
Quantities = Annotated[
    dict[str, Number],
    BeforeValidator(_per_lot),
    WithJsonSchema({"anyOf": [_ONE, {"type": "object", "additionalProperties": _ONE}]}),
]


def quantity(quantities: Mapping[str, Decimal], lot_id: str) -> Decimal | None:
    """Give a lot's quantity: its own, or the one that holds for all lots."""
    return quantities.get(lot_id, quantities.get(""))


def _clauses(value: object) -> object:
    """Read ``- clause-id`` and ``- clause-id: {parameter: value}``."""
    if not isinstance(value, list):
        return value
    result: dict[str, object] = {}
    for item in value:
        pairs = {item: None} if isinstance(item, str) else item
        if not isinstance(pairs, dict) or len(pairs) != 1:
            raise ValueError("each clause is written as its id, or as its id with parameters below it")
        ((key, parameters),) = pairs.items()
        if key in result:
            raise ValueError(f'the clause "{key}" is chosen twice')
        result[key] = parameters or {}
    return result


_ONE_CLAUSE = {"type": "object", "minProperties": 1, "maxProperties": 1}
_CLAUSES_AS_WRITTEN = {"type": "array", "items": {"anyOf": [{"type": "string"}, _ONE_CLAUSE]}}
ClauseChoice = Annotated[dict[Id, dict[str, Any]], BeforeValidator(_clauses), WithJsonSchema(_CLAUSES_AS_WRITTEN)]
