"""What the answers say of each clause: yes, maybe or no, with the reasons and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from tenderkit.advice.answers import Answers
from tenderkit.advice.facts import Facts
from tenderkit.advice.sentence import Sentence
from tenderkit.formula import evaluate
from tenderkit.library import Library
from tenderkit.library.clause import Advice, Clause
from tenderkit.source import Bilingual

Answer = Literal["yes", "maybe", "no"]
#: From the lowest: the lowest of all circumstances that hold decides.
ORDER: tuple[Answer, ...] = ("no", "maybe", "yes")
_OUTSIDE = frozenset({"agreement", "voluntary"})
_KINDS = {"light": "services"}


@dataclass(frozen=True)
class Reason:
    """A circumstance that holds, what it says, and what would have to be in place for a better verdict."""

    verdict: Answer
    why: Bilingual | Sentence
    missing: Bilingual | None = None


@dataclass(frozen=True)
class Verdict:
    """A clause and what the answers say of it.

    Attributes:
        id: the clause's id.
        clause: the clause.
        answer: the lowest verdict of the circumstances that hold.
        reasons: all circumstances that hold, the deciding ones first.
        comes_with: the clauses with a yes that require this one.
        against: the clauses with a yes that this one cannot stand beside.
    """

    id: str
    clause: Clause
    answer: Answer
    reasons: tuple[Reason, ...]
    comes_with: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """Give the circumstances that decide."""
        return tuple(reason for reason in self.reasons if reason.verdict == self.answer)

    @property
    def missing(self) -> tuple[Bilingual, ...]:
        """Give what would have to be in place for a better verdict."""
        return tuple(reason.missing for reason in self.reasons if reason.missing is not None)

    @property
    def in_tender(self) -> bool:
        """Whether the clause is for contracts that are put out to tender: it binds somebody there."""
        return not _OUTSIDE.issuperset(self.clause.use_as)


def holds(condition: str, values: Mapping[str, Fraction]) -> bool:
    """Tell whether a condition in the formula language holds.

    >>> holds("AND(duration >= 24, security = 0)", {"duration": Fraction(36), "security": Fraction(0)})
    True

    Raises:
        TenderkitError: the condition uses an unknown name, or is no condition.
    """
    return bool(evaluate(f"IF({condition}, 1, 0)", **values))


def verdicts(answers: Answers, facts: Facts, library: Library) -> tuple[Verdict, ...]:
    """Give a verdict on every clause of the library, by its id."""
    found = [_verdict(name, library.clause(name), answers, facts) for name in library.ids("clause")]
    wanted = {item.id: item for item in found if item.answer == "yes"}
    needed = _required(wanted.values(), library)
    return tuple(
        replace(
            item,
            comes_with=tuple(needed.get(item.id, ())),
            against=tuple(
                other
                for other, its in wanted.items()
                if other != item.id and (other in item.clause.excludes or item.id in its.clause.excludes)
            ),
        )
        for item in found
    )


def _verdict(name: str, clause: Clause, answers: Answers, facts: Facts) -> Verdict:
    rows = [row for row in clause.advice if holds(row.when, facts.values)]
    reasons = [_reason(row) for row in rows] + _fit(clause, answers)
    if not reasons:
        reasons.append(Reason("no", Sentence("no-circumstance"), _joined(clause)))
    answer = min((reason.verdict for reason in reasons), key=ORDER.index)
    ordered = sorted(reasons, key=lambda reason: ORDER.index(reason.verdict))
    return Verdict(name, clause, answer, tuple(ordered))


def _reason(row: Advice) -> Reason:
    return Reason(row.verdict, row.reason, row.missing)


def _joined(clause: Clause) -> Bilingual:
    """Give what the clause itself says of when it is used."""
    return Bilingual(da=" ".join(clause.use_when.da), en=" ".join(clause.use_when.en))


def _fit(clause: Clause, answers: Answers) -> list[Reason]:
    """Give what the clause's own limits say: kind of contract, length, value, and schemes that are closed."""
    if _OUTSIDE.issuperset(clause.use_as):
        return []
    fits = clause.applies_to
    months, value = answers.duration_months, answers.value_dkk
    found = []
    if fits.kinds and _KINDS.get(answers.kind, answers.kind) not in fits.kinds:
        found.append(Sentence("fit-kind"))
    if months < fits.min_months:
        found.append(Sentence("fit-short", {"least": fits.min_months, "months": months}))
    if fits.max_months is not None and answers.total_months > fits.max_months:
        found.append(Sentence("fit-long", {"most": fits.max_months, "months": answers.total_months}))
    below = fits.min_value_dkk is not None and value < fits.min_value_dkk
    above = fits.max_value_dkk is not None and value > fits.max_value_dkk
    if below or above:
        found.append(Sentence("fit-value"))
    return [Reason("no", sentence) for sentence in found]


def _required(wanted: Iterable[Verdict], library: Library) -> dict[str, list[str]]:
    """Give, for every clause that a yes requires at any depth, which clauses require it."""
    needed: dict[str, list[str]] = {}
    known = set(library.ids("clause"))
    for item in wanted:
        waiting, seen = list(item.clause.requires), set()
        for name in waiting:
            if name in seen or name not in known or name == item.id:
                continue
            seen.add(name)
            needed.setdefault(name, []).append(item.id)
            waiting += library.clause(name).requires
    return needed


def by_id(items: Iterable[Verdict]) -> dict[str, Verdict]:
    """Give the verdicts by the clauses' ids."""
    return {item.id: item for item in items}
