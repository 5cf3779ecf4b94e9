"""What the officer wrote in ``tender.yaml``: the purchase, the procedure, the clauses and the criteria."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.source import Count, Frozen, Percent, Source, Text, read_model, read_yaml
from tenderkit.tender.award import Award, Criterion, Rounding
from tenderkit.tender.fields import Id, LineId, Quantities, quantity
from tenderkit.tender.procedure import Committee, MarketDialogue, Member, Omission, Procedure, Suitability
from tenderkit.tender.purchase import (
    Authority,
    Contract,
    Heading,
    Lot,
    Option,
    Person,
    Phase,
    PriceLine,
    Volume,
)

__all__ = [
    "Authority",
    "Award",
    "Committee",
    "Contract",
    "Criterion",
    "Heading",
    "Id",
    "LineId",
    "Lot",
    "MarketDialogue",
    "Member",
    "Omission",
    "Option",
    "Person",
    "Phase",
    "PriceLine",
    "Procedure",
    "Quantities",
    "Rounding",
    "Suitability",
    "Tender",
    "Volume",
    "load_tender",
    "quantity",
    "read_tender",
]


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


class Tender(Frozen):
    """All that ``tender.yaml`` says."""

    edition: Count = Field(ge=1)
    tender: Heading
    authority: Authority
    lots: list[Lot] = Field(min_length=1)
    contract: Contract
    procedure: Procedure
    price_lines: dict[LineId, PriceLine]
    clauses: Annotated[dict[Id, dict[str, Any]], BeforeValidator(_clauses), WithJsonSchema(_CLAUSES_AS_WRITTEN)]
    reasons: dict[Id, Text] = Field(default_factory=dict)
    award: Award
    criteria: dict[Id, Criterion]
    committee: Committee
    stacking: Text = ""
    training_duty_omitted: Omission | None = None
    low_bid_alarm: dict[str, Percent] = Field(default_factory=dict)
    contract_template: Id = "service-contract"
    translations: dict[str, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _lots_are_known(self) -> Tender:
        ids = [lot.id for lot in self.lots]
        if len(set(ids)) != len(ids):
            raise ValueError("two lots have the same id")
        return self

    def lot(self, lot_id: str) -> Lot:
        """Give a lot; raises KeyError for an unknown id."""
        return {lot.id: lot for lot in self.lots}[lot_id]

    @property
    def total_value_dkk(self) -> Decimal:
        """Give the estimated value of all lots, kroner excl. VAT incl. options."""
        return sum((lot.value_dkk for lot in self.lots), Decimal(0))


def read_tender(text: str, name: str = "tender.yaml") -> tuple[Tender, Source]:
    """Read a tender and where each of its values stands.

    Raises:
        TenderkitError: with every problem in the file, each with its line.
    """
    source = read_yaml(text, name)
    if not isinstance(source.data, dict):
        raise TenderkitError(Problem("broken-yaml", "The file holds no keys.", Place(name)))
    return read_model(Tender, source), source


def load_tender(path: Path) -> tuple[Tender, Source]:
    """Read ``tender.yaml`` from a file.

    Raises:
        TenderkitError: the file is missing, unreadable or wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise TenderkitError(
            Problem(
                "no-tender-file",
                f'There is no file "{path.name}" in "{path.parent}".',
                Place(str(path)),
                help="Run the command in the tender's folder, or make one: tenderkit new FOLDER --example cleaning",
            )
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise TenderkitError(
            Problem(
                "unreadable-file",
                f"The file cannot be read: {error}.",
                Place(str(path)),
                help="Save it as UTF-8 text, and check that you may read it.",
            )
        ) from error
    return read_tender(text, path.name)
