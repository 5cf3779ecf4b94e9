"""What a tender's document is made from: the plan, and what has happened in the case so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tenderkit.assembly.names import tender_names
from tenderkit.assembly.setting import Contractual, Frame, Needs, Signing
from tenderkit.assembly.values import common
from tenderkit.evaluation.spec import Bid, Result, ScoreSheet
from tenderkit.library.document import Document
from tenderkit.plan import ChosenClause, Plan
from tenderkit.quantities import Language, as_decimal


@dataclass(frozen=True)
class Context(Contractual):
    """The material of one document of a tender.

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
        thorough: whether the report tells the smallest changes of scores and prices that change the winner.
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
    thorough: bool = False
    events: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def has(self) -> frozenset[Needs]:
        """What generated parts may be made from, as far as the case has come."""
        always: set[Needs] = {"nothing", "clauses", "tender"}
        if self.bids:
            always.add("bids")
        if self.results:
            always.add("result")
        return frozenset(always)

    @property
    def written(self) -> Language:
        """The tender's language."""
        return self.plan.tender.tender.language

    @property
    def result(self) -> Result | None:
        """The result of the document's lot."""
        return self.results.get(self.lot)

    @property
    def lot_ids(self) -> list[str]:
        """The lots the document is about: its own, or all."""
        return [self.lot] if self.lot else [lot.id for lot in self.plan.tender.lots]

    def lot_title(self, lot: str) -> str:
        """Give a lot's title."""
        return self.plan.tender.lot(lot).title

    def names(self) -> Mapping[str, Any]:
        """Give the names of a tender."""
        return tender_names(self)

    def offers(self, chosen: ChosenClause) -> dict[str, Decimal]:
        """Give the winner's numbers by the parameter they replace; above the cap they bind as the cap."""
        numbers: dict[str, Decimal] = {}
        bid = self.winner
        if bid is None:
            return numbers
        for leaf in self.plan.specs[bid.lot].leaves():
            if leaf.clause == chosen.id and leaf.kind == "offer" and leaf.id in bid.offers:
                number = bid.offers[leaf.id]
                if leaf.cap is not None:
                    cap = as_decimal(leaf.cap)
                    number = min(number, cap) if leaf.better == "higher" else max(number, cap)
                numbers[chosen.clause.fields[leaf.field].offers] = number
        return numbers

    def frame(self) -> Frame:
        """Give the authority, the reference, the edition, and the lot where there are several."""
        tender = self.plan.tender
        lot = tender.lot(self.lot) if self.lot and len(tender.lots) > 1 else None
        reference, edition = tender.tender.reference, tender.edition
        rows = [
            ("authority", tender.authority.name),
            ("reference", reference),
            ("lot", lot.title if lot else ""),
            ("edition", str(edition)),
            ("publication", common(self)["procedure"]["publication"].text),
        ]
        translation = self.label("words.reading_aid") if self.language != self.written else ""
        return Frame(
            subtitle=tender.tender.title + (f" – {lot.title}" if lot else ""),
            author=tender.authority.name,
            reference=reference,
            footer=self.label("words.footer", reference=reference, edition=edition),
            stamp=f"{reference}/{edition}",
            notice=self.label("words.draft") if self.draft else translation,
            cover=tuple((self.label(f"cover.{key}"), value) for key, value in rows if value),
        )

    def signing(self) -> Signing:
        """Give the parties of a contract; results without a winner to sign with are the committee's own."""
        if self.results and self.winner is None:
            members = self.plan.tender.committee.members.values()
            labels = tuple(self.label(f"signatures.{key}") for key in ("date", "signature"))
            return Signing(
                self.label("signatures.committee"), tuple(f"{item.name}, {item.role}" for item in members), labels
            )
        labels = tuple(self.label(f"signatures.{key}") for key in ("date", "name", "signature"))
        name = self.winner.name if self.winner else self.label("to_be_filled")
        parties = (
            self.label("signatures.authority", name=self.plan.tender.authority.name),
            self.label("signatures.supplier", name=name),
        )
        return Signing(self.label("signatures.caption"), parties, labels)

    def file_name(self, definition: Document) -> str:
        """Give the file's name without ending; per lot and per bid the name says which."""
        signing = definition.signed_file if self.winner is not None else None
        parts = [(signing or definition.file)[self.language]]
        if definition.per in {"lot", "bid-lot"} and self.lot:
            parts.append(self.lot)
        if definition.per in {"bid", "bid-lot"} and self.recipient is not None:
            parts.append(self.recipient.bidder)
        return "_".join(parts)
