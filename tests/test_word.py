"""A document tree becomes a Word document that says the same: its text, its spaces, and what is refused."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import docx
import pytest
from docx_lint import lint
from hypothesis import given
from hypothesis import strategies as st
from word_samples import DANISH, a, contract, english_conditions, h, letter, p
from word_xml import (
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
from tenderkit.word import number, render
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
