"""The functions of the formula language: read with their arguments, told by their kind, and written for Excel."""

from __future__ import annotations

import io
import random
from fractions import Fraction

import pytest
from office import recalculated

from tenderkit.formula import (
    Table,
    evaluate_bids,
    excel,
    is_rational,
    names_in,
    parse,
    parse_condition,
    tables_in,
)
from tenderkit.formula.functions import FUNCTIONS, OVER_CRITERIA
from tenderkit.formula.tree import Bids, Binary, Call, Name, Number
from tenderkit.problems import TenderkitError

# Reading


@pytest.mark.parametrize(
    ("text", "problem_id", "column", "advice"),
    [
        ("S*EXPP(1)", "formula-unknown-function", 3, 'Did you mean "EXP"?'),
        ("ln(P)", "formula-unknown-function", 1, 'Did you mean "LN"?'),
        ("STDEV(Ps)", "formula-unknown-function", 1, 'Did you mean "STDEVP"?'),
        ("RANKS(P,Ps)", "formula-unknown-function", 1, 'Did you mean "RANK"?'),
        ("SUM_CRITERION(p)", "formula-unknown-function", 1, 'Did you mean "SUM_CRITERIA"?'),
        ("PRESENTVALUE(P,1,2)", "formula-unknown-function", 1, 'Did you mean "PRESENT_VALUE"?'),
        ("EXP(Ps)", "formula-plural-alone", 5, "MIN(Ps)"),
        ("EXP(1,2)", "formula-wrong-arguments", 1, "EXP(number)"),
        ("LN(P>1)", "formula-wrong-kind", 5, ""),
        ("POWER(2)", "formula-wrong-arguments", 1, "POWER(number, exponent)"),
        ("PRODUCT(P,q)", "formula-wrong-arguments", 1, "PRODUCT(Ps)"),
        ("STDEVP(P)", "formula-wrong-arguments", 1, "STDEVP(Ps)"),
        ("RANK(P)", "formula-wrong-arguments", 1, "RANK(P, Ps)"),
        ("RANK(P,q)", "formula-wrong-kind", 8, ""),
        ("1+RANK(P,qs)", "formula-wrong-arguments", 3, "RANK(P, Ps)"),
        ("RANK(P+1,Ps)", "formula-wrong-arguments", 1, "a name as a step"),
        ("TRIMMED(P,1,1)", "formula-wrong-kind", 9, ""),
        ("TRIMMED(Ps,1)", "formula-wrong-arguments", 1, "TRIMMED(Ps, 1, 1)"),
        ("TRIMMED(Ps,1,k)", "formula-wrong-arguments", 1, "at most 12 bids"),
        ("TRIMMED(Ps,1,0.5)", "formula-wrong-arguments", 1, "TRIMMED(Ps, 1, 1)"),
        ("TRIMMED(Ps,13,0)", "formula-wrong-arguments", 1, "at most 12 bids"),
        ("ROUND(P,13)", "formula-wrong-arguments", 1, "at most 12 decimals"),
        ("STEPS(P,2)", "formula-wrong-kind", 9, "STEPS(number, table)"),
        ("STEPS(P,T+1)", "formula-wrong-kind", 10, "STEPS(number, table)"),
        ("STEPS(P,bands)", "formula-wrong-kind", 9, "without an s at its end"),
        ("STEPS(T)", "formula-wrong-arguments", 1, "STEPS(number, table)"),
        ("INTERPOLATE(Ps,T)", "formula-plural-alone", 13, "MIN(Ps)"),
        ("STEPS(P,T)+T", "formula-wrong-kind", 12, "STEPS(number, T)"),
        ("T*INTERPOLATE(P,T)", "formula-wrong-kind", 1, "INTERPOLATE(number, T)"),
        ("ANNUITY(4%)", "formula-wrong-arguments", 1, "ANNUITY(4%, 10)"),
        ("PRESENT_VALUE(4%,2)", "formula-wrong-arguments", 1, "PRESENT_VALUE(amount, 4%, 10)"),
        ("SUM_CRITERIA(MIN_CRITERIA(p))", "formula-wrong-arguments", 1, "as a step"),
        ("PRODUCT_CRITERIA(1+PRODUCT_CRITERIA(p))", "formula-wrong-arguments", 1, "as a step"),
        ("EXP", "formula-unexpected", 1, "EXP(number)"),
        ("ANNUITY+1", "formula-unexpected", 1, "ANNUITY(4%, 10)"),
    ],
)
def test_a_broken_call_names_its_column_and_the_next_step(text: str, problem_id: str, column: int, advice: str) -> None:
    with pytest.raises(TenderkitError) as caught:
        parse(text)
    assert f"{problem_id}: Column {column}: " in str(caught.value)
    assert advice in str(caught.value)


