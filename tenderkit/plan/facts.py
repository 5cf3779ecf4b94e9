"""What is true of a tender, by name: the circumstances under which a question belongs in the checklist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from tenderkit.plan.types import ChosenClause, Plan


def _schemes(plan: Plan) -> frozenset[str]:
    return frozenset(scheme for chosen in plan.clauses for scheme in chosen.clause.schemes)


def _unpaid(plan: Plan) -> bool:
    """Tell whether a clause builds on a scheme without wage that counts in the ratio rule: a work placement."""
    known = plan.library.vocabulary.schemes
    return any(known[name].ratio and not known[name].paid for name in _schemes(plan) if name in known)


def _net_extra(plan: Plan) -> bool:
    known = plan.library.vocabulary.schemes
    return any(known[name].net_extra for name in _schemes(plan) if name in known)


def _topic(plan: Plan, topic: str) -> bool:
    return any(chosen.clause.topic == topic for chosen in plan.clauses)


def _has_parameter(plan: Plan, name: str) -> Iterator[ChosenClause]:
    return (chosen for chosen in plan.clauses if name in chosen.values)


def _public_service(plan: Plan) -> bool:
    reserved = plan.tender.procedure.reserved
    return reserved is not None and reserved.basis == "public-service"


_FACTS: Mapping[str, Callable[[Plan], bool]] = MappingProxyType(
    {
        "services": lambda plan: plan.tender.contract.kind in {"services", "mixed"},
        "works": lambda plan: plan.tender.contract.kind in {"works", "mixed"},
        "in-denmark": lambda plan: plan.tender.contract.place != "abroad",
        "light": lambda plan: plan.tender.procedure.type == "light",
        "above-threshold": lambda plan: plan.tender.procedure.type != "below-threshold",
        "below-threshold": lambda plan: plan.tender.procedure.type == "below-threshold",
        "reserved": lambda plan: plan.tender.procedure.reserved is not None,
        "public-service": _public_service,
        "one-lot": lambda plan: len(plan.tender.lots) == 1,
        "market-dialogue": lambda plan: plan.tender.procedure.market_dialogue.held,
        "bidder-prepared": lambda plan: plan.tender.procedure.market_dialogue.bidder_took_part,
        "transfer": lambda plan: plan.tender.contract.transfer_of_undertaking,
        "no-transfer": lambda plan: not plan.tender.contract.transfer_of_undertaking,
        "training-omitted": lambda plan: plan.tender.training_duty_omitted is not None,
        "training-price": lambda plan: any(line.training for line in plan.tender.price_lines.values()),
        "training-clause": lambda plan: _topic(plan, "training"),
        "labour-clause": lambda plan: _topic(plan, "labour"),
        "social-clauses": lambda plan: bool(plan.clauses),
        "placement": _unpaid,
        "wage-subsidy": _net_extra,
        "penalties": lambda plan: bool(plan.penalties),
        "reports": lambda plan: any(True for _ in _has_parameter(plan, "retention_months")),
    }
)

#: Every name that a condition may use.
NAMES = frozenset(_FACTS)


def facts(plan: Plan) -> frozenset[str]:
    """Give the names of all that is true of a tender."""
    return frozenset(name for name, holds in _FACTS.items() if holds(plan))
