"""Advice before a tender: verdicts, ranges with worked numbers, the proposed tender, the documents, both ways to ask."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from test_docs import edit, fences, page, sessions
from test_docs import run as run_line

from tenderkit import checks
from tenderkit.advice import Advice, Answers, Verdict, advise, by_id, content, holds, read_answers
from tenderkit.advice.asking import Asked, answers_text, to_ask
from tenderkit.advice.choice import chosen, shares
from tenderkit.advice.facts import facts
from tenderkit.advice.market import fit_names
from tenderkit.advice.proposal import proposal
from tenderkit.advice.verdicts import ORDER
from tenderkit.api.checking import problems_of
from tenderkit.assembly import tree
from tenderkit.assembly.advice import AdviceContext
from tenderkit.assembly.document import assemble, check_references, missing, runs
from tenderkit.calculation.quota import by_payroll_share
from tenderkit.cli import main
from tenderkit.formula import parse
from tenderkit.formula.tree import names_in
from tenderkit.library import FrozenContent, Library, installed
from tenderkit.plan import Plan, make_plan
from tenderkit.problems import Problem, TenderkitError
from tenderkit.quantities import Language, is_working_day, standstill_end
from tenderkit.source import read_yaml
from tenderkit.tender import read_tender

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "advice"
LIBRARY = Library()
TODAY = dt.date(2026, 11, 22)
QUESTIONS = content.questions(LIBRARY)
LANGUAGES: tuple[Language, ...] = ("da", "en")
DOCUMENTS = ("strategy-memo", "proportionality-note")
#: What only the officer can settle: texts to write, and, in a contract too short for the quota but under the duty with
#: its options, whether to lengthen it or to state a ground.
FOR_THE_OFFICER = {"value-missing", "placeholder-left", "lots-incomplete", "no-access-to-documents"}
TO_LEAVE_OUT = "training-duty-unmet"


def text_of(name: str, **changed: Any) -> str:
    """Give an example's answers with some of them changed; None takes one out."""
    data = read_yaml((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), name).data | changed
    return yaml.safe_dump({key: value for key, value in data.items() if value is not None}, sort_keys=False)


def answers_of(name: str = "cleaning", **changed: Any) -> Answers:
    return read_answers(text_of(name, **changed), "answers.yaml", LIBRARY, TODAY)


def advice_of(name: str = "cleaning", **changed: Any) -> Advice:
    return advise(answers_of(name, **changed), LIBRARY)


def problems(text: str) -> list[Problem]:
    with pytest.raises(TenderkitError) as error:
        read_answers(text, "answers.yaml", LIBRARY, TODAY)
    return list(error.value.problems)


# The content


def test_there_are_twelve_questions_and_every_answer_has_its_part() -> None:
    assert len(QUESTIONS.questions) == 12
    assert set(QUESTIONS.parts) == set(Answers.model_fields)


def test_every_example_of_a_question_is_an_answer_that_fits() -> None:
    given_examples = {key: part.example for key, part in QUESTIONS.parts.items()}
    answers = read_answers(yaml.safe_dump(given_examples), "answers.yaml", LIBRARY, TODAY)
    assert answers.total_months == 60


def test_sentences_have_the_same_fill_ins_in_both_languages() -> None:
    found = {**content.words(LIBRARY), **content.proposal(LIBRARY).texts}
    assert len(found) > 40
    for key, text in found.items():
        names = [{name for _, name, _, _ in Formatter().parse(text[language]) if name} for language in LANGUAGES]
        assert names[0] == names[1], key


def test_conditions_use_only_names_that_the_answers_give() -> None:
    advice = advice_of()
    known = set(advice.facts.values)
    assert known == set(LIBRARY.vocabulary.answers)
    for name in LIBRARY.ids("clause"):
        for row in LIBRARY.clause(name).advice:
            assert set(names_in(parse(f"IF({row.when}, 1, 0)"))) <= known, name
    market = known | set(fit_names(advice.verdicts))
    for name, question in content.market_questions(LIBRARY).items():
        assert set(names_in(parse(f"IF({question.when}, 1, 0)"))) <= market, name


