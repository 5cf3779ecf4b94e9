"""F1, the register of duties of a contract: what was promised, what is due, and what needs a look, from day one."""

from __future__ import annotations

import datetime as dt

from tenderkit.assembly.duties import chosen_of, due_words, duty_number, proof_words, release_words, sanction_words
from tenderkit.evaluation.spec import Result
from tenderkit.excel.draft import Draft
from tenderkit.excel.duty_course import course_sheets
from tenderkit.excel.duty_logs import before_sheet, changes_sheet, decisions_sheet, holidays_sheet
from tenderkit.excel.duty_money import money_sheets
from tenderkit.excel.duty_parts import Register, months_later
from tenderkit.excel.fields import rule_for
from tenderkit.excel.frame import Frame
from tenderkit.excel.ledger import Column, put_ledger, widths
from tenderkit.excel.sheets import Field, Sheet, Workbook, address, quoted
from tenderkit.plan import Plan
from tenderkit.quantities import format_percent

FRONT_WIDTHS = (64, 46, 16, 30)


def duty_register(plan: Plan, outcome: Result, created: dt.date | None = None) -> Workbook:
    """Give the register of duties of the contract with a lot's winner.

    Raises:
        ValueError: the lot has no winner.
    """
    if outcome.winner is None:
        raise ValueError(f'the lot "{outcome.spec.lot}" has no winner')
    lot = outcome.spec.lot
    register = Register(Frame.of(plan, "duty-register", lot, outcome.spec.lot_title), outcome.winner.bid)
    front = register.frame.draft("front", FRONT_WIDTHS)
    _contract(register, front)
    guide = register.frame.guide()
    holidays = holidays_sheet(register)
    sheets = [
        _duties(register),
        *_penalties(register),
        before_sheet(register),
        *course_sheets(register),
        *money_sheets(register),
        decisions_sheet(register),
        changes_sheet(register),
        holidays,
    ]
    return register.frame.workbook([_alarms(register, front), guide, *sheets], created)


def _contract(register: Register, draft: Draft) -> None:
    """Put the contract and its dates; the day of the status drives every alarm."""
    words, contract, bid = register.frame.words, register.plan.tender.contract, register.bid
    draft.row = draft.section(words("section_contract"))
    for label, text in (
        ("supplier", bid.name),
        ("supplier_cvr", bid.texts.get("bidder.cvr", "")),
        ("contract_lot", register.frame.part_title),
    ):
        draft.text(draft.row, 0, words(label))
        draft.text(draft.row, 1, text)
        draft.row += 1
    register.start = _date(register, draft, "contract_start", contract.start)
    own = register.start.rpartition("!")[2]
    ends = []
    for label, months in (("contract_end", contract.duration_months), ("contract_end_options", contract.total_months)):
        draft.text(draft.row, 0, words(label))
        ends.append(draft.at(draft.row, 1))
        end = months_later(contract.start, months) - dt.timedelta(days=1)
        draft.formula(draft.row, 1, f"EDATE({own},{months})-1", end, "number", "date")
        draft.row += 1
    register.end = ends[0]
    before = register.number("last_start_before_end_months")
    if before is not None:
        draft.text(draft.row, 0, words("last_start"))
        end = months_later(contract.start, contract.duration_months) - dt.timedelta(days=1)
        last = months_later(end, -int(before))
        draft.formula(draft.row, 1, f"EDATE({ends[0].rpartition('!')[2]},-{int(before)})", last, "number", "date")
        draft.text(draft.row, 3, words("last_start_note", months=int(before)), "note")
        draft.row += 1
    register.status = _date(register, draft, "status_date", contract.start)
    draft.text(draft.row - 1, 3, words("status_note"), "note")
    draft.row += 1


def _date(register: Register, draft: Draft, label: str, value: dt.date) -> str:
    words = register.frame.words
    field = Field(f"contract.{label}", "date", words(label))
    draft.text(draft.row, 0, field.label)
    draft.input(draft.row, 1, field, rule_for(words, field), value=value)
    draft.row += 1
    return draft.at(draft.row - 1, 1)


def _alarms(register: Register, draft: Draft) -> Sheet:
    """Put the list of alarms: each counts on another sheet."""
    words = register.frame.words
    draft.row = draft.section(words("section_alarms"))
    draft.headings(draft.row, [words(name) for name in ("alarm", "alarm_where", "alarm_count", "alarm_state")])
    look, calm = quoted(words("look")), quoted(words("calm"))
    for alarm in register.alarms:
        draft.row += 1
        draft.text(draft.row, 0, alarm.label)
        draft.text(draft.row, 1, alarm.sheet)
        draft.formula(draft.row, 2, alarm.formula, alarm.now, "number", "0")
        count, state = address(draft.row, 2), address(draft.row, 3)
        draft.formula(draft.row, 3, f"IF({count}>0,{look},{calm})", words("look" if alarm.now else "calm"), "status")
        draft.highlight(state, f"{state}={look}", "attention")
        draft.highlight(state, f"{state}={calm}", "good")
    return draft.finish(one_page=True)


