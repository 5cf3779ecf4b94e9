"""The numbers that bidders offered, shown to evaluators so that they can judge whether an answer is realistic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tenderkit.evaluation.spec import Bid
from tenderkit.excel.answer_sheets import leaf_of
from tenderkit.excel.calculator import places_of
from tenderkit.excel.frame import Frame
from tenderkit.excel.sheets import Sheet, address


def figures(frame: Frame, lots: Mapping[str, Sequence[Bid]]) -> list[Sheet]:
    """Give the sheet with the offered numbers; none when no number is offered."""
    words, plan = frame.words, frame.plan
    fields = [
        field
        for field in plan.fields
        if field.kind in {"number", "count"} and any(leaf_of(spec, field) for spec in plan.specs.values())
    ]
    if not fields:
        return []
    weekly = [field for field in fields if field.unit == "hours_per_participant_week"]
    draft = frame.draft("figures", (30, 36, *(24 for _ in fields), *(28 for _ in weekly)))
    draft.remark(words("figures_intro"))
    draft.row += 1
    heads = [f"{field.number} {field.label} ({words.unit(field.unit)})".strip() for field in fields]
    more = [words("figures_all", label=field.label) for field in weekly]
    draft.headings(draft.row, [words("figures_lot"), words("bidder"), *heads, *more])
    head = draft.row
    for lot, bids in lots.items():
        places = places_of(plan, lot)
        for bid in bids:
            draft.row += 1
            draft.text(draft.row, 0, plan.specs[lot].lot_title)
            draft.text(draft.row, 1, bid.name)
            at: dict[str, tuple[str, Decimal]] = {}
            for column, field in enumerate(fields, start=2):
                offer = bid.offers.get(field.criterion)
                if offer is None:
                    draft.text(draft.row, column, "")
                else:
                    draft.number(draft.row, column, offer)
                    at[field.id] = (address(draft.row, column), offer)
            for column, field in enumerate(weekly, start=2 + len(fields)):
                if field.id in at and places:
                    cell, offer = at[field.id]
                    draft.formula(draft.row, column, f"{cell}*{places}", offer * places, "number", "#,##0.0")
                else:
                    draft.text(draft.row, column, "")
    return [draft.finish(freeze=(head + 1, 2), repeat=(head, head))]
