"""``events.yaml``: what happened and when. People write it; dates in letters and deadlines come from it."""

from __future__ import annotations

from pydantic import Field

from tenderkit.source import Date, Frozen, Text, YesNo, read_model, read_yaml


class BidDecision(Frozen):
    """The decision whether a bid takes part, per bidder. ``lots`` limits it to some lots; empty means all.

    ``grounds`` are the reasons of an inadmissible bid, as its letter will say them. ``accepted`` names the findings
    of ``tenderkit bids`` that were looked at and found to be without weight.
    """

    admitted: YesNo
    lots: list[Text] = Field(default_factory=list)
    grounds: list[Text] = Field(default_factory=list)
    decided: Date | None = None
    accepted: list[Text] = Field(default_factory=list)
    note: Text = ""


class PublicNumber(Frozen):
    """A drawing of lots by a public number: the tied bidders as listed before it was known, and its digits."""

    listed: list[Text]
    number: Text


class Events(Frozen):
    """Dates and decisions in the order they come.

    ``documented`` is when the winner's final documentation was received (§ 151). ``complaint`` is when a complaint
    came in within the standstill, ``complaint_decided`` when the Complaints Board decided on its suspensive effect.
    ``drawn`` holds a witnessed drawing of lots as bidders in the order drawn, by lot; ``drawing`` one by a public
    number, from which the order follows.
    """

    opened: Date | None = None
    bids: dict[str, BidDecision] = Field(default_factory=dict)
    consensus: Date | None = None
    locked: Date | None = None
    clarified: Date | None = None
    low_bids: list[Text] = Field(default_factory=list)
    recommended: Date | None = None
    documented: Date | None = None
    decided: Date | None = None
    notified: Date | None = None
    complaint: Date | None = None
    complaint_decided: Date | None = None
    signed: dict[str, Date] = Field(default_factory=dict)
    drawn: dict[str, list[Text]] = Field(default_factory=dict)
    drawing: dict[str, PublicNumber] = Field(default_factory=dict)


def read_events(text: str, name: str) -> Events:
    """Read events.

    Raises:
        TenderkitError: with every problem in the file, each with its line.
    """
    return read_model(Events, read_yaml(text, name))
