"""A small tender with two lots, its plan, and a scored case, for the tests of documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tenderkit.assembly.context import Context
from tenderkit.evaluation.committee import agreed as agreed_scores
from tenderkit.evaluation.score import score
from tenderkit.evaluation.spec import Bid, Score, ScoreSheet
from tenderkit.library import Library
from tenderkit.plan import Plan, make_plan
from tenderkit.quantities import Language, parse_number
from tenderkit.source import read_yaml
from tenderkit.tender import load_tender, read_tender

TENDER = """
edition: 1
tender:
  title: TITLE
  reference: 2026-7
  language: da
  purpose: Ordregiveren køber rengøring og træning.
  subject: rengøring og træningsforløb med jobgaranti
authority:
  name: Lyngså Kommune
  cvr: "11223344"
  address: Torvet 1, 9999 Lyngså
  contact: {role: udbudskonsulent, name: Asta Holm, email: asta@lyngsaa.example, phone: "99 99 99 99"}
  contract_manager: {role: kontraktansvarlig}
  employment_contact: {role: virksomhedskonsulent}
lots:
  - {id: nord, title: Nord, description: Skoler, value_dkk: 25_500_000, annual_value_dkk: 5_000_000}
  - {id: syd, title: Syd, value_dkk: 12_500_000}
contract:
  kind: services
  cpv: ["90910000"]
  start: 2027-05-01
  duration_months: 48
  options: [{title: forlængelse i 12 måneder, months: 12}]
  price_index: nettoprisindekset
  transition: Opstarten varer otte uger.
  subcontracting: Underleverandører kan bruges.
  volumes:
    T: {unit: participant-month, estimate: {nord: 384, syd: 192}, minimum: {nord: 230, syd: 115}, maximum: {nord: 480, syd: 240}}
procedure:
  type: open
  publication: 2026-12-01
  questions_until: 2027-01-04
  answers_until: 2027-01-08
  deadline: 2027-01-15
  notification: 2027-03-01
  standstill_end: 2027-03-11
  signing: 2027-03-15
  acceptance_months: 6
  portal: udbudsportalen
  price_blinding: internal
  market_dialogue: {held: no}
  suitability: {minimums: ["en omsætning på mindst 5 mio. kr."]}
price_lines:
  A: {label: Fast pris for rengøring, unit: year, quantity: 4}
  H: {label: Ekstra arbejde, unit: hour, quantity: {nord: 2400, syd: 1200}}
  T:
    label: Træningsforløb
    unit: participant-month
    max: 12_000
    quantity: {nord: 309.6, syd: 154.8}
    phases:
      - {title: Fase 1, factor: 1, quantity: {nord: 200, syd: 100}}
      - {title: Fase 2, factor: 0.70, quantity: {nord: 120, syd: 60}}
      - {title: Fase 3, factor: 0.40, quantity: {nord: 64, syd: 32}}
    training: yes
clauses:
  - job-guarantee: {cohort_size: {nord: 10, syd: 5}}
  - compensation-and-price-split: {cap_total: {nord: 5_760_000, syd: 2_880_000}, legal_basis: lovgivningen om den aktive beskæftigelsesindsats}
award:
  model: weighted-sum
  ties: [price, social, lots-drawing]
criteria:
  price: {title: Pris, weight: 50 %, model: relative-linear, parameters: {X: 50 %}}
  quality:
    title: Kvalitet
    weight: 30 %
    sub:
      k1: {title: Drift, number: K1, weight: 60 %, scale: zero-to-ten, looks_for: Der lægges vægt på bemandingen.}
      k2: {title: Egenkontrol, number: K2, weight: 40 %, scale: zero-to-ten, looks_for: Der lægges vægt på kontrollen.}
  social:
    title: Træning og jobgaranti
    weight: 20 %
    sub:
      mentor: {number: S2, weight: 50 %, from: job-guarantee.mentor}
      hours: {number: S3, weight: 50 %, from: job-guarantee.hours}
committee:
  members:
    asta: {name: Asta Holm, role: udbudskonsulent, chair: yes, declared: 2027-01-16}
    bo: {name: Bo Krag, role: serviceleder}
