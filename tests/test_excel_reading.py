"""Returned workbooks: what was typed is read exactly, what was changed is found, and a mere save is no finding."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from cases import cleaning
from excel_builders import HOSTILE, LONG, USUAL, a_result, a_sheet, changed, every_workbook, individual, some_bids
from office import convert

from tenderkit import excel
from tenderkit.excel.sheets import Workbook
from tenderkit.excel.writer import write
from tenderkit.problems import Problem, TenderkitError

NAME = "C1.xlsx"
GOOD: dict[str, object] = {
    "bidder.name": "Ren & Pæn A/S", "bidder.cvr": "99887766", "bidder.address": "Vej 1", "bidder.contact": "Ida Ås",
    "bidder.signatory": "Ida Ås", "bidder.date": dt.date(2027, 1, 14),
    "price.A": Decimal("3690000.50"), "price.H": Decimal("289.5"), "price.T": Decimal(9800),
    "control.hours": Decimal(14000), "control.wages": Decimal("240.25"),
    "control.training-wages": Decimal(6000), "control.training-mentor": Decimal(2800),
    "control.training-overhead": Decimal(1000),
}  # fmt: skip
ANSWERS: dict[str, object] = {
    "bidder.name": "Ren & Pæn A/S", "bidder.cvr": "99887766", "bidder.address": "Vej 1", "bidder.contact": "Ida Ås",
    "bidder.signatory": "Ida Ås", "bidder.date": dt.date(2027, 1, 14),
    "answer.quality.operation": LONG.strip(), "answer.quality.control": "Kort svar.", "answer.social.plan": LONG * 4,
    "offer.social.mentor": Decimal("2.75"), "offer.social.hours": Decimal(20), "offer.social.kept": Decimal(9),
    "partner.used": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def form() -> Workbook:
    return excel.price_list(cleaning(), "nord")


@pytest.fixture(scope="module")
def facts(form: Workbook) -> excel.Facts:
    return excel.facts(form)


@pytest.fixture(scope="module")
def blank(form: Workbook) -> bytes:
    return write(form)


@pytest.fixture(scope="module")
def good(blank: bytes, facts: excel.Facts) -> bytes:
    return excel.fill(blank, facts, GOOD)


def ids(problems: list[Problem], level: str = "") -> set[str]:
    return {problem.id for problem in problems if not level or problem.level == level}


def at(facts: excel.Facts, key: str) -> tuple[str, str]:
    field = facts["fields"][key]
    return field["sheet"], field["cells"][0]


# Typed values


def test_what_is_typed_is_what_is_read(facts: excel.Facts, good: bytes) -> None:
    values, problems = excel.read(facts, good, NAME)
    assert problems == []
    assert {key: values[key] for key in GOOD} == GOOD
    assert values.place("price.T").sheet == "Priser"
    assert "Træningsforløb" in values.place("price.T").label


def test_a_long_answer_comes_back_with_its_paragraphs() -> None:
    form = excel.answer_form(cleaning(), "syd")
    facts = excel.facts(form)
    values, problems = excel.read(facts, excel.fill(write(form), facts, ANSWERS), "C2.xlsx")
    assert problems == []
    assert values["answer.quality.operation"] == LONG.strip()
    assert str(values["answer.social.plan"]).split() == (LONG * 4).split()
    assert values["partner.used"] is False


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7,5", "7.5"), ("7.5", "7.5"), (" 7 ", "7"), ("1.234,50 kr.", "1234.50"), ("kr. 1.250.000,-", "1250000"),
        ("1 234,50", "1234.50"), (Decimal("0.1"), "0.1"), (7, "7"), ("12.345.678", "12345678"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(facts: excel.Facts, blank: bytes, typed: object, number: str) -> None:
    values, _ = excel.read(facts, excel.fill(blank, facts, {**GOOD, "price.A": typed}), NAME)
    assert values["price.A"] == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("1.234", "ambiguous-number"), ("1,234", "ambiguous-number"), ("gratis", "not-a-number"), ("-", "not-a-number"),
        (None, "cell-not-filled"), ("  ", "cell-not-filled"), (Decimal("1.005"), "too-many-decimals"),
        ("289,505", "ambiguous-number"), ("0,505", "too-many-decimals"), (True, "not-a-number"), ("#N/A", "not-a-number"),
    ],
)  # fmt: skip
def test_what_is_no_certain_number_is_a_problem_with_its_cell(
    facts: excel.Facts, blank: bytes, typed: object, problem: str
) -> None:
    values, problems = excel.read(facts, excel.fill(blank, facts, {**GOOD, "price.H": typed}), NAME)
    assert values["price.H"] is None
    (found,) = problems
    assert found.id == problem
    assert (found.place.file, found.place.sheet, found.place.cell) == (NAME, "Priser", at(facts, "price.H")[1])
    assert found.place.label
    assert found.help


def test_a_date_in_a_number_cell_is_not_a_number(facts: excel.Facts, good: bytes) -> None:
    sheet, cell = at(facts, "price.H")

    def as_date(book: Any) -> None:
        book[sheet][cell] = dt.datetime(2027, 5, 1)  # noqa: DTZ001 - what Danish Excel makes of 1.5
        book[sheet][cell].number_format = "dd-mm-yyyy"

    _, problems = excel.read(facts, changed(good, as_date), NAME)
    assert ids(problems) == {"not-a-number"}
    assert "1 May" in problems[0].message


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://x","3")', "=Kontrolberegning!B9"])
def test_a_formula_in_a_yellow_cell_is_refused(facts: excel.Facts, good: bytes, formula: str) -> None:
    for key in ("price.H", "bidder.name"):
        sheet, cell = at(facts, key)
        values, problems = excel.read(facts, changed(good, set_cell(sheet, cell, formula)), NAME)
        assert ids(problems) == {"formula-in-input"}
        assert values[key] is None


def test_an_error_value_in_a_yellow_cell_is_refused(facts: excel.Facts, good: bytes) -> None:
    sheet, cell = at(facts, "price.H")

    def broken(book: Any) -> None:
        book[sheet][cell] = "#DIV/0!"
        book[sheet][cell].data_type = "e"

    _, problems = excel.read(facts, changed(good, broken), NAME)
    assert ids(problems) == {"error-in-input"}


@pytest.mark.parametrize("name", [HOSTILE, "+45 12345678 Service", "-x", "@SUM(A1)", "=1+1", "a_x0041_b"])
def test_a_name_that_looks_like_a_formula_stays_the_name(facts: excel.Facts, blank: bytes, name: str) -> None:
    values, problems = excel.read(facts, excel.fill(blank, facts, {**GOOD, "bidder.name": name}), NAME)
    assert problems == []
    assert values["bidder.name"] == name.replace("\x07", "")


def test_a_number_typed_as_a_registration_number_is_read_as_text(facts: excel.Facts, blank: bytes) -> None:
    values, problems = excel.read(facts, excel.fill(blank, facts, {**GOOD, "bidder.cvr": 12345678}), NAME)
    assert problems == []
    assert values["bidder.cvr"] == "12345678"


def test_texts_beyond_the_limit_are_told(facts: excel.Facts, blank: bytes) -> None:
    values, problems = excel.read(facts, excel.fill(blank, facts, {**GOOD, "bidder.name": "x" * 201}), NAME)
    assert ids(problems, "error") == {"text-too-long"}
    assert values["bidder.name"] is None
    form = excel.answer_form(cleaning(), "nord")
    answers = excel.facts(form)
    data = excel.fill(write(form), answers, {**ANSWERS, "answer.quality.control": "ord " * 1200})
    values, problems = excel.read(answers, data, "C2.xlsx")
    assert ids(problems, "warning") == {"text-too-long"}
    assert not ids(problems, "error")
    assert len(str(values["answer.quality.control"])) == 4000, "what goes beyond the limit is not evaluated"


def test_a_cpr_number_in_an_answer_is_noticed() -> None:
    form = excel.answer_form(cleaning(), "nord")
    facts = excel.facts(form)
    data = excel.fill(write(form), facts, {**ANSWERS, "answer.social.plan": "Deltageren 010190-1234 starter."})
    _, problems = excel.read(facts, data, "C2.xlsx")
    assert ids(problems) == {"possible-cpr-number"}


def test_the_partners_cells_are_asked_for_only_when_there_is_a_partner() -> None:
    form = excel.answer_form(cleaning(), "nord")
    facts = excel.facts(form)
    _, problems = excel.read(facts, excel.fill(write(form), facts, {**ANSWERS, "partner.used": "Ja"}), "C2.xlsx")
    labels = {problem.place.label for problem in problems}
    assert ids(problems) == {"cell-not-filled"}
    assert "Partnerens navn" in labels
    assert not any("CVR" in label for label in labels)
    _, problems = excel.read(facts, excel.fill(write(form), facts, {**ANSWERS, "partner.used": "måske"}), "C2.xlsx")
    assert ids(problems) == {"not-yes-or-no"}


def test_a_blank_form_names_every_cell(facts: excel.Facts, blank: bytes) -> None:
    values, problems = excel.read(facts, blank, NAME)
    assert {problem.place.cell for problem in problems} == {field["cells"][0] for field in facts["fields"].values()}
    assert ids(problems) == {"cell-not-filled"}
    assert set(values.values()) == {None}


# What was changed


def set_cell(sheet: str, cell: str, value: object) -> Callable[[Any], object]:
    return lambda book: book[sheet].__setitem__(cell, value)


def replaced(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Give a workbook with a piece of one of its parts replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as out:
        for name in archive.namelist():
            content = archive.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            out.writestr(name, content)
    return buffer.getvalue()


CHANGES: dict[str, tuple[Callable[[Any], object], str]] = {
    "a text": (set_cell("Priser", "B10", "Pris, reguleres årligt"), "changed-text"),
    "a text deleted": (set_cell("Priser", "B10", None), "changed-text"),
    "a quantity": (set_cell("Priser", "D9", 1200), "changed-number"),
    "a ceiling": (set_cell("Priser", "E10", 13_000), "changed-number"),
    "a number as text": (set_cell("Priser", "D9", "2400 ca."), "changed-number"),
    "a formula": (set_cell("Priser", "G11", "=SUM(G8:G9)"), "changed-formula"),
    "a formula deleted": (set_cell("Priser", "G11", None), "changed-formula"),
    "a value over a formula": (set_cell("Priser", "G11", 17_000_000), "formula-overwritten"),
    "a reservation beside the table": (set_cell("Priser", "J12", "Forbehold: prisen gælder i 30 dage"), "cell-added"),
    "a sheet added": (lambda book: book.create_sheet("Forbehold"), "sheet-added"),
    "a sheet removed": (lambda book: book.remove(book["Kontrolberegning"]), "sheet-missing"),
    "a sheet renamed": (lambda book: setattr(book["Priser"], "title", "Mine priser"), "sheet-missing"),
    "the stamp of one sheet": (
        set_cell("Priser", "A3", "Udgavestempel: 2026-114 / 9 / C1 nord / 0123456789ab"),
        "stamp-changed",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_was_issued_is_found(facts: excel.Facts, good: bytes, change: str) -> None:
    apply, expected = CHANGES[change]
    problems = excel.compare(facts, changed(good, apply), NAME)
    assert expected in ids(problems, "error"), [str(problem) for problem in problems]
    found = next(problem for problem in problems if problem.id == expected)
    assert found.place.file == NAME
    assert expected in ids(excel.read(facts, changed(good, apply), NAME)[1])


def test_a_changed_weight_in_the_result_is_found() -> None:
    book = excel.result(cleaning(), a_result(some_bids(), USUAL))
    facts = excel.facts(book)
    data = changed(write(book), set_cell("Kriterier", "C6", 0.6))
    assert "changed-number" in ids(excel.compare(facts, data, "E1.xlsx"))


def test_removed_protection_and_hidden_rows_are_only_warnings(facts: excel.Facts, good: bytes) -> None:
    def loosen(book: Any) -> None:
        book["Priser"].protection.sheet = False
        book["Priser"].row_dimensions[9].hidden = True
        book["Vejledning"].sheet_state = "hidden"

    problems = excel.compare(facts, changed(good, loosen), NAME)
    assert ids(problems, "warning") == {"protection-removed", "rows-hidden", "sheet-hidden"}
    assert not ids(problems, "error")


def test_another_form_is_told_apart_by_its_stamp(facts: excel.Facts) -> None:
    plan = cleaning()
    others = {
        "form-of-another-tender": excel.price_list(cleaning(("reference: 2026-114", "reference: 2027-001")), "nord"),
        "form-of-another-edition": excel.price_list(cleaning(("edition: 1\n", "edition: 2\n")), "nord"),
        "another-form": excel.price_list(plan, "syd"),
        "form-not-as-issued": excel.price_list(cleaning(("nord: 2400", "nord: 2500")), "nord"),
    }
    for expected, book in others.items():
        values, problems = excel.read(facts, write(book), NAME)
        assert [problem.id for problem in problems] == [expected]
        assert facts["stamp"] in problems[0].help
        assert not values


def test_a_form_whose_stamps_were_removed_is_no_form(facts: excel.Facts, good: bytes) -> None:
    def wipe(book: Any) -> None:
        for page in book.worksheets:
            page["A3"] = None

    assert ids(excel.compare(facts, changed(good, wipe), NAME)) == {"stamp-missing"}


def test_a_file_is_known_by_its_stamp(good: bytes) -> None:
    issued = {name: excel.facts(book) for name, book in excel.forms(cleaning()).items()}
    assert excel.identify(good, issued, NAME) == "C1_Tilbudsliste_nord.xlsx"
    other = write(excel.answer_form(cleaning(("edition: 1\n", "edition: 3\n")), "syd"))
    with pytest.raises(TenderkitError) as error:
        excel.identify(other, issued, "C2.xlsx")
    assert [problem.id for problem in error.value.problems] == ["form-of-another-edition"]
    assert "edition 3" in error.value.problems[0].message


def test_the_stamp_hashes_the_cells_and_not_the_looks(form: Workbook) -> None:
    stamp = excel.facts(form)["stamp"]
    sheets = tuple(replace(sheet, widths=(), heights={}, colour="#000000") for sheet in form.sheets)
    assert excel.facts(replace(form, sheets=sheets, title="x", created=dt.date(2020, 1, 1)))["stamp"] == stamp
    cells = form.sheets[2].cells
    other = replace(form.sheets[2], cells=(replace(cells[0], value="x"), *cells[1:]))
    assert excel.facts(replace(form, sheets=(*form.sheets[:2], other)))["stamp"] != stamp


# A mere save


def filled_workbooks() -> dict[str, tuple[excel.Facts, bytes]]:
    """Give every kind of workbook with something typed into each of its first cells."""
    books = {}
    for name, book in every_workbook().items():
        facts = excel.facts(book)
        typed: dict[str, object] = {}
        for key, field in facts["fields"].items():
            number = 5 if field["decimals"] == 0 else Decimal("7.5")
            sample = {"number": number, "date": dt.date(2027, 6, 1), "yes-no": "Ja", "choice": field["options"][:1]}
            value = sample.get(field["type"], "Æblegrød = 1,5 & <b>")
            typed[key] = value[0] if isinstance(value, list) else value
        books[name] = (facts, excel.fill(write(book), facts, typed))
    return books


@pytest.mark.slow
def test_a_save_by_another_library_is_no_finding() -> None:
    for name, (facts, data) in filled_workbooks().items():
        problems = excel.compare(facts, changed(data, lambda _: None), name)
        assert problems == [], name
        before, after = (excel.read(facts, file, name)[0] for file in (data, changed(data, lambda _: None)))
        assert before == after, name


@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_save_by_libreoffice_is_no_finding() -> None:
    books = filled_workbooks()
    assert len(books) == 10
    saved = convert({name: data for name, (_, data) in books.items()}, "xlsx")
    for name, (facts, data) in books.items():
        problems = excel.compare(facts, saved[name], name)
        assert problems == [], (name, [str(problem) for problem in problems[:5]])
        assert excel.read(facts, saved[name], name)[0] == excel.read(facts, data, name)[0], name


# Files that are no workbooks


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 61_000_000)
    return buffer.getvalue()


def test_what_is_no_workbook_is_told_without_a_crash(facts: excel.Facts, good: bytes) -> None:
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b"<w/>")
    cases = {
        "empty": (b"", "not-an-office-file"),
        "text": (b"Pris: 7", "not-an-office-file"),
        "truncated": (good[: len(good) // 2], "not-an-office-file"),
        "bomb": (bomb(), "file-too-large"),
        "word": (word.getvalue(), "not-a-workbook"),
        "broken xml": (replaced(good, "xl/workbook.xml", b"<sheets>", b"<sheets"), "not-a-workbook"),
        "entities": (
            replaced(good, "xl/sharedStrings.xml", b"<sst", b"<!--" + b"x" * 5000 + b"--><!DOCTYPE a [<!ENTITY b 'c'>]><sst"),
            "unsafe-office-file",
        ),
        "macros": (replaced(good, "[Content_Types].xml", b"sheet.main+xml", b"sheet.macroEnabled.main+xml"), "macros-in-workbook"),
        "huge sheet": (
            replaced(good, "xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheetData>" + b"<!--" + b"x" * 13_000_000 + b"-->"),
            "file-too-large",
        ),
    }  # fmt: skip
    for what, (data, expected) in cases.items():
        assert ids(excel.compare(facts, data, NAME)) == {expected}, what
        values, problems = excel.read(facts, data, NAME)
        assert not values
        assert ids(problems) == {expected}, what
        assert problems[0].place.file == NAME


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing(facts: excel.Facts, good: bytes) -> None:
    far = changed(good, set_cell("Priser", "XFD1048576", "x"))
    assert ids(excel.compare(facts, far, NAME)) == {"cell-added"}


# From values to bids and scores


def test_the_values_of_two_forms_make_a_bid(facts: excel.Facts, good: bytes) -> None:
    plan = cleaning()
    prices, _ = excel.read(facts, good, NAME)
    form = excel.answer_form(plan, "nord")
    about = excel.facts(form)
    answers, _ = excel.read(about, excel.fill(write(form), about, ANSWERS), "C2.xlsx")
    bid, problems = excel.bid_from(plan, "nord", "ren", prices, answers)
    assert problems == []
    assert (bid.bidder, bid.name, bid.lot, bid.admitted) == ("ren", "Ren & Pæn A/S", "nord", True)
    assert bid.prices == {"A": Decimal("3690000.50"), "H": Decimal("289.5"), "T": Decimal(9800)}
    assert bid.offers == {"social.mentor": Decimal("2.75"), "social.hours": Decimal(20), "social.kept": Decimal(9)}
    assert bid.texts["quality.control"] == "Kort svar."
    assert bid.texts["bidder.cvr"] == "99887766"
    assert bid.control["hours"] == "14000"


@pytest.mark.parametrize(
    ("prices", "answers", "expected"),
    [
        ({"price.T": Decimal("12000.01"), "control.training-wages": Decimal("8200.01")}, {}, "price-above-ceiling"),
        ({"price.H": Decimal(0)}, {}, "price-not-positive"),
        ({"price.H": Decimal(-5)}, {}, "price-not-positive"),
        ({}, {"offer.social.mentor": Decimal("1.49")}, "offer-below-floor"),
        ({"bidder.name": "En anden ApS"}, {}, "forms-name-different-firms"),
        ({"control.training-mentor": Decimal(1)}, {}, "control-sum-differs"),
    ],
)
def test_minimum_requirements_that_are_not_met_are_problems(
    prices: dict[str, Any], answers: dict[str, Any], expected: str
) -> None:
    plan = cleaning()
    bid, problems = excel.bid_from(plan, "nord", "ren", {**GOOD, **prices}, {**ANSWERS, **answers})  # type: ignore[dict-item]
    assert [problem.id for problem in problems] == [expected]
    assert bid.admitted, "a person decides"
    grounds = excel.grounds_for(plan, problems)
    assert len(grounds) == (problems[0].level == "error")
    assert all("mindstekrav" in ground or "over 0" in ground for ground in grounds)


def test_a_bid_without_forms_has_no_numbers() -> None:
    bid, problems = excel.bid_from(cleaning(), "nord", "ren", {}, {})
    assert (bid.name, bid.prices, bid.offers, problems) == ("ren", {}, {}, [])


def test_a_score_sheet_comes_back_as_scores() -> None:
    plan = cleaning()
    bids = {"nord": some_bids("nord"), "syd": some_bids("syd")[:1]}
    book = excel.score_sheet(plan, "employment", bids)
    facts = excel.facts(book)
    typed: dict[str, object] = {"member.declared": "Ja", "member.date": dt.date(2027, 1, 20)}
    for lot, admitted in (("nord", ("alfa", "beta", "gamma")), ("syd", ("alfa",))):
        for bidder in admitted:
            typed |= {f"score/{lot}/{bidder}/social.plan": 7, f"reason/{lot}/{bidder}/social.plan": "Fordi."}
    values, problems = excel.read(facts, excel.fill(write(book), facts, typed), "D1.xlsx")
    sheets, more = excel.scores_from(plan, "employment", bids, values, "D1.xlsx")
    assert problems == more == []
    assert [(sheet.evaluator, sheet.lot, len(sheet.scores)) for sheet in sheets] == [
        ("employment", "nord", 3),
        ("employment", "syd", 1),
    ]
    assert sheets[0].scores["beta", "social.plan"].value == Decimal(7)
    assert sheets[0].scores["beta", "social.plan"].reason == "Fordi."


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"score/nord/alfa/social.plan": 11}, "score-off-scale"),
        ({"score/nord/alfa/social.plan": "-1"}, "score-off-scale"),
        ({"score/nord/alfa/social.plan": Decimal("6.5")}, "too-many-decimals"),
        ({"score/nord/alfa/social.plan": None}, "cell-not-filled"),
        ({"reason/nord/alfa/social.plan": " "}, "cell-not-filled"),
        ({"member.declared": "Nej"}, "evaluator-not-impartial"),
    ],
)
def test_scores_that_cannot_stand_are_problems(typed: dict[str, object], expected: str) -> None:
    plan = cleaning()
    bids = {"nord": some_bids("nord")[:1]}
    book = excel.score_sheet(plan, "employment", bids)
    facts = excel.facts(book)
    key = "nord/alfa/social.plan"
    usual = {"member.declared": "Ja", "member.date": dt.date(2027, 1, 20), f"score/{key}": 7, f"reason/{key}": "Fordi."}
    values, problems = excel.read(facts, excel.fill(write(book), facts, {**usual, **typed}), "D1.xlsx")
    problems = [*problems, *excel.scores_from(plan, "employment", bids, values, "D1.xlsx")[1]]
    assert [problem.id for problem in problems] == [expected]
    assert problems[0].place.cell


def test_a_consensus_comes_back_as_agreed_scores() -> None:
    plan = cleaning()
    bids = {"nord": some_bids()}
    book = excel.consensus(plan, bids, individual(bids["nord"]))
    facts = excel.facts(book)
    agreed = a_sheet("consensus", bids["nord"], USUAL)
    typed: dict[str, object] = {}
    for (bidder, criterion), score in agreed.scores.items():
        typed |= {f"score/nord/{bidder}/{criterion}": score.value, f"reason/nord/{bidder}/{criterion}": score.reason}
    values, problems = excel.read(facts, excel.fill(write(book), facts, typed), "D2.xlsx")
    (sheet,), more = excel.consensus_from(plan, bids, values, "D2.xlsx")
    assert problems == more == []
    assert {key: score.value for key, score in sheet.scores.items()} == {
        key: s.value for key, s in agreed.scores.items()
    }
    assert sheet.evaluator == "consensus"


def test_filling_unknown_fields_is_refused(facts: excel.Facts, blank: bytes) -> None:
    with pytest.raises(KeyError):
        excel.fill(blank, facts, {"price.X": 1})
    assert excel.fill(blank, facts, GOOD) == excel.fill(blank, facts, GOOD)
