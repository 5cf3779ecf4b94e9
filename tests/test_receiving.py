"""From published to scored: what people hand in wrongly is told with its place and the next step, and nothing is lost."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import EXAMPLE, cleaning

import tenderkit
from tenderkit import excel
from tenderkit.case.lock import read_lock
from tenderkit.problems import TenderkitError

FILLED = EXAMPLE / "filled"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "case"
    tenderkit.new(folder)
    tenderkit.build(folder, final=True, page_numbers="no")
    return folder


@pytest.fixture(scope="module")
def scoring(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scoring") / "case"
    shutil.copytree(published, folder)
    for part in ("bids", "scores"):
        shutil.copytree(FILLED / part, folder / part)
    shutil.copyfile(EXAMPLE / "events.yaml", folder / "events.yaml")
    tenderkit.scoresheets(folder)
    return folder


@pytest.fixture
def case(published: Path, tmp_path: Path) -> Path:
    shutil.copytree(published, tmp_path / "case")
    shutil.copytree(FILLED / "bids", tmp_path / "case" / "bids")
    return tmp_path / "case"


@pytest.fixture
def committee(scoring: Path, tmp_path: Path) -> Path:
    shutil.copytree(scoring, tmp_path / "case")
    return tmp_path / "case"


def ids(outcome: tenderkit.Outcome) -> list[str]:
    return [problem.id for problem in outcome.problems]


def refused(command: Callable[[Path], tenderkit.Outcome], folder: Path) -> list[tenderkit.Problem]:
    with pytest.raises(TenderkitError) as error:
        command(folder)
    problems = list(error.value.problems)
    assert all(problem.message for problem in problems)
    return problems


def test_the_inadmissible_bid_is_found_with_cell_and_reason(case: Path) -> None:
    outcome = tenderkit.bids(case)
    found = {(p.id, p.place.file.split("/")[1], p.place.cell) for p in outcome.problems if p.level == "error"}
    assert ("price-above-ceiling", "hurtigblank", "F10") in found
    assert any(identifier == "changed-text" and bidder == "hurtigblank" for identifier, bidder, _ in found)
    assert {bidder for _, bidder, _ in found} == {"hurtigblank"}


def test_every_bid_needs_a_decision_before_scoring(case: Path) -> None:
    assert ids(tenderkit.bids(case)).count("bid-not-decided") == 6
    problems = refused(tenderkit.scoresheets, case)
    assert {problem.id for problem in problems} == {"bid-not-decided"}
    assert "events.yaml" in str(problems[0].place)


def test_a_finding_on_an_admitted_bid_stops_the_scoring(case: Path) -> None:
    text = (EXAMPLE / "events.yaml").read_text(encoding="utf-8").replace("admitted: no", "admitted: yes")
    (case / "events.yaml").write_text(text, encoding="utf-8")
    assert "price-above-ceiling" in {problem.id for problem in refused(tenderkit.scoresheets, case)}


def test_a_form_of_another_tender_is_told_apart(case: Path) -> None:
    name = "C1_Tilbudsliste_nord.xlsx"
    other = excel.price_list(cleaning(("reference: 2026-114", "reference: 2026-999")), "nord")
    (case / "bids" / "blankvang" / name).write_bytes(excel.write(other))
    problem = next(p for p in tenderkit.bids(case).problems if p.place.file.endswith(f"blankvang/{name}"))
    assert problem.level == "error"
    assert "2026-999" in problem.message


@pytest.mark.parametrize("damage", ["truncated", "text", "empty", "zip-bomb"])
def test_a_file_that_is_no_workbook_is_told(case: Path, damage: str) -> None:
    file = case / "bids" / "blankvang" / "C1_Tilbudsliste_nord.xlsx"
    data = file.read_bytes()
    if damage == "zip-bomb":
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b"0" * 70_000_000)
    else:
        file.write_bytes({"truncated": data[: len(data) // 2], "text": b"not a workbook", "empty": b""}[damage])
    problems = [p for p in tenderkit.bids(case).problems if "blankvang" in p.place.file and p.level == "error"]
    assert {problem.id for problem in problems} & {"not-an-office-file", "file-too-large", "not-a-workbook"}


def test_a_form_handed_in_twice_is_a_question(case: Path) -> None:
    folder = case / "bids" / "blankvang"
    shutil.copyfile(folder / "C1_Tilbudsliste_nord.xlsx", folder / "C1 ny.xlsx")
    assert "form-twice" in ids(tenderkit.bids(case))


def test_a_missing_form_names_itself(case: Path) -> None:
    (case / "bids" / "blankvang" / "C2_Besvarelse_syd.xlsx").unlink()
    problem = next(p for p in tenderkit.bids(case).problems if p.id == "form-missing")
    assert "syd" in problem.message


def test_no_bids_says_where_to_put_them(published: Path) -> None:
    (problem,) = refused(tenderkit.bids, published)
    assert problem.id == "no-bids"
    assert "bids/" in problem.help


def test_a_name_that_begins_like_a_formula_stays_a_name(case: Path) -> None:
    lock = (case / "published" / "1" / "lock.json").read_bytes()
    name = "C1_Tilbudsliste_nord.xlsx"
    facts = read_lock(lock, "lock.json").forms[name]
    file = case / "bids" / "blankvang" / name
    file.write_bytes(excel.fill(file.read_bytes(), facts, {"bidder.name": "=cmd|' /C calc'!A0"}))
    rows = tenderkit.bids(case).data["bids"]
    assert "=cmd|' /C calc'!A0" in {row["name"] for row in rows}


def test_a_changed_lock_is_refused(case: Path) -> None:
    lock = case / "published" / "1" / "lock.json"
    lock.write_text(lock.read_text(encoding="utf-8").replace("50 %", "40 %"), encoding="utf-8")
    assert [problem.id for problem in refused(tenderkit.bids, case)] == ["lock-changed"]


def test_events_about_an_unknown_bidder_are_refused(case: Path) -> None:
    (case / "events.yaml").write_text("bids: {acme: {admitted: yes}}\n", encoding="utf-8")
    (problem,) = refused(tenderkit.bids, case)
    assert problem.id == "unknown-bidder"
    assert "blankvang" in problem.help


def test_an_evaluator_who_is_missing_is_named(committee: Path) -> None:
    next((committee / "scores" / "in").glob("*service*")).unlink()
    (problem,) = refused(tenderkit.score, committee)
    assert problem.id == "evaluator-missing"
    assert "Steen Hedelund" in problem.message


def test_an_evaluator_who_has_not_finished_is_told_what_is_missing(committee: Path) -> None:
    blank = next((committee / "scores" / "out").glob("*service*"))
    shutil.copyfile(blank, next((committee / "scores" / "in").glob("*service*")))
    problems = refused(tenderkit.score, committee)
    assert len(problems) > 10
    assert all("service" in problem.place.file and problem.place.cell for problem in problems)


def test_two_workbooks_of_one_evaluator_are_a_question(committee: Path) -> None:
    first = next((committee / "scores" / "in").glob("*service*"))
    shutil.copyfile(first, first.with_name("ny " + first.name))
    assert [problem.id for problem in refused(tenderkit.score, committee)] == ["evaluator-twice"]


@pytest.mark.slow
def test_the_consensus_workbook_is_never_written_over(committee: Path) -> None:
    tenderkit.score(committee)
    file = next((committee / "consensus").glob("*.xlsx"))
    blank = file.read_bytes()
    assert {problem.place.file for problem in refused(tenderkit.score, committee)} == {f"consensus/{file.name}"}
    assert file.read_bytes() == blank


@pytest.mark.slow
def test_scores_changed_after_the_consensus_are_noticed(committee: Path) -> None:
    tenderkit.score(committee)
    shutil.copyfile(FILLED / "consensus" / "D2_Konsensus.xlsx", committee / "consensus" / "D2_Konsensus.xlsx")
    events = (committee / "events.yaml").read_text(encoding="utf-8")
    (committee / "events.yaml").write_text(
        events.replace("roennelund: {admitted: yes", "roennelund: {admitted: no"), encoding="utf-8"
    )
    assert "scores-changed-after-consensus" in {problem.id for problem in refused(tenderkit.score, committee)}


@pytest.mark.slow
def test_the_contract_waits_for_the_notification_and_for_a_complaint(committee: Path) -> None:
    tenderkit.score(committee)
    shutil.copyfile(FILLED / "consensus" / "D2_Konsensus.xlsx", committee / "consensus" / "D2_Konsensus.xlsx")
    tenderkit.score(committee)
    events = (committee / "events.yaml").read_text(encoding="utf-8")
    (committee / "events.yaml").write_text(events.replace("notified: 2027-03-01", ""), encoding="utf-8")
    assert [problem.id for problem in refused(tenderkit.contract, committee)] == ["not-notified"]
    (committee / "events.yaml").write_text(events + "complaint: 2027-03-05\n", encoding="utf-8")
    assert [problem.id for problem in refused(tenderkit.contract, committee)] == ["complaint-undecided"]


def test_a_published_tender_cannot_change_silently(case: Path) -> None:
    text = (case / "tender.yaml").read_text(encoding="utf-8")
    (case / "tender.yaml").write_text(text.replace("max: 12_000", "max: 12_500"), encoding="utf-8")
    problems = refused(lambda folder: tenderkit.build(folder, final=True, page_numbers="no"), case)
    assert {problem.id for problem in problems} & {"published-tender-changed", "quantity-mismatch"}


@pytest.mark.slow
def test_a_new_edition_comes_with_a_correction_notice(case: Path) -> None:
    text = (case / "tender.yaml").read_text(encoding="utf-8")
    changed = text.replace("edition: 1", "edition: 2", 1).replace(
        "questions_until: 2026-12-18", "questions_until: 2026-12-21"
    )
    assert changed.count("2026-12-21") > text.count("2026-12-21")
    (case / "tender.yaml").write_text(changed, encoding="utf-8")
    written = [item.path for item in tenderkit.build(case, final=True, page_numbers="no").files]
    assert any("Rettelsesblad" in path for path in written), written
    assert (case / "published" / "1" / "lock.json").exists()


def test_building_an_edition_twice_is_refused(case: Path) -> None:
    problems = refused(lambda folder: tenderkit.build(folder, final=True, page_numbers="no"), case)
    assert [problem.id for problem in problems] == ["already-published"]
