"""A sentence of the advice as a value: which words, and the numbers in them, so that it can be said in any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tenderkit.advice import content
from tenderkit.library import Library
from tenderkit.quantities import Language, format_money, format_number, round_half_up
from tenderkit.source import Bilingual

Exact = Fraction | Decimal | int
_PLACES = 4


@dataclass(frozen=True)
class Kroner:
    """An amount in kroner."""

    amount: Exact


Part = Exact | Kroner | Bilingual | str


@dataclass(frozen=True)
class Sentence:
    """The key of a sentence in ``advice/words.yaml``, and what is put into it."""

    key: str
    parts: Mapping[str, Part] = field(default_factory=dict)

    def said(self, library: Library, language: Language) -> str:
        """Give the sentence in a language; fractions have four decimals at most."""
        text = content.words(library)[self.key][language]
        return text.format_map({name: printed(part, language) for name, part in self.parts.items()})


def printed(part: Part, language: Language) -> str:
    """Give a part of a sentence as text."""
    match part:
        case str():
            return part
        case Bilingual():
            return part[language]
        case Kroner(amount=amount):
            return format_money(round_half_up(amount, 0), language)
        case _:
            exact = Fraction(part)
            whole_enough = exact * 10**_PLACES == int(exact * 10**_PLACES)
            return format_number(exact, language) if whole_enough else format_number(exact, language, 2)
