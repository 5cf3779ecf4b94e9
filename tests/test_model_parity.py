"""Every model gives the same numbers exactly, with numpy, and in a spreadsheet.

The made-up bids keep away from edges, where the last digit of a float would decide: roundings, bands, comparisons of
calculated numbers. What lies on an edge stands in :mod:`model_edge_cases`, with the exact value that must come out.
Prices that lie close together are bounded too, see :data:`model_subject.DIGITS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np
import pytest
from model_edge_cases import EDGES, Edge, as_number
from model_harness import MODELS, made_up, subjects, typical
from model_sheet import Case, Sheet, half_away_from_zero, read
from model_subject import OUT, Batch, Subject
from office import recalculated
from scoring_builders import library

from tenderkit.evaluation.awarding import constants
from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.points import limits_of, rounded
from tenderkit.formula import Exact, conditions_for_bids, evaluate_bids, parse
from tenderkit.formula.functions import FUNCTIONS
from tenderkit.formula.simulate import simulate
from tenderkit.formula.tree import Binary, Call, Compare, Name, Node, Number, walk

CLOSE = Fraction(1, 10**9)
#: Formulas with functions that no model has.
EXTRA = [
    "CLAMP(S/2+S/2*(MEDIAN(Ps)-P)/(50%*MEDIAN(Ps)),0,S)",
    "IF(AND(P>MIN(Ps),NOT(P=MAX(Ps))),ROUND(P/7,2),IF(OR(P<0,P>=1),ROUNDDOWN(-P/7,1),1))",
    "-(P^2)+(-P)^2+P^-1+ABS(S-P)",
    "SUM(Ps)/COUNT(Ps)-AVERAGE(Ps)+(P-(S-3))-(P-S-3)",
    "S*(1-(P/(2*MAX(Ps)))^3)+PRODUCT(Ps)^(1/COUNT(Ps))",
]


# The parts of a model, each with the bids that it is about


def parts(subject: Subject, tender: Batch) -> Iterator[Case]:
    """Give the stages, as 1 and 0, and the formula, each over the bids that are still in; none when all are out."""
    definition, question, cap = subject.definition, subject.question, subject.limits.cap
    known = {**constants(question.model, question.points_top), **limits_of(subject.limits)}
    still = list(range(len(tender.own)))
    for stage in (*definition.stage_trees.values(), None):
        own = [Fraction(subject.grid.exact(tender.own[bid])) for bid in still]
        if cap is not None:
            own = [max(value, cap) if subject.less_is_better else min(value, cap) for value in own]
        columns = {definition.own_name: own}
        criteria: list[Mapping[str, Exact | Sequence[Exact]]] = [
            {"w": worth.share or 0, "a": worth.amount or 0, "p": [Fraction(int(points[bid]), 10) for bid in still]}
            for worth, points in zip(question.criteria.values(), tender.points, strict=True)
        ]
        tree = deciding_formula(definition) if stage is None else as_number(stage)
        if still:
            yield Case(tree, columns, known, definition.step_trees, criteria)
        if stage is not None:
            held = conditions_for_bids(stage, columns, known, definition.step_trees, criteria)
            still = [bid for bid, keep in zip(still, held, strict=True) if keep]


# Away from edges

NEAR = Fraction(1, 10**7)
CALCULATES = {"SUM", "AVERAGE", "STDEVP", "PRODUCT", "TRIMMED", "SUM_CRITERIA", "PRODUCT_CRITERIA", "EXP", "LN"}


def on_an_edge(case: Case) -> bool:
    """Tell whether a rounding, a band or a comparison of calculated numbers hangs on the last digits."""
    columns = {**case.columns, **dict(case.steps_exact())}

    def numbers(part: Node) -> tuple[Fraction, ...]:
        return evaluate_bids(part, columns, case.known, criteria=case.criteria)

    for tree in (*case.steps.values(), case.tree):
        for part in walk(tree):
            pairs: Iterator[tuple[Fraction, Fraction]] = iter(())
            # Numbers that were only read or picked are the same floats on both sides when they are equal.
            picked = False
            match part:
                case Compare():
                    pairs = zip(numbers(part.left), numbers(part.right), strict=True)
                    picked = is_picked(part.left) and is_picked(part.right)
                case Call(function="STEPS", arguments=(of, Name(name=name))):
                    table = case.known[name]
                    assert isinstance(table, tuple)
                    pairs = ((own, edge) for own in numbers(of) for edge, _ in table)
                    picked = is_picked(of)
                case Call(function="ROUND" | "ROUNDUP" | "ROUNDDOWN" as function, arguments=(of, Number(value=places))):
                    half = Fraction(1, 2) if function == "ROUND" else Fraction(0)
                    scaled = [own * 10 ** int(places) for own in numbers(of)]
                    pairs = ((own + half, Fraction(round(own + half))) for own in scaled if own)
            if any(
                abs(own - edge) <= NEAR * max(Fraction(1), abs(edge)) and not (picked and own == edge)
                for own, edge in pairs
            ):
                return True
    return False


def is_picked(node: Node) -> bool:
    """Tell whether a number was only read, or picked by an aggregate, and not calculated."""
    return not any(
        isinstance(part, Binary) or (isinstance(part, Call) and part.function in CALCULATES) for part in walk(node)
    )


def away_from_edges(subject: Subject, seed: int, count: int) -> Iterator[Batch]:
    """Give one bid, ties, outliers, zero where it may be, and any made-up tenders, without those on an edge."""
    dice = np.random.default_rng(seed)
    tenders = list(typical(subject, dice))
    for bids in (1, 2, 3, 5, 9):
        batch = made_up(subject, dice, count, bids)
        tenders += [batch.row(row) for row in range(count)]
    return (tender for tender in tenders if not any(on_an_edge(case) for case in parts(subject, tender)))


def is_close(value: object, expected: Fraction) -> bool:
    if not isinstance(value, (int, float)) or value != value:  # noqa: PLR0124 - NaN is not close to anything
        return False
    return abs(Fraction(value) - expected) <= CLOSE * max(Fraction(1), abs(expected))


# Exactly and with numpy


@pytest.mark.parametrize("name", MODELS)
def test_numpy_gives_what_the_exact_engine_gives(name: str) -> None:
    looked_at = 0
    for subject in subjects(name):
        fallen_out = subject.sign * Fraction(OUT)
        for tender in away_from_edges(subject, 1, 12):
            exact = [fallen_out if own.exact is None else own.exact for own in subject.answers(tender)]
            found = [float(value) for value in subject.values(tender)]
            assert all(map(is_close, found, exact)), (tender, found, [float(value) for value in exact])
            looked_at += 1
    assert looked_at >= 40


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: f"{edge.model}: {edge.what}")
def test_on_an_edge_the_published_points_are_exact(edge: Edge) -> None:
    case = edge.case()
    exact = case.exact()
    published = exact if edge.places is None else rounded(exact, edge.places)
    assert list(published) == edge.published


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: f"{edge.model}: {edge.what}")
def test_on_an_edge_numpy_falls_on_the_same_side(edge: Edge) -> None:
    case = edge.case()
    columns = {name: [float(value) for value in values] for name, values in case.columns.items()}
    criteria = [{name: np.array(value, dtype=float) for name, value in own.items()} for own in case.criteria]
    found = simulate(case.tree, columns, case.known, case.steps, criteria)
    assert all(map(is_close, found.tolist(), case.exact()))


def test_rounding_is_half_away_from_zero() -> None:
    for value in ("2.675", "-2.675", "0.125", "-0.125", "9.985", "1/3", "-1/3", "0.004999"):
        assert rounded([Fraction(value)], 2) == (half_away_from_zero(Fraction(value), 2),)
    assert half_away_from_zero(Fraction("-2.675"), 2) == Fraction("-2.68")


# In a spreadsheet


def sheet_of_everything() -> Sheet:
    """Write tenders of all models, all edges, and the extra formulas."""
    sheet = Sheet()
    for name in MODELS:
        for subject in subjects(name):
            for tender in away_from_edges(subject, 2, 2):
                for case in parts(subject, tender):
                    sheet.add(f"{name}, {subject.question.model.parameters}", case)
    for edge in EDGES:
        sheet.add(f"{edge.model}: {edge.what}", edge.case(), edge.places)
    for text in EXTRA:
        for prices in ([817], [100, 100], [100, 140, 260, 140], [9, 90, 900, 9000, 31, 35, 77]):
            columns = {"P": [Fraction(price, 10) for price in prices]}
            sheet.add(text, Case(parse(text), columns, {"S": Fraction(10)}))
    return sheet


@pytest.mark.libreoffice
def test_a_spreadsheet_calculates_the_same_numbers() -> None:
    sheet = sheet_of_everything()
    assert {one.label.partition(",")[0] for one in sheet.written} >= set(MODELS)
    found = read(recalculated(sheet.bytes()), sheet.written)
    wrong = [(one, value) for one, value in zip(sheet.written, found, strict=True) if not is_close(value, one.value)]
    assert wrong == []


def test_the_spreadsheet_is_asked_about_every_function() -> None:
    definitions = [library().model(name) for name in MODELS]
    trees = [parse(text) for text in EXTRA]
    trees += [tree for own in definitions for tree in (*own.step_trees.values(), *own.stage_trees.values())]
    trees += [deciding_formula(own) for own in definitions]
    used = {part.function for tree in trees for part in walk(tree) if isinstance(part, Call)}
    assert used >= set(FUNCTIONS) - {"POWER"}  # POWER is read as the sign ^
