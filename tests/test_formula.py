"""The formula language: read, calculated exactly, written for Excel, set as an equation, and said."""

from __future__ import annotations

import re
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderkit.formula import Node, equation, evaluate, evaluate_bids, excel, names_in, parse, words
from tenderkit.formula.equation import NAMESPACE
from tenderkit.formula.exact import Given
from tenderkit.formula.excel import plain_number
from tenderkit.formula.functions import FUNCTIONS
from tenderkit.formula.phrases import Phrases, installed_phrases, read_phrases
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Number
from tenderkit.problems import Problem, TenderkitError

QUICK = settings(max_examples=60, derandomize=True, deadline=None)
M = f"{{{NAMESPACE}}}"


def problem_of(text: str) -> str:
    with pytest.raises(TenderkitError) as caught:
        parse(text)
    return str(caught.value)


# Reading


@pytest.mark.parametrize(
    ("text", "problem_id", "column"),
    [
        ("-a^b", "formula-ambiguous-power", 1),
        ("2*-a^2", "formula-ambiguous-power", 3),
        ("a^b^c", "formula-ambiguous-power", 4),
        ("min(Ps)", "formula-unknown-function", 1),
        ("S*AVERGE(Ps)", "formula-unknown-function", 3),
        ("P+Ps", "formula-plural-alone", 3),
        ("MIN(Ps,P)", "formula-plural-alone", 5),
        ("2P", "formula-unexpected", 2),
        ("(P", "formula-unexpected", 3),
        ("P)", "formula-unexpected", 2),
        ("P Q", "formula-unexpected", 3),
        ("a<b<c", "formula-unexpected", 4),
        ("MIN", "formula-unexpected", 1),
        ("--a", "formula-unexpected", 2),
        ("P>1", "formula-wrong-kind", 2),
        ("IF(P,1,2)", "formula-wrong-kind", 4),
        ("1+(P>2)", "formula-wrong-kind", 5),
        ("IF(P>1,2)", "formula-wrong-arguments", 1),
        ("SUM(P,Q)", "formula-wrong-arguments", 1),
        ("ROUND(P,Q)", "formula-wrong-arguments", 1),
        ("SUM_CRITERIA(SUM_CRITERIA(p))", "formula-wrong-arguments", 1),
        ("1;2", "formula-unknown-character", 2),
        ("P·2", "formula-unknown-character", 2),
        ("1,5", "formula-unexpected", 2),
    ],
)
def test_a_broken_formula_names_its_column(text: str, problem_id: str, column: int) -> None:
    message = problem_of(text)
    assert f"{problem_id}: Column {column}: " in message


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("-a^b", "(-a)^b"),
        ("a^b^c", "(a^b)^c"),
        ("S*AVERGE(Ps)", 'Did you mean "AVERAGE"?'),
        ("min(Ps)", 'Did you mean "MIN"?'),
        ("P+Ps", "MIN(Ps)"),
        ("1;2", "comma"),
        ("2P", "Write * for multiplication."),
        ("", "w*p"),
    ],
)
def test_a_broken_formula_says_the_next_step(text: str, advice: str) -> None:
    assert advice in problem_of(text)


def test_size_is_bounded() -> None:
    assert "formula-too-long" in problem_of("1+" * 1500 + "1")
    assert "formula-too-deep" in problem_of("(" * 31 + "1" + ")" * 31)
    assert "formula-too-deep" in problem_of("+".join("1" * 200))
    assert parse("(" * 30 + "1" + ")" * 30) == Number(Fraction(1))
    with pytest.raises(TenderkitError, match="formula-number-too-large"):
        evaluate("(9^999)^(9^9)")


