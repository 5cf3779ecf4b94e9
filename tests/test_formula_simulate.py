"""Formulas on whole arrays of simulated tenders: the same as exactly, but for the last digits."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tenderkit.formula import Exact, Table, conditions_for_bids, evaluate_bids, parse, parse_condition
from tenderkit.formula.functions import FUNCTIONS
from tenderkit.formula.simulate import Sampled, simulate, simulate_condition
from tenderkit.formula.tree import Binary, Call, walk
from tenderkit.problems import TenderkitError

QUICK = settings(max_examples=40, derandomize=True, deadline=None)
FEW = settings(QUICK, max_examples=12)
Array = npt.NDArray[np.float64]

ROWS: Table = tuple((Fraction(edge), Fraction(value)) for edge, value in (("1", "10"), ("1.15", "6.4"), ("1.5", "0")))
CONSTANTS: dict[str, Exact | Table] = {"S": 10, "X": Fraction(1, 2), "T": ROWS}
STEPS = {"ratio": "q/(P+1)", "gap": "IF(P>MIN(Ps),P/(MIN(Ps)+1)-1,0)"}
WEIGHTS = (Fraction(3, 10), Fraction(1, 2), Fraction(1, 5))

FORMULAS = [
    "S*MAX(0,1-(P-MIN(Ps))/(X*MIN(Ps)))",
    "S*MIN(Ps)/P",
    "S*(MAX(Ps)-P)/(MAX(Ps)-MIN(Ps))",
    "IF(MAX(Ps)=MIN(Ps),S,S*(MAX(Ps)-P)/(MAX(Ps)-MIN(Ps)))",
    "CLAMP(S/2+S/2*(AVERAGE(Ps)-P)/(X*AVERAGE(Ps)),0,S)",
    "S*MAX(0,1-ABS(P-MEDIAN(Ps))/MEDIAN(Ps))",
    "S*ratio/MAX(ratios)+SUM(gaps)-gap",
    "S*EXP(-P/(MIN(Ps)+1))+EXP(-5000/(P+1))",
    "LN(P)+LN(MIN(Ps)/P)",
    "POWER(MIN(Ps)/P,1/2)+P^-2-(0-q)^3+q^0",
    "(q-5)^X",
    "PRODUCT(qs)-PRODUCT(gaps)",
    "COUNT(Ps)*(P-AVERAGE(Ps))/STDEVP(Ps)",
    "STDEVP(ratios)+STDEVP(qs)",
    "RANK(P,Ps)+10*RANK(q,qs)+100*RANK(ratio,ratios)",
    "TRIMMED(Ps,1,1)-P",
    "TRIMMED(qs,0,2)+TRIMMED(qs,0,0)",
    "STEPS(P/MIN(Ps),T)",
    "STEPS(gap+1,T)+STEPS(q,T)",
    "STEPS(1+(q/7+0.15-q/7),T)",
    "INTERPOLATE(P/MIN(Ps),T)-INTERPOLATE(ratio,T)",
    "ANNUITY(q/100,q)+ANNUITY(0,7)-ANNUITY(-X,3)",
    "ANNUITY(0.0001%,30)",
    "ANNUITY(4%,q/2)",
    "PRESENT_VALUE(P,q/100,q)/ANNUITY(4%,10)",
    "PRESENT_VALUE(P,q-6,2)",
    "ROUND(P/7,1)+ROUND(-q/8,2)+ROUND(2.675,2)",
    "ROUNDUP(100*(P-MIN(Ps))/MIN(Ps),0)",
    "ROUNDDOWN(100*(P/MIN(Ps)-1),1)-ROUNDDOWN(-q/3,0)-ROUNDUP(-q/3,1)",
    "ROUND(S*MIN(Ps)/P,2)",
    "IF(AND(P<=1.15*MIN(Ps),NOT(q<5)),1,IF(OR(q=0,P<>MAX(Ps)),2,3))",
    "IF(P/MIN(Ps)-1>=0.15,0,IF(gap<0.15,S,1/(q-5)))",
    "SUM_CRITERIA(w*p)",
    "P/SUM_CRITERIA(w*p)",
    "PRODUCT_CRITERIA((1+p)^w)-PRODUCT_CRITERIA(p)",
    "MIN_CRITERIA(p)+MIN_CRITERIA(w*(p+q))+MIN(p0,q,3)",
    "SUM_CRITERIA(IF(p>=5,w*p,0))*RANK(P,Ps)",
]

PRICES = st.one_of(
    st.integers(80, 160).map(Fraction),
    st.decimals(min_value=60, max_value=400, places=2).map(Fraction),
    st.sampled_from([Fraction(0), Fraction(100), Fraction(115), Fraction(150), Fraction(10**7)]),
)
BIDS = st.lists(
    st.tuples(PRICES, st.integers(0, 10).map(Fraction), st.lists(st.integers(0, 10), min_size=3, max_size=3)),
    min_size=1,
    max_size=6,
)
Bid = tuple[Fraction, Fraction, list[int]]


def exact_criteria(bids: Sequence[Bid]) -> list[dict[str, Exact | Sequence[Exact]]]:
    return [{"w": weight, "p": [bid[2][index] for bid in bids]} for index, weight in enumerate(WEIGHTS)]


def exact_values(text: str, bids: Sequence[Bid]) -> list[Fraction | None]:
    """Give each bid's exact value; None where the formula has none for some bid that it looks at."""
    columns: dict[str, Sequence[Exact]] = {
        "P": [bid[0] for bid in bids],
        "q": [bid[1] for bid in bids],
        "p0": [bid[2][0] for bid in bids],
        "number": range(len(bids)),
    }
    found: list[Fraction | None] = []
    for own in range(len(bids)):
        chosen = f"IF(number={own},{text},0)"
        try:
            found.append(evaluate_bids(chosen, columns, CONSTANTS, STEPS, exact_criteria(bids))[own])
        except TenderkitError:
            found.append(None)
    return found


