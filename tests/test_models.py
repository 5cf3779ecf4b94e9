"""Every model file: the catalogue's families, its examples, and what readers and spreadsheets get of its formulas.

Claims, edges and the same numbers in three renderings have modules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from model_harness import AWARD_MODELS, CRITERION_MODELS, MODELS
from scoring_builders import library

from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.examples import example_problems, example_values
from tenderkit.formula import Node, condition_words, equation, excel, names_in, tables_in, words
from tenderkit.formula.tree import CRITERION_NAMES
from tenderkit.library.model import EvaluationModel, ModelExample
from tenderkit.library.parameter import MAX_ROWS
from tenderkit.problems import TenderkitError
from tenderkit.quantities import Language
from tenderkit.source import Bilingual, read_model, read_yaml

#: The catalogue of formula families. R07 is R06 with another name, A06 is A05 with other constants, and A10 (the super
#: formula) could not be read whole, so that it is not to be had.
FAMILIES = {
    *(f"R{number:02}" for number in range(1, 26) if number != 7),
    *(f"A{number:02}" for number in (1, 2, 3, 4, 5, 7, 8, 9, 11)),
    *(f"M{number:02}" for number in range(1, 9)),
    *(f"Q{number:02}" for number in range(1, 11)),
    *("Q05b", "T01", "T02", "N01", "N02", "N03", "C01", "X01"),
}


def test_every_family_of_the_catalogue_has_a_model_and_no_other() -> None:
    assert {library().model(name).family for name in MODELS} == FAMILIES


def test_every_model_scores_a_criterion_or_ranks_the_bids() -> None:
    assert sorted([*CRITERION_MODELS, *AWARD_MODELS]) == sorted(MODELS)
    assert {library().model(name).input for name in MODELS} == {"price", "offer", "score", "bids"}


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_two_models_have_the_same_title(language: Language) -> None:
    titles = [library().model(name).title[language] for name in MODELS]
    assert len(set(titles)) == len(titles)


# Worked examples


@pytest.mark.parametrize("name", MODELS)
def test_the_worked_examples_hold(name: str) -> None:
    definition = library().model(name)
    assert len(definition.examples) >= 2
    assert example_problems(name, definition) == []


@pytest.mark.parametrize("name", MODELS)
def test_a_wrong_example_is_found(name: str) -> None:
    definition = library().model(name)
    for number, example in enumerate(definition.examples):
        for wrong, problem in wrong_examples(example):
            examples = [*definition.examples[:number], wrong, *definition.examples[number + 1 :]]
            changed = definition.model_copy(update={"examples": examples})
            assert [found.id for found in example_problems(name, changed)] == [problem]


def wrong_examples(example: ModelExample) -> Iterator[tuple[ModelExample, str]]:
    """Give an example with one wrong number of points, and one with a wrong rank."""
    step = Fraction(1, 10 ** (20 if example.decimals is None else example.decimals))
    first, *rest = example.points
    points = [Fraction(1) if first == "out" else Fraction(first) + step, *rest]
    yield example.model_copy(update={"points": points}), "example-points-differ"
    ranks = [example.ranks[0] + 1, *example.ranks[1:]]
    yield example.model_copy(update={"ranks": ranks}), "example-ranks-differ"


def test_a_lower_number_can_be_the_better_offer() -> None:
    definition = library().model("above-floor")
    lower = definition.examples[2]
    assert lower.given.floor is not None
    assert lower.given.cap is not None
    assert lower.given.floor > lower.given.cap
    assert list(example_values("above-floor", definition, lower)) == [0, 5, 10, 10]


# What readers get


def formulas(definition: EvaluationModel) -> Iterator[tuple[str, Node]]:
    """Give the steps, the stages and the formula, each with the symbol of what it gives; a condition has none."""
    yield from definition.step_trees.items()
    yield from (("", tree) for tree in definition.stage_trees.values())
    yield "result", definition.tree


@pytest.mark.parametrize("name", MODELS)
def test_every_formula_is_said_in_both_languages(name: str) -> None:
    definition = library().model(name)
    for symbol, tree in formulas(definition):
        said = [sentence(definition, symbol, tree, language) for language in ("da", "en")]
        assert len(set(said)) == 2
        for text in said:
            assert not re.search(r"[{}]|  |\bNone\b|nan", text), text


def sentence(definition: EvaluationModel, symbol: str, tree: Node, language: Language) -> str:
    if not symbol:
        return condition_words(tree, definition.symbols, language)
    subject: Bilingual = definition.symbols[symbol]
    said = words(tree, {**definition.symbols, "result": subject}, language)
    assert said.lower().startswith(subject[language].lower())
    assert said.endswith(".")
    return said


@pytest.mark.parametrize("name", MODELS)
def test_every_formula_is_an_equation(name: str) -> None:
    for symbol, tree in formulas(library().model(name)):
        whole = ET.fromstring(equation(tree, left=symbol))  # noqa: S314 - written here, not read
        assert whole.tag.endswith("oMath")
        assert "".join(whole.itertext()).strip()


# What spreadsheets get

#: The longest formula that Excel takes, how deep functions may stand inside one another, and what works in Excel 2016.
LONGEST, DEEPEST = 8192, 64
EXCEL_2016 = {
    *("IF", "AND", "OR", "NOT", "ABS", "MIN", "MAX", "AVERAGE", "MEDIAN", "COUNT", "SUM", "PRODUCT", "EXP", "LN"),
    *("ROUND", "ROUNDUP", "ROUNDDOWN", "RANK", "STDEVP", "SMALL", "LARGE", "PV"),
}
CRITERIA = 20


@pytest.mark.parametrize("name", MODELS)
def test_the_text_for_excel_is_short_and_plain(name: str) -> None:
    """With twenty criteria, tables of twenty rows, and cells on a sheet with a long name."""
    definition = library().model(name)
    conditions = definition.stage_trees.values()
    for tree in (*definition.step_trees.values(), *conditions, definition.tree, deciding_formula(definition)):
        criteria = [{key: f"'Alle tilbud og kriterier'!{key}${100 + row}" for key in "wpa"} for row in range(CRITERIA)]
        tables = {table: [(f"$AA${row}", f"$AB${row}") for row in range(MAX_ROWS)] for table in tables_in(tree)}
        cells = {own: "'Alle tilbud og kriterier'!$AB$1200" for own in names_in(tree) if own not in CRITERION_NAMES}
        cells |= {own: f"{cell}:$AB$1400" for own, cell in cells.items() if own.endswith("s")}
        text = excel(tree, cells, criteria, tables)
        assert len(text) <= LONGEST
        assert set(re.findall(r"([A-Z_][A-Za-z0-9_.]*)\(", text)) <= EXCEL_2016, text
        assert not re.search(r"_xlfn|[{}@#]", text)
        assert depth(text) < DEEPEST


def depth(text: str) -> int:
    """Tell how many parentheses stand inside one another."""
    deepest = now = 0
    for sign in text:
        now += (sign == "(") - (sign == ")")
        deepest = max(deepest, now)
    assert now == 0
    return deepest


# Broken model files


def broken(**changes: str) -> str:
    text = library().text("models/lowest-ratio.yaml")
    for old, new in changes.items():
        text = text.replace(old, new)
    with pytest.raises(TenderkitError) as caught:
        read_model(EvaluationModel, read_yaml(text, "broken.yaml"))
    return str(caught.value)


def test_a_broken_model_file_says_what_is_wrong() -> None:
    formula = "formula: S*MIN(Ps)/P"
    assert 'Formula: Column 7: "MIN" is a function' in broken(**{formula: "formula: S*P^2-MIN"})
    assert '"AVERGE" is no function. Did you mean "AVERAGE"?' in broken(**{formula: "formula: S*AVERGE(Ps)/P"})
    assert '"Q" is neither a parameter nor one of P, Ps, S' in broken(**{formula: "formula: S*MIN(Ps)/Q"})
    assert 'Symbols: "Ps" is in the formula and has no text' in broken(**{"\n  Ps:": "\n  Qs:"})
    assert 'The key "zero" is missing.' in broken(**{"  zero: refused\n": ""})
    assert "one rank for each bid" in broken(**{"ranks: [2, 3, 1]": "ranks: [2, 3]"})
    assert "say to how many decimals they count" in broken(**{formula: "formula: S*EXP(1-P/MIN(Ps))"})
    assert "only a model that ranks the bids has stages" in broken(**{"\nsymbols:": STAGE + "\nsymbols:"})


STAGE = "\nstages: {best: {title: {da: x, en: x}, keep: P>0, explain: {da: x, en: x}}}"
