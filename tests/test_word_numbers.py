"""Numbers, references and contents of a Word document, counted by us and by another program."""

from __future__ import annotations

import re
import shutil

import pytest
from docx_lint import lint, w
from office import convert, pdf_text, to_pdf
from word_numbers import label_of, random_document
from word_samples import contract, english_conditions, h, items, letter, p
from word_template import danish_template
from word_xml import (
    broken_caches,
    find,
    paragraph_text,
    problem_ids,
    values,
    xml,
)

from tenderkit.assembly.tree import (
    Annex,
    Heading,
    Paragraph,
    Text,
)
from tenderkit.problems import TenderkitError
from tenderkit.word import number, page_numbers, render, render_with_pages
from tenderkit.word.spaces import NBSP

EXPECTED = {
    "Parter": "1.",
    "Kontrakten er indgået": "1.1",
    "Kontraktens genstand og omfang": "2.",
    "Leverandøren skal udføre": "2.1",
    "Leverandøren skal stille": "2.2",
    "Mentoren efter": "2.3",
    "Mængder": "2.4",
    "Mængderne fremgår": "2.4.1",
    "Fakturaen skal": "2.4.2",
    "Ændringer": "2.5",
    "Ændringer sker": "2.5.1",
    "Punkt ": "2.5.2",
    "Pris og betaling": "3.",
    "Betaling sker": "3.1",
    "Evalueringsprisen": "3.2",
    "Prisen er fast": None,
    "Fortolkning": None,
    "Overskriften til": None,
    "Ikrafttræden": "4.",
    "Kontrakten træder": "4.1",
    "Læs mere": "4.2",
    "Sociale klausuler": f"Bilag{NBSP}A",
    "Jobgaranti": "A.1",
    "Leverandøren skal tilbyde": "A.1.1",
    "Tilbuddet skal": "A.1.2",
    "Bod er": "A.1.3",
    "Oplysninger og": "A.2",
    "Leverandøren skal hvert": "A.2.1",
    "Tilbudsliste": f"Bilag{NBSP}B",
    "Priserne angives": "B.1",
}


def test_a_legal_document_numbers_headings_points_and_annexes() -> None:
    document = contract()
    numbers = number(document)
    found = {}
    for index, block in enumerate(document.blocks):
        if isinstance(block, (Heading, Paragraph)):
            first = block.content[0]
            assert isinstance(first, Text)
            found[first.text] = numbers.by_position.get((index,))
        elif isinstance(block, Annex):
            found[block.title] = numbers.by_position.get((index,))
    short = {
        next(key for key in sorted(EXPECTED, key=len, reverse=True) if text.startswith(key)): label
        for text, label in found.items()
    }
    assert short == EXPECTED


def test_references_print_numbers_without_a_full_stop_and_items_below_their_point() -> None:
    assert dict(number(contract()).by_name) == {
        "parties": "1", "scope": "2", "supply": "2.1", "resources": "2.2", "contact": "2.2(a)", "mentor": "2.2(b)",
        "volumes": "2.4", "price": "3", "signing": "4", "social": f"Bilag{NBSP}A", "guarantee": "A.1", "offer-job": "A.1.1",
    }  # fmt: skip


def test_headings_alone_are_numbered_or_nothing_is() -> None:
    assert list(number(english_conditions()).by_position.values()) == [
        "1.",
        "1.1",
        "1.1.1",
        "2.",
        f"Annex{NBSP}A",
        "A.1",
    ]
    blocks = (*letter().blocks, p("Et punkt"), items("første", "anden"))
    assert list(number(letter(blocks=blocks)).by_position.values()) == ["(a)", "(b)"]


def test_annex_headings_of_either_level_stand_below_the_annex() -> None:
    for first, second in ((1, 2), (2, 3)):
        blocks = (Annex("X"), h(first, "a"), p("p"), h(second, "b"), p("q"), h(first, "c"), Annex("Y"), p("r"))
        labels = list(number(contract(blocks=blocks)).by_position.values())
        assert labels == [f"Bilag{NBSP}A", "A.1", "A.1.1", "A.1.2", "A.1.2.1", "A.2", f"Bilag{NBSP}B", "B.1"]


def test_what_is_numbered_carries_its_list_by_style_or_itself_and_each_list_starts_again() -> None:
    data = render(contract())
    root, styles = xml(data), xml(data, "word/styles.xml")
    linked = {style.get(w("styleId"), "") for style in find(styles, "//w:style[w:pPr/w:numPr/w:ilvl]")}
    assert {"Heading1", "Heading2", "TKPoint3", "TKAnnex", "TKAnnexHeading2", "TKAnnexPoint3"} <= linked
    used = set(values(root, "//w:p[not(w:pPr/w:numPr)]/w:pPr/w:pStyle/@w:val"))
    assert "TKPoint2" not in used, "a point directly below a first heading has no linked level"
    ordered = values(root, "//w:p[w:pPr/w:pStyle/@w:val='TKList']/w:pPr/w:numPr/w:numId/@w:val")
    restarted = values(xml(data, "word/numbering.xml"), "//w:num[w:lvlOverride]/@w:numId")
    assert len(restarted) == len(set(ordered) & set(restarted)) == 5


