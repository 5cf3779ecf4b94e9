"""Bids, scores and workbooks of the cleaning tender for the tests of Excel."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import openpyxl
from cases import cleaning

from tenderkit import excel
from tenderkit.evaluation import score
from tenderkit.evaluation.spec import Bid, EvaluationSpec, Result, Score, ScoreSheet
from tenderkit.excel.sheets import Workbook
from tenderkit.plan import Plan

SCORED = ("quality.operation", "quality.control", "social.plan")
OFFERED = ("social.mentor", "social.hours", "social.kept")
LONG = (
    "Hver lokation har en fast medarbejder og en navngiven afløser. Ruten er beskrevet rum for rum, så en ny medarbejder "
    "kan følge den uden oplæring, og afløsningen møder samme dag.\n\n"
    "Opstarten sker over fire uger. Derefter følges kvaliteten dagligt i tre uger.\n\n"
)
HOSTILE = "=cmd|' /C calc'!A0 <&> _x0041_ \x07Øst"


def a_bid(bidder: str, prices: Sequence[str], offers: Sequence[str] = ("1.5", "15", "6"), **given: Any) -> Bid:
    """Give a bid for lot nord, or for the lot given."""
    admitted = bool(given.get("admitted", True))
    return Bid(
        bidder=bidder,
        name=given.get("name", f"{bidder.title()} Rengøring A/S"),
        lot=given.get("lot", "nord"),
        prices={line: Decimal(price) for line, price in zip("AHT", prices, strict=False)},
        offers=dict(zip(OFFERED, map(Decimal, offers), strict=True)),
        texts={"quality.operation": LONG * 8, "quality.control": LONG, "bidder.cvr": "99887766"},
        admitted=admitted,
        grounds=() if admitted else ("Prisen overstiger loftet, som er et mindstekrav.",),
    )


def some_bids(lot: str = "nord") -> list[Bid]:
    """Give three admitted bids, one with a hostile name, and one that is not admitted."""
    return [
        a_bid("alfa", ("3690000", "289", "9800"), lot=lot),
        a_bid("beta", ("3985000", "315.50", "11400"), ("4", "22", "10"), lot=lot),
        a_bid("gamma", ("3795000", "295", "10400"), ("2.75", "18", "8"), lot=lot, name=HOSTILE),
        a_bid("delta", ("3510000", "275", "12900"), lot=lot, admitted=False),
    ]


def a_sheet(evaluator: str, bids: Sequence[Bid], scores: Mapping[str, Sequence[int]]) -> ScoreSheet:
    """Give an evaluator's scores by bidder, in the order of :data:`SCORED`; None is left out."""
    return ScoreSheet(
        evaluator,
        bids[0].lot,
        {
            (bidder, criterion): Score(Decimal(value), f"Begrundelse fra {evaluator}.", "Fast afløser.", "", "Hvornår?")
            for bidder, values in scores.items()
            for criterion, value in zip(SCORED, values, strict=True)
        },
    )


def a_result(
    bids: Sequence[Bid], scores: Mapping[str, Sequence[int]], spec: EvaluationSpec | None = None, **given: Any
) -> Result:
    """Give the result of bids with agreed scores by bidder."""
    agreed = {
        (bidder, criterion): Decimal(value)
        for bidder, values in scores.items()
        for criterion, value in zip(SCORED, values, strict=True)
    }
    return score(spec or cleaning().specs[bids[0].lot if bids else "nord"], bids, agreed, **given)


USUAL = {"alfa": (7, 8, 4), "beta": (7, 6, 9), "gamma": (8, 6, 8)}


def individual(bids: Sequence[Bid]) -> list[ScoreSheet]:
    """Give three evaluators' sheets: one spread of 5 on beta's plan."""
    low = {"alfa": (6, 8, 4), "beta": (7, 5, 4), "gamma": (8, 6, 7)}
    return [a_sheet("chair", bids, USUAL), a_sheet("service", bids, USUAL), a_sheet("employment", bids, low)]


def every_workbook(plan: Plan | None = None) -> dict[str, Workbook]:
    """Give every kind of workbook for lot nord, by file name."""
    made = plan or cleaning()
    bids = {"nord": some_bids("nord"), "syd": some_bids("syd")[:2]}
    outcome = a_result(bids["nord"], USUAL, made.specs["nord"])
    sheets = [sheet for lot in bids.values() for sheet in individual(lot)]
    books = [
        *excel.forms(made).values(),
        *(excel.score_sheet(made, member, bids) for member in made.tender.committee.members),
        excel.consensus(made, bids, sheets),
        excel.result(made, outcome),
        excel.duty_register(made, outcome),
    ]
    return {book.file: book for book in books}


def changed(data: bytes, change: Callable[[Any], object]) -> bytes:
    """Give a workbook after a change with openpyxl, saved by openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def opened(data: bytes, *, values: bool = False) -> Any:
    """Give a workbook opened with openpyxl: its formulas, or the values it shows."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)
