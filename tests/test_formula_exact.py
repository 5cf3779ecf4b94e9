"""The formula language calculated exactly: edges, powers, logarithms, tables, present values, and many bids at once."""

from __future__ import annotations

from decimal import Decimal, getcontext, localcontext
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderkit.formula import (
    Exact,
    Node,
    Table,
    conditions_for_bids,
    evaluate,
    evaluate_bids,
    parse,
    parse_condition,
)
from tenderkit.formula.columns import LARGE, Column, compared, merged, picked
from tenderkit.formula.exact import Given
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Number
from tenderkit.problems import TenderkitError

QUICK = settings(max_examples=80, derandomize=True, deadline=None)


def exactly(text: str) -> Fraction:
    return Fraction(text)


def digits(text: str) -> Fraction:
    """Give a number as published with 50 significant digits."""
    number = Decimal(text)
    assert len(number.as_tuple().digits) == 50, text
    return Fraction(number)


# Values at the edges


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ROUND(2.5,0)", "3"),
        ("ROUND(-2.5,0)", "-3"),
        ("ROUND(2.675,2)", "2.68"),
        ("ROUND(1.005,2)", "1.01"),
        ("ROUND(-1.005,2)", "-1.01"),
        ("ROUND(2.4999999999999999999999,0)", "2"),
        ("ROUND(1/3,4)", "0.3333"),
        ("ROUND(0.5,12)", "0.5"),
        ("ROUNDUP(2.0000000000000000000001,0)", "3"),
        ("ROUNDUP(-2.1,0)", "-3"),
        ("ROUNDUP(0.15-0.05,1)", "0.1"),
        ("ROUNDUP(100*(115-100)/100,0)", "15"),
        ("ROUNDDOWN(100*(1.15-1),0)", "15"),
        ("ROUNDDOWN(-2.9,0)", "-2"),
        ("ROUNDUP(0,2)", "0"),
        ("4^(1/2)", "2"),
        ("POWER(4,1/2)", "2"),
        ("POWER(8,1/3)", "2"),
        ("POWER(4/9,0.5)", "2/3"),
        ("POWER(4/9,-1.5)", "27/8"),
        ("POWER(0.027,2/3)", "0.09"),
        ("POWER(2,10)", "1024"),
        ("POWER(2,-2)", "0.25"),
        ("POWER(-2,3)", "-8"),
        ("POWER(0,1/2)", "0"),
        ("POWER(1,1/7)", "1"),
        ("POWER(7,0)", "1"),
        ("EXP(0)", "1"),
        ("LN(1)", "0"),
        ("ANNUITY(0,7)", "7"),
        ("ANNUITY(0,0)", "0"),
        ("ANNUITY(4%,0)", "0"),
        ("ANNUITY(100%,2)", "3/4"),
        ("ANNUITY(25%,2)", "36/25"),
        ("ANNUITY(-50%,2)", "6"),
        ("PRESENT_VALUE(121,10%,2)", "100"),
        ("PRESENT_VALUE(121,0,40)", "121"),
        ("PRESENT_VALUE(-5,3%,0)", "-5"),
    ],
)
def test_numbers_at_the_edges(text: str, value: str) -> None:
    assert evaluate(text) == exactly(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("EXP(1)", "2.7182818284590452353602874713526624977572470937000"),
        ("EXP(-1)", "0.36787944117144232159552377016146086744581113103177"),
        ("LN(2)", "0.69314718055994530941723212145817656807550013436026"),
        ("LN(0.1)", "-2.3025850929940456840179914546843642076011014886288"),
        ("POWER(2,1/2)", "1.4142135623730950488016887242096980785696718753769"),
        ("2^0.5", "1.4142135623730950488016887242096980785696718753769"),
        ("POWER(10,-1.5)", "0.031622776601683793319988935444327185337195551393252"),
    ],
)
def test_numbers_without_an_end_have_fifty_digits(text: str, value: str) -> None:
    assert evaluate(text) == digits(value)


