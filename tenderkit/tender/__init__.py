"""What the officer wrote: in ``tender.yaml`` the purchase, the procedure, the clauses and the criteria.

In ``agreement.yaml`` stands an agreement outside a tender: its template, its parties, its values and its clauses.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pydantic import Field, model_validator

from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.source import Count, Frozen, Percent, Source, Text, read_model, read_yaml
from tenderkit.tender.agreement import AgreedPrice, Agreement, AgreementTerms, Party
from tenderkit.tender.award import Award, Criterion, LotsAward, Rounding
from tenderkit.tender.fields import ClauseChoice, Id, LineId, Quantities, quantity
from tenderkit.tender.procedure import Committee, MarketDialogue, Member, Omission, Procedure, Reservation, Suitability
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
    "AgreedPrice",
    "Agreement",
    "AgreementTerms",
    "Authority",
    "Award",
    "Committee",
    "Contract",
    "Criterion",
    "Heading",
    "Id",
    "LineId",
    "Lot",
    "LotsAward",
    "MarketDialogue",
    "Member",
    "Omission",
    "Option",
    "Party",
    "Person",
    "Phase",
    "PriceLine",
    "Procedure",
    "Quantities",
    "Reservation",
    "Rounding",
    "Suitability",
    "Tender",
    "Volume",
    "load_agreement",
    "load_tender",
    "quantity",
    "read_agreement",
    "read_tender",
]


class Tender(Frozen):
    """All that ``tender.yaml`` says.

    ``accepted_findings`` gives, by the id of a check, why its warnings are accepted; they are then shown as notes with
    that reason. An error cannot be accepted. ``house_clauses`` is a folder of the authority's own clauses, relative to
    the case.
    """

    edition: Count = Field(ge=1)
    tender: Heading
    authority: Authority
    lots: list[Lot] = Field(min_length=1)
    contract: Contract
    procedure: Procedure
    price_lines: dict[LineId, PriceLine]
    clauses: ClauseChoice
    reasons: dict[Id, Text] = Field(default_factory=dict)
    award: Award
    criteria: dict[Id, Criterion]
    committee: Committee
    stacking: Text = ""
    training_duty_omitted: Omission | None = None
    low_bid_alarm: dict[str, Percent] = Field(default_factory=dict)
    contract_template: Id = "service-contract"
    translations: dict[str, Text] = Field(default_factory=dict)
    house_clauses: Text = ""
    accepted_findings: dict[Id, Text] = Field(default_factory=dict)

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
    source = _keys(text, name)
    return read_model(Tender, source), source


def read_agreement(text: str, name: str = "agreement.yaml") -> tuple[Agreement, Source]:
    """Read an agreement and where each of its values stands.

    Raises:
        TenderkitError: with every problem in the file, each with its line.
    """
    source = _keys(text, name)
    return read_model(Agreement, source), source


def _keys(text: str, name: str) -> Source:
    source = read_yaml(text, name)
    if not isinstance(source.data, dict):
        raise TenderkitError(Problem("broken-yaml", "The file holds no keys.", Place(name)))
    return source


def load_tender(path: Path) -> tuple[Tender, Source]:
    """Read ``tender.yaml`` from a file.

    Raises:
        TenderkitError: the file is missing, unreadable or wrong.
    """
    return read_tender(_read(path, "make one: tenderkit new FOLDER --example cleaning"), path.name)


def load_agreement(path: Path) -> tuple[Agreement, Source]:
    """Read ``agreement.yaml`` from a file.

    Raises:
        TenderkitError: the file is missing, unreadable or wrong.
    """
    return read_agreement(_read(path, "make one: tenderkit contract new TEMPLATE FOLDER"), path.name)


def _read(path: Path, otherwise: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise TenderkitError(
            Problem(
                "no-tender-file",
                f'There is no file "{path.name}" in "{path.parent}".',
                Place(str(path)),
                help=f"Run the command in the folder that holds it, or {otherwise}",
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