def _duties(register: Register) -> Sheet:
    """Give the sheet with the duties; the register in the contract says the same."""
    words, plan, context = register.frame.words, register.plan, register.context
    states = tuple(words(f"state_{name}") for name in ("open", "running", "done", "released", "breach"))
    rows = [(row, chosen_of(row, context)) for row in plan.duties]
    dues = [due_words(row.duty.due, chosen, context) for row, chosen in rows]
    manager = plan.tender.authority.contract_manager
    parties = plan.library.vocabulary.parties
    done = f"OR({{state}}={quoted(states[2])},{{state}}={quoted(states[3])})"
    soon = f'IF({{next}}<={register.status}+14,{quoted(words("soon"))},"")'
    late = f"IF({{next}}<{register.status},{quoted(words('overdue'))},{soon})"
    columns = [
        Column("id", 8, start=[row.public_id for row, _ in rows]),
        Column("duty", 34, start=[row.duty.title[words.language] for row, _ in rows]),
        Column("number", 15, start=[duty_number(row.duty, chosen, context) for row, chosen in rows]),
        Column("who", 14, start=[parties[row.duty.who][words.language] for row, _ in rows]),
        Column("due", 25, start=[due[:1].upper() + due[1:] for due in dues]),
        Column("proof", 26, start=[proof_words(row.duty, context) for row, _ in rows]),
        Column("release", 34, start=[release_words(row.duty.release, context) for row, _ in rows]),
        Column("sanction", 22, start=[sanction_words(row.duty, context) for row, _ in rows]),
        Column("supplier", 17, "text"),
        Column("authority", 17, "text", start=[manager.role if manager else ""] * len(rows)),
        Column("next", 13, "date"),
        Column("state", 15, "choice", options=states),
        Column("flag", 18, formula=f'IF(AND(ISNUMBER({{next}}),NOT({done})),{late},"")'),
        Column("note", 28, "text"),
    ]
    draft = register.frame.draft("register", widths(columns))
    head = draft.row
    ledger = put_ledger(register.frame, draft, "register", columns, len(rows))
    flag = address(ledger.first, ledger.columns["flag"])
    for word, look in (("overdue", "bad"), ("soon", "attention")):
        draft.highlight(ledger.local("flag").replace("$", ""), f"{flag}={quoted(words(word))}", look)
    register.alarm(words("alarm_duties"), f"COUNTIF({ledger.area('flag')},{quoted(words('overdue'))})", draft.name)
    return draft.finish(freeze=(head + 1, 2), repeat=(head, head))


def _penalties(register: Register) -> list[Sheet]:
    """Give the sheet with the penalties; none when the contract has none."""
    words, plan, lot = register.frame.words, register.plan, register.bid.lot
    if not plan.penalties:
        return []
    draft = register.frame.draft("penalties", (44, 18, 34, 18, 18, 70))
    names = ("penalty", "penalty_amount", "penalty_unit", "penalty_cure", "penalty_cap", "penalty_release")
    draft.headings(draft.row, [words(name) for name in names])
    head = draft.row
    for row in plan.penalties:
        draft.row += 1
        draft.text(draft.row, 0, row.penalty.title[words.language])
        amount = row.amount.get(lot, row.amount.get(""))
        if amount is None:
            draft.text(draft.row, 1, words("no_cap"), "number")
        elif row.amount_type == "percent":
            draft.text(draft.row, 1, format_percent(amount, words.language), "number")
        else:
            draft.number(draft.row, 1, amount, "money")
        draft.text(draft.row, 2, row.penalty.unit[words.language])
        draft.text(draft.row, 3, f"{row.cure_days} {words.unit(row.cure_unit, one=row.cure_days == 1)}")
        chosen = plan.clause(row.clause)
        cap = chosen.values[row.penalty.cap].value(lot) if chosen and row.penalty.cap in chosen.values else None
        draft.text(draft.row, 4, words("no_cap") if cap is None else format_percent(cap, words.language))  # type: ignore[arg-type]
        draft.text(draft.row, 5, release_words(row.penalty.release, register.context), "small")
    return [draft.finish(repeat=(head, head))]