@QUICK
@given(st.text(alphabet="aPs0123456789.,%+-*/^()<>=&;æ \tMINIF", max_size=40))
def test_any_text_is_a_formula_or_a_problem(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        parse(text)
    except TenderkitError as error:
        problems = error.problems
    assert all(problem.id.startswith("formula-") for problem in problems)


def test_a_name_with_s_is_all_bids_and_a_single_letter_never() -> None:
    assert parse("MIN(ratios)").arguments == (Bids("ratio"),)  # type: ignore[union-attr]
    assert parse("s") == Name("s")
    assert names_in(parse("S*(MIN(Ps)-P)/X")) == ("S", "Ps", "P", "X")


# Calculating

VALUES: dict[str, Given] = {
    "a": 7,
    "b": 2,
    "c": 3,
    "x": Fraction(-5, 2),
    "z": 0,
    "Ps": [410, 455, 520, 600],
    "Qs": [3, 1, 2],
    "Ns": [],
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a-b-c", "2"),
        ("a/b/c", "7/6"),
        ("a-b*c", "1"),
        ("a*b^c", "56"),
        ("-a+b", "-5"),
        ("(-b)^2", "4"),
        ("-(b^2)", "-4"),
        ("b^-2", "1/4"),
        ("1-b^2", "-3"),
        ("50%*a", "7/2"),
        ("12.5 %", "1/8"),
        ("ABS(x)", "5/2"),
        ("MIN(a,b,c)", "2"),
        ("MAX(0,x)", "0"),
        ("CLAMP(a,0,5)", "5"),
        ("CLAMP(x,0,5)", "0"),
        ("ROUND(x,0)", "-3"),
        ("ROUND(2.5,0)", "3"),
        ("ROUND(1.005,2)", "201/200"),
        ("ROUNDUP(x,0)", "-3"),
        ("ROUNDUP(2.001,2)", "201/100"),
        ("ROUNDDOWN(x,0)", "-2"),
        ("MIN(Ps)+MAX(Ps)", "1010"),
        ("AVERAGE(Ps)", "1985/4"),
        ("MEDIAN(Ps)", "975/2"),
        ("MEDIAN(Qs)", "2"),
        ("COUNT(Ps)*SUM(Qs)", "24"),
        ("COUNT(Ns)+SUM(Ns)", "0"),
        ("IF(a>b,1,1/z)", "1"),
        ("IF(AND(a>b,b>=2,c<>4),1,2)", "1"),
        ("IF(OR(a<b,NOT(c=3)),1,2)", "2"),
        ("IF(a<=7,1,2)", "1"),
    ],
)
def test_values_are_exact(text: str, value: str) -> None:
    expected = Fraction(value)
    if text == "ROUND(1.005,2)":
        expected = Fraction("1.01")
    assert evaluate(text, **VALUES) == expected


def test_published_formulas_give_published_points() -> None:
    """The families R01, R02 and R05 with prices worked by hand; R01 and its freak bid are P09."""
    prices = [100, 110, 130]
    assert evaluate("S*MIN(Ps)/P", S=40, P=110, Ps=prices) == Fraction(400, 11)
    assert evaluate("S*MAX(0,1-(P-MIN(Ps))/(X*MIN(Ps)))", S=40, P=130, X=Fraction(1, 2), Ps=prices) == 16
    assert evaluate("S*(MAX(Ps)-P)/(MAX(Ps)-MIN(Ps))", S=40, P=110, Ps=prices) == Fraction(80, 3)


@pytest.mark.parametrize(
    ("text", "problem_id"),
    [
        ("a/z", "formula-division-by-zero"),
        ("z^-1", "formula-division-by-zero"),
        ("z^0", "formula-division-by-zero"),
        ("x^0.5", "formula-negative-power"),
        ("q+1", "formula-missing-name"),
        ("MIN(Rs)", "formula-missing-name"),
        ("MIN(Ns)", "formula-no-bids"),
        ("IF(AND(z=1,1/z>2),1,2)", "formula-division-by-zero"),
    ],
)
def test_what_has_no_value_is_a_problem(text: str, problem_id: str) -> None:
    with pytest.raises(TenderkitError, match=problem_id):
        evaluate(text, **VALUES)


def test_floats_are_refused() -> None:
    with pytest.raises(TypeError, match="P is a float"):
        evaluate("P", P=0.1)  # type: ignore[arg-type]


def test_sum_criteria_runs_through_the_criteria_and_sees_the_bid() -> None:
    criteria: dict[str, Given] = {"w": [Fraction(1, 10), Fraction(9, 10)], "p": [6, 5]}
    assert evaluate("P-SUM_CRITERIA(w*p)/S", **criteria, P=10, S=3) == 10 - Fraction("5.1") / 3
    with pytest.raises(TenderkitError, match='"w" has no value'):
        evaluate("SUM_CRITERIA(p)+w", **criteria)


def test_steps_become_values_and_columns() -> None:
    points = evaluate_bids("S*ratio/MAX(ratios)", {"q": [60, 75], "P": [1000, 1240]}, {"S": 100}, {"ratio": "q/P"})
    assert points == (Fraction(60 * 1240 * 100, 75 * 1000), Fraction(100))


