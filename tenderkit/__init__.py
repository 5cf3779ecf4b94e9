"""tenderkit: tender documents with social clauses, exact bid scoring, and contracts.

Every command of the command line is a function here: ``tenderkit.check(folder)``, ``tenderkit.build(folder)`` and so
on, each giving an :class:`~tenderkit.api.outcome.Outcome`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tenderkit.api import (
        Outcome,
        advise,
        bids,
        build,
        check,
        clause_check,
        clause_diff,
        clause_list,
        clause_new,
        clause_show,
        contract,
        contract_list,
        contract_new,
        demo,
        formula_value,
        model_draw,
        model_list,
        model_lots,
        model_score,
        model_show,
        model_test,
        new,
        report,
        schema,
        score,
        scoresheets,
        status,
    )
    from tenderkit.problems import Problem, TenderkitError

__version__ = "0.1.0"

__all__ = [
    "Outcome",
    "Problem",
    "TenderkitError",
    "__version__",
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
    """Import what is asked for when it is first asked for (PEP 562)."""
    if name in __all__:
        home = "tenderkit.problems" if name in {"Problem", "TenderkitError"} else "tenderkit.api"
        return getattr(importlib.import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
