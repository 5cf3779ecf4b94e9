"""Where a published formula has no value or leaves its scale, and whether the model's edge rules cover that.

The formulas are tried as published, without their edge rules, on a few made-up bids for each edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Literal

from tenderkit.evaluation.awarding import Contest, Criteria, constants, play
from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.points import limits_of
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model
from tenderkit.evaluation.traits import gives_value, uses_price
from tenderkit.formula.exact import Exact, evaluate_bids
from tenderkit.formula.tree import Node, Table
from tenderkit.library.model import EvaluationModel
from tenderkit.problems import TenderkitError
from tenderkit.quantities import as_decimal

Case = Literal["zero", "negative", "single-bid", "all-equal", "limit", "outside"]
Probe = tuple[Case, list[Fraction]]

_ZERO, _USUAL, _FAR = Fraction(0), Fraction(1000), 1000
_BEYOND = "the formula gives"


@dataclass(frozen=True)
class UndefinedCase:
    """A case in which a model's formula has no value, or one that its edge rules do not tell.

    ``criterion`` is empty for the award model; ``reason`` says what the formula gives. ``covered`` when the model's
    edge rules say what happens, so that nothing is left open.
    """

    criterion: str
    model: str
    case: Case
    reason: str
    covered: bool


def undefined_cases(spec: EvaluationSpec) -> list[UndefinedCase]:
    """Give the cases in which a formula is undefined or leaves its scale, and whether an edge rule covers them.

    Each kind of case stands once for each criterion: the first one that no rule covers, or else the first. Looked at
    are a value of zero and below (its own and another bid's), a single bid, equal bids, a price that is a published
    limit, and values far beyond the span.
    """
    found: list[UndefinedCase] = []
    for leaf in spec.leaves():
        if leaf.model is not None:
            found += _once(_of_leaf(spec, leaf, leaf.model))
    return found + _once(_of_award(spec))


def _once(cases: Iterator[UndefinedCase]) -> list[UndefinedCase]:
    chosen: dict[Case, UndefinedCase] = {}
    for case in cases:
        if case.case not in chosen or (chosen[case.case].covered and not case.covered):
            chosen[case.case] = case
    return list(chosen.values())


def _of_leaf(spec: EvaluationSpec, leaf: Criterion, model: Model) -> Iterator[UndefinedCase]:
    definition = model.definition
    known = {**constants(model, spec.points_top), **limits_of(leaf)}
    top = None if gives_value(leaf) else spec.points_top
    probes = {"price": _prices(model), "offer": _offers(leaf)}.get(leaf.kind, _scores(spec.points_top))
    for case, values in probes:
        if reason := _reason(definition, definition.tree, values, known, top):
            mended = not _reason(definition, deciding_formula(definition), values, known, top)
            yield UndefinedCase(leaf.id, model.id, case, reason, _covered(definition, case, reason) or mended)


def _reason(
    definition: EvaluationModel,
    tree: Node,
    values: Sequence[Fraction],
    known: Mapping[str, Exact | Table],
    top: Fraction | None,
) -> str:
    """Tell what is wrong with the formula's value for the first bid; empty when nothing is."""
    try:
        first = evaluate_bids(tree, {definition.own_name: values}, known, definition.step_trees)[0]
    except TenderkitError as error:
        return error.problems[0].message
    if top is not None and not 0 <= first <= top:
        return f"{_BEYOND} {as_decimal(first, 4)}, which is outside 0 to {as_decimal(top)}"
    return ""


def _covered(definition: EvaluationModel, case: Case, reason: str) -> bool:
    edges = definition.edges
    if (case, "refused") in {("zero", edges.zero), ("negative", edges.negative)}:
        return True
    return edges.outside == "by-formula" and reason.startswith(_BEYOND)


def _prices(model: Model) -> list[Probe]:
    usual, limits = _usual(model)
    far, near = usual * _FAR, usual / _FAR
    return [
        ("zero", [_ZERO, usual]),
        ("zero", [usual, _ZERO]),
        ("negative", [-usual, usual]),
        ("negative", [usual, -usual]),
        ("single-bid", [usual]),
        ("all-equal", [usual, usual]),
        *(("limit", [limit, limit * 11 / 10]) for limit in limits),
        ("outside", [far, usual]),
        ("outside", [near, usual]),
        ("outside", [usual, far]),
        ("outside", [usual, near]),
        ("outside", [usual, usual * 11 / 10, far]),
    ]


def _usual(model: Model) -> tuple[Fraction, list[Fraction]]:
    """Give a price that fits the model's amounts in kroner but is none of them, and those amounts."""
    amounts: list[Fraction] = []
    for name, value in model.parameters.items():
        parameter = model.definition.parameters.get(name)
        if isinstance(value, tuple):
            amounts += [edge for edge, _ in value if parameter is not None and (parameter.rows or ("",))[0] == "money"]
        elif parameter is not None and parameter.type == "money":
            amounts.append(value)
    positive = [amount for amount in amounts if amount > 0]
    return (Fraction(median(positive)) * 9 / 10 if positive else _USUAL), positive


def _offers(leaf: Criterion) -> list[Probe]:
    floor, cap = leaf.floor or _ZERO, leaf.cap or _ZERO
    probes: list[Probe] = [
        ("single-bid", [floor]),
        ("all-equal", [cap, cap]),
        ("all-equal", [floor, floor]),
        ("outside", [floor, cap]),
        ("outside", [cap, floor]),
        ("outside", [cap + (cap - floor), floor]),
    ]
    if min(floor, cap) <= 0 <= max(floor, cap):
        probes += [("zero", [_ZERO, cap]), ("zero", [cap, _ZERO])]
    return [("zero" if _ZERO in values else case, values) for case, values in probes]


def _scores(top: Fraction) -> list[Probe]:
    """Give points on the scale; they cannot lie outside it, but what the model makes of them can."""
    least = top / _FAR
    return [
        ("zero", [_ZERO, top]),
        ("zero", [top, _ZERO]),
        ("zero", [_ZERO, _ZERO]),
        ("single-bid", [top / 2]),
        ("all-equal", [top / 2, top / 2]),
        ("outside", [least, top]),
        ("outside", [top, least]),
    ]


def _of_award(spec: EvaluationSpec) -> Iterator[UndefinedCase]:
    """Look at the award model with prices and points of zero, one bid, and equal bids; a total has no scale."""
    award, top = spec.award, spec.points_top
    usual, limits = _usual(award)
    cases: list[tuple[Case, list[tuple[Fraction, Fraction]]]] = [
        ("zero", [(_ZERO, top), (usual, top)]),
        ("zero", [(usual, _ZERO), (usual, top)]),
        ("zero", [(usual, _ZERO), (usual, _ZERO)]),
        ("single-bid", [(usual, top)]),
        ("all-equal", [(usual, top), (usual, top)]),
        ("outside", [(usual * _FAR, top), (usual / _FAR, top)]),
    ]
    if uses_price(award.definition):
        cases += [("negative", [(-usual, top), (usual, top)])]
        cases += [("limit", [(limit, top), (limit * 11 / 10, top)]) for limit in limits]
    for case, bids in cases:
        if reason := _award_reason(spec, bids, award.definition.tree):
            mended = not _award_reason(spec, bids, deciding_formula(award.definition))
            covered = _covered(award.definition, case, reason) or mended
            yield UndefinedCase("", award.id, case, reason, covered)


def _award_reason(spec: EvaluationSpec, bids: Sequence[tuple[Fraction, Fraction]], formula: Node) -> str:
    prices, points = zip(*bids, strict=True)
    criteria: Criteria = [{"w": leaf.share, "p": points, "a": leaf.amount or _ZERO} for leaf in spec.leaves()]
    try:
        play(spec.award, spec.points_top, Contest(prices, criteria), formula)
    except TenderkitError as error:
        return error.problems[0].message
    return ""
