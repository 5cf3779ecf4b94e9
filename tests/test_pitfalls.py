"""The pitfall files: each pitfall of the catalogue once, and texts that name the values which the search gives."""

from __future__ import annotations

import string

import pytest
from scoring_builders import library

PITFALLS = library().ids("pitfall")


def test_every_pitfall_of_the_catalogue_is_there_once() -> None:
    numbers = sorted(library().pitfall(name).number for name in PITFALLS)
    assert numbers == [f"P{number:02}" for number in range(1, 23)]


@pytest.mark.parametrize("name", PITFALLS)
def test_the_finding_names_the_values_in_both_languages(name: str) -> None:
    pitfall = library().pitfall(name)
    assert len(set(pitfall.values)) == len(pitfall.values)
    for text in (pitfall.finding.da, pitfall.finding.en):
        assert in_braces(text) == set(pitfall.values)


@pytest.mark.parametrize("name", PITFALLS)
def test_no_other_text_has_braces(name: str) -> None:
    pitfall = library().pitfall(name)
    for both in (pitfall.title, pitfall.explains, pitfall.example):
        assert in_braces(both.da) == in_braces(both.en) == set()
        assert both.da != both.en
    for texts in (pitfall.remedy.da, pitfall.remedy.en):
        assert texts
        assert all(in_braces(text) == set() for text in texts)


def in_braces(text: str) -> set[str]:
    """Give the names in braces; a brace without a partner is an error."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