def arrays(bids: Sequence[Bid]) -> tuple[dict[str, Array], list[dict[str, Sampled]]]:
    columns = {
        "P": np.array([float(bid[0]) for bid in bids]),
        "q": np.array([float(bid[1]) for bid in bids]),
        "p0": np.array([float(bid[2][0]) for bid in bids]),
    }
    criteria: list[dict[str, Sampled]] = [
        {"w": weight, "p": np.array([float(bid[2][index]) for bid in bids])} for index, weight in enumerate(WEIGHTS)
    ]
    return columns, criteria


def assert_same(simulated: Sequence[float], exact: Sequence[Fraction | None]) -> None:
    for value, expected in zip(simulated, exact, strict=True):
        if expected is None:
            assert math.isnan(value)
        else:
            assert abs(Fraction(value) - expected) <= max(Fraction(1), abs(expected)) / 10**9


@pytest.mark.parametrize("text", FORMULAS)
@QUICK
@given(BIDS)
@example([(Fraction(110), Fraction(5), [1, 5, 7])])
@example([(Fraction("0.1"), Fraction(3), [0, 5, 5])] * 3)
@example([(Fraction(100), Fraction(0), [3, 4, 5]), (Fraction(115), Fraction(6), [5, 5, 5])])
@example([(Fraction(0), Fraction(1), [0, 0, 0]), (Fraction(100), Fraction(2), [9, 9, 9])])
@example([(Fraction(price), Fraction(q), [q, 5, 10]) for q, price in enumerate((100, 101, 115, 150, 10**7, 100))])
def test_simulated_values_are_the_exact_ones(text: str, bids: list[Bid]) -> None:
    columns, criteria = arrays(bids)
    simulated = simulate(text, columns, CONSTANTS, STEPS, criteria)
    assert simulated.shape == (len(bids),)
    assert_same(simulated.tolist(), exact_values(text, bids))


def test_every_function_is_simulated() -> None:
    used = {part.function for text in FORMULAS for part in walk(parse(text)) if isinstance(part, Call)}
    powers = {part.operator for text in FORMULAS for part in walk(parse(text)) if isinstance(part, Binary)}
    assert used | {"POWER"} == set(FUNCTIONS)
    assert powers == set("+-*/^")


