"""The sheets about money: participant-months against minimum, maximum and budget, invoices, and mentor hours."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.spec import PriceLine
from tenderkit.excel.draft import Draft
from tenderkit.excel.duty_parts import Register, months_later
from tenderkit.excel.fields import exact
from tenderkit.excel.ledger import Column, Ledger, put_ledger, widths
from tenderkit.excel.price_sheets import training_lines
from tenderkit.excel.sheets import Sheet, address, quoted
from tenderkit.quantities import format_number
from tenderkit.tender import Phase, quantity

_SUMMARY = 2  # the column of the numbers above the ledger; their labels run over the columns before it


def money_sheets(register: Register) -> list[Sheet]:
    """Give the sheets: one for each line that pays for training, and one for mentor hours when they were offered."""
    sheets = [_months(register, line) for line, _ in training_lines(register.plan, register.spec)]
    offered = register.number("mentor_hours")
    return sheets if offered is None else [*sheets, _mentor(register, offered)]


def _months(register: Register, line: PriceLine) -> Sheet:
    words = register.frame.words
    phases = register.plan.tender.price_lines[line.id].phases
    columns = _month_columns(register, line, phases)
    draft = register.frame.draft("months", widths(columns))
    summary = draft.row
    draft.row += 8
    head = draft.row
    ledger = put_ledger(register.frame, draft, "months", columns, register.plan.tender.contract.total_months)
    differs = quoted(words("differs"))
    match = address(ledger.first, ledger.columns["match"])
    draft.highlight(ledger.local("match").replace("$", ""), f"{match}={differs}", "bad")
    register.alarm(words("alarm_invoices"), f"COUNTIF({ledger.area('match')},{differs})", draft.name)
    _summary(register, draft, summary, ledger, line)
    return draft.finish(freeze=(head + 1, 1), repeat=(head, head))


def _month_columns(register: Register, line: PriceLine, phases: list[Phase]) -> list[Column]:
    words, months = register.frame.words, register.plan.tender.contract.total_months
    language, begins = words.language, register.plan.tender.contract.start
    price = register.bid.prices.get(line.id)
    named = [f"phase{number}" for number in range(1, len(phases) + 1)] or ["phase1"]
    factors = [Fraction(phase.factor) for phase in phases] or [Fraction(1)]
    titles = [
        words("months_phase", title=phase.title, factor=format_number(phase.factor, language)) for phase in phases
    ] or [line.label]
    total = "+".join(f"{{{name}}}" for name in named)
    filled = f"COUNT({','.join(f'{{{name}}}' for name in named)})>0"
    weighed = "+".join(f"{exact(factor)}*{{{name}}}" for factor, name in zip(factors, named, strict=True))
    due = "{price}*(" + weighed + ")+{empty}-{subsidy}"
    differs, ok = quoted(words("differs")), quoted(words("calm"))
    starts = [months_later(begins, number) for number in range(months)]
    return [
        Column("month", 14, formula=f"EDATE({register.start},ROW()-{{first}})", fmt="date", start=starts),
        Column("price", 16, "number", fmt="money", start=[price] * months),
        *(Column(name, 18, "number", label=title) for name, title in zip(named, titles, strict=True)),
        Column("total", 16, formula=f'IF({filled},{total},"")', fmt="#,##0.00"),
        Column("sum", 14, formula='IF(ISNUMBER({total}),SUM({top_total}:{total}),"")', fmt="#,##0.00"),
        Column("empty", 16, "number", fmt="money"),
        Column("subsidy", 16, "number", fmt="money"),
        Column("due", 18, formula=f'IF(ISNUMBER({{total}}),{due},"")', fmt="money"),
        Column("invoice", 16, "text"),
        Column("invoiced", 18, "number", fmt="money", signed=True),
        Column("difference", 16, formula='IF(COUNT({due},{invoiced})=2,ROUND({invoiced}-{due},2),"")', fmt="money"),
        Column("match", 12, formula=f'IF(ISNUMBER({{difference}}),IF({{difference}}=0,{ok},{differs}),"")'),
    ]


def _summary(register: Register, draft: Draft, row: int, ledger: Ledger, line: PriceLine) -> None:
    """Put what was bought and paid so far against the contract's bounds, with the alarms."""
    words, lot = register.frame.words, register.bid.lot
    volume = register.plan.tender.contract.volumes.get(line.id)
    draft.text(row, 0, words("months_summary"), "section")
    bounds = {
        name: quantity(getattr(volume, name), lot) if volume else None for name in ("minimum", "estimate", "maximum")
    }
    cells = {
        name: _bound(register, draft, row + offset, (name, value))
        for offset, (name, value) in enumerate(bounds.items(), 1)
    }
    cells["cap"] = _bound(register, draft, row + 5, ("cap", register.number("cap_total")), "money")
    for name, offset, column, fmt in (("used", 4, "total", "#,##0.00"), ("paid", 6, "invoiced", "money")):
        draft.text(row + offset, 0, words(f"months_{name}"), "context")
        draft.formula(row + offset, _SUMMARY, f"SUM({ledger.local(column)})", 0, "result", fmt)
        cells[name] = draft.at(row + offset, _SUMMARY)
    for label, own, limit in (("alarm_maximum", "used", "maximum"), ("alarm_budget", "paid", "cap")):
        if cells[limit]:
            register.alarm(words(label), f"IF({cells[own]}>{cells[limit]},1,0)", draft.name)


