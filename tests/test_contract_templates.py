"""The contract templates of tenders: each builds the cleaning tender, as a draft and signed, whole in both languages."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import yaml
from alike import said_by_all, users_of_parts
from assembly_builders import the_cleaning_bids
from cases import example_text, plan_of

from tenderkit import word
from tenderkit.assembly import tree
from tenderkit.assembly.agreement import AgreementContext
from tenderkit.assembly.context import Context
from tenderkit.assembly.document import assemble, check_references, missing, runs
from tenderkit.library import Library
from tenderkit.plan import AgreementPlan, Plan, make_agreement
from tenderkit.quantities import Language
from tenderkit.source import read_yaml
from tenderkit.tender import read_agreement

LIBRARY = Library()
LANGUAGES: tuple[Language, ...] = ("da", "en")
TEMPLATES = [item for item in LIBRARY.ids("contract") if "tender" in LIBRARY.contract(item).use]
SHARED = 3  # what as many templates say alike is a part
LONG = 60  # shorter paragraphs, such as "Desuden betyder:", may be repeated

# What the tender buys and which clauses it has, where that is more than the template proposes.
BOUGHT: dict[str, dict[str, Any]] = {
    "works-with-training": {"kind": "works", "cpv": ["45000000"], "transfer_of_undertaking": "no"},
    "light-regime": {"cpv": ["85312000"]},
    "small-service": {"options": [], "price_index": "", "transition": "", "transfer_of_undertaking": "no"},
}
ALSO: dict[str, list[str]] = {
    "cleaning-with-job-guarantee": ["trainee-quota"],
    "light-regime": ["reserved-light-regime"],
}

AGREEMENT = """
edition: 1
agreement:
  template: small-service
  title: Vinduespolering på rådhuset
  reference: 2026-7
  language: da
  reading_aid: en
  date: 2026-12-01
  purpose: at få vinduerne pudset af en lokal virksomhed med ordnede forhold
  subject: vinduespolering på rådhuset fire gange om året
parties:
  municipality:
    name: Egelund Kommune
    cvr: "12345678"
    address: Rådhustorvet 1, 9999 Egelund
    employment_unit: kommunens virksomhedsindgang
    contact: {role: serviceleder, name: Lone Fjeldskov, email: service@egelund.example, phone: "99 99 99 99"}
    signatory: {role: ejendomschef, name: Bodil Krogsgård}
    employment_contact: {role: virksomhedskonsulent, name: Amira Solvang, email: virksomhed@egelund.example}
    contract_manager: {role: serviceleder, name: Lone Fjeldskov, email: service@egelund.example}
  firm:
    name: Klarglas ApS
    cvr: "87654321"
    address: Engvej 1, 9999 Egelund
    contact: {role: driftsleder, name: Ib Holm, email: ib@klarglas.example, phone: "88 88 88 88"}
    signatory: {role: direktør, name: Gry Lund}
contract: {start: 2027-01-01, duration_months: 12, price_index: nettoprisindekset}
prices:
  A: {label: Vinduespolering, unit: months, price: 4_000, quantity: 12, payer: municipality, payee: firm}
clauses:
  - labour-clause: {agreement_identified: [den landsdækkende overenskomst for vinduespolering]}
  - staff-policy-retention
  - encouragement
"""


@cache
def plan(template: str) -> Plan:
    """Give the cleaning tender with a template and its clauses; what only the cleaning needs is left out elsewhere."""
    data: Any = read_yaml(example_text(), "tender.yaml").data
    data["contract_template"] = template
    data["contract"].update(BOUGHT.get(template, {}))
    given = {next(iter(item)): item for item in data["clauses"]}
    wanted = _with_required([*LIBRARY.contract(template).clauses, *ALSO.get(template, [])])
    data["clauses"] = [given.get(item) or {item: _examples(item)} for item in wanted]
    data["reasons"] = {}
    if "job-guarantee" not in wanted:
        del data["price_lines"]["T"], data["contract"]["volumes"]
        data["criteria"].pop("social")
        data["criteria"]["quality"]["weight"] = "50 %"
        data["award"]["ties"] = ["price", "lots-drawing"]
    return plan_of(yaml.dump(data, allow_unicode=True, sort_keys=False))


def _with_required(chosen: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(chosen))
    for item in found:  # what is added is looked at as well
        found += [other for other in LIBRARY.clause(item).requires if other not in found]
    return found


def _examples(clause: str) -> dict[str, Any]:
    parameters = LIBRARY.clause(clause).parameters
    return {name: item.example for name, item in parameters.items() if item.required and item.default is None}


@cache
def contract(template: str, language: Language, kind: str) -> tree.Document:
    """Give a template's contract on the lot Nord: a draft with guidance, a final draft, or signed with the winner."""
    bid = next(bid for bid in the_cleaning_bids()["nord"] if bid.admitted)
    winner = bid if kind == "signed" else None
    return assemble(template, Context(plan(template), language, kind == "draft", "nord", "2026-12-01", winner=winner))


@cache
def agreement() -> AgreementPlan:
    return make_agreement(*read_agreement(AGREEMENT, "agreement.yaml"), LIBRARY)


