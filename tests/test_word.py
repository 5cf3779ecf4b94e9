"""A document tree becomes a Word document: its text, its numbers, its references, its contents."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace

import docx
import pytest
from docx_lint import lint, w
from hypothesis import given
from hypothesis import strategies as st
from office import convert, pdf_text, to_pdf
from word_numbers import label_of, random_document
from word_samples import DANISH, a, contract, danish_template, english_conditions, h, items, letter, p
from word_xml import (
    broken_caches,
    find,
    paragraph_text,
    problem_ids,
    simple,
    values,
    xml,
)

from tenderkit.assembly.tree import (
    Annex,
    Document,
    Equation,
    Fields,
    Heading,
    Inlines,
    ItemList,
    Link,
    ListItem,
    Paragraph,
    Ref,
    Signatures,
    Table,
    Text,
)
from tenderkit.problems import TenderkitError
from tenderkit.word import number, page_numbers, render, render_with_pages
from tenderkit.word.session import reference_bookmark
from tenderkit.word.spaces import NBSP, gluer

# --- text


def inline_text(content: Inlines, document: Document) -> str:
    by_name = number(document).by_name
    return "".join(by_name[run.target] if isinstance(run, Ref) else run.text for run in content).replace(NBSP, " ")


def list_lines(block: ItemList, document: Document) -> Iterator[str]:
    for item in block.items:
        yield inline_text(item.content, document)
        for child in item.children:
            yield from list_lines(child, document)


def table_lines(block: Table | Fields | Signatures, document: Document) -> Iterator[str]:
    if isinstance(block, Table):
        yield block.caption
        yield from (column.title for column in block.columns)
        yield from (inline_text(cell, document) for row in block.rows for cell in row)
    elif isinstance(block, Fields):
        for label, content in block.rows:
            yield from (label, inline_text(content, document))
    else:
        yield from block.parties
        yield from (label for label in block.labels for _ in block.parties)


def tree_lines(document: Document) -> Iterator[str]:
    """Give every text of the tree's blocks in order, without looking at Word."""
    for block in document.blocks:
        if isinstance(block, Heading):
            yield inline_text(block.content, document)
        elif isinstance(block, Paragraph):
            yield (f"{block.public_id}\u2002" if block.public_id else "") + inline_text(block.content, document)
        elif isinstance(block, ItemList):
            yield from list_lines(block, document)
        elif isinstance(block, (Table, Fields, Signatures)):
            yield from table_lines(block, document)
        elif isinstance(block, Equation):
            yield block.words
        elif isinstance(block, Annex):
            yield block.title


@pytest.mark.parametrize(
    "document",
    [contract(cover=(), contents=False), english_conditions(contents=False), letter()],
    ids=lambda document: document.id,
)
def test_the_document_says_what_the_tree_says_and_nothing_else(document: Document) -> None:
    written = [paragraph_text(q) for q in find(xml(render(document)), "//w:body//w:p[not(.//m:oMath)]")]
    titles = [document.title, document.subtitle, document.notice]
    assert sorted(line for line in written if line) == sorted(line for line in [*titles, *tree_lines(document)] if line)
    body = [line for line in tree_lines(document) if line]
    assert [line for line in written if line in body] == [line for line in body if line in written]


def test_a_letter_begins_with_its_address_and_has_its_title_as_subject() -> None:
    styles = values(xml(render(letter())), "//w:body//w:pStyle/@w:val")
    assert styles[0] == "TKAddress"
    assert styles.index("TKFieldLabel") < styles.index("TKSubject") < styles.index("Heading1")


def test_a_cover_has_authority_title_notice_and_pairs_and_the_text_begins_on_a_new_page() -> None:
    root = xml(render(contract()))
    lines = [paragraph_text(q) for q in find(root, "//w:body/w:p")[:4]]
    assert lines == ["Nørreå Kommune", "Kontrakt", "Rengøring og træningsforløb med jobgaranti – Nord", "Udkast"]
    assert [paragraph_text(q) for q in find(root, "//w:body/w:tbl[1]//w:p")[:4]] == [
        "Ordregiver",
        "Nørreå Kommune",
        "Sagsnummer",
        "2026-114",
    ]
    broken = [paragraph_text(q) for q in find(root, "//w:p[w:pPr/w:pageBreakBefore]")]
    assert broken == ["Indhold", "Parter"]


def test_hostile_text_stays_text() -> None:
    hostile = ["<b>fed</b> & co.", "]]><w:p/>", "{{ tender }}", "=CMD()", '"><script>', "\u202eomvendt", "x" * 5000]
    data = render(simple(*hostile, title="<w:t>", author="A & B", footer="]]>"))
    lines = [paragraph_text(q) for q in find(xml(data), "//w:p")]
    assert [line for line in lines if line in hostile] == hostile
    assert docx.Document(io.BytesIO(data)).core_properties.title == "<w:t>"
    assert lint(data) == []


def test_pasted_line_ends_and_tabs_become_breaks() -> None:
    assert "a\nb\nc\nd\te" in [paragraph_text(q) for q in find(xml(render(simple("a\r\nb\x0bc\u2028d\te"))), "//w:p")]


