"""What a rule is: one function that looks for one thing, with its weight, its source and its documentation page.

A rule's module holds a function with the decorator :func:`rule`. The function's name is the rule's id, and its
docstring is its page: the first line says what is wrong, ``Why:`` why it matters, ``Source:`` where that stands and
how far it was looked up, ``Mend:`` what to do.
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tenderkit.library.clause import Mark
from tenderkit.plan import Plan
from tenderkit.problems import Level, Place, Problem

SECTIONS = ("Why", "Source", "Mend")


@dataclass(frozen=True)
class Found:
    """One thing that a rule found, before it carries the rule's id and basis.

    Attributes:
        message: what was read and what is wrong with it.
        place: where it was read.
        help: the next step.
        values: the values in the message.
        level: set where this finding is milder than the rule.
        basis: set where this finding rests on something more exact than the rule's basis, with its mark.
    """

    message: str
    place: Place
    help: str
    values: Mapping[str, str] = field(default_factory=dict)
    level: Level | None = None
    basis: str = ""


class Search(Protocol):
    """A rule's function: everything in the plan that breaks the rule."""

    __name__: str
    __module__: str

    def __call__(self, plan: Plan, /) -> Iterator[Found]:
        """Give what breaks the rule."""
        ...


@dataclass(frozen=True)
class Rule:
    """A rule that tenders are checked against.

    Attributes:
        id: kebab-case statement of what is wrong.
        severity: the level of its findings; a single finding may be milder.
        title: one sentence: what is wrong.
        why: why it matters.
        source: where that stands, in words.
        mend: what to do about it.
        legal_basis: act and section, or what else it rests on.
        mark: how far the basis was looked up.
        rule_ids: the ids of the legal rules in the project's knowledge of the field.
        valid_from, valid_to: the publication dates for which the rule holds; None is open.
        search: the function that looks.
    """

    id: str
    severity: Level
    title: str
    why: str
    source: str
    mend: str
    legal_basis: str
    mark: Mark
    rule_ids: tuple[str, ...]
    valid_from: dt.date | None
    valid_to: dt.date | None
    search: Search

    @property
    def basis(self) -> str:
        """Give the legal basis with its mark, as problems print it."""
        return f"{self.legal_basis} ({self.mark})"

    def holds_on(self, publication: dt.date) -> bool:
        """Tell whether the rule holds for a notice published on a day."""
        starts = self.valid_from is None or self.valid_from <= publication
        return starts and (self.valid_to is None or publication <= self.valid_to)

    def check(self, plan: Plan) -> Iterator[Problem]:
        """Give the problems that the rule finds in a plan."""
        for found in self.search(plan):
            yield Problem(
                self.id,
                found.message,
                found.place,
                found.level or self.severity,
                found.help,
                found.basis or self.basis,
                found.values,
            )

    def page(self) -> str:
        """Give the rule's documentation page as plain text of at most 100 columns."""
        parts = [
            f"{self.id} ({self.severity})",
            self.title,
            f"Why: {self.why}",
            f"Source: {self.source}",
            f"Basis: {self.basis}. Rules: {', '.join(self.rule_ids) or 'none'}. {self._period()}",
            f"Mend: {self.mend}",
        ]
        return "\n\n".join(textwrap.fill(part, 100, break_on_hyphens=False) for part in parts) + "\n"

    def _period(self) -> str:
        start = f"from {self.valid_from}" if self.valid_from else ""
        end = f"to {self.valid_to}" if self.valid_to else ""
        period = " ".join(part for part in (start, end) if part)
        return f"Holds for notices published {period}." if period else "Holds for every date of publication."


def rule(
    *,
    legal_basis: str,
    mark: Mark,
    rule_ids: tuple[str, ...],
    severity: Level = "error",
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> Callable[[Search], Rule]:
    """Make a rule of a function; its name gives the id and its docstring the page.

    Raises:
        ValueError: the docstring lacks one of the page's parts.
    """

    def make(search: Search) -> Rule:
        title, parts = _page(search)
        return Rule(
            id=search.__name__.replace("_", "-"),
            severity=severity,
            title=title,
            why=parts["Why"],
            source=parts["Source"],
            mend=parts["Mend"],
            legal_basis=legal_basis,
            mark=mark,
            rule_ids=rule_ids,
            valid_from=valid_from,
            valid_to=valid_to,
            search=search,
        )

    return make


def _page(search: Search) -> tuple[str, dict[str, str]]:
    """Take a docstring apart into its first paragraph and its named parts."""
    text = inspect.getdoc(search) or ""
    head, *rest = re.split(rf"^({'|'.join(SECTIONS)}):", text, flags=re.MULTILINE)
    parts = {name: " ".join(body.split()) for name, body in zip(rest[::2], rest[1::2], strict=True)}
    missing = [name for name in SECTIONS if not parts.get(name)]
    if not head.strip() or missing:
        raise ValueError(
            f"{search.__module__}.{search.__name__}: the docstring lacks {', '.join(missing) or 'a title'}"
        )
    return " ".join(head.split()), parts
