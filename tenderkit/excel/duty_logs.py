"""The sheets that record: what must be done before the first intake, decisions, changes, and the holidays."""

from __future__ import annotations

from tenderkit.excel.duty_parts import Register, weekday_holidays
from tenderkit.excel.ledger import Column, put_ledger, widths
from tenderkit.excel.sheets import Sheet, address, quoted

BEFORE = ("contacts", "meeting", "staff", "channel", "privacy", "test")
_DECISIONS, _CHANGES = 40, 25
_YEARS_AFTER = 2


def before_sheet(register: Register) -> Sheet:
    """Give the list of what must be in place before the first intake."""
    words = register.frame.words
    items = [words(f"before_{name}") for name in BEFORE]
    columns = [
        Column("item", 64, start=items),
        Column("done", 16, "date"),
        Column("who", 34, "text"),
        Column("note", 60, "text"),
    ]
    draft = register.frame.draft("before", widths(columns))
    put_ledger(register.frame, draft, "before", columns, len(items))
    return draft.finish()


def decisions_sheet(register: Register) -> Sheet:
    """Give the log of decisions on release and claims, with the time within which a release is decided."""
    words = register.frame.words
    days = register.whole("release_decision_days", 10)
    kinds = tuple(words(f"kind_{name}") for name in ("release", "notice", "penalty", "other"))
    release, overdue = quoted(kinds[0]), quoted(words("overdue"))
    due = f'IF(AND(ISNUMBER({{date}}),{{kind}}={release}),WORKDAY({{date}},{days},{register.holidays}),"")'
    late = f"AND(ISNUMBER({{due}}),NOT(ISNUMBER({{decided}})),{register.status}>{{due}})"
    columns = [
        Column("date", 14, "date"),
        Column("duty", 12, "text"),
        Column("kind", 14, "choice", options=kinds),
        Column("ground", 16, "text"),
        Column("due", 14, formula=due, fmt="date"),
        Column("decided", 14, "date"),
        Column("outcome", 70, "text"),
        Column("by", 26, "text"),
        Column("flag", 18, formula=f'IF({late},{overdue},"")'),
    ]
    draft = register.frame.draft("decisions", widths(columns))
    head = draft.row
    ledger = put_ledger(register.frame, draft, "decisions", columns, _DECISIONS)
    flag = address(ledger.first, ledger.columns["flag"])
    draft.highlight(ledger.local("flag").replace("$", ""), f"{flag}={overdue}", "bad")
    register.alarm(words("alarm_decisions"), f"COUNTIF({ledger.area('flag')},{overdue})", draft.name)
    return draft.finish(freeze=(head + 1, 0), repeat=(head, head))


def changes_sheet(register: Register) -> Sheet:
    """Give the log of changes, with their share of the contract's value added up."""
    words = register.frame.words
    draft = register.frame.draft("changes", (14, 50, 50, 20, 20, 20, 16, 24, 16))
    draft.remark(words("changes_note"))
    draft.row += 1
    draft.text(draft.row, 1, words("changes_value_label"))
    draft.number(draft.row, 2, register.plan.tender.lot(register.bid.lot).value_dkk, "money")
    value = address(draft.row, 2, fixed=True)
    draft.row += 2
    head = draft.row
    columns = [
        Column("date", 14, "date"),
        Column("change", 50, "text"),
        Column("why", 50, "text"),
        Column("provision", 20, "text"),
        Column("value", 20, "number", fmt="money", signed=True),
        Column("sum", 20, formula='IF(ISNUMBER({value}),SUM({top_value}:{value}),"")', fmt="money"),
        Column("share", 16, formula=f'IF(ISNUMBER({{sum}}),{{sum}}/{value},"")', fmt="percent"),
        Column("approved", 24, "text"),
        Column("published", 16, "date"),
    ]
    put_ledger(register.frame, draft, "changes", columns, _CHANGES)
    return draft.finish(freeze=(head + 1, 0), repeat=(head, head))


def holidays_sheet(register: Register) -> Sheet:
    """Give the holidays on weekdays for the contract's years, and note where they stand."""
    words, contract = register.frame.words, register.plan.tender.contract
    last = contract.start.year + contract.total_months // 12 + _YEARS_AFTER
    draft = register.frame.draft("holidays", (18, 60))
    draft.remark(words("holidays_note"))
    draft.row += 1
    draft.headings(draft.row, [words("holidays_date")])
    first = draft.row + 1
    for day in weekday_holidays(contract.start.year, last):
        draft.row += 1
        draft.date(draft.row, 0, day)
    register.holidays = draft.span((first, 0), (draft.row, 0))
    return draft.finish(landscape=False)
