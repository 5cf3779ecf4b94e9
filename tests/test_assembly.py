"""Generated blocks and whole documents as trees: what they show, in both languages, and what they never show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from assembly_builders import (
    HOSTILE,
    TENDER,
    a_context,
    a_plan,
    a_scored_context,
    agreed,
    bids,
    of_lot,
    sheet,
    the_cleaning_case,
    the_cleaning_plan,
)
from assembly_reading import a_letter, made, said, tables
from cases import documents, templates

from tenderkit.assembly import blocks, tree
from tenderkit.assembly.context import Context
from tenderkit.assembly.document import assemble, check_references, missing, runs
from tenderkit.evaluation.score import score
from tenderkit.problems import TenderkitError
from tenderkit.quantities import Language

LANGUAGES: tuple[Language, ...] = ("da", "en")
DOCUMENTED = {
    "timetable",
    "lots",
    "tender-documents",
    "criteria",
    "sub-criteria",
    "scales",
    "evaluated-price",
    "price-model",
    "offers-model",
    "total-and-ties",
    "worked-example",
    "requirements",
    "chosen-clauses",
    "volumes",
    "penalties",
    "suitability",
    "clauses",
    "price-list",
    "phases",
    "duties",
    "signatures",
    "bids",
    "compliance",
    "committee",
    "scores",
    "evaluated-prices",
    "offers",
    "ranking",
    "sensitivity",
    "low-bids",
    "comparison",
    "result-table",
    "grounds",
    "changes",
    "annex",
}


BARE_END = """
clauses: []
award: {model: weighted-sum, ties: []}
criteria: {price: {title: Pris, weight: 100 %, model: lowest-ratio}}
committee: {members: {asta: {name: Asta Holm, role: udbudskonsulent}}}
"""


TENDER_BLOCKS = [name for name in blocks.names() if blocks.needs(name) not in {"agreement", "advice", "stress"}]


def test_every_block_that_content_may_use_is_there() -> None:
    assert set(blocks.names()) >= DOCUMENTED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TENDER_BLOCKS)
def test_every_block_renders_in_both_languages(name: str, language: Language) -> None:
    found = made(name, a_letter(the_cleaning_case(language), "nord", "blankvang"), "an-annex", "Bilag")
    assert found
    for table in tables(found):
        assert 2 <= len(table.columns) <= 6, table.caption
        assert table.rows, table.caption
        assert table.caption
        assert table.description
        assert all(column.title for column in table.columns)
        assert all(len(row) == len(table.columns) for row in table.rows)
    assert "{" not in said(found), "a label was printed without its values"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(set(TENDER_BLOCKS) - {"grounds", "comparison"}))
def test_every_block_renders_for_a_tender_in_which_little_is_said(name: str, language: Language) -> None:
    bare = TENDER.partition("    phases:")[0] + BARE_END
    start, _, rest = bare.partition("  volumes:\n")
    bare = start + rest.partition("\n")[2]
    plan = a_plan(
        "Rengøring", bare.replace("H: {label: Ekstra arbejde, unit: hour, quantity: {nord: 2400, syd: 1200}}", "")
    )
    only = [replace(bid, prices={"A": Decimal(1), "T": Decimal(2)}, offers={}) for bid in bids("nord")[:1]]
    result = score(plan.specs["nord"], only, {})
    context = a_context(plan, language, bids={"nord": only}, results={"nord": result})
    found = made(name, context, "x", "Bilag")
    assert "{" not in said(found)
    assert found or name in {"clauses", "sub-criteria", "scales", "places"}
    assert all(table.rows for table in tables(found))


@pytest.mark.parametrize("name", TENDER_BLOCKS)
def test_a_lot_without_an_admitted_bid_leaves_no_empty_table(name: str) -> None:
    refused = [replace(bid, admitted=False, grounds=("Prisen er over loftet.",)) for bid in bids("nord")]
    result = score(a_plan().specs["nord"], refused, {})
    context = of_lot(a_scored_context(a_plan()), "nord", bids={"nord": refused}, results={"nord": result})
    found = made(name, replace(context, recipient=refused[0]), "x", "Bilag")
    assert found or name == "places"
    assert all(table.rows for table in tables(found))


def test_a_tender_without_lots_speaks_of_one_task() -> None:
    single = TENDER.partition("  - {id: syd")[0] + "contract:" + TENDER.partition("contract:")[2]
    for pair, one in (
        ("{nord: 2400, syd: 1200}", "9"),
        ("{nord: 10, syd: 5}", "5"),
        ("{nord: 309.6, syd: 154.8}", "7"),
    ):
        single = single.replace(pair, one)
    for letter in ("{nord: 384, syd: 192}", "{nord: 230, syd: 115}", "{nord: 480, syd: 240}"):
        single = single.replace(letter, "240")
    single = single.replace("{nord: 5_760_000, syd: 2_880_000}", "5_760_000")
    for phase in ("{nord: 200, syd: 100}", "{nord: 120, syd: 60}", "{nord: 64, syd: 32}"):
        single = single.replace(phase, "10")
    context = a_context(a_plan("Rengøring", single))
    text = "\n".join(said(made(name, context)) for name in ("lots", "evaluated-price", "volumes", "worked-example"))
    assert "elaftale" not in text
    assert "Opgavens anslåede værdi" in text


def test_an_unknown_block_is_a_problem_with_the_nearest_name() -> None:
    with pytest.raises(TenderkitError, match='There is no block "timetabel"') as error:
        made("timetabel", a_context(a_plan()))
    assert error.value.problems[0].help == 'Did you mean "timetable"?'


@pytest.mark.parametrize(("name", "needs"), [("bids", "bids"), ("compliance", "bids"), ("ranking", "result")])
def test_a_block_that_comes_too_early_says_what_it_waits_for(name: str, needs: str) -> None:
    with pytest.raises(TenderkitError, match=f'"{name}" needs the {needs}'):
        made(name, a_context(a_plan()))


def contexts_of(identifier: str, language: Language) -> list[Context]:
    """Give the context of every file that is written of a document in the cleaning case."""
    plan = the_cleaning_plan()
    library = plan.library
    is_contract = identifier in library.ids("contract")
    definition = library.contract(identifier) if is_contract else library.document(identifier)
    if definition.stage == "result":
        case = replace(the_cleaning_case(language), draft=False, events={"notified": dt.date(2027, 3, 1)})
        if definition.per == "tender":
            return [replace(case, facts=facts_of(case, "nord", ""))]
        return [
            replace(a_letter(case, lot, bidder), facts=facts_of(case, lot, bidder))
            for lot in plan.specs
            for bidder, role in roles(case, lot)
            if definition.only in {"all", role}
        ]
    context = Context(plan, language, draft=False, created="2026-12-01")
    if identifier == "correction-notice":
        changed = [{"path": "procedure.deadline", "before": "2027-01-15", "after": "2027-01-22"}]
        return [replace(context, facts={"changes": changed, "previous_edition": 1})]
    if definition.per != "lot":
        return [context]
    results = the_cleaning_case().results
    signed = [of_lot(context, lot, winner=result.winner.bid) for lot, result in results.items() if result.winner]
    return [*(of_lot(context, lot) for lot in plan.specs), *signed]


def roles(case: Context, lot: str) -> Iterator[tuple[str, str]]:
    result = case.results[lot]
    for item in result.ranking:
        yield item.bid.bidder, "winner" if item is result.winner else "loser"
    for bid in result.rejected:
        yield bid.bidder, "inadmissible"


def facts_of(case: Context, lot: str, bidder: str) -> dict[str, object]:
    """Give the names that the report and the letters have beside the common ones."""
    result = case.results[lot]
    assert result.winner is not None
    own = next((item for item in result.ranking if item.bid.bidder == bidder), result.winner)
    return {
        **{name: dt.date(2027, 2, 22) for name in ("documented", "decided", "opened", "notified")},
        "standstill_end": dt.date(2027, 3, 11),
        "result": {"margin": "0,167", "bid_count": 3, "admitted_count": 2},
        "grounds": ["Prisen er over loftet."],
        "recipient": {"name": own.bid.name, "total": str(own.total), "rank": own.rank},
        "winner": {"name": result.winner.bid.name, "total": str(result.winner.total)},
    }


OF_TENDERS = [*documents("package", "result"), *templates("tender")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("identifier", OF_TENDERS)
def test_the_documents_of_the_cleaning_case_have_no_gap_and_no_dangling_reference(
    identifier: str, language: Language
) -> None:
    found = [assemble(identifier, context) for context in contexts_of(identifier, language)]
    assert found
    for document in found:
        assert missing(document) == []
        assert check_references(document) == []
        assert len(document.blocks) > 8
    assert len({document.file for document in found}) == len(found) or identifier in templates("tender")


def shape(document: tree.Document) -> list[object]:
    """Give what a document is made of, without its words."""
    return [(type(block), getattr(block, "level", 0), len(getattr(block, "rows", ()))) for block in document.blocks]


@pytest.mark.parametrize("identifier", ["tender-conditions", "requirement-specification", "service-contract"])
def test_a_printed_value_never_becomes_markup(identifier: str) -> None:
    plain, hostile = (
        assemble(identifier, of_lot(a_context(a_plan(title)), "nord")) for title in ("Rengøring", HOSTILE)
    )
    assert shape(plain) == shape(hostile)
    assert hostile.subtitle.startswith(HOSTILE)
    texts = [run for run in runs(hostile.blocks) if isinstance(run, tree.Text) and HOSTILE in run.text]
    assert texts
    assert not any(run.bold or run.italic for run in texts)
    assert check_references(hostile) == check_references(plain)


def test_what_a_bidder_or_an_evaluator_typed_stands_as_typed() -> None:
    plan = a_plan()
    received = [replace(bid, name=HOSTILE) if bid.bidder == "alfa" else bid for bid in bids("nord")]
    context = replace(
        a_scored_context(plan),
        bids={"nord": received},
        results={"nord": score(plan.specs["nord"], received, agreed())},
    )
    for name in ("bids", "ranking", "sensitivity", "evaluated-prices"):
        assert HOSTILE in said(made(name, context)), name
    reasons = sheet("consensus", "nord", {})
    scored = replace(
        reasons,
        scores={
            ("alfa", "quality.k1"): replace(context.consensus["nord"].scores["alfa", "quality.k1"], reason=HOSTILE)
        },
    )
    letter = a_letter(replace(context, consensus={"nord": scored}), "nord", "alfa")
    assert HOSTILE in said(made("comparison", letter))
