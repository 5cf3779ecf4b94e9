"""The rules of the field by their ids, and the questions about them that only a person can answer."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from tenderkit.library.clause import Label, Mark
from tenderkit.source import Bilingual, Date, Frozen, Text


def _none(value: object) -> object:
    return None if value in {"", "null"} else value


class LegalRule(Frozen):
    """A rule of the field, in one sentence.

    ``built_in`` says where the rule is held by the way tenderkit works; checks and questions carry the rule's id
    themselves. ``severity``: ``must`` is law or annuls, ``should`` is settled practice, ``may`` is a choice.
    """

    says: Text
    basis: Text
    severity: Literal["must", "should", "may"]
    mark: Mark
    built_in: Text = ""


class Question(Frozen):
    """A question of the checklist: what a machine cannot decide.

    ``step`` is the step of the process at which it is answered. ``when`` names the facts of the tender that must all
    hold; ``from`` and ``to`` bound the dates of publication for which the question is asked.
    """

    step: Text
    question: Bilingual
    why: Bilingual
    basis: Label
    mark: Mark
    rule_ids: list[Text] = Field(min_length=1)
    when: list[Text] = Field(default_factory=list)
    start: Annotated[Date | None, BeforeValidator(_none)] = Field(default=None, alias="from")
    end: Annotated[Date | None, BeforeValidator(_none)] = Field(default=None, alias="to")

    def asked(self, facts: frozenset[str], publication: dt.date) -> bool:
        """Tell whether the question belongs to a tender."""
        begun = self.start is None or self.start <= publication
        return begun and (self.end is None or publication <= self.end) and set(self.when) <= facts


class Checklist(Frozen):
    """The steps of the process, in order, and the questions by their id."""

    steps: dict[str, Label]
    questions: dict[str, Question]