@pytest.mark.libreoffice
def test_another_program_counts_the_same_numbers() -> None:
    """LibreOffice counts lists and references itself; every label and every reference agree with ours."""
    documents = {f"random{seed}.docx": random_document(seed) for seed in range(4)}
    based = {"based.docx": (random_document(9), danish_template())}
    files = {name: broken_caches(render(document)) for name, document in documents.items()}
    files |= {name: broken_caches(render(document, base)) for name, (document, base) in based.items()}
    for name, pdf in convert(files, "pdf").items():
        document = documents[name] if name in documents else based[name][0]
        lines = [line.replace(NBSP, " ") for line in pdf_text(pdf).splitlines()]
        numbers = number(document)
        checked = 0
        for position, key, ref in label_of(document):
            label = numbers.by_position.get(position, "").replace(NBSP, " ")
            shown = [line.strip() for line in lines if re.search(rf"\b{key}\b", line)]
            assert [re.sub(r"\s+", " ", line) for line in shown] == [
                f"{label} {key} {ref}".strip().replace(NBSP, " ")
            ], name
            checked += 1
        assert checked > 60


@pytest.mark.libreoffice
def test_the_samples_print_their_numbers_and_references() -> None:
    document = contract()
    text = pdf_text(to_pdf(broken_caches(render(document)))).replace(NBSP, " ")
    assert "XX" not in text
    for line in (
        "2.3 Mentoren efter punkt 2.2(b) må",
        "A.1.2 JG-4 Tilbuddet skal mindst omfatte 15 timer om ugen, jf. punkt A.1.1.",
        "B.1 Priserne angives i danske kroner ekskl. moms, jf. Bilag A og punkt 3.",
        "(ii) har tid afsat til opgaven",
    ):
        assert line in re.sub(r"[ \u2002]+", " ", text)


def test_contents_without_page_numbers_are_clickable_and_say_so_to_word() -> None:
    root = xml(render(contract()))
    lines = find(root, "//w:sdt//w:p[.//w:hyperlink]")
    assert [paragraph_text(line) for line in lines] == [
        "1.\tParter", "2.\tKontraktens genstand og omfang", "2.4\tMængder", "2.5\tÆndringer", "3.\tPris og betaling", "\tFortolkning",
        "4.\tIkrafttræden og underskrift", "Bilag A\tSociale klausuler", "A.1\tJobgaranti", "A.2\tOplysninger og dokumentation", "Bilag B\tTilbudsliste",
    ]  # fmt: skip
    assert values(root, "//w:sdt//w:instrText/text()") == [' TOC \\o "1-2" \\n \\h \\z \\u ']


def test_long_contents_keep_to_the_first_level() -> None:
    blocks = tuple(block for k in range(12) for block in (h(1, f"Emne {k}"), h(2, "Under"), h(2, "Under igen")))
    root = xml(render(contract(blocks=blocks)))
    assert len(find(root, "//w:sdt//w:hyperlink")) == 12
    assert ' TOC \\o "1-1"' in values(root, "//w:sdt//w:instrText/text()")[0]


@pytest.mark.libreoffice
def test_page_numbers_in_the_contents_are_those_of_the_pages_and_stay_so() -> None:
    data = render_with_pages(contract(), mode="yes")
    lines = [paragraph_text(line).split("\t") for line in find(xml(data), "//w:sdt//w:p[.//w:hyperlink]")]
    pages = pdf_text(to_pdf(data)).split("\f")
    for label, title, page in lines:
        assert re.search(rf"{re.escape(label)}\s+{title}" if label else title, pages[int(page) - 1].replace(NBSP, " "))
    assert len({page for *_, page in lines}) > 3
    assert render(contract(), None, page_numbers(data)) == data
    assert " \\n" not in values(xml(data), "//w:sdt//w:instrText/text()")[0]
    assert lint(data) == []


def test_without_the_program_that_counts_pages_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert page_numbers(b"") is None
    assert render_with_pages(contract()) == render(contract()) == render_with_pages(contract(), mode="no")
    with pytest.raises(TenderkitError) as error:
        render_with_pages(contract(), mode="yes")
    assert problem_ids(error) == {"no-page-numbers"}


@pytest.mark.libreoffice
def test_a_file_that_cannot_be_set_has_no_pages() -> None:
    assert page_numbers(b"PK\x03\x04 cut off") is None