def test_the_settings_of_the_caller_change_nothing() -> None:
    usual = evaluate("EXP(1)+LN(7)+2^0.3")
    with localcontext() as context:
        context.prec, context.Emax, context.Emin = 3, 5, -5
        context.traps[next(iter(context.traps))] = True
        assert evaluate("EXP(1)+LN(7)+2^0.3") == usual
    assert getcontext().prec == 28


def test_a_logarithm_close_to_one_keeps_its_digits() -> None:
    """Of ln(1+x) the first terms are x - x²/2 + x³/3: with x = 10^-40, 50 digits of it need 90 digits of 1+x."""
    tiny = Fraction(1, 10**40)
    found = evaluate("LN(1+x)", x=tiny)
    assert abs(found / (tiny - tiny**2 / 2 + tiny**3 / 3) - 1) < Fraction(1, 10**49)


@pytest.mark.parametrize(
    ("text", "problem_id", "column", "advice"),
    [
        ("1+LN(0)", "formula-logarithm", 3, "zero or below"),
        ("LN(-1)", "formula-logarithm", 1, "refused"),
        ("2*EXP(1000.001)", "formula-number-too-large", 3, "CLAMP"),
        ("EXP(-1001)", "formula-number-too-large", 1, "CLAMP"),
        ("(-2)^0.5", "formula-negative-power", 5, "MAX(0, number)"),
        ("1+POWER(-2,1/3)", "formula-negative-power", 3, "whole exponent"),
        ("POWER(0,-1/2)", "formula-division-by-zero", 1, "refused"),
        ("0^0", "formula-division-by-zero", 2, "refused"),
        ("10^100000", "formula-number-too-large", 3, "smaller exponent"),
        ("10^1000.5", "formula-number-too-large", 3, "smaller exponent"),
        ("ANNUITY(4%,2.5)", "formula-years-not-whole", 1, "ROUNDUP(n, 0)"),
        ("PRESENT_VALUE(1,4%,-1)", "formula-years-not-whole", 1, "whole years from 0"),
        ("3*ANNUITY(-100%,2)", "formula-rate-too-low", 3, "4%"),
        ("ANNUITY(1%,100000)", "formula-number-too-large", 1, "smaller"),
        ("MIN_CRITERIA(p)", "formula-no-criteria", 1, "Add a criterion"),
    ],
)
def test_what_cannot_be_calculated_names_its_column_and_the_next_step(
    text: str, problem_id: str, column: int, advice: str
) -> None:
    with pytest.raises(TenderkitError) as caught:
        evaluate(text)
    assert f"{problem_id}: Column {column}: " in str(caught.value)
    assert advice in str(caught.value)


def test_large_exponents_of_one_are_no_large_numbers() -> None:
    assert evaluate("1^999999") == 1
    assert evaluate("(-1)^999999") == -1
    assert evaluate("EXP(1000)") > 10**434


# Over the bids


def test_equal_bids_share_the_better_rank() -> None:
    ranks = evaluate_bids("RANK(P,Ps)", {"P": [300, 100, Decimal("100.00"), 200, 300]})
    assert list(ranks) == [4, 1, 1, 3, 4]
    assert list(evaluate_bids("RANK(P,Ps)", {"P": [7]})) == [1]


def test_ranks_look_at_exact_values() -> None:
    """0.1 + 0.2 and 0.3 are one value, and a third is above 0.333333333333333333."""
    equal = evaluate_bids("RANK(x,xs)", {"P": [1, 2]}, steps={"x": "IF(P=1, 0.1+0.2, 0.3)"})
    assert list(equal) == [1, 1]
    near: list[Exact] = [Fraction(1, 3), Decimal("0.333333333333333333")]
    assert list(evaluate_bids("RANK(P,Ps)", {"P": near})) == [2, 1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("TRIMMED(Ps,1,1)", "210"),
        ("TRIMMED(Ps,0,0)", "280"),
        ("TRIMMED(Ps,2,2)", "200"),
        ("TRIMMED(Ps,4,0)", "670"),
        ("TRIMMED(Ps,0,4)", "100"),
        ("PRODUCT(Qs)", "24"),
        ("STDEVP(Ts)", "2"),
        ("STDEVP(Us)", "0"),
        ("STDEVP(Vs)", "0"),
        ("COUNT(Ps)+SUM(Qs)", "15"),
    ],
)
def test_aggregates(text: str, value: str) -> None:
    bids: dict[str, Given] = {
        "Ps": [200, 670, 100, 130, 300],
        "Qs": [2, 3, 4, 1],
        "Ts": [2, 4, 4, 4, 5, 5, 7, 9],
        "Us": [Decimal("0.1")] * 3,
        "Vs": [5],
    }
    assert evaluate(text, **bids) == exactly(value)