def test_the_usage_of_every_function_can_be_read() -> None:
    """What a message tells people to write must itself be a formula."""
    for name, function in FUNCTIONS.items():
        for usage in function.usage.split(" or "):
            text = usage.replace("condition", "P>1")
            node = parse_condition(text) if name in {"AND", "OR", "NOT"} else parse(text)
            assert isinstance(node, (Call, Binary)), usage


def test_power_is_the_sign_with_another_name() -> None:
    assert parse("POWER(a+1,b)") == parse("(a+1)^b")
    assert parse("-POWER(a,b)") == parse("-(a^b)")
    assert parse("POWER(POWER(a,b),c)") == parse("(a^b)^c")


def test_tables_are_names_where_a_table_stands() -> None:
    node = parse("S*STEPS(P/MIN(Ps),band)+INTERPOLATE(q,line)-STEPS(q,band)")
    assert tables_in(node) == ("band", "line")
    assert names_in(node) == ("S", "P", "Ps", "band", "q", "line")
    assert tables_in(parse("band*P")) == ()


@pytest.mark.parametrize(
    ("text", "rational"),
    [
        ("S*MIN(Ps)/P", True),
        ("P^2+P^-3", True),
        ("P^0.5", False),
        ("P^x", False),
        ("POWER(P,2)", True),
        ("POWER(P,1/2)", False),
        ("STEPS(P,T)+INTERPOLATE(P,T)", True),
        ("ANNUITY(r,n)+PRESENT_VALUE(a,r,n)", True),
        ("RANK(P,Ps)+TRIMMED(Ps,1,1)+PRODUCT(Ps)", True),
        ("IF(P>1,1,LN(2))", False),
        ("SUM_CRITERIA(EXP(p))", False),
        ("STDEVP(Ps)", False),
    ],
)
def test_which_formulas_give_fractions(text: str, rational: bool) -> None:
    assert is_rational(parse(text)) is rational


def test_conditions_are_read_alone() -> None:
    assert parse_condition("P<=2*MIN(Ps)") == parse("IF(P<=2*MIN(Ps),1,0)").arguments[0]  # type: ignore[union-attr]
    assert parse_condition("NOT(AND(P>1,q>1))").function == "NOT"  # type: ignore[union-attr]
    for text, message in (
        ("P+1", "formula-wrong-kind: Column 2: a condition is needed, not a number."),
        ("IF(P>1,1,2)", "formula-wrong-kind: Column 1: a condition is needed"),
        ("Ps", "formula-plural-alone: Column 1"),
        ("P>", "formula-unexpected: Column 3"),
        ("", "formula-empty"),
    ):
        with pytest.raises(TenderkitError) as caught:
            parse_condition(text)
        assert message in str(caught.value)


def test_parts_that_were_built_and_not_read_have_no_column() -> None:
    with pytest.raises(TenderkitError) as caught:
        evaluate_bids(Binary("/", Name("P"), Number(Fraction(0))), {"P": [1]})
    assert caught.value.problems[0].message == "a division by zero."


# Writing for Excel

