"""The reading aid: the officer's own words translated by their place or by themselves."""

from __future__ import annotations

import pytest
from cases import cleaning, example_text, plan_of

from tenderkit.api.documents import package_documents
from tenderkit.assembly import tree
from tenderkit.assembly.document import runs
from tenderkit.plan import translated
from tenderkit.problems import TenderkitError


def test_a_text_is_translated_by_its_place_and_by_its_words() -> None:
    made = translated(cleaning(), "en").tender
    assert made.tender.title == "Cleaning and training with a job guarantee"
    assert made.lot("nord").title == "North"
    assert made.lot("syd").places[0].frequency == "every school day"
    assert made.contract.options[0].title == "prolongation by 12 months on unchanged terms"
    assert made.tender.language == "da"


def test_a_translation_changes_no_number() -> None:
    danish, english = cleaning(), translated(cleaning(), "en")
    for lot, spec in danish.specs.items():
        other = english.specs[lot]
        assert [line.quantity for line in spec.price_lines] == [line.quantity for line in other.price_lines]
        assert [(leaf.share, leaf.floor, leaf.cap) for leaf in spec.leaves()] == [
            (leaf.share, leaf.floor, leaf.cap) for leaf in other.leaves()
        ]


def test_the_tenders_own_language_needs_no_translation() -> None:
    plan = cleaning()
    assert translated(plan, "da") is plan


def test_a_translation_of_nothing_is_told_with_its_line() -> None:
    text = example_text().replace("  hver skoledag: every", "  hver skoldag: every")
    with pytest.raises(TenderkitError) as error:
        translated(plan_of(text), "en")
    (problem,) = error.value.problems
    assert problem.id == "unknown-translation"
    assert problem.place.line == text[: text.index("hver skoldag")].count("\n") + 1


def test_only_names_stay_danish_in_the_reading_aid_of_the_cleaning_case() -> None:
    left = {
        run.text
        for document in package_documents(cleaning(), draft=False)
        if document.language == "en"
        for run in runs(document.blocks)
        if isinstance(run, tree.Text) and run.language == "da"
    }
    assert left
    sentences = {text for text in left if " " in text and text.endswith(".")}
    assert not sentences
