"""How it is bought: dates, market dialogue, suitability, the committee."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from tenderkit.source import Count, Date, Frozen, Number, Percent, Text, YesNo
from tenderkit.tender.fields import Id

#: The dates of a procedure in the order in which they come.
DATES = (
    "publication",
    "questions_until",
    "answers_until",
    "deadline",
    "opening",
    "notification",
    "standstill_end",
    "signing",
)


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


class Reservation(Frozen):
    """The right to take part is reserved for some organisations (udbudsloven §§ 54 and 190).

    ``basis`` is ``integration`` for workshops, operators and programmes whose main aim is to integrate disabled or
    disadvantaged persons, or ``public-service`` for organisations with a public-service mission (light regime only).
    ``share`` is the least share of such persons among the employees concerned. ``lots`` are the reserved lots; none
    means all. ``notice_text`` is what the contract notice says of the reservation. ``known_operators`` is how many
    organisations that can bid the authority has found.
    """

    basis: Literal["integration", "public-service"]
    share: Percent | None = None
    lots: list[Id] = Field(default_factory=list)
    notice_text: Text = ""
    known_operators: Count | None = None


class Procedure(Frozen):
    """The procedure and its dates. ``price_blinding`` tells whether prices are kept from the evaluators.

    ``reserved`` says for whom the right to take part is reserved, where it is.
    """

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
    reserved: Reservation | None = None


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
    """A recorded reason for leaving out the duty of udbudsloven § 176: one of the act's three grounds.

    ``considered`` says what was weighed instead of leaving it out, and why it was not chosen; ``decided_by`` is the
    function or body that decided, on the day ``decided``.
    """

    ground: Literal["safety", "not-suited", "other-law"]
    reason: Text
    considered: Text = ""
    decided_by: Text = ""
    decided: Date | None = None