CELLS = {"S": "$B$1", "X": "$B$2", "P": "C4", "q": "D4", "Ps": "C$4:C$9"}
TABLES = {"T": [("F1", "G1"), ("F2", "G2"), ("F3", "G3")]}
CRITERIA = [{"w": "H1", "p": "H4"}, {"w": "I1", "p": "I4"}]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("EXP(-P/S)", "EXP(-C4/$B$1)"),
        ("S*LN(P)", "$B$1*LN(C4)"),
        ("POWER(P,1/2)", "C4^(1/2)"),
        ("POWER(-P,q)", "(-C4)^D4"),
        ("POWER(P^2,q)", "(C4^2)^D4"),
        ("PRODUCT(Ps)", "PRODUCT(C$4:C$9)"),
        ("STDEVP(Ps)", "IF(MAX(C$4:C$9)=MIN(C$4:C$9),0,STDEVP(C$4:C$9))"),
        ("RANK(P,Ps)", "RANK(C4,C$4:C$9,1)"),
        (
            "P/TRIMMED(Ps,1,2)",
            "C4/((SUM(C$4:C$9)-SMALL(C$4:C$9,1)-LARGE(C$4:C$9,1)-LARGE(C$4:C$9,2))/MAX(0,COUNT(C$4:C$9)-3))",
        ),
        ("TRIMMED(Ps,0,0)", "SUM(C$4:C$9)/COUNT(C$4:C$9)"),
        ("STEPS(P-q,T)", "IF(ROUND(C4-D4,12)>=F3,G3,IF(ROUND(C4-D4,12)>=F2,G2,G1))"),
        (
            "INTERPOLATE(P-q,T)",
            "IF(C4-D4<=F1,G1,IF(C4-D4<F2,G1+((C4-D4)-F1)*(G2-G1)/(F2-F1),IF(C4-D4<F3,G2+((C4-D4)-F2)*(G3-G2)/(F3-F2),G3)))",
        ),
        ("ANNUITY(X,q+1)", "PV($B$2,D4+1,-1)"),
        ("S-PRESENT_VALUE(P*q,X,S+1)", "$B$1-C4*D4/(1+$B$2)^($B$1+1)"),
        ("PRESENT_VALUE(P+q,-X,2)/S", "(C4+D4)/(1+(-$B$2))^2/$B$1"),
        ("S/PRESENT_VALUE(P,X,2)", "$B$1/(C4/(1+$B$2)^2)"),
        ("ROUNDUP(P,1)", "ROUNDUP(ROUND(C4,13),1)"),
        ("ROUNDDOWN(P,0)", "ROUNDDOWN(ROUND(C4,12),0)"),
        ("ROUND(P,2)", "ROUND(C4,2)"),
        ("PRODUCT_CRITERIA(p^w)", "H4^H1*I4^I1"),
        ("S/PRODUCT_CRITERIA(p)", "$B$1/(H4*I4)"),
        ("P-PRODUCT_CRITERIA(p+w)", "C4-(H4+H1)*(I4+I1)"),
        ("MIN_CRITERIA(p)", "MIN(H4+0,I4+0)"),
        ("MIN_CRITERIA(w*p)", "MIN(H1*H4,I1*I4)"),
    ],
)
def test_excel_text(text: str, written: str) -> None:
    assert excel(parse(text), CELLS, CRITERIA, TABLES) == written


def test_conditions_are_written_for_excel() -> None:
    assert excel(parse_condition("AND(P<=2*MIN(Ps),NOT(q<60))"), CELLS) == "AND(C4<=2*MIN(C$4:C$9),NOT(D4<60))"


def test_over_no_criteria() -> None:
    assert excel(parse("PRODUCT_CRITERIA(p)"), {}) == "1"
    assert excel(parse("SUM_CRITERIA(p)"), {}) == "0"
    with pytest.raises(TenderkitError, match="formula-no-criteria"):
        excel(parse("MIN_CRITERIA(p)"), {})


def test_a_table_without_cells_is_a_problem() -> None:
    with pytest.raises(TenderkitError, match=r'Column 9: "band" has no cell\. Did you mean "bands"'):
        excel(parse("STEPS(P,band)"), {"P": "C4"}, (), {"bands": []})


# The same numbers in a spreadsheet

ROWS: Table = tuple((Fraction(edge), Fraction(value)) for edge, value in (("1", "10"), ("1.15", "6.4"), ("1.5", "0")))
FORMULAS = [
    "S*EXP(-P/MIN(Ps))",
    "LN(P/q)+POWER(P,1/3)+P^-0.5",
    "PRODUCT(qs)/1000",
    "IF(STDEVP(Ps)=0,S,(P-AVERAGE(Ps))/STDEVP(Ps))",
    "RANK(P,Ps)*10+RANK(q,qs)",
    "IF(COUNT(Ps)>3,TRIMMED(Ps,1,2),TRIMMED(Ps,0,0))",
    "STEPS(P/MIN(Ps),T)",
    "STEPS(P/100-P/200-P/200+1.15,T)",
    "STEPS(1+(P-P)+(1.15-1),T)",
    "INTERPOLATE(P/MIN(Ps),T)",
    "INTERPOLATE(1+q/8,T)-INTERPOLATE(1,T)",
    "ANNUITY(q/100,q)+ANNUITY(0,7)",
    "PRESENT_VALUE(P,q/100,q+2)/ANNUITY(4%,10)",
    "ROUNDUP(100*(P-MIN(Ps))/MIN(Ps),0)+ROUNDDOWN(100*(P/MIN(Ps)-1),1)",
    "ROUND(2.675+0*P,2)+ROUNDUP(100*(1.15-1),0)+ROUNDDOWN(100*(1.15-1),0)+ROUND(P/7,3)",
    "PRODUCT_CRITERIA((1+p)^w)",
    "MIN_CRITERIA(p)*MIN_CRITERIA(w*(p+1))-SUM_CRITERIA(p^w)",
]
WEIGHTS = (Fraction(3, 10), Fraction(1, 2), Fraction(1, 5))


