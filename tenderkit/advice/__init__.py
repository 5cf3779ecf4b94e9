"""Advice before a tender: what the answers to a few questions say of clauses, numbers, the market and the dates.

The questions, numbers and words are content in ``clause_templates/advice/``; the conditions stand with each clause.
"""

from __future__ import annotations

from dataclasses import dataclass

from tenderkit.advice.answers import Answers, LotAnswer, LotShare, read_answers
from tenderkit.advice.content import MarketQuestion
from tenderkit.advice.dates import Dates, dates
from tenderkit.advice.facts import Facts, facts
from tenderkit.advice.market import asked
from tenderkit.advice.places import COHORT, Places, places
from tenderkit.advice.sentence import Kroner, Sentence
from tenderkit.advice.small_firms import LotFirms, small_firms
from tenderkit.advice.trainees import STATED, Trainees, trainees
from tenderkit.advice.verdicts import Answer, Reason, Verdict, by_id, holds, verdicts
from tenderkit.library import Library

__all__ = [
    "Advice",
    "Answer",
    "Answers",
    "Dates",
    "Facts",
    "Kroner",
    "LotAnswer",
    "LotFirms",
    "LotShare",
    "MarketQuestion",
    "Places",
    "Reason",
    "Sentence",
    "Trainees",
    "Verdict",
    "advise",
    "by_id",
    "facts",
    "holds",
    "read_answers",
    "verdicts",
]


@dataclass(frozen=True)
class Advice:
    """All that the answers say.

    ``trainees`` and ``places`` are None where no clause that asks for them may fit.
    """

    answers: Answers
    facts: Facts
    verdicts: tuple[Verdict, ...]
    trainees: Trainees | None
    places: Places | None
    firms: tuple[LotFirms, ...]
    market: tuple[MarketQuestion, ...]
    dates: Dates
    library: Library

    @property
    def doubts(self) -> tuple[Sentence, ...]:
        """Give all that is not sure, and all that the numbers warn of."""
        found = [*self.facts.doubts]
        found += [item for lot in (self.trainees.lots if self.trainees else ()) for item in lot.warnings]
        if self.places:
            found += [*self.places.warnings, *(item for lot in self.places.lots for item in lot.warnings)]
        return tuple(found)

    def with_answer(self, answer: Answer) -> tuple[Verdict, ...]:
        """Give the clauses with a verdict."""
        return tuple(item for item in self.verdicts if item.answer == answer)


def advise(answers: Answers, library: Library) -> Advice:
    """Give the advice."""
    known = facts(answers, library)
    found = verdicts(answers, known, library)
    quota = trainees(answers, library) if _may_fit(STATED, found) else None
    return Advice(
        answers=answers,
        facts=known,
        verdicts=found,
        trainees=quota,
        places=places(answers, library) if _may_fit(COHORT, found) else None,
        firms=small_firms(quota, library) if quota else (),
        market=asked(known, found, library),
        dates=dates(answers, library),
        library=library,
    )


def _may_fit(parameter: str, found: tuple[Verdict, ...]) -> bool:
    """Tell whether a clause that asks for a number by this name is more than a no."""
    return any(parameter in item.clause.parameters and item.answer != "no" for item in found)