def test_the_proposal_names_clauses_that_exist() -> None:
    groups = content.proposal(LIBRARY).groups
    assert groups
    assert {name for group in groups for name in group} <= set(LIBRARY.ids("clause"))
    assert sum(content.proposal(LIBRARY).weights.values()) == 100
    assert sum(content.proposal(LIBRARY).weights_without.values()) == 100
    assert sum(phase.share for phase in content.proposal(LIBRARY).phases) == 100


# Reading answers


def test_all_wrong_answers_are_told_at_once_with_their_lines() -> None:
    text = text_of("cleaning", kind="servces", duration_months="0", unskilled_percent="85", mentors="many")
    found = problems(text)
    assert [problem.place.label for problem in found] == ["kind", "duration_months", "unskilled_percent", "mentors"]
    assert all(problem.place.line for problem in found)
    assert 'Did you mean "services"?' in found[0].message
    assert "below 1" in found[1].message
    assert "% sign" in found[2].message


def test_a_missing_answer_and_an_unknown_key_are_told() -> None:
    found = problems(text_of("cleaning", market=None, markt="positive"))
    assert {(problem.id, problem.values["key"]) for problem in found} == {
        ("missing-key", "market"),
        ("unknown-key", "markt"),
    }


def test_what_may_be_left_out_has_its_default() -> None:
    answers = answers_of("small-service", publication=None)
    assert (answers.option_months, answers.lots, answers.group, answers.publication) == (0, [], [], TODAY)


@pytest.mark.parametrize("lots", [[{"title": "A", "value_dkk": "39000000"}], [{"title": "A", "weekly_hours": "400"}]])
def test_lots_that_do_not_add_up_are_told(lots: list[dict[str, str]]) -> None:
    assert [problem.id for problem in problems(text_of("cleaning", lots=lots))] == ["lots-do-not-add-up"]


def test_a_term_of_more_than_ten_years_is_refused() -> None:
    assert "120 is the most" in problems(text_of("cleaning", duration_months="120"))[0].message


def test_lots_without_numbers_share_equally_and_have_ids_of_their_titles() -> None:
    parts = answers_of(lots=["Ærø øst", "Ærø øst", "9"]).parts
    assert [part.id for part in parts] == ["aeroe-oest", "aeroe-oest-2", "lot-3"]
    assert {part.value for part in parts} == {Fraction(38_000_000, 3)}
    assert sum(part.weekly_hours for part in parts) == 415


# What the answers mean


@pytest.mark.parametrize(
    ("changed", "duty", "above"),
    [
        ({}, 1, 1),
        ({"value_dkk": "4999999", "lots": []}, 0, 1),
        ({"value_dkk": "5000000", "lots": []}, 1, 1),
        ({"value_dkk": "1611359", "lots": []}, 0, 0),
        ({"duration_months": "5", "option_months": "0"}, 0, 1),
        ({"duration_months": "5", "option_months": "1"}, 1, 1),
        ({"kind": "goods"}, 0, 1),
        ({"kind": "works"}, 0, 0),
        ({"kind": "works", "value_dkk": "40313840", "lots": []}, 1, 1),
        ({"kind": "light", "value_dkk": "5500000", "lots": []}, 1, 0),
        ({"authority_kind": "central", "value_dkk": "1044400", "lots": []}, 0, 1),
        ({"publication": "2025-12-31", "value_dkk": "1611360", "lots": []}, 0, 0),
    ],
)
def test_duty_and_threshold_follow_the_date_and_the_kind(changed: dict[str, Any], duty: int, above: int) -> None:
    found = facts(answers_of(**changed), LIBRARY)
    assert [found["duty"], found["above_threshold"]] == [Fraction(duty), Fraction(above)]