# Writing for Excel


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("S*MAX(0, 1-(P-MIN(Ps))/(X*MIN(Ps)))", "$B$1*MAX(0,1-(C4-MIN(C$4:C$9))/($B$2*MIN(C$4:C$9)))"),
        ("-(P^2)", "-(C4^2)"),
        ("(-P)^2", "(-C4)^2"),
        ("(P^2)^S", "(C4^2)^$B$1"),
        ("P^-2", "C4^(-2)"),
        ("S-(P-X)", "$B$1-(C4-$B$2)"),
        ("(S-P)-X", "$B$1-C4-$B$2"),
        ("S/(P*X)", "$B$1/(C4*$B$2)"),
        ("50%*P", "50%*C4"),
        ("CLAMP(P,0,S)", "MAX(0,MIN(C4,$B$1))"),
        ("IF(AND(P>0,P<>S),1.5,2)", "IF(AND(C4>0,C4<>$B$1),1.5,2)"),
    ],
)
def test_excel_text(text: str, written: str) -> None:
    cells = {"S": "$B$1", "X": "$B$2", "P": "C4", "Ps": "C$4:C$9"}
    assert excel(parse(text), cells) == written


def test_sum_criteria_is_written_out() -> None:
    cells = [{"w": "D1", "p": "D4"}, {"w": "E1", "p": "E4"}]
    assert excel(parse("SUM_CRITERIA(w*p)"), {}, cells) == "D1*D4+E1*E4"
    assert excel(parse("P-SUM_CRITERIA(w*p/S)"), {"P": "C4", "S": "B1"}, cells) == "C4-(D1*D4/B1+E1*E4/B1)"
    assert excel(parse("2*SUM_CRITERIA(w-p)"), {}, cells) == "2*((D1-D4)+(E1-E4))"
    assert excel(parse("SUM_CRITERIA(w*p)"), {}) == "0"


def test_a_name_without_a_cell_is_a_problem() -> None:
    with pytest.raises(TenderkitError, match='"P" has no cell'):
        excel(parse("P"), {"Q": "A1"})


@pytest.mark.parametrize("value", ["0", "12", "0.5", "309.6", "0.001", "123456789012345678901234567890.5", "1/8"])
def test_plain_numbers_read_back(value: str) -> None:
    assert evaluate(plain_number(Fraction(value))) == Fraction(value)


NAMES = st.sampled_from(
    [
        Name("P"),
        Name("S"),
        Name("x"),
        Number(Fraction(2)),
        Number(Fraction("0.35")),
        Number(Fraction(1, 2), percent=True),
        Call("MIN", (Bids("P"),)),
    ]
)


