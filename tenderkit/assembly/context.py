"""What a document is made from: the plan, the language, and what has happened in the case so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tenderkit.evaluation.spec import Bid, Result, ScoreSheet
from tenderkit.plan import Plan
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import Language


@dataclass(frozen=True)
class Context:
    """The material of one document.

    Attributes:
        plan: the tender made ready.
        language: the document's language; it may be the reading aid's.
        draft: whether guidance and open values may stand in it.
        lot: the lot of a document that is written per lot, else empty.
        created: the ISO date for properties and comments.
        bids: all bids received, by lot.
        results: results by lot; empty before scoring.
        consensus: agreed scores by lot.
        evaluators: individual score sheets, for the report's spread and nothing else.
        recipient: the bid that a letter answers.
        winner: the bid a contract is written with.
        events: dates of what has happened, by the event's name.
        facts: further names for texts, such as what a correction notice says.
        memo: what has been worked out from all this once; a changed copy begins with none.
    """

    plan: Plan
    language: Language
    draft: bool = True
    lot: str = ""
    created: str = ""
    bids: Mapping[str, Sequence[Bid]] = field(default_factory=dict)
    results: Mapping[str, Result] = field(default_factory=dict)
    consensus: Mapping[str, ScoreSheet] = field(default_factory=dict)
    evaluators: Sequence[ScoreSheet] = ()
    recipient: Bid | None = None
    winner: Bid | None = None
    events: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def strings(self) -> Mapping[str, Any]:
        """The labels in the document's language."""
        return self.plan.library.strings(self.language)

    def label(self, key: str, **values: object) -> str:
        """Give a label by its dotted key, with values put in.

        Raises:
            TenderkitError: the strings have no such key; the message names the file.

        ``context.label("offered", floor="15")`` gives "det tilbudte antal (mindst 15)".
        """
        node: Any = self.strings
        for part in key.split("."):
            node = node.get(part) if isinstance(node, Mapping) else None
        if not isinstance(node, str):
            place = Place(self.plan.library.where(f"strings/{self.language}.yaml"), label=key)
            raise TenderkitError(
                Problem("missing-label", f'The label "{key}" is missing.', place, help="Add it in both languages.")
            )
        return node.format_map({name: str(value) for name, value in values.items()}) if values else node

    @property
    def result(self) -> Result | None:
        """The result of the document's lot."""
        return self.results.get(self.lot)

    @property
    def lot_ids(self) -> list[str]:
        """The lots the document is about: its own, or all."""
        return [self.lot] if self.lot else [lot.id for lot in self.plan.tender.lots]

    def foreign(self, text: str) -> Language | None:
        """Give the tender's language for officer's words that stand untranslated in a translation, else None."""
        written = self.plan.tender.tender.language
        return written if written != self.language and text.strip() not in self.plan.translated else None
