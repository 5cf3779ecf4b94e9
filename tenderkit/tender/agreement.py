"""An agreement outside a tender, as ``agreement.yaml`` writes it.

Only the edition, the template and the date are forced here: a draft may lack the rest, and shows it as open gaps.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from tenderkit.source import Count, Date, Frozen, Number, Text
from tenderkit.tender.fields import ClauseChoice, Id, LineId
from tenderkit.tender.purchase import Person, Terms


class AgreementHeading(Frozen):
    """What the agreement is called, the template it is made from, and its language.

    ``date`` is the day on which it is drawn up; properties and comments carry it.
    """

    template: Id
    date: Date
    title: Text = ""
    reference: Text = ""
    language: Literal["da", "en"] = "da"
    reading_aid: Literal["", "da", "en"] = ""
    purpose: Text = ""
    subject: Text = ""


class Party(Frozen):
    """A party: who it is, whom to ask, and who signs.

    ``employment_unit`` and ``employment_contact`` are a municipality's: the unit that finds and follows up people.
    """

    name: Text = ""
    cvr: Text = ""
    address: Text = ""
    contact: Person | None = None
    signatory: Person | None = None
    employment_unit: Text = ""
    employment_contact: Person | None = None
    contract_manager: Person | None = None


Months = Annotated[Count, Field(ge=1, le=120)]


class AgreementTerms(Terms):
    """The term of an agreement, how it is ended and paid. ``notice_months`` is the notice of either party."""

    start: Date | None = None
    duration_months: Months | None = None
    notice_months: Count = 3

    @property
    def total_months(self) -> int | None:
        """Give the months with all options; None while the term is not known."""
        return None if self.duration_months is None else self.duration_months + self.option_months


class AgreedPrice(Frozen):
    """A price that one party pays another. ``quantity`` is that of the whole term; without it there is no sum."""

    label: Text
    unit: Text
    payer: Text
    payee: Text
    price: Number | None = None
    quantity: Number | None = None
    invoicing: Text = ""

    @property
    def amount(self) -> Decimal | None:
        """Give what is paid in the whole term, in kroner; None while price or quantity is not known."""
        return None if self.price is None or self.quantity is None else self.price * self.quantity


def _one_or_several(value: object) -> object:
    """Read one party, or a list of parties in the same role."""
    return [value] if isinstance(value, dict) else value


Parties = Annotated[list[Party], BeforeValidator(_one_or_several), Field(min_length=1)]


class Agreement(Frozen):
    """All that ``agreement.yaml`` says. Without ``clauses`` the template's own are chosen."""

    edition: Count = Field(ge=1)
    agreement: AgreementHeading
    parties: dict[str, Parties] = Field(default_factory=dict)
    contract: AgreementTerms = Field(default_factory=AgreementTerms)
    prices: dict[LineId, AgreedPrice] = Field(default_factory=dict)
    values: dict[str, Any] = Field(default_factory=dict)
    clauses: ClauseChoice | None = None
    reasons: dict[Id, Text] = Field(default_factory=dict)
    translations: dict[str, Text] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _empty_keys_say_nothing(cls, data: object) -> object:
        """Read a key with nothing but comments below it as left out."""
        return {key: value for key, value in data.items() if value} if isinstance(data, dict) else data

    house_clauses: Text = ""
