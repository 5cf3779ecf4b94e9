"""Excel workbooks: bidders' forms, score sheets, consensus, result and register of duties; written, and read back.

Nothing is imported before it is used: XlsxWriter and openpyxl are slow to import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tenderkit.excel.answer_sheets import answer_form
    from tenderkit.excel.bid_forms import forms
    from tenderkit.excel.bids import bid_from, grounds_for
    from tenderkit.excel.consensus_workbook import consensus, consensus_from
    from tenderkit.excel.differences import compare, identify
    from tenderkit.excel.duties import duty_register
    from tenderkit.excel.filler import fill
    from tenderkit.excel.issued import Facts, facts
    from tenderkit.excel.lots_sheets import lots_workbook
    from tenderkit.excel.price_sheets import price_list
    from tenderkit.excel.reader import Values, read
    from tenderkit.excel.result_workbook import result
    from tenderkit.excel.scoresheet import score_sheet, scores_from
    from tenderkit.excel.sheets import Workbook
    from tenderkit.excel.writer import write

__all__ = [
    "Facts",
    "Values",
    "Workbook",
    "answer_form",
    "bid_from",
    "compare",
    "consensus",
    "consensus_from",
    "duty_register",
    "facts",
    "fill",
    "forms",
    "grounds_for",
    "identify",
    "lots_workbook",
    "price_list",
    "read",
    "result",
    "score_sheet",
    "scores_from",
    "write",
]

# No module has the name of a function here: importing it would put the module in the function's place.
_HOMES = {
    "Facts": "issued",
    "Values": "reader",
    "Workbook": "sheets",
    "answer_form": "answer_sheets",
    "bid_from": "bids",
    "compare": "differences",
    "consensus": "consensus_workbook",
    "consensus_from": "consensus_workbook",
    "duty_register": "duties",
    "facts": "issued",
    "fill": "filler",
    "forms": "bid_forms",
    "grounds_for": "bids",
    "identify": "differences",
    "lots_workbook": "lots_sheets",
    "price_list": "price_sheets",
    "read": "reader",
    "result": "result_workbook",
    "score_sheet": "scoresheet",
    "scores_from": "scoresheet",
    "write": "writer",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