def test_a_character_that_no_document_can_hold_is_a_problem_that_shows_where() -> None:
    with pytest.raises(TenderkitError) as error:
        render(simple("Tilbud fra\x07 Skovvænget", "et \ud800 halvt tegn"))
    assert [problem.id for problem in error.value.problems] == ["control-character"] * 2
    assert "U+0007" in str(error.value)
    assert "Tilbud fra\ufffd Skovvænget" in str(error.value)


# --- numbers

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
            found[inline_text(block.content[:1], document)] = numbers.by_position.get((index,))
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


# --- names, references and other problems


def test_every_problem_is_told_at_once() -> None:
    words = {key: value for key, value in DANISH.items() if key != "page"}
    blocks = (
        h(1, "Parter", "parties"),
        h(3, "Springer et trin over"),
        p("Se punkt ", Ref("partes"), " og ", Ref("free")),
        Paragraph(a("fri"), name="free"),
        Paragraph(a("igen"), name="parties"),
        Paragraph((Link("her", "javascript:alert(1)"),)),
    )
    with pytest.raises(TenderkitError) as error:
        render(contract(blocks=blocks, words=words, created="i går"))
    assert problem_ids(error) == {
        "dangling-reference", "reference-without-number", "repeated-name", "heading-level-skipped", "label-missing", "unsafe-link", "no-date",
    }  # fmt: skip
    dangling = next(problem for problem in error.value.problems if problem.id == "dangling-reference")
    assert '"partes"' in dangling.message
    assert dangling.help == 'Did you mean "parties"?'
    assert dangling.place.file == "Kontrakt"


def test_words_are_asked_for_only_where_they_are_printed() -> None:
    few = {key: value for key, value in DANISH.items() if key not in {"annex", "guidance_author"}}
    render(simple("Et punkt", words=few))
    with pytest.raises(TenderkitError) as error:
        render(contract(words=few))
    assert [problem.message for problem in error.value.problems] == [
        'Kontrakt: the document has no word for "annex".',
        'Kontrakt: the document has no word for "guidance_author".',
    ]


@given(st.sets(st.text(min_size=1, max_size=80), min_size=2, max_size=2))
def test_bookmarks_are_names_that_word_takes_and_differ_as_the_names_do(names: set[str]) -> None:
    made = {reference_bookmark(name).lower() for name in names if name.isascii() or name}
    assert len(made) == 2
    assert all(re.fullmatch(r"[a-z_][a-z0-9_]{0,39}", name) for name in made)


def test_fields_are_references_with_the_right_switch_and_result() -> None:
    root = xml(render(contract()))
    mentor = next(q for q in find(root, "//w:body/w:p") if paragraph_text(q).startswith("Mentoren"))
    assert [text.split()[2:] for text in values(mentor, ".//w:instrText/text()")] == [["\\r", "\\h"], ["\\n", "\\h"]]
    assert paragraph_text(mentor) == "Mentoren efter punkt 2.2(b) må ikke indgå i produktionen."
    starts = values(root, "//w:bookmarkStart/@w:name")
    assert all(text.split()[1] in starts for text in values(root, "//w:instrText[contains(., 'REF')]/text()"))


def test_a_named_list_item_and_its_list_inside_a_list_are_referred_to_in_full() -> None:
    inner = ItemList((ListItem(a("x"), name="deep"),), ordered=True)
    blocks = (
        h(1, "E"),
        p("P"),
        ItemList((ListItem(a("a")), ListItem(a("b"), (inner,))), ordered=True),
        p("Se ", Ref("deep")),
    )
    assert number(replace(contract(), blocks=blocks)).by_name["deep"] == "1.1(b)(i)"


# --- non-breaking spaces

_PIECES = st.lists(
    st.sampled_from(
        [
            "§",
            "nr.",
            "Nr.",
            "bilag",
            "Bilag",
            "A",
            "a",
            "12",
            "5",
            "%",
            "kr.",
            "dage",
            "inden",
            "december",
            "2026",
            "1.",
            ",",
            NBSP,
        ]
    ),
    max_size=14,
)


@given(_PIECES | st.lists(st.text(max_size=4), max_size=8))
def test_tying_numbers_to_words_twice_changes_nothing_more_and_only_spaces(pieces: list[str]) -> None:
    glue = gluer("§ nr. bilag", "% kr. dage")
    text = " ".join(pieces)
    once = glue(text)
    assert glue(once) == once
    assert once.replace(NBSP, " ") == text.replace(NBSP, " ")
    assert len(once) == len(text)


def test_a_number_is_tied_to_its_word_across_runs_and_references() -> None:
    document = contract(
        blocks=(
            h(1, "Emne", "x"),
            p("Se § ", Text("5", bold=True), " og punkt ", Ref("x"), " om 5 ", Text("kr.", italic=True), " inden 3"),
        ),
        contents=False,
    )
    written = values(xml(render(document)), "//w:p[.//w:instrText]//w:t/text()")
    assert "".join(written) == f"Se §{NBSP}5 og punkt{NBSP}1 om 5{NBSP}kr. inden 3"


# --- contents


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
