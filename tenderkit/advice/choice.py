"""Which clauses the proposed tender chooses, with the numbers that the answers give them, and why each is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tenderkit.advice import Advice, content
from tenderkit.advice.places import COHORT, Places
from tenderkit.advice.sentence import Sentence
from tenderkit.advice.trainees import STATED, WEEKS, Trainees
from tenderkit.advice.verdicts import Reason, Verdict, by_id
from tenderkit.calculation.cohort import participant_months
from tenderkit.library.clause import Clause, Parameter
from tenderkit.quantities import Language

_LEVEL = "middle"
_PLAN = "plan"
_HUNDRED = 100
_TEXTS = frozenset({"text", "list"})
_SCORED, _TRAINING = "award-criterion", "training"


def chosen(advice: Advice) -> list[str]:
    """Give the clauses of the proposed tender: of each group the first that fits, with all that it requires.

    A clause on training is chosen although it is only a maybe where the duty applies: leaving it out needs a ground.
    """
    found = by_id(advice.verdicts)
    known = advice.library.ids("clause")
    names: list[str] = []
    for group in content.proposal(advice.library).groups:
        first = next((name for name in group if name in found and _fits(found[name], advice)), None)
        names += [first] if first else []
    for name in names:
        names += [item for item in found[name].clause.requires if item in known and item not in names]
    return names


def _fits(verdict: Verdict, advice: Advice) -> bool:
    duty = verdict.clause.topic == _TRAINING and bool(advice.facts["duty"])
    return verdict.in_tender and (verdict.answer == "yes" or (duty and verdict.answer == "maybe"))


def others(advice: Advice, names: list[str]) -> list[Verdict]:
    """Give the clauses for tenders that fit too and are not chosen."""
    return [item for item in advice.with_answer("yes") if item.in_tender and item.id not in names]


def reasons(advice: Advice, names: list[str], language: Language) -> dict[str, str]:
    """Give why each chosen clause is there: what the answers say for it, or which clauses require it."""
    found = by_id(advice.verdicts)
    text = content.proposal(advice.library).texts["reason_required"][language]
    given = {}
    for name in names:
        why = [said(reason, advice, language) for reason in found[name].deciding]
        needing = [other for other in names if name in found[other].clause.requires]
        titles = ", ".join(f"»{found[other].clause.title[language]}«" for other in needing)
        needed = found[name].answer != "yes" or not why
        given[name] = text.format(clauses=titles) if needed and needing else " ".join(why)
    return given


def said(reason: Reason, advice: Advice, language: Language) -> str:
    """Give a reason in words."""
    why = reason.why
    return why.said(advice.library, language) if isinstance(why, Sentence) else why[language]


def parameters(name: str, advice: Advice, language: Language) -> dict[str, Any]:
    """Give a chosen clause's values: those that the answers give, and a place to fill in for what has no default."""
    clause = advice.library.clause(name)
    computed = _computed(advice, language)
    values: dict[str, Any] = {}
    for key, parameter in clause.parameters.items():
        if key in computed and (value := computed[key](clause)) is not None:
            values[key] = value
        elif parameter.default is None and parameter.required:
            values[key] = _open(parameter, advice, language)
    return values


def _open(parameter: Parameter, advice: Advice, language: Language) -> Any:
    """Give what holds the place of a value that only the officer knows: a text to fill in, or the clause's example."""
    if parameter.type not in _TEXTS:
        return parameter.example
    text = content.proposal(advice.library).texts["insert"][language].format(what=parameter.ask[language])
    return [text] if parameter.type == "list" else text


_Value = Callable[[Clause], Any]


def _computed(advice: Advice, language: Language) -> Mapping[str, _Value]:
    """Give the values that follow from the answers, by the parameter's name."""
    legal_basis = content.proposal(advice.library).texts["legal_basis"][language]
    values: dict[str, _Value] = {"legal_basis": lambda _: legal_basis}
    if (quota := advice.trainees) is not None:
        values |= _of_trainees(quota, advice)
    if (places := advice.places) is not None:
        values |= _of_places(places, advice)
    hours = Fraction(advice.answers.weekly_hours) * WEEKS
    return {**values, "expected_hours": lambda _: int(hours), "expected_persons": lambda _: advice.answers.nearby or 1}


def _of_trainees(quota: Trainees, advice: Advice) -> dict[str, _Value]:
    percent = content.numbers(advice.library).trainee_shares[_LEVEL].value
    years = {item.lot.id: item.shares[_LEVEL].years for item in quota.lots}
    hours = {item.lot.id: item.hours for item in quota.lots}
    return {
        STATED: lambda _: _one_or_each(years),
        "method": lambda clause: "hours_share" if STATED in clause.parameters else None,
        "share": lambda clause: f"{percent} %" if STATED in clause.parameters else None,
        "contract_hours": lambda _: _one_or_each(hours),
        "rounding": lambda clause: quota.rounding if STATED in clause.parameters else None,
    }


def _of_places(places: Places, advice: Advice) -> dict[str, _Value]:
    count = {item.lot.id: max(1, item.levels[_LEVEL]) for item in places.lots}
    months = advice.answers.duration_months
    most = {lot: participant_months(number, months) * Fraction(places.ceiling) for lot, number in count.items()}
    return {
        COHORT: lambda _: _one_or_each(count),
        "price_ceiling": lambda _: places.ceiling,
        "cap_total": lambda _: _one_or_each(most),
        "minimum_purchase_percent": lambda _: f"{content.numbers(advice.library).minimum_purchase.value} %",
    }


def _one_or_each(by_lot: Mapping[str, Any]) -> Any:
    """Give one number where there is one lot, otherwise each lot's."""
    return dict(by_lot) if len(by_lot) > 1 else next(iter(by_lot.values()))


def scored(advice: Advice, names: list[str]) -> tuple[str, list[str]] | None:
    """Give the first chosen clause on which bidders can compete, with its items whose answers become duties."""
    for name in names:
        clause = advice.library.clause(name)
        items = [key for key in clause.criteria if _becomes_duty(clause, key)]
        if _SCORED in clause.use_as and items:
            return name, items
    return None


def _becomes_duty(clause: Clause, criterion: str) -> bool:
    """Tell whether an answer becomes a duty of the supplier with proof: what earns points must bind."""
    field = clause.criteria[criterion].field
    offers = clause.fields[field].offers
    return any(
        duty.proof and duty.who != "authority" and (duty.value == offers if offers else field in {key, duty.value})
        for key, duty in clause.duties.items()
    )


def shares(items: Sequence[str], plan_weight: int) -> dict[str, int]:
    """Divide 100 per cent among a clause's scored items: the plan its own weight, the rest equally.

    What is left of the division goes to the first of the rest.

    >>> shares(["plan", "mentor", "hours", "kept"], 40), shares(["plan", "places"], 40), shares(["jobs"], 40)
    ({'plan': 40, 'mentor': 20, 'hours': 20, 'kept': 20}, {'plan': 40, 'places': 60}, {'jobs': 100})
    """
    if len(items) == 1:
        return {items[0]: _HUNDRED}
    given = {_PLAN: plan_weight} if _PLAN in items else {}
    rest = [item for item in items if item not in given]
    each, left = divmod(_HUNDRED - sum(given.values()), len(rest))
    return {item: given.get(item, each + (left if item == rest[0] else 0)) for item in items}
