"""The cleaning case with a limit of one lot for each bidder, from the tender to the contracts.

With a steeper price model the same bidder is first in both lots. It keeps the one that gives the lower sum, and the
other goes to the bid ranked second.
"""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import docx
import filling
import office
import openpyxl
import pytest
from cases import EXAMPLE, example_text, plan_of
from docx.table import Table
from docx.text.paragraph import Paragraph

import tenderkit

PARTS = ("bids", "scores", "consensus")
GOLDEN = Path(__file__).parent / "golden" / "lots"


def limited_text() -> str:
    """Give the example's tender with the limit, a steeper price model, and no sentence of the officer's on lots."""
    text = example_text()
    for old, new in (
        (r"parameters: \{X: 50 %\}", "parameters: {X: 10 %}"),
        (r"(  ties: \[price, social, lots-drawing\]\n)", r"\1  lots: {at_most: 1, choose: lowest-price}\n"),
        (r"  lots_per_bidder: >-\n(?:    .+\n)+", ""),
        (r"  procedure\.lots_per_bidder: >-\n(?:    .+\n)+", ""),
    ):
        text, count = re.subn(old, new, text)
        assert count == 1, old
    return text


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case up to its contracts."""
    folder = tmp_path_factory.mktemp("limited") / "case"
    tenderkit.new(folder)
    text = limited_text()
    (folder / "tender.yaml").write_text(text, encoding="utf-8")
    tenderkit.build(folder, final=True, page_numbers="no")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filling, "cleaning", lambda: plan_of(text))
        filling.write(folder / "filled")
    shutil.copyfile(EXAMPLE / "events.yaml", folder / "events.yaml")
    for part in PARTS:
        shutil.copytree(folder / "filled" / part, folder / part, dirs_exist_ok=True)
        tenderkit.scoresheets(folder) if part == "bids" else tenderkit.score(folder)
    tenderkit.report(folder)
    tenderkit.contract(folder)
    return folder


def words_of(path: Path) -> str:
    document = docx.Document(str(path))
    parts = []
    for element in document.element.body.iterchildren():
        if element.tag.endswith("}p"):
            parts.append(Paragraph(element, document).text)
        elif element.tag.endswith("}tbl"):
            parts += [" | ".join(cell.text for cell in row.cells) for row in Table(element, document).rows]
    return "\n".join(parts).replace("\xa0", " ")


@pytest.mark.slow
def test_the_second_bid_wins_the_lot_and_every_document_says_why(case: Path) -> None:
    outcome = tenderkit.score(case)
    assert outcome.data["combination"]["winners"] == {"nord": "blankvang", "syd": "roennelund"}
    assert outcome.data["lots"]["syd"]["ranking"][0]["bidder"] == "blankvang"
    assert outcome.data["lots"]["syd"]["margin"] == "0.675"
    told = tenderkit.status(case)
    assert "  Syd: Rønnelunds Rengøring ApS (ranked 2)" in told.lines
    assert told.data["status"]["lots"] == told.lines[2:]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("golden", "file"),
    [
        ("passed-over", "letters/Afslagsbrev_syd_blankvang.docx"),
        ("third", "letters/Afslagsbrev_syd_brohuset.docx"),
        ("winner", "letters/Tildelingsbrev_syd_roennelund.docx"),
        ("report", "result/Evalueringsrapport.docx"),
    ],
)
def test_letters_and_report_give_the_reasons_in_these_words(case: Path, golden: str, file: str) -> None:
    lines = (GOLDEN / f"{golden}.txt").read_text(encoding="utf-8").splitlines()
    text = words_of(case / file)
    assert len(lines) > 1
    for line in lines:
        assert line in text


@pytest.mark.slow
def test_a_lot_that_the_limit_does_not_touch_reads_as_ever(case: Path) -> None:
    letters = case / "letters"
    assert "I får tildelt følgende" not in words_of(letters / "Afslagsbrev_syd_brohuset.docx")
    assert "økonomisk mest fordelagtige" not in words_of(letters / "Tildelingsbrev_syd_roennelund.docx")
    assert "Jeres tilbud er det økonomisk mest fordelagtige" in words_of(letters / "Tildelingsbrev_nord_blankvang.docx")
    assert "højst få tildelt" not in words_of(letters / "Afslagsbrev_nord_brohuset.docx")
    assert {path.name for path in letters.glob("*_syd_*")} == {
        "Afslagsbrev_syd_blankvang.docx",
        "Afslagsbrev_syd_brohuset.docx",
        "Tildelingsbrev_syd_roennelund.docx",
    }
    contract = words_of(case / "contracts" / "syd" / "Kontrakt_syd.docx")
    assert "Rønnelunds Rengøring ApS" in contract
    assert "Blankvang" not in contract


@pytest.mark.slow
@pytest.mark.libreoffice
def test_the_workbooks_recalculated_are_the_result_and_a_wrong_winner_is_seen(case: Path) -> None:
    data = (case / "result" / "lots.xlsx").read_bytes()
    assert not office.schema_errors(data, "lots.xlsx")
    written = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Delaftaler"]
    changed = openpyxl.load_workbook(io.BytesIO(data))
    sheet = changed["Delaftaler"]
    rows = {str(row[0].value): row[0].row for row in sheet.iter_rows() if row[0].value}
    chosen = next(
        row for row in range(rows["Den valgte kombination"], sheet.max_row) if sheet.cell(row, 1).value == "Syd"
    )
    sheet.cell(chosen, 3).value = 2  # Brohuset, ranked third, with Rønnelund free
    wrong = io.BytesIO()
    changed.save(wrong)
    front = (case / "result" / "syd" / "E1_Resultat_syd.xlsx").read_bytes()
    again = office.convert({"right.xlsx": data, "wrong.xlsx": wrong.getvalue(), "syd.xlsx": front}, "xlsx")
    right = openpyxl.load_workbook(io.BytesIO(again["right.xlsx"]), data_only=True)["Delaftaler"]
    compared = 0
    for row in written.iter_rows():
        for cell in row:
            assert right[cell.coordinate].value == cell.value, cell.coordinate
            compared += cell.value is not None
    assert compared > 80
    seen = openpyxl.load_workbook(io.BytesIO(again["wrong.xlsx"]), data_only=True)["Delaftaler"]
    assert [seen.cell(chosen, column).value for column in (4, 5, 8)] == ["Brohuset Erhvervsdrivende Fond", 3, "FEJL"]
    result = openpyxl.load_workbook(io.BytesIO(again["syd.xlsx"]), data_only=True)["Resultat"]
    assert "Rønnelunds Rengøring ApS" in [cell.value for cell in result["B"]][:9]
