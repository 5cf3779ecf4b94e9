"""Charts in Word: a picture with a caption, words for those who cannot see it, and the same bytes each time."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from PIL import Image
from word_samples import contract
from word_xml import xml

from tenderkit.assembly.tree import Document, Picture
from tenderkit.charts import Bars, Chart, Line, Lines, Part, png, svg
from tenderkit.package import read_parts
from tenderkit.word import render

CURVES = Lines(
    [Line("Lineær", [900.0, 1350.0, 1800.0], [10.0, 0.0, None]), Line("Forholdsmæssig", [900.0, 1800.0], [10.0, 5.0])],
    "Evalueringspris (kr.)",
    "Point",
    x_unit="money",
    marks=[(1350.0, "0 point")],
)
BARS = Bars(
    ["Pris", "Træning og jobgaranti"],
    [Part("Vægt", [0.5, 0.2]), Part("Andel af forskellene", [0.61, 0.125])],
    "Andel",
    unit="percent",
)


def with_picture(chart: Chart) -> Document:
    return replace(
        contract(), blocks=(Picture(chart, "Figur 1: Vægt & andel", "Prisen står for 61 % <af forskellene>."),)
    )


@pytest.mark.parametrize("chart", [CURVES, BARS, replace(BARS, stacked=True)])
def test_a_chart_is_the_same_bytes_each_time(chart: Chart) -> None:
    assert png(chart) == png(chart)
    assert svg(chart) == svg(chart)


def test_a_picture_stands_in_the_file_with_caption_and_words() -> None:
    data = render(with_picture(BARS))
    assert data == render(with_picture(BARS))
    parts = read_parts(data, "test.docx")
    pictures = [part for part in parts if part.startswith("word/media/")]
    assert len(pictures) == 1
    assert Image.open(io.BytesIO(parts[pictures[0]])).width == 1260
    about = [element.get("descr") for element in xml(data).iter() if str(element.tag).endswith("}docPr")]
    assert about == ["Prisen står for 61 % <af forskellene>."]
    assert "Figur 1: Vægt &amp; andel" in parts["word/document.xml"].decode().replace("\u00a0", " ")


def test_a_chart_has_the_numbers_of_its_language() -> None:
    danish, english = svg(BARS), svg(replace(BARS, language="en"))
    assert "12,5 %" in danish
    assert "12.5%" in english
    assert "1.000" in svg(CURVES)
    assert not re.search(r"<dc:date>", danish)