def fields() -> list[tuple[list[Fraction], list[Fraction], list[list[Fraction]]]]:
    """Give prices, qualities and points of some fields of bids: one bid, equal bids, round steps, and any."""
    dice = random.Random(20261122)  # noqa: S311 - made-up bids, not secrets
    prices: list[list[int]] = [[110], [100, 100], [100, 115, 150, 115, 101]]
    prices += [[dice.randint(60, 400) for _ in range(count)] for count in (3, 4, 7)]
    return [
        (
            [Fraction(price) / (1 if index < 3 else 7) for price in row],
            [Fraction(dice.randint(1, 10)) for _ in row],
            [[Fraction(dice.randint(0, 10)) for _ in row] for _ in WEIGHTS],
        )
        for index, row in enumerate(prices)
    ]


def write_book() -> tuple[bytes, list[tuple[str, str, Fraction]]]:
    """Write a sheet with all formulas for all fields of bids; give each one's cell, its text, and its exact value."""
    import xlsxwriter  # noqa: PLC0415 - one test needs it

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Formulas")
    for row, (edge, value) in enumerate(ROWS):
        sheet.write_row(row, 20, [float(edge), float(value)])
    sheet.write_row(3, 20, [float(weight) for weight in WEIGHTS])
    tables = {"T": [(f"$U${row + 1}", f"$V${row + 1}") for row in range(len(ROWS))]}
    expected, row = [], 5
    for prices, qualities, points in fields():
        first, last = row + 1, row + len(prices)
        columns = {name: f"{letter}${first}:{letter}${last}" for name, letter in (("Ps", "A"), ("qs", "B"))}
        criteria: list[dict[str, Fraction | list[Fraction]]] = [
            {"w": weight, "p": own} for weight, own in zip(WEIGHTS, points, strict=True)
        ]
        values = [
            evaluate_bids(text, {"P": prices, "q": qualities}, {"S": 10, "T": ROWS}, criteria=criteria)
            for text in FORMULAS
        ]
        for index, numbers in enumerate(zip(prices, qualities, *points, strict=True)):
            sheet.write_row(row, 0, [float(number) for number in numbers])
            cells = [{"w": f"${letter}$4", "p": f"{own}{row + 1}"} for letter, own in zip("UVW", "CDE", strict=True)]
            own = {"P": f"A{row + 1}", "q": f"B{row + 1}", "S": "10", **columns}
            for column, text in enumerate(FORMULAS, start=30):
                written = excel(parse(text), own, cells, tables)
                sheet.write_formula(row, column, f"={written}", value=0)
                expected.append(
                    (xlsxwriter.utility.xl_rowcol_to_cell(row, column), written, values[column - 30][index])
                )
            row += 1
    book.close()
    return stream.getvalue(), expected


@pytest.mark.libreoffice
def test_a_spreadsheet_calculates_the_same_numbers() -> None:
    from openpyxl import load_workbook  # noqa: PLC0415 - one test needs it

    data, expected = write_book()
    assert len(expected) > 300
    sheet = load_workbook(io.BytesIO(recalculated(data)), data_only=True)["Formulas"]
    wrong = []
    for cell, text, value in expected:
        read = sheet[cell].value
        if not isinstance(read, (int, float)) or abs(Fraction(read) - value) > max(Fraction(1), abs(value)) / 10**9:
            wrong.append((cell, text, read, float(value)))
    assert wrong == []


def test_the_spreadsheet_is_asked_about_every_new_function() -> None:
    written = " ".join(FORMULAS)
    for name in FUNCTIONS:
        assert f"{name}(" in written or name in {"AND", "OR", "NOT", "ABS", "MAX", "CLAMP", "MEDIAN", "SUM"}, name
    assert {f"{name}(" in written for name in OVER_CRITERIA} == {True}
    assert parse("MIN(qs)").arguments == (Bids("q"),)  # type: ignore[union-attr]
