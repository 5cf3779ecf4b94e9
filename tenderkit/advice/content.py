"""What ``clause_templates/advice/`` says: questions, numbers with their marks, words, and what to ask the market."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from pydantic import BaseModel, Field, RootModel

from tenderkit.library import Library
from tenderkit.library.clause import Label, Mark, Parameter
from tenderkit.source import Bilingual, Count, Frozen, Number, Text, read_model, read_yaml

M = TypeVar("M", bound=BaseModel)
LEVELS = ("low", "middle", "high")


class Question(Frozen):
    """A question and its parts, by their keys in ``answers.yaml``; a part is asked like a clause's parameter."""

    title: Bilingual
    parts: dict[str, Parameter] = Field(min_length=1)


class Questions(Frozen):
    """What is asked: ``file`` for the documents, then the questions in order.

    ``more`` may be given in ``answers.yaml`` and is not asked.
    """

    file: Question
    questions: dict[str, Question]
    more: Question

    @property
    def parts(self) -> dict[str, Parameter]:
        """Give every part by its key."""
        everything = (self.file, *self.questions.values(), self.more)
        return {key: part for question in everything for key, part in question.parts.items()}


class Figure(Frozen):
    """A number, how far it was verified, and where it comes from."""

    value: Number
    mark: Mark
    source: Label


class Range(Frozen):
    """A low, a middle and a high number."""

    low: Figure
    middle: Figure
    high: Figure

    def __getitem__(self, level: str) -> Figure:
        return {"low": self.low, "middle": self.middle, "high": self.high}[level]


class TurnoverStep(Frozen):
    """From which realised turnover a year how many person-years are demanded."""

    start: Number = Field(alias="from")
    fte: Number


class TurnoverSteps(Frozen):
    """A demand that grows with the realised turnover."""

    mark: Mark
    source: Label
    steps: list[TurnoverStep] = Field(min_length=1)


class Days(Frozen):
    """The days between the dates of the proposed timetable."""

    deadline_days: Figure
    questions_before: Figure
    answers_before: Figure
    evaluation_days: Figure
    transition_days: Figure


class Numbers(Frozen):
    """The numbers behind the ranges. Shares are in per cent."""

    trainee_shares: Range
    place_shares: Range
    hours_per_place: Figure
    places_per_mentor: Figure
    occupancy: Figure
    minimum_purchase: Figure
    small_number: Figure
    small_firm_staff: Figure
    turnover_steps: TurnoverSteps
    turnover_shares: list[Number]
    timetable: Days


class MarketQuestion(Frozen):
    """A question to the market, the circumstances in which it is asked, and what the answer is used for.

    ``when`` is a condition over the answers and over each clause's verdict: its id with underscores and ``_fit`` behind
    is 0 for no, 1 for maybe, 2 for yes.
    """

    when: Text
    ask: Bilingual
    use: Bilingual


class _Market(RootModel[dict[str, MarketQuestion]]):
    """``market.yaml``."""


class _Words(RootModel[dict[str, Bilingual]]):
    """``words.yaml``."""


class Phase(Frozen):
    """A payment phase of the proposed training price: its factor, and its share of the months in per cent."""

    title: Bilingual
    factor: Number
    share: Number


class SubCriterion(Frozen):
    """A proposed sub-criterion that evaluators score."""

    title: Bilingual
    looks_for: Bilingual
    weight: Count


class TemplateChoice(Frozen):
    """A contract template and the condition under which it is proposed."""

    when: Text
    template: Text


class Proposal(Frozen):
    """What the proposed ``tender.yaml`` is made of beside the answers.

    ``groups``: of each group of clauses the first that fits is chosen; of ``templates`` the first that fits.
    ``weights`` are the criteria's, with and without a social criterion; ``plan_weight`` is that of a clause's plan
    among its scored items. ``comments`` are by the dotted place below which they stand, ``texts`` by name.
    """

    groups: list[list[Text]]
    templates: list[TemplateChoice]
    weights: dict[str, Count]
    weights_without: dict[str, Count]
    quality: dict[str, SubCriterion]
    plan_weight: Count
    slope: Count
    price_ceiling: Number
    phases: list[Phase] = Field(min_length=1)
    comments: dict[str, Bilingual]
    texts: dict[str, Bilingual]


def _read(library: Library, name: str, model: type[M]) -> M:
    path = f"advice/{name}.yaml"
    return read_model(model, read_yaml(library.text(path), library.where(path)))


@lru_cache(maxsize=8)
def questions(library: Library) -> Questions:
    """Give the questions."""
    return _read(library, "questions", Questions)


@lru_cache(maxsize=8)
def numbers(library: Library) -> Numbers:
    """Give the numbers."""
    return _read(library, "numbers", Numbers)


@lru_cache(maxsize=8)
def market_questions(library: Library) -> dict[str, MarketQuestion]:
    """Give the questions to the market, by name."""
    return _read(library, "market", _Market).root


@lru_cache(maxsize=8)
def words(library: Library) -> dict[str, Bilingual]:
    """Give the sentences, by name."""
    return _read(library, "words", _Words).root


@lru_cache(maxsize=8)
def proposal(library: Library) -> Proposal:
    """Give what the proposed tender is made of."""
    return _read(library, "proposal", Proposal)


def parameter_default(library: Library, name: str) -> tuple[Decimal, Mark] | None:
    """Give the default of a clause's numeric parameter and its mark; None where no clause has one.

    The clauses are found by what they ask for, so another clause of the same kind is found too.
    """
    for identifier in library.ids("clause"):
        parameter = library.clause(identifier).parameters.get(name)
        if parameter is not None and isinstance(parameter.default, str):
            return Decimal(parameter.default), parameter.mark
    return None
