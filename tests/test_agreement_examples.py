"""Every example of an agreement in both languages, and what the agreements between private parties must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from alike import said_by_all, users_of_parts
from assembly_reading import rows, said, tables

from tenderkit.api.agreements import agreement_documents, agreement_problems
from tenderkit.assembly import tree
from tenderkit.assembly.document import check_references, missing
from tenderkit.library import Library
from tenderkit.plan import AgreementPlan, make_agreement
from tenderkit.quantities import Language
from tenderkit.tender import read_agreement

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/agreement.yaml"))
LIBRARY = Library()
FIXED = {"da": r"\b(Ordregiver|Leverandør)(en|ens)\b", "en": r"\b[Tt]he (Contracting Authority|Supplier)\b"}
# The buyer is a firm and the seller a social enterprise or a school: no municipality is a party.
PRIVATE = ("supplier", "in-house", "labour-shortage", "spin-off", "packing-and-welding")
TEMPLATES = (
    "partnership-supplier",
    "partnership-in-house",
    "partnership-labour-shortage",
    "partnership-spin-off",
    "subcontract",
)
LONG, SHARED = 200, 3
DANISH = re.compile(r"\b(og|eller|efter|skal|ikke|for|til|af|på|med|i|hos|uden|er)\b")
BOUGHT = {
    "supplier": ["10.188.000 kr."],
    "in-house": ["7.880.000 kr."],
    "labour-shortage": ["1.122.000 kr."],
    "packing-and-welding": ["1.510.800 kr."],
    "spin-off": ["7.940.000 kr.", "276.000 kr."],
}


@cache
def written(name: str) -> str:
    return (EXAMPLES / name / "agreement.yaml").read_text(encoding="utf-8")


def plan_of(text: str) -> AgreementPlan:
    agreement, source = read_agreement(text)
    return make_agreement(agreement, source, LIBRARY)


@cache
def documents(name: str) -> tuple[tree.Document, ...]:
    """Give the example's agreement in its language, then in the reading aid's."""
    return tuple(agreement_documents(plan_of(written(name)), draft=False))


@cache
def text_of(name: str, language: Language) -> str:
    """Give all that an example's agreement says, with hard spaces as spaces."""
    found = next(document for document in documents(name) if document.language == language)
    return said(found.blocks).replace("\u00a0", " ")


def point(name: str, wanted: str) -> str:
    """Give what a named point of the Danish agreement says."""
    blocks = [item for item in documents(name)[0].blocks if isinstance(item, tree.Paragraph) and item.name == wanted]
    assert len(blocks) == 1, wanted
    return said(blocks).replace("\u00a0", " ")


# Every example


