"""The workbook of all lots together, and the sheet of a drawing by a public number: live, and right when recalculated."""

from __future__ import annotations

import io
from typing import Any

import office
import openpyxl
import pytest
from assembly_builders import TENDER, a_plan
from cases import cleaning
from excel_builders import HOSTILE, a_bid, a_result
from lots_builders import Row, a_limit, some_results

from tenderkit import excel
from tenderkit.evaluation.allocation import allocate
from tenderkit.evaluation.drawing import MOST_DIGITS, PublicDrawing
from tenderkit.excel.sheets import Workbook

NAMES = {"alfa": HOSTILE, "beta": "Be*a? ~A/S", "gamma": "Tvilling A/S", "delta": "Tvilling A/S"}
EQUAL: list[Row] = [("alfa", "9", "10"), ("beta", "8", "12"), ("gamma", "7", "13.50"), ("delta", "6", "13")]
TIED: list[Row] = [("alfa", "9", "10"), ("beta", "8", "11", 2), ("gamma", "8", "11", 2)]
#: As many digits as a drawing may have; divided by 4 it is a long whole number with 0.75.
LARGE = "98765432109867"


def a_lots_workbook(lots: dict[str, list[Row]], choose: str = "lowest-price", language: str = "da") -> Workbook:
    plan = a_plan(text=TENDER.replace("language: da", f"language: {language}"))
    results = some_results(lots, NAMES)
    return excel.lots_workbook(plan, results, allocate(results, a_limit(1, choose, lots)))


def lots_workbooks() -> dict[str, Workbook]:
    """Give workbooks with equal sums, with a lot that nobody wins, by points, in English, and one not decided."""
    other: list[Row] = [("delta", "9", "3")]
    return {
        "equal.xlsx": a_lots_workbook({"nord": EQUAL, "syd": EQUAL, "vest": other}),
        "left.xlsx": a_lots_workbook({"nord": EQUAL[:1], "syd": EQUAL[:1], "vest": []}),
        "points.xlsx": a_lots_workbook({"nord": EQUAL, "syd": EQUAL[:3]}, "highest-points", "en"),
        "open.xlsx": a_lots_workbook({"nord": EQUAL, "syd": TIED}),
    }


def drawn_workbook(listed: tuple[str, ...], number: str) -> Workbook:
    """Give a result workbook of equal bids of which lots were drawn by a number."""
    same = [a_bid(name, ("3700000", "300", "10000"), ("2", "20", "9"), name=NAMES.get(name)) for name in listed]
    drawing = PublicDrawing(listed, number)
    order = {each.bidder: place for place, each in enumerate(drawing.rounds, start=1)}
    outcome = a_result(same, dict.fromkeys(listed, (7, 7, 7)), drawn=order)
    plan = cleaning(
        (
            "  ties: [price, social, lots-drawing]\n",
            "  ties: [price, social, lots-drawing]\n  drawing: {number: lottotallene}\n",
        )
    )
    return excel.result(plan, outcome, drawing=drawing)


def values(workbook: Workbook, sheet: str) -> list[Any]:
    return [cell.value for cell in workbook.sheet(sheet).cells]


def test_the_sheet_shows_ranks_values_winners_and_the_limit() -> None:
    book = lots_workbooks()["equal.xlsx"]
    shown = values(book, "Delaftaler")
    assert book.code == "E2"
    assert book.file == "lots.xlsx"
    for part in ("Den valgte kombination", "Kontrol af grænsen", "Kombinationer med samme sum", "Tvilling A/S (delta)"):
        assert part in shown
    assert "FEJL" not in shown
    formulas = [cell.formula for cell in book.sheet("Delaftaler").cells if cell.kind == "formula"]
    assert sum(formula.startswith("COUNTIF(") for formula in formulas) == 4
    assert sum(formula.startswith("SUM(") for formula in formulas) == 2


def test_a_lot_that_nobody_wins_and_one_that_must_be_drawn_are_told() -> None:
    books = lots_workbooks()
    left = values(books["left.xlsx"], "Delaftaler")
    assert "Ingen vinder: alle med et placeret tilbud har nået grænsen" in left
    assert "Ingen vinder: intet tilbud er placeret" in left
    pending = values(books["open.xlsx"], "Delaftaler")
    assert "Kombinationen er ikke afgjort. Der skal først trækkes lod på: Syd." in pending
    assert "Den valgte kombination" not in pending
    assert "The highest sum of overall results" not in pending
    assert "the highest sum of overall results" in values(books["points.xlsx"], "Lots")


def test_the_same_lots_give_the_same_bytes() -> None:
    first, second = (excel.write(lots_workbooks()["equal.xlsx"]) for _ in range(2))
    assert first == second


def test_the_drawing_has_a_sheet_only_where_there_was_one() -> None:
    book = drawn_workbook(("alfa", "beta", "gamma"), "0714233144")
    shown = values(book, "Lodtrækning")
    assert "Det offentlige tal: lottotallene." in shown
    assert [cell.value for cell in book.sheet("Lodtrækning").cells if cell.column == 5 and cell.kind == "formula"] == [
        "Tvilling A/S",
        HOSTILE.replace("\x07", ""),
        "Be*a? ~A/S",
    ]
    first = next(cell for cell in book.sheet("Lodtrækning").cells if cell.value == 714233144)
    assert first.format == "0" * 10
    same = [a_bid(name, ("3700000", "300", "10000")) for name in ("alfa", "beta")]
    usual = excel.result(cleaning(), a_result(same, dict.fromkeys(("alfa", "beta"), (7, 7, 7))))
    assert "Lodtrækning" not in [sheet.name for sheet in usual.sheets]


@pytest.mark.slow
@pytest.mark.libreoffice
def test_recalculated_every_cell_is_what_the_engine_gave() -> None:
    drawn = {
        "drawn.xlsx": drawn_workbook(("alfa", "beta", "gamma"), "0714233144"),
        "large.xlsx": drawn_workbook(("alfa", "beta", "gamma", "delta"), LARGE),
        "nines.xlsx": drawn_workbook(("alfa", "beta", "gamma"), "9" * MOST_DIGITS),
    }
    files = {name: excel.write(book) for name, book in {**lots_workbooks(), **drawn}.items()}
    again = office.convert(files, "xlsx")
    for name, data in files.items():
        assert not office.schema_errors(data, name)
        before = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        after = openpyxl.load_workbook(io.BytesIO(again[name]), data_only=True)
        compared = 0
        for sheet in before:
            for row in sheet.iter_rows():
                for cell in row:
                    other = after[sheet.title][cell.coordinate].value
                    where = (name, sheet.title, cell.coordinate)
                    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
                        assert other == pytest.approx(cell.value, abs=1e-9), where
                    else:
                        assert (other or None) == (cell.value or None), where
                    compared += 1
        assert compared > 60
