"""What to ask the market: the questions that the answers and the verdicts call for."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tenderkit.advice import content
from tenderkit.advice.facts import Facts
from tenderkit.advice.verdicts import ORDER, Verdict, holds
from tenderkit.library import Library


def fit_names(found: Iterable[Verdict]) -> dict[str, Fraction]:
    """Give each clause's verdict as a name of conditions: 0 no, 1 maybe, 2 yes."""
    return {f"{item.id.replace('-', '_')}_fit": Fraction(ORDER.index(item.answer)) for item in found}


def asked(facts: Facts, found: Iterable[Verdict], library: Library) -> tuple[content.MarketQuestion, ...]:
    """Give the questions, in the order of the content."""
    values = {**facts.values, **fit_names(found)}
    return tuple(item for item in content.market_questions(library).values() if holds(item.when, values))
