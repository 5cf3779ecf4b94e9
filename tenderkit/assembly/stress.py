"""What the memo on the test of an evaluation is made from: the report of one lot, and how its values are said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tenderkit.assembly.setting import Frame, Needs, Setting
from tenderkit.assembly.values import Shown, money, show
from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.library import Library
from tenderkit.quantities import Language, format_money, format_number, format_percent, round_half_up

if TYPE_CHECKING:
    from tenderkit.library.pitfall import Pitfall
    from tenderkit.stress.finding import Finding, Value
    from tenderkit.stress.run import StressReport


@dataclass(frozen=True)
class StressContext(Setting):
    """The material of the memo on one lot's evaluation.

    Attributes:
        report: what the test gave.
        library: where pitfalls and models are described.
        language: the memo's language.
        created: the ISO date for properties.
        authority, title, reference: of the tender; empty where a model was tested alone.
        facts: further names for texts.
        memo: what has been worked out from all this once.
    """

    report: StressReport
    content: Library
    language: Language
    created: str
    authority: str = ""
    title: str = ""
    reference: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    draft: bool = field(default=False, init=False)
    memo: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def library(self) -> Library:
        """The library that pitfalls and models are taken from."""
        return self.content

    @property
    def has(self) -> frozenset[Needs]:
        """What generated parts may be made from."""
        return frozenset({"nothing", "stress"})

    def names(self) -> Mapping[str, Any]:
        """Give the names that the memo's text may use."""
        report = self.report
        counts = {level: sum(self.severity(item) == level for item in report.findings) for level in LEVELS}
        removals = report.measures.removals
        return {
            "authority": {"name": show(self.authority or "–", self)},
            "title": show(self.title, self),
            "reference": show(self.reference, self),
            "of_tender": show(bool(self.title), self),
            "date": show(dt.date.fromisoformat(self.created), self),
            "lot": show(report.spec.lot_title or report.spec.lot, self),
            "market": {
                "low": money(report.market.price.low, self),
                "high": money(report.market.price.high, self),
                "fewest": show(report.market.bids[0], self),
                "most": show(report.market.bids[1], self),
            },
            "tenders": show(report.tenders, self),
            "seed": show(report.seed, self),
            "found": {level: show(count, self) for level, count in counts.items()},
            "nothing_found": show(not report.findings, self),
            "removal": {
                "share": Shown(removals.share, self.share(removals.share)),
                "example": show(removals.example is not None, self),
            },
        }

    def frame(self) -> Frame:
        """Give the authority, the reference and the lot."""
        lot = self.report.spec.lot_title
        return Frame(
            subtitle=" · ".join(part for part in (self.title, lot) if part),
            author=self.authority,
            reference=self.reference,
            footer=self.label("stress.footer"),
            stamp=self.reference,
        )

    def file_name(self, definition: Any) -> str:
        """Give the file's name, with the lot in it."""
        return f"{definition.file[self.language]}_{self.report.spec.lot}"

    def severity(self, finding: Finding) -> str:
        """Give how bad a finding is: ``error``, ``warning`` or ``note``."""
        return finding.severity or self.pitfall(finding).severity

    def pitfall(self, finding: Finding) -> Pitfall:
        """Give what is known of a finding's pitfall."""
        return self.library.pitfall(finding.pitfall)

    def sentence(self, finding: Finding) -> str:
        """Give what was found, with its values."""
        values = {name: self.said(value) for name, value in finding.values.items()}
        # an amount at the end of a sentence ends in the full stop of "kr."
        return self.pitfall(finding).finding[self.language].format_map(values).replace("kr..", "kr.")

    def said(self, value: Value) -> str:
        """Give a value as the language writes it."""
        return said(value, self.language)

    def called(self, criterion: str) -> str:
        """Give what a criterion, a group, or the evaluated price is called."""
        if criterion == EVALUATED_PRICE:
            return self.label("evaluated-price.name")
        found = self.report.spec.criterion(criterion)
        return f"{found.number} {found.title}".strip() if found else criterion

    def share(self, share: float | Fraction) -> str:
        """Give a share in per cent: to one decimal, as exact as made-up tenders allow."""
        return said_share(share, self.language)


LEVELS = ("error", "warning", "note")
FEW = Fraction(1, 1000)


def said_share(share: float | Fraction, language: Language) -> str:
    """Give a share in per cent to one decimal; what is more than nothing and less than that is said to be less.

    >>> said_share(Fraction(1, 8), "en"), said_share(Fraction(1, 9000), "en"), said_share(0, "en")
    ('12.5%', '<0.1%', '0%')
    """
    exact = Fraction(share)
    if 0 < exact < FEW:
        return f"<{format_percent(FEW * 100, language)}"
    return format_percent(round_half_up(exact * 100, 1), language)


def said(value: Value, language: Language) -> str:
    """Give a value of a finding as the language writes it."""
    amount = value.amount
    if isinstance(amount, tuple):
        return ", ".join(f"{said(edge, language)}: {said(given, language)}" for edge, given in amount)
    if value.kind == "text" or isinstance(amount, str):
        return str(amount)
    match value.kind:
        case "percent":
            return said_share(Fraction(amount), language)
        case "money":
            return format_money(Decimal(round_half_up(Fraction(amount), 0)), language)
        case "points" | "number":
            return format_number(round_half_up(Fraction(amount), 2).normalize() + 0, language)
        case _:
            return format_number(Decimal(int(amount)), language)
