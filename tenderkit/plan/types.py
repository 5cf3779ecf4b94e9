"""What a plan holds: clauses with their values, requirements, form fields, duties, and one evaluation per lot.

Everything that is written later, in Word or Excel, takes its numbers from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.spec import EvaluationSpec
from tenderkit.library import Library
from tenderkit.library.clause import BidField, Clause, Duty, Parameter, Penalty, Requirement
from tenderkit.library.document import Contract
from tenderkit.problems import Problem
from tenderkit.source import Source
from tenderkit.tender import Agreement, Tender

Value = object  # int, Decimal, str, bool, date, list[str] or list[dict[str, value]], by the parameter's type


@dataclass(frozen=True)
class Resolved:
    """A parameter's value: the same for all lots (key "") or by lot; ``chosen`` when the tender names it.

    ``contested`` when the tender scores what bidders offer above the value, so that the bid decides it.
    """

    name: str
    parameter: Parameter
    by_lot: Mapping[str, Value]
    chosen: bool
    contested: bool = False

    def value(self, lot_id: str = "") -> Value:
        """Give the value for a lot; None when it is not known."""
        return self.by_lot.get(lot_id, self.by_lot.get(""))


@dataclass(frozen=True)
class ChosenClause:
    """A clause in this tender and its values.

    ``reason`` is the officer's; ``required_by`` names the clause that brought this one in, or is empty.
    """

    id: str
    clause: Clause
    reason: str
    values: Mapping[str, Resolved]
    required_by: str = ""


@dataclass(frozen=True)
class FormField:
    """A field that bidders fill in: ``id`` is ``clause.field`` or the id of a criterion scored from text.

    ``floor`` and ``cap`` are by lot for offered numbers. ``criterion`` is the criterion that scores it, or empty.
    """

    id: str
    label: str
    help: str
    kind: str
    unit: str
    decimals: int
    max: int
    floor: Mapping[str, Fraction] = field(default_factory=dict)
    cap: Mapping[str, Fraction] = field(default_factory=dict)
    criterion: str = ""
    number: str = ""
    definition: BidField | None = None


@dataclass(frozen=True)
class RequirementRow:
    """A row of the requirement table with its stable public id, such as ``JG-3``."""

    public_id: str
    clause: str
    requirement: Requirement


@dataclass(frozen=True)
class DutyRow:
    """A dated duty with the clause it comes from."""

    public_id: str
    clause: str
    name: str
    duty: Duty


@dataclass(frozen=True)
class PenaltyRow:
    """A penalty: its amount by lot (key "" for all), in kroner or in per cent of what ``penalty.unit`` names.

    ``cure_days`` are counted in ``cure_unit``, a unit of the vocabulary (working days, or calendar days). The draft of
    an agreement may lack the amount; a tender never does.
    """

    clause: str
    penalty: Penalty
    amount: Mapping[str, Decimal]
    amount_type: str
    cure_days: int
    cure_unit: str


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Chosen clauses and all that follows from them, for a tender as for an agreement.

    ``translated`` holds the texts that stand in another language than the officer's, in the plan of a reading aid.
    """

    source: Source
    library: Library
    clauses: tuple[ChosenClause, ...]
    requirements: tuple[RequirementRow, ...]
    duties: tuple[DutyRow, ...]
    penalties: tuple[PenaltyRow, ...]
    translated: frozenset[str] = frozenset()

    def clause(self, clause_id: str) -> ChosenClause | None:
        """Give a chosen clause, or None."""
        return next((chosen for chosen in self.clauses if chosen.id == clause_id), None)


@dataclass(frozen=True, kw_only=True)
class Plan(Selection):
    """A tender made ready: everything resolved, nothing written yet."""

    tender: Tender
    specs: Mapping[str, EvaluationSpec]
    fields: tuple[FormField, ...]


@dataclass(frozen=True, kw_only=True)
class AgreementPlan(Selection):
    """An agreement made ready. ``open`` is what a draft may still lack and a final agreement may not."""

    agreement: Agreement
    template: Contract
    values: Mapping[str, Resolved]
    open: tuple[Problem, ...] = ()
