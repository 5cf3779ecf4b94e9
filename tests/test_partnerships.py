"""What is special to agreements of several parties: the financing to the krone, sums of jobs, and firms each for itself."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from assembly_reading import rows, said, tables

from tenderkit.api.agreements import agreement_documents
from tenderkit.assembly import blocks, tree
from tenderkit.assembly.agreement import AgreementContext
from tenderkit.checks.agreements import run_agreement
from tenderkit.library import Library
from tenderkit.plan import AgreementPlan, make_agreement, translated_agreement
from tenderkit.plan.financing import financing, number
from tenderkit.problems import TenderkitError
from tenderkit.quantities import Language
from tenderkit.tender import read_agreement

EXAMPLES = Path(__file__).parent.parent / "examples"
LIBRARY = Library()
THREE, JOBS, YOUTH, VOLUNTARY = "three-party", "small-jobs", "youth-network", "voluntary"
LANGUAGES: tuple[Language, Language] = ("da", "en")
PAID = "municipal_payment_month: 14500"


@cache
def text(example: str) -> str:
    return (EXAMPLES / example / "agreement.yaml").read_text(encoding="utf-8")


def plan_of(written: str) -> AgreementPlan:
    agreement, source = read_agreement(written)
    return make_agreement(agreement, source, LIBRARY)


def changed(example: str, old: str, new: str) -> AgreementPlan:
    assert old in text(example)
    return plan_of(text(example).replace(old, new))


def context(plan: AgreementPlan, language: Language) -> AgreementContext:
    return AgreementContext(translated_agreement(plan, language), language, draft=False)


def block(name: str, argument: str, plan: AgreementPlan, language: Language = "da") -> list[tree.Block]:
    return list(blocks.make(name, argument, "", context(plan, language), "test"))


@cache
def documents(example: str) -> tuple[tree.Document, ...]:
    """Give the example's agreement in Danish and in English."""
    return tuple(agreement_documents(plan_of(text(example)), draft=False))


def plain(document: tree.Document) -> str:
    return said(document.blocks)


# The financing of three parties


@pytest.mark.parametrize(
    ("paid", "month", "whole", "danish", "english"),
    [
        (14500, "+1.500 kr.", "+18.000 kr.", "er der et overskud på 1.500 kr. om måneden", "a surplus of DKK 1,500"),
        (14000, "0 kr.", "", "går finansieringen lige op", "the financing balances exactly"),
        (13500, "−1.500 kr.", "−18.000 kr.", "er der et underskud på 1.500 kr. om måneden", "a gap of DKK 1,500"),
        (13999, "−3 kr.", "−36 kr.", "er der et underskud på 3 kr. om måneden", "a gap of DKK 3"),
    ],
)
def test_the_financing_is_exact_in_both_languages(paid: int, month: str, whole: str, danish: str, english: str) -> None:
    plan = changed(THREE, PAID, f"municipal_payment_month: {paid}")
    table, sentence = block("financing", "partnership-three-party", plan)
    assert rows(table)[-1][-1].replace("\u00a0", " ") == month
    shown = said([sentence]).replace("\u00a0", " ")
    assert danish in shown
    assert whole in shown
    assert "kr.." not in shown
    assert english in said(block("financing", "partnership-three-party", plan, "en")).replace("\u00a0", " ")


@pytest.mark.parametrize(("paid", "gap"), [(14500, 0), (14000, 0), (13999, 1)])
def test_only_a_gap_is_warned_of(paid: int, gap: int) -> None:
    plan = changed(THREE, PAID, f"municipal_payment_month: {paid}")
    warned = [problem for problem in run_agreement(plan) if problem.id == "financing-gap"]
    assert len(warned) == gap
    assert {problem.level for problem in warned} <= {"warning"}


def test_the_stated_value_of_the_purchase_is_what_the_clause_makes_the_municipality_pay() -> None:
    plan = plan_of(text(THREE))
    clause = next(chosen for chosen in plan.clauses if chosen.id == "partnership-three-party")
    reckoned = financing(clause)
    term, option = (number(clause, name) for name in ("term_months", "option_months"))
    assert reckoned is not None
    assert term is not None
    assert option is not None
    assert plan.values["procurement_value"].value() == reckoned.paid_month * Fraction(term + option)


def test_the_firm_pays_for_the_temp_hours_of_the_whole_term() -> None:
    plan = plan_of(text(THREE))
    clause = next(chosen for chosen in plan.clauses if chosen.id == "partnership-three-party")
    hours, months = number(clause, "temp_hours_month"), number(clause, "term_months")
    line = plan.agreement.prices["A"]
    assert hours is not None
    assert months is not None
    assert (line.payer, line.payee, line.quantity) == ("firm", "enterprise", hours * months)


def test_a_value_at_the_threshold_reaches_it() -> None:
    at = changed(THREE, "procurement_threshold: 5595000", "procurement_threshold: 1044000")
    above = changed(THREE, "procurement_threshold: 5595000", "procurement_threshold: 1044001")
    assert "Værdien når tærskelværdien" in plain(next(agreement_documents(at, draft=False)))
    assert "Værdien er lavere end tærskelværdien" in plain(next(agreement_documents(above, draft=False)))


@pytest.mark.parametrize("name", ["procurement_value: 1044000", "procurement_threshold: 5595000"])
def test_a_draft_without_the_value_or_the_threshold_does_not_say_which_is_larger(name: str) -> None:
    plan = changed(THREE, f"  {name}\n", "")
    shown = plain(next(agreement_documents(plan, draft=True)))
    assert "Værdien er lavere" not in shown
    assert "Værdien når" not in shown


