"""The cleaning case from end to end: what the example publishes, who wins, and that its filled workbooks are fresh."""

from __future__ import annotations

import io
import shutil
from decimal import Decimal
from pathlib import Path

import docx
import docx_lint
import filling
import office
import openpyxl
import pytest
from cases import EXAMPLE

import tenderkit


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tenderkit.Outcome]:
    folder = tmp_path_factory.mktemp("demo") / "case"
    return folder, tenderkit.demo(folder)


def test_the_filled_workbooks_are_made_from_the_answers(request: pytest.FixtureRequest) -> None:
    folder = EXAMPLE / "filled"
    if request.config.getoption("--fill-examples"):
        filling.write(folder)
    fresh = filling.filled()
    stored = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.xlsx")}
    assert len(fresh) == 16
    stale = sorted(set(fresh) ^ set(stored)) + sorted(
        name for name in set(fresh) & set(stored) if fresh[name] != stored[name]
    )
    assert not stale, "run: python -m pytest tests/test_example.py --fill-examples"


@pytest.mark.slow
def test_the_demo_runs_to_the_contracts(demo: tuple[Path, tenderkit.Outcome]) -> None:
    folder, outcome = demo
    assert outcome.ok, [str(problem) for problem in outcome.problems]
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*") if path.is_file()}
    for part in ("published/1/lock.json", "contracts/nord", "contracts/syd", "letters", "result/nord", "result/syd"):
        assert any(name.startswith(part) for name in names), part


@pytest.mark.slow
def test_the_lots_have_different_winners_and_the_first_is_close(demo: tuple[Path, tenderkit.Outcome]) -> None:
    lots = demo[1].data["lots"]
    assert (lots["nord"]["winner"], lots["syd"]["winner"]) == ("brohuset", "roennelund")
    assert Decimal(lots["nord"]["margin"]) < Decimal("0.3")
    assert lots["nord"]["not_admitted"] == ["hurtigblank"]


@pytest.mark.slow
def test_a_second_demo_gives_the_same_bytes(demo: tuple[Path, tenderkit.Outcome], tmp_path: Path) -> None:
    other = tmp_path / "case"
    tenderkit.demo(other)
    first = demo[0]
    compared = [path for path in first.rglob("*") if path.suffix in {".docx", ".xlsx", ".json"} and path.is_file()]
    assert len(compared) > 30
    for path in compared:
        assert path.read_bytes() == (other / path.relative_to(first)).read_bytes(), path.name


def test_what_the_results_hung_on_is_told_when_it_is_asked_for(
    demo: tuple[Path, tenderkit.Outcome], tmp_path: Path
) -> None:
    folder = tmp_path / "asked"
    shutil.copytree(demo[0], folder)
    outcome = tenderkit.score(folder, sensitivity=True)
    nord = outcome.data["sensitivity"]["nord"]
    assert nord["margin"] == "0.167"
    assert {change["criterion"] for change in nord["scores"]} == {"quality.operation"}
    assert [change["other"] for change in nord["prices"]] == ["20532726", "18210999"]
    assert "  The winner stays while Pris weighs 0% to 54.1%." in outcome.lines
    assert outcome.next.endswith("tenderkit report --sensitivity")
    report = tenderkit.report(folder, sensitivity=True)
    assert report.ok
    text = " ".join(word_text(next(folder.glob("**/Evalueringsrapport*.docx"))))
    assert "Den mindste ændring af én karakter" in text
    assert "Andel af tilfældige vægte" in text


def produced(folder: Path, ending: str) -> list[Path]:
    files = [path for path in sorted(folder.rglob(f"*{ending}")) if path.parts[-2] != "aside"]
    assert len(files) > 10
    return files


@pytest.mark.slow
def test_no_validator_finds_anything_in_any_word_file(demo: tuple[Path, tenderkit.Outcome]) -> None:
    findings = {}
    for path in produced(demo[0], ".docx"):
        data = path.read_bytes()
        found = [*docx_lint.lint(data), *office.schema_errors(data, path.name)]
        if found:
            findings[path.name] = found[:5]
    assert not findings


@pytest.mark.slow
def test_no_validator_finds_anything_in_any_workbook(demo: tuple[Path, tenderkit.Outcome]) -> None:
    findings = {}
    for path in produced(demo[0], ".xlsx"):
        found = office.schema_errors(path.read_bytes(), path.name)
        if found:
            findings[path.name] = found[:5]
    assert not findings


@pytest.mark.slow
@pytest.mark.libreoffice
def test_the_result_workbooks_recalculated_equal_the_result(demo: tuple[Path, tenderkit.Outcome]) -> None:
    """Every number a program calculates equals the one written by the engine, and no cell holds an error."""
    for path in sorted((demo[0] / "result").glob("*/*.xlsx")):
        data = path.read_bytes()
        written = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        again = openpyxl.load_workbook(io.BytesIO(office.recalculated(data)), data_only=True)
        compared = 0
        for sheet in written:
            for row in sheet.iter_rows():
                for cell in row:
                    other = again[sheet.title][cell.coordinate].value
                    assert not str(other).startswith("#"), (sheet.title, cell.coordinate, other)
                    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
                        assert other == pytest.approx(cell.value, abs=1e-9), (sheet.title, cell.coordinate)
                        compared += 1
        assert compared > 50


@pytest.mark.slow
def test_nothing_of_prices_reaches_the_evaluators(demo: tuple[Path, tenderkit.Outcome]) -> None:
    prices = {"3690000", "3985000", "1795000", "9800", "11400", "10400", "18487680", "20225440"}
    for path in sorted((demo[0] / "scores" / "out").glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        texts = {
            str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        digits = {"".join(c for c in text if c.isdigit()) for text in texts}
        assert not digits & prices, path.name


@pytest.mark.slow
def test_letters_hold_no_unit_price_and_no_other_loser(demo: tuple[Path, tenderkit.Outcome]) -> None:
    for path in sorted((demo[0] / "letters").glob("*.docx")):
        text = " ".join(paragraph for paragraph in word_text(path))
        assert "3.690.000" not in text
        assert "11.400" not in text
        if path.name.startswith("Afslagsbrev_syd_brohuset"):
            assert "Blankvang" not in text
            assert "Rønnelunds" in text
        assert "11. marts 2027" in text.replace("\u00a0", " ")


def word_text(path: Path) -> list[str]:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


@pytest.mark.slow
def test_the_contract_holds_the_winners_numbers_and_no_gap(demo: tuple[Path, tenderkit.Outcome]) -> None:
    (contract,) = (demo[0] / "contracts" / "nord").glob("Kontrakt*.docx")
    text = " ".join(word_text(contract)).replace("\u00a0", " ")
    assert contract.name == "Kontrakt_nord.docx"
    assert "Brohuset Erhvervsdrivende Fond" in text
    assert "22 timer" in text
    assert "3.985.000" in text
    assert "udfyldes ved" not in text
    assert "[Indsæt" not in text
    assert "det tilbudte antal" not in text
