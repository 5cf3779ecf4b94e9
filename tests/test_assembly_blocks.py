"""What each generated block shows, and what it never shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from assembly_builders import (
    TENDER,
    a_bid,
    a_context,
    a_plan,
    a_scored_context,
    bids,
    of_lot,
    the_cleaning_plan,
)
from assembly_reading import a_letter, decimal, made, rows, said, tables

from tenderkit.assembly import tree
from tenderkit.assembly.document import runs
from tenderkit.assembly.duties import due_words
from tenderkit.assembly.example import example
from tenderkit.evaluation.score import score
from tenderkit.library.clause import Due
from tenderkit.quantities import Language, format_money, parse_number, round_half_up

LANGUAGES: tuple[Language, ...] = ("da", "en")


def test_the_worked_example_adds_up_from_the_numbers_it_prints() -> None:
    """The evaluated price, the points and the total are calculated again here, from the printed tables alone."""
    plan = the_cleaning_plan()
    given, result = tables(made("worked-example", a_context(plan)))
    spec = plan.specs["nord"]
    printed = [[parse_number(cell) for cell in row[1:]] for row in rows(given)]
    prices = [
        sum(line.quantity * Fraction(printed[index][bid]) for index, line in enumerate(spec.price_lines))
        for bid in range(3)
    ]
    by_title = {row[0]: row[2:] for row in rows(result)}
    assert [parse_number(cell) for cell in by_title["Evalueringspris"]] == [Decimal(int(price)) for price in prices]
    slope = Fraction(1, 2)
    price_points = [10 * max(Fraction(0), 1 - (price - min(prices)) / (slope * min(prices))) for price in prices]
    numbers = printed[len(spec.price_lines) :]
    limits = [(leaf.share, leaf.floor, leaf.cap) for leaf in spec.leaves() if leaf.kind != "price"]
    for bid in range(3):
        total = price_points[bid] / 2
        for (share, floor, cap), row in zip(limits, numbers, strict=True):
            own = Fraction(row[bid])
            points = own if floor is None or cap is None else 10 * (own - floor) / (cap - floor)
            total += share * points
        assert decimal(by_title["Samlet resultat"][bid]) == round_half_up(total, 3)
    ranks = [int(cell) for cell in by_title["Placering"]]
    totals = [decimal(cell) for cell in by_title["Samlet resultat"]]
    assert ranks == [1 + sum(other > own for other in totals) for own in totals]


def test_the_worked_example_says_that_it_is_invented_and_keeps_the_own_estimate_secret() -> None:
    plan = the_cleaning_plan()
    text = said(made("worked-example", a_context(plan)))
    assert "opdigtede" in text
    assert not any(
        format_money(estimate, "da") in text for lot in plan.tender.lots if (estimate := lot.own_estimate_dkk)
    )


@pytest.mark.parametrize("lot", ["nord", "syd"])
def test_the_made_up_bids_are_admissible(lot: str) -> None:
    plan = the_cleaning_plan()
    invented = example(plan, lot, ("A", "B", "C"))
    result = score(plan.specs[lot], invented.bids, invented.scores)
    assert len({item.total for item in result.ranking}) == 3
    assert result.winner is not None


def test_the_evaluated_price_has_one_equation_per_set_of_quantities() -> None:
    same = TENDER.replace("{nord: 2400, syd: 1200}", "2400").replace("{nord: 309.6, syd: 154.8}", "309.6")
    for text, count in ((TENDER, 2), (same, 1)):
        found = made("evaluated-price", a_context(a_plan("Rengøring", text)))
        equations = [block for block in found if isinstance(block, tree.Equation)]
        assert len(equations) == count
        assert equations[0].words.startswith("Evalueringsprisen er summen af 4 ganget med prisen for »Fast pris")


def test_the_phases_of_a_price_line_add_up_to_its_quantity() -> None:
    phases = tables(made("evaluated-price", a_context(a_plan())))[1]
    *parts, total = rows(phases)
    for column in range(2, 6):
        assert sum(decimal(row[column]) for row in parts) == decimal(total[column])
    assert phases.bold_rows == {3}


def test_four_lots_get_tables_that_fit_the_page() -> None:
    more = "  - {id: syd, title: Syd, value_dkk: 12_500_000}"
    four = TENDER.replace(
        more, f"{more}\n" + "\n".join(f"  - {{id: {lot}, title: {lot}, value_dkk: 1}}" for lot in ("vest", "ost"))
    )
    quantities = four.replace("{nord: 2400, syd: 1200}", "9").replace("{nord: 309.6, syd: 154.8}", "7")
    plain = quantities.replace("{nord: 10, syd: 5}", "5").replace("{nord: 5_760_000, syd: 2_880_000}", "1")
    found = tables(made("evaluated-price", a_context(a_plan("Rengøring", plain))))
    assert len(found) == 4
    assert all(len(table.columns) <= 6 for table in found)


def test_the_offers_model_has_a_table_per_lot_when_the_floors_differ() -> None:
    differing = TENDER.replace("cohort_size:", "guaranteed_hours: {nord: 15, syd: 10}, cohort_size:")
    alike, apart = (tables(made("offers-model", a_context(a_plan("Rengøring", text)))) for text in (TENDER, differing))
    assert [table.caption for table in alike] == ["Tal, der kan tilbydes"]
    assert [table.caption for table in apart] == ["Tal, der kan tilbydes, Nord", "Tal, der kan tilbydes, Syd"]
    assert [rows(table)[1][3] for table in apart] == ["15", "10"]


def test_a_model_is_printed_with_the_numbers_of_the_tender() -> None:
    (equation,) = (b for b in made("price-model", a_context(a_plan())) if isinstance(b, tree.Equation))
    assert "10 ganget med" in equation.words
    assert "50\u00a0% af den laveste evalueringspris" in equation.words


def test_quality_in_money_is_explained_in_the_total_and_not_in_the_price() -> None:
    money = TENDER.replace("model: weighted-sum", "model: quality-in-money").replace("ties: [price,", "ties: [price,")
    start, _, rest = money.partition("  price: {title")
    money = start + rest.partition("\n")[2].replace("weight: 30 %", "amount: 900_000").replace(
        "weight: 20 %", "amount: 600_000"
    )
    context = a_context(a_plan("Rengøring", money))
    assert not any(isinstance(block, tree.Equation) for block in made("price-model", context))
    found = made("total-and-ties", context)
    assert any(isinstance(block, tree.Equation) and "evalueringspris" in block.words for block in found)
    assert "laveste samlede resultat" in said(found)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (Due(after="passed-test", working_days="10"), "senest 10\u00a0arbejdsdage efter bestået kompetenceprøve"),
        (Due(after="course-start", weeks="first_intake_weeks"), "senest 8\u00a0uger efter forløbets start"),
        (Due(before="contract-end", months="1"), "senest 1\u00a0måned før kontraktens ophør"),
        (Due(before="course-start"), "før forløbets start"),
        (Due(on="signing"), "ved kontraktens underskrift"),
        (Due(every="quarter"), "hvert kvartal"),
        (Due(every="month", working_days="10"), "hver måned, senest 10\u00a0arbejdsdage efter periodens udløb"),
        (
            Due(after="start", months="3", working_days="10"),
            "senest 3\u00a0måneder og 10\u00a0arbejdsdage efter kontraktens startdato",
        ),
    ],
)
def test_a_due_date_is_said_in_words(due: Due, expected: str) -> None:
    plan = a_plan()
    assert due_words(due, plan.clauses[0], a_context(plan)) == expected


def test_the_register_has_the_offered_numbers_once_the_contract_has_a_winner() -> None:
    open_, signed = (
        {row[0]: row[1] for row in rows(made("duties", of_lot(a_context(a_plan()), "nord", winner=winner))[0])}
        for winner in (None, bids("nord")[1])
    )
    assert "mindst 1,5" in open_["JG-10"]
    assert "4 timer pr. deltager om ugen" in signed["JG-10"], "what is offered beyond the cap binds as the cap"
    assert "20 timer om ugen" in signed["JG-18"]


def test_the_price_list_has_the_winners_prices_in_a_signed_contract() -> None:
    contexts = [of_lot(a_context(a_plan()), "nord", winner=winner) for winner in (None, bids("nord")[1])]
    open_, signed = (said([*made("price-list", context), *made("phases", context)]) for context in contexts)
    assert "Udfyldes ved kontraktindgåelse" in open_
    for amount in (4_100_000, 300, 10_000, 7_000, 4_000, 20_216_000):
        assert format_money(amount, "da") in signed
        assert format_money(amount, "da") not in open_


def test_a_letter_to_a_loser_compares_in_words_and_tells_no_price() -> None:
    context = a_letter(a_scored_context(a_plan()), "nord", "alfa")
    text = said([*made("comparison", context), *made("result-table", context)])
    for lot_bid in bids("nord"):
        assert not any(format_money(price, "da") in text for price in lot_bid.prices.values())
    assert not any(format_money(item.evaluated_price, "da") in text for item in context.results["nord"].ranking)
    assert "Jeres tilbud: Begrundelse alfa quality.k1. Point: 6." in text
    assert "Det valgte tilbud (Beta A/S): Begrundelse beta quality.k1. Point: 8." in text
    assert "Gamma" not in text


def test_a_letter_to_the_winner_compares_with_nobody() -> None:
    context = a_letter(a_scored_context(a_plan()), "nord", "beta")
    text = said([*made("comparison", context), *made("result-table", context)])
    assert "Alfa" not in text
    assert "Begrundelse beta quality.k1." in text


def test_the_report_shows_where_the_evaluators_lay_apart() -> None:
    first = rows(tables(made("scores", of_lot(a_scored_context(a_plan()), "nord")))[0])
    assert first == [
        ["Alfa A/S", "6", "Begrundelse alfa quality.k1.", "1 til 6, drøftet særskilt"],
        ["Beta A/S", "8", "Begrundelse beta quality.k1.", "8"],
    ]


def test_a_tie_is_said_with_the_rule_that_parted_the_bids() -> None:
    plan = a_plan()
    twins = [a_bid("alfa", "nord", "4000000", "1.5", "15"), a_bid("beta", "nord", "4000000", "1.5", "15")]
    scores = {(bid.bidder, leaf): Decimal(6) for bid in twins for leaf in ("quality.k1", "quality.k2")}
    equal = score(plan.specs["nord"], twins, scores)
    drawn = score(plan.specs["nord"], twins, scores, {"beta": 1, "alfa": 2})
    context = of_lot(a_context(plan), "nord")
    assert "Alfa A/S deler placeringen som nr. 1" in said(made("ranking", replace(context, results={"nord": equal})))
    text = said(made("ranking", replace(context, results={"nord": drawn})))
    assert "Beta A/S er nr. 1, fordi pointligheden er afgjort efter denne regel: lodtrækning" in text


def test_the_alarm_on_low_bids_asks_and_never_rejects() -> None:
    alarmed = TENDER + "low_bid_alarm: {median: 25 %, estimate: 5 %}\n"
    own = alarmed.replace("value_dkk: 25_500_000,", "value_dkk: 25_500_000, own_estimate_dkk: 21_500_000,")
    text = said(made("low-bids", of_lot(a_scored_context(a_plan("Rengøring", own)), "nord")))
    assert "Nord Alfa A/S Evalueringspris Ordregiverens eget skøn 7,8\u00a0%" in text
    assert "§ 169" in text
    assert "færre end fire tilbud" in text
    assert "21.500.000" not in text


def test_a_correction_notice_says_what_changed_and_keeps_internal_values_back() -> None:
    changed = [
        {"path": "procedure.deadline", "before": "2027-01-15", "after": "2027-01-22"},
        {"path": "lots.nord.own_estimate_dkk", "before": "19_000_000", "after": "18_000_000"},
        {"path": "committee.members.bo.name", "before": "Bo Krag", "after": "Ib Krag"},
        {"path": "clauses.job-guarantee.guaranteed_hours", "before": "15", "after": "16"},
        {"path": "price_lines.T.max", "before": "12_000", "after": "13_000"},
    ]
    text = said(made("changes", a_context(a_plan(), facts={"changes": changed})))
    assert "Tilbudsfrist 15. januar 2027 22. januar 2027" in text
    assert "Jobgaranti efter træningsforløb / Hvor mange timer om ugen skal jobtilbuddet mindst omfatte? 15 16" in text
    assert "Træningsforløb / højeste enhedspris 12.000 13.000" in text
    assert "19_000_000" not in text
    assert "Krag" not in text
    only_internal = said(made("changes", a_context(a_plan(), facts={"changes": changed[1:3]})))
    assert only_internal.startswith("Der er ingen ændringer")


def test_a_report_dates_what_has_happened_by_when_it_did() -> None:
    events = {"opened": dt.date(2027, 1, 15), "notified": dt.date(2027, 3, 17)}
    text = said(made("timetable", a_context(a_plan(), events=events)))
    assert "Underretning om tildelingsbeslutningen 17. marts 2027" in text
    assert "Udløb af standstillperioden 30. marts 2027" in text, "27 March is a Saturday, and then comes Easter"
    assert "Forventet underskrift" in text


def test_a_translation_uses_the_clauses_own_words_for_a_criterion() -> None:
    text = said(made("offers-model", a_context(a_plan(), "en")))
    assert "Mentor hours" in text
    assert "Mentortimer" not in text


def test_the_officers_own_words_keep_their_language_in_a_translation() -> None:
    danish, english = (made("lots", a_context(a_plan(), language))[0] for language in LANGUAGES)
    languages = [{run.language for run in runs([table]) if isinstance(run, tree.Text)} for table in (danish, english)]
    assert languages == [{None}, {None, "da"}]
    (first, *_, last) = made("sub-criteria", a_context(a_plan(), "en"))
    assert [run.language for run in runs([first]) if isinstance(run, tree.Text) and "bemandingen" in run.text] == ["da"]
    assert {run.language for run in runs([last]) if isinstance(run, tree.Text)} == {None}, (
        "the clause has English words"
    )


def test_the_documents_of_the_package_are_listed_with_their_files() -> None:
    listed = rows(made("tender-documents", a_context(a_plan()))[0])
    assert ["B", "Tjenesteydelseskontrakt, delaftale Syd", "Bilag_B_Kontrakt_syd.docx"] in listed
    assert ["C1", "Tilbudsliste, delaftale Nord", "C1_Tilbudsliste_nord.xlsx"] in listed
    assert not any("Rettelsesblad" in row[1] for row in listed)


def test_the_report_is_signed_by_the_committee_and_the_contract_by_the_parties() -> None:
    assert "Asta Holm, udbudskonsulent" in said(made("signatures", a_scored_context(a_plan())))
    assert "For Leverandøren, [udfyldes" in said(made("signatures", a_context(a_plan())))
    assert "For Leverandøren, Beta A/S" in said(made("signatures", a_context(a_plan(), winner=bids("nord")[1])))