def test_what_is_not_sure_is_said() -> None:
    def doubts(**changed: Any) -> list[str]:
        return [item.key for item in facts(answers_of(**changed), LIBRARY).doubts]

    assert doubts() == ["doubt-kinds"]
    assert doubts(kind="mixed") == ["doubt-mixed"]
    assert doubts(kind="works") == ["doubt-works"]
    assert doubts(publication="2028-02-01") == ["doubt-kinds", "doubt-date"]
    assert doubts(value_dkk="6000000", lots=["A", "B"]) == ["doubt-kinds", "doubt-lots"]


# Verdicts


def verdict(advice: Advice, clause: str) -> Verdict:
    return by_id(advice.verdicts)[clause]


def test_the_cleaning_case_is_a_yes_to_the_job_guarantee_and_brings_what_it_requires() -> None:
    advice = advice_of()
    assert verdict(advice, "job-guarantee").answer == "yes"
    assert "job-guarantee" in verdict(advice, "exit-and-handover").comes_with
    assert "job-guarantee" not in verdict(advice, "job-guarantee").comes_with
    names = chosen(advice)
    assert names[:3] == ["job-guarantee", "trainee-quota", "labour-clause"]
    for name in names:
        assert set(LIBRARY.clause(name).requires) <= set(names)


def test_a_small_service_is_a_no_with_reasons_and_what_is_missing() -> None:
    found = verdict(advice_of("small-service"), "job-guarantee")
    assert found.answer == "no"
    assert {reason.verdict for reason in found.deciding} == {"no"}
    assert any("24" in text.da for text in found.missing)
    assert "job-guarantee" not in chosen(advice_of("small-service"))


@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        ({"market": "not-asked"}, "maybe"),
        ({"ordinary_staff": "24"}, "maybe"),
        ({"security": "yes", "market": "not-asked"}, "no"),
        ({"matching": "nobody"}, "no"),
        ({"duration_months": "23"}, "no"),
        ({"kind": "works"}, "no"),
    ],
)
def test_the_lowest_circumstance_that_holds_decides(changed: dict[str, str], answer: str) -> None:
    found = verdict(advice_of(**changed), "job-guarantee")
    assert found.answer == answer
    assert found.reasons[0].verdict == answer


def test_clauses_that_exclude_each_other_are_named() -> None:
    advice = advice_of()
    assert verdict(advice, "reserved-contract").answer == "yes"
    assert "subcontract-social-enterprise" in verdict(advice, "reserved-contract").against
    assert "reserved-contract" in verdict(advice, "subcontract-social-enterprise").against


def test_a_clause_without_a_circumstance_says_when_it_is_used() -> None:
    found = [item for item in advice_of(kind="goods", group=[]).verdicts if item.reasons[0].missing is not None]
    assert found
    assert all(item.answer in ORDER for item in found)


def test_a_clause_outside_its_own_limits_is_a_no() -> None:
    found = verdict(advice_of(kind="goods"), "job-guarantee")
    assert any(getattr(reason.why, "key", "") == "fit-kind" for reason in found.reasons)


def test_where_the_duty_applies_the_quota_is_proposed_although_security_makes_it_a_maybe() -> None:
    advice = advice_of(security="yes")
    assert verdict(advice, "trainee-quota").answer == "maybe"
    assert "trainee-quota" in chosen(advice)


def test_a_condition_holds_exactly_at_its_limit() -> None:
    assert holds("duration >= 24", {"duration": Fraction(24)})
    assert not holds("duration >= 24", {"duration": Fraction(24) - Fraction(1, 10**12)})


