"""The forms for bidders: a price list and an answer form for every lot."""

from __future__ import annotations

from tenderkit.excel.answer_sheets import answer_form
from tenderkit.excel.price_sheets import price_list
from tenderkit.excel.sheets import Workbook
from tenderkit.plan import Plan


def forms(plan: Plan) -> dict[str, Workbook]:
    """Give all forms for bidders by file name, lot by lot."""
    made = [form for lot in plan.specs for form in (price_list(plan, lot), answer_form(plan, lot))]
    return {form.file: form for form in made}