"""

HOSTILE = "# x **y** {{ 7*7 }} ::: clauses <b> {missing} [](#nowhere)"


@cache
def a_plan(title: str = "Rengøring", text: str = TENDER) -> Plan:
    """Give the plan of the small tender, with another title."""
    quoted = "'" + title.replace("'", "''") + "'"
    tender, source = read_tender(text.replace("TITLE", quoted))
    return make_plan(tender, source, Library())


def a_bid(bidder: str, lot: str, price: str, mentor: str, hours: str, **more: Any) -> Bid:
    """Give a bid with the price of line A and the offered numbers."""
    return Bid(
        bidder,
        more.pop("name", f"{bidder.title()} A/S"),
        lot,
        {"A": Decimal(price), "H": Decimal(300), "T": Decimal(10_000)},
        {"social.mentor": Decimal(mentor), "social.hours": Decimal(hours)},
        **more,
    )


def bids(lot: str) -> list[Bid]:
    """Give two admitted bids and one that is not."""
    return [
        a_bid("alfa", lot, "4000000", "1.5", "15"),
        a_bid("beta", lot, "4100000", "5", "20", texts={"bidder.cvr": "12345678"}),
        a_bid("gamma", lot, "3900000", "1.5", "15", admitted=False, grounds=("Prisen er over loftet.",)),
    ]


AGREED = {
    ("alfa", "quality.k1"): "6",
    ("alfa", "quality.k2"): "7",
    ("beta", "quality.k1"): "8",
    ("beta", "quality.k2"): "7",
}


def sheet(evaluator: str, lot: str, scores: Mapping[tuple[str, str], str]) -> ScoreSheet:
    """Give a sheet in which every score has a reason."""
    return ScoreSheet(
        evaluator,
        lot,
        {key: Score(Decimal(value), f"Begrundelse {key[0]} {key[1]}.") for key, value in scores.items()},
    )


def a_context(plan: Plan, language: Language = "da", **more: Any) -> Context:
    """Give a context of the tender documents."""
    return Context(plan, language, created="2026-12-01", **more)


def a_scored_context(plan: Plan, language: Language = "da", **more: Any) -> Context:
    """Give a context in which both lots are scored."""
    lots = list(plan.specs)
    own = replace_score(AGREED, ("alfa", "quality.k1"), "1")
    return a_context(
        plan,
        language,
        bids={lot: bids(lot) for lot in lots},
        results={lot: score(plan.specs[lot], bids(lot), agreed()) for lot in lots},
        consensus={lot: sheet("consensus", lot, AGREED) for lot in lots},
        evaluators=[sheet(name, lot, scores) for lot in lots for name, scores in (("asta", AGREED), ("bo", own))],
        **more,
    )


def agreed() -> dict[tuple[str, str], Decimal]:
    """Give the agreed scores."""
    return {key: Decimal(value) for key, value in AGREED.items()}


def replace_score(
    scores: Mapping[tuple[str, str], str], key: tuple[str, str], value: str
) -> dict[tuple[str, str], str]:
    """Give the scores with one of them changed."""
    return {**scores, key: value}


def of_lot(context: Context, lot: str, **more: Any) -> Context:
    """Give the context of a document about one lot."""
    return replace(context, lot=lot, **more)


EXAMPLE = Path(__file__).parent.parent / "examples" / "cleaning"


@cache
def the_cleaning_plan() -> Plan:
    """Give the plan of the cleaning tender."""
    tender, source = load_tender(EXAMPLE / "tender.yaml")
    return make_plan(tender, source, Library())


@cache
def the_cleaning_bids() -> dict[str, list[Bid]]:
    """Give the bids of the cleaning case by lot, from what the bidders typed, and as the officer decided on them."""
    decided = _yaml(EXAMPLE / "events.yaml")["bids"]
    found: dict[str, list[Bid]] = {lot: [] for lot in the_cleaning_plan().specs}
    for file in sorted((EXAMPLE / "answers" / "bids").glob("*.yaml")):
        typed, decision = _yaml(file), decided[file.stem]
        for lot in typed["lots"]:
            prices, answers = (_typed(typed[form], lot) for form in ("price-list", "answer-form"))
            found[lot].append(
                Bid(
                    file.stem,
                    prices["bidder.name"],
                    lot,
                    {key.removeprefix("price."): parse_number(x) for key, x in prices.items() if "price." in key},
                    {key.removeprefix("offer."): parse_number(x) for key, x in answers.items() if "offer." in key},
                    texts={
                        "bidder.cvr": prices["bidder.cvr"],
                        "bidder.contact": prices["bidder.contact"],
                        "bidder.address": "Engvej 1, 9999 Egelund",
                    },
                    admitted=decision["admitted"] == "yes",
                    grounds=tuple(decision.get("grounds", ())),
                )
            )
    return found


def the_cleaning_case(language: Language = "da", **more: Any) -> Context:
    """Give the cleaning case after scoring: bids, agreed and individual scores, and both lots' results."""
    plan, received = the_cleaning_plan(), the_cleaning_bids()
    scored = _yaml(EXAMPLE / "answers" / "consensus.yaml")["scores"]
    consensus = {lot: _sheet("consensus", lot, scored[lot]) for lot in plan.specs}
    given = {file.stem: _yaml(file)["scores"] for file in sorted((EXAMPLE / "answers" / "scores").glob("*.yaml"))}
    return Context(
        plan,
        language,
        created="2027-02-25",
        bids=received,
        results={lot: score(plan.specs[lot], received[lot], agreed_scores(consensus[lot])) for lot in plan.specs},
        consensus=consensus,
        evaluators=[_sheet(name, lot, sheets[lot]) for name, sheets in given.items() for lot in sheets],
        **more,
    )


def _yaml(path: Path) -> Any:
    return read_yaml(path.read_text(encoding="utf-8"), path.name).data


def _typed(form: Mapping[str, Any], lot: str) -> dict[str, str]:
    return {key: value[lot] if isinstance(value, dict) else value for key, value in form.items()}


def _sheet(evaluator: str, lot: str, scored: Mapping[str, Mapping[str, Mapping[str, str]]]) -> ScoreSheet:
    return ScoreSheet(
        evaluator,
        lot,
        {
            (bidder, criterion): Score(
                Decimal(given["score"]),
                given["reason"],
                given.get("strengths", ""),
                given.get("weaknesses", ""),
            )
            for bidder, of_bidder in scored.items()
            for criterion, given in of_bidder.items()
        },
    )
