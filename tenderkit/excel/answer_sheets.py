"""C2, the answer form of a lot: quality answers, offered numbers, partner, and a calculator. It holds no prices."""

from __future__ import annotations

from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.excel.bidform import INPUT_TAB, BidForm
from tenderkit.excel.calculator import calculator
from tenderkit.excel.draft import Draft
from tenderkit.excel.fields import Bounds, exact
from tenderkit.excel.sheets import Field, Sheet, Workbook, address, area, quoted
from tenderkit.plan import FormField, Plan
from tenderkit.quantities import format_number, format_percent

ANSWER_WIDTHS = (22, 112, 22)
OFFER_WIDTHS = (8, 46, 28, 16, 16, 16, 14, 26)
PARTNER_WIDTHS = (52, 70, 26)
_FLOOR, _CAP, _OFFER, _COUNTS, _STATUS = 3, 4, 5, 6, 7
_CHARS_A_CELL = 600
_CELLS = (4, 12)


def answer_form(plan: Plan, lot: str) -> Workbook:
    """Give the answer form of a lot."""
    form = BidForm.of(plan, "answer-form", lot)
    spec = plan.specs[lot]
    front = form.front()
    own = [field for field in plan.fields if field.definition is None]
    social = [field for field in plan.fields if field.definition is not None]
    sheets: list[Sheet] = []
    if own:
        sheets.append(_answers(form, "quality", own, spec))
    offers: dict[str, str] = {}
    if any(field.kind != "text" for field in social):
        sheet, offers = _social(form, social, spec)
        sheets.append(sheet)
    if plans := [field for field in social if field.kind == "text"]:
        sheets.append(_answers(form, "plan", plans, spec))
    sheets += [_partner(form), calculator(form, offers)]
    return form.finish(front, sheets)


def value_key(field: FormField) -> str:
    """Give the key under which a field's value is read: by the criterion that scores it, else by its own id."""
    kind = "answer" if field.kind == "text" else "offer" if field.kind in {"number", "count"} else "commitment"
    return f"{kind}.{field.criterion or field.id}"


def leaf_of(spec: EvaluationSpec, field: FormField) -> Criterion | None:
    """Give the criterion that scores a field, when there is one."""
    return next((leaf for leaf in spec.leaves() if leaf.id == field.criterion), None) if field.criterion else None


def requirement_of(plan: Plan, field: FormField, leaf: Criterion | None) -> str:
    """Give the public id of the requirement that a field answers, such as ``JG-18``; empty when none does.

    They join by the point that states them: the duty with the offered parameter's value, or the point of that name.
    """
    clause, name = (leaf.clause, leaf.field) if leaf is not None else tuple(field.id.split(".", 1))[:2]
    offers = field.definition.offers if field.definition else ""
    points = {row.duty.point for row in plan.duties if row.clause == clause and offers and row.duty.value == offers}
    rows = [row for row in plan.requirements if row.clause == clause]
    found = [row.public_id for row in rows if row.requirement.point in (points or {name})]
    return ", ".join(found)


def _answers(form: BidForm, key: str, fields: list[FormField], spec: EvaluationSpec) -> Sheet:
    words = form.frame.words
    draft = form.frame.draft(key, ANSWER_WIDTHS)
    draft.remark(words("answers_intro"))
    draft.row += 1
    for field in fields:
        _answer(form, draft, field, spec)
    return draft.finish(colour=INPUT_TAB)