@pytest.mark.parametrize("text", FORMULAS)
@FEW
@given(st.lists(BIDS, min_size=1, max_size=4))
def test_many_tenders_at_once_with_absent_bids(text: str, tenders: list[list[Bid]]) -> None:
    """Tenders of different sizes in one array: the places of absent bids hold nonsense, and change nothing."""
    most = max(len(bids) for bids in tenders)
    present = np.array([[index < len(bids) for index in range(most)] for bids in tenders])
    nobody: Bid = (Fraction(-1), Fraction(99), [-5, 50, 500])
    filled = [[*bids, *[nobody] * (most - len(bids))] for bids in tenders]
    each = [arrays(bids) for bids in filled]
    columns = {name: np.array([of_tender[name] for of_tender, _ in each]) for name in ("P", "q", "p0")}
    criteria: list[dict[str, Sampled]] = [
        {"w": weight, "p": np.array([rows[index]["p"] for _, rows in each])} for index, weight in enumerate(WEIGHTS)
    ]
    simulated = simulate(text, columns, CONSTANTS, STEPS, criteria, present)
    assert simulated.shape == present.shape
    for row, bids in zip(simulated, tenders, strict=True):
        assert_same(row[: len(bids)].tolist(), exact_values(text, bids))
        assert np.isnan(row[len(bids) :]).all()


CONDITIONS = [
    "P<=1.15*MIN(Ps)",
    "AND(q>=6,P<MAX(Ps))",
    "NOT(OR(ratio=MAX(ratios),gap>X))",
    "SUM_CRITERIA(w*p)>=5",
    "1<2",
]


@pytest.mark.parametrize("text", CONDITIONS)
@QUICK
@given(BIDS)
def test_conditions_hold_for_the_same_bids(text: str, bids: list[Bid]) -> None:
    columns, criteria = arrays(bids)
    own = {"P": [bid[0] for bid in bids], "q": [bid[1] for bid in bids]}
    exact = conditions_for_bids(text, own, CONSTANTS, STEPS, exact_criteria(bids))
    held = simulate_condition(text, columns, CONSTANTS, STEPS, criteria)
    assert held.dtype == np.bool_
    assert held.tolist() == list(exact)


def test_a_condition_never_holds_for_absent_bids_nor_without_a_value() -> None:
    present = np.array([[True, False], [True, True]])
    held = simulate_condition("1/P<1", {"P": [[2, 3], [0, 3]]}, present=present)
    assert held.tolist() == [[True, False], [False, True]]
    assert simulate_condition(parse_condition("NOT(1/P>1)"), {"P": [0, 2]}).tolist() == [False, True]


def test_constants_and_weights_may_differ_from_tender_to_tender() -> None:
    prices = np.array([100.0, 150.0])
    tops = np.array([[10.0], [100.0], [40.0]])
    simulated = simulate("S*MIN(Ps)/P", {"P": prices}, {"S": tops})
    assert simulated.tolist() == pytest.approx(np.array([[10, 20 / 3], [100, 200 / 3], [40, 80 / 3]]))
    weights = np.array([[[0.5], [0.2]]])
    sums = simulate(
        "SUM_CRITERIA(w*p)",
        {"P": prices},
        criteria=[{"w": weights, "p": [4, 8]}, {"w": 1 - weights, "p": Decimal(6)}],
    )
    assert sums.shape == (1, 2, 2)
    assert sums[0].tolist() == pytest.approx(np.array([[5, 7], [5.6, 6.4]]))


def test_the_given_arrays_stay_as_they_are() -> None:
    prices = np.array([[1.0, 2.0], [3.0, 4.0]])
    prices.setflags(write=False)
    found = simulate("P", {"P": prices})
    found[0, 0] = 99
    assert prices.tolist() == [[1, 2], [3, 4]]
    assert simulate("7", {"P": prices}).tolist() == [[7, 7], [7, 7]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("P+Q", 'Column 3: "Q" has no value.'),
        ("MIN(Qs)", 'Column 5: "Qs" has no values of bids. Allowed: Ps.'),
        ("2*T", 'Column 3: "T" is a table, and a number is needed here.'),
        ("STEPS(P,S)", 'Column 9: the table "S" has no rows.'),
    ],
)
def test_names_without_values_are_problems(text: str, message: str) -> None:
    with pytest.raises(TenderkitError) as caught:
        simulate(text, {"P": [1.0]}, {"S": 1, "T": ROWS})
    assert message in str(caught.value)


def test_the_formula_layer_is_loaded_without_numpy() -> None:
    program = "import sys, tenderkit.formula; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
