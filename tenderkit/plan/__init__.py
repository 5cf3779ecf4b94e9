"""The plan: a tender or an agreement made ready, with every choice resolved and every number in one place."""

from __future__ import annotations

from tenderkit.plan.agreement import make_agreement
from tenderkit.plan.lots import lot_limit
from tenderkit.plan.make import make_plan
from tenderkit.plan.translate import translated, translated_agreement
from tenderkit.plan.types import (
    AgreementPlan,
    ChosenClause,
    DutyRow,
    FormField,
    PenaltyRow,
    Plan,
    RequirementRow,
    Resolved,
    Selection,
    Value,
)

__all__ = [
    "AgreementPlan",
    "ChosenClause",
    "DutyRow",
    "FormField",
    "PenaltyRow",
    "Plan",
    "RequirementRow",
    "Resolved",
    "Selection",
    "Value",
    "lot_limit",
    "make_agreement",
    "make_plan",
    "translated",
    "translated_agreement",
]
