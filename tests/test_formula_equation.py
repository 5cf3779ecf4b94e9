"""Formulas as equations: Office Math for Word and MathML for the web, set by one walk through the tree."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from test_formula_words import conditions, formulas

from tenderkit.formula import Node, equation, mathml, parse, parse_condition
from tenderkit.formula.functions import FUNCTIONS
from tenderkit.formula.markup import MATHML, OFFICE_MATH
from tenderkit.formula.tree import Call, walk

QUICK = settings(max_examples=100, derandomize=True, deadline=None)
M, H = f"{{{OFFICE_MATH}}}", f"{{{MATHML}}}"
NAMES = {"S": "10", "P": "E", "X": "50 %", "band": "T", "curve": "K", "ref": "E_ref"}

#: How many children an element has, where that decides what each of them is.
CHILDREN = {"mfrac": 2, "msup": 2, "msub": 2, "munder": 2, "mroot": 2}
CORE = {"math", "mrow", "mi", "mn", "mo", "mtext", "msqrt", "mtable", "mtr", "mtd", *CHILDREN}


#: How an element is written on one line; ``{0}`` is its first child.
SHAPES = {
    **dict.fromkeys(("f", "mfrac"), "({0})/({1})"),
    **dict.fromkeys(("sSup", "msup"), "{0}^{{{1}}}"),
    **dict.fromkeys(("sSub", "msub", "munder"), "{0}_{{{1}}}"),
    "rad": "root{{{0}}}{{{1}}}",
    "mroot": "root{{{1}}}{{{0}}}",
}


def linear(part: ET.Element) -> str:
    """Give an equation on one line, whichever way it is written."""
    name = part.tag.rpartition("}")[2]
    inner = [linear(child) for child in part if not child.tag.endswith("Pr")]
    if name in SHAPES:
        return SHAPES[name].format(*inner)
    if name == "msqrt":
        return f"root{{}}{{{''.join(inner)}}}"
    if name == "nary":
        return f"{marks(part, 'naryPr', 'chr')[0]}_{{{inner[0]}}}{inner[-1]}"
    if name == "d":
        opening, closing = marks(part, "dPr", "begChr", "endChr")
        return opening + "".join(inner) + closing
    text = (part.text or "").replace("\u00a0", " ")
    return text + (" / " if name in {"eqArr", "mtable"} else "").join(inner)


def marks(part: ET.Element, properties: str, *names: str) -> list[str]:
    """Give the signs that Office Math keeps among an element's properties."""
    found = [part.find(f"{M}{properties}/{M}{name}") for name in names]
    return [sign.get(f"{M}val", "") for sign in found if sign is not None]


def plain(xml: str) -> str:
    """Give an equation on one line without the spaces that only Office Math writes."""
    return linear(ET.fromstring(xml)).replace(" ", "")  # noqa: S314 - our own XML


EVERY = [
    ("EXP(-P/2)", "e^{(−E)/(2)}"),
    ("LN(P/S)", "ln((E)/(10))"),
    ("POWER(P/S,3)", "((E)/(10))^{3}"),
    ("(P-S)^-2", "(E−10)^{−2}"),
    ("X^2", "(50%)^{2}"),
    ("50%^2", "(50%)^{2}"),
    ("POWER(P,1/2)", "root{}{E}"),
    ("(MIN(Ps)/P)^0.5", "root{}{(E_{min})/(E)}"),
    ("POWER(P*S,1/(n+2))", "root{n+2}{E·10}"),
    ("SUM(Ps)", "∑_{j}E_{j}"),
    ("PRODUCT(Ps)", "∏_{j}E_{j}"),
    ("SUM(Ps)-P*PRODUCT(Ps)", "(∑_{j}E_{j})−E·(∏_{j}E_{j})"),
    ("P-SUM(Ps)", "E−∑_{j}E_{j}"),
    ("MIN(Ps)+MAX(Ps)", "E_{min}+E_{max}"),
    ("AVERAGE(Ps)/MEDIAN(Ps)", "(E_{gns})/(E_{med})"),
    ("STDEVP(Ps)", "σ_{E}"),
    ("COUNT(Ps)", "n"),
    ("RANK(P,Ps)", "plads(E)"),
    ("TRIMMED(Ps,2,1)", "E_{trim2;1}"),
    ("STEPS(P-1,band)", "trin_{T}(E−1)"),
    ("INTERPOLATE(P/S,curve)", "interp_{K}((E)/(10))"),
    ("ANNUITY(4%,8)", "(1−(1+4%)^{−8})/(4%)"),
    ("ANNUITY(i,n-1)", "(1−(1+i)^{−(n−1)})/(i)"),
    ("PRESENT_VALUE(P,i,8)", "(E)/((1+i)^{8})"),
    ("SUM_CRITERIA(w*p)", "∑_{i}w_{i}·p_{i}"),
    ("PRODUCT_CRITERIA(p^w)", "∏_{i}p_{i}^{w_{i}}"),
    ("PRODUCT_CRITERIA(p-w)*2", "(∏_{i}(p_{i}−w_{i}))·2"),
    ("S*MIN_CRITERIA(p/S)", "10·min_{i}((p_{i})/(10))"),
    ("-k*(P-2)/P", "(−k·(E−2))/(E)"),
    ("P-(-k)*2", "E−(−k·2)"),
    ("ABS(P-ref)", "|E−E_{ref}|"),
    ("CLAMP(P,0,1.5)", "min(max(0;E);1,5)"),
    ("ROUND(P,2)+ROUNDUP(P,0)-ROUNDDOWN(P,1)", "afrund(E;2)+rundop(E;0)−rundned(E;1)"),
    ("IF(P<1,10,IF(OR(P=2,NOT(P>=3)),5,0))", "{10hvisE<1/5hvisE=2eller¬(E≥3)/0ellers"),
    ("IF(AND(P<=1,P<>0),1,2)", "{1hvisE≤1ogE≠0/2ellers"),
]


