"""The sheets that watch over a result workbook: low prices, checks against the engine's result, and notes."""

from __future__ import annotations

from fractions import Fraction

from tenderkit.evaluation.lowbids import EVALUATED_PRICE, low_prices
from tenderkit.excel.draft import Draft
from tenderkit.excel.fields import rule_for
from tenderkit.excel.result_book import INCOMPLETE, ResultBook, column_of
from tenderkit.excel.result_ranking import RankingCells
from tenderkit.excel.sheets import Field, Sheet, address, quoted

_NOTE_ROWS = 15


def low_prices_sheet(book: ResultBook) -> list[Sheet]:
    """Give the sheet with the alarms on low prices; none when the tender has no alarm limits."""
    words, tender = book.frame.words, book.frame.plan.tender
    limits = {name: Fraction(limit) / 100 for name, limit in tender.low_bid_alarm.items()}
    if not limits:
        return []
    estimate = tender.lot(book.spec.lot).own_estimate_dkk
    alarms = low_prices(
        book.spec,
        [item.bid for item in book.result.ranking],
        below_median=limits.get("median"),
        below_estimate=limits.get("estimate"),
        estimates={} if estimate is None else {EVALUATED_PRICE: Fraction(estimate)},
    )
    draft = book.frame.draft("low", (36, 40, 24, 36, 24, 16))
    draft.remark(words("low_note"))
    draft.row += 1
    names = ("bidder", "low_what", "low_price", "low_against", "low_reference", "low_below")
    draft.headings(draft.row, [words(name) for name in names])
    bidders = {bid.bidder: bid.name for bid in book.bids}
    lines = {line.id: f"{line.id}: {line.label}" for line in book.spec.price_lines}
    for alarm in alarms:
        draft.row += 1
        against = "against_median" if alarm.against == "median-of-others" else "against_estimate"
        draft.text(draft.row, 0, bidders[alarm.bidder])
        draft.text(draft.row, 1, lines.get(alarm.subject, words("evaluated_price")))
        draft.number(draft.row, 2, alarm.price, "money")
        draft.text(draft.row, 3, words(against))
        draft.number(draft.row, 4, alarm.reference, "money")
        draft.number(draft.row, 5, alarm.below, "percent")
    if not alarms:
        draft.row += 1
        draft.text(draft.row, 0, words("low_none"), "context")
    return [draft.finish()]


def control_sheet(book: ResultBook, cells: RankingCells) -> Sheet:
    """Give the sheet that compares the formulas with the result that was calculated exactly."""
    words = book.frame.words
    draft = book.frame.draft("control", (60, 24, 24, 18))
    draft.remark(words("control_note"))
    draft.row += 1
    draft.headings(draft.row, [words(name) for name in ("check", "sheet_value", "official", "outcome")])
    if book.weights_check:
        _check(book, draft, words("check_weights"), book.weights_check, holds=book.weights_right)
    if book.bids:
        incomplete = f"COUNTIF({column_of(book.status.values())},{INCOMPLETE})=0"
        _check(book, draft, words("check_complete"), incomplete)
    if book.again:
        _check(book, draft, words("check_outcomes"), f"NOT({book.again})")
    for number, bid in enumerate(book.bids):
        item = book.of(bid)
        if item is None:
            continue
        total, rank = cells.cell(number, cells.total), cells.cell(number, cells.rank)
        for label, cell, official, shown in (
            (words("check_total", bidder=bid.name), total, item.total, book.total_format),
            (words("check_rank", bidder=bid.name), rank, item.rank, "0"),
        ):
            draft.row += 1
            draft.text(draft.row, 0, label)
            draft.formula(draft.row, 1, cell, official, "number", shown)
            draft.number(draft.row, 2, official, shown)
            own, right = address(draft.row, 1), address(draft.row, 2)
            _outcome(book, draft, f"IF(ISNUMBER({own}),ABS({own}-{right})<0.000000001,FALSE)")
    return draft.finish()


def _check(book: ResultBook, draft: Draft, label: str, formula: str, *, holds: bool = True) -> None:
    draft.row += 1
    draft.text(draft.row, 0, label)
    draft.text(draft.row, 1, "")
    draft.text(draft.row, 2, "")
    _outcome(book, draft, formula, holds=holds)


def _outcome(book: ResultBook, draft: Draft, condition: str, *, holds: bool = True) -> None:
    words, cell = book.frame.words, address(draft.row, 3)
    good, wrong = quoted(words("ok")), quoted(words("wrong"))
    draft.formula(draft.row, 3, f"IF({condition},{good},{wrong})", words("ok" if holds else "wrong"), "status")
    draft.highlight(cell, f"{cell}={good}", "good")
    draft.highlight(cell, f"{cell}<>{good}", "bad")


def notes_sheet(book: ResultBook) -> Sheet:
    """Give the sheet for notes."""
    words = book.frame.words
    draft = book.frame.draft("notes", (14, 28, 60, 60))
    draft.remark(words("notes_note"))
    draft.row += 1
    columns = (("date", "date"), ("who", "text"), ("what", "text"), ("why", "text"))
    draft.headings(draft.row, [words(f"note_{name}") for name, _ in columns])
    head = draft.row
    for number in range(1, _NOTE_ROWS + 1):
        draft.row += 1
        for column, (name, kind) in enumerate(columns):
            label = words(f"note_{name}")
            field = Field(
                f"note.{number}.{name}", "date" if kind == "date" else "text", label, required=False, max_chars=1000
            )
            draft.input(draft.row, column, field, rule_for(words, field))
    return draft.finish(freeze=(head + 1, 0), repeat=(head, head))
