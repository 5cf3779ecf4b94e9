"""Agreements outside a tender: the parties' own terms, shared parts, every template and example, gaps, and the command."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from assembly_builders import a_context, a_plan, of_lot, the_cleaning_case
from assembly_reading import said, tables
from cases import EXAMPLE, ROOT, example_text, templates
from click.testing import CliRunner

import tenderkit
from tenderkit.api import awarding, loading
from tenderkit.api.agreement_text import scalar
from tenderkit.api.agreements import agreement_documents, agreement_problems
from tenderkit.api.questions import Question, questions
from tenderkit.assembly import blocks, tree
from tenderkit.assembly.agreement import AgreementContext
from tenderkit.assembly.document import applies, assemble, check_references, missing, runs
from tenderkit.assembly.terms import in_own_terms
from tenderkit.calculation.financing import Financing
from tenderkit.case.lock import content_of
from tenderkit.cli import main
from tenderkit.library import FrozenContent, Library
from tenderkit.library.parts import parts_of, whole
from tenderkit.plan import AgreementPlan, Plan, make_agreement, make_plan
from tenderkit.plan.agreement import fits_agreements
from tenderkit.problems import Problem, TenderkitError, has_errors
from tenderkit.quantities import Language
from tenderkit.source import read_yaml
from tenderkit.tender import read_agreement, read_tender

LIBRARY = Library()
LANGUAGES: tuple[Language, Language] = ("da", "en")
TEMPLATES = templates("agreement")
EXAMPLES = sorted((ROOT / "examples").glob("*/agreement.yaml"))
FIXED = {"da": r"\b(Ordregiver|Leverandør)", "en": r"\b(Contracting Authorit|Suppliers?\b)"}
BARE = """
edition: 1
agreement: {template: placement-agreement, date: 2026-12-01}
parties:
  municipality: {name: Egelund Kommune, cvr: "11223344", address: "Torvet 1, 9999 Egelund"}
"""
PRICES = """
prices:
  A: {label: Vejledning, unit: hour, price: 312.50, quantity: 100, payer: municipality, payee: firm}
  B: {label: Kørsel, unit: day, price: 200, payer: firm, payee: municipality, invoicing: Hver måned.}