def _bound(
    register: Register, draft: Draft, row: int, bound: tuple[str, Fraction | Decimal | None], fmt: str = ""
) -> str:
    """Put a bound of the contract, and give its cell from other sheets; empty when there is none."""
    name, value = bound
    draft.text(row, 0, register.frame.words(f"months_{name}"), "context")
    if value is None:
        draft.text(row, _SUMMARY, register.frame.words("no_cap"), "number")
        return ""
    draft.number(row, _SUMMARY, value, fmt)
    return draft.at(row, _SUMMARY)


def _mentor(register: Register, offered: Fraction) -> Sheet:
    """Give the balance of mentor hours, quarter by quarter."""
    words, months = register.frame.words, register.plan.tender.contract.total_months
    begins = register.plan.tender.contract.start
    penalty = register.number("penalty_mentor_hour")
    quarters = -(-months // 3)
    starts = [months_later(begins, 3 * number) for number in range(quarters)]
    columns = [
        Column("quarter", 14, formula=f"EDATE({register.start},3*(ROW()-{{first}}))", fmt="date", start=starts),
        Column("weeks", 20, "number"),
        Column("owed", 16, formula=f'IF(ISNUMBER({{weeks}}),{{weeks}}*{exact(offered)},"")', fmt="#,##0.0"),
        Column("given", 16, "number"),
        Column("balance", 14, formula='IF(COUNT({owed},{given})=2,{given}-{owed},"")', fmt="#,##0.0"),
        *(
            [
                Column(
                    "penalty",
                    18,
                    formula=f'IF(ISNUMBER({{balance}}),MAX(0,-{{balance}})*{exact(penalty)},"")',
                    fmt="money",
                )
            ]
            if penalty is not None
            else []
        ),
        Column("remark", 60, "text"),
    ]
    draft = register.frame.draft("mentor", widths(columns))
    draft.remark(words("mentor_note", offered=format_number(offered, words.language)))
    draft.row += 1
    head = draft.row
    ledger = put_ledger(register.frame, draft, "mentor", columns, quarters)
    balance = address(ledger.first, ledger.columns["balance"])
    draft.highlight(ledger.local("balance").replace("$", ""), f"AND(ISNUMBER({balance}),{balance}<0)", "bad")
    register.alarm(words("alarm_mentor"), f'COUNTIF({ledger.area("balance")},"<0")', draft.name)
    return draft.finish(freeze=(head + 1, 1), repeat=(head, head))
