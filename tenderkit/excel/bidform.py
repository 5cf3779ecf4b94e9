"""What the forms for bidders share: the front page, live checks beside the cells, and the sheet that sums them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tenderkit.excel.draft import FIRST_ROW, Draft
from tenderkit.excel.fields import NO_BOUNDS, Bounds, rule_for, status
from tenderkit.excel.frame import Frame
from tenderkit.excel.sheets import Field, Scalar, Sheet, Workbook, address, area, on_sheet, quoted
from tenderkit.excel.words import Words
from tenderkit.plan import Plan
from tenderkit.quantities import format_date

FRONT_WIDTHS = (44, 62, 26)
CHECK_WIDTHS = (60, 50, 26)
MARK_ROW = FIRST_ROW
INPUT_TAB = "#FFC000"
_NAME, _LINE = 200, 300


@dataclass(frozen=True)
class Check:
    """A line of the checks sheet: the cell that is checked and the cell that says how it stands."""

    label: str
    sheet: str
    cell: str
    status: str
    now: str


@dataclass
class BidForm:
    """A form while its sheets are drafted; collects a check for every cell, and where some cells are, by field key."""

    frame: Frame
    checks: list[Check] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan, workbook: str, lot: str) -> BidForm:
        """Give an empty form for a lot."""
        return cls(Frame.of(plan, workbook, lot, plan.tender.lot(lot).title))

    def typed(
        self,
        draft: Draft,
        row: int,
        column: int,
        field_: Field,
        *,
        status_column: int,
        bounds: Bounds = NO_BOUNDS,
        unit: str = "",
        fmt: str = "",
        when: str = "",
        rows: int = 1,
    ) -> None:
        """Put the cell or cells of a field, and the check beside the first one."""
        words = self.frame.words
        rule = rule_for(words, field_, bounds, unit)
        for offset in range(rows):
            draft.input(row + offset, column, field_, rule, fmt=fmt)
        cells = address(row, column) if rows == 1 else area((row, column), (row + rows - 1, column), fixed=False)
        self.checked(draft, row, status_column, field_.label, cells, status(words, field_, cells, bounds, when))

    def checked(self, draft: Draft, row: int, column: int, label: str, cells: str, formula: tuple[str, Scalar]) -> None:
        """Put a live check and remember it for the checks sheet."""
        draft.formula(row, column, formula[0], formula[1], "status")
        highlight_status(self.frame.words, draft, address(row, column))
        first = cells.split(":", maxsplit=1)[0]
        self.checks.append(Check(label, draft.name, first, draft.at(row, column), str(formula[1])))

    def front(self) -> Draft:
        """Draft the front page: the tender, the bidder and the signature; the mark follows in :meth:`finish`."""
        words, tender = self.frame.words, self.frame.plan.tender
        draft = self.frame.draft("front", FRONT_WIDTHS)
        draft.row = MARK_ROW + 2
        draft.row = draft.section(words("section_tender"))
        when = format_date(tender.procedure.deadline, words.language)
        for label, text in (
            ("authority", tender.authority.name),
            ("tender_title", tender.tender.title),
            ("reference", tender.tender.reference),
            ("lot", self.frame.part_title),
            ("edition", str(tender.edition)),
            ("deadline", words("at_time", date=when, time=tender.procedure.deadline_time)),
        ):
            draft.text(draft.row, 0, words(label))
            draft.text(draft.row, 1, text)
            draft.row += 1
        draft.row += 1
        draft.row = draft.section(words("section_bidder"))
        for name, most in (("name", _NAME), ("cvr", 40), ("address", _LINE), ("contact", _LINE)):
            self.cells[f"bidder.{name}"] = draft.at(draft.row, 1)
            self.line(draft, Field(f"bidder.{name}", "text", words(f"bidder_{name}"), max_chars=most))
        draft.row += 1
        draft.row = draft.section(words("section_signature"))
        self.line(draft, Field("bidder.signatory", "text", words("bidder_signatory"), max_chars=_NAME))
        self.line(draft, Field("bidder.date", "date", words("bidder_date")))
        return draft

    def line(self, draft: Draft, field_: Field, *, when: str = "") -> None:
        """Put a field in the next row: its label, the cell, and the check."""
        draft.text(draft.row, 0, field_.label)
        self.typed(draft, draft.row, 1, field_, status_column=2, when=when)
        draft.row += 1

    def finish(self, front: Draft, sheets: Sequence[Sheet]) -> Workbook:
        """Give the workbook: front page, guide, the form's own sheets and the checks."""
        words = self.frame.words
        checks = self.frame.draft("checks", CHECK_WIDTHS)
        checks.row = MARK_ROW + 2
        checks.remark(words("checks_intro"))
        first = checks.row + 2
        checks.headings(first - 1, (words("check_field"), words("check_where"), words("status")))
        for number, check in enumerate(self.checks):
            row = first + number
            checks.text(row, 0, check.label)
            checks.text(row, 1, words("check_at", sheet=check.sheet, cell=check.cell))
            checks.formula(row, 2, check.status, check.now, "status")
        last = first + len(self.checks) - 1
        statuses = area((first, 2), (last, 2))
        highlight_status(words, checks, statuses.replace("$", ""))
        self._mark(checks, statuses)
        self._mark(front, on_sheet(checks.name, statuses))
        own = [front.finish(landscape=False, colour=INPUT_TAB), self.frame.guide(), *sheets]
        return self.frame.workbook(
            [*own, checks.finish(freeze=(first, 0), repeat=(first - 1, first - 1), landscape=False)]
        )

    def _mark(self, draft: Draft, statuses: str) -> None:
        """Put the mark that tells whether the form is ready."""
        words = self.frame.words
        wrong = sum(check.now != words("status_ok") for check in self.checks)
        before, after, ready = f"{words('not_ready_before')} ", f" {words('not_ready_after')}", words("ready")
        left = f"({len(self.checks)}-COUNTIF({statuses},{quoted(words('status_ok'))}))"
        formula = f"IF({left}=0,{quoted(ready)},{quoted(before)}&{left}&{quoted(after)})"
        draft.text(MARK_ROW, 0, words("ready_label"), "strong")
        draft.formula(MARK_ROW, 1, formula, f"{before}{wrong}{after}" if wrong else ready, "strong")
        cell = address(MARK_ROW, 1, fixed=True)
        draft.highlight(address(MARK_ROW, 1), f"{cell}={quoted(ready)}", "good")
        draft.highlight(address(MARK_ROW, 1), f"{cell}<>{quoted(ready)}", "attention")


def highlight_status(words: Words, draft: Draft, cells: str) -> None:
    """Colour live checks: green when all is well, amber while a cell is empty, red when it is wrong."""
    first = cells.split(":", maxsplit=1)[0]
    ok, missing = quoted(words("status_ok")), quoted(words("status_missing"))
    draft.highlight(cells, f"{first}={ok}", "good")
    draft.highlight(cells, f"{first}={missing}", "attention")
    draft.highlight(cells, f'AND({first}<>{ok},{first}<>{missing},{first}<>"")', "bad")