def test_term_and_notice_of_three_parties_stand_in_the_clause_alone() -> None:
    given = text(THREE).replace("  payment_days: 30", "  payment_days: 30\n  duration_months: 37\n  notice_months: 7")
    for document in agreement_documents(plan_of(given), draft=False):
        assert not re.search(r"\b(37|7)\s(måned|month)", plain(document))


# Many firms, each for itself


def test_the_framework_has_93_jobs_with_18_firms() -> None:
    plan = plan_of(text(JOBS))
    table = tables(block("table", "firm_jobs jobs", plan))[0]
    assert rows(table)[-1] == ["I alt", "", "93"]
    assert table.bold_rows == {len(table.rows) - 1}
    firms = {row[0] for row in rows(table)[:-1]}
    assert firms == {party.name for party in plan.agreement.parties["firm"]}
    assert len(firms) == 18
    assert rows(tables(block("table", "firm_jobs jobs", plan, "en"))[0])[-1] == ["Total", "", "93"]


def test_the_sum_follows_the_rows() -> None:
    plan = changed(JOBS, "kind: Småjob, jobs: 8}", "kind: Småjob, jobs: 1008}")
    assert rows(tables(block("table", "firm_jobs jobs", plan))[0])[-1][-1] == "1.093"


def test_a_table_without_rows_has_no_sum() -> None:
    plan = plan_of(re.sub(r"firm_jobs:\n(    - .*\n)+", "firm_jobs: []\n", text(JOBS)))
    assert tables(block("table", "firm_jobs jobs", plan))[0].rows == ()


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("firm_jobs firm", 'The table "firm_jobs" has no column of numbers "firm".'),
        ("firm_jobs job", 'The table "firm_jobs" has no column of numbers "job".'),
        ("jobs", 'The template has no table "jobs".'),
        ("", 'The template has no table "".'),
    ],
)
def test_a_sum_of_what_is_no_number_is_refused(argument: str, message: str) -> None:
    with pytest.raises(TenderkitError) as caught:
        block("table", argument, plan_of(text(JOBS)))
    assert [problem.message for problem in caught.value.problems] == [message]


@pytest.mark.parametrize("example", [JOBS, YOUTH])
def test_every_firm_signs_and_is_bound_for_itself(example: str) -> None:
    parties = plan_of(text(example)).agreement.parties["firm"]
    assert len(parties) > 1
    for document, alone in zip(
        documents(example), ("hæfter ikke for de andre", "is not liable for the others"), strict=True
    ):
        signing = [item for item in document.blocks if isinstance(item, tree.Signatures)]
        signers = [signer for item in signing for signer in item.parties]
        assert len(signers) == len(parties) + 1
        for party in parties:
            assert sum(party.name in signer for signer in signers) == 1
        assert alone in plain(document)


@pytest.mark.parametrize("example", [JOBS, YOUTH, VOLUNTARY])
def test_no_text_asks_all_parties_for_what_concerns_one_firm(example: str) -> None:
    for document in documents(example):
        shown = plain(document)
        for words in ("underskrift fra alle Parter", "samtykke fra de andre Parter", "ophører Aftalen for alle Parter"):
            assert words not in shown
        for words in ("signature of all Parties", "consent of the other Parties", "ends for all Parties"):
            assert words not in shown


def test_many_firms_stand_in_one_row_of_the_cover() -> None:
    for document in documents(JOBS):
        named = [text for _, text in document.cover if "Hotel Strandlyst" in text]
        assert len(named) == 1
        assert "Fiskehuset Havbo ApS" in named[0]


# Voluntary agreements


@pytest.mark.parametrize("example", [YOUTH, VOLUNTARY])
def test_a_voluntary_agreement_has_no_penalty_and_no_ladder(example: str) -> None:
    plan = plan_of(text(example))
    assert not plan.penalties
    assert {chosen.id for chosen in plan.clauses}.isdisjoint({"sanctions-ladder", "reporting-and-data-protection"})
    danish, english = map(plain, documents(example))
    assert "der kan ikke kræves bod eller erstatning for" in danish
    assert "no penalty or damages can be claimed for" in english
    assert not re.search(r"\bPåkrav\b|skal betale en bod", danish)


@pytest.mark.parametrize("example", [JOBS, YOUTH, VOLUNTARY])
def test_taking_part_counts_for_nothing_in_a_tender(example: str) -> None:
    danish, english = map(plain, documents(example))
    assert re.search(r"må ikke lægge vægt på|giver ingen fordel", danish)
    assert re.search(r"may not (consider|take account)|gives no advantage", english)


def test_no_penalty_can_be_claimed_where_the_municipality_pays_nothing() -> None:
    assert not plan_of(text(JOBS)).agreement.prices
    assert "er derfor 0 kr., og der kan ikke kræves bod" in plain(documents(JOBS)[0])
    assert "is therefore DKK 0, and no penalty can be claimed" in plain(documents(JOBS)[1])


def test_the_youth_network_keeps_the_aims_of_its_model() -> None:
    clause = next(chosen for chosen in plan_of(text(YOUTH)).clauses if chosen.id == "youth-network")
    assert [number(clause, name) for name in ("firms", "young", "term_months")] == [60, 120, 24]