def documents(template: str) -> Iterator[tree.Document]:
    for language in LANGUAGES:
        for kind in ("draft", "final", "signed"):
            yield contract(template, language, kind)
        if "agreement" in LIBRARY.contract(template).use:
            yield assemble(template, AgreementContext(agreement(), language, draft=False, created="2026-12-01"))


def said(block: object) -> str:
    return "".join("#" if isinstance(run, tree.Ref) else run.text for run in runs([block]))


def numbers(block: tree.Block) -> list[str]:
    """Give the numbers that a block states, without the marks in which the languages differ."""
    texts = (run.text for run in runs([block]) if isinstance(run, tree.Text))
    return sorted(re.sub(r"[.,]", "", found) for text in texts for found in re.findall(r"\d[\d.,]*", text))


def names(document: tree.Document) -> list[str]:
    named = (tree.Heading, tree.Paragraph, tree.Annex)
    return [block.name for block in document.blocks if isinstance(block, named) and block.name]


def test_the_templates_of_the_catalogue_are_there() -> None:
    catalogue = {"cleaning-with-job-guarantee", "works-with-training", "small-service", "reserved-lot", "light-regime"}
    assert {"service-contract", *catalogue} <= set(TEMPLATES)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_contract_has_no_gap_and_no_dangling_reference(template: str) -> None:
    for document in documents(template):
        assert missing(document) == [], document.language
        assert check_references(document) == [], document.language


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_contract_has_no_empty_heading(template: str) -> None:
    for document in documents(template):
        blocks = [*document.blocks, None]
        empty = [
            said(block)
            for block, following in itertools.pairwise(blocks)
            if isinstance(block, tree.Heading)
            and (
                following is None
                or isinstance(following, tree.Annex)
                or (isinstance(following, tree.Heading) and following.level <= block.level)
            )
        ]
        assert empty == [], document.language


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_point_ends_in_a_full_stop(template: str) -> None:
    for document in documents(template):
        blocks = [*document.blocks, None]
        for block, following in itertools.pairwise(blocks):
            if isinstance(block, tree.Paragraph):
                introduces = isinstance(following, (tree.ItemList, tree.Table))
                assert introduces or said(block).endswith("."), said(block)


@pytest.mark.parametrize("kind", ["draft", "final", "signed"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_both_languages_have_the_same_names_and_shape(template: str, kind: str) -> None:
    danish, english = (contract(template, language, kind) for language in LANGUAGES)
    assert names(danish) == names(english)
    assert [type(block) for block in danish.blocks] == [type(block) for block in english.blocks]
    comments = [[len(getattr(block, "guidance", ())) for block in document.blocks] for document in (danish, english)]
    assert comments[0] == comments[1]
    for one, other in zip(danish.blocks, english.blocks, strict=True):
        assert numbers(one) == numbers(other), said(one)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_complete_main_text_stands_before_the_annexes(template: str, language: Language) -> None:
    document = contract(template, language, "final")
    first = next(i for i, block in enumerate(document.blocks) if isinstance(block, tree.Annex))
    main = replace(document, blocks=document.blocks[:first])
    asked = {
        *("basis", "service", "term", "options", "subcontractors", "contacts", "quality", "control", "prices"),
        *("indexation", "payment", "changes", "data", "social", "breach", "reduction", "penalties", "termination"),
        *("procurement-end", "force-majeure", "exit", "entry"),
    }
    assert asked - set(names(main)) == set()
    assert isinstance(main.blocks[-1], tree.Signatures)
    annexes = [block.name for block in document.blocks if isinstance(block, tree.Annex)]
    assert annexes == ["social-annex", "price-annex", "duty-annex", "penalty-annex"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_guidance_stands_in_a_draft_alone(template: str) -> None:
    for language in LANGUAGES:
        assert any(getattr(block, "guidance", ()) for block in contract(template, language, "draft").blocks)
        assert not any(getattr(block, "guidance", ()) for block in contract(template, language, "signed").blocks)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_contract_can_be_set_in_word(template: str) -> None:
    for language in LANGUAGES:
        assert word.render(contract(template, language, "signed"))


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_says_what_it_is_for_and_proposes_clauses_of_the_library(template: str) -> None:
    definition = LIBRARY.contract(template)
    assert definition.description
    assert definition.use_when
    assert definition.not_when
    for texts in (definition.use_when, definition.not_when):
        assert len(texts["da"]) == len(texts["en"]) > 0
    assert set(definition.clauses) <= set(LIBRARY.ids("clause"))
    assert all(definition.clauses.values()), "a clause is proposed with a reason"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_three_contracts_say_alike_is_one_part(language: Language) -> None:
    assert said_by_all(TEMPLATES, language, long=LONG, shared=SHARED) == []
    users = users_of_parts(TEMPLATES, language, "contract-")
    assert users
    assert {part: count for part, count in users.items() if count < SHARED} == {}


def test_an_agreement_and_a_tender_have_their_own_prices() -> None:
    bought, agreed = (
        " ".join(map(said, document.blocks))
        for document in (
            contract("small-service", "da", "signed"),
            assemble("small-service", AgreementContext(agreement(), "da", draft=False)),
        )
    )
    assert "offentliggjort i udbudsmaterialet" in bought
    assert "offentliggjort i udbudsmaterialet" not in agreed
    assert "4.000 kr. pr. måned" in agreed.replace("\u00a0", " ")
