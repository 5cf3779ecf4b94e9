"""The rules of the field are all accounted for, and the questions of the checklist are asked where they belong."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from assembly_builders import a_context, the_cleaning_plan
from assembly_reading import made, rows, said, tables
from tender_changes import changed_tender

from tenderkit import checks
from tenderkit.assembly import tree
from tenderkit.assembly.document import assemble, check_references, missing
from tenderkit.library import Library
from tenderkit.plan import Plan
from tenderkit.plan.facts import NAMES, facts
from tenderkit.quantities import Language
from tenderkit.tender import Reservation

LIBRARY = Library()
CHECKLIST = LIBRARY.checklist
LEGAL = LIBRARY.legal_rules
LANGUAGES: tuple[Language, ...] = ("da", "en")


def test_the_rules_of_the_field_are_there() -> None:
    assert len(LEGAL) == 108
    for name, count in {"DK-OPL": 13, "DK-CPC": 10, "DK-AWD": 15, "DK-LAB94": 12, "SA": 6, "GD": 8}.items():
        numbers = sorted(int(rule.rpartition("-")[2]) for rule in LEGAL if rule.rpartition("-")[0] == name)
        assert numbers == list(range(1, count + 1))


@pytest.mark.parametrize("rule", sorted(LEGAL))
def test_each_rule_is_decided_by_a_check_asked_or_built_in(rule: str) -> None:
    decided = [item.id for item in checks.all_rules() if rule in item.rule_ids]
    asked = [name for name, item in CHECKLIST.questions.items() if rule in item.rule_ids]
    assert decided or asked or LEGAL[rule].built_in
    assert LEGAL[rule].mark in LIBRARY.vocabulary.marks


def test_checks_and_questions_name_no_rule_that_is_not_there() -> None:
    named = {rule for item in checks.all_rules() for rule in item.rule_ids}
    named |= {rule for item in CHECKLIST.questions.values() for rule in item.rule_ids}
    assert named <= set(LEGAL)


def test_every_step_has_questions_and_every_question_a_step_and_known_facts() -> None:
    assert {item.step for item in CHECKLIST.questions.values()} == set(CHECKLIST.steps)
    used = {name for item in CHECKLIST.questions.values() for name in item.when}
    assert used == NAMES


@pytest.mark.parametrize("name", sorted(CHECKLIST.questions))
def test_a_question_is_one_in_both_languages(name: str) -> None:
    item = CHECKLIST.questions[name]
    for language in LANGUAGES:
        assert item.question[language].endswith("?")
        assert item.question[language].count("?") == 1
        assert item.why[language].endswith(".")
    for text in (item.question, item.why):
        numbers = [
            re.findall(r"\d+", text[language].replace(".000", "000").replace(",000", "000")) for language in LANGUAGES
        ]
        assert sorted(numbers[0]) == sorted(numbers[1])


def asked(plan: Plan) -> set[str]:
    known, day = facts(plan), plan.tender.procedure.publication
    return {name for name, item in CHECKLIST.questions.items() if item.asked(known, day)}


@pytest.mark.parametrize(
    ("change", "question", "before", "after"),
    [
        ({"procedure__type": "light"}, "light-listed", False, True),
        ({"procedure__type": "below-threshold"}, "final-documents", True, False),
        ({"contract__kind": "works", "procedure__type": "below-threshold"}, "national-works", False, True),
        ({"contract__place": "abroad"}, "covered-kind", True, False),
        ({"contract__transfer_of_undertaking": "no"}, "no-transfer", False, True),
        ({"contract__transfer_of_undertaking": "no"}, "transfer-data", True, False),
        ({"procedure__market_dialogue__held": "no"}, "dialogue-even", True, False),
        ({"price_lines__T__training": "no"}, "price-not-aid", True, False),
        ({"procedure__publication": "2025-12-31"}, "legal-basis-and-budget", True, False),
        ({"procedure__publication": "2026-01-31"}, "reform-followed", True, False),
    ],
)
def test_a_question_is_asked_where_it_belongs(change: dict[str, str], question: str, before: bool, after: bool) -> None:
    assert (question in asked(the_cleaning_plan()), question in asked(changed_tender(**change))) == (before, after)


def test_a_question_that_has_ended_is_not_asked() -> None:
    item = CHECKLIST.questions["value-whole"].model_copy(update={"end": dt.date(2026, 6, 30)})
    held = [item.asked(frozenset(), day) for day in (dt.date(2026, 6, 30), dt.date(2026, 7, 1))]
    assert held == [True, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_checklist_has_a_table_for_each_step_with_room_for_the_answer(language: Language) -> None:
    plan = the_cleaning_plan()
    found = made("checklist", a_context(plan, language))
    steps = [CHECKLIST.steps[name][language] for name in CHECKLIST.steps]
    headings = [block.content[0].text for block in found if isinstance(block, tree.Heading)]  # type: ignore[union-attr]  # a step's heading is one text
    assert headings == steps
    printed = [row for table in tables(found) for row in rows(table)]
    assert {row[1] for row in printed} == {CHECKLIST.questions[name].question[language] for name in asked(plan)}
    assert [row[0] for row in printed if row[0].startswith("1.")] == [f"1.{n}" for n in range(1, 16)]
    assert all(row[3].count("\n") == 2 for row in printed)
    marks = LIBRARY.vocabulary.marks
    assert all(any(row[2].endswith(f"({marks[mark][language]})") for mark in marks) for row in printed)


def test_a_step_without_questions_is_left_out() -> None:
    plan = changed_tender(procedure__type="below-threshold")
    assert CHECKLIST.steps["award"]["da"] not in said(made("checklist", a_context(plan)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_checklist_is_a_finished_document_of_the_file(language: Language) -> None:
    context = replace(a_context(the_cleaning_plan(), language), draft=False)
    document = assemble("checklist", context)
    assert not missing(document)
    assert not check_references(document)
    assert LIBRARY.document("checklist").stage == "file"


# What the tender says that a check asks for is printed where bidders read it


@pytest.mark.parametrize("basis", ["integration", "public-service"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reservation_stands_in_the_tender_conditions(language: Language, basis: str) -> None:
    plan = the_cleaning_plan()
    share = 30 if basis == "integration" else None
    reserved = Reservation.model_validate(
        {"basis": basis, "share": share, "notice_text": "Delaftale Syd er reserveret."}
    )
    procedure = plan.tender.procedure.model_copy(update={"reserved": reserved})
    tender = plan.tender.model_copy(update={"procedure": procedure})
    text = conditions(replace(plan, tender=tender), language)
    assert "Delaftale Syd er reserveret." in text
    assert ("§ 54" in text and "30" in text) if basis == "integration" else "§ 190" in text
    assert "reserver" not in conditions(plan, language)


def test_the_list_of_staff_is_named_where_the_transfer_is_told() -> None:
    plan = the_cleaning_plan()
    assert "jf. bilaget »Oplysninger om medarbejdere«" in conditions(plan, "da")
    contract = plan.tender.contract.model_copy(update={"staff_list": ""})
    without = replace(plan, tender=plan.tender.model_copy(update={"contract": contract}))
    assert "Oplysninger om medarbejdere" not in conditions(without, "da")


def conditions(plan: Plan, language: Language) -> str:
    return said(assemble("tender-conditions", a_context(plan, language, draft=False)).blocks)