def test_a_trimmed_mean_of_too_few_bids_is_a_problem() -> None:
    with pytest.raises(TenderkitError) as caught:
        evaluate_bids("S*TRIMMED(Ps,1,1)/P", {"P": [1, 2]}, {"S": 10})
    assert "formula-too-few-bids: Column 3: TRIMMED leaves out 2 bid(s), and there are only 2." in str(caught.value)
    assert "IF(COUNT(Ps) > 2, TRIMMED(...), AVERAGE(Ps))" in str(caught.value)
    guarded = "IF(COUNT(Ps)>2, TRIMMED(Ps,1,1), AVERAGE(Ps))"
    assert evaluate_bids(guarded, {"P": [1, 2]}) == (Fraction(3, 2),) * 2


def test_over_the_criteria() -> None:
    given: dict[str, Given] = {"w": [Fraction(1, 2), Fraction(1, 2)], "p": [4, 9]}
    assert evaluate("SUM_CRITERIA(w*p)", **given) == Fraction(13, 2)
    assert evaluate("PRODUCT_CRITERIA(p^w)", **given) == 6
    assert evaluate("MIN_CRITERIA(p)", **given) == 4
    assert evaluate("PRODUCT_CRITERIA(p)-SUM_CRITERIA(p)") == 1
    per_bid = evaluate_bids("MIN_CRITERIA(p)", {"P": [1, 2, 3]}, criteria=[{"p": [5, 1, 8]}, {"p": 4}])
    assert list(per_bid) == [4, 1, 4]


# Tables

BANDS: Table = ((Fraction(0), Fraction(10)), (Fraction(2), Fraction(6)), (Fraction(4), Fraction(1)))


@pytest.mark.parametrize(
    ("x", "band", "line"),
    [
        ("-1", "10", "10"),
        ("0", "10", "10"),
        ("1", "10", "8"),
        ("1.999999999999999999999", "10", "6.000000000000000000002"),
        ("2", "6", "6"),
        ("3", "6", "3.5"),
        ("4", "1", "1"),
        ("4.000000000000000000001", "1", "1"),
        ("400", "1", "1"),
        ("7/3", "6", "31/6"),
    ],
)
def test_an_edge_belongs_to_the_band_that_begins_there(x: str, band: str, line: str) -> None:
    assert evaluate("STEPS(x,T)", x=Fraction(x), T=BANDS) == exactly(band)
    assert evaluate("INTERPOLATE(x,T)", x=Fraction(x), T=BANDS) == exactly(line)


def test_a_table_is_given_as_pairs_too() -> None:
    rows: list[tuple[Exact, Exact]] = [(0, 1), (Decimal("0.15"), 2)]
    assert evaluate("STEPS(x,T)", x=Decimal("0.15"), T=rows) == 2
    assert list(evaluate_bids("INTERPOLATE(P,T)", {"P": [1, 3]}, {"T": BANDS})) == [8, Fraction(7, 2)]


