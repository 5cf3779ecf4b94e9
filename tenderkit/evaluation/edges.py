"""Edge rules: what a model does for one bid, equal bids, zero, and values beyond its span."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model
from tenderkit.formula.evaluate import evaluate_bids
from tenderkit.formula.tree import Bids, Call, Compare, Name, Node, Number, names_in
from tenderkit.library.model import EvaluationModel
from tenderkit.problems import TenderkitError

Case = Literal["zero", "single-bid", "all-equal", "outside"]

_ONE = Number(Fraction(1))
_TOP = Name("S")


def deciding_formula(definition: EvaluationModel) -> Node:
    """Give the formula that decides: the model's own, with the edge rules that it publishes written in.

    Scoring and the result workbook both use this tree. Without a rule of full points it is the model's formula.

    >>> from tenderkit.formula import excel
    >>> from tenderkit.library import Library
    >>> formula = deciding_formula(Library().model("lowest-ratio"))
    >>> excel(formula, {"S": "10", "P": "C4", "Ps": "C4:C7"})
    'IF(MAX(C4:C7)=MIN(C4:C7),10,10*MIN(C4:C7)/C4)'
    """
    single = definition.edges.single_bid == "full-points"
    equal = definition.edges.all_equal == "full-points"
    if not single and not equal:
        return definition.tree
    bids = Bids("v" if definition.input == "offer" else "P")
    count = Call("COUNT", (bids,))
    same: Node = Compare("=", Call("MAX", (bids,)), Call("MIN", (bids,)))
    if not equal:
        same = Compare("=", count, _ONE)
    elif not single:
        same = Call("AND", (Compare(">", count, _ONE), same))
    return Call("IF", (same, _TOP, definition.tree))


def price_models(spec: EvaluationSpec) -> list[Model]:
    """Give the models that work on prices: those of price criteria, and the award model when it has the price in it."""
    models = [leaf.model for leaf in spec.leaves() if leaf.kind == "price" and leaf.model is not None]
    if {"P", "Ps"} & set(names_in(spec.award.definition.tree)):
        models.append(spec.award)
    return models


def refuses_zero_price(spec: EvaluationSpec) -> bool:
    """Tell whether a price of zero is refused, on any line, because a model has no value there."""
    return any(model.definition.edges.zero == "refused" for model in price_models(spec))


def refuses_negative_price(spec: EvaluationSpec) -> bool:
    """Tell whether a price below zero is refused."""
    return any(model.definition.edges.negative == "refused" for model in price_models(spec))


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

    The formulas are evaluated as published, without their edge rules: at a value of zero (its own and another bid's),
    for a single bid, for equal bids, and far beyond the span.
    """
    found: list[UndefinedCase] = []
    for leaf in spec.leaves():
        if leaf.kind in {"price", "offer"} and leaf.model is not None:
            constants = {**leaf.model.parameters, **_limits(leaf), "S": spec.points_top}
            for case, values in _cases(leaf):
                if reason := _reason(leaf.model, values, constants, spec.points_top):
                    covered = _covered(leaf.model.definition, case, reason)
                    found.append(UndefinedCase(leaf.id, leaf.model.id, case, reason, covered))
    return found + _award_cases(spec)


def _limits(leaf: Criterion) -> dict[str, Fraction]:
    return {name: value for name, value in (("floor", leaf.floor), ("cap", leaf.cap)) if value is not None}


def _cases(leaf: Criterion) -> list[tuple[Case, list[Fraction]]]:
    """Give values for the bids at each edge; the first bid is the one that is looked at."""
    if leaf.kind == "price":
        usual, far = Fraction(1000), Fraction(1_000_000)
        zero: list[tuple[Case, list[Fraction]]] = [("zero", [Fraction(0), usual]), ("zero", [usual, Fraction(0)])]
        return [*zero, ("single-bid", [usual]), ("all-equal", [usual, usual]), ("outside", [far, usual])]
    floor, cap = leaf.floor or Fraction(0), leaf.cap or Fraction(0)
    beyond = cap + (cap - floor)
    cases: list[tuple[Case, list[Fraction]]] = [("single-bid", [floor]), ("all-equal", [cap, cap])]
    if min(floor, cap) <= 0 <= max(floor, cap):
        cases.insert(0, ("zero", [Fraction(0), cap]))
    return [*cases, ("outside", [beyond, floor])]


def _reason(model: Model, values: Sequence[Fraction], constants: Mapping[str, Fraction], top: Fraction) -> str:
    """Tell what is wrong with the formula's value for the first bid; empty when nothing is."""
    own = "v" if model.definition.input == "offer" else "P"
    try:
        results = evaluate_bids(
            model.definition.tree, [{own: value} for value in values], constants, model.definition.step_trees
        )
    except TenderkitError as error:
        return error.problems[0].message
    if not 0 <= results[0] <= top:
        return f"the formula gives {results[0]}, which is outside 0 to {top}"
    return ""


def _covered(definition: EvaluationModel, case: Case, reason: str) -> bool:
    edges = definition.edges
    match case:
        case "zero":
            return edges.zero == "refused"
        case "single-bid":
            return edges.single_bid == "full-points"
        case "all-equal":
            return edges.all_equal == "full-points"
        case _:
            return edges.outside == "by-formula" and reason.startswith("the formula gives")


def _award_cases(spec: EvaluationSpec) -> list[UndefinedCase]:
    """Look at the award model with prices and points of zero, one bid, and equal bids."""
    definition = spec.award.definition
    constants = {**spec.award.parameters, "S": spec.points_top}
    usual, zero = Fraction(1000), Fraction(0)
    cases: list[tuple[Case, list[tuple[Fraction, Fraction]]]] = [
        ("zero", [(zero, spec.points_top), (usual, spec.points_top)]),
        ("zero", [(usual, zero), (usual, spec.points_top)]),
        ("single-bid", [(usual, spec.points_top)]),
        ("all-equal", [(usual, spec.points_top)] * 2),
    ]
    found = []
    for case, bids in cases:
        criteria = [
            [{"w": leaf.share, "p": points, "a": leaf.amount or zero} for leaf in spec.leaves()] for _, points in bids
        ]
        try:
            evaluate_bids(
                definition.tree, [{"P": price} for price, _ in bids], constants, definition.step_trees, criteria
            )
        except TenderkitError as error:
            reason = error.problems[0].message
            covered = _covered(definition, case, reason)
            found.append(UndefinedCase("", spec.award.id, case, reason, covered))
    return found