"""


def plan_of(text: str, library: Library = LIBRARY) -> AgreementPlan:
    agreement, source = read_agreement(text)
    return make_agreement(agreement, source, library)


def problems_of(text: str) -> list[Problem]:
    try:
        plan = plan_of(text)
    except TenderkitError as error:
        return list(error.problems)
    return agreement_problems(plan, agreement_documents(plan, draft=False))


def example(parameter: Any) -> Any:
    return parameter.default if parameter.default is not None else parameter.example


def filled(identifier: str, *, priced: bool) -> str:
    """Give an agreement of a template in which everything is said, as a file writes it."""
    template = LIBRARY.contract(identifier)
    person = {"role": "leder", "name": "Anna Lind", "email": "al@egelund.example", "phone": "99 99 00 00"}
    party = {"name": "Part X", "cvr": "12345678", "address": "Vej 1", "employment_unit": "Job", "contact": person}
    roles = list(template.parties)
    price = {"label": "Ydelse", "unit": "hour", "price": "100", "quantity": "2", "payer": roles[0], "payee": roles[-1]}
    clauses = [
        {name: {key: example(item) for key, item in LIBRARY.clause(name).parameters.items() if item.default is None}}
        for name in template.clauses
    ]
    return json.dumps(
        {
            "edition": "1",
            "agreement": {
                "template": identifier,
                "date": "2026-12-01",
                "title": "T",
                "reference": "R",
                "purpose": "P",
                "subject": "S",
            },
            "parties": dict.fromkeys(roles, party),
            "contract": {"start": "2027-01-01", "duration_months": "12"},
            "prices": {"A": price} if priced else {},
            "values": {name: example(item) for name, item in template.parameters.items()},
            "clauses": [name if not values[name] else values for values in clauses for name in values],
        }
    )


def text_of(document: tree.Document) -> str:
    headings = [run for block in document.blocks if isinstance(block, tree.Heading) for run in block.content]
    return "".join(run.text if isinstance(run, tree.Text) else " " for run in [*runs(document.blocks), *headings])


# The parties' own terms


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("da", "Leverandøren skal. Leverandørens frist.", "Socialvirksomheden skal. Socialvirksomhedens frist."),
        ("da", "Ordregiveren og Leverandøren", "Virksomheden og Socialvirksomheden"),
        ("da", "Leverandører, Underleverandøren og ordregiverens", "Leverandører, Underleverandøren og ordregiverens"),
        ("en", "The Supplier's and the Supplier", "The Social Enterprise's and the Social Enterprise"),
        ("en", "the Contracting  Authority. The\nSupplier", "the Firm. The Social Enterprise"),
        ("en", "the Suppliers and a Supplier", "the Suppliers and a Supplier"),
    ],
)
def test_the_parties_own_terms_replace_the_fixed_ones_as_whole_words(
    language: Language, text: str, expected: str
) -> None:
    own = {
        "da": {"Ordregiveren": "Virksomheden", "Leverandøren": "Socialvirksomheden"},
        "en": {"the Contracting Authority": "the Firm", "the Supplier": "the Social Enterprise"},
    }
    assert in_own_terms(text, own[language], language) == expected


def test_what_was_put_in_is_not_replaced_again() -> None:
    assert in_own_terms("Leverandøren", {"Leverandøren": "Ordregiveren", "Ordregiveren": "X"}, "da") == "Ordregiveren"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_duty_names_the_party_by_its_own_term(language: Language) -> None:
    context = AgreementContext(plan_of(filled("placement-agreement", priced=False)), language)
    expected = {
        "da": ["Kommunen", "Virksomheden", "Begge parter", "Virksomheden", "Alle parter"],
        "en": ["The Municipality", "The Firm", "Both parties", "The Firm", "All parties"],
    }
    assert [context.party(who) for who in ("authority", "supplier", "both", "firm", "all")] == expected[language]


# Shared parts


def content(**files: str) -> FrozenContent:
    found = {path: LIBRARY.text(path) for path in LIBRARY.content.paths()}
    return FrozenContent({**found, **{name.replace("__", "/"): text for name, text in files.items()}}, name="")


def test_a_part_stands_where_it_is_named_and_its_lines_are_known() -> None:
    files = {"contracts/a/da.md": "# A\n\n::: part b\n:::\n\nSlut\n", "parts/b/da.md": "# B\n\n{#b}\nTekst\n"}
    found = whole(FrozenContent(files), "contracts/a/da.md", "da")
    assert found.text == "# A\n\n# B\n\n{#b}\nTekst\n\n\nSlut\n"
    lines = found.text.splitlines()
    assert found.lines[lines.index("Tekst")] == ("parts/b/da.md", 4)
    assert found.lines[lines.index("Slut")] == ("contracts/a/da.md", 6)


def test_a_missing_part_is_a_problem_with_its_line() -> None:
    files = {"contracts/a/da.md": "# A\n\n::: part breech\n:::\n", "parts/breach/da.md": "x\n"}
    with pytest.raises(TenderkitError) as error:
        whole(FrozenContent(files), "contracts/a/da.md", "da")
    (problem,) = error.value.problems
    assert (problem.id, problem.place.line) == ("missing-part", 3)
    assert 'Did you mean "breach"?' in problem.help


def with_text(text: str) -> AgreementPlan:
    found = content()
    files = {**found.files, "contracts/placement-agreement/da.md": text}
    return plan_of(filled("placement-agreement", priced=False), Library(FrozenContent(files, name="")))


def test_a_point_that_a_part_brings_cannot_be_named_again() -> None:
    plan = with_text("# A\n\n{#damages}\nTekst.\n\n::: part damages\n:::\n")
    with pytest.raises(TenderkitError, match="repeated-name"):
        assemble("placement-agreement", AgreementContext(plan, "da"))


def test_a_mistake_in_a_part_is_told_in_the_part() -> None:
    found = {**content().files, "contracts/placement-agreement/da.md": "# A\n\n::: part damages\n:::\n"}
    found["parts/damages/da.md"] = "# B\n\nBeløbet er {{ no_such_name }}.\n"
    plan = plan_of(filled("placement-agreement", priced=False), Library(FrozenContent(found, name="")))
    with pytest.raises(TenderkitError) as error:
        assemble("placement-agreement", AgreementContext(plan, "da"))
    assert str(error.value.problems[0].place) == "clause_templates/parts/damages/da.md:3"


def test_every_part_is_used_and_every_point_has_both_languages() -> None:
    names = LIBRARY.ids("part")
    assert len(names) > 10
    paths = [f"contracts/{name}/{language}.md" for name in LIBRARY.ids("contract") for language in LANGUAGES]
    assert {part for path in paths for part in parts_of(LIBRARY.text(path))} == set(names)
    for name in names:
        danish, english = (LIBRARY.text(f"parts/{name}/{language}.md") for language in LANGUAGES)
        for pattern in (r"^\{#([a-z-]+)\}", r"\]\(#([^)]+)\)", r"\{[{%] *(?:if )?([a-z_.]+)"):
            both = [re.findall(pattern, text, re.MULTILINE) for text in (danish, english)]
            assert both[0] == both[1], (name, pattern)
        assert danish.count("\n\n") == english.count("\n\n"), name


def test_the_lock_of_a_tender_keeps_only_the_parts_that_its_contract_uses() -> None:
    plan = a_plan()
    text = LIBRARY.text("contracts/service-contract/da.md")
    used = set(parts_of(text))
    assert {path.split("/")[1] for path in content_of(plan) if path.startswith("parts/")} == used
    assert "damages" not in used
    text += "\n::: part damages\n:::\n"
    library = Library(FrozenContent({**content().files, "contracts/service-contract/da.md": text}, name=""))
    kept = content_of(make_plan(plan.tender, plan.source, library))
    assert {path.split("/")[1] for path in kept if path.startswith("parts/")} == {*used, "damages"}


# Every template


def test_the_search_finds_templates_and_examples() -> None:
    assert "placement-agreement" in TEMPLATES
    assert EXAMPLES


@pytest.mark.parametrize("priced", [True, False], ids=["priced", "unpriced"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("identifier", TEMPLATES)
def test_a_template_makes_a_whole_agreement_in_the_parties_own_terms(
    identifier: str, language: Language, priced: bool
) -> None:
    plan = plan_of(filled(identifier, priced=priced))
    document = assemble(identifier, AgreementContext(plan, language, draft=False, created="2026-12-01"))
    assert [*missing(document), *check_references(document)] == []
    text = text_of(document)
    assert not re.search(r"\{[{%#]|:::", text)
    fixed = LIBRARY.vocabulary.party_terms
    own = {role.standing: role.term for role in plan.template.parties.values() if role.standing}
    if set(own) == set(fixed) and not any(own[key].da == fixed[key].da for key in own):
        assert not re.findall(FIXED[language], text)
    for block in document.blocks:
        if isinstance(block, tree.Paragraph):
            shown = "".join(run.text if isinstance(run, (tree.Text, tree.Link)) else "1" for run in block.content)
            assert "  " not in shown, shown
            assert " ." not in shown, shown
    assert any(isinstance(block, tree.Signatures) for block in document.blocks)


@pytest.mark.parametrize("identifier", TEMPLATES)
def test_what_a_template_names_is_there(identifier: str) -> None:
    template = LIBRARY.contract(identifier)
    assert template.topic in LIBRARY.vocabulary.topics
    assert template.use_when
    assert template.not_when
    for texts in (template.use_when, template.not_when):
        assert len(texts.da) == len(texts.en) > 0
    for name in template.clauses:
        assert fits_agreements(LIBRARY.clause(name)), name
    texts_of = [LIBRARY.whole(f"contracts/{identifier}/{language}.md", language).text for language in LANGUAGES]
    for name, parameter in template.parameters.items():
        assert parameter.unit in {"", *LIBRARY.vocabulary.units}
        assert example(parameter) is not None or not parameter.required, f"{name} must have a default or an example"
        assert all(re.search(rf"\b{name}\b", text) for text in texts_of), name
    for role in template.parties.values():
        assert role.term.en.startswith("the ")


# Every example


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_is_built_to_a_final_agreement(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    tenderkit.new(folder, example=path.parent.name)
    checked = tenderkit.check(folder)
    assert not has_errors(checked.problems), [str(problem) for problem in checked.problems]
    built = tenderkit.build(folder, final=True, page_numbers="no")
    files = [folder / item.path for item in built.files if item.path.endswith(".docx")]
    assert files
    for file in files:
        text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(file.read_bytes())).paragraphs)
        assert not re.search(r"\[(Indsæt|Insert)|\[udfyldes", text)
        assert "{{" not in text
    state = tenderkit.status(folder).data["status"]
    assert (state["state"], state["edition"]) == ("published", 1)


def placement(folder: Path) -> Path:
    tenderkit.new(folder, example="placement")
    return folder


def test_a_final_agreement_is_made_once_for_each_edition(tmp_path: Path) -> None:
    folder = placement(tmp_path / "case")
    tenderkit.build(folder, final=True, page_numbers="no")
    with pytest.raises(TenderkitError, match="already-published"):
        tenderkit.build(folder, final=True, page_numbers="no")
    file = folder / "agreement.yaml"
    text = file.read_text(encoding="utf-8").replace("duration_months: 24", "duration_months: 36")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TenderkitError, match="edition: 2"):
        tenderkit.build(folder, final=True, page_numbers="no")
    file.write_text(text.replace("edition: 1", "edition: 2", 1), encoding="utf-8")
    tenderkit.build(folder, final=True, page_numbers="no")
    kept = json.loads((folder / "published" / "2" / "lock.json").read_text(encoding="utf-8"))
    assert "clauses/work-placement/da.md" in kept["content"]
    assert "parts/damages/da.md" in kept["content"]
    assert not any(name.startswith(("documents/", "models/")) for name in kept["content"])
    assert sorted(item.name for item in (folder / "published").iterdir()) == ["1", "2"]


def test_a_tenders_commands_say_that_the_folder_holds_an_agreement(tmp_path: Path) -> None:
    folder = placement(tmp_path / "case")
    for command in (tenderkit.bids, tenderkit.score, tenderkit.report, tenderkit.contract):
        with pytest.raises(TenderkitError, match="holds an agreement"):
            command(folder)
    shutil.copy(EXAMPLE / "tender.yaml", folder)
    with pytest.raises(TenderkitError, match="two-cases"):
        tenderkit.check(folder)


# Gaps and problems


def test_a_draft_shows_what_lacks_and_a_final_agreement_tells_all_of_it_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "agreement.yaml").write_text(BARE, encoding="utf-8")
    draft = tenderkit.build(tmp_path, page_numbers="no")
    assert draft.ok
    assert (tmp_path / "draft" / "Praktikaftale.docx").is_file()
    with pytest.raises(TenderkitError) as error:
        tenderkit.build(tmp_path, final=True, page_numbers="no")
    told = {problem.place.label: problem for problem in error.value.problems}
    assert {"firm", "contract.start", "contract.duration_months", "workplaces", "functions"} <= set(told)
    assert told["parties.municipality.employment_unit"].place.line == BARE.splitlines().index("parties:") + 2
    assert "Which firm" in told["firm"].help
    assert not any(label.startswith("parties.firm") for label in told), "a missing party is told once"
    assert not (tmp_path / "published").exists()


@pytest.mark.parametrize(
    ("old", "new", "identifier", "advice"),
    [
        ("template: placement-agreement", "template: placement-agrement", "unknown-contract", "placement-agreement"),
        ("template: placement-agreement", "template: service-contract", "template-for-tenders-only", ""),
        ("  municipality:", "  municipalty:", "unknown-party", 'Did you mean "municipality"?'),
        ("municipality: {name: Egelund Kommune", "municipality: {nme: Egelund", "unknown-key", 'Did you mean "name"?'),
        ("\nparties:", "\nvalues: {workplace: [a]}\nparties:", "unknown-parameter", 'Did you mean "workplaces"?'),
        ("\nparties:", "\nclauses: [contact-persn]\nparties:", "unknown-clause", 'Did you mean "contact-person"?'),
        ("\nparties:", "\nclauses: [social-award-criterion]\nparties:", "clause-for-tenders-only", "Leave it out"),
        ("\nparties:", "\nvalues: {status_months: 99}\nparties:", "wrong-value", ""),
        (
            "\nparties:",
            "\nprices: {A: {label: x, unit: hour, payer: firms, payee: firm}}\nparties:",
            "unknown-party",
            'Did you mean "firm"?',
        ),
        (
            "\nparties:",
            "\nprices: {A: {label: x, unit: hour, payer: firm, payee: firm}}\nparties:",
            "payment-to-itself",
            "Change one",
        ),
        ("Torvet 1", "020180-1234", "personal-number", "delete"),
        ("Torvet 1", "Jobcenter, Torvet 1", "outdated-term", "Write"),
    ],
)
def test_what_does_not_fit_is_told(old: str, new: str, identifier: str, advice: str) -> None:
    assert old in BARE
    found = [problem for problem in problems_of(BARE.replace(old, new, 1)) if problem.id == identifier]
    assert found
    assert advice in found[0].help
    assert found[0].place.file == "agreement.yaml"
    assert found[0].place.line


def test_several_parties_in_one_role_need_a_template_that_allows_it() -> None:
    two = "\n  firm: [{name: A, cvr: '1', address: a}, {name: B, cvr: '2', address: b}]\n"
    assert "too-many-parties" in {problem.id for problem in problems_of(BARE + two)}
    path = "contracts/placement-agreement/contract.yaml"
    several = LIBRARY.text(path).replace("    as: supplier\n", "    as: supplier\n    several: yes\n")
    library = Library(FrozenContent({**content().files, path: several}, name=""))
    context = AgreementContext(plan_of(BARE + two, library), "da")
    assert "A, CVR-nr. 1, a (Virksomheden)" in said(blocks.make("parties", "", "", context, ""))
    signers = [signer for block in blocks.make("signatures", "", "", context, "") for signer in block.parties]  # type: ignore[union-attr]  # signatures
    assert len(signers) == 3
    assert context.names()["many_parties"]


def test_a_tender_cannot_choose_a_template_for_agreements() -> None:
    written = re.sub(r"(?m)^contract_template:.*$", "", example_text())
    tender, source = read_tender(written + "\ncontract_template: placement-agreement\n")
    with pytest.raises(TenderkitError, match="template-for-agreements-only"):
        make_plan(tender, source, LIBRARY)


def test_a_block_of_a_tender_is_refused_in_an_agreement_and_the_other_way_round() -> None:
    context = AgreementContext(plan_of(BARE), "da")
    for name in ("price-list", "bids", "timetable"):
        with pytest.raises(TenderkitError, match="block-elsewhere"):
            blocks.make(name, "", "", context, "x")
    with pytest.raises(TenderkitError, match="block-elsewhere"):
        blocks.make("agreed-prices", "", "", a_context(a_plan()), "x")


# Prices and financing


@pytest.mark.parametrize("language", LANGUAGES)
def test_agreed_prices_are_summed_exactly_for_each_payer(language: Language) -> None:
    firm = '  firm: {name: F, cvr: "1", address: A}\n'
    context = AgreementContext(plan_of(BARE + firm + PRICES), language)
    found = list(blocks.make("agreed-prices", "", "", context, ""))
    (table,) = tables(found)
    assert len(table.columns) == 6
    shown = [["".join(run.text for run in cell if isinstance(run, tree.Text)) for cell in row] for row in table.rows]
    total = {"da": "31.250\u00a0kr.", "en": "DKK\u00a031,250"}[language]
    assert [row[-1] for row in shown] == [total, "–", total]
    assert "Hver måned." in said(found)
    none = said(blocks.make("agreed-prices", "", "", AgreementContext(plan_of(BARE), language), ""))
    assert none.count(".") == 1


@pytest.mark.parametrize(
    ("payment", "said_of_it", "month"),
    [
        ("14000", "går finansieringen lige op", "0\u00a0kr."),
        ("14500", "overskud på 1.500", "+1.500\u00a0kr."),
        ("13000.50", "underskud på 2.998,50", "−2.998,50\u00a0kr."),
    ],
)
def test_the_financing_of_three_parties_is_reckoned_with_its_sign(payment: str, said_of_it: str, month: str) -> None:
    plan = three_parties(payment)
    found = list(blocks.make("financing", "partnership-three-party", "", AgreementContext(plan, "da"), ""))
    (table,) = tables(found)
    assert said_of_it in said(found).replace("\u00a0kr.", "")
    assert "".join(run.text for run in table.rows[-1][-1] if isinstance(run, tree.Text)) == month
    gap = [problem.id for problem in agreement_problems(plan, [])]
    assert ("financing-gap" in gap) == (Decimal(payment) < 14_000)


def three_parties(payment: str) -> AgreementPlan:
    numbers = "citizens: 3, overhead_per_hour: 20, temp_hours_month: 150, support_cost_month: 45000"
    given = f"{numbers}, municipal_payment_month: {payment}" if payment else "citizens: 3"
    return plan_of(BARE + f"clauses: [{{partnership-three-party: {{{given}}}}}]\n")


def test_a_financing_without_its_numbers_is_open() -> None:
    plan = three_parties("")
    (block,) = blocks.make("financing", "partnership-three-party", "", AgreementContext(plan, "da"), "")
    assert isinstance(block, tree.Paragraph)
    gaps = [run.gap for run in block.content if isinstance(run, tree.Text) and run.missing]
    assert gaps == ["municipal_payment_month", "support_cost_month"]
    with pytest.raises(TenderkitError, match="unknown-block"):
        blocks.make("financing", "contact-person", "", AgreementContext(plan, "da"), "")


def test_the_financing_of_a_term_is_the_months_times_the_month() -> None:
    reckoned = Financing(3, Decimal("13000.50"), 20, 150, 45_000)
    assert reckoned.over(12) == 12 * reckoned.balance_month == -35982


# contract new


def ask_with(answers: Mapping[tuple[Any, ...], list[str]], asked: list[tuple[Question, str]]) -> Any:
    left = {path: list(values) for path, values in answers.items()}

    def ask(question: Question, wrong: str) -> str:
        asked.append((question, wrong))
        given = left.get(question.path)
        return given.pop(0) if given else question.default

    return ask


def test_new_asks_until_an_answer_fits_and_writes_a_file_to_go_on_with(tmp_path: Path) -> None:
    asked: list[tuple[Question, str]] = []
    answers = {
        ("agreement", "title"): ["Praktik: på havnen"],
        ("parties", "firm", "name"): ["Bageriet # 1"],
        ("parties", "firm", "cvr"): ["01234567"],
        ("contract", "start"): ["snart", "2027-02-01"],
        ("values", "workplaces"): ["Havnen, Torvet"],
        ("values", "status_months"): ["99", "4"],
    }
    folder = tmp_path / "new"
    outcome = tenderkit.contract_new("placement-agreement", folder, ask=ask_with(answers, asked))
    assert outcome.ok
    assert [item.path for item in outcome.files] == ["agreement.yaml", "draft/Praktikaftale.docx"]
    again = [(question.path, wrong) for question, wrong in asked if wrong]
    assert [path for path, _ in again] == [("contract", "start"), ("values", "status_months")]
    assert "above 12" in again[1][1]
    written = read_agreement((folder / "agreement.yaml").read_text(encoding="utf-8"))[0]
    assert written.agreement.title == "Praktik: på havnen"
    assert (written.parties["firm"][0].name, written.parties["firm"][0].cvr) == ("Bageriet # 1", "01234567")
    assert written.values == {"workplaces": ["Havnen", "Torvet"], "status_months": "4"}
    assert str(written.contract.start) == "2027-02-01"
    assert list(written.clauses or {}) == list(LIBRARY.contract("placement-agreement").clauses)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("identifier", TEMPLATES)
def test_a_file_made_without_answers_can_be_read_and_shows_every_value(
    identifier: str, language: Language, tmp_path: Path
) -> None:
    outcome = tenderkit.contract_new(identifier, tmp_path / "new", language=language)
    assert outcome.ok, [str(problem) for problem in outcome.problems]
    text = (tmp_path / "new" / "agreement.yaml").read_text(encoding="utf-8")
    template = LIBRARY.contract(identifier)
    for name in template.clauses:
        assert all(re.search(rf"\b{key}:", text) for key in LIBRARY.clause(name).parameters), name
    assert max(map(len, text.splitlines())) <= 200


def test_clauses_are_asked_only_for_what_has_no_default() -> None:
    asked = {question.path for question in questions("three-party", LIBRARY, "da") if question.path[0] == "clauses"}
    assert ("clauses", "partnership-three-party", "support_cost_month") in asked
    assert ("clauses", "partnership-three-party", "citizens") not in asked


def test_the_term_is_asked_for_only_where_the_text_prints_it() -> None:
    asked = {name: {question.path for question in questions(name, LIBRARY, "da")} for name in LIBRARY.ids("contract")}
    assert ("contract", "duration_months") in asked["placement-agreement"]
    assert ("contract", "duration_months") not in asked["partnership-supplier"]


def test_a_file_is_taken_as_it_is_or_refused_before_anything_is_written(tmp_path: Path) -> None:
    source = ROOT / "examples" / "placement" / "agreement.yaml"
    tenderkit.contract_new("placement-agreement", tmp_path / "a", source=source)
    assert (tmp_path / "a" / "agreement.yaml").read_bytes() == source.read_bytes()
    with pytest.raises(TenderkitError, match="case-exists"):
        tenderkit.contract_new("placement-agreement", tmp_path / "a", source=source)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(BARE + "values: {x: 1}\n", encoding="utf-8")
    with pytest.raises(TenderkitError, match="unknown-parameter"):
        tenderkit.contract_new("placement-agreement", tmp_path / "b", source=wrong)
    with pytest.raises(TenderkitError, match="template-for-tenders-only"):
        tenderkit.contract_new("service-contract", tmp_path / "b")
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    "text", ["no", "12:00", "0123", "1.234", "a: b", "# x", "", " x", "Ærø", '"', "- a", "2027-01-01", "{a}", "null"]
)
def test_every_answer_comes_back_as_it_was_given(text: str) -> None:
    assert read_yaml(f"a: {scalar(text)}\nb: {scalar([text, 'x'])}\n", "x").data == {"a": text, "b": [text, "x"]}


def run(*arguments: object, typed: str = "") -> Any:
    return CliRunner().invoke(main, [str(item) for item in arguments], input=typed, prog_name="tenderkit")


def test_the_command_asks_in_the_agreements_language_with_defaults(tmp_path: Path) -> None:
    result = run("contract", "new", "placement-agreement", tmp_path / "a", typed="Min aftale\n" + "\n" * 60)
    assert result.exit_code == 0, result.output
    assert "Hvilken kommune indgår aftalen?" in result.output
    assert "Hvor mange måneder varer aftalen? [12]" in result.output
    assert "title: Min aftale" in (tmp_path / "a" / "agreement.yaml").read_text(encoding="utf-8")
    english = run("contract", "new", "placement-agreement", tmp_path / "b", "--language", "en", typed="\n" * 60)
    assert "Which firm receives people in placement?" in english.output


def test_the_list_names_parties_and_clauses() -> None:
    rows = {row["id"]: row for row in json.loads(run("contract", "list", "--format", "json").stdout)}
    assert rows["placement-agreement"]["parties"] == ["Kommune", "Virksomhed"]
    assert {"work-placement", "sanctions-ladder"} <= set(rows["placement-agreement"]["clauses"])
    assert rows["service-contract"]["use"] == ["tender"]
    assert "placement-agreement" in run("contract", "list").output


def test_anything_but_a_command_is_the_folder_of_a_tender(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    tenderkit.new(folder)
    for arguments in ((folder,), (folder, "--format", "json"), ("--format", "json", folder)):
        result = run("contract", *arguments)
        assert result.exit_code == 1
        assert "not-published" in result.output
    assert "not-a-case" in run("contract", tmp_path).output


# Documents with a condition, for the file, and for following up

TEXT = "# Notat\n\nUdbuddet {{ tender.reference }}.\n"
DOCUMENT = "title: {da: Notat, en: Note}\nfile: {da: Notat, en: Note}\nedition: 1\nnumbering: headings\n"


def with_document(stage: str, more: str = "") -> Library:
    found = content(
        documents__note__da_md=TEXT,
        documents__note__en_md=TEXT,
        documents__note__document_yaml=f"{DOCUMENT}stage: {stage}\n{more}",
    ).files
    return Library(
        FrozenContent({re.sub(r"note/(\w+)_(\w+)$", r"note/\1.\2", path): x for path, x in found.items()}, "")
    )


def cleaning_with(library: Library, *changes: tuple[str, str]) -> Plan:
    text = example_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    tender, source = read_tender(text)
    return make_plan(tender, source, library)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("procedure.market_dialogue.held", True),
        ("omission", False),
        ("omission.reason", False),
        ("changes", False),
        ("", True),
    ],
)
def test_a_document_is_written_where_its_condition_is_true(when: str, expected: bool) -> None:
    library = with_document("file", f"per: tender\nwhen: {when}\n" if when else "per: tender\n")
    plan = cleaning_with(library)
    assert plan.tender.procedure.market_dialogue.held
    assert applies(library.document("note"), a_context(plan)) is expected


def test_a_condition_turns_with_the_tender() -> None:
    library = with_document("file", "per: tender\nwhen: omission\n")
    plan = cleaning_with(
        library, ("\nclauses:\n", "\ntraining_duty_omitted: {ground: safety, reason: Farligt}\nclauses:\n")
    )
    assert applies(library.document("note"), a_context(plan))
    assert applies(LIBRARY.document("correction-notice"), a_context(plan, facts={"changes": [{"path": "x"}]}))


def test_a_condition_on_a_name_that_is_not_there_is_a_problem() -> None:
    library = with_document("file", "per: tender\nwhen: procedure.market_dialog.held\n")
    with pytest.raises(TenderkitError, match='Did you mean "market_dialogue"'):
        applies(library.document("note"), a_context(cleaning_with(library)))


def test_a_document_for_the_file_is_written_and_never_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = with_document("file", "per: lot\n")
    monkeypatch.setattr(loading, "Library", lambda *_: library)
    tenderkit.new(tmp_path / "case")
    written = {item.path for item in tenderkit.build(tmp_path / "case", page_numbers="no").files}
    assert {"file/Notat_nord.docx", "file/Notat_syd.docx"} <= written
    assert not [path for path in written if path.startswith("draft/") and "Notat" in path]


@pytest.mark.parametrize(("per", "paths"), [("lot", ["contracts/nord/Notat_nord"]), ("tender", ["contracts/Notat"])])
def test_a_document_for_following_up_lies_beside_the_register(per: str, paths: list[str]) -> None:
    library = with_document("follow-up", f"per: {per}\n")
    case = the_cleaning_case()
    winner = case.results["nord"].winner
    assert winner
    plan = cleaning_with(library)
    context = of_lot(a_context(plan, draft=False, results=case.results), "nord", winner=winner.bid)
    found = [path for path in awarding._signed(plan, context) if "Notat" in path]
    assert found == [f"{path}.docx" for path in paths]
