"""Formulas said in Danish and English: every function, the long formulas of the catalogue, and conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderkit.formula import Node, condition_words, parse, parse_condition, words
from tenderkit.formula.functions import FUNCTIONS
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Number, walk
from tenderkit.problems import TenderkitError

QUICK = settings(max_examples=150, derandomize=True, deadline=None)
TEXTS = {
    "result": ("Pointtallet", "The number of points"),
    "S": ("10", "10"),
    "X": ("50 %", "50%"),
    "P": ("tilbuddets evalueringspris", "the tender's evaluated price"),
    "Ps": ("evalueringspris", "evaluated price"),
    "q": ("kvaliteten", "the quality"),
    "b": ("budgettet", "the budget"),
    "ref": ("referenceprisen", "the reference price"),
    "n": ("3", "3"),
    "k": ("2", "2"),
    "band": ("pointtabellen", "the table of points"),
    "curve": ("pointkurven", "the points curve"),
    "c": ("den årlige udgift", "the annual cost"),
    "life": ("levetiden i år", "the service life in years"),
    "rate": ("kalkulationsrenten", "the discount rate"),
    "w": ("kriteriets vægt", "the criterion's weight"),
    "p": ("tilbuddets point for kriteriet", "the tender's points for the criterion"),
}
SYMBOLS = {name: {"da": danish, "en": english} for name, (danish, english) in TEXTS.items()}


def said(text: str, language: str) -> str:
    assert language in {"da", "en"}
    return words(parse(text), SYMBOLS, language).replace("\u00a0", " ")  # type: ignore[arg-type]  # asserted above


# Every function and the places where it can stand

EVERY = [
    (
        "EXP(-P/b)",
        "Eulers tal e opløftet til potensen x, hvor x er minus tilbuddets evalueringspris divideret med budgettet.",
        "Euler's number e to the power of x, where x is minus the tender's evaluated price divided by the budget.",
    ),
    (
        "LN(P/MIN(Ps))",
        "den naturlige logaritme af forholdet mellem tilbuddets evalueringspris og den laveste evalueringspris blandt de antagelige tilbud.",
        "the natural logarithm of the ratio of the tender's evaluated price to the lowest evaluated price among the admissible tenders.",
    ),
    ("POWER(q,n)", "kvaliteten opløftet til potensen 3.", "the quality to the power of 3."),
    (
        "(P+b)^-2",
        "(tilbuddets evalueringspris plus budgettet) opløftet til potensen minus 2.",
        "(the tender's evaluated price plus the budget) to the power of minus 2.",
    ),
    (
        "P^rate",
        "tilbuddets evalueringspris opløftet til potensen kalkulationsrenten.",
        "the tender's evaluated price to the power of the discount rate.",
    ),
    ("P^2", "kvadratet på tilbuddets evalueringspris.", "the square of the tender's evaluated price."),
    (
        "(P-b)^2",
        "kvadratet på (tilbuddets evalueringspris minus budgettet).",
        "the square of (the tender's evaluated price minus the budget).",
    ),
    ("POWER(P,1/2)", "kvadratroden af tilbuddets evalueringspris.", "the square root of the tender's evaluated price."),
    (
        "(MIN(Ps)/P)^0.5",
        "kvadratroden af forholdet mellem den laveste evalueringspris blandt de antagelige tilbud og tilbuddets evalueringspris.",
        "the square root of the ratio of the lowest evaluated price among the admissible tenders to the tender's evaluated price.",
    ),
    ("POWER(q,1/3)", "kubikroden af kvaliteten.", "the cube root of the quality."),
    (
        "POWER(P,1/n)",
        "roden af tilbuddets evalueringspris med rodeksponenten 3.",
        "the root of the tender's evaluated price with the index 3.",
    ),
    (
        "POWER(MIN(Ps)/P,1/4)",
        "roden af (den laveste evalueringspris blandt de antagelige tilbud divideret med tilbuddets evalueringspris) med rodeksponenten 4.",
        "the root of (the lowest evaluated price among the admissible tenders divided by the tender's evaluated price) with the index 4.",
    ),
    (
        "SUM(Ps)",
        "summen af de antagelige tilbuds evalueringspris.",
        "the sum of every admissible tender's evaluated price.",
    ),
    (
        "PRODUCT(Ps)",
        "produktet af de antagelige tilbuds evalueringspris.",
        "the product of every admissible tender's evaluated price.",
    ),
    (
        "AVERAGE(Ps)",
        "gennemsnittet af de antagelige tilbuds evalueringspris.",
        "the average evaluated price of the admissible tenders.",
    ),
    (
        "MEDIAN(Ps)",
        "medianen af de antagelige tilbuds evalueringspris.",
        "the median evaluated price of the admissible tenders.",
    ),
    (
        "STDEVP(Ps)",
        "populationsstandardafvigelsen af de antagelige tilbuds evalueringspris.",
        "the population standard deviation of the admissible tenders' evaluated price.",
    ),
    ("COUNT(Ps)", "antallet af antagelige tilbud.", "the number of admissible tenders."),
    (
        "RANK(P,Ps)",
        "tilbuddets plads, når de antagelige tilbud ordnes efter stigende evalueringspris, og ens værdier deler den bedste plads.",
        "the tender's place when the admissible tenders are put in order of rising evaluated price, equal values sharing the best place.",
    ),
    (
        "TRIMMED(Ps,1,1)",
        "gennemsnittet af de antagelige tilbuds evalueringspris uden den laveste værdi og den højeste værdi.",
        "the average evaluated price of the admissible tenders without the lowest value and the highest value.",
    ),
    (
        "TRIMMED(Ps,2,0)",
        "gennemsnittet af de antagelige tilbuds evalueringspris uden de 2 laveste værdier.",
        "the average evaluated price of the admissible tenders without the 2 lowest values.",
    ),
    (
        "TRIMMED(Ps,0,3)",
        "gennemsnittet af de antagelige tilbuds evalueringspris uden de 3 højeste værdier.",
        "the average evaluated price of the admissible tenders without the 3 highest values.",
    ),
    (
        "TRIMMED(Ps,0,0)",
        "gennemsnittet af de antagelige tilbuds evalueringspris.",
        "the average evaluated price of the admissible tenders.",
    ),
    (
        "STEPS(P,band)",
        "den værdi, der i pointtabellen står ved den højeste grænse, som ikke overstiger tilbuddets evalueringspris, under den laveste grænse dog den første værdi.",
        "the value that stands in the table of points at the highest limit not exceeding the tender's evaluated price, but below the lowest limit the first value.",
    ),
    (
        "STEPS(P/b,band)",
        "den værdi, der i pointtabellen står ved den højeste grænse, som ikke overstiger x, under den laveste grænse dog den første værdi, hvor x er tilbuddets evalueringspris divideret med budgettet.",
        "the value that stands in the table of points at the highest limit not exceeding x, but below the lowest limit the first value, where x is the tender's evaluated price divided by the budget.",
    ),
    (
        "INTERPOLATE(P,curve)",
        "den værdi, der ved lineær interpolation mellem punkterne i pointkurven svarer til tilbuddets evalueringspris, uden for punkterne dog værdien i det nærmeste punkt.",
        "the value that linear interpolation between the points of the points curve gives for the tender's evaluated price, but outside the points the value at the nearest point.",
    ),
    (
        "S*INTERPOLATE(P/b,curve)",
        "10 ganget med (den værdi, der ved lineær interpolation mellem punkterne i pointkurven svarer til x, uden for punkterne dog værdien i det nærmeste punkt), hvor x er tilbuddets evalueringspris divideret med budgettet.",
        "10 multiplied by (the value that linear interpolation between the points of the points curve gives for x, but outside the points the value at the nearest point), where x is the tender's evaluated price divided by the budget.",
    ),
    (
        "ANNUITY(4%,8)",
        "nutidsværdien af 1 kr. ved udgangen af hvert år i 8 år med 4 % som årlig rente.",
        "the present value of DKK 1 at the end of each year for 8 years with 4% as the annual rate.",
    ),
    (
        "ANNUITY(4%,1)",
        "nutidsværdien af 1 kr. ved udgangen af hvert år i 1 år med 4 % som årlig rente.",
        "the present value of DKK 1 at the end of each year for 1 year with 4% as the annual rate.",
    ),
    (
        "ANNUITY(rate,life)",
        "nutidsværdien af 1 kr. ved udgangen af hvert år i et antal år svarende til levetiden i år med kalkulationsrenten som årlig rente.",
        "the present value of DKK 1 at the end of each year for a number of years equal to the service life in years with the discount rate as the annual rate.",
    ),
    (
        "PRESENT_VALUE(c,4%,8)",
        "nutidsværdien af den årlige udgift om 8 år med 4 % som årlig rente.",
        "the present value of the annual cost in 8 years with 4% as the annual rate.",
    ),
    (
        "PRESENT_VALUE(c+q,rate,life)",
        "nutidsværdien af (den årlige udgift plus kvaliteten) om et antal år svarende til levetiden i år med kalkulationsrenten som årlig rente.",
        "the present value of (the annual cost plus the quality) in a number of years equal to the service life in years with the discount rate as the annual rate.",
    ),
    (
        "SUM_CRITERIA(w*p)",
        "summen for alle kriterier af kriteriets vægt ganget med tilbuddets point for kriteriet.",
        "the sum over all criteria of the criterion's weight multiplied by the tender's points for the criterion.",
    ),
    (
        "PRODUCT_CRITERIA(p^w)",
        "produktet for alle kriterier af (tilbuddets point for kriteriet opløftet til potensen kriteriets vægt).",
        "the product over all criteria of (the tender's points for the criterion to the power of the criterion's weight).",
    ),
    (
        "MIN_CRITERIA(p)",
        "den laveste værdi for alle kriterier af tilbuddets point for kriteriet.",
        "the lowest value over all criteria of the tender's points for the criterion.",
    ),
    (
        "MIN_CRITERIA(p/S)",
        "den laveste værdi for alle kriterier af (tilbuddets point for kriteriet divideret med 10).",
        "the lowest value over all criteria of (the tender's points for the criterion divided by 10).",
    ),
    (
        "ABS(P-b)",
        "den numeriske forskel mellem tilbuddets evalueringspris og budgettet.",
        "the absolute difference between the tender's evaluated price and the budget.",
    ),
    ("ABS(q)", "den numeriske værdi af kvaliteten.", "the absolute value of the quality."),
    (
        "IF(P<b,10,IF(P<2*b,5,0))",
        "10, hvis tilbuddets evalueringspris er mindre end budgettet, ellers 5, hvis tilbuddets evalueringspris er mindre end 2 ganget med budgettet, og ellers 0.",
        "10 if the tender's evaluated price is less than the budget, otherwise 5 if the tender's evaluated price is less than 2 multiplied by the budget, and otherwise 0.",
    ),
    (
        "P-(q+b)",
        "tilbuddets evalueringspris minus (kvaliteten plus budgettet).",
        "the tender's evaluated price minus (the quality plus the budget).",
    ),
    (
        "P+q*b",
        "tilbuddets evalueringspris plus produktet af kvaliteten og budgettet.",
        "the tender's evaluated price plus the product of the quality and the budget.",
    ),
    (
        "P*q-b",
        "(tilbuddets evalueringspris ganget med kvaliteten) minus budgettet.",
        "(the tender's evaluated price multiplied by the quality) minus the budget.",
    ),
    (
        "P-q*b*ref",
        "tilbuddets evalueringspris minus produktet af kvaliteten, budgettet og referenceprisen.",
        "the tender's evaluated price minus the product of the quality, the budget and the reference price.",
    ),
    (
        "P+q*b+ref",
        "summen af tilbuddets evalueringspris, (kvaliteten ganget med budgettet) og referenceprisen.",
        "the sum of the tender's evaluated price, (the quality multiplied by the budget) and the reference price.",
    ),
    (
        "P+q/b-ref",
        "tilbuddets evalueringspris plus (kvaliteten divideret med budgettet) minus referenceprisen.",
        "the tender's evaluated price plus (the quality divided by the budget) minus the reference price.",
    ),
    ("-P", "minus tilbuddets evalueringspris.", "minus the tender's evaluated price."),
    (
        "P-(-q)",
        "tilbuddets evalueringspris minus (minus kvaliteten).",
        "the tender's evaluated price minus (minus the quality).",
    ),
    (
        "SUM(Ps)-P",
        "(summen af de antagelige tilbuds evalueringspris) minus tilbuddets evalueringspris.",
        "(the sum of every admissible tender's evaluated price) minus the tender's evaluated price.",
    ),
]


@pytest.mark.parametrize(("text", "danish", "english"), EVERY, ids=[text for text, _, _ in EVERY])
def test_every_function_is_said(text: str, danish: str, english: str) -> None:
    assert said(text, "da") == f"Pointtallet er {danish}"
    assert said(text, "en") == f"The number of points is {english}"


def test_no_function_is_forgotten() -> None:
    used = {part.function for text, _, _ in EVERY for part in walk(parse(text)) if isinstance(part, Call)}
    elsewhere = {"AND", "OR", "NOT", "MIN", "MAX", "CLAMP", "ROUND", "ROUNDUP", "ROUNDDOWN"}
    assert used | elsewhere | {"POWER"} == set(FUNCTIONS)  # POWER is read as a power


# The long formulas of the catalogue


@pytest.mark.parametrize(
    ("text", "danish", "english"),
    [
        (
            "S*POWER(MIN(Ps)/P,n)",
            "Pointtallet er 10 ganget med (x opløftet til potensen 3), hvor x er den laveste evalueringspris blandt de antagelige tilbud divideret med tilbuddets evalueringspris.",
            "The number of points is 10 multiplied by (x to the power of 3), where x is the lowest evaluated price among the admissible tenders divided by the tender's evaluated price.",
        ),
        (
            "S*EXP(-k*(P-MIN(Ps))/MIN(Ps))",
            "Pointtallet er 10 ganget med (Eulers tal e opløftet til potensen x), hvor x er minus 2 ganget med (tilbuddets evalueringspris minus den laveste evalueringspris blandt de antagelige tilbud) og divideret med den laveste evalueringspris blandt de antagelige tilbud.",
            "The number of points is 10 multiplied by (Euler's number e to the power of x), where x is minus 2 multiplied by (the tender's evaluated price minus the lowest evaluated price among the admissible tenders) and divided by the lowest evaluated price among the admissible tenders.",
        ),
        (
            "S*MAX(0,1-LN(P/MIN(Ps))/LN(1+X))",
            "Pointtallet er 10 ganget med (1 minus forholdet mellem x og y, dog mindst 0), hvor x er den naturlige logaritme af forholdet mellem tilbuddets evalueringspris og den laveste evalueringspris blandt de antagelige tilbud, og y er den naturlige logaritme af (1 plus 50 %).",
            "The number of points is 10 multiplied by (1 minus the ratio of x to y, but at least 0), where x is the natural logarithm of the ratio of the tender's evaluated price to the lowest evaluated price among the admissible tenders, and y is the natural logarithm of (1 plus 50%).",
        ),
        (
            "S*(COUNT(Ps)-RANK(P,Ps)+1)/COUNT(Ps)",
            "Pointtallet er 10 ganget med (antallet af antagelige tilbud minus x plus 1) og divideret med antallet af antagelige tilbud, hvor x er tilbuddets plads, når de antagelige tilbud ordnes efter stigende evalueringspris, og ens værdier deler den bedste plads.",
            "The number of points is 10 multiplied by (the number of admissible tenders minus x plus 1) and divided by the number of admissible tenders, where x is the tender's place when the admissible tenders are put in order of rising evaluated price, equal values sharing the best place.",
        ),
        (
            "S*MAX(0,1-ABS(P-AVERAGE(Ps))/AVERAGE(Ps))",
            "Pointtallet er 10 ganget med (1 minus forholdet mellem x og gennemsnittet af de antagelige tilbuds evalueringspris, dog mindst 0), hvor x er den numeriske forskel mellem tilbuddets evalueringspris og gennemsnittet af de antagelige tilbuds evalueringspris.",
            "The number of points is 10 multiplied by (1 minus the ratio of x to the average evaluated price of the admissible tenders, but at least 0), where x is the absolute difference between the tender's evaluated price and the average evaluated price of the admissible tenders.",
        ),
        (
            "POWER(PRODUCT(Ps)*b^n,1/(COUNT(Ps)+n))",
            "Pointtallet er roden af (x ganget med y) med rodeksponenten z, hvor x er produktet af de antagelige tilbuds evalueringspris, y er budgettet opløftet til potensen 3, og z er antallet af antagelige tilbud plus 3.",
            "The number of points is the root of (x multiplied by y) with the index z, where x is the product of every admissible tender's evaluated price, y is the budget to the power of 3, and z is the number of admissible tenders plus 3.",
        ),
        (
            "MAX(0,S-S*IF(P>ref,1.2,0.8)*ABS(P-ref)/ref)",
            "Pointtallet er 10 minus forholdet mellem x og referenceprisen, dog mindst 0, hvor x er 10 ganget med (1,2, hvis tilbuddets evalueringspris er større end referenceprisen, og ellers 0,8) og ganget med den numeriske forskel mellem tilbuddets evalueringspris og referenceprisen.",
            "The number of points is 10 minus the ratio of x to the reference price, but at least 0, where x is 10 multiplied by (1.2 if the tender's evaluated price is greater than the reference price, and otherwise 0.8) and multiplied by the absolute difference between the tender's evaluated price and the reference price.",
        ),
        (
            "CLAMP(S*(0.5-(P-AVERAGE(Ps))/(6*STDEVP(Ps))),0,S)",
            "Pointtallet er 10 ganget med (0,5 minus forholdet mellem x og y), dog mindst 0 og højst 10, hvor x er tilbuddets evalueringspris minus gennemsnittet af de antagelige tilbuds evalueringspris, og y er 6 ganget med populationsstandardafvigelsen af de antagelige tilbuds evalueringspris.",
            "The number of points is 10 multiplied by (0.5 minus the ratio of x to y), but at least 0 and at most 10, where x is the tender's evaluated price minus the average evaluated price of the admissible tenders, and y is 6 multiplied by the population standard deviation of the admissible tenders' evaluated price.",
        ),
        (
            "S/(1+EXP(k*(P-ref)/ref))",
            "Pointtallet er 10 divideret med (1 plus x), hvor x er Eulers tal e opløftet til potensen y, og y er 2 ganget med (tilbuddets evalueringspris minus referenceprisen) og divideret med referenceprisen.",
            "The number of points is 10 divided by (1 plus x), where x is Euler's number e to the power of y, and y is 2 multiplied by (the tender's evaluated price minus the reference price) and divided by the reference price.",
        ),
        (
            "S*INTERPOLATE((P-MIN(Ps))/MIN(Ps),curve)",
            "Pointtallet er 10 ganget med (den værdi, der ved lineær interpolation mellem punkterne i pointkurven svarer til x, uden for punkterne dog værdien i det nærmeste punkt), hvor x er (tilbuddets evalueringspris minus den laveste evalueringspris blandt de antagelige tilbud) divideret med den laveste evalueringspris blandt de antagelige tilbud.",
            "The number of points is 10 multiplied by (the value that linear interpolation between the points of the points curve gives for x, but outside the points the value at the nearest point), where x is (the tender's evaluated price minus the lowest evaluated price among the admissible tenders) divided by the lowest evaluated price among the admissible tenders.",
        ),
        (
            "P+c*ANNUITY(4%,8)-PRESENT_VALUE(q,4%,8)",
            "Pointtallet er tilbuddets evalueringspris plus (den årlige udgift ganget med nutidsværdien af 1 kr. ved udgangen af hvert år i 8 år med 4 % som årlig rente) minus nutidsværdien af kvaliteten om 8 år med 4 % som årlig rente.",
            "The number of points is the tender's evaluated price plus (the annual cost multiplied by the present value of DKK 1 at the end of each year for 8 years with 4% as the annual rate) minus the present value of the quality in 8 years with 4% as the annual rate.",
        ),
        (
            "IF(MIN_CRITERIA(p)<5,0,SUM_CRITERIA(w*p))",
            "Pointtallet er 0, hvis den laveste værdi for alle kriterier af tilbuddets point for kriteriet er mindre end 5, og ellers summen for alle kriterier af kriteriets vægt ganget med tilbuddets point for kriteriet.",
            "The number of points is 0 if the lowest value over all criteria of the tender's points for the criterion is less than 5, and otherwise the sum over all criteria of the criterion's weight multiplied by the tender's points for the criterion.",
        ),
    ],
)
def test_long_formulas_are_one_sentence(text: str, danish: str, english: str) -> None:
    assert said(text, "da") == danish
    assert said(text, "en") == english


# Conditions


@pytest.mark.parametrize(
    ("text", "danish", "english"),
    [
        (
            "P<=2*MIN(Ps)",
            "tilbuddets evalueringspris er højst 2 ganget med den laveste evalueringspris blandt de antagelige tilbud",
            "the tender's evaluated price is at most 2 multiplied by the lowest evaluated price among the admissible tenders",
        ),
        (
            "AND(q>=60%*S,P<=b)",
            "kvaliteten er mindst 60 % af 10, og tilbuddets evalueringspris er højst budgettet",
            "the quality is at least 60% of 10, and the tender's evaluated price is at most the budget",
        ),
        (
            "NOT(P>b)",
            "tilbuddets evalueringspris er højst budgettet",
            "the tender's evaluated price is at most the budget",
        ),
        (
            "OR(P=0,NOT(AND(q>5,P<>b)))",
            "tilbuddets evalueringspris er lig med 0, eller kvaliteten er højst 5, eller tilbuddets evalueringspris er lig med budgettet",
            "the tender's evaluated price is equal to 0, or the quality is at most 5, or the tender's evaluated price is equal to the budget",
        ),
        (
            "AND(q>=5,OR(P<b,q=10))",
            "kvaliteten er mindst 5, og (tilbuddets evalueringspris er mindre end budgettet, eller kvaliteten er lig med 10)",
            "the quality is at least 5, and (the tender's evaluated price is less than the budget, or the quality is equal to 10)",
        ),
        (
            "AND(q>=5,OR(P<b,AND(q=10,P<2*b)))",
            "kvaliteten er mindst 5, og (tilbuddets evalueringspris er mindre end budgettet, eller x er opfyldt), hvor x er den betingelse, at kvaliteten er lig med 10, og tilbuddets evalueringspris er mindre end 2 ganget med budgettet",
            "the quality is at least 5, and (the tender's evaluated price is less than the budget, or x is fulfilled), where x is the condition that the quality is equal to 10, and the tender's evaluated price is less than 2 multiplied by the budget",
        ),
        (
            "MIN_CRITERIA(p)>=60%*S",
            "den laveste værdi for alle kriterier af tilbuddets point for kriteriet er mindst 60 % af 10",
            "the lowest value over all criteria of the tender's points for the criterion is at least 60% of 10",
        ),
        (
            "q>=MAX(0,P-b)",
            "kvaliteten er mindst (tilbuddets evalueringspris minus budgettet, dog mindst 0)",
            "the quality is at least (the tender's evaluated price minus the budget, but at least 0)",
        ),
    ],
)
def test_conditions_are_clauses_and_sentences(text: str, danish: str, english: str) -> None:
    tree = parse_condition(text)
    assert condition_words(tree, SYMBOLS, "da").replace("\u00a0", " ") == danish
    assert condition_words(tree, SYMBOLS, "en") == english
    assert words(tree, SYMBOLS, "da").replace("\u00a0", " ") == f"Betingelsen er, at {danish}."
    assert words(tree, SYMBOLS, "en") == f"The condition is that {english}."


# Names


def test_a_model_can_name_aggregates_and_places_itself() -> None:
    own = {"TRIMMED(Ps)": {"da": "det trimmede gennemsnit"}, "RANK(Ps)": {"da": "pladsen"}, **SYMBOLS}
    assert words(parse("TRIMMED(Ps,1,1)"), own, "da") == "Pointtallet er det trimmede gennemsnit."
    assert words(parse("RANK(P,Ps)"), own, "da") == "Pointtallet er pladsen."


def test_a_table_without_text_is_a_problem() -> None:
    with pytest.raises(TenderkitError, match='"bands_of_price" has no text'):
        words(parse("STEPS(P,bands_of_price)"), SYMBOLS, "da")


# What holds for any formula

LEAVES: list[Node] = [
    Name("P"),
    Name("b"),
    Name("X"),
    Number(Fraction(2)),
    Number(Fraction(1, 2), percent=True),
    Call("MIN", (Bids("P"),)),
    Call("SUM", (Bids("P"),)),
    Call("STDEVP", (Bids("P"),)),
    Call("TRIMMED", (Bids("P"), Number(Fraction(1)), Number(Fraction(2)))),
    Call("RANK", (Name("P"), Bids("P"))),
]


CALLS: list[Callable[[Node], Node]] = [
    Negative,
    lambda inner: Call("STEPS", (inner, Name("band"))),
    lambda inner: Call("ROUND", (inner, Number(Fraction(2)))),
    lambda inner: Call("PRESENT_VALUE", (inner, inner, Name("n"))),
    lambda inner: Call("ANNUITY", (inner, inner)),
]


@st.composite
def formulas(draw: st.DrawFn, depth: int = 5) -> Node:
    """Give a formula of any shape."""
    kind = draw(st.integers(0, 6)) if depth else 0
    inner = formulas(depth - 1)
    match kind:
        case 0:
            return draw(st.sampled_from(LEAVES))
        case 1 | 2:
            return Binary(draw(st.sampled_from("+-*/^")), draw(inner), draw(inner))
        case 3:
            return Call(draw(st.sampled_from(["ABS", "LN", "EXP", "SUM_CRITERIA"])), (draw(inner),))
        case 4:
            return Call(draw(st.sampled_from(["MIN", "MAX"])), (draw(inner), draw(inner)))
        case 5:
            return draw(st.sampled_from(CALLS))(draw(inner))
        case _:
            return Call("IF", (draw(conditions(depth - 1)), draw(inner), draw(inner)))


@st.composite
def conditions(draw: st.DrawFn, depth: int) -> Node:
    """Give a condition of any shape."""
    kind = draw(st.integers(0, 3)) if depth else 0
    match kind:
        case 0 | 1:
            sign = draw(st.sampled_from(["<", "<=", "=", ">=", ">", "<>"]))
            return Compare(sign, draw(formulas(depth - 1 if depth else 0)), draw(formulas(0)))
        case 2:
            return Call("NOT", (draw(conditions(depth - 1)),))
        case _:
            parts = (draw(conditions(depth - 1)), draw(conditions(depth - 1)))
            return Call(draw(st.sampled_from(["AND", "OR"])), parts)


def sentence_of(node: Node) -> str:
    """Give a formula in words; nothing where there are more than ten parts to explain."""
    try:
        return words(node, SYMBOLS, "da")
    except TenderkitError as error:
        if error.problems[0].id != "formula-too-deep":
            raise
        return ""


@QUICK
@given(formulas() | conditions(5))
def test_no_sentence_has_parentheses_inside_parentheses(node: Node) -> None:
    sentence = sentence_of(node)
    assert re.sub(r"\([^()]*\)", "", sentence).count("(") == 0
    assert not re.search(r"[{}]|\s\s|\s[,.]|,,|\.\.", sentence)
    assert sentence.endswith(".") or not sentence


def small(leaves: list[Node]) -> Iterator[Node]:
    """Give every formula with one function or operator on these parts."""
    two = Number(Fraction(2))
    for part in leaves:
        yield Negative(part)
        yield from (Call(name, (part,)) for name in ("ABS", "LN", "EXP"))
        yield from (Binary("^", part, two), Binary("^", part, Number(Fraction(1, 2))))
        yield from (Call("ROUND", (part, Number(Fraction(0)))), Call("STEPS", (part, Name("T"))))
    for left, right in product(leaves, leaves):
        yield from (Binary(operator, left, right) for operator in "+-*/^")
        yield Call("IF", (Compare("<", left, right), left, right))
        yield Call("PRESENT_VALUE", (left, right, two))


def test_no_two_formulas_are_said_alike() -> None:
    """Formulas two functions or operators deep, more than ten thousand: each sentence belongs to one of them."""
    leaves: list[Node] = [Name("a"), Number(Fraction(1, 2), percent=True), Call("SUM", (Bids("P"),))]
    names = {name: {"da": name.upper()} for name in ("a", "P", "T")} | {"Ps": {"da": "pris"}}
    nodes = list(small([*leaves, *small(leaves)]))
    assert len(set(nodes)) == len(nodes) > 10_000
    by_sentence: dict[str, Node] = {}
    for node in nodes:
        sentence = words(node, names, "da")
        assert by_sentence.setdefault(sentence, node) == node, sentence


@pytest.mark.parametrize(
    ("first", "second"),
    [("MAX(0,P)", "MAX(P,0)"), ("CLAMP(P,0,S)", "MIN(S,MAX(0,P))"), ("P^0.5", "POWER(P,1/2)"), ("P*2/b", "(P*2)/b")],
)
def test_one_formula_written_in_two_ways_is_said_alike(first: str, second: str) -> None:
    assert said(first, "da") == said(second, "da")
    assert said(first, "en") == said(second, "en")
