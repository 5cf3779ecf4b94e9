"""What the offered numbers and the quotas of a contract mean in hours a year: a help for bidders, never scored."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from tenderkit.excel.bidform import BidForm
from tenderkit.excel.draft import Draft
from tenderkit.excel.fields import NOT_NEGATIVE, rule_for
from tenderkit.excel.sheets import Field, Scalar, Sheet, address
from tenderkit.plan import FormField, Plan
from tenderkit.quantities import format_number

WIDTHS = (64, 18, 26, 70)
WEEKS = 52


def calculator(form: BidForm, offers: Mapping[str, str]) -> Sheet:
    """Give the calculator; ``offers`` names the cell of each offered number by field id."""
    words, plan, lot = form.frame.words, form.frame.plan, form.frame.part
    draft = form.frame.draft("calculator", WIDTHS)
    draft.remark(words("calculator_intro"))
    draft.row += 1
    draft.row = draft.section(words("section_assumptions"))
    draft.headings(draft.row, [words(name) for name in ("item", "value", "unit", "explanation")])
    draft.row += 1
    places = places_of(plan, lot)
    places_cell = _assumed(form, draft, "places", places, words.unit("places")) if places else ""
    weeks_cell = _assumed(form, draft, "weeks", WEEKS, words("calc_weeks_unit"))
    staff_cell = _assumed(form, draft, "ratio", None, words("calc_ratio_unit")) if places else ""
    draft.row += 1
    draft.row = draft.section(words("section_meaning"))
    draft.headings(draft.row, [words(name) for name in ("item", "value", "unit", "explanation")])
    draft.row += 1
    for field in plan.fields:
        if field.id in offers:
            _meaning(form, draft, field, offers[field.id], (places_cell, weeks_cell))
    _quotas(form, draft)
    if staff_cell:
        _ratio(form, draft, staff_cell)
    return draft.finish()


def places_of(plan: Plan, lot: str) -> int:
    """Give how many places the clause with places asks for in a lot; 0 when no chosen clause has any."""
    for chosen in plan.clauses:
        for resolved in chosen.values.values():
            value = resolved.value(lot)
            if resolved.parameter.unit == "places" and isinstance(value, int):
                return value
    return 0


def _assumed(form: BidForm, draft: Draft, name: str, value: Scalar, unit: str) -> str:
    """Put a yellow assumption that may be changed, and give its cell."""
    words, row = form.frame.words, draft.row
    field = Field(f"calc.{name}", "number", words(f"calc_{name}"), required=False, decimals=1)
    draft.text(row, 0, field.label)
    draft.input(
        row,
        1,
        field,
        rule_for(words, field, NOT_NEGATIVE, unit),
        fmt="#,##0.#" if value is None else "#,##0",
        value=value,
    )
    draft.text(row, 2, unit)
    draft.text(row, 3, words(f"calc_{name}_note"))
    draft.row += 1
    return address(row, 1, fixed=True)


def _result(draft: Draft, label: str, formula: str, value: Scalar, unit: str, note: str) -> None:
    row = draft.row
    draft.text(row, 0, label)
    draft.formula(row, 1, formula, value, "result", "#,##0")
    draft.text(row, 2, unit)
    draft.text(row, 3, note)
    draft.row += 1


def _meaning(form: BidForm, draft: Draft, field: FormField, offer: str, cells: tuple[str, str]) -> None:
    """Show what one offered number means, by its unit; a unit without a meaning in a year is left out."""
    words = form.frame.words
    places, weeks = cells
    hours = words("calc_hours_year")
    if field.unit == "hours_per_participant_week" and places:
        formula = f'IF(COUNT({offer},{places},{weeks})=3,{offer}*{places}*{weeks},"")'
        _result(
            draft,
            words("calc_per_participant", label=field.label),
            formula,
            "",
            hours,
            words("calc_per_participant_note"),
        )
    elif field.unit == "hours_per_week":
        formula = f'IF(COUNT({offer},{weeks})=2,{offer}*{weeks},"")'
        _result(draft, words("calc_per_week", label=field.label), formula, "", hours, words("calc_per_week_note"))
    elif field.unit == "months":
        _result(
            draft,
            words("calc_months", label=field.label),
            f'IF(ISNUMBER({offer}),{offer},"")',
            "",
            words.unit("months"),
            words("calc_months_note"),
        )


def _quotas(form: BidForm, draft: Draft) -> None:
    """Show each quota in full-time equivalents as hours a year, by the norm of its clause."""
    words, plan, lot = form.frame.words, form.frame.plan, form.frame.part
    for chosen in plan.clauses:
        norm = next(
            (
                number
                for name, resolved in chosen.values.items()
                if name.startswith("norm_hours") and (number := _number(resolved.value(lot)))
            ),
            None,
        )
        for resolved in chosen.values.values():
            quota = _number(resolved.value(lot)) if resolved.parameter.unit == "fte_years_per_year" else None
            if norm is None or quota is None:
                continue
            shown = {"quota": format_number(quota, words.language), "norm": format_number(norm, words.language)}
            label = words("calc_quota", label=chosen.clause.title[words.language])
            row = draft.row
            draft.text(row, 0, label)
            draft.number(row, 1, quota * norm, "#,##0", style="result")
            draft.text(row, 2, words("calc_hours_year"))
            draft.text(row, 3, words("calc_quota_note", **shown))
            draft.row += 1


def _number(value: object) -> Fraction | None:
    """Give a parameter's value as a number; None when it is none."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Fraction(value)
    return None


def ratio_formula(staff: str) -> str:
    """Give how many may be in placement or wage subsidy at a time, from the ordinary staff of a production unit.

    One for every five up to 50, then one for every ten, at least one. Source: the order on employment measures as
    quoted in the field's guides (partly verified; to be confirmed for the year in question).
    """
    return f"IF({staff}<=50,MAX(1,INT({staff}/5)),10+INT(({staff}-50)/10))"


def _ratio(form: BidForm, draft: Draft, staff: str) -> None:
    words = form.frame.words
    formula = f'IF(ISNUMBER({staff}),{ratio_formula(staff)},"")'
    _result(draft, words("calc_ratio_result"), formula, "", words("calc_ratio_unit"), words("calc_ratio_result_note"))
