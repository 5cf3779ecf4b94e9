"""The plan: a tender made ready, with every choice resolved and every number in one place."""

from __future__ import annotations

from tenderkit.plan.make import make_plan
from tenderkit.plan.translate import translated
from tenderkit.plan.types import (
    ChosenClause,
    DutyRow,
    FormField,
    PenaltyRow,
    Plan,
    RequirementRow,
    Resolved,
    Value,
)

__all__ = [
    "ChosenClause",
    "DutyRow",
    "FormField",
    "PenaltyRow",
    "Plan",
    "RequirementRow",
    "Resolved",
    "Value",
    "make_plan",
    "translated",
]
