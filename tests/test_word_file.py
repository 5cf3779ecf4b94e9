"""What a finished .docx is made of: parts that Word takes, styles, properties, the same bytes every time."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx_lint import RULES, W, lint
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from office import schema_errors
from word_samples import a, contract, english_conditions, h, letter, p
from word_template import danish_template
from word_xml import (
    BODY,
    SETTINGS,
    drop,
    find,
    paragraph_text,
    simple,
    swap,
    values,
    xml,
)

from tenderkit.assembly.tree import (
    Column,
    Document,
    Fields,
    PageBreak,
    Paragraph,
    Table,
)
from tenderkit.package import read_parts, write_parts
from tenderkit.word import render
from tenderkit.word.tables import fitted, shares

SAMPLES: dict[str, Callable[[], bytes]] = {
    "draft": lambda: render(contract()),
    "final": lambda: render(contract(draft=False, notice="")),
    "english": lambda: render(english_conditions()),
    "letter": lambda: render(letter()),
    "base": lambda: render(contract(), danish_template()),
    "letter-base": lambda: render(letter(), danish_template(template=False)),
    "own-base": lambda: render(english_conditions(), render(contract())),
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_lint_finds_nothing(sample: str) -> None:
    assert lint(SAMPLES[sample]()) == []


@pytest.mark.slow
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_schema_validator_finds_nothing(sample: str) -> None:
    assert schema_errors(SAMPLES[sample]()) == []


@pytest.mark.slow
def test_the_schema_validator_finds_what_is_out_of_order() -> None:
    parts = read_parts(render(letter()), "x")
    swap(BODY, '<w:pStyle w:val="TKBody"/>', '<w:keepNext/><w:pStyle w:val="TKBody"/>')(parts)
    assert schema_errors(write_parts(parts))


FAULTS = {
    "undefined-style": swap(BODY, 'w:pStyle w:val="TKBody"', 'w:pStyle w:val="TKBodyy"'),
    "undefined-list": swap(BODY, '<w:ilvl w:val="1"/><w:numId w:val="1"/>', '<w:ilvl w:val="1"/><w:numId w:val="99"/>'),
    "empty-paragraph": swap(BODY, "<w:sectPr", '<w:p><w:pPr><w:pStyle w:val="TKBody"/></w:pPr></w:p><w:sectPr'),
    "heading-skipped": swap(BODY, 'w:pStyle w:val="Heading1"', 'w:pStyle w:val="Heading3"'),
    "typed-number": swap(
        BODY,
        "<w:sectPr",
        '<w:p><w:pPr><w:pStyle w:val="TKBody"/></w:pPr><w:r><w:t>1.1 Punkt</w:t></w:r></w:p><w:sectPr',
    ),
    "direct-formatting": swap(BODY, '<w:pStyle w:val="TKBody"/>', '<w:pStyle w:val="TKBody"/><w:jc w:val="center"/>'),
    "table-structure": swap(BODY, "<w:tblHeader/>", ""),
    "picture-without-text": swap(
        BODY,
        "<w:sectPr",
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="Logo"/></wp:inline></w:drawing></w:r></w:p><w:sectPr',
    ),
    "content-controls": swap(BODY, "<w:docPartObj>", '<w:tag w:val="a"/><w:tag w:val="a"/><w:docPartObj>'),
    "bookmarks": swap(BODY, 'w:name="_Toc000001"', 'w:name="_Toc-1"'),
    "dead-reference": swap(BODY, 'w:anchor="_Toc000002"', 'w:anchor="_Toc999999"'),
    "dead-relation": drop("word/_rels/document.xml.rels", r'<Relationship [^>]*hyperlink"[^>]*/>'),
    "fields": swap(BODY, '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>'),
    "comments": drop(BODY, r'<w:commentRangeEnd w:id="1"/>'),
    "language": swap("docProps/core.xml", "da-DK", "en-US"),
    "title": swap("docProps/core.xml", "<dc:title>Kontrakt</dc:title>", "<dc:title></dc:title>"),
    "asks-on-opening": swap(SETTINGS, "<w:compat>", "<w:updateFields/><w:compat>"),
    "leftovers": swap(SETTINGS, "</w:settings>", "<w:rsids/></w:settings>"),
    "duplicate bookmark": swap(BODY, 'w:name="_Toc000002"', 'w:name="_toc000001"'),
    "dirty field": swap(BODY, 'w:fldCharType="begin"', 'w:fldCharType="begin" w:dirty="true"'),
    "cell": drop(BODY, r"<w:cantSplit/>"),
    "order": swap("word/numbering.xml", "</w:numbering>", '<w:abstractNum w:abstractNumId="77"/></w:numbering>'),
}
CAUGHT_BY = {
    "duplicate bookmark": "bookmarks",
    "dirty field": "fields",
    "cell": "table-structure",
    "order": "undefined-list",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_lint_catches_a_planted_fault(fault: str) -> None:
    parts = read_parts(render(contract()), "x.docx")
    FAULTS[fault](parts)
    assert CAUGHT_BY.get(fault, fault) in {finding.split(":")[0] for finding in lint(write_parts(parts))}


def test_every_rule_of_the_lint_has_a_planted_fault() -> None:
    assert set(RULES) - {"zip-time"} == {CAUGHT_BY.get(fault, fault) for fault in FAULTS}


def test_the_same_tree_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from word_samples import contract, letter\n"
        "from word_template import danish_template\n"
        "from tenderkit.word import render\n"
        "both = render(contract()) + render(letter(), danish_template())\n"
        "print(hashlib.sha256(both).hexdigest())"
    )
    command = [sys.executable, "-c", script, str(Path(__file__).parent)]
    digests = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True
        ).stdout
        for seed in ("1", "4711")
    }
    assert len(digests) == 1


def test_the_properties_say_what_the_tree_says() -> None:
    data = render(contract())
    core = docx.Document(io.BytesIO(data)).core_properties
    assert (core.title, core.author, core.last_modified_by, core.language) == (
        "Kontrakt",
        "Nørreå Kommune",
        "Nørreå Kommune",
        "da-DK",
    )
    assert (core.keywords, core.comments, core.identifier) == ("udbud; sociale klausuler", "", "2026-114")
    assert str(core.created) == str(core.modified) == "2026-11-02 00:00:00+00:00"
    custom = read_parts(data, "x")["docProps/custom.xml"].decode()
    assert re.search(r'name="tenderkit.stamp"[^>]*><vt:lpwstr>2026-114/1<', custom)


def test_a_page_is_a4_with_reference_and_page_of_pages_below() -> None:
    section = docx.Document(io.BytesIO(render(english_conditions()))).sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)  # type: ignore[union-attr]
    footer = section.footer._element
    assert paragraph_text(footer) == "2026-114 · edition 1\tPage 1 of 1"
    assert [text.split()[0] for text in values(footer, ".//w:instrText/text()")] == ["PAGE", "NUMPAGES"]
    assert paragraph_text(section.header._element).startswith("Nørreå Kommune\tTender conditions")
    assert paragraph_text(section.first_page_header._element) == "Nørreå Kommune"


def test_a_draft_says_so_in_the_header_and_a_final_document_does_not() -> None:
    def header(document: Document) -> str:
        return paragraph_text(docx.Document(io.BytesIO(render(document))).sections[0].header._element)

    assert header(contract()).endswith("Udkast")
    assert "Udkast" not in header(contract(draft=False, notice=""))


def test_guidance_is_a_comment_in_a_draft_and_absent_from_a_final_document() -> None:
    draft = read_parts(render(contract()), "x")
    comments = etree.fromstring(draft["word/comments.xml"])
    assert set(values(comments, "//w:comment/@w:date")) == {"2026-11-02T00:00:00Z"}
    assert set(values(comments, "//w:comment/@w:author")) == {"Vejledning"}
    assert [paragraph_text(q) for q in find(comments, "//w:comment[1]/w:p")] == [
        "Beskriv kun det, der faktisk købes.",
        "Et større omfang kræver et nyt udbud.",
    ]
    assert len(find(comments, "//w:comment")) == 4
    final = read_parts(render(contract(draft=False)), "x")
    assert "word/comments.xml" not in final
    assert not any(b"Beskriv kun" in data or b"comment" in data.lower() for name, data in final.items() if name == BODY)


def test_a_missing_value_a_foreign_word_and_a_requirement_are_marked() -> None:
    root = xml(render(contract()))
    assert [paragraph_text(q) for q in find(root, "//w:p[.//w:rStyle[@w:val='TKMissing']]")] == [
        "[udfyldes ved kontraktindgåelse]"
    ]
    assert values(root, "//w:r[w:rPr/w:lang[@w:val='en-GB']]/w:t/text()") == ["ILO Convention No. 94"]
    assert values(root, "//w:r[w:rPr/w:rStyle[@w:val='TKRequirement']]/w:t/text()") == ["JG-3\u2002", "JG-4\u2002"]


def test_a_link_leads_outside_and_keeps_its_address() -> None:
    parts = read_parts(render(contract()), "x")
    key = values(etree.fromstring(parts[BODY]), "//w:hyperlink[@r:id]/@r:id")
    rels = etree.fromstring(parts["word/_rels/document.xml.rels"])
    targets = [e.get("Target") for e in rels if e.get("Id") in key and e.get("TargetMode") == "External"]
    assert targets == ["https://example.com/udbud?sag=2026&lot=1"]


def test_an_equation_is_mathematics_with_words_below() -> None:
    equation, below = find(
        xml(render(contract())), "//w:p[.//m:oMathPara] | //w:p[w:pPr/w:pStyle/@w:val='TKFormulaWords']"
    )
    assert "".join(values(equation, ".//m:t/text()")).startswith("S = 10")
    assert find(equation, ".//m:f/m:den")
    assert paragraph_text(below).startswith("Point = 10 gange")


def test_a_table_is_as_wide_as_the_text_and_numbers_are_aligned_by_style() -> None:
    table = find(xml(render(contract())), "//w:tbl[w:tblPr/w:tblCaption/@w:val='Priser ekskl. moms']")[0]
    assert sum(int(width) for width in values(table, "./w:tblGrid/w:gridCol/@w:w")) == 9070
    assert values(table, "./w:tr[2]//w:pStyle/@w:val") == [
        "TKTableText",
        "TKTableText",
        "TKTableCenter",
        "TKTableNumber",
        "TKTableNumber",
    ]
    assert find(table, "./w:tr[last()]//w:r/w:rPr/w:b")
    assert not find(table, "./w:tr[2]//w:r/w:rPr/w:b")


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.integers(1000, 20000))
def test_columns_divide_the_width_exactly(parts: list[int], total: int) -> None:
    assert sum(shares(parts, total)) == total


@given(st.lists(st.tuples(st.integers(100, 3000), st.integers(0, 3000)), min_size=1, max_size=8))
def test_a_column_is_widened_only_where_others_have_room(columns: list[tuple[int, int]]) -> None:
    widths, needed = [width for width, _ in columns], [need for _, need in columns]
    made = fitted(widths, needed)
    assert sum(made) == sum(widths)
    if sum(needed) <= sum(widths):
        assert all(width >= need for width, need in zip(made, needed, strict=True))


def test_page_breaks_and_neighbouring_tables_need_no_empty_paragraph() -> None:
    row = Fields("Data", (("a", a("b")),))
    table = Table("", "To", (Column("a"),), ((a("x"),),))
    data = render(simple(), None)
    assert lint(data) == []
    data = render(
        contract(blocks=(row, row, PageBreak(), table, PageBreak(), row, PageBreak()), cover=(), contents=False)
    )
    assert lint(data) == []
    root = xml(data)
    assert len(find(root, "//w:pageBreakBefore")) == 2
    assert (
        values(root, "//w:body/w:p[w:pPr/w:pStyle/@w:val='TKSeparator']/w:pPr/w:pStyle/@w:val") == ["TKSeparator"] * 4
    )


def test_namespaces_are_declared_once() -> None:
    data = read_parts(render(contract()), "x")[BODY].decode()
    assert data.count(f'xmlns:w="{W}"') == data.count("xmlns:m=") == 1


def test_text_without_a_number_below_a_point_stands_under_its_text() -> None:
    free = Paragraph(a("Uden nummer"))
    root = xml(render(contract(blocks=(h(1, "A"), free, p("Punkt"), free, h(1, "B"), free), cover=(), contents=False)))
    found = values(root, "//w:p[.//w:t='Uden nummer']/w:pPr/w:pStyle/@w:val")
    assert found == ["TKBody", "TKPointText", "TKBody"]


def test_a_short_table_stays_together_and_a_long_one_leaves_no_single_row() -> None:
    def kept(rows: int) -> list[bool]:
        table = Table("T", "", (Column("a"),), tuple((a(str(k)),) for k in range(rows)))
        root = xml(render(contract(blocks=(table,), cover=(), contents=False)))
        body = find(root, "//w:tbl/w:tr[not(w:trPr/w:tblHeader)]")
        return [bool(find(row, ".//w:keepNext")) for row in body]

    assert kept(3) == [True, True, False]
    assert kept(12) == [True, *[False] * 9, True, False]


def test_a_column_keeps_its_longest_word_whole() -> None:
    words = ("Leverandøren", "virksomhedspraktikaftale")
    table = Table(
        "T", "", (Column("x", 9), Column("Ansvarlig", 1), Column("Bevis", 1)), ((a("kort"), a(words[0]), a(words[1])),)
    )
    root = xml(render(contract(blocks=(table,), cover=(), contents=False)))
    first, second, third = (int(width) for width in values(root, "//w:gridCol/@w:w"))
    assert first > third > second > 1200
    assert first + second + third == 9070