def raw_answers() -> st.SearchStrategy[dict[str, Any]]:
    """Give answers of every kind, as a file writes them."""

    def part(key: str) -> st.SearchStrategy[Any]:
        asked = QUESTIONS.parts[key]
        if asked.type == "choice":
            return st.sampled_from(sorted(asked.options))
        if asked.type == "choices":
            return st.lists(st.sampled_from(sorted(asked.options)), unique=True)
        if asked.type == "yes-no":
            return st.sampled_from(["yes", "no"])
        if asked.type == "percent":
            return st.integers(0, 100).map(lambda number: f"{number} %")
        most = {"duration_months": 84, "option_months": 36, "value_dkk": 90_000_000, "weekly_hours": 4000}
        return st.integers(int(asked.min or 0), most.get(key, 200)).map(str)

    keys = [key for question in QUESTIONS.questions.values() for key in question.parts if key != "lots"]
    lots = st.lists(st.sampled_from(["Nord", "Syd", "Ø", "8 a"]), max_size=3)
    dates = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31)).map(str)
    return st.fixed_dictionaries({**{key: part(key) for key in keys}, "lots": lots, "publication": dates})


@settings(max_examples=40)
@given(raw_answers())
def test_every_clause_gets_a_verdict_with_a_reason_whatever_is_answered(raw: dict[str, Any]) -> None:
    advice = advise(read_answers(yaml.safe_dump(raw), "answers.yaml", LIBRARY, TODAY), LIBRARY)
    assert [item.id for item in advice.verdicts] == LIBRARY.ids("clause")
    for item in advice.verdicts:
        assert item.answer == min((reason.verdict for reason in item.reasons), key=ORDER.index)
        assert item.deciding
        assert all(by_id(advice.verdicts)[name].answer == "yes" for name in item.comes_with)
    for sentence in advice.doubts:
        assert all("{" not in sentence.said(LIBRARY, language) for language in LANGUAGES)
    for lot in advice.places.lots if advice.places else ():
        low, middle, high = (lot.levels[level] for level in content.LEVELS)
        assert 0 <= low <= middle <= high == lot.most == min(limit.places for limit in lot.limits)
    for quota in advice.trainees.lots if advice.trainees else ():
        years = [quota.shares[level].years for level in content.LEVELS]
        assert years == sorted(years)


# Numbers


def test_the_published_worked_example_by_payroll() -> None:
    """DKK 20 million of which 40 % is payroll at DKK 260 an hour: 16.0 FTEs, 10 % are 1.6 (sheet of legal facts, Q-PAY)."""
    advice = advice_of(value_dkk="20000000", lots=[], duration_months="24", option_months="0", payroll_percent="40 %")
    assert advice.trainees is not None
    whole, share = advice.trainees.check
    assert round(Fraction(str(whole.parts["fte"])), 1) == 16
    assert round(Fraction(str(share.parts["exact"])), 1) == Fraction(8, 5)
    assert share.parts["exact"] == by_payroll_share(10, 40, 20_000_000, 260)
    assert share.parts["yearly"] == by_payroll_share(10, 40, 20_000_000, 260) / 2


def test_the_range_of_the_cleaning_case_with_its_arithmetic() -> None:
    found = advice_of().trainees
    assert found is not None
    assert found.rounding == "down_quarter"
    north, south = found.lots
    assert north.hours == 277 * 52 == 14_404
    assert north.fte == Fraction(14_404, 1924)
    assert [north.shares[level].years for level in content.LEVELS] == [Fraction(1, 4), Fraction(1, 2), 1]
    assert [south.shares[level].years for level in content.LEVELS] == [Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)]
    assert [str(found.total(level)) for level in content.LEVELS] == ["1/2", "3/4", "3/2"]
    assert north.lines[0].said(LIBRARY, "da") == "277 timer om ugen × 52 uger = 14.404 timer om året"
    assert [item.key for item in (*north.warnings, *south.warnings)] == ["small-low", "small-middle"]


def test_fifteen_places_need_a_hundred_ordinary_staff() -> None:
    unlimited: dict[str, Any] = {"lots": [], "nearby": "500", "mentors": "50", "weekly_hours": "4000"}
    for staff, most in ((100, 15), (99, 14), (50, 10), (49, 9), (24, 4), (0, 1)):
        found = advice_of(ordinary_staff=str(staff), **unlimited).places
        assert found is not None
        assert found.lots[0].most == most
    limits = advice_of(ordinary_staff="100", **unlimited).places
    assert limits is not None
    assert "giver højst 15" in limits.lots[0].limits[0].line.said(LIBRARY, "da")


