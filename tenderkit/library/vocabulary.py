"""The closed lists, the outdated terms and the dated values that content refers to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from tenderkit.library.clause import Label, Mark
from tenderkit.source import Date, Frozen, Number, Text, YesNo


def _none(value: object) -> object:
    return None if value in {"", "null", None} else value


class UnitNames(Frozen):
    """A unit's singular and plural in both languages."""

    da: list[Text]
    en: list[Text]

    def name(self, language: str, one: bool) -> str:
        """Give the unit as it follows a number."""
        singular, plural = self.da if language == "da" else self.en
        return singular if one else plural


class Scheme(Frozen):
    """A public employment or training scheme that clauses build on, with the law's dates.

    ``to`` is the last day on which a person may begin; ``verified`` the day on which the row was last held against its
    source. A notice that is published after a reform needs a row that was verified after it.
    """

    title: Label
    note: Label
    start: Annotated[Date | None, BeforeValidator(_none)] = Field(default=None, alias="from")
    end: Annotated[Date | None, BeforeValidator(_none)] = Field(default=None, alias="to")
    ratio: YesNo
    net_extra: YesNo
    paid: YesNo
    training: Literal["yes", "no", "case-by-case"]
    mark: Mark
    verified: Date
    source: Text


class Vocabulary(Frozen):
    """The closed lists of ``vocabulary.yaml``.

    ``party_terms`` are the clauses' fixed terms for the parties, which an agreement replaces by its parties' own;
    ``agreement_questions`` what is asked for every agreement, by the key in ``agreement.yaml``.
    """

    annex_sections: dict[str, Label]
    topics: dict[str, Label]
    uses: dict[str, Label]
    evidence: dict[str, Label]
    release: dict[str, Label]
    sanctions: dict[str, Label]
    parties: dict[str, Label]
    party_terms: dict[str, Label] = Field(default_factory=dict)
    agreement_questions: dict[str, Label] = Field(default_factory=dict)
    levels: dict[str, Label]
    answers: dict[str, Label]
    schemes: dict[str, Scheme]
    marks: dict[str, Label]
    units: dict[str, UnitNames]


class DatedValue(Frozen):
    """One value with the dates between which a notice's publication picks it."""

    start: Date = Field(alias="from")
    end: Annotated[Date | None, BeforeValidator(_none)] = Field(default=None, alias="to")
    value: Number
    mark: Mark
    source: Text = ""


class DatedValues(Frozen):
    """All values of one name, old ones too, so that an old tender is checked as it was."""

    unit: Text
    note: Label | None = None
    values: list[DatedValue]

    def on(self, day: dt.date) -> DatedValue | None:
        """Give the value that holds for a notice published on a day; None when none is known."""
        return next(
            (value for value in self.values if value.start <= day and (value.end is None or day <= value.end)), None
        )

    def number(self, day: dt.date) -> Decimal | None:
        """Give the number that holds on a day."""
        found = self.on(day)
        return found.value if found else None


class OutdatedTerm(Frozen):
    """A word that the law or the field has left, what to write now, and since when."""

    term: Text
    instead: Label
    start: Date = Field(alias="from")
    why: Label
    mark: Mark


class Terms(Frozen):
    """Words that a tender must not use, by the reason. Matched at the start of a word, without regard to case.

    The lists that a frozen tender of an earlier version does not have are empty in it.
    """

    outdated: list[OutdatedTerm]
    residence: list[Text]
    about_the_firm: list[Text]
    health_or_identity: list[Text]
    registration: list[Text] = Field(default_factory=list)
    labels: list[Text] = Field(default_factory=list)
    effort: list[Text] = Field(default_factory=list)
    open_change: list[Text] = Field(default_factory=list)
    training_history: list[Text] = Field(default_factory=list)
    national_training: list[Text] = Field(default_factory=list)
    equivalent: list[Text] = Field(default_factory=list)
