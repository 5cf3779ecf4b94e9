"""The public functions: each command of ``tenderkit`` is one of these."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tenderkit.api.advising import advise
    from tenderkit.api.awarding import contract, report
    from tenderkit.api.building import build
    from tenderkit.api.catalogue import model_list, model_show, schema
    from tenderkit.api.checking import check
    from tenderkit.api.clauses import (
        clause_check,
        clause_diff,
        clause_list,
        clause_new,
        clause_show,
    )
    from tenderkit.api.combining import model_lots
    from tenderkit.api.contracts import contract_list, contract_new
    from tenderkit.api.demonstration import demo
    from tenderkit.api.drawing_lots import model_draw
    from tenderkit.api.formulas import formula_value
    from tenderkit.api.outcome import Outcome
    from tenderkit.api.receiving import bids
    from tenderkit.api.scoring import score, scoresheets
    from tenderkit.api.starting import new, status
    from tenderkit.api.testing import model_test
    from tenderkit.api.trying import model_score

_HOME = {
    "Outcome": "outcome",
    "advise": "advising",
    "bids": "receiving",
    "build": "building",
    "check": "checking",
    "clause_check": "clauses",
    "clause_diff": "clauses",
    "clause_list": "clauses",
    "clause_new": "clauses",
    "clause_show": "clauses",
    "contract": "awarding",
    "contract_list": "contracts",
    "contract_new": "contracts",
    "demo": "demonstration",
    "formula_value": "formulas",
    "model_draw": "drawing_lots",
    "model_list": "catalogue",
    "model_lots": "combining",
    "model_score": "trying",
    "model_show": "catalogue",
    "model_test": "testing",
    "new": "starting",
    "report": "awarding",
    "schema": "catalogue",
    "score": "scoring",
    "scoresheets": "scoring",
    "status": "starting",
}

__all__ = [
    "Outcome",
    "advise",
    "bids",
    "build",
    "check",
    "clause_check",
    "clause_diff",
    "clause_list",
    "clause_new",
    "clause_show",
    "contract",
    "contract_list",
    "contract_new",
    "demo",
    "formula_value",
    "model_draw",
    "model_list",
    "model_lots",
    "model_score",
    "model_show",
    "model_test",
    "new",
    "report",
    "schema",
    "score",
    "scoresheets",
    "status",
]


def __getattr__(name: str) -> Any:
    """Import a public function when it is first used, so that start-up stays light (PEP 562)."""
    if name in _HOME:
        return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
