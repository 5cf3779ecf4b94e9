"""The authority's own Word file as base: what is kept, what is dropped, what is refused."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import docx
import pytest
from docx_lint import lint
from lxml import etree
from office import convert, pdf_text, schema_errors, to_pdf
from word_samples import contract, english_conditions, letter
from word_template import danish_template
from word_xml import (
    BODY,
    SETTINGS,
    broken_caches,
    find,
    problem_ids,
    swap,
    values,
    xml,
)

from tenderkit.package import read_parts, write_parts
from tenderkit.problems import TenderkitError
from tenderkit.word import open_base, render


def test_a_danish_template_gives_its_styles_header_and_logo_and_loses_its_text() -> None:
    data = render(contract(), danish_template())
    parts = read_parts(data, "x")
    styles = set(values(etree.fromstring(parts[BODY]), "//w:pStyle/@w:val"))
    assert "Overskrift1" in styles
    assert "Heading1" not in styles
    assert "Skal ikke med" not in parts[BODY].decode()
    assert b"template.main" not in parts["[Content_Types].xml"]
    assert len([name for name in parts if name.startswith("word/media/")]) == 1, (
        "the header's logo, not the text's picture"
    )
    section = docx.Document(io.BytesIO(data)).sections[-1]
    assert section.header.paragraphs[0].text.startswith("Nørreå Kommune · Udbud og Indkøb")
    assert section.footer.paragraphs[0].text.startswith("Rådhuspladsen")
    assert "2026-114 · udgave 1" in section.footer.paragraphs[-1].text
    sheet = etree.fromstring(parts["word/styles.xml"])
    assert values(sheet, "//w:style[w:name/@w:val='TK Table Head']/w:rPr/w:color/@w:val") == ["7A1F3D"]
    assert not find(sheet, "//w:style[starts-with(w:name/@w:val, 'TK ')]/w:rPr/w:rFonts")
    assert values(sheet, "//w:docDefaults//w:lang/@w:val") == ["da-DK"]
    assert "tenderkit" not in str(styles)


def test_a_heading_of_the_contents_that_is_based_on_a_heading_is_not_numbered() -> None:
    sheet = xml(render(contract(), danish_template()), "word/styles.xml")
    contents = find(sheet, "//w:style[w:name/@w:val='TOC Heading']")[0]
    assert values(contents, "./w:basedOn/@w:val") == ["Overskrift1"]
    assert values(contents, "./w:pPr/w:numPr/w:numId/@w:val") == ["0"]


@pytest.mark.libreoffice
def test_a_base_saved_by_libreoffice_is_read_and_numbered_right() -> None:
    base = convert({"base.docx": render(contract())}, "docx")["base.docx"]
    data = render(english_conditions(), base)
    assert lint(data) == []
    assert schema_errors(data) == []
    text = re.sub(r"[ \u00a0]+", " ", pdf_text(to_pdf(broken_caches(data))))
    for line in ("1.1.1 Options", "2. Deadline", "see clause 2.", "Annex A Forms", "A.1 Price list", "Page 1 of"):
        assert line in text
    assert "Kontrakt" not in text, "the header of the earlier document is gone"


def test_a_document_of_ours_as_base_gives_the_same_document_again() -> None:
    once = render(letter(), render(contract()))
    section = docx.Document(io.BytesIO(once)).sections[-1]
    assert [q.text for q in section.footer.paragraphs] == ["2026-114\tSide\u00a01\u00a0af\u00a01"]
    assert "Kontrakt" not in section.header.paragraphs[0].text


def replaced(part: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({part: data})


def without(part: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        del parts[part]

    return change


def base_with(change: Callable[[dict[str, bytes]], None]) -> bytes:
    parts = read_parts(danish_template(template=False), "x")
    change(parts)
    return write_parts(parts)


MACRO_TYPE = swap(
    "[Content_Types].xml",
    "officedocument.wordprocessingml.document.main+xml",
    "ms-word.document.macroEnabled.main+xml",
)
UNUSABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "text": (lambda: b"no zip at all", "not-an-office-file"),
    "cut off": (lambda: danish_template()[:3000], "not-an-office-file"),
    "workbook": (lambda: write_parts({"[Content_Types].xml": b"<Types/>", "xl/w.xml": b"<x/>"}), "not-a-word-file"),
    "macros": (lambda: base_with(replaced("word/vbaProject.bin", b"x")), "base-has-macros"),
    "macro type": (lambda: base_with(MACRO_TYPE), "base-has-macros"),
    "broken XML": (lambda: base_with(replaced(BODY, b"<broken")), "not-a-word-file"),
    "other XML": (lambda: base_with(replaced(BODY, b"<a/>")), "not-a-word-file"),
    "other styles": (lambda: base_with(replaced("word/styles.xml", b"<a/>")), "not-a-word-file"),
    "entities": (lambda: base_with(replaced("word/styles.xml", b"<!DOCTYPE x><x/>")), "unsafe-office-file"),
    "no styles": (lambda: base_with(without("word/styles.xml")), "not-a-word-file"),
    "no settings": (lambda: base_with(without("word/settings.xml")), "not-a-word-file"),
    "bad numbering": (lambda: base_with(replaced("word/numbering.xml", b"<a/>")), "not-a-word-file"),
}


@pytest.mark.parametrize("fault", UNUSABLE)
def test_a_file_that_cannot_be_a_base_is_refused_with_a_reason(fault: str) -> None:
    make, problem = UNUSABLE[fault]
    with pytest.raises(TenderkitError) as error:
        open_base(make(), "kommune.docx")
    assert problem_ids(error) == {problem}
    assert error.value.problems[0].place.file == "kommune.docx"


def test_settings_that_ask_or_tell_too_much_are_dropped_from_a_base() -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts[SETTINGS] = re.sub(
            rb"(<w:settings[^>]*>)", rb"\1<w:trackRevisions/><w:updateFields/>", parts[SETTINGS], count=1
        )

    settings = xml(render(letter(), base_with(change)), SETTINGS)
    assert not find(settings, "./w:trackRevisions | ./w:updateFields | ./w:rsids | ./w:attachedTemplate")


def test_a_base_without_lists_gets_ours() -> None:
    def change(parts: dict[str, bytes]) -> None:
        del parts["word/numbering.xml"]
        for part, pattern in (
            ("word/_rels/document.xml.rels", rb'<Relationship [^>]*numbering.xml"[^>]*/>'),
            ("[Content_Types].xml", rb'<Override [^>]*numbering.xml"[^>]*/>'),
            ("word/styles.xml", rb"<w:numPr>.*?</w:numPr>"),
        ):
            parts[part], count = re.subn(pattern, b"", parts[part])
            assert count

    data = render(contract(), base_with(change))
    assert lint(data) == []
    assert len(find(xml(data, "word/numbering.xml"), "./w:abstractNum")) == 4


def test_the_base_keeps_headers_of_an_earlier_section() -> None:
    document = docx.Document(io.BytesIO(danish_template(template=False)))
    document.add_section()
    buffer = io.BytesIO()
    document.save(buffer)
    made = docx.Document(io.BytesIO(render(letter(), buffer.getvalue())))
    assert len(made.sections) == 1
    assert made.sections[0].header.paragraphs[0].text.startswith("Nørreå Kommune · Udbud")