def test_the_search_finds_the_examples() -> None:
    assert set(PRIVATE) <= set(NAMES)
    assert "placement" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_example_has_a_reading_aid_and_nothing_open_or_wrong(name: str) -> None:
    assert [document.language for document in documents(name)] == ["da", "en"]
    assert agreement_problems(plan_of(written(name)), documents(name)) == []
    for document in documents(name):
        assert [*missing(document), *check_references(document)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_heading_has_text_below_it(name: str) -> None:
    for document in documents(name):
        for block, following in zip(document.blocks, [*document.blocks[1:], None], strict=True):
            if isinstance(block, tree.Heading):
                deeper = isinstance(following, tree.Heading) and following.level > block.level
                ends = following is None or isinstance(following, (tree.Heading, tree.Annex))
                assert deeper or not ends, (document.language, said([block]))


@pytest.mark.parametrize("name", NAMES)
def test_no_placeholder_and_no_fixed_party_is_left(name: str) -> None:
    plan = plan_of(written(name))
    replaced = {role.standing for role in plan.template.parties.values()}
    for document in documents(name):
        text = said(document.blocks)
        assert not re.search(r"\{\{|\{%|:::|\[(Indsæt|Insert|udfyldes)", text)
        if {"authority", "supplier"} <= replaced:
            assert re.findall(FIXED[document.language], text) == []


def _leaves(node: object) -> Iterator[str]:
    """Give every text in a part of the officer's file."""
    if isinstance(node, str):
        yield node
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _leaves(item)


def _is_a_name(text: str) -> bool:
    """Tell whether a text is a firm's or an association's name, which no translation changes."""
    return all(word[:1].isupper() or DANISH.fullmatch(word) for word in text.split())


@pytest.mark.parametrize("name", NAMES)
def test_the_officers_own_words_are_translated_in_the_reading_aid(name: str) -> None:
    data = read_agreement(written(name))[1].data
    leaves = {
        text for key in ("agreement", "contract", "prices", "values", "clauses") for text in _leaves(data.get(key))
    }
    danish = {text for text in leaves if " " in text and DANISH.search(text) and not _is_a_name(text)}
    english = text_of(name, "en")
    assert [text for text in danish if text in english] == []


@pytest.mark.parametrize("name", PRIVATE)
def test_an_example_says_what_it_is_and_how_it_is_built(name: str) -> None:
    readme = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    assert f"    tenderkit build examples/{name} --final\n" in readme


# Agreements between private parties


@pytest.mark.parametrize("name", PRIVATE)
def test_term_and_notice_are_stated_once(name: str) -> None:
    text = text_of(name, "da")
    assert len(re.findall(r"løber i \d+ måneder|Startdatoen og i \d+ måneder", text)) == (name != "spin-off")
    general = re.findall(r"opsige (?:Aftalen|samarbejdet|aftalen om Ydelserne) med \d+ måneders", text)
    assert len(general) == (name != "spin-off")
    assert len([item for item in documents(name)[0].blocks if getattr(item, "name", "") == "notice-of-end"]) == 1


@pytest.mark.parametrize("name", PRIVATE)
def test_a_private_buyer_gets_totals_and_no_case(name: str) -> None:
    assert "Kontraktrapporten må kun indeholde samlede tal" in point(name, "totals-only")
    assert "må ikke bede om oplysninger i Kontraktrapporten, der angår en enkelt" in text_of(name, "da")
    assert not re.search(r"skal tildele hver Omfattet person", text_of(name, "da"))
    assert "den ansvarlige kommunes virksomhedsindgang til oplysninger" in text_of(name, "da")
    assert "den ansvarlige kommune" in point(name, "case-channel-use")


@pytest.mark.parametrize("name", PRIVATE)
def test_a_word_of_tenders_in_an_annex_is_explained_or_set_aside(name: str) -> None:
    reading = point(name, "reading-of-annex")
    used = set(
        re.findall(r"tilbudsgivere|udbudsmaterialet?|tildelingen|point", text_of(name, "da").replace(reading, ""))
    )
    stems = ("tilbudsgivere", "udbudsmateriale", "tildeling", "point")
    assert used
    assert {stem for stem in stems if stem in reading} == set(stems)
    assert all(any(word.startswith(stem) for stem in stems) for word in used)


@pytest.mark.parametrize("name", PRIVATE)
def test_the_prices_add_up(name: str) -> None:
    (prices,) = [table for table in tables(documents(name)[0].blocks) if table.caption == "Aftalte priser"]
    sums = [row[-1].replace("\u00a0", " ") for row in rows(prices) if row[1] == "I alt"]
    assert sums == BOUGHT[name]


@pytest.mark.parametrize(("name", "letter"), [("supplier", "quality_annex: A"), ("in-house", "site_rules: A")])
def test_the_annex_that_a_clause_names_is_the_one_that_is_there(name: str, letter: str) -> None:
    assert letter in written(name)
    titles = {"supplier": "Kvalitetskrav", "in-house": "Regler for Arbejdsstedet"}
    first = next(block for block in documents(name)[0].blocks if isinstance(block, tree.Annex))
    assert first.title == titles[name]


def test_students_safety_and_teaching_come_before_everything_else() -> None:
    first = point("packing-and-welding", "students-first")
    assert "går forud for alle andre bestemmelser i Aftalen, også dem i Bilagene" in first
    assert "Kun Skolen er forpligtet til at levere" in point("packing-and-welding", "what-is-delivery")


def test_the_clock_of_a_spin_off_starts_at_the_takeover() -> None:
    assert "er Kontraktens start Overtagelsesdagen" in point("spin-off", "start-of-supply")
    assert "kan ikke opsiges" in point("spin-off", "notice-of-end")


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_three_of_the_templates_say_alike_is_one_part(language: Language) -> None:
    assert said_by_all(TEMPLATES, language, long=LONG, shared=SHARED) == []
    users = users_of_parts(TEMPLATES, language, "trade-")
    assert users
    assert {part: count for part, count in users.items() if count < SHARED} == {}
