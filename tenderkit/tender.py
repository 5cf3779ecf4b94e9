"""What the officer wrote in ``tender.yaml``: the purchase, the procedure, the clauses and the criteria."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.source import Count, Date, Frozen, Number, Percent, Source, Text, YesNo, read_model, read_yaml

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
LineId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,3}$")]


def _per_lot(value: object) -> object:
    """Read one quantity, or one for each lot."""
    return {"": value} if isinstance(value, str) else value


Quantities = Annotated[dict[str, Number], BeforeValidator(_per_lot)]
Numbers = Annotated[dict[str, Number], BeforeValidator(_per_lot)]


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


class Lot(Frozen):
    """A lot (delaftale). ``value_dkk`` is the estimated value excl. VAT incl. options, over the whole term.

    ``minimum_dkk`` and ``maximum_dkk`` bound what may be bought where the quantity can vary; ``own_estimate_dkk`` is
    the authority's own estimate of the evaluated price, used for the internal alarm on low bids.
    """

    id: Id
    title: Text
    description: Text = ""
    value_dkk: Number
    own_estimate_dkk: Number | None = None
    annual_value_dkk: Number | None = None


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


class Contract(Frozen):
    """The contract that is bought.

    ``place`` is DK when the work is performed in Denmark. ``volumes`` bounds a price line's quantity by its id.
    """

    kind: Literal["services", "works", "goods", "mixed"]
    cpv: list[Annotated[str, Field(pattern=r"^\d{8}(-\d)?$")]]
    place: Literal["DK", "abroad", "mixed"] = "DK"
    start: Date
    duration_months: Count = Field(ge=1, le=120)
    options: list[Option] = Field(default_factory=list)
    price_index: Text = ""
    payment_days: Count = 30
    transition: Text = ""
    volumes: dict[LineId, Volume] = Field(default_factory=dict)
    subcontracting: Text = ""
    transfer_of_undertaking: YesNo = False

    @property
    def total_months(self) -> int:
        """Give the months with all options."""
        return self.duration_months + sum(option.months for option in self.options)


class MarketDialogue(Frozen):
    """A dialogue before the tender (§ 39): the log, what was shared with all, and how equal treatment was kept."""

    held: YesNo
    dates: Text = ""
    participants: Count = 0
    log: Text = ""
    shared_material: Text = ""
    measures: Text = ""
    bidder_took_part: YesNo = False


class Suitability(Frozen):
    """Minimum requirements for suitability and the exclusion grounds that are used."""

    minimums: list[Text] = Field(default_factory=list)
    optional_exclusion_grounds: list[Text] = Field(default_factory=list)


class Procedure(Frozen):
    """The procedure and its dates. ``price_blinding`` tells whether prices are kept from the evaluators."""

    type: Literal["open", "restricted", "light", "below-threshold"]
    publication: Date
    questions_until: Date
    answers_until: Date
    deadline: Date
    deadline_time: Text = "12:00"
    opening: Date | None = None
    notification: Date
    standstill_end: Date
    signing: Date
    acceptance_months: Count
    electronic: YesNo = True
    portal: Text = ""
    price_blinding: Literal["none", "internal", "published"] = "none"
    market_dialogue: MarketDialogue
    suitability: Suitability = Field(default_factory=Suitability)
    lots_reason: Text = ""
    lots_per_bidder: Text = ""


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


class Criterion(Frozen):
    """A criterion or sub-criterion. The weight is per cent within its parent; each level sums to 100.

    A leaf is scored by evaluators (``scale``), calculated from prices (``model``), or taken from a clause (``from``,
    such as ``job-guarantee.hours``). ``amount`` is the worth of full points where quality is turned into money.
    """

    title: Text = ""
    number: Text = ""
    weight: Percent | None = None
    amount: Number | None = None
    scale: Text = ""
    model: Text = ""
    parameters: dict[str, Text] = Field(default_factory=dict)
    source: Text = Field(default="", alias="from")
    looks_for: Text = ""
    answer_max: Count = 6000
    sub: dict[Id, Criterion] = Field(default_factory=dict)


class Rounding(Frozen):
    """Decimals of points and of the total; ``none`` rounds only for display."""

    points: Literal["none"] | Count = "none"
    total: Count = 3


class Award(Frozen):
    """How points become a ranking: the award model, the top of the point scale, rounding and tie rules in order."""

    model: Text
    points_top: Number = Decimal(10)
    rounding: Rounding = Field(default_factory=Rounding)
    ties: list[Text]
    parameters: dict[str, Text] = Field(default_factory=dict)


class Member(Frozen):
    """A member of the evaluation committee. ``declared`` is the date of the impartiality declaration."""

    name: Text
    role: Text
    chair: YesNo = False
    declared: Date | None = None
    criteria: list[Text] = Field(default_factory=list)


class Committee(Frozen):
    """The committee: who scores, and from which spread of scores a discussion is asked for."""

    members: dict[Id, Member]
    spread_alarm: Number = Decimal(4)


class Omission(Frozen):
    """A recorded reason for leaving out the duty of udbudsloven § 176: one of the act's three grounds."""

    ground: Literal["safety", "not-suited", "other-law"]
    reason: Text


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


class Tender(Frozen):
    """All that ``tender.yaml`` says."""

    edition: Count = Field(ge=1)
    tender: Heading
    authority: Authority
    lots: list[Lot] = Field(min_length=1)
    contract: Contract
    procedure: Procedure
    price_lines: dict[LineId, PriceLine]
    clauses: Annotated[dict[Id, dict[str, Any]], BeforeValidator(_clauses)]
    reasons: dict[Id, Text] = Field(default_factory=dict)
    award: Award
    criteria: dict[Id, Criterion]
    committee: Committee
    stacking: Text = ""
    training_duty_omitted: Omission | None = None
    low_bid_alarm: dict[str, Percent] = Field(default_factory=dict)
    contract_template: Id = "service-contract"

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

    @property
    def price_criterion(self) -> str:
        """Give the id of the criterion that scores the evaluated price."""
        return next((key for key, criterion in self.criteria.items() if criterion.model and not criterion.sub), "")


def quantity(quantities: Mapping[str, Decimal], lot_id: str) -> Decimal | None:
    """Give a lot's quantity: its own, or the one that holds for all lots."""
    return quantities.get(lot_id, quantities.get(""))


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
