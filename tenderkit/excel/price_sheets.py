"""C1, the price list of a lot: unit prices, the evaluated price they give, and the unscored control calculation."""

from __future__ import annotations

from fractions import Fraction

from tenderkit.evaluation.spec import EvaluationSpec, PriceLine
from tenderkit.excel.bidform import INPUT_TAB, BidForm
from tenderkit.excel.draft import Draft
from tenderkit.excel.fields import ABOVE_ZERO, NOT_NEGATIVE, Bounds
from tenderkit.excel.sheets import Field, Sheet, Workbook, address, area, quoted
from tenderkit.excel.styles import fitting_format
from tenderkit.plan import Plan
from tenderkit.tender import quantity

PRICE_WIDTHS = (8, 46, 18, 15, 20, 20, 24, 22)
CONTROL_WIDTHS = (66, 20, 26, 22)
_QUANTITY, _CEILING, _PRICE, _SUM, _STATUS = 3, 4, 5, 6, 7


def price_list(plan: Plan, lot: str) -> Workbook:
    """Give the price list of a lot."""
    form = BidForm.of(plan, "price-list", lot)
    front = form.front()
    prices, cells = _prices(form, plan.specs[lot])
    return form.finish(front, [prices, _control(form, plan.specs[lot], cells)])


def _prices(form: BidForm, spec: EvaluationSpec) -> tuple[Sheet, dict[str, str]]:
    """Give the sheet with the prices, and from other sheets the cell of each unit price."""
    words = form.frame.words
    draft = form.frame.draft("prices", PRICE_WIDTHS)
    draft.remark(words("prices_intro"))
    head = draft.row + 1
    names = ("line", "line_label", "line_unit", "line_quantity", "line_ceiling", "line_price", "line_sum", "status")
    draft.headings(head, [words(name) for name in names])
    for number, line in enumerate(spec.price_lines):
        _line(form, draft, head + 1 + number, line)
    first, last = head + 1, head + len(spec.price_lines)
    total = last + 1
    for column in (0, 2, _QUANTITY, _CEILING, _STATUS):
        draft.text(total, column, "", "strong")
    draft.text(total, 1, words("total"), "strong")
    typed, sums = (area((first, column), (last, column), fixed=False) for column in (_PRICE, _SUM))
    draft.text(total, _PRICE, "", "strong")
    draft.formula(total, _SUM, f'IF(COUNT({typed})={len(spec.price_lines)},SUM({sums}),"")', "", "result", "money")
    draft.row = total + 2
    for line in spec.price_lines:
        _phases(form, draft, line)
    cells = {line.id: draft.at(first + number, _PRICE) for number, line in enumerate(spec.price_lines)}
    return draft.finish(freeze=(head + 1, 2), repeat=(head, head), colour=INPUT_TAB), cells


def _line(form: BidForm, draft: Draft, row: int, line: PriceLine) -> None:
    words = form.frame.words
    unit = words.unit(line.unit, one=True)
    draft.text(row, 0, line.id)
    draft.text(row, 1, line.label)
    draft.text(row, 2, words.unit(line.unit))
    draft.number(row, _QUANTITY, line.quantity)
    if line.ceiling is None:
        draft.text(row, _CEILING, words("no_ceiling"), "number")
    else:
        draft.number(row, _CEILING, line.ceiling, "money")
    label = words("price_of", line=line.id, label=line.label)
    bounds = Bounds(
        ABOVE_ZERO.low, line.ceiling, above=True, low_word=ABOVE_ZERO.low_word, high_word="status_above_ceiling"
    )
    field = Field(f"price.{line.id}", "number", label, decimals=2)
    unit_text = words("unit_dkk_per", unit=unit)
    form.typed(draft, row, _PRICE, field, status_column=_STATUS, bounds=bounds, unit=unit_text, fmt="money")
    price, amount = address(row, _PRICE), address(row, _QUANTITY)
    draft.formula(row, _SUM, f'IF(ISNUMBER({price}),{amount}*{price},"")', "", "number", "money")


def _phases(form: BidForm, draft: Draft, line: PriceLine) -> None:
    """Show how the quantity of a line paid in phases is calculated, and how it is invoiced."""
    words = form.frame.words
    about = form.frame.plan.tender.price_lines.get(line.id)
    if about is None:
        return
    if about.phases:
        draft.row = draft.section(words("section_phases", line=line.id))
        draft.remark(words("phases_intro"))
        names = ("phase_factor", "phase_quantity", "phase_weighted")
        draft.headings(draft.row, ["", words("phase"), *(words(name) for name in names)])
        first = draft.row + 1
        total = Fraction(0)
        for number, phase in enumerate(about.phases, start=1):
            row = draft.row = draft.row + 1
            units = Fraction(quantity(phase.quantity, form.frame.part) or 0)
            factor = Fraction(phase.factor)
            total += units * factor
            draft.text(row, 0, str(number))
            draft.text(row, 1, phase.title)
            draft.number(row, 2, factor, "0.00")
            draft.number(row, 3, units)
            draft.formula(row, 4, f"{address(row, 2)}*{address(row, 3)}", units * factor, fmt="#,##0.0##")
        weighted = area((first, 4), (draft.row, 4), fixed=False)
        draft.row += 1
        for column in (0, 2, 3):
            draft.text(draft.row, column, "", "strong")
        draft.text(draft.row, 1, words("phase_sum"), "strong")
        draft.formula(draft.row, 4, f"SUM({weighted})", total, "result", fitting_format(total))
        draft.row += 2
    if about.invoicing:
        draft.remark(words("invoicing", line=line.id, text=about.invoicing))
        draft.row += 1