@pytest.mark.parametrize("write", [equation, mathml], ids=["office", "mathml"])
@pytest.mark.parametrize(("text", "set_as"), EVERY, ids=[text for text, _ in EVERY])
def test_every_function_is_set(text: str, set_as: str, write: Callable[..., str]) -> None:
    assert plain(write(parse(text), NAMES)) == set_as


def test_no_function_is_forgotten() -> None:
    used = {part.function for text, _ in EVERY for part in walk(parse(text)) if isinstance(part, Call)}
    assert used | {"POWER"} == set(FUNCTIONS)  # POWER is read as a power


@pytest.mark.parametrize("write", [equation, mathml], ids=["office", "mathml"])
def test_equations_follow_the_language(write: Callable[..., str]) -> None:
    node = parse("MAX(RANK(P,Ps),1.5)*STEPS(P,band)+INTERPOLATE(P,curve)-TRIMMED(Ps,1,0)")
    assert "plads(P);1,5)·trin_{band}(P)+interp_{curve}(P)−P_{trim1;0}" in plain(write(node))
    assert "rank(P),1.5)·steps_{band}(P)+interp_{curve}(P)−P_{trim1,0}" in plain(write(node, language="en"))


@pytest.mark.parametrize("write", [equation, mathml], ids=["office", "mathml"])
def test_what_the_formula_gives_and_own_names_are_put_in(write: Callable[..., str]) -> None:
    names = {"MIN(Ps)": "L", "STDEVP(Ps)": "s_E", "COUNT(Ps)": "N", "TRIMMED(Ps)": "G"}
    node = parse("MIN(Ps)+STDEVP(Ps)+COUNT(Ps)+TRIMMED(Ps,1,1)")
    assert plain(write(node, names, left="Point")) == "Point=L+s_{E}+N+G"


@pytest.mark.parametrize("write", [equation, mathml], ids=["office", "mathml"])
def test_conditions_are_set(write: Callable[..., str]) -> None:
    assert plain(write(parse_condition("AND(q>=60%*S,P<=2*MIN(Ps))"), NAMES)) == "q≥60%·10ogE≤2·E_{min}"
    assert plain(write(parse_condition("AND(q>1,OR(P>1,q>2))"))) == "q>1og(P>1ellerq>2)"


@pytest.mark.parametrize("write", [equation, mathml], ids=["office", "mathml"])
def test_names_are_only_text(write: Callable[..., str]) -> None:
    hostile = '<mi href="javascript:x"/>&"\x00\x0b]]>'
    assert plain(write(parse("P"), {"P": hostile}, left=hostile)) == "=".join(['<mihref="javascript:x"/>&"]]>'] * 2)


@QUICK
@given(formulas() | conditions(5))
def test_both_ways_set_the_same(node: Node) -> None:
    assert plain(equation(node, NAMES)) == plain(mathml(node, NAMES))


@QUICK
@given(formulas() | conditions(5))
def test_mathml_is_what_browsers_have_in_common(node: Node) -> None:
    root = ET.fromstring(mathml(node))  # noqa: S314 - our own XML
    assert (root.tag, root.get("display")) == (f"{H}math", "block")
    for part in root.iter():
        name = part.tag.removeprefix(H)
        assert name in CORE
        assert len(part) == CHILDREN.get(name, len(part))


def test_office_math_hides_the_degree_of_a_square_root_only() -> None:
    square, cube = (ET.fromstring(equation(parse(f"P^(1/{degree})"))) for degree in (2, 3))  # noqa: S314 - our own XML
    assert square.find(f".//{M}degHide") is not None
    assert cube.find(f".//{M}degHide") is None
    assert [part.tag for root in (square, cube) for part in root.findall(f"{M}rad/*")] == [
        f"{M}radPr",
        *[f"{M}deg", f"{M}e"] * 2,
    ]


def test_mathml_leaves_spaces_around_words() -> None:
    assert "<mtext>hvis\u00a0</mtext>" in mathml(parse("IF(P>0,1,2)"))
    assert "<mtext>\u00a0og\u00a0</mtext>" in mathml(parse("IF(AND(P>0,P<9),1,2)"))
