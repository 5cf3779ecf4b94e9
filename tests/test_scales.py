"""The scales for evaluators: every level in words, in order, from the best possible to the minimum requirements."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from scoring_builders import library

from tenderkit.library.model import Scale
from tenderkit.problems import TenderkitError
from tenderkit.source import read_model, read_yaml

SCALES = library().ids("scale")
#: The lowest and the highest score of each scale that the catalogue names, and the step between scores.
ENDS = {
    "yes-no": (0, 1),
    "zero-to-three": (0, 3),
    "zero-to-five": (0, 5),
    "zero-to-eight": (0, 8),
    "zero-to-ten": (0, 10),
    "zero-to-hundred": (0, 100),
}


def test_the_scales_of_the_catalogue_are_there() -> None:
    assert {name: (int(library().scale(name).bottom), int(library().scale(name).top)) for name in SCALES} == ENDS


@pytest.mark.parametrize("name", SCALES)
def test_levels_stand_in_order_and_are_scores_that_may_be_given(name: str) -> None:
    scale = library().scale(name)
    scores = [level.score for level in scale.levels]
    assert scores == sorted(set(scores), reverse=True)
    assert set(scores) <= set(scale.scores)
    assert scale.step > 0
    assert scale.scores[0] == scale.bottom
    assert scale.scores[-1] == scale.top
    assert len({high - low for low, high in zip(scores[1:], scores, strict=False)}) == 1


@pytest.mark.parametrize("name", SCALES)
def test_every_level_has_a_text_of_its_own_in_both_languages(name: str) -> None:
    levels = library().scale(name).levels
    for texts in ([level.text.da for level in levels], [level.text.en for level in levels]):
        assert len(set(texts)) == len(texts)
        assert all(len(text) > 60 and text.endswith(".") for text in texts)
    assert all(level.text.da != level.text.en for level in levels)


@pytest.mark.parametrize("name", SCALES)
def test_the_ends_are_described(name: str) -> None:
    """The top is the best possible answer; the bottom meets the minimum requirements and nothing beyond them."""
    first, *_, last = library().scale(name).levels
    assert "bedst mulig" in first.text.da.lower()
    assert "best possible" in first.text.en.lower()
    assert "mindstekravene" in last.text.da
    assert "minimum requirements" in last.text.en


@pytest.mark.parametrize("name", SCALES)
def test_the_scale_says_whether_scores_between_levels_may_be_given(name: str) -> None:
    scale = library().scale(name)
    assert scale.between is not None
    assert scale.between.da != scale.between.en
    assert Fraction(scale.step).denominator == 1
    assert re.search(r"kun .*(hele karakterer|for nej)|ikke .*halve karakterer", scale.between.da, re.IGNORECASE)
    assert re.search(r"only .*(whole scores|for no)|half scores are not", scale.between.en, re.IGNORECASE)
    described = len(scale.levels) == len(scale.scores)
    assert described == bool(re.search(r"Hver karakter er beskrevet|Der gives kun 1", scale.between.da))


def test_the_scale_of_the_cleaning_case() -> None:
    scale = library().scale("zero-to-ten")
    assert [scale.bottom, scale.top, scale.step] == [0, 10, 1]
    assert [level.score for level in scale.levels] == [10, 8, 6, 4, 2, 0]
    assert scale.scores == tuple(range(11))
    openings = ["Bedst mulig", "God", "Tilfredsstillende", "Mindre tilfredsstillende", "Ringe", "Kun mindstekravene"]
    assert [level.text.da.partition(".")[0] for level in scale.levels] == openings


def test_a_scale_needs_two_levels() -> None:
    with pytest.raises(TenderkitError):
        read_model(Scale, read_yaml("{title: {da: a, en: b}, step: 1, levels: []}", "scale.yaml"))