def _answer(form: BidForm, draft: Draft, field: FormField, spec: EvaluationSpec) -> None:
    """Put a question with what is considered, a live count of characters, and the cells for the answer."""
    words, plan = form.frame.words, form.frame.plan
    leaf = leaf_of(spec, field)
    requirement = requirement_of(plan, field, leaf)
    about = [field.label]
    if leaf is not None:
        about.append(words("weight", weight=format_percent(leaf.share * 100, words.language)))
    if requirement:
        about.append(words("requirement", id=requirement))
    draft.headings(draft.row, (field.number or words("answer"), " · ".join(about), words("status")))
    draft.row += 1
    for label, text in (("looks_for", leaf.looks_for if leaf else ""), ("help", field.help)):
        if text and not (label == "help" and leaf is not None and text == leaf.looks_for):
            draft.text(draft.row, 0, words(label), "small")
            draft.text(draft.row, 1, text, "small")
            draft.row += 1
    rows = min(max(_CELLS[0], -(-field.max // _CHARS_A_CELL)), _CELLS[1])
    first = draft.row + 1
    cells = area((first, 1), (first + rows - 1, 1), fixed=False)
    draft.text(draft.row, 1, words("characters", max=format_number(field.max, words.language)), "small")
    draft.formula(draft.row, 2, f"SUMPRODUCT(LEN({cells}))", 0, "number", "#,##0")
    typed = Field(value_key(field), "text", words("answer_of", label=field.label), max_chars=field.max)
    form.typed(draft, first, 1, typed, status_column=2, rows=rows)
    for number in range(rows):
        draft.text(first + number, 0, words("answer") if number == 0 else "", "small")
    draft.row = first + rows + 1


def _social(form: BidForm, fields: list[FormField], spec: EvaluationSpec) -> tuple[Sheet, dict[str, str]]:
    """Give the sheet with the social offer, and from other sheets the cell of each offered number by field id."""
    words = form.frame.words
    numbers = [field for field in fields if field.kind in {"number", "count"}]
    draft = form.frame.draft("offer", OFFER_WIDTHS)
    cells: dict[str, str] = {}
    if numbers:
        draft.remark(words("offer_intro"))
        draft.row += 1
        names = ("number", "what", "unit", "floor", "cap", "offered", "counts_as", "status")
        draft.headings(draft.row, [words(name) for name in names])
        for field in numbers:
            draft.row += 1
            _number(form, draft, field, spec)
            cells[field.id] = draft.at(draft.row, _OFFER)
        draft.row += 2
    _commitments(form, draft, [field for field in fields if field.kind == "yes-no"])
    return draft.finish(colour=INPUT_TAB), cells


def _number(form: BidForm, draft: Draft, field: FormField, spec: EvaluationSpec) -> None:
    words, row, lot = form.frame.words, draft.row, form.frame.part
    floor, cap = field.floor.get(lot, field.floor.get("")), field.cap.get(lot, field.cap.get(""))
    leaf = leaf_of(spec, field)
    lower = leaf is not None and leaf.better == "lower"
    requirement = requirement_of(form.frame.plan, field, leaf)
    about = [field.label, words("requirement", id=requirement) if requirement else "", field.help]
    draft.text(row, 0, field.number)
    draft.text(row, 1, "\n".join(part for part in about if part))
    draft.text(row, 2, words.unit(field.unit))
    for column, limit in ((_FLOOR, floor), (_CAP, cap)):
        if limit is None:
            draft.text(row, column, words("none"), "number")
        else:
            draft.number(row, column, limit)
    bounds = (
        Bounds(high=floor, high_word="status_above_floor")
        if lower
        else Bounds(low=floor, low_word="status_below_floor")
    )
    decimals = 0 if field.kind == "count" else field.decimals
    typed = Field(value_key(field), "number", words("offer_of", label=field.label), decimals=decimals)
    form.typed(
        draft,
        row,
        _OFFER,
        typed,
        status_column=_STATUS,
        bounds=bounds,
        unit=words.unit(field.unit),
        fmt="0" + ("." + "0" * decimals if decimals else ""),
    )
    offer = address(row, _OFFER)
    counted = offer if cap is None else f"{'MAX' if lower else 'MIN'}({offer},{exact(cap)})"
    draft.formula(row, _COUNTS, f'IF(ISNUMBER({offer}),{counted},"")', "", "number", "#,##0.##")


def _commitments(form: BidForm, draft: Draft, fields: list[FormField]) -> None:
    words = form.frame.words
    if not fields:
        return
    draft.row = draft.section(words("section_commitments"))
    for field in fields:
        draft.text(draft.row, 0, field.number)
        draft.text(draft.row, 1, "\n".join(part for part in (field.label, field.help) if part))
        typed = Field(value_key(field), "yes-no", words("declared_of", label=field.label))
        form.typed(draft, draft.row, _OFFER, typed, status_column=_STATUS)
        draft.row += 1


def _partner(form: BidForm) -> Sheet:
    """Give the sheet for a partner, with a declaration of support that fills itself in."""
    words = form.frame.words
    draft = form.frame.draft("partner", PARTNER_WIDTHS)
    draft.remark(words("partner_intro"))
    draft.row += 1
    draft.headings(draft.row, (words("check_field"), words("answer"), words("status")))
    draft.row += 1
    used = address(draft.row, 1, fixed=True)
    form.line(draft, Field("partner.used", "yes-no", words("partner_used")))
    name = address(draft.row, 1)
    form.line(draft, _partner_field(form, "name", 200), when=used)
    form.line(draft, Field("partner.cvr", "text", words("partner_cvr"), required=False, max_chars=40))
    role = address(draft.row, 1)
    form.line(draft, _partner_field(form, "role", 1500), when=used)
    form.line(draft, _partner_field(form, "signatory", 200), when=used)
    declared = Field("partner.declaration", "yes-no", words("partner_declaration"), when="partner.used")
    form.line(draft, declared, when=used)
    draft.row += 1
    draft.row = draft.section(words("section_declaration"))
    _declaration(form, draft, (name, role, form.cells["bidder.name"]), used)
    return draft.finish(landscape=False, colour=INPUT_TAB)


def _partner_field(form: BidForm, key: str, most: int) -> Field:
    return Field(f"partner.{key}", "text", form.frame.words(f"partner_{key}"), when="partner.used", max_chars=most)


def _declaration(form: BidForm, draft: Draft, cells: tuple[str, str, str], used: str) -> None:
    words = form.frame.words
    gaps = [words(f"declaration_{name}") for name in ("partner", "role", "bidder")]
    partner, role, bidder = (f'IF({cell}="",{quoted(gap)},{cell})' for cell, gap in zip(cells, gaps, strict=True))
    said = [words(f"declaration_{number}") for number in (1, 2, 3)]
    parts = (partner, quoted(f" {said[0]} "), bidder, quoted(f" {said[1]} "), role, quoted(f". {said[2]}"))
    text = "&".join(parts)
    draft.formula(draft.row, 1, f'IF({used}={quoted(words.yes)},{text},"")', "", "label")
    draft.height(draft.row, 150)
    draft.text(draft.row, 0, "")