def _control(form: BidForm, spec: EvaluationSpec, prices: dict[str, str]) -> Sheet:
    """Give the control calculation: hours and labour cost, and each training price split into what it covers."""
    words = form.frame.words
    draft = form.frame.draft("control", CONTROL_WIDTHS)
    draft.remark(words("control_intro"))
    draft.row += 1
    _operation(form, draft, spec, prices)
    for line, prefix in training_lines(form.frame.plan, spec):
        _split(form, draft, line, prefix, prices[line.id])
    return draft.finish(colour=INPUT_TAB)


def training_lines(plan: Plan, spec: EvaluationSpec) -> list[tuple[PriceLine, str]]:
    """Give the lines that pay for training, with what the keys of their control calculation begin with."""
    lines = [line for line in spec.price_lines if line.id in plan.tender.price_lines]
    training = [line for line in lines if plan.tender.price_lines[line.id].training]
    if len(training) == 1:
        return [(training[0], "control.training-")]
    return [(line, f"control.training-{line.id}-") for line in training]


def _headings(form: BidForm, draft: Draft) -> None:
    draft.headings(draft.row, [form.frame.words(name) for name in ("item", "amount", "unit", "status")])
    draft.row += 1


def _amount(form: BidForm, draft: Draft, key: str, label: str, unit: str) -> str:
    """Put a line to fill in, and give its cell."""
    row = draft.row
    draft.text(row, 0, label)
    field = Field(key, "number", form.frame.words("control_of", label=label), decimals=2)
    form.typed(draft, row, 1, field, status_column=3, bounds=NOT_NEGATIVE, fmt="#,##0.00")
    draft.text(row, 2, unit)
    draft.row += 1
    return address(row, 1)


def _calculated(draft: Draft, label: str, formula: str, unit: str, fmt: str = "#,##0.00") -> str:
    """Put a line that is calculated, blank as long as something it needs is."""
    row = draft.row
    draft.text(row, 0, label)
    draft.formula(row, 1, formula, "", "number", fmt)
    draft.text(row, 2, unit)
    draft.row += 1
    return address(row, 1)


def _operation(form: BidForm, draft: Draft, spec: EvaluationSpec, prices: dict[str, str]) -> None:
    words = form.frame.words
    draft.row = draft.section(words("section_operation"))
    _headings(form, draft)
    hours = _amount(form, draft, "control.hours", words("production_hours"), words("unit_hours_year"))
    wage = _amount(form, draft, "control.wages", words("wage_per_hour"), words("unit_dkk_hour"))
    cost = _calculated(
        draft, words("wage_total"), f'IF(COUNT({hours},{wage})=2,{hours}*{wage},"")', words("unit_dkk_year")
    )
    for line in spec.price_lines:
        if line.unit == "year":
            price = prices[line.id]
            formula = f'IF(AND(ISNUMBER({cost}),ISNUMBER({price})),IF({price}>0,{cost}/{price},""),"")'
            _calculated(draft, words("wage_share", line=line.id), formula, "%", "percent")
    draft.row += 1


def _split(form: BidForm, draft: Draft, line: PriceLine, prefix: str, price: str) -> None:
    words = form.frame.words
    unit = words("unit_dkk_per", unit=words.unit(line.unit, one=True))
    draft.row = draft.section(words("section_split", line=line.id, label=line.label))
    _headings(form, draft)
    parts = [
        _amount(
            form,
            draft,
            prefix + part,
            words("split_of", line=line.id, label=words(f"split_{part}")),
            unit,
        )
        for part in ("wages", "mentor", "overhead")
    ]
    cells = f"{parts[0]}:{parts[-1]}"
    total = _calculated(draft, words("split_sum"), f'IF(COUNT({cells})=3,SUM({cells}),"")', unit)
    asked = _calculated(draft, words("split_price"), f'IF(ISNUMBER({price}),{price},"")', unit)
    ok, missing, differs = (quoted(words(name)) for name in ("status_ok", "status_missing", "status_differs"))
    same = f"IF(COUNT({total},{asked})<2,{missing},IF(ABS({total}-{asked})<0.005,{ok},{differs}))"
    draft.text(draft.row, 0, words("split_check"), "strong")
    for column in (1, 2):
        draft.text(draft.row, column, "", "strong")
    label = words("control_of", label=words("split_check"))
    form.checked(draft, draft.row, 3, label, address(draft.row, 3), (same, words("status_missing")))
    draft.row += 2
