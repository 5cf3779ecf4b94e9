"""Every check against a tender that it rejects and one that it accepts; what they say is held in golden texts.

``bad_content/<check-id>/change*.yaml`` is a change to the cleaning tender that the check rejects, with its words in
``expected*.txt``; ``accepted*.yaml`` is one that it passes over.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tender_changes import EXAMPLE, changed_tender, plan_of, problems_after, read_change

from tenderkit import checks
from tenderkit.checks.rule import Rule, rule
from tenderkit.checks.words import find
from tenderkit.evaluation.spec import Criterion
from tenderkit.library.vocabulary import Vocabulary
from tenderkit.plan import Plan
from tenderkit.problems import Problem, TenderkitError, has_errors

BAD = Path(__file__).parent / "bad_content"
REJECTED = sorted(BAD.glob("*/change*.yaml"))
ACCEPTED = sorted(BAD.glob("*/accepted*.yaml"))
RULES = checks.all_rules()
ORDER = {"error": 0, "warning": 1, "note": 2}


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def shown(problems: list[Problem], texts: dict[str, str]) -> str:
    """Give problems as a golden text; the line that is pointed at stands in place of its number."""
    parts = []
    for problem in problems:
        lines = texts.get(problem.place.file, "").splitlines()
        line = f" > {lines[problem.place.line - 1].strip()}" if problem.place.line else ""
        label = f" ({problem.place.label})" if problem.place.label else ""
        basis = f"\n  basis: {problem.basis}" if problem.basis else ""
        parts.append(
            f"{problem.place.file}{label}{line}\n  {problem.level}: {problem.message}\n  next: {problem.help}{basis}\n"
        )
    return "\n".join(parts)


@pytest.mark.parametrize("path", REJECTED, ids=name_of)
def test_a_check_rejects_in_these_words(path: Path, update_golden: bool) -> None:
    problems, texts = problems_after(read_change(path))
    text = shown([problem for problem in problems if problem.id == path.parent.name], texts)
    golden = path.with_name(f"{path.stem.replace('change', 'expected', 1)}.txt")
    if update_golden:
        golden.write_text(text, encoding="utf-8")
    assert text, f"{path.parent.name} found nothing; found: {sorted({problem.id for problem in problems})}"
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ACCEPTED, ids=name_of)
def test_a_check_passes_over_what_is_right(path: Path) -> None:
    problems, _ = problems_after(read_change(path))
    found = [str(problem) for problem in problems if problem.id == path.parent.name]
    assert not found
    assert len({problem.id for problem in problems} - {item.id for item in RULES}) == 0, "the change breaks the plan"


def test_every_rule_has_a_folder_and_every_folder_a_rule() -> None:
    assert len(RULES) > 20
    folders = {folder.name for folder in BAD.iterdir() if folder.is_dir()}
    assert folders == {item.id for item in RULES}
    assert folders == {path.parent.name for path in REJECTED} == {path.parent.name for path in ACCEPTED}


def test_every_golden_text_belongs_to_a_change() -> None:
    expected = {path.with_name(f"{path.stem.replace('change', 'expected', 1)}.txt") for path in REJECTED}
    assert {path for path in BAD.rglob("*") if path.is_file()} == {*REJECTED, *ACCEPTED, *expected}


def test_ids_are_unique_and_say_what_is_wrong_in_kebab_case() -> None:
    ids = [item.id for item in RULES]
    assert len(set(ids)) == len(ids)
    assert all(item.id == item.id.lower().replace("_", "-") for item in RULES)
    assert [item.id for item in checks.all_rules()] == sorted(ids)


@pytest.mark.parametrize("item", RULES, ids=lambda item: item.id)
def test_a_rule_has_its_page_its_basis_and_its_mark(item: Rule, vocabulary: Vocabulary) -> None:
    assert item.legal_basis
    assert item.mark in vocabulary.marks
    page = item.page()
    text = " ".join(page.split())
    for part in (item.id, item.title, item.basis, f"Why: {item.why}", f"Source: {item.source}", f"Mend: {item.mend}"):
        assert part in text
    assert "complies" not in text
    assert max(map(len, page.splitlines())) <= 100
    assert checks.find_rule(item.id) is item


@pytest.fixture
def vocabulary(example: Plan) -> Vocabulary:
    return example.library.vocabulary


@pytest.fixture
def example() -> Plan:
    return plan_of(EXAMPLE.read_text(encoding="utf-8"))


def test_the_cleaning_tender_has_no_error(example: Plan) -> None:
    problems = checks.run(example)
    assert not has_errors(problems), [str(problem) for problem in problems if problem.level == "error"]


@pytest.mark.parametrize("path", REJECTED, ids=name_of)
def test_a_problem_names_its_basis_its_next_step_and_no_harsher_level_than_its_rule(path: Path) -> None:
    rules = {item.id: item for item in RULES}
    problems, _ = problems_after(read_change(path))
    for problem in problems:
        if problem.id in rules and problem.basis:
            assert ORDER[problem.level] >= ORDER[rules[problem.id].severity]
            assert any(f"({mark}" in problem.basis for mark in ("verified", "partly", "unverified", "suggested"))
        assert problem.help
        assert str(problem.place)


def with_leaf(plan: Plan, leaf_id: str, **changes: Any) -> Plan:
    """Give a plan with a criterion changed as only a faulty maker of plans would make it."""

    def changed(criterion: Criterion) -> Criterion:
        inner = dataclasses.replace(criterion, children=tuple(changed(child) for child in criterion.children))
        return dataclasses.replace(inner, **changes) if criterion.id == leaf_id else inner

    specs = {
        lot: dataclasses.replace(spec, criteria=tuple(changed(criterion) for criterion in spec.criteria))
        for lot, spec in plan.specs.items()
    }
    return dataclasses.replace(plan, specs=specs)


@pytest.mark.parametrize(
    ("leaf", "changes", "rule_id", "words"),
    [
        ("social.hours", {"floor": None, "cap": None}, "scored-item-incomplete", "lacks a floor and a cap."),
        ("social.hours", {"better": "lower"}, "scored-item-incomplete", "room between the floor 15 and the cap 25"),
    ],
)
def test_a_check_does_not_rely_on_the_plan_having_checked(
    example: Plan, leaf: str, changes: dict[str, Any], rule_id: str, words: str
) -> None:
    messages = [p.message for p in checks.run(with_leaf(example, leaf, **changes)) if p.id == rule_id]
    assert any(words in message for message in messages), messages


def test_a_parameter_without_a_value_is_an_unpublished_part(example: Plan) -> None:
    model = example.specs["nord"].leaf("price").model
    assert model is not None
    plan = with_leaf(example, "price", model=dataclasses.replace(model, parameters={}))
    found = list(checks.find_rule("model-not-published").check(plan))
    assert [p.message for p in found] == ['"Pris": the parameter "X" of "relative-linear" has no value.']


def test_an_unknown_check_is_answered_with_the_nearest() -> None:
    with pytest.raises(TenderkitError, match='Did you mean "weights-not-100"'):
        checks.find_rule("weigths-not-100")


def threshold_message(publication: str) -> str:
    """Give what is said about the threshold when the purchase is meant to stay below it."""
    plan = changed_tender(procedure__publication=publication, procedure__type="below-threshold")
    return next(p.message for p in checks.run(plan) if p.id == "procedure-does-not-fit-value")


@pytest.mark.parametrize(
    ("publication", "threshold"),
    [("2025-12-31", "DKK\xa01,644,638"), ("2026-01-01", "DKK\xa01,611,360"), ("2027-01-02", "DKK\xa01,611,360")],
)
def test_the_threshold_is_that_of_the_date_of_publication(publication: str, threshold: str) -> None:
    message = threshold_message(publication)
    assert threshold in message
    assert publication in message


@pytest.mark.parametrize(
    ("value", "publication", "above"),
    [
        ("1_620_000", "2025-12-31", False),
        ("1_620_000", "2026-01-01", True),
        ("1_611_360", "2027-01-02", True),
        ("1_611_359", "2027-01-02", False),
    ],
)
def test_the_same_value_is_above_or_below_by_the_date_of_publication(value: str, publication: str, above: bool) -> None:
    plan = changed_tender(
        procedure__publication=publication,
        procedure__type="below-threshold",
        lots__nord__value_dkk=value,
        lots__syd__value_dkk="0",
    )
    assert any(p.id == "procedure-does-not-fit-value" and p.level == "error" for p in checks.run(plan)) is above


@pytest.mark.parametrize(
    ("publication", "outdated", "unverified"),
    [
        ("2025-12-31", False, set()),
        ("2026-01-01", False, set()),
        ("2026-12-01", True, set()),
        ("2027-01-02", True, {"placement-weeks-long", "placement-weeks-short"}),
    ],
)
def test_the_reform_answers_by_the_date_of_publication(publication: str, outdated: bool, unverified: set[str]) -> None:
    plan = changed_tender(procedure__publication=publication, authority__employment_unit="Jobcenter Egelund")
    problems = checks.run(plan)
    assert any(p.id == "outdated-term" for p in problems) is outdated
    warnings = [p.values["names"] for p in problems if p.id == "unverified-value" and p.level == "warning"]
    assert len(warnings) == bool(unverified)
    assert all(name in warnings[0] for name in unverified)


SCHEMES = {"placement", "hybrid", "vocational", "fgu", "igu", "amu"}


@pytest.mark.parametrize(
    ("publication", "threshold", "outdated", "unverified"),
    [
        ("2025-12-31", "1644638", set(), set()),
        ("2026-01-01", "1611360", set(), set()),
        ("2026-12-01", "1611360", {"jobcenter", "ressourceforløb"}, set()),
        ("2027-01-02", "1611360", {"jobcenter", "ressourceforløb"}, SCHEMES),
    ],
)
def test_one_tender_gets_the_right_answers_for_its_date_of_publication(
    publication: str, threshold: str, outdated: set[str], unverified: set[str]
) -> None:
    """The threshold of the year, the words that the reform left, and the schemes that the new act must confirm."""
    plan = changed_tender(
        procedure__publication=publication,
        procedure__type="below-threshold",
        authority__employment_unit="Jobcenter Egelund",
        contract__transition="Deltagere i ressourceforløb overtages.",
    )
    found = checks.run(plan)
    assert {p.values["threshold"] for p in found if p.id == "procedure-does-not-fit-value"} == {threshold}
    assert {p.values["term"] for p in found if p.id == "outdated-term"} == outdated
    rows = [p.values["scheme"] for p in found if p.id == "scheme-not-verified"]
    assert {name for name in SCHEMES if any(f"({name}," in row for row in rows)} == unverified
    assert len(rows) == len(unverified)


def test_an_accepted_warning_is_a_note_with_its_reason_and_an_error_stays_one() -> None:
    reason = "Koden fandtes ikke; besluttet den 12. november 2026."
    plan = plan_of(
        EXAMPLE.read_text(encoding="utf-8").replace("weight: 50 %", "weight: 55 %")
        + f"accepted_findings:\n  second-cpv-missing: {reason}\n  weights-not-100: Vi vil.\n"
    )
    tender = plan.tender.model_copy(update={"contract": plan.tender.contract.model_copy(update={"cpv": ["90910000"]})})
    found = {problem.id: problem for problem in checks.run(dataclasses.replace(plan, tender=tender))}
    accepted = found["second-cpv-missing"]
    assert (accepted.level, accepted.help, accepted.values["accepted"]) == ("note", f"Accepted: {reason}", reason)
    assert found["weights-not-100"].level == "error"
    assert "cannot be accepted" in found["accepted-finding-wrong"].message


def test_a_rule_holds_only_for_its_dates_of_publication() -> None:
    def nothing_found(plan: Plan) -> None:
        """Nothing is looked for.

        Why: A test.
        Source: None.
        Mend: Nothing.
        """

    made = rule(
        legal_basis="none", mark="suggested", rule_ids=(), valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 6, 30)
    )(
        nothing_found  # type: ignore[arg-type]  # never run
    )
    assert made.id == "nothing-found"
    held = [made.holds_on(dt.date(2026, *day)) for day in ((1, 1), (6, 30), (7, 1))]
    assert [made.holds_on(dt.date(2025, 12, 31)), *held] == [False, True, True, False]
    assert "from 2026-01-01 to 2026-06-30" in made.page()
    assert dataclasses.replace(made, valid_from=None).holds_on(dt.date(1999, 1, 1))


def test_a_rule_without_a_page_is_refused() -> None:
    def no_page(plan: Plan) -> None:
        """Nothing is looked for. Why: a sentence is not a part."""

    with pytest.raises(ValueError, match=r"no_page: the docstring lacks Why, Source, Mend"):
        rule(legal_basis="none", mark="suggested", rule_ids=())(no_page)  # type: ignore[arg-type]  # never run


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Medarbejderne skal være bosiddende i kommunen.", ["bosiddende"]),
        ("Der stilles ikke krav om, at medarbejderne er bosiddende i kommunen.", []),
        ("Bosiddende i kommunen er ikke et krav.", []),
        ("Uden lokaler. Medarbejderne er bosiddende i kommunen", ["bosiddende"]),
        ("ubosiddende", []),
        ("BOSIDDENDES", ["BOSIDDENDES"]),
        ("lokale\n  ledige", ["lokale\n  ledige"]),
    ],
)
def test_a_term_is_found_where_it_is_asked_for_and_not_where_it_is_ruled_out(text: str, words: list[str]) -> None:
    assert [word for _, word in find(text, ["bosiddende", "lokale ledige"])] == words
