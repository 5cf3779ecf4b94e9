"""What every workbook has around its sheets: title, context, guide, properties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from tenderkit.excel.draft import Draft
from tenderkit.excel.sheets import Sheet, Workbook, sheet_name
from tenderkit.excel.words import Words, words_for
from tenderkit.plan import Plan

GUIDE_WIDTH = 92  # the width of an A4 page: a single column is never scaled down


@dataclass
class Frame:
    """Makes the drafts of one workbook, with names that differ, and puts the finished sheets together.

    ``part`` is the lot or the evaluator, ``part_title`` what people call it.
    """

    plan: Plan
    words: Words
    part: str
    part_title: str
    _used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, plan: Plan, workbook: str, part: str, part_title: str) -> Frame:
        """Give the frame of a workbook of the library."""
        return cls(plan, words_for(plan, workbook), part, part_title)

    @property
    def context(self) -> str:
        """Give the line under each sheet's title."""
        tender = self.plan.tender
        return self.words("context", authority=tender.authority.name, tender=tender.tender.title, part=self.part_title)

    def draft(self, key: str, widths: Sequence[float], **values: object) -> Draft:
        """Give an empty sheet; ``values`` are filled into its name and its title."""
        name = sheet_name(self.words.sheet(key, **values), self._used)
        self._used.add(name)
        return Draft(name, self.words(f"title_{key}", **values), self.context, widths)

    def guide(self) -> Sheet:
        """Give the sheet with the guide."""
        draft = self.draft("guide", (GUIDE_WIDTH,))
        for line in self.words.guide():
            draft.row += line.kind == "heading"
            draft.text(draft.row, 0, line.text, "prose-strong" if line.kind == "heading" else "prose")
            draft.row += 1
        return draft.finish(landscape=False)

    def workbook(self, sheets: Sequence[Sheet], created: dt.date | None = None) -> Workbook:
        """Give the workbook; without a date it carries the publication's."""
        tender = self.plan.tender
        return Workbook(
            kind=self.words.id,
            part=self.part,
            code=self.words("code"),
            title=self.words("document_title", title=self.words.title, part=self.part_title),
            file=self.words.file(self.part),
            author=tender.authority.name,
            subject=f"{tender.tender.title} ({tender.tender.reference})",
            reference=tender.tender.reference,
            edition=tender.edition,
            language=tender.tender.language,
            created=created or tender.procedure.publication,
            footer=self.words("footer"),
            stamp_label=self.words("stamp"),
            sheets=tuple(sheets),
        )