@pytest.mark.parametrize(
    ("changed", "most"),
    [({"nearby": "6"}, 6), ({"mentors": "1"}, 5), ({"unskilled_percent": "30 %"}, 6), ({"nearby": "0"}, 0)],
)
def test_people_mentors_and_work_limit_the_places_too(changed: dict[str, str], most: int) -> None:
    found = advice_of(lots=[], **changed).places
    assert found is not None
    assert found.lots[0].most == most
    assert found.lots[0].levels["low"] == min(most, max(1, most // 2))


def test_the_cleaning_case_has_room_for_fifteen_places_in_two_lots() -> None:
    found = advice_of().places
    assert found is not None
    assert [lot.most for lot in found.lots] == [10, 5]
    assert [found.total(level) for level in content.LEVELS] == [7, 10, 15]
    assert {item.key for item in found.warnings} == {"places-renewal"}
    assert found.lots[0].warnings[0].parts["needed"] == 35


def test_a_small_firm_sees_its_part_and_a_demand_by_turnover() -> None:
    north, south = advice_of().firms
    assert [row.turnover for row in north.rows] == [1_275_000, 2_550_000, 5_100_000]
    assert [row.by_steps for row in north.rows] == [Fraction(1, 2), 1, 1]
    assert [row.by_steps for row in south.rows] == [0, Fraction(1, 2), 1]
    assert north.rows[0].by_share == Fraction(14_404, 1924) / 10 / 4


def test_what_was_not_looked_into_is_said() -> None:
    found = advice_of(nearby="0", ordinary_staff="0", mentors="0").places
    assert found is not None
    assert {item.key for item in found.warnings} == {"unknown-nearby", "unknown-ordinary_staff", "unknown-mentors"}


# The market and the dates


def test_the_market_is_asked_what_the_answers_call_for() -> None:
    everything = content.market_questions(LIBRARY)
    asked = advice_of().market
    assert everything["guarantee"] in asked
    assert everything["transfer"] in asked
    assert everything["security"] not in asked
    small = advice_of("small-service").market
    assert everything["guarantee"] not in small
    assert everything["length"] in small


@given(st.dates(dt.date(2024, 1, 1), dt.date(2029, 12, 31)))
def test_dates_are_in_order_on_working_days_and_long_enough(day: dt.date) -> None:
    dates = advice_of(publication=day.isoformat()).dates
    steps = list(vars(dates).values())
    assert steps == sorted(steps)
    assert len(set(steps)) == len(steps)
    assert all(is_working_day(step) for step in steps[1:-1])
    assert (dates.deadline - dates.publication).days >= 45
    assert dates.standstill_end == standstill_end(dates.notification)
    assert dates.start.day == 1


# The proposed tender


def planned(advice: Advice, language: Language = "da") -> Plan:
    tender, source = read_tender(proposal(advice, language))
    return make_plan(tender, source, LIBRARY)


def errors_of(found: list[Problem]) -> set[str]:
    """Give the ids of errors in what the officer wrote; faults of a clause's own text are the library's."""
    return {
        problem.id for problem in found if problem.level == "error" and "clause_templates" not in problem.place.file
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["cleaning", "small-service"])
def test_the_proposed_tender_has_only_what_the_officer_must_settle(name: str, language: Language) -> None:
    found = problems_of(planned(advice_of(name), language))
    errors = errors_of(found)
    assert errors <= FOR_THE_OFFICER
    assert "placeholder-left" in errors
    calculated = {
        "quantity-mismatch",
        "quota-differs-from-its-method",
        "value-does-not-add-up",
        "standstill-date-wrong",
    }
    assert not calculated & {problem.id for problem in found}


def test_the_proposed_tender_carries_the_middle_numbers_the_reasons_and_the_other_clauses() -> None:
    advice = advice_of()
    tender = planned(advice).tender
    assert tender.clauses["job-guarantee"]["cohort_size"] == {"nord": "7", "syd": "3"}
    assert tender.clauses["trainee-quota"]["fte_years_per_year"] == {"nord": "0.5", "syd": "0.25"}
    assert [lot.value_dkk for lot in tender.lots] == [25_500_000, 12_500_000]
    assert set(tender.reasons) == set(tender.clauses)
    assert tender.price_lines["T"].training
    assert tender.contract.volumes["T"].maximum == {"nord": 336, "syd": 144}
    text = proposal(advice, "da")
    assert "  # - small-jobs  # Småjob" in text
    assert "# Udfyld CVR-nummer" in text


def test_a_clause_that_is_only_a_comment_can_be_chosen_by_taking_the_mark_away() -> None:
    text = proposal(advice_of(), "da").replace("  # - quality-and-delivery  #", "  - quality-and-delivery  #")
    assert "quality-and-delivery" in read_tender(text)[0].clauses


def test_no_training_line_stands_without_a_clause_that_pays_for_training() -> None:
    tender = planned(advice_of("small-service")).tender
    assert set(tender.price_lines) == {"A"}
    assert tender.procedure.type == "below-threshold"
    assert not tender.contract.volumes


@settings(max_examples=40)
@given(raw_answers())
def test_every_proposed_tender_can_be_planned_and_checked(raw: dict[str, Any]) -> None:
    advice = advise(read_answers(yaml.safe_dump(raw), "answers.yaml", LIBRARY, TODAY), LIBRARY)
    plan = planned(advice)
    errors = errors_of(checks.run(plan))
    assert errors <= FOR_THE_OFFICER | {TO_LEAVE_OUT}
    if TO_LEAVE_OUT in errors:
        assert by_id(advice.verdicts)["trainee-quota"].answer == "no"
        assert advice.answers.duration_months < 6 <= advice.answers.total_months
    assert sum(lot.value_dkk for lot in plan.tender.lots) == int(advice.answers.value_dkk)


HOSTILE = 'a: "b" #c\n- {d}\n# e: !!python/object'


def test_hostile_answers_stay_text() -> None:
    advice = advice_of(title=HOSTILE, authority=HOSTILE, lots=["[x]: &a", "*b"])
    tender = planned(advice).tender
    assert tender.tender.title.split() == HOSTILE.split()
    assert [lot.title for lot in tender.lots] == ["[x]: &a", "*b"]


def test_shares_of_scored_items_sum_to_a_hundred() -> None:
    for name in LIBRARY.ids("clause"):
        items = list(LIBRARY.clause(name).criteria)
        if items:
            assert sum(shares(items, 40).values()) == 100
            assert min(shares(items, 40).values()) > 0


# The documents


def documents(advice: Advice) -> Iterator[tuple[Language, tree.Document]]:
    for language in LANGUAGES:
        for name in DOCUMENTS:
            yield language, assemble(name, AdviceContext(advice, language, "2026-12-01"))


def said(document: tree.Document) -> str:
    return "".join(run.text for run in runs(document.blocks) if isinstance(run, tree.Text))


@pytest.mark.parametrize("name", ["cleaning", "small-service"])
def test_the_documents_have_no_gap_and_say_nothing_of_complying(name: str) -> None:
    for _, document in documents(advice_of(name)):
        assert missing(document) == []
        assert check_references(document) == []
        text = said(document).lower()
        assert "complies" not in text
        assert "overholder" not in text


def test_the_memo_has_its_thirteen_headings_and_both_languages_the_same_shape() -> None:
    made = {(language, document.id): document for language, document in documents(advice_of())}
    headings = [block for block in made["da", "strategy-memo"].blocks if isinstance(block, tree.Heading)]
    assert len(headings) == 13
    for name in DOCUMENTS:
        danish, english = (
            [(type(block), len(getattr(block, "rows", ()))) for block in made[language, name].blocks]
            for language in LANGUAGES
        )
        assert danish == english


def test_the_documents_show_the_arithmetic_with_its_marks() -> None:
    memo = said(assemble("strategy-memo", AdviceContext(advice_of(), "da")))
    for words in ("14.404 timer ÷ 1.924 timer", "10 % (verificeret)", "5 % (ikke verificeret)", "giver højst 15"):
        assert words in memo.replace("\xa0", " ")


def test_an_open_title_is_a_gap_and_not_an_error() -> None:
    document = assemble("strategy-memo", AdviceContext(advice_of(title="", authority=""), "da"))
    assert {problem.values["name"] for problem in missing(document)} == {"title", "authority"}


def test_documents_before_a_tender_are_not_part_of_a_build() -> None:
    assert {LIBRARY.document(name).stage for name in DOCUMENTS} == {"advice"}


@settings(max_examples=40)
@given(raw_answers())
def test_the_documents_can_be_made_from_any_answers(raw: dict[str, Any]) -> None:
    raw = {**raw, "title": "T", "authority": "A"}
    advice = advise(read_answers(yaml.safe_dump(raw), "answers.yaml", LIBRARY, TODAY), LIBRARY)
    for _, document in documents(advice):
        assert missing(document) == []


def test_an_unknown_verdict_in_a_document_is_a_problem() -> None:
    path = "documents/proportionality-note/da.md"
    files = {name: installed().read(name) for name in installed().paths()}
    files[path] = files[path].replace("::: advice-verdicts maybe", "::: advice-verdicts perhaps")
    library = Library(FrozenContent(files, name=""))
    advice = replace(advice_of(), library=library)
    with pytest.raises(TenderkitError, match='"perhaps" is no verdict'):
        assemble("proportionality-note", AdviceContext(advice, "da"))


# Asking


def typed(advance: Mapping[str, str]) -> Any:
    """Give someone who types these answers, and Enter for the rest; a wrong one is typed once."""
    wrong_once = {"duration_months": "four"}

    def ask(asked: Asked, wrong: str) -> str:
        if asked.key in wrong_once and not wrong:
            return wrong_once[asked.key]
        if wrong:
            assert wrong.endswith(".")
        return advance.get(asked.key, asked.default or "")

    return ask


def test_what_is_asked_is_what_a_file_says() -> None:
    plain = read_yaml(text_of("small-service"), "answers.yaml").data
    text = answers_text(LIBRARY, "da", TODAY, typed(plain))
    assert read_answers(text, "answers.yaml", LIBRARY, TODAY) == answers_of("small-service", payroll_percent=None)
    assert "# Hvad er kontraktens hovedydelse? (services: en tjenesteydelse;" in text


def test_questions_tell_how_far_one_has_come() -> None:
    asked = to_ask(LIBRARY, "en", TODAY)
    assert {(item.number, item.total) for item in asked} == {(number, 12) for number in range(13)}
    assert asked[0].key == "authority"
    assert next(item for item in asked if item.key == "publication").default == TODAY.isoformat()


def run(*arguments: object, text: str = "") -> Any:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=text)


# The page


def test_the_page_explains_every_key_and_its_example_runs(tmp_path: Path) -> None:
    text = page("how-to/advise.md")
    assert [key for key in QUESTIONS.parts if f"`{key}`" not in text] == []
    for fence in fences("how-to/advise.md"):
        if fence.title:
            edit(fence, tmp_path)
        for command, expected in sessions(fence.text) if fence.language == "console" else ():
            printed = run_line(command, tmp_path)
            assert [line for line in expected if line not in printed] == []


TYPED = [
    "Egelund Kommune", "", "Kantinedrift", "2026-9", "2026-12-01",
    "servces", "services", "48", "12", "12.000.000", "400", "80 %", "Nord, Syd", "ja", "company-entry",
    "unemployed, refugees", "30", "mixed", "nej", "80", "2", "nej", "12",
]  # fmt: skip


def test_the_command_asks_again_and_writes_answers_tender_and_documents(tmp_path: Path) -> None:
    result = run("advise", tmp_path / "case", text="\n".join(TYPED) + "\n")
    assert result.exit_code == 0, result.output
    assert "Question 3 of 12: Arbejdet på kontrakten" in result.output
    assert 'Did you mean "services"?' in result.output
    assert "Next: Read the files in advice" in result.output
    names = {path.name for path in (tmp_path / "case").rglob("*") if path.is_file()}
    assert {"answers.yaml", "tender.yaml", "Udbudsstrategi.docx", "Notat_om_proportionalitet.docx"} <= names
    answers = read_answers((tmp_path / "case" / "answers.yaml").read_text(encoding="utf-8"), "a", LIBRARY, TODAY)
    assert answers.value_dkk == 12_000_000
    assert answers.group == ["unemployed", "refugees"]
    assert answers.unskilled_percent == 80


def test_the_command_takes_a_file_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    arguments = ("advise", tmp_path, "--from", EXAMPLES / "cleaning.yaml", "--language", "en")
    first = run(*arguments)
    assert first.exit_code == 0, first.output
    assert "* job-guarantee" in first.output
    assert "Places in training at a time: low 7, middle 10, high 15" in first.output
    again = json.loads(run("advise", tmp_path, "--language", "en", "--format", "json").stdout)
    assert {file["how"] for file in again["files"]} == {"unchanged"}
    assert {file["path"] for file in again["files"]} >= {
        "answers.yaml",
        "tender.yaml",
        "advice/Procurement_strategy.docx",
    }
    assert again["trainees"]["middle"] == "0.75"
    by_name = {item["id"]: item for item in again["verdicts"]}
    assert (by_name["job-guarantee"]["verdict"], by_name["job-guarantee"]["proposed"]) == ("yes", True)


def test_the_proposed_tender_builds_a_draft_package(tmp_path: Path) -> None:
    assert run("advise", tmp_path, "--from", EXAMPLES / "cleaning.yaml").exit_code == 0
    built = run("build", tmp_path, "--page-numbers", "no")
    assert "Traceback" not in built.output
    assert (tmp_path / "draft" / "Udbudsbetingelser.docx").exists()
    assert (tmp_path / "draft" / "C1_Tilbudsliste_nord.xlsx").exists()
    assert not list((tmp_path / "draft").glob("*strategi*"))
    final = run("build", tmp_path, "--final", "--page-numbers", "no")
    assert final.exit_code == 1
    assert "placeholder-left" in final.output


def test_a_tender_that_was_written_by_hand_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "tender.yaml").write_text("edition: 1\n", encoding="utf-8")
    result = run("advise", tmp_path, "--from", EXAMPLES / "cleaning.yaml")
    assert (tmp_path / "tender.yaml").read_text(encoding="utf-8") == "edition: 1\n"
    assert (tmp_path / "tender.ny.yaml").exists()
    assert "was left as it is" in result.output


def test_nothing_is_guessed_without_answers(tmp_path: Path) -> None:
    told = json.loads(run("advise", tmp_path / "x", "--format", "json").stdout)
    assert [problem["id"] for problem in told["problems"]] == ["no-answers"]
    (tmp_path / "agreement.yaml").write_text("edition: 1\n", encoding="utf-8")
    told = json.loads(run("advise", tmp_path, "--format", "json").stdout)
    assert [problem["id"] for problem in told["problems"]] == ["case-exists"]


def test_the_contract_template_follows_what_is_bought() -> None:
    library = Library()
    known = {name for name in library.ids("contract") if "tender" in library.contract(name).use}
    offered = {item.template for item in content.proposal(library).templates}
    assert offered <= known
    assert len(offered) >= 4
