"""Training that is paid for, and courses that must end inside the contract."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tenderkit.checks.phrases import listed
from tenderkit.checks.places import clause_place, parameter_place, points
from tenderkit.checks.rule import Found, rule
from tenderkit.plan import ChosenClause, Plan
from tenderkit.quantities import format_money, format_number
from tenderkit.tender import PriceLine

_LINE, _CEILING = "training_line", "price_ceiling"
_LONGEST, _LAST_START = "max_months", "last_start_before_end_months"
_SPARE_MONTHS = 6


@rule(
    legal_basis="Legal basis of municipal spending, no double funding, TFEU art. 107",
    mark="partly",
    rule_ids=("SA-01", "SA-04", "SA-05", "SA-06"),
)
def training_price_incomplete(plan: Plan) -> Iterator[Found]:
    """A price for training has no ceiling, no legal basis or no deduction of subsidies, or training has no price line.

    Why: The municipality may pay only what it has a legal basis for, and not for what a wage subsidy already
    covers. A price of its own shows what training costs and is exposed to competition; without a ceiling the budget
    is open.

    Source: That the supplier pays for the work it benefits from and the municipality for the rest (seen); legal
    basis, double funding and state aid from memory.

    Mend: Give the line "training: yes", a ceiling (max), legal_basis and "subsidies_deducted: yes", and the same
    ceiling in the clause on compensation.
    """
    lines = plan.tender.price_lines
    for key, line in lines.items():
        if line.training and (lacking := _lacking(line)):
            yield Found(
                f'Price line "{key}" ({line.label}) pays for training but lacks {listed(lacking)}.',
                plan.source.place(("price_lines", key), f"price_lines.{key}"),
                "Add what is missing to the line.",
                {"line": key, "lacking": ", ".join(lacking)},
            )
    for chosen in plan.clauses:
        if _LINE in chosen.values:
            yield from _of_clause(plan, chosen)


def _lacking(line: PriceLine) -> list[str]:
    parts = {
        "a ceiling (max)": line.max is not None and line.max > 0,
        "a legal basis (legal_basis)": bool(line.legal_basis),
        "the deduction of subsidies (subsidies_deducted)": line.subsidies_deducted,
    }
    return [name for name, present in parts.items() if not present]


def _of_clause(plan: Plan, chosen: ChosenClause) -> Iterator[Found]:
    key = str(chosen.values[_LINE].value())
    line = plan.tender.price_lines.get(key)
    place = parameter_place(plan, chosen, _LINE)
    if line is None or not line.training:
        what = "is not in the price list" if line is None else 'is not marked "training: yes"'
        yield Found(
            f'"{chosen.id}" pays for training on price line "{key}", which {what}.',
            place,
            f"Add the line, or correct {_LINE}.",
            {"clause": chosen.id, "line": key},
        )
        return
    ceiling = chosen.values[_CEILING].value() if _CEILING in chosen.values else None
    if isinstance(ceiling, Decimal) and line.max is not None and ceiling != line.max:
        yield Found(
            f'The ceiling of "{key}" is {format_money(line.max, "en")} in the price list and'
            f' {format_money(ceiling, "en")} in "{chosen.id}".',
            parameter_place(plan, chosen, _CEILING),
            "Use one ceiling in both.",
            {"line": key, "price_list": str(line.max), "clause": str(ceiling)},
        )


@rule(legal_basis="Catalogue of clauses: length test and exit", mark="suggested", rule_ids=("DK-CPC-10",))
def course_outlasts_contract(plan: Plan) -> Iterator[Found]:
    """A course can last longer than the contract leaves room for, or nothing says what happens to courses at its end.

    Why: People who train must not fall out because the contract ends. A course of 18 months in a contract of 20
    leaves time for one intake, and none for the job that is promised after it.

    Source: Professional judgement in the catalogue of clauses: the contract is at least 6 months longer than the
    longest course; one that is longer than the course but by less gives a warning. No legal source.

    Mend: Lengthen the contract or shorten max_months; choose a clause on end and hand-over, such as
    exit-and-handover, and let the last start leave time for an average course.
    """
    months = plan.tender.contract.duration_months
    having = [chosen for chosen in plan.clauses if _LONGEST in chosen.values]
    exits = [chosen for chosen in plan.clauses if _LAST_START in chosen.values]
    for chosen in having:
        longest = max(_numbers(chosen, _LONGEST), default=Decimal(0))
        needed = longest + _SPARE_MONTHS
        if months < needed:
            yield Found(
                f"A course lasts up to {format_number(longest, 'en')} months, but the contract only {months}:"
                f" it needs at least {format_number(needed, 'en')}.",
                parameter_place(plan, chosen, _LONGEST),
                "Lengthen the contract, or shorten the course.",
                {"longest": str(longest), "months": str(months)},
                level="error" if months < longest else "warning",
            )
        if not exits or not any("exit" in points(plan, item) for item in exits):
            yield Found(
                f'"{chosen.clause.title["en"]}" starts courses, but no clause says what becomes of them at the end.',
                clause_place(plan, chosen.id, (), chosen.id),
                'Add the clause "exit-and-handover".',
                {"clause": chosen.id},
            )
    if having:
        yield from _last_start(plan, exits)


def _last_start(plan: Plan, exits: list[ChosenClause]) -> Iterator[Found]:
    months = plan.tender.contract.duration_months
    for chosen in exits:
        last = max(_numbers(chosen, _LAST_START), default=Decimal(0))
        if last <= 0 or last >= months:
            yield Found(
                f"The last start is {format_number(last, 'en')} months before the end of a contract of {months} months:"
                f" {'courses can start on the last day' if last <= 0 else 'no course can start'}.",
                parameter_place(plan, chosen, _LAST_START),
                "Set it to the expected average length of a course.",
                {"last_start": str(last), "months": str(months)},
            )


def _numbers(chosen: ChosenClause, name: str) -> list[Decimal]:
    return [Decimal(value) for value in chosen.values[name].by_lot.values() if isinstance(value, (int, Decimal))]
