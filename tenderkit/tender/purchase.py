"""What is bought and by whom: the heading, the authority, the lots, the contract, the price lines."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tenderkit.source import Count, Date, Frozen, Number, Text, YesNo
from tenderkit.tender.fields import Id, LineId, Quantities


class Person(Frozen):
    """A contact: the role always, so that the document survives when the person leaves."""

    role: Text
    name: Text = ""
    email: Text = ""
    phone: Text = ""


class Heading(Frozen):
    """What the tender is called, and in which language it is authoritative.

    ``reading_aid`` adds a translation of the tender documents that is marked as not authoritative.
    """

    title: Text
    reference: Text
    language: Literal["da", "en"] = "da"
    reading_aid: Literal["", "da", "en"] = ""
    purpose: Text = ""
    subject: Text = ""


class Authority(Frozen):
    """The contracting authority (ordregiver). ``kind`` chooses the threshold."""

    name: Text
    cvr: Text = ""
    address: Text
    kind: Literal["sub-central", "central"] = "sub-central"
    contact: Person
    employment_unit: Text = "kommunens virksomhedsindgang"
    employment_contact: Person | None = None
    contract_manager: Person | None = None


class Site(Frozen):
    """A place where the work is done: its floor area in square metres, how often, and the level of quality."""

    name: Text
    area_m2: Count
    frequency: Text
    level: Text = ""


class Lot(Frozen):
    """A lot (delaftale). ``value_dkk`` is the estimated value excl. VAT incl. options, over the whole term.

    ``minimum_dkk`` and ``maximum_dkk`` bound what may be bought where the quantity can vary; ``own_estimate_dkk`` is
    the authority's own estimate of the evaluated price, used for the internal alarm on low bids. ``places`` are where
    the work is done; bidders price them, and the requirement specification lists them.
    """

    id: Id
    title: Text
    description: Text = ""
    value_dkk: Number
    own_estimate_dkk: Number | None = None
    annual_value_dkk: Number | None = None
    places: list[Site] = Field(default_factory=list)


class Option(Frozen):
    """An option to prolong or extend; its value is part of the lots' value."""

    title: Text
    months: Count


class Volume(Frozen):
    """A volume that may vary, with estimate, minimum and maximum per lot, over the whole term."""

    unit: Text
    estimate: Quantities
    minimum: Quantities
    maximum: Quantities


class Terms(Frozen):
    """What a contract in a tender and an agreement outside one both say of their term and payment.

    ``place`` is DK when the work is performed in Denmark.
    """

    place: Literal["DK", "abroad", "mixed"] = "DK"
    options: list[Option] = Field(default_factory=list)
    price_index: Text = ""
    payment_days: Count = 30
    transition: Text = ""
    subcontracting: Text = ""
    transfer_of_undertaking: YesNo = False

    @property
    def option_months(self) -> int:
        """Give the months of all options."""
        return sum(option.months for option in self.options)


class Contract(Terms):
    """The contract that is bought.

    ``volumes`` bounds a price line's quantity by its id.
    Where the present staff passes to the winner (``transfer_of_undertaking``), ``staff_list`` says where bidders find
    the list of positions, hours and terms, without names.
    """

    kind: Literal["services", "works", "goods", "mixed"]
    cpv: list[Annotated[str, Field(pattern=r"^\d{8}(-\d)?$")]]
    start: Date
    duration_months: Count = Field(ge=1, le=120)
    volumes: dict[LineId, Volume] = Field(default_factory=dict)
    staff_list: Text = ""

    @property
    def total_months(self) -> int:
        """Give the months with all options."""
        return self.duration_months + self.option_months


class Phase(Frozen):
    """A payment phase of a price line: its share of the unit price, and the units expected per lot."""

    title: Text
    factor: Number = Field(gt=0, le=1)
    quantity: Quantities


class PriceLine(Frozen):
    """A line of the price list. ``quantity`` is the published quantity of the whole evaluation, per lot.

    With ``phases`` the quantity is the sum of each phase's units times its factor. ``max`` is a ceiling in kroner and a
    minimum requirement. ``training`` marks the line that pays for training (legal basis and subsidy deduction needed).
    """

    label: Text
    unit: Text
    quantity: Quantities
    max: Number | None = None
    phases: list[Phase] = Field(default_factory=list)
    training: YesNo = False
    legal_basis: Text = ""
    subsidies_deducted: YesNo = False
    invoicing: Text = ""
