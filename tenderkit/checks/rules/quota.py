"""The trainee quota's number: what its own method gives, and how large a share is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from tenderkit.calculation import quota
from tenderkit.calculation.rounding import RULES, rounded
from tenderkit.checks.clauses import number, text
from tenderkit.checks.phrases import listed
from tenderkit.checks.places import parameter_place
from tenderkit.checks.rule import Found, rule
from tenderkit.plan import ChosenClause, Plan
from tenderkit.quantities import format_number, round_half_up

_STATED, _METHOD, _SHARE, _NORM = "fte_years_per_year", "method", "share", "norm_hours_per_fte"
#: The share that Landsbyggefonden asks of social housing; no known model asks for more.
_HIGH_SHARE = Decimal(14)

#: Each method with its inputs, in the order of the calculator, and how the formula is written with numbers.
_METHODS: Mapping[str, tuple[Callable[..., Fraction], tuple[str, ...], str]] = {
    "fte_share": (quota.by_fte_share, (_SHARE, "contract_fte"), "{} % of {} person-years"),
    "hours_share": (quota.by_hours_share, (_SHARE, "contract_hours", _NORM), "{} % of {} hours / {} hours"),
    "payroll_share": (
        quota.by_payroll_share,
        (_SHARE, "payroll_share_of_value", "annual_value", "avg_hourly_cost", _NORM),
        "{} % of {} % of DKK {} / (DKK {} an hour · {} hours)",
    ),
    "cost_model": (quota.by_cost, ("craftsman_cost", "fte_per_100_million"), "DKK {} · {} / DKK 100,000,000"),
}


@rule(severity="warning", legal_basis="udbudsloven §§ 2 and 176(1)", mark="verified", rule_ids=("DK-OPL-11",))
def quota_differs_from_its_method(plan: Plan) -> Iterator[Found]:
    """The published number of person-years is not what the published method and rounding give.

    Why: The contract prints the formula with its numbers and uses it again when the volume changes. A number that the
    formula does not give cannot be explained to bidders, and jumps at the first adjustment.

    Source: The law sets no number; the authority sets a proportionate one and publishes it (seen). The formulas are
    those of municipal and national models; each calculator states its own source and mark.

    Mend: Write the number that the message calculates, or correct an input of the method; choose fixed_number where
    the number was set without a calculation.
    """
    for chosen in plan.clauses:
        if _STATED in chosen.values and _METHOD in chosen.values:
            for lot in plan.tender.lots:
                yield from _of_lot(plan, chosen, lot.id)


def _of_lot(plan: Plan, chosen: ChosenClause, lot: str) -> Iterator[Found]:
    method = text(chosen, _METHOD)
    stated, how = number(chosen, _STATED, lot), RULES.get(text(chosen, "rounding"))
    if method not in _METHODS or stated is None or how is None:
        return
    calculate, names, written = _METHODS[method]
    inputs = {name: value for name in names if (value := number(chosen, name, lot)) is not None}
    lacking = [name for name in names if name not in inputs]
    place = parameter_place(plan, chosen, _STATED, lot if lot in chosen.values[_STATED].by_lot else "")
    if lacking:
        yield Found(
            f'"{chosen.id}", lot "{lot}": the method {method} cannot be calculated without {listed(lacking)}.',
            place,
            "Give the numbers of the method, or choose the method whose numbers you know.",
            {"clause": chosen.id, "lot": lot, "lacking": ", ".join(lacking)},
        )
        return
    exact = calculate(*inputs.values())
    result = rounded(exact, how)
    if result != Fraction(stated):
        arithmetic = written.format(*(format_number(value, "en") for value in inputs.values()))
        shown = format_number(result, "en")
        yield Found(
            f'"{chosen.id}", lot "{lot}": {arithmetic} = {format_number(round_half_up(exact, 4), "en")}, rounded'
            f" ({text(chosen, 'rounding')}) {shown}; but {format_number(stated, 'en')} person-years a year are stated.",
            place,
            f"Write {shown}, or correct an input.",
            {"clause": chosen.id, "lot": lot, "stated": str(stated), "calculated": str(result)},
        )


@rule(
    severity="warning",
    legal_basis="udbudsloven § 2 (proportionality); Landsbyggefonden's share of 14 %",
    mark="verified",
    rule_ids=("DK-OPL-05", "DK-OPL-11"),
)
def quota_share_high(plan: Plan) -> Iterator[Found]:
    """The share of persons under training is higher than any known model asks for.

    Why: A demand that the trade cannot fill is not proportionate: bidders stay away, or the contract lives on
    releases and penalties.

    Source: 10 % is usual in municipalities; 14 % is the share of social housing under Landsbyggefonden (seen).

    Mend: Lower the share, or write in reasons what the market dialogue showed.
    """
    for chosen in plan.clauses:
        if _STATED not in chosen.values or _SHARE not in _METHODS.get(text(chosen, _METHOD), (None, (), ""))[1]:
            continue
        share = number(chosen, _SHARE)
        if share is not None and share > _HIGH_SHARE:
            yield Found(
                f'"{chosen.id}" asks for {format_number(share, "en")} % persons under training; no known model asks'
                f" for more than {_HIGH_SHARE} %.",
                parameter_place(plan, chosen, _SHARE),
                "Lower the share, or write the reasons and accept the finding.",
                {"clause": chosen.id, "share": str(share)},
            )