@pytest.mark.parametrize(
    "rows",
    [
        [(0, 1)],
        [(0, 1), (0, 2)],
        [(1, 1), (0, 2)],
        [(0, 1, 2), (1, 1, 2)],
        [(edge, 1) for edge in range(21)],
    ],
)
def test_a_broken_table_is_a_problem(rows: list[tuple[Exact, Exact]]) -> None:
    with pytest.raises(TenderkitError, match="formula-table-broken"):
        evaluate("STEPS(1,T)", T=rows)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("STEPS(P,X)", 'Column 9: "X" is a number, and STEPS takes a table here.'),
        ("INTERPOLATE(P,bnad)", 'Column 15: the table "bnad" has no rows. Did you mean "band"?'),
        ("P*band", 'Column 3: "band" is a table, and a number is needed here. Write STEPS(number, band)'),
        ("STEPS(band,band)", 'Column 7: "band" is a table, and a number is needed here.'),
    ],
)
def test_tables_and_numbers_are_not_mixed_up(text: str, message: str) -> None:
    with pytest.raises(TenderkitError) as caught:
        evaluate_bids(text, {"P": [1]}, {"X": 3, "band": BANDS})
    assert message in str(caught.value)


# What people give


def test_people_give_numbers_and_lists() -> None:
    assert evaluate("S*MIN(Ps)/P", P=Decimal("120.5"), S=10, Ps=(100, Decimal("120.5"))) == Fraction(2000, 241)
    assert evaluate(parse("P"), P=3) == 3
    with pytest.raises(TypeError, match="P is a str"):
        evaluate("P", P="3")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Ps is a float"):
        evaluate("MIN(Ps)", Ps=[1, 2.5])  # type: ignore[arg-type]
    with pytest.raises(TenderkitError, match=r'"P" was given a list of values, and stands for one\. .*Ps\.'):
        evaluate("P", P=[1, 2])
    with pytest.raises(TenderkitError, match="w and p have different numbers of values"):
        evaluate("SUM_CRITERIA(w*p)", w=[1, 2], p=[1])
    with pytest.raises(TenderkitError, match=r'"Px" has no value\. Did you mean "P"'):
        evaluate("Px", P=1)


def test_columns_must_be_equally_long() -> None:
    with pytest.raises(ValueError, match="one value for each bid"):
        evaluate_bids("P", {"P": [1, 2], "q": [1]})
    with pytest.raises(ValueError, match="one value for each bid"):
        evaluate_bids("SUM_CRITERIA(p)", {"P": [1, 2]}, criteria=[{"p": [1]}])


def test_without_bids_there_is_nothing_to_give() -> None:
    assert evaluate_bids("S*MIN(Ps)/P", {"P": []}, {"S": 10}) == ()
    assert evaluate_bids("x", {"P": []}, steps={"x": "1/0"}) == ()
    assert conditions_for_bids("P>MIN(Ps)", {"P": []}) == ()
    assert conditions_for_bids("1<2", {}) == ()


def test_conditions_for_bids() -> None:
    bids = {"P": [100, 150, 201], "q": [60, 70, 50]}
    assert conditions_for_bids("AND(P<=2*MIN(Ps), q>=60)", bids) == (True, True, False)
    assert conditions_for_bids("NOT(OR(P=100, x>1))", bids, {"x": 1}) == (False, True, True)
    assert conditions_for_bids(parse_condition("MAX(Ps)>S"), bids, {"S": 200}) == (True, True, True)
    assert conditions_for_bids("gap<=50%", bids, steps={"gap": "P/MIN(Ps)-1"}) == (True, True, False)
    weighted = conditions_for_bids("SUM_CRITERIA(w*p)>=5", bids, criteria=[{"w": 1, "p": [4, 5, 6]}])
    assert weighted == (False, True, True)


def test_a_branch_is_calculated_only_for_its_bids() -> None:
    text = "IF(P>0, IF(P>2, 10/(P-2), 1/P), 7)"
    assert list(evaluate_bids(text, {"P": [0, 1, 2, 3, 0, 4]})) == [7, 1, Fraction(1, 2), 10, 7, 5]
    with pytest.raises(TenderkitError, match=r"Column 19: a division by zero"):
        evaluate_bids("IF(P>0, IF(P>1, 10/(P-2), 1/P), 7)", {"P": [0, 1, 2]})


