"""What the documents before a tender are made from: the advice that the answers gave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tenderkit.advice import Advice, Sentence
from tenderkit.advice.choice import chosen, scored
from tenderkit.advice.content import LEVELS, proposal, questions
from tenderkit.assembly.setting import Frame, Needs, Setting, Signing
from tenderkit.assembly.values import Shown, money, show
from tenderkit.library import Library
from tenderkit.library.clause import Mark
from tenderkit.quantities import Language, format_date, format_percent

_NOBODY, _NOT_ASKED = "nobody", "not-asked"


@dataclass(frozen=True)
class AdviceContext(Setting):
    """The material of a document before a tender. It is always a draft: the officer goes on with it.

    Attributes:
        advice: what the answers say.
        language: the document's language.
        created: the ISO date for properties and comments.
        facts: further names for texts.
        memo: what has been worked out from all this once; a changed copy begins with none.
    """

    advice: Advice
    language: Language
    created: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    draft: bool = field(default=True, init=False)
    memo: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def library(self) -> Library:
        """The library that the advice was made from."""
        return self.advice.library

    @property
    def has(self) -> frozenset[Needs]:
        """What generated parts may be made from."""
        return frozenset({"nothing", "advice"})

    def said(self, sentence: Sentence) -> str:
        """Give a sentence of the advice in the document's language."""
        return sentence.said(self.library, self.language)

    def mark(self, mark: Mark) -> str:
        """Give how far something was verified, in words."""
        return self.library.vocabulary.marks[mark][self.language]

    def option(self, part: str, key: str) -> str:
        """Give what an answer is called."""
        return questions(self.library).parts[part].options[key][self.language]

    def title_of(self, clause: str) -> str:
        """Give a clause's title."""
        return self.library.clause(clause).title[self.language]

    def names(self) -> Mapping[str, Any]:
        """Give the names of the advice."""
        answers = self.advice.answers
        return {
            "authority": {"name": show(answers.authority, self, "authority")},
            "title": show(answers.title, self, "title"),
            "reference": show(answers.reference or "–", self),
            "several_lots": show(len(answers.parts) > 1, self),
            "answers": self._answers(),
            "law": self._law(),
            "count": {key: show(len(self.advice.with_answer(key)), self) for key in ("yes", "maybe", "no")},
            "trainees": self._trainees(),
            "places": self._places(),
            "proposed": self._proposed(),
            "dates": {key: show(value, self) for key, value in vars(self.advice.dates).items()},
        }

    def _answers(self) -> dict[str, Shown]:
        answers = self.advice.answers
        numbers = ("duration_months", "option_months", "total_months", "weekly_hours", "unskilled_percent", "nearby")
        more = ("ordinary_staff", "mentors", "followup_hours", "publication")
        choices = ("kind", "matching", "market")
        groups = [self.option("group", key) for key in answers.group]
        return {
            **{key: show(getattr(answers, key), self) for key in (*numbers, *more)},
            **{key: Shown(getattr(answers, key), self.option(key, getattr(answers, key))) for key in choices},
            **{key: show(getattr(answers, key), self) for key in ("political_decision", "transfer", "security")},
            "value": money(answers.value_dkk, self),
            "group": show(groups, self) if groups else Shown((), ""),
            "has_group": show(bool(groups), self),
            "has_matching": show(answers.matching != _NOBODY, self),
            "market_asked": show(answers.market != _NOT_ASKED, self),
            "lot_count": show(len(answers.parts), self),
            "lots": show([lot.title for lot in answers.parts], self),
        }

    def _law(self) -> dict[str, Shown]:
        facts = self.advice.facts
        threshold = facts.threshold
        return {
            "duty": show(bool(facts["duty"]), self),
            "above": show(bool(facts["above_threshold"]), self),
            "threshold": money(threshold.value, self) if threshold else Shown(None, "–"),
            "threshold_mark": Shown(threshold, self.mark(threshold.mark) if threshold else "–"),
        }

    def _trainees(self) -> dict[str, Shown]:
        found = self.advice.trainees
        levels = {level: show(found.total(level) if found else 0, self) for level in LEVELS}
        rounding = found.rounding_words[self.language] if found else "–"
        return {"exist": show(found is not None, self), "rounding": Shown(rounding, rounding), **levels}

    def _places(self) -> dict[str, Shown]:
        found = self.advice.places
        levels = {level: show(found.total(level) if found else 0, self) for level in LEVELS}
        exist = found is not None and found.total("high") > 0
        ceiling = money(found.ceiling, self) if found else Shown(None, "–")
        return {"exist": show(exist, self), "ceiling": ceiling, **levels}

    def _proposed(self) -> dict[str, Shown]:
        names = chosen(self.advice)
        content = proposal(self.library)
        weights = content.weights if scored(self.advice, names) else content.weights_without
        texts = [
            f"{content.texts[key][self.language]} {format_percent(weight, self.language)}"
            for key, weight in weights.items()
        ]
        return {
            "any": show(bool(names), self),
            "clauses": show([self.title_of(name) for name in names], self) if names else Shown((), ""),
            "weights": show(texts, self),
        }

    def frame(self) -> Frame:
        """Give the authority, the reference and the date."""
        answers = self.advice.answers
        rows = (
            ("authority", answers.authority),
            ("reference", answers.reference),
            ("publication_expected", format_date(answers.publication, self.language)),
        )
        reference = answers.reference or answers.title
        return Frame(
            subtitle=answers.title,
            author=answers.authority,
            reference=reference,
            footer=self.label("advice.footer", reference=reference) if reference else "",
            stamp=reference,
            notice=self.label("words.draft"),
            cover=tuple((self.label(f"cover.{key}"), value) for key, value in rows if value),
        )

    def signing(self) -> Signing:
        """Give whoever decides a line to sign on."""
        labels = tuple(self.label(f"signatures.{key}") for key in ("date", "name", "signature"))
        return Signing(self.label("advice.decision"), (self.advice.answers.authority,), labels)


def marked(context: AdviceContext, number: str, mark: Mark) -> str:
    """Give a number with how far it was verified."""
    return f"{number} ({context.mark(mark)})"


def bullets(texts: Iterable[str]) -> tuple[str, ...]:
    """Give each text once, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))
