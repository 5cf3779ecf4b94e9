"""Documents of every model: what is published before the bids, and what is said to a bid that fell out."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from assembly_builders import TENDER, a_context, a_plan, a_scored_context
from assembly_reading import a_letter, made, rows, said, tables
from cases import cleaning
from result_builders import an_offered, of_every_model
from scoring_builders import a_model, a_price, a_score, a_spec, library

from tenderkit.api.awarding import _bids, _facts
from tenderkit.assembly import tree
from tenderkit.assembly.context import Context
from tenderkit.assembly.document import assemble, check_references, missing
from tenderkit.assembly.eliminated import apart
from tenderkit.case.events import Events
from tenderkit.evaluation.spec import EvaluationSpec, Model
from tenderkit.formula import names_in
from tenderkit.quantities import Language

LANGUAGES: tuple[Language, ...] = ("da", "en")
BLOCKS = {"price": "price-model", "offer": "offers-model", "score": "scales", "bids": "total-and-ties"}
PRICE = "  price: {title: Pris, weight: 50 %, model: relative-linear, parameters: {X: 50 %}}\n"


def of_spec(spec: EvaluationSpec, language: Language = "da") -> Context:
    """Give the context of the tender documents with an evaluation of its own."""
    return a_context(replace(a_plan(), specs={"nord": spec}), language, lot="nord")


def equations(blocks: list[tree.Block]) -> list[tree.Equation]:
    return [block for block in blocks if isinstance(block, tree.Equation)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_model_is_printed_with_its_numbers_and_without_names_of_the_program(language: Language) -> None:
    seen = set()
    for name, spec, _, _ in of_every_model():
        identifier = name.rpartition("-")[0]
        definition = library().model(identifier)
        blocks = made(BLOCKS[definition.input], of_spec(spec, language))
        seen.add(identifier)
        found = equations(blocks)
        if definition.gives == "value":
            assert found == [], "the number is passed on as it is"
            continue
        assert len(found) == 1 + len(definition.steps) + len(definition.stages), name
        for equation in found:
            used = {equation.left, *names_in(equation.formula)}
            long = {step for step in definition.steps if len(step) > 2}
            assert long & used <= set(equation.names), f"{name}: a reader gets a symbol, not an English word"
            assert not re.search(r"\.\.|  ", equation.words), equation.words
            assert equation.words.endswith("."), equation.words
    assert seen == set(library().ids("model"))


def test_a_table_is_printed_with_what_holds_between_its_rows() -> None:
    table = ((Fraction(0), Fraction(1)), (Fraction(1, 4), Fraction(1, 2)), (Fraction(1), Fraction(0)))
    hybrid = Model("relative-hybrid", library().model("relative-hybrid"), {"T": table})
    steps = Model(
        "price-bands",
        library().model("price-bands"),
        {"t": ((Fraction(0), Fraction(1)), (Fraction(2_000_000), Fraction(0)))},
    )
    between = made("price-model", of_spec(a_spec([a_price("1", hybrid)])))
    bands = made("price-model", of_spec(a_spec([a_price("1", steps)])))
    assert rows(tables(between)[0]) == [
        ["0\u00a0%", "100\u00a0%"],
        ["25\u00a0%", "50\u00a0%"],
        ["100\u00a0%", "0\u00a0%"],
    ]
    assert rows(tables(bands)[0]) == [["0\u00a0kr.", "100\u00a0%"], ["2.000.000\u00a0kr.", "0\u00a0%"]]
    assert "Mellem to rækker beregnes værdien jævnt" in said(between)
    assert [column.title for column in tables(bands)[0].columns] == ["Fra og med", "Giver"]


def with_lines() -> str:
    bands = "{t: {0: 100 %, 2_000_000: 60 %, 3_000_000: 0 %}}"
    return TENDER.replace(
        PRICE,
        "  price: {title: Driftspris, weight: 40 %, model: lowest-ratio, lines: [A, H]}\n"
        f"  course: {{title: Træningspris, weight: 10 %, model: price-bands, parameters: {bands}, lines: [T]}}\n",
    )


def test_a_price_criterion_says_which_lines_it_covers() -> None:
    context = a_context(a_plan("Rengøring", with_lines()))
    text = said(made("price-model", context))
    assert "»Driftspris« omfatter alene disse prislinjer:" in text
    assert "A: Fast pris for rengøring" in text
    assert "Delprisen (D) er summen for disse prislinjer" in text
    assert "den laveste delpris blandt de antagelige tilbud" in text
    assert "Er delprisen den samme i alle antagelige tilbud, får hvert af dem 10 point for prisen." in text
    assert "evalueringspris" not in text
    table = rows(tables(made("criteria", context))[0])
    assert [row[2] for row in table[:2]] == ["Beregnes ud fra prislinje A og H", "Beregnes ud fra prislinje T"]


def test_minimums_are_published_with_what_follows_from_them() -> None:
    text = TENDER.replace(
        "title: Kvalitet\n    weight: 30 %\n", "title: Kvalitet\n    weight: 30 %\n    minimum: 60 %\n"
    )
    text = text.replace("number: K1, weight: 60 %", "number: K1, weight: 60 %, minimum: 55 %")
    danish, english = (made("criteria", a_context(a_plan("Rengøring", text), language)) for language in LANGUAGES)
    assert tables(danish)[0].columns[-1].title == "Mindstepoint"
    assert [row[-1] for row in rows(tables(danish)[0])][:3] == ["–", "60\u00a0%", "55\u00a0%"]
    assert "»Kvalitet«: mindst 6 point, som er 60\u00a0% af det højeste antal point, opgjort som det vægtede" in said(
        danish
    )
    assert "»K1 Drift«: mindst 5,5 point" in said(danish)
    assert "før priserne inddrages i evalueringen" in said(danish)
    assert "uanset hvor mange tilbud" in said(danish)
    assert '"K1 Drift": at least 5.5 points' in said(english)
    points = said(made("sub-criteria", a_context(a_plan("Rengøring", text))))
    assert "Tilbuddet skal opnå mindst 5,5 point for kriteriet; ellers udgår det." in points
    assert len(made("criteria", a_context(a_plan()))) == 1, "nothing is said where there is no minimum"


def test_stages_stand_before_the_result_and_after_what_they_are_made_of() -> None:
    spec = a_spec([a_score("quality", "1")], award=a_model("extended-richtwert", z="5/100"))
    blocks = made("total-and-ties", of_spec(spec))
    lefts = [block.left for block in equations(blocks)]
    assert lefts == ["q", "ratio", "", "Resultat"]
    text = said(blocks)
    places = [
        text.index(part)
        for part in ("Et tilbud, der ikke opfylder betingelsen i et trin", "Trin 1, »", "For de tilbud, der er tilbage")
    ]
    assert places == sorted(places)
    assert "Betingelsen er, at" in equations(blocks)[2].words
    assert "100\u00a0% minus 5\u00a0%" in equations(blocks)[2].words


def test_a_model_on_scores_says_how_scores_become_points() -> None:
    leaf = replace(a_score("quality", "1"), model=a_model("best-score-full-points"))
    spec = a_spec([leaf], points_top=100)
    text = said(made("scales", of_spec(spec)))
    assert "Karakteren 0 giver 0 point, karakteren 10 giver 100 point" in text
    assert "omregnes efter modellen »" in text
    assert "omregnet efter en model" in said(made("criteria", of_spec(spec)))
    plain = said(made("scales", of_spec(a_spec([a_score("quality", "1")]))))
    assert "omregnes" not in plain, "a score from 0 to 10 is the number of points by itself"


def test_amounts_in_kroner_stand_in_place_of_weights() -> None:
    days = an_offered("days", "0", a_model("as-offered"), floor="60", cap="10", amount="25000")
    spec = a_spec([a_score("quality", "0", "600000"), days], award=a_model("quality-in-money"))
    table = tables(made("criteria", of_spec(spec)))[0]
    assert [column.title for column in table.columns][3:] == ["Beløb for fuldt pointtal eller pr. enhed"]
    assert [row[3] for row in rows(table)] == ["600.000\u00a0kr.", "25.000\u00a0kr."]
    text = said(made("sub-criteria", of_spec(spec)))
    assert "quality (600.000\u00a0kr. for fuldt pointtal)." in text
    assert "Tilbudt tal days (25.000\u00a0kr. pr. enhed)." in text
    offers = said(made("offers-model", of_spec(spec)))
    assert "omregnes det tilbudte tal ikke til point" in offers
    assert "Et tal ud over loftet regnes som loftet" in offers
    assert "giver 0 point" not in offers


def test_two_sets_of_numbers_for_one_model_are_both_printed() -> None:
    bands = library().model("offer-bands")
    models = [
        Model("offer-bands", bands, {"t": ((Fraction(0), Fraction(0)), (Fraction(edge), Fraction(1)))})
        for edge in (3, 5)
    ]
    spec = a_spec([an_offered(f"o{place}", "1/2", model) for place, model in enumerate(models)])
    printed = [rows(table)[1][0] for table in tables(made("offers-model", of_spec(spec)))[1:]]
    assert printed == ["3", "5"]


# Bids that fell out


MINIMUM = TENDER.replace(
    "title: Kvalitet\n    weight: 30 %\n", "title: Kvalitet\n    weight: 30 %\n    minimum: 70 %\n"
)


def a_case(text: str = MINIMUM, language: Language = "da") -> Context:
    """Give a scored case in which alfa reaches 6.4 of the 7 points it needs for quality; gamma was not admitted."""
    return a_scored_context(a_plan("Rengøring", text), language)


def facts(context: Context, own: str) -> Any:
    """Give the names that a letter has in a case of which no more is known than what the context says."""
    events = Events.model_validate(dict.fromkeys(("opened", "documented", "decided", "notified"), "2027-03-01"))
    case: Any = SimpleNamespace(
        case=SimpleNamespace(events=lambda: events), lock=SimpleNamespace(plan=context.plan), results=context.results
    )
    return _facts(case, "nord", next(bid for bid in context.bids["nord"] if bid.bidder == own))


def words_of(document: tree.Document) -> str:
    return said(document.blocks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_tells_which_published_limit_the_bid_did_not_reach(language: Language) -> None:
    context = a_letter(a_case(language=language), "nord", "alfa")
    document = assemble("rejection-letter", replace(context, facts=facts(context, "alfa")))
    text = words_of(document)
    reached = {
        "da": "Tilbuddet fik 6,4 point for »Kvalitet«, hvor mindstepointene er 7.",
        "en": 'The tender got 6.4 points for "Kvalitet", where the minimum points are 7.',
    }
    assert reached[language] in text
    assert {"da": "antageligt, men det udgik", "en": "admissible, but it fell out"}[language] in text
    assert {"da": "priser er ikke inddraget", "en": "prices of the tender were not included"}[language] in text
    assert "Begrundelse alfa quality.k1." in text
    assert "Begrundelse beta quality.k1." in text
    assert "Beta A/S" in text
    assert "4.000.000" not in text
    assert missing(document) == []
    assert check_references(document) == []


def test_the_letter_to_the_winner_and_to_a_ranked_loser_say_nothing_of_it() -> None:
    for bidder, name in (("alfa", "rejection-letter"), ("beta", "award-letter")):
        context = a_letter(a_scored_context(a_plan()), "nord", bidder)
        text = words_of(assemble(name, replace(context, facts=facts(context, bidder))))
        assert "udgik" not in text
        assert "Standstill og kontrakt" in text


def test_a_letter_where_nobody_is_left_has_no_winner_and_no_standstill() -> None:
    context = a_letter(nobody_left(), "nord", "beta")
    text = words_of(assemble("rejection-letter", replace(context, facts=facts(context, "beta"))))
    assert "Der er ikke tildelt nogen kontrakt" in text
    assert "Standstill og kontrakt" not in text
    assert "Begrundelse beta quality.k1." in text


def nobody_left() -> Context:
    """Give a case in which both admitted bids stay below the minimum."""
    plan = a_plan("Rengøring", MINIMUM.replace("minimum: 70 %", "minimum: 90 %"))
    return a_scored_context(plan)


def test_the_report_names_the_bids_that_fell_out_with_their_scores() -> None:
    case = a_case()
    ranking = said(made("ranking", case))
    assert "Disse tilbud er antagelige, men er udgået" in ranking
    assert "Alfa A/S: Tilbuddet fik 6,4 point for »Kvalitet«, hvor mindstepointene er 7." in ranking
    assert any(row[0] == "Alfa A/S" and row[1] == "6" for table in tables(made("scores", case)) for row in rows(table))
    offered = [row for table in tables(made("offers", case)) for row in rows(table) if row[1] == "Alfa A/S"]
    assert offered
    assert {row[-1] for row in offered} == {"–"}, "it has no points in the result"
    prices = [row[0] for table in tables(made("evaluated-prices", case)) for row in rows(table)]
    assert "Alfa A/S" not in prices, "its price is not looked at"
    assert "Beta A/S" in prices


def test_the_report_says_that_no_bid_is_left() -> None:
    case = nobody_left()
    assert "Ingen tilbud er tilbage" in said(made("ranking", case))
    assert "Ingen tilbud er tilbage" in said(made("recommendation", case))
    assert "Alfa A/S" in said(made("scores", case))


def test_a_bid_that_fell_out_at_a_stage_is_told_its_number_and_the_limit() -> None:
    case = staged()
    text = said(made("ranking", case))
    assert "Beta A/S: Tilbuddet opfyldte ikke betingelsen i trinnet »De billigste tilbud«." in text
    assert "Tilbuddets tal var 18.308.000, og grænsen var 17.908.000." in text
    prices = {row[0]: row[1:] for table in tables(made("evaluated-prices", case)) for row in rows(table)}
    assert prices["Beta A/S"] == ["18.308.000\u00a0kr.", "–", "–"]
    letter = said(made("eliminated", a_letter(case, "nord", "beta")))
    assert "priser" not in letter, "its price was looked at"


def staged() -> Context:
    """Give a case with the model that looks at the price first: beta is dearer than the lowest price."""
    text = TENDER.replace(PRICE, "").replace("model: weighted-sum", "model: price-first-then-quality")
    text = text.replace("weight: 30 %", "weight: 60 %").replace("weight: 20 %", "weight: 40 %")
    return a_scored_context(a_plan("Rengøring", text))


def test_letters_go_to_everybody_and_once() -> None:
    case = nobody_left()
    roles = [(bid.bidder, role) for bid, role in _bids(case.results["nord"])]
    assert sorted(roles) == [("alfa", "loser"), ("beta", "loser"), ("gamma", "inadmissible")]


def test_the_worked_example_says_who_fell_out() -> None:
    plan = a_plan("Rengøring", MINIMUM)
    text = said(made("worked-example", a_context(plan)))
    assert "Tilbudsgiver A: Tilbuddet fik 6 point for »Kvalitet«, hvor mindstepointene er 7." in text


def test_several_price_criteria_have_their_own_points_in_the_report() -> None:
    table = tables(made("evaluated-prices", a_scored_context(a_plan("Rengøring", with_lines()))))[0]
    assert [column.title for column in table.columns][-2:] == ["Point, Driftspris", "Point, Træningspris"]


def test_numbers_show_the_decimals_that_part_them() -> None:
    assert apart(Fraction(699999, 100000), Fraction(7), "da") == ("6,99999", "7")
    assert apart(None, Fraction(7), "da") == ("", "")


def test_a_tie_on_an_offered_number_is_said_as_a_number() -> None:
    days = an_offered("days", "1", a_model("as-offered"), floor="60", cap="10", amount="2")
    spec = a_spec([days], award=a_model("price-plus-time"), ties=("days", "price"))
    assert "det laveste tilbudte tal for »Tilbudt tal days«" in said(made("total-and-ties", of_spec(spec)))


def test_a_model_with_other_numbers_in_each_lot_is_said_for_each() -> None:
    lots = "{lo: {nord: 18000000, syd: 9000000}, hi: {nord: 30000000, syd: 15000000}}"
    old, new = (
        "    model: relative-linear\n    parameters: {X: 50 %}\n",
        f"    model: absolute-linear\n    parameters: {lots}\n",
    )
    context = Context(cleaning((old, new)), "da")
    words = said(made("price-model", context))
    assert words.index("30.000.000") < words.index("15.000.000")
    assert "For Nord gælder" in words
    assert "gælder:" not in said(made("price-model", Context(cleaning(), "da")))