# Columns


FRACTIONS = st.one_of(
    st.fractions(min_value=-50, max_value=50, max_denominator=60),
    st.builds(lambda top, bottom: Fraction(top, 2**300 + bottom), st.integers(-(2**301), 2**301), st.integers(1, 99)),
)
PAIRS = st.lists(st.tuples(FRACTIONS, FRACTIONS, st.booleans()), min_size=1, max_size=6)


@QUICK
@given(PAIRS, st.booleans())
def test_columns_calculate_as_fractions_do(rows: list[tuple[Fraction, Fraction, bool]], alike: bool) -> None:
    left = [row[0] for row in rows]
    right = [rows[0][1]] * len(rows) if alike else [row[1] for row in rows]
    one, other = Column.of(left), Column.of(right)
    assert one.fractions == left
    assert (one + other).fractions == [x + y for x, y in zip(left, right, strict=True)]
    assert (one - other).fractions == [x - y for x, y in zip(left, right, strict=True)]
    assert (one * other).fractions == [x * y for x, y in zip(left, right, strict=True)]
    assert picked(min, one, other).fractions == [min(x, y) for x, y in zip(left, right, strict=True)]
    assert picked(max, one, other).fractions == [max(x, y) for x, y in zip(left, right, strict=True)]
    assert compared(lambda x, y: x <= y, one, other) == [x <= y for x, y in zip(left, right, strict=True)]
    assert one.at([0, len(left) - 1]).fractions == [left[0], left[-1]]
    if 0 not in right:
        assert (one / other).fractions == [x / y for x, y in zip(left, right, strict=True)]
    held = [row[2] for row in rows]
    yes, no = (
        [value for value, one in zip(left, held, strict=True) if one],
        [value for value, one in zip(right, held, strict=True) if not one],
    )
    if yes and no:
        expected = [x if one else y for x, y, one in zip(left, right, held, strict=True)]
        assert merged(held, Column.of(yes), Column.of(no)).fractions == expected


def test_denominators_stay_small() -> None:
    """Without reduction, every turn would double the denominator and more."""
    column = Column.of([Fraction(6, 4), Fraction(9, 6)])
    total = Column.of([Fraction(1), Fraction(1)])
    for _ in range(400):
        total = total * column / column
    assert total.fractions == [1, 1]
    assert total.shared == 0 or total.shared.bit_length() <= LARGE
    assert all(bottom.bit_length() <= LARGE for bottom, _ in zip(total.bottoms(), total.tops, strict=False))


# All bids at once give what each alone gives

LEAVES = st.sampled_from(
    [
        Name("P"),
        Name("q"),
        Name("X"),
        Name("ratio"),
        Number(Fraction(2)),
        Number(Fraction(1, 3)),
        *(Call(function, (Bids("P"),)) for function in ("MIN", "MAX", "AVERAGE", "MEDIAN", "STDEVP", "COUNT", "SUM")),
        Call("TRIMMED", (Bids("q"), Number(Fraction(1)), Number(Fraction(0)))),
        Call("MAX", (Bids("ratio"),)),
        Call("RANK", (Name("q"), Bids("q"))),
        Call("SUM_CRITERIA", (Binary("*", Name("w"), Name("p")),)),
        Call("PRODUCT_CRITERIA", (Binary("+", Name("w"), Name("q")),)),
        Call("MIN_CRITERIA", (Call("MAX", (Name("p"), Name("X"))),)),
    ]
)


def larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    conditions = st.builds(Compare, st.sampled_from(["<", "<=", "=", ">=", ">", "<>"]), inner, inner)
    joined = st.builds(
        lambda name, a, b: Call(name, (a, Call("NOT", (b,)))), st.sampled_from(["AND", "OR"]), conditions, conditions
    )
    return st.one_of(
        st.builds(Negative, inner),
        st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
        st.builds(lambda base, exponent: Binary("^", base, Number(Fraction(exponent))), inner, st.integers(-2, 3)),
        st.builds(lambda name, a, b: Call(name, (a, b)), st.sampled_from(["MIN", "MAX"]), inner, inner),
        st.builds(lambda a, b, c: Call("CLAMP", (a, b, c)), inner, inner, inner),
        st.builds(lambda c, a, b: Call("IF", (c, a, b)), conditions | joined, inner, inner),
        st.builds(lambda a: Call("ABS", (a,)), inner),
        st.builds(lambda name, a: Call(name, (a, Name("T"))), st.sampled_from(["STEPS", "INTERPOLATE"]), inner),
        st.builds(
            lambda name, a, places: Call(name, (a, Number(Fraction(places)))),
            st.sampled_from(["ROUND", "ROUNDUP", "ROUNDDOWN"]),
            inner,
            st.integers(0, 3),
        ),
    )


AMOUNTS = st.decimals(min_value=0, max_value=40, places=2)
FIELDS = st.lists(st.tuples(AMOUNTS, st.integers(0, 10), st.integers(0, 5)), min_size=1, max_size=5)


@settings(QUICK, max_examples=300)
@given(st.recursive(LEAVES, larger, max_leaves=8), FIELDS)
def test_all_bids_at_once_give_what_each_bid_alone_gives(tree: Node, bids: list[tuple[Decimal, int, int]]) -> None:
    """For one bid alone the numbers are plain fractions: another way to the same result."""
    prices, qualities, points = ([Fraction(bid[index]) for bid in bids] for index in range(3))
    ratios = [quality / (price + 1) for price, quality in zip(prices, qualities, strict=True)]
    alone: list[Fraction | str] = []
    for price, quality, ratio, own in zip(prices, qualities, ratios, points, strict=True):
        given: dict[str, Given] = {"P": price, "q": quality, "ratio": ratio, "Ps": prices, "qs": qualities}
        criteria: dict[str, Given] = {"w": [Fraction(2, 5), Fraction(3, 5)], "p": [own, Fraction(7)]}
        try:
            alone.append(evaluate(tree, **given, **criteria, ratios=ratios, X=Fraction(5, 2), T=BANDS))
        except TenderkitError as error:
            alone.append(error.problems[0].id)
    rows: list[dict[str, Exact | list[Fraction]]] = [{"w": Fraction(2, 5), "p": points}, {"w": Fraction(3, 5), "p": 7}]
    refused = [value for value in alone if isinstance(value, str)]
    columns = {"P": prices, "q": qualities}
    constants: dict[str, Exact | Table] = {"X": Fraction(5, 2), "T": BANDS}
    steps = {"ratio": "q/(P+1)"}
    if refused:
        with pytest.raises(TenderkitError) as caught:
            evaluate_bids(tree, columns, constants, steps, rows)
        assert caught.value.problems[0].id in refused
    else:
        assert list(evaluate_bids(tree, columns, constants, steps, rows)) == alone


@QUICK
@given(st.fractions(0, 3, max_denominator=40), st.integers(0, 12))
def test_present_values_are_what_their_terms_add_up_to(rate: Fraction, years: int) -> None:
    terms = sum((1 / (1 + rate) ** year for year in range(1, years + 1)), Fraction(0))
    assert evaluate("ANNUITY(r,n)", r=rate, n=years) == terms
    growth = sum(comb(years, power) * rate**power for power in range(years + 1))
    assert evaluate("PRESENT_VALUE(P,r,n)", P=7, r=rate, n=years) == 7 / Fraction(growth)


@QUICK
@given(st.fractions(Fraction(1, 100), 100, max_denominator=100), st.integers(1, 9))
def test_a_root_of_a_power_is_exact(base: Fraction, degree: int) -> None:
    assert evaluate("POWER(x^n,1/n)", x=base, n=degree) == base


@QUICK
@given(st.fractions(Fraction(1, 100), 300, max_denominator=10**6))
def test_logarithm_and_exponential_undo_each_other(value: Fraction) -> None:
    assert abs(evaluate("EXP(LN(x))", x=value) / value - 1) < Fraction(1, 10**48)