def arithmetic(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    conditions = st.builds(Compare, st.sampled_from(["<", "<=", "=", ">=", ">", "<>"]), inner, inner)
    return st.one_of(
        st.builds(Negative, inner),
        st.builds(Binary, st.sampled_from("+-*/^"), inner, inner),
        st.builds(lambda a, b: Call("MAX", (a, b)), inner, inner),
        st.builds(lambda c, a, b: Call("IF", (c, a, b)), conditions, inner, inner),
    )


ARITHMETIC = st.recursive(NAMES, arithmetic, max_leaves=10)
JOINED = st.builds(
    lambda a, b, c: Call("IF", (Call("OR", (Compare("<", a, b), Call("NOT", (Compare("=", b, c),)))), a, c)),
    ARITHMETIC,
    ARITHMETIC,
    ARITHMETIC,
)
TREES = ARITHMETIC | JOINED


@QUICK
@given(TREES)
def test_excel_text_with_names_reads_back_as_the_same_tree(node: Node) -> None:
    assert parse(excel(node, {name: name for name in names_in(node)})) == node


# Saying

PRICE = {
    "result": {"da": "Pointtallet", "en": "The number of points"},
    "S": {"da": "10", "en": "10"},
    "X": {"da": "50 %", "en": "50%"},
    "P": {"da": "tilbuddets evalueringspris", "en": "the tender's evaluated price"},
    "Ps": {"da": "evalueringspris", "en": "evaluated price"},
    "q": {"da": "kvaliteten", "en": "the quality"},
}


@pytest.mark.parametrize(
    ("text", "danish", "english"),
    [
        (
            "S*MAX(0,1-(P-MIN(Ps))/(X*MIN(Ps)))",
            "Pointtallet er 10 ganget med (1 minus forholdet mellem x og y, dog mindst 0), hvor x er tilbuddets evalueringspris minus den laveste evalueringspris blandt de antagelige tilbud, og y er 50 % af den laveste evalueringspris blandt de antagelige tilbud.",
            "The number of points is 10 multiplied by (1 minus the ratio of x to y, but at least 0), where x is the tender's evaluated price minus the lowest evaluated price among the admissible tenders, and y is 50% of the lowest evaluated price among the admissible tenders.",
        ),
        (
            "S*MIN(Ps)/P",
            "Pointtallet er 10 ganget med den laveste evalueringspris blandt de antagelige tilbud og divideret med tilbuddets evalueringspris.",
            "The number of points is 10 multiplied by the lowest evaluated price among the admissible tenders and divided by the tender's evaluated price.",
        ),
        (
            "MAX(0,P-q)",
            "Pointtallet er tilbuddets evalueringspris minus kvaliteten, dog mindst 0.",
            "The number of points is the tender's evaluated price minus the quality, but at least 0.",
        ),
        (
            "MIN(S,MAX(q,0))",
            "Pointtallet er kvaliteten, dog mindst 0 og højst 10.",
            "The number of points is the quality, but at least 0 and at most 10.",
        ),
        (
            "4*P+2400.5*q",
            "Pointtallet er summen af 4 ganget med tilbuddets evalueringspris og 2.400,5 ganget med kvaliteten.",
            "The number of points is the sum of 4 multiplied by the tender's evaluated price and 2,400.5 multiplied by the quality.",
        ),
        (
            "ROUND(P/q,1)",
            "Pointtallet er tilbuddets evalueringspris divideret med kvaliteten, afrundet til én decimal.",
            "The number of points is the tender's evaluated price divided by the quality, rounded to one decimal.",
        ),
        (
            "IF(q>=5,S,0)",
            "Pointtallet er 10, hvis kvaliteten er mindst 5, og ellers 0.",
            "The number of points is 10 if the quality is at least 5, and otherwise 0.",
        ),
        (
            "S*(1-q^2)",
            "Pointtallet er 10 ganget med (1 minus kvadratet på kvaliteten).",
            "The number of points is 10 multiplied by (1 minus the square of the quality).",
        ),
    ],
)
def test_sentences(text: str, danish: str, english: str) -> None:
    assert words(parse(text), PRICE, "da").replace("\u00a0", " ") == danish
    assert words(parse(text), PRICE, "en") == english


@QUICK
@given(ARITHMETIC)
def test_every_formula_has_a_sentence_without_nested_parentheses(node: Node) -> None:
    sentence = words(node, {**PRICE, "x": {"da": "tallet", "en": "the number"}}, "da")
    assert sentence.startswith("Pointtallet er ")
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert re.sub(r"\([^()]*\)", "", sentence).count("(") == 0


def test_a_model_can_name_an_aggregate_itself() -> None:
    symbols = {**PRICE, "MIN(Ps)": {"da": "det laveste honorar", "en": "the lowest fee"}}
    assert words(parse("MIN(Ps)"), symbols, "da") == "Pointtallet er det laveste honorar."


def test_a_label_with_braces_is_not_read_as_a_phrase() -> None:
    symbols = {**PRICE, "q": {"da": "{x} {0.__class__}", "en": "{y}"}}
    assert words(parse("q+1"), symbols, "da") == "Pointtallet er {x} {0.__class__} plus 1."


def test_a_symbol_without_text_is_a_problem() -> None:
    with pytest.raises(TenderkitError, match='"v" has no text'):
        words(parse("v"), PRICE, "da")


def test_phrases_have_the_same_parts_in_both_languages() -> None:
    phrases = installed_phrases()
    names = list(Phrases.model_fields)
    assert len(names) > 40
    for name in names:
        text = getattr(phrases, name)
        assert set(re.findall(r"{\w+}", text.da)) == set(re.findall(r"{\w+}", text.en)), name
        assert set(re.findall(r"{\w+}", text.da)) <= {"{x}", "{y}", "{z}"}, name


def test_a_missing_or_unknown_phrase_is_a_problem_with_its_line() -> None:
    with pytest.raises(TenderkitError) as caught:
        read_phrases("sentense: {da: a, en: b}", "formula.yaml")
    text = str(caught.value)
    assert (
        'formula.yaml:1 (sentense): error unknown-key: The key "sentense" is not known here. Did you mean "sentence"?'
        in text
    )
    assert 'The key "list-last" is missing.' in text


# Setting as an equation


def plain(xml: str) -> str:
    """Give an equation's text, with the parts of fractions and scripts in their order."""
    return "".join(part.text or "" for part in ET.fromstring(xml).iter(f"{M}t"))  # noqa: S314 - our own XML


def test_the_price_formula_as_an_equation() -> None:
    names = {"S": "10", "X": "50 %", "P": "E"}
    xml = equation(parse("S*MAX(0,1-(P-MIN(Ps))/(X*MIN(Ps)))"), names, left="Point")
    assert plain(xml) == "Point = 10 · max0; 1 − E − Emin50 % · Emin"
    root = ET.fromstring(xml)  # noqa: S314 - our own XML
    fraction = root.find(f".//{M}f")
    assert fraction is not None
    assert [child.tag for child in fraction] == [f"{M}num", f"{M}den"]
    assert len(root.findall(f".//{M}sSub")) == 2


def test_equations_follow_the_language() -> None:
    node = parse("MAX(P,1.5)")
    assert plain(equation(node, language="da")) == "maxP; 1,5"
    assert plain(equation(node, language="en")) == "maxP, 1.5"


def test_sums_over_criteria_carry_an_index() -> None:
    xml = equation(parse("P-SUM_CRITERIA(a*p/S)"), {"S": "10"})
    root = ET.fromstring(xml)  # noqa: S314 - our own XML
    assert root.find(f".//{M}nary") is not None
    assert plain(xml) == "P − iai · pi10"


def test_if_is_a_brace_with_two_lines() -> None:
    xml = equation(parse("IF(P>0,S,0)"))
    root = ET.fromstring(xml)  # noqa: S314 - our own XML
    assert len(root.findall(f".//{M}eqArr/{M}e")) == 2
    begin = root.find(f".//{M}begChr")
    assert begin is not None
    assert begin.get(f"{M}val") == "{"
    assert "hvis" in plain(xml)
    assert "ellers" in plain(xml)


def test_names_in_equations_are_only_text() -> None:
    hostile = '<m:r/>&"\x00\x0b]]>'
    xml = equation(parse("P"), {"P": hostile}, left=hostile)
    assert plain(xml) == '<m:r/>&"]]> = <m:r/>&"]]>'


@QUICK
@given(TREES)
def test_every_formula_is_a_well_formed_equation(node: Node) -> None:
    root = ET.fromstring(equation(node))  # noqa: S314 - our own XML
    assert root.tag == f"{M}oMath"
    assert all(part.tag.startswith(M) for part in root.iter())


def test_every_function_has_all_renderings() -> None:
    samples = {
        "AND": "IF(AND(P>1,q>1),1,2)",
        "OR": "IF(OR(P>1,q>1),1,2)",
        "NOT": "IF(NOT(P>1),1,2)",
        "IF": "IF(P>1,1,2)",
        "CLAMP": "CLAMP(P,0,1)",
        "SUM_CRITERIA": "SUM_CRITERIA(q)",
        "PRODUCT_CRITERIA": "PRODUCT_CRITERIA(q)",
        "MIN_CRITERIA": "MIN_CRITERIA(q)",
        "STEPS": "STEPS(P,band)",
        "INTERPOLATE": "INTERPOLATE(P,band)",
        "PRESENT_VALUE": "PRESENT_VALUE(P,4%,2)",
        "RANK": "RANK(P,Ps)",
        "TRIMMED": "TRIMMED(Ps,1,0)",
    }
    for name, function in FUNCTIONS.items():
        scalar = f"{name}(P,2)" if function.takes[1:] else f"{name}(P)"
        text = samples.get(name, f"{name}(Ps)" if function.bids else scalar)
        node = parse(text)
        rows = ((Fraction(0), Fraction(1)), (Fraction(5), Fraction(2)))
        values = evaluate_bids(node, {"P": [3, 4], "q": [2, 2]}, {"band": rows}, criteria=[{"q": 2}])
        assert all(isinstance(value, Fraction) for value in values)
        references = {"P": "C4", "q": "D4", "Ps": "C4:C5"}
        cells = excel(node, references, [{"q": "D4"}], {"band": [("A1", "B1"), ("A2", "B2")]})
        assert "_xlfn" not in cells
        assert "CLAMP" not in cells
        assert "CRITERIA" not in cells
        assert ET.fromstring(equation(node)) is not None  # noqa: S314 - our own XML
        names = {**PRICE, "band": {"da": "trappen", "en": "the bands"}}
        assert words(node, names, "da") != words(node, names, "en")
