"""Ids and quantities as ``tender.yaml`` writes them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

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
