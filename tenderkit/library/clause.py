"""What a clause folder says: ``clause.yaml`` as data. The texts are in ``da.md`` and ``en.md`` beside it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from tenderkit.source import Bilingual, Count, Date, Frozen, Number, Text, YesNo

Mark = Literal["verified", "partly", "unverified", "suggested"]
ParameterType = Literal[
    "count", "number", "percent", "money", "text", "choice", "choices", "yes-no", "date", "list", "table"
]
Party = Literal["supplier", "authority", "both", "firm", "enterprise", "municipality", "all"]


def _one_or_two(value: object) -> object:
    """Allow one text where it is the same in both languages."""
    return {"da": value, "en": value} if isinstance(value, str) else value


Label = Annotated[Bilingual, BeforeValidator(_one_or_two)]


class Texts(Frozen):
    """A list of texts in both languages, of equal length."""

    da: list[Text]
    en: list[Text]

    def __getitem__(self, language: str) -> list[str]:
        return self.da if language == "da" else self.en


class Offer(Frozen):
    """How bidders may offer more than a parameter's value: the tender's value is the floor.

    ``cap`` is where scoring and the duty stop; ``better`` tells in which direction an offer improves.
    """

    better: Literal["higher", "lower"] = "higher"
    cap: Number


class Parameter(Frozen):
    """One fill-in of a clause: a number with unit and limits, a choice, a text, a list or a table.

    ``default`` may be a number or another parameter's name is never allowed; it is text as written in YAML and is
    parsed by the type. ``columns`` names the columns of a ``table`` and their types,
    ``caption`` what stands above it in the contract. ``note`` is advice to the officer and is never printed there.
    """

    type: ParameterType
    ask: Bilingual
    unit: Text = ""
    default: Any = None
    min: Number | None = None
    max: Number | None = None
    options: dict[str, Label] = Field(default_factory=dict)
    columns: dict[str, ParameterType] = Field(default_factory=dict)
    column_titles: dict[str, Label] = Field(default_factory=dict)
    required: YesNo = True
    mark: Mark = "suggested"
    note: Bilingual | None = None
    caption: Bilingual | None = None
    example: Any = None
    offer: Offer | None = None


class BidField(Frozen):
    """One thing that bidders fill in. ``offers`` names the parameter whose value it raises; otherwise it is text.

    ``max`` is the most characters of a text; ``decimals`` the most decimals of a number.
    """

    label: Bilingual
    help: Bilingual | None = None
    offers: Text = ""
    type: Literal["text", "number", "count", "yes-no"] = "number"
    max: Count = 4000
    decimals: Count = 2
    unit: Text = ""


class ClauseCriterion(Frozen):
    """How a field can be scored: with a scale by evaluators, or with a model from the offered number."""

    title: Bilingual
    field: Text
    model: Text = ""
    scale: Text = ""
    looks_for: Bilingual


class Requirement(Frozen):
    """A row of the requirement table. ``no`` is part of the public id and never changes or is reused."""

    no: Count
    point: Text
    kind: Literal["minimum", "evaluated", "information"]
    title: Bilingual
    proof: Text = ""


class Due(Frozen):
    """When a duty is due: days, weeks or months after an event, at fixed intervals, or on request.

    Numbers may be written as digits or as the name of a parameter.
    """

    after: Text = ""
    before: Text = ""
    on: Text = ""
    every: Text = ""
    working_days: Text = ""
    days: Text = ""
    weeks: Text = ""
    months: Text = ""


class Duty(Frozen):
    """A dated duty for the contract manager's register.

    ``only`` names choices without which there is no such duty: a parameter's name, and the option that it must have.
    """

    point: Text
    title: Bilingual
    who: Party
    due: Due
    proof: list[Text] = Field(default_factory=list)
    release: list[Text] = Field(default_factory=list)
    sanction: Text = ""
    value: Text = ""
    only: dict[Text, Text] = Field(default_factory=dict)


class LegalBasis(Frozen):
    """An act or guide that the clause rests on, with the date it was last looked up."""

    title: Label
    mark: Mark
    looked_up: Date


class AppliesTo(Frozen):
    """Where a clause fits: kinds of contract, length in months, value in kroner excl. VAT incl. options."""

    kinds: list[Literal["services", "works", "goods", "mixed"]] = Field(default_factory=list)
    min_months: Count = 0
    max_months: Count | None = None
    min_value_dkk: Number | None = None
    max_value_dkk: Number | None = None


class Advice(Frozen):
    """What one circumstance of a purchase says for or against a clause.

    ``when`` is a condition in the formula language over the answers that ``tenderkit advise`` asks for. The lowest
    verdict of all rows that hold is the clause's: no, then maybe, then yes; a clause for which no row holds is a no.
    ``missing`` says what would have to be in place for a better verdict.
    """

    when: Text
    verdict: Literal["yes", "maybe", "no"]
    reason: Bilingual
    missing: Bilingual | None = None


class House(Frozen):
    """Whose clause it is, where it is not the library's.

    ``edition`` is the edition of the library's clause of the same id that it deviates from; 0 for a clause that the
    library does not have. ``reason`` says why, for those who approve the tender.
    """

    owner: Text
    edition: Count = 0
    reason: Bilingual


class Penalty(Frozen):
    """A penalty of a clause: the amount is a parameter, per unit, after notice and cure, under a cap."""

    title: Bilingual
    amount: Text
    unit: Bilingual
    point: Text
    cure: Text
    cap: Text = ""
    release: list[Text] = Field(default_factory=list)


class Clause(Frozen):
    """A clause: what it is for, its parameters, and all that is made from it."""

    title: Bilingual
    edition: Count
    valid_from: Date
    prefix: Text
    topic: Text
    use_as: list[Text]
    purpose: Bilingual
    use_when: Texts
    not_when: Texts
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    fields: dict[str, BidField] = Field(default_factory=dict)
    criteria: dict[str, ClauseCriterion] = Field(default_factory=dict)
    requirements: dict[str, Requirement] = Field(default_factory=dict)
    duties: dict[str, Duty] = Field(default_factory=dict)
    penalties: dict[str, Penalty] = Field(default_factory=dict)
    requires: list[Text] = Field(default_factory=list)
    excludes: list[Text] = Field(default_factory=list)
    applies_to: AppliesTo = Field(default_factory=AppliesTo)
    legal_basis: list[LegalBasis] = Field(default_factory=list)
    schemes: list[Text] = Field(default_factory=list)
    advice: list[Advice] = Field(default_factory=list)
    notice: dict[str, Text] = Field(default_factory=dict)
    sources: list[Text] = Field(default_factory=list)
    mistakes: Texts
    replaced_by: Text = ""
    house: House | None = None

    @property
    def joined_points(self) -> list[str]:
        """Give the points that requirements, duties and penalties name."""
        return [
            *(item.point for item in self.requirements.values()),
            *(item.point for item in self.duties.values()),
            *(item.point for item in self.penalties.values()),
        ]
