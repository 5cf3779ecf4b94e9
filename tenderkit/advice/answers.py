"""The answers to the questions, as ``answers.yaml`` writes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from tenderkit.advice import content
from tenderkit.library import Library
from tenderkit.plan.parameters import parse_value
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.source import Frozen, Number, Source, Text, read_model, read_yaml

_MONTHS = 12
_ASCII = {"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ö": "oe", "ä": "ae", "ü": "u"}
_SAME = "lots"


class LotAnswer(Frozen):
    """A lot as answered: its name, and where known its value and its hours a week."""

    title: Text = Field(min_length=1)
    value_dkk: Annotated[Number, Field(gt=0)] | None = None
    weekly_hours: Annotated[Number, Field(ge=0)] | None = None


def _named(value: object) -> object:
    """Read ``[Nord, Syd]`` as well as a list of mappings."""
    if isinstance(value, list):
        return [{"title": item} if isinstance(item, str) else item for item in value]
    return value


class Answers(Frozen):
    """All answers. The keys, limits and choices are those of ``clause_templates/advice/questions.yaml``."""

    authority: str
    authority_kind: str
    title: str
    reference: str
    publication: dt.date
    kind: str
    duration_months: int
    option_months: int
    value_dkk: Decimal
    weekly_hours: Decimal
    unskilled_percent: Decimal
    lots: Annotated[list[LotAnswer], BeforeValidator(_named)]
    political_decision: bool
    matching: str
    group: list[str]
    nearby: int
    market: str
    transfer: bool
    ordinary_staff: int
    mentors: int
    security: bool
    followup_hours: Decimal
    payroll_percent: Decimal
    hourly_cost_dkk: Decimal | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _as_asked(cls, value: Any, info: ValidationInfo) -> Any:
        """Read an answer by the type, the limits and the choices of its question."""
        name = info.field_name or ""
        asked = info.context
        if name == _SAME or value is None or not isinstance(asked, content.Questions):
            return value
        return parse_value(asked.parts[name], value)

    @property
    def total_months(self) -> int:
        """Give the months with all options."""
        return self.duration_months + self.option_months

    @property
    def parts(self) -> tuple[LotShare, ...]:
        """Give the lots with their values and hours; a contract that is not divided is one lot.

        What no lot states of the whole is divided equally among those that state nothing.
        """
        lots = self.lots or [LotAnswer(title=self.title or "–")]
        values = _divided([lot.value_dkk for lot in lots], self.value_dkk)
        hours = _divided([lot.weekly_hours for lot in lots], self.weekly_hours)
        ids = _ids([lot.title for lot in lots])
        return tuple(
            LotShare(name, lot.title, value, weekly, value * _MONTHS / self.total_months)
            for name, lot, value, weekly in zip(ids, lots, values, hours, strict=True)
        )


@dataclass(frozen=True)
class LotShare:
    """A lot's share of the whole: its value over the whole term, its hours a week, its value a year."""

    id: str
    title: str
    value: Fraction
    weekly_hours: Fraction
    annual_value: Fraction


def _divided(stated: Sequence[Decimal | None], whole: Decimal) -> list[Fraction]:
    open_ = sum(item is None for item in stated)
    rest = Fraction(whole) - sum((Fraction(item) for item in stated if item is not None), Fraction(0))
    return [rest / open_ if item is None else Fraction(item) for item in stated]


def _ids(titles: Sequence[str]) -> list[str]:
    """Give an id for each lot from its title; two of the same get numbers."""
    found: list[str] = []
    for number, title in enumerate(titles, 1):
        plain = "".join(_ASCII.get(letter, letter) for letter in title.lower())
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:30].strip("-")
        slug = slug if slug[:1].isalpha() else f"lot-{number}"
        found.append(f"{slug}-{number}" if slug in found else slug)
    return found


def read_answers(text: str, name: str, library: Library, today: dt.date) -> Answers:
    """Read the answers; a part with a default may be left out, and the publication is today when it is not said.

    Raises:
        TenderkitError: with every answer that does not fit, each with its line.
    """
    asked = content.questions(library)
    source = read_yaml(text, name)
    if not isinstance(source.data, dict):
        raise TenderkitError(Problem("broken-yaml", "The file holds no keys.", Place(name)))
    given = {key: value for key, value in source.data.items() if value is not None}
    defaults = {key: part.default for key, part in asked.parts.items() if part.default is not None}
    whole = Source(name, {"publication": today.isoformat(), **defaults, **given}, source.lines)
    answers = read_model(Answers, whole, context=asked)
    if problems := [*_sums(answers, source), *_term(answers, source)]:
        raise TenderkitError(problems)
    return answers


def _sums(answers: Answers, source: Source) -> list[Problem]:
    """Give a problem where the lots' values or hours are not those of the contract."""
    wholes = {"value_dkk": answers.value_dkk, "weekly_hours": answers.weekly_hours}
    found = []
    for key, whole in wholes.items():
        stated = [getattr(lot, key) for lot in answers.lots]
        known = [item for item in stated if item is not None]
        total = sum(known, Decimal(0))
        short = bool(known) and len(known) == len(stated) and total < whole
        none_left = key == "value_dkk" and len(known) < len(stated) and total == whole
        if total > whole or short or none_left:
            found.append(
                Problem(
                    "lots-do-not-add-up",
                    f"The lots have {key} {total} together, the contract {whole}.",
                    source.place(("lots",), key),
                    help="Correct one of them, or leave it out for the lots that share the rest equally.",
                    values={"key": key, "lots": str(total), "whole": str(whole)},
                )
            )
    return found


def _term(answers: Answers, source: Source) -> list[Problem]:
    longest = 120
    if answers.total_months <= longest:
        return []
    message = f"The contract runs for {answers.total_months} months with options; {longest} is the most."
    return [Problem("wrong-value", message, source.place(("option_months",), "option_months"))]
