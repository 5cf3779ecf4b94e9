"""Small tenders, bids and scores for tests."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tenderkit.evaluation.spec import Bid, Score, ScoreSheet
from tenderkit.library import Library
from tenderkit.plan import Plan, make_plan
from tenderkit.tender import read_tender

TENDER = """
edition: {edition}
tender: {{title: Rengøring og træningsforløb med jobgaranti, reference: "{reference}", language: {language}}}
authority:
  name: Engvig Kommune
  address: "Rådhusgade 1, 9999 Engvig"
  contact: {{role: udbudskonsulent}}
lots:
  - {{id: nord, title: Delaftale 1 - nord, value_dkk: 25_500_000, annual_value_dkk: 5_000_000, own_estimate_dkk: 20_500_000}}
  - {{id: syd, title: Delaftale 2 - syd, value_dkk: 12_500_000, annual_value_dkk: 2_500_000, own_estimate_dkk: 10_000_000}}
contract:
  kind: services
  cpv: ["90910000"]
  start: 2027-05-01
  duration_months: 48
  options: [{{title: forlængelse, months: 12}}]
  volumes:
    T:
      unit: participant-month
      estimate: {{nord: 384, syd: 192}}
      minimum: {{nord: 230, syd: 115}}
      maximum: {{nord: 480, syd: 240}}
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
  price_blinding: internal
  market_dialogue: {{held: no}}
  lots_reason: Små virksomheder kan byde.
price_lines:
  A: {{label: Fast pris for daglig rengøring, unit: year, quantity: 4}}
  H: {{label: Timepris for ekstra arbejde, unit: hour, quantity: {{nord: 2400, syd: 1200}}}}
  T:
    label: Pris pr. deltagermåned
    unit: participant-month
    quantity: {{nord: 309.6, syd: 154.8}}
    max: 12_000
    training: yes
    subsidies_deducted: yes
    invoicing: faktureres månedligt bagud efter fase
    phases:
      - {{title: Fase 1 - ingen lønnede timer, factor: 1, quantity: {{nord: 200, syd: 100}}}}
      - {{title: Fase 2 - 1 til 11 lønnede timer om ugen, factor: 0.70, quantity: {{nord: 120, syd: 60}}}}
      - {{title: Fase 3 - 12 eller flere lønnede timer om ugen, factor: 0.40, quantity: {{nord: 64, syd: 32}}}}
clauses:
  - job-guarantee: {{cohort_size: {{nord: 10, syd: 5}}}}
  - trainee-quota: {{fte_years_per_year: {{nord: 0.5, syd: 0.25}}, trades: [rengøring]}}
  - compensation-and-price-split:
      cap_total: {{nord: 5_760_000, syd: 2_880_000}}
      legal_basis: den til enhver tid gældende lovgivning om den aktive beskæftigelsesindsats
award:
  model: weighted-sum
  points_top: 10
  rounding: {{points: none, total: 3}}
  ties: [price, social, lots-drawing]
criteria:
  price: {{title: Pris, weight: 50 %, model: relative-linear, parameters: {{X: 50 %}}}}
  quality:
    title: Kvalitet
    weight: 30 %
    sub:
      operation:
        title: "Drift, bemanding og opstart"
        number: K1
        weight: 60 %
        scale: zero-to-ten
        looks_for: "Ordregiveren lægger vægt på en bemanding og en opstart, der sikrer en stabil drift fra første dag."
      control:
        title: Egenkontrol og rettelse af fejl
        number: K2
        weight: 40 %
        scale: zero-to-ten
        looks_for: "Ordregiveren lægger vægt på en hyppig og uafhængig kontrol og på hurtig rettelse af fejl."
  social:
    title: Træning og jobgaranti
    weight: 20 %
    sub:
      plan: {{number: S1, weight: 40 %, from: job-guarantee.plan}}
      mentor: {{number: S2, weight: 20 %, from: job-guarantee.mentor}}
      hours: {{number: S3, weight: 20 %, from: job-guarantee.hours}}
      kept: {{number: S4, weight: 20 %, from: job-guarantee.kept}}
committee:
  spread_alarm: 4
  members:
    chair: {{name: Henrik Aagaard, role: udbudskonsulent, chair: yes}}
    service: {{name: Sofie Holm, role: serviceleder, criteria: [quality]}}
    employment: {{name: Aisha Nord, role: virksomhedskonsulent, criteria: [social.plan]}}
low_bid_alarm: {{median: 25 %, estimate: 20 %}}
"""

LONG = (
    "Hver lokation har en fast medarbejder og en navngiven afløser. Afløsningen møder samme dag, og ruten er beskrevet "
    "rum for rum, så en ny medarbejder kan følge den uden oplæring.\n\n"
    "Opstarten sker over fire uger. I den første uge gennemgås alle rum sammen med institutionens leder, og aftalerne "
    "skrives ind i rumskemaet. Derefter følges kvaliteten dagligt i tre uger.\n\n"
)


@lru_cache(maxsize=8)
def a_plan(*, edition: int = 1, reference: str = "2026-114", language: str = "da") -> Plan:
    """Give a plan with two lots, made with the library as it is installed."""
    tender, source = read_tender(TENDER.format(edition=edition, reference=reference, language=language))
    return make_plan(tender, source, Library())


def a_bid(bidder: str, prices: Mapping[str, str], offers: tuple[str, str, str] = ("1.5", "15", "6"), **given: object) -> Bid:
    """Give a bid for lot nord, or the lot in ``given``."""
    return Bid(
        bidder=bidder,
        name=str(given.get("name", f"{bidder.title()} Rengøring A/S")),
        lot=str(given.get("lot", "nord")),
        prices={line: Decimal(price) for line, price in prices.items()},
        offers=dict(zip(("social.mentor", "social.hours", "social.kept"), map(Decimal, offers), strict=True)),
        texts={
            "quality.operation": str(given.get("text", LONG * 6)),
            "quality.control": LONG,
            "social.plan": LONG * 3,
        },
        admitted=bool(given.get("admitted", True)),
        grounds=("Prisen overstiger loftet.",) if not given.get("admitted", True) else (),
    )


def some_bids(lot: str = "nord") -> list[Bid]:
    """Give three admitted bids and one that is rejected, one with a name that looks like a formula."""
    return [
        a_bid("alfa", {"A": "3690000", "H": "289", "T": "9800"}, lot=lot),
        a_bid("beta", {"A": "3985000", "H": "315.50", "T": "11400"}, ("4", "22", "10"), lot=lot),
        a_bid("gamma", {"A": "3795000", "H": "295", "T": "10400"}, ("2.5", "18", "8"), lot=lot, name="=1+1 Øst & Søn"),
        a_bid("delta", {"A": "3510000", "H": "275", "T": "12900"}, lot=lot, admitted=False),
    ]


def agreed(bids: list[Bid], scores: Mapping[str, tuple[int, int, int]]) -> ScoreSheet:
    """Give agreed scores: by bidder, for operation, control and plan."""
    leaves = ("quality.operation", "quality.control", "social.plan")
    return ScoreSheet(
        "consensus",
        bids[0].lot,
        {
            (bidder, leaf): Score(Decimal(value), f"Begrundelse for {leaf}.")
            for bidder, values in scores.items()
            for leaf, value in zip(leaves, values, strict=True)
        },
    )


def half(text: str) -> Fraction:
    """Give a fraction from text."""
    return Fraction(text)
