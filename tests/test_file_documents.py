"""The documents beside the package: report form, release form, omission note, market dialogue, and what they print."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from assembly_builders import TENDER, a_context, a_plan, bids, of_lot, the_cleaning_case, the_cleaning_plan
from assembly_reading import made, of_cell, rows, said, tables
from cases import EXAMPLE, cleaning, example_text, plan_of
from docx import Document
from test_assembly import BARE_END
from test_content import CLAUSES, plan_with

from tenderkit import word
from tenderkit.api.documents import file_documents, of_stage
from tenderkit.assembly import tree
from tenderkit.assembly.context import Context
from tenderkit.assembly.document import applies, assemble, check_references, missing
from tenderkit.assembly.duties import chosen_of, duty_number
from tenderkit.checks.words import find
from tenderkit.plan import Plan
from tenderkit.problems import TenderkitError
from tenderkit.quantities import Language

LANGUAGES: tuple[Language, ...] = ("da", "en")
FORMS = ("half-year-report", "release-request")
NOTES = ("omission-note", "market-dialogue")
QUOTA = example_text().partition("  - trainee-quota:\n")[2].partition("  - compensation")[0]
REASON = example_text().partition("  trainee-quota: >-\n")[2].partition("  compensation")[0]


@cache
def without_training(ground: str = "safety", more: str = "") -> Plan:
    """Give the cleaning tender in which the requirement of training is left out on a ground."""
    omitted = f"\ntraining_duty_omitted: {{ground: {ground}, reason: Stederne er sikrede.{more}}}\n\nstacking:"
    return cleaning(
        (f"  - trainee-quota:\n{QUOTA}", ""), (f"  trainee-quota: >-\n{REASON}", ""), ("\nstacking:", omitted)
    )


def signed(language: Language = "da", lot: str = "nord") -> Context:
    """Give the context of what is written with the winner of a lot."""
    winner = the_cleaning_case(language).results[lot].winner
    assert winner is not None
    return Context(the_cleaning_plan(), language, draft=False, lot=lot, winner=winner.bid, created="2027-02-25")


def noted(language: Language, plan: Plan) -> Context:
    return Context(plan, language, draft=False, created="2026-12-01")


def written(identifier: str, language: Language) -> tree.Document:
    """Give each of the four documents in a case in which it is written."""
    if identifier in FORMS:
        return assemble(identifier, signed(language))
    return assemble(identifier, noted(language, without_training() if identifier == "omission-note" else cleaning()))


def captioned(found: list[tree.Table] | tree.Document, caption: str) -> tree.Table:
    """Give the table with a caption; there is one."""
    all_tables = tables(found.blocks) if isinstance(found, tree.Document) else found
    (table,) = (table for table in all_tables if table.caption == caption)
    return table


# Whole documents


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("identifier", [*FORMS, *NOTES])
def test_a_document_has_no_gap_and_its_tables_are_whole(identifier: str, language: Language) -> None:
    document = written(identifier, language)
    assert missing(document) == []
    assert check_references(document) == []
    assert "[" not in said(document.blocks)
    assert len(tables(document.blocks)) >= 3
    for table in tables(document.blocks):
        assert table.caption
        assert table.description
        assert 2 <= len(table.columns) <= 6
        assert table.rows
        assert all(column.title and "|" not in column.title for column in table.columns)
        assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("identifier", [*FORMS, *NOTES])
def test_both_languages_have_the_same_parts_in_the_same_order(identifier: str) -> None:
    danish, english = (
        [
            (type(block), len(block.rows), len(block.columns))
            if isinstance(block, tree.Table)
            else (type(block), len(getattr(block, "items", ())), 0)
            for block in written(identifier, language).blocks
        ]
        for language in LANGUAGES
    )
    assert danish == english


@pytest.mark.parametrize("draft", [True, False])
def test_guidance_stands_in_the_draft_of_a_note_alone(draft: bool) -> None:
    for identifier in NOTES:
        plan = without_training() if identifier == "omission-note" else cleaning()
        blocks = assemble(identifier, Context(plan, "da", draft=draft, created="2026-12-01")).blocks
        assert any(getattr(block, "guidance", ()) for block in blocks) == draft


# When they are written


def test_the_file_holds_the_note_that_the_tender_needs() -> None:
    with_dialogue = {document.id for document in file_documents(cleaning(), draft=False)}
    assert "market-dialogue" in with_dialogue
    assert "omission-note" not in with_dialogue
    assert "omission-note" in {document.id for document in file_documents(without_training(), draft=False)}
    silent = {document.id for document in file_documents(a_plan(), draft=False)}
    assert silent.isdisjoint(NOTES)


@pytest.mark.parametrize("identifier", FORMS)
def test_a_form_is_written_beside_the_contract_where_its_clause_is_chosen(identifier: str) -> None:
    plan = the_cleaning_plan()
    definition = dict(of_stage(plan, "follow-up"))[identifier]
    assert definition.per == "lot"
    assert applies(definition, signed())
    assert not applies(definition, Context(small(), "da", lot="nord"))


def small(*clauses: str) -> Plan:
    """Give a small tender with some clauses and a price that is all there is to score."""
    start = TENDER.partition("    phases:")[0]
    before, _, after = start.partition("  volumes:\n")
    end = BARE_END.replace("clauses: []", f"clauses: [{', '.join(clauses)}]")
    return a_plan("Rengøring", before + after.partition("\n")[2] + end)


def test_a_name_of_a_clause_that_the_library_does_not_have_is_a_problem() -> None:
    context = signed()
    definition = dict(of_stage(context.plan, "follow-up"))["half-year-report"]
    with pytest.raises(TenderkitError, match='names "job_garantee"') as error:
        applies(definition.model_copy(update={"when": "clause.job_garantee.chosen"}), context)
    assert error.value.problems[0].help == 'Did you mean "job_guarantee"?'


# The report


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_has_a_row_for_every_duty_about_a_number(language: Language) -> None:
    context = signed(language)
    printed = [row[:3] for row in rows(made("report-rows", context)[0])]
    numbered = 0
    for row in context.plan.duties:
        if number := duty_number(row.duty, chosen_of(row, context), context):
            numbered += 1
            (found,) = (
                text
                for key, text, agreed in printed
                if (key, agreed) == (row.public_id, number) and text.startswith(row.duty.title[language])
            )
            assert (found != row.duty.title[language]) == (row.duty.who == "authority")
    assert numbered > 10


def test_the_report_asks_for_what_the_clauses_own_texts_say_it_states() -> None:
    printed = rows(made("report-rows", signed())[0])
    counted = [row[1] for row in printed]
    for item in ("Begyndte og igangværende Forløb", "Holdte og beståede Kompetenceprøver"):
        assert counted.count(item) == 1
    quota, final = (
        next(text for key, text, *_ in printed if key == code and "angive" in text) for code in ("UK-9", "OP-8")
    )
    assert quota.startswith("Leverandøren skal i hver Kontraktrapport efter punkt RD-2 angive antallet af")
    assert "efter punkt »Afsluttende kontraktrapport« angive" in final
    assert "Månedlig opgørelse af antal" not in counted, "its numbers stand there already"


@pytest.mark.parametrize("identifier", CLAUSES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_and_the_release_fit_every_clause(identifier: str, language: Language) -> None:
    plan = plan_with(identifier)
    context = of_lot(a_context(plan, language, draft=False), "nord")
    for name in (*FORMS, "market-dialogue"):
        document = assemble(name, context)
        assert check_references(document) == []
        for table in tables(document.blocks):
            for cell in (
                *(column.title for column in table.columns),
                *(of_cell(it) for row in table.rows for it in row),
            ):
                assert find(cell, plan.library.terms.health_or_identity) == [], cell
    chosen = plan.clause(identifier)
    assert chosen is not None
    printed = [row for table in made("report-rows", context) for row in rows(table)]
    for name, duty in chosen.clause.duties.items():
        resolved = chosen.values.get(duty.value)
        if resolved is not None and resolved.value("nord") is not None:
            assert any(row[1].startswith(duty.title[language]) for row in printed), name


def test_the_report_prints_the_offered_numbers_and_the_winners_prices() -> None:
    document = assemble("half-year-report", signed())
    text = said(document.blocks)
    bid = signed().winner
    assert bid is not None
    assert f"{bid.offers['social.hours']} timer om ugen" in text
    assert "mindst 1,5" not in text
    money = rows(captioned(document, "Faktureret for Træningsforløb med jobgaranti"))
    assert [row[1] for row in money] == ["11.400 kr.".replace(" ", "\u00a0"), "7.980\u00a0kr.", "4.560\u00a0kr.", ""]


def test_every_cell_that_the_supplier_fills_in_is_empty() -> None:
    context = signed()
    for row in rows(made("report-rows", context)[0]):
        assert row[3:5] == ["", ""]
    for row in rows(made("report-money", context)[0]):
        assert not any(row[2:])


@pytest.mark.parametrize(
    ("allowed", "titles"),
    [
        ("[clause, scheme, hours]", ["Klausul", "Ordning", "Timer i alt"]),
        ("[scheme, outcome]", ["Ordning", "Antal pr. resultatkode"]),
    ],
)
def test_the_report_has_the_fields_that_the_clause_allows_and_no_other(allowed: str, titles: list[str]) -> None:
    plan = cleaning(("      frequency: half-year\n", f"      frequency: half-year\n      fields_buyer: {allowed}\n"))
    (table,) = tables(made("report-fields", of_lot(a_context(plan), "nord")))
    assert [column.title for column in table.columns] == titles
    schemes = [row[titles.index("Ordning")] for row in rows(table)]
    assert schemes[0] == "Virksomhedspraktik"
    assert len(set(map(tuple, rows(table)[:-2]))) == len(rows(table)) - 2


def test_small_numbers_are_held_back_under_the_limit_of_the_clause() -> None:
    plan = cleaning(("      min_cell: 5\n", "      min_cell: 8\n      ids: counts-only\n"))
    winner = the_cleaning_case().results["nord"].winner
    assert winner is not None
    text = said(assemble("half-year-report", of_lot(a_context(plan), "nord", winner=winner.bid)).blocks)
    assert "færre end 8 personer" in text
    assert "erstattes tallet af »færre end 8«" in text
    assert "særskilt liste" not in text
    assert "særskilt liste, som kun må indeholde Pseudonymet" in said(assemble("half-year-report", signed()).blocks)


def test_the_report_is_for_the_period_that_the_clause_says() -> None:
    plan = cleaning(("      frequency: half-year\n", "      frequency: quarter\n      report_days: 7\n"))
    text = said(assemble("half-year-report", of_lot(a_context(plan), "nord")).blocks)
    assert "for hvert kvartal" in text
    assert "senest 7 arbejdsdage efter periodens udløb" in text


def test_the_codes_of_evidence_are_those_that_are_asked_for() -> None:
    plan = the_cleaning_plan()
    asked = {code for row in plan.duties for code in row.duty.proof}
    printed = [row[0] for row in rows(made("evidence-codes", signed())[0])]
    assert set(printed) >= asked
    assert "E11" not in printed
    assert len(set(printed)) == len(printed)


# The request for release


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_ground_for_release_is_listed_once_with_its_clauses(language: Language) -> None:
    context = signed(language)
    asked: dict[str, set[str]] = {}
    for row in context.plan.duties:
        for code in row.duty.release if row.duty.who != "authority" else ():
            asked.setdefault(code, set()).add(chosen_of(row, context).clause.prefix)
    printed = rows(made("release-grounds", context)[0])
    codes = [row[0] for row in printed]
    assert codes == sorted(asked, key=lambda code: int(code[1:]))
    assert {row[0]: set(row[2].split(", ")) for row in printed} == asked
    assert not any(row[3] for row in printed)


def test_a_request_names_every_duty_that_can_be_released_and_none_of_the_authoritys() -> None:
    context = signed()
    printed = rows(made("release-duties", context)[0])
    own = [row for row in context.plan.duties if row.duty.release and row.duty.who != "authority"]
    assert [row[0] for row in printed] == [row.public_id for row in own]
    assert [row[3].split(", ") for row in printed] == [row.duty.release for row in own]
    assert any("22 timer om ugen" in row[1] for row in printed)
    assert not any("Mindsteaftag" in row[1] for row in printed)


def test_silence_is_no_release_and_the_time_to_decide_is_that_of_the_contract() -> None:
    plan = cleaning(("  - sanctions-ladder:\n", "  - sanctions-ladder:\n      release_decision_days: 12\n"))
    text = said(assemble("release-request", of_lot(a_context(plan), "nord")).blocks)
    assert "Tavshed er aldrig en Fritagelse" in text
    assert "senest 12 arbejdsdage efter modtagelsen" in text


def test_a_request_without_a_clause_on_reports_names_no_pseudonym() -> None:
    text = said(assemble("release-request", of_lot(a_context(small("sanctions-ladder")), "nord")).blocks)
    assert "En enkelt person må ikke nævnes." in text
    assert "Pseudonym" not in text
    assert "Pseudonym" in said(assemble("release-request", signed()).blocks)


# The omission note


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ground", ["safety", "not-suited", "other-law"])
def test_the_note_relies_on_one_ground_of_three(ground: str, language: Language) -> None:
    document = assemble("omission-note", noted(language, without_training(ground)))
    grounds = next(block for block in document.blocks if isinstance(block, tree.ItemList))
    relied = [any(isinstance(run, tree.Text) and run.bold for run in item.content) for item in grounds.items]
    assert relied == [ground == name for name in ("safety", "not-suited", "other-law")]
    text = said(document.blocks)
    assert text.count("Stederne er sikrede.") == 1
    label = the_cleaning_plan().library.strings(language)["omission_ground"][ground]
    assert label in text.partition("§ 176")[0]


def test_what_was_decided_stands_in_place_of_the_forms_to_fill_in() -> None:
    open_ = assemble("omission-note", noted("da", without_training()))
    decided = ", considered: Et lavere antal er overvejet., decided_by: byrådets økonomiudvalg, decided: 2026-11-20"
    closed = assemble("omission-note", noted("da", without_training("safety", decided)))
    assert [table.caption for table in tables(open_.blocks)][1:] == ["Overvejede løsninger", "Hvem og hvornår"]
    assert len(tables(closed.blocks)) == 1
    assert "truffet af byrådets økonomiudvalg den 20. november 2026" in said(closed.blocks)
    assert "Et lavere antal er overvejet." in said(closed.blocks)
    assert missing(closed) == []


def _conditions(plan: Plan) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in rows(made("training-duty", a_context(plan))[0])}


def test_the_conditions_are_held_against_the_limits_of_the_day_of_publication() -> None:
    found = _conditions(without_training())
    assert found["Varighed med optioner"] == ["60\u00a0måneder", "Fra 6\u00a0måneder gælder pligten.", "Verificeret"]
    assert found["Anslået værdi ekskl. moms med optioner"][1] == "Fra 5.000.000\u00a0kr. gælder pligten."
    assert found["Klausuler om oplæring"][0] == "Ingen"
    assert found["Kontraktens art"][2] == "Delvist verificeret"
    early = plan_of(example_text().replace("publication: 2026-12-01", "publication: 2022-06-01"))
    assert _conditions(early)["Varighed med optioner"][1:] == [
        "Der er ikke registreret en grænse for offentliggørelsesdatoen.",
        "Ikke verificeret",
    ]
    assert _conditions(early)["Klausuler om oplæring"][0] == "Uddannelses- og oplæringsklausul"
    assert "Grund til fravalget" not in _conditions(early)


def test_works_are_held_against_their_own_limits() -> None:
    works = _conditions(plan_of(example_text().replace("  kind: services\n", "  kind: works\n")))
    assert works["Anslået værdi ekskl. moms med optioner"][1] == "Fra 40.313.840\u00a0kr. gælder pligten."
    assert works["Anslået værdi, hvis arbejdet udbydes efter tilbudsloven"][2] == "Delvist verificeret"


def test_no_note_says_that_a_tender_complies() -> None:
    for language in LANGUAGES:
        text = said(written("omission-note", language).blocks).lower()
        assert "complies" not in text
        assert "overholder loven" not in text
        assert ("ikke juridisk rådgivning" in text) or ("not legal advice" in text)


# The market dialogue


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_market_is_asked_about_what_is_offered_undecided_or_sanctioned(language: Language) -> None:
    plan = the_cleaning_plan()
    printed = {row[1]: row[2] for row in rows(made("market-questions", noted(language, plan))[0])}
    job, quota = plan.clause("job-guarantee"), plan.clause("trainee-quota")
    assert job is not None
    assert quota is not None
    offered = [name for name, parameter in job.clause.parameters.items() if parameter.offer]
    assert offered
    asked = [job.clause.parameters[name].ask[language] for name in (*offered, "cohort_size")]
    asked.append(quota.clause.parameters["fte_years_per_year"].ask[language])
    assert set(printed) == set(asked)
    assert all(printed.values())
    assert "10" in printed[job.clause.parameters["cohort_size"].ask[language]]
    assert "5" in printed[job.clause.parameters["cohort_size"].ask[language]]


def test_a_bidder_that_took_part_changes_what_the_note_demands() -> None:
    took_part = said(assemble("market-dialogue", noted("da", cleaning())).blocks)
    nobody = cleaning(("    bidder_took_part: yes\n", "    bidder_took_part: no\n"))
    other = said(assemble("market-dialogue", noted("da", nobody)).blocks)
    assert "har deltaget i dialogen. De oplysninger, som den fik, skal derfor" in took_part
    assert "har deltaget i dialogen. De oplysninger, som den fik, skal derfor" not in other
    assert "Byder en virksomhed, der har deltaget i dialogen" in other


def test_a_dialogue_of_which_little_is_said_leaves_no_gap_but_its_dates() -> None:
    text = (EXAMPLE / "tender.yaml").read_text(encoding="utf-8")
    start, _, rest = text.partition("    participants: 3\n")
    bare = plan_of(start + rest[rest.index("  suitability:\n") :])
    document = assemble("market-dialogue", noted("da", bare))
    assert missing(document) == []
    assert "Det materiale, der er delt" not in said(document.blocks)


# The form block and its neighbours


@pytest.mark.parametrize(
    ("argument", "text", "titles", "expected"),
    [
        ("Skema", "Oplysning\nDato\nNavn", ["Oplysning", "Udfyldes"], [["Dato", ""], ["Navn", ""]]),
        ("2 Log", "Dato | Hvad +", ["Dato", "Hvad"], [["", ""], ["", ""]]),
        ("1 Skridt", "Skridt | Ja\nFørst | x", ["Skridt", "Ja"], [["Først", "x"], ["", ""]]),
        ("Tomt", "Et | To", ["Et", "To"], [["", ""]]),
        ("Meget", "Et | To\na | b | c", ["Et", "To"], [["a", "b | c"]]),
    ],
)
def test_a_form_has_its_headings_its_rows_and_room_to_write(
    argument: str, text: str, titles: list[str], expected: list[list[str]]
) -> None:
    (table,) = tables(made("form", a_context(a_plan()), argument, text))
    assert table.caption == argument.lstrip("0123456789 ")
    assert [column.title for column in table.columns] == titles
    assert rows(table) == expected


def test_a_marked_column_is_wide() -> None:
    (table,) = tables(made("form", a_context(a_plan()), "1 Log", "Dato | Hvad der blev sagt + | Hvem"))
    date, what, who = (column.width for column in table.columns)
    assert what > 2 * max(date, who)


def test_who_signs_can_stand_in_the_text() -> None:
    (block,) = made("signatures", signed(), text="For Ordregiveren, Egelund Kommune")
    assert isinstance(block, tree.Signatures)
    assert block.parties == ("For Ordregiveren, Egelund Kommune",)
    (both,) = made("signatures", of_lot(a_context(a_plan()), "nord", winner=bids("nord")[1]))
    assert isinstance(both, tree.Signatures)
    assert len(both.parties) == 2


def test_what_introduces_a_table_or_a_signature_stays_with_it() -> None:
    blocks = written("half-year-report", "da").blocks
    for block, after in pairwise(blocks):
        if isinstance(block, tree.Paragraph):
            assert block.keep == isinstance(after, (tree.Table, tree.Signatures))


def test_a_row_that_heads_others_stays_with_the_next() -> None:
    data = word.render(assemble("half-year-report", signed()))
    (table,) = (it for it in Document(io.BytesIO(data)).tables if it.cell(0, 2).text == "Aftalt")
    heads = [row for row in table.rows if row.cells[0].text == "UK"]
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in heads] == [True]
    others = [row for row in table.rows if row.cells[0].text == "UK-5"]
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in others] == [None]


def test_a_clause_that_is_not_chosen_has_no_values_in_a_text() -> None:
    names: Mapping[str, Any] = a_context(a_plan()).names()["clause"]
    assert names["job_guarantee"]["chosen"]
    assert names["job_guarantee"]["cohort_size"].text == "10 (Nord) og 5 (Syd)"
    assert dict(names["flex_jobs"]).keys() == {"chosen"}
    assert not names["flex_jobs"]["chosen"]
    assert set(names) == {identifier.replace("-", "_") for identifier in CLAUSES}
