"""The sheets about people in courses, by pseudonym: the pipeline, vacant places and referral, the ratio rule."""

from __future__ import annotations

from tenderkit.excel.calculator import ratio_formula
from tenderkit.excel.draft import Draft
from tenderkit.excel.duty_parts import Register
from tenderkit.excel.ledger import Column, Ledger, put_ledger, widths
from tenderkit.excel.sheets import Sheet, address, quoted

_COURSES = (40, 160)
_STAFF_ROWS = 20


def course_sheets(register: Register) -> list[Sheet]:
    """Give the sheets; none when no clause of the contract has places."""
    if register.number("cohort_size") is None:
        return []
    return [_courses(register), _places(register), _staff(register)]


def _rows(register: Register) -> int:
    """Give enough rows for the courses that can be expected, with room for those that are broken off."""
    places, average = register.whole("cohort_size", 1), register.whole("average_months", 9)
    expected = places * register.plan.tender.contract.total_months // max(1, average)
    return min(max(_COURSES[0], expected * 3 // 2), _COURSES[1])


def _courses(register: Register) -> Sheet:
    words, most = register.frame.words, register.whole("max_months", 18)
    columns = _course_columns(register, most)
    draft = register.frame.draft("course", widths(columns))
    draft.remark(words("course_note"))
    draft.row += 1
    head = draft.row
    ledger = put_ledger(register.frame, draft, "course", columns, _rows(register))
    _highlight(draft, ledger, "alarm")
    alarms = ledger.area("alarm")
    for early in (6, 3):
        flag = quoted(words("flag_month", month=most - early))
        register.alarm(words("alarm_first", month=most - early), f"COUNTIF({alarms},{flag})", draft.name)
    for label, flag in (
        (words("alarm_over", month=most), words("flag_over", month=most)),
        (words("alarm_placement"), words("flag_placement")),
        (words("alarm_offers"), words("flag_offer")),
    ):
        register.alarm(label, f"COUNTIF({alarms},{quoted(flag)})", draft.name)
    kept = ledger.area("kept")
    soon = f'COUNTIFS({kept},">="&{register.status},{kept},"<="&({register.status}+30))'
    register.alarm(words("alarm_kept"), soon, draft.name)
    return draft.finish(freeze=(head + 1, 1), repeat=(head, head))


def _course_columns(register: Register, most: int) -> list[Column]:
    """Give the columns of the pipeline, in the order in which things happen."""
    words = register.frame.words
    days, kept = register.whole("offer_deadline_days", 10), register.whole("kept_months", 6)
    offer_due = (
        f'IF(AND(ISNUMBER({{test}}),{{passed}}={quoted(words.yes)}),WORKDAY({{test}},{days},{register.holidays}),"")'
    )
    return [
        Column("pseudonym", 14, "text"),
        Column("place", 8, "number", decimals=0),
        Column("referred", 12, "date"),
        Column("started", 12, "date"),
        Column("phase", 7, "number", decimals=0),
        Column("functions", 12, "number", decimals=0),
        Column("placement", 12, "date"),
        Column("test", 12, "date"),
        Column("passed", 9, "yes-no"),
        Column("offer_due", 12, formula=offer_due, fmt="date"),
        Column("offered", 12, "date"),
        Column("accepted", 11, "yes-no"),
        Column("employed", 12, "date"),
        *(
            column
            for weeks in (13, 26, 52)
            for column in (
                Column(
                    f"week{weeks}", 12, formula=f'IF(ISNUMBER({{employed}}),{{employed}}+{weeks * 7},"")', fmt="date"
                ),
                Column(f"in{weeks}", 8, "yes-no"),
            )
        ),
        Column("kept", 14, formula=f'IF(ISNUMBER({{employed}}),EDATE({{employed}},{kept}),"")', fmt="date"),
        Column("left", 12, "date"),
        Column("until", 12, formula=_until(register), fmt="date"),
        Column("months", 9, formula=_MONTHS, fmt="0"),
        Column("alarm", 28, formula=_course_alarm(register, most)),
    ]


def _until(register: Register) -> str:
    """Give the day to which a course is counted: employment, leaving, or the day of the status."""
    ended = f"IF(ISNUMBER({{employed}}),{{employed}},IF(ISNUMBER({{left}}),{{left}},{register.status}))"
    return f'IF(ISNUMBER({{started}}),{ended},"")'


_MONTHS = (
    "IF(ISNUMBER({until}),MAX(0,(YEAR({until})-YEAR({started}))*12+MONTH({until})-MONTH({started})"
    '-IF(DAY({until})<DAY({started}),1,0)),"")'
)


def _course_alarm(register: Register, most: int) -> str:
    """Give the most urgent thing about a course: an offer that is due, a placement that ends, a course too long."""
    words, status = register.frame.words, register.status
    offer, placement = quoted(words("flag_offer")), quoted(words("flag_placement"))
    over, late, early = (
        quoted(words("flag_over", month=most)),
        quoted(words("flag_month", month=most - 3)),
        quoted(words("flag_month", month=most - 6)),
    )
    months = f'IF({{months}}>={most},{over},IF({{months}}>={most - 3},{late},IF({{months}}>={most - 6},{early},"")))'
    ends = f"AND(ISNUMBER({{placement}}),{{placement}}>={status},{{placement}}<={status}+14)"
    running = "AND(ISNUMBER({started}),NOT(ISNUMBER({employed})),NOT(ISNUMBER({left})))"
    waits = f"AND(ISNUMBER({{offer_due}}),NOT(ISNUMBER({{offered}})),{status}>{{offer_due}})"
    return f'IF(NOT({running}),"",IF({waits},{offer},IF({ends},{placement},{months})))'


def _highlight(draft: Draft, ledger: Ledger, name: str) -> None:
    cells = ledger.local(name)
    first = address(ledger.first, ledger.columns[name])
    draft.highlight(cells.replace("$", ""), f"LEN({first})>0", "attention")


def _places(register: Register) -> Sheet:
    """Give the ledger of vacant places: the referral clock that starts release R1, and the weeks that are paid."""
    words, status = register.frame.words, register.status
    weeks, paid = register.whole("referral_weeks", 4), register.whole("empty_place_weeks", 4)
    empty = f"(IF(ISNUMBER({{filled}}),{{filled}},{status})-{{vacant}})/7"
    late = f"OR(AND(ISNUMBER({{referred}}),{{referred}}>{{due}}),AND(NOT(ISNUMBER({{referred}})),{status}>{{due}}))"
    columns = [
        Column("place", 9, "number", decimals=0),
        Column("vacant", 13, "date"),
        Column("requested", 13, "date"),
        Column("due", 13, formula=f'IF(ISNUMBER({{requested}}),{{requested}}+{weeks * 7},"")', fmt="date"),
        Column("referred", 13, "date"),
        Column("candidates", 12, "number", decimals=0),
        Column("filled", 13, "date"),
        Column("weeks", 11, formula=f'IF(ISNUMBER({{vacant}}),ROUNDUP(MAX(0,{empty}),0),"")', fmt="0"),
        Column("paid", 11, formula=f'IF(ISNUMBER({{weeks}}),MIN({{weeks}},{paid}),"")', fmt="0"),
        Column("release", 13, formula=f'IF(ISNUMBER({{due}}),IF({late},"R1",""),"")'),
        Column("remark", 50, "text"),
    ]
    draft = register.frame.draft("places", widths(columns))
    draft.remark(words("places_note", weeks=weeks, paid=paid))
    draft.row += 1
    head = draft.row
    ledger = put_ledger(register.frame, draft, "places", columns, min(80, 5 * register.whole("cohort_size", 10)))
    _highlight(draft, ledger, "release")
    register.alarm(words("alarm_referral"), f'COUNTIF({ledger.area("release")},"R1")', draft.name)
    return draft.finish(freeze=(head + 1, 1), repeat=(head, head))


def _staff(register: Register) -> Sheet:
    """Give the head-count per production unit, and how many may be in placement or wage subsidy there."""
    words = register.frame.words
    over, calm = quoted(words("ratio_over")), quoted(words("calm"))
    columns = [
        Column("unit", 24, "text"),
        Column("date", 14, "date"),
        Column("ordinary", 14, "number", decimals=0),
        Column("placement", 12, "number", decimals=0),
        Column("subsidy", 12, "number", decimals=0),
        Column("allowed", 14, formula=f'IF(ISNUMBER({{ordinary}}),{ratio_formula("{ordinary}")},"")', fmt="0"),
        Column("free", 12, formula='IF(ISNUMBER({allowed}),{allowed}-{placement}-{subsidy},"")', fmt="0"),
        Column("state", 18, formula=f'IF(ISNUMBER({{free}}),IF({{free}}<0,{over},{calm}),"")'),
    ]
    draft = register.frame.draft("staff", widths(columns))
    draft.remark(words("staff_note"))
    draft.row += 1
    head = draft.row
    ledger = put_ledger(register.frame, draft, "staff", columns, _STAFF_ROWS)
    state = address(ledger.first, ledger.columns["state"])
    draft.highlight(ledger.local("state").replace("$", ""), f"{state}={over}", "bad")
    register.alarm(words("alarm_ratio"), f"COUNTIF({ledger.area('state')},{over})", draft.name)
    return draft.finish(freeze=(head + 1, 1), repeat=(head, head))
