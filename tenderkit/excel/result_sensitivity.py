"""The sheet with the sensitivity: what the result hung on. For learning; it says so, and decides nothing."""

from __future__ import annotations

from fractions import Fraction

from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.points import award_totals
from tenderkit.evaluation.score import criterion_values
from tenderkit.evaluation.sensitivity import sensitivity
from tenderkit.excel.draft import Draft
from tenderkit.excel.fields import exact
from tenderkit.excel.result_book import ADMITTED, INCOMPLETE, REJECTED, ResultBook, column_of
from tenderkit.excel.result_findings import put_findings
from tenderkit.excel.result_leaf import award_cells, award_formula
from tenderkit.excel.sheets import Sheet, address, area, quoted
from tenderkit.quantities import round_half_up

_LEAST_COLUMNS = 4  # beside the first, for the tables that do not have a column for each bid
_SHIFTS = (Fraction(-2, 10), Fraction(-1, 10), Fraction(0), Fraction(1, 10), Fraction(2, 10))


def sensitivity_sheet(book: ResultBook, *, thorough: bool = False) -> list[Sheet]:
    """Give the sheet; none without a bid in the ranking. ``thorough`` also looks for the smallest changes."""
    words, outcome = book.frame.words, book.result
    if not outcome.ranking:
        return []
    draft = book.frame.draft("sensitivity", (44, *(24 for _ in range(max(_LEAST_COLUMNS, len(book.bids)))), 34))
    draft.remark(words("sensitivity_note"))
    draft.row += 1
    share = _price_share(book)
    award = book.spec.award.definition
    if book.uses_weights and 0 < share < 1 and not award.steps and not award.stages:
        _price_weights(book, draft, share)
    put_findings(book, draft, sensitivity(outcome, book.scores, thorough=thorough), thorough=thorough)
    return [draft.finish()]


def _price_share(book: ResultBook) -> Fraction:
    return sum((leaf.share for leaf in book.leaves if leaf.kind == "price"), Fraction(0))


def _price_weights(book: ResultBook, draft: Draft, share: Fraction) -> None:
    """Put the totals with other weights of price, all other weights scaled to fit."""
    words = book.frame.words
    draft.row = draft.section(words("section_price_weight"))
    draft.text(draft.row, 0, words("price_weight"), "head")
    for column, bid in enumerate(book.bids, start=1):
        draft.formula(draft.row, column, book.names[bid.bidder], bid.name, "head")
    draft.text(draft.row, len(book.bids) + 1, words("first"), "head")
    head = draft.row
    for shift in _SHIFTS:
        if 0 <= share + shift <= 1:
            draft.row += 1
            _shifted(book, draft, (head, share), share + shift)
    draft.row += 2


def _shifted(book: ResultBook, draft: Draft, base: tuple[int, Fraction], weight: Fraction) -> None:
    """Put one weight of price: each bid's total, and who would be first."""
    words, row = book.frame.words, draft.row
    head, share = base
    draft.number(row, 0, weight, "0.0##%")
    own = address(row, 0, fixed=True)
    factors = {True: f"{own}/{exact(share)}", False: f"(1-{own})/{exact(1 - share)}"}
    totals = _totals(book, share, weight)
    tree = deciding_formula(book.spec.award.definition)
    none, missing = quoted(words("none")), quoted(words("missing"))
    for column, bid in enumerate(book.bids, start=1):
        if book.out(bid):
            draft.text(row, column, words("none"), "number")
            continue
        criteria = []
        for leaf in book.leaves:
            cells = award_cells(book, leaf, bid)
            criteria.append({**cells, "w": f"({cells['w']}*{factors[leaf.kind == 'price']})"})
        formula = f"ROUND(ROUND({award_formula(book, tree, bid, criteria)},9),{book.places})"
        status = book.status[bid.bidder]
        guarded = f"IF({status}={ADMITTED},{formula},IF({status}={REJECTED},{none},{missing}))"
        value = totals.get(bid.bidder, words("none"))
        draft.formula(row, column, guarded, value, "number", book.total_format)
    _first(book, draft, head, totals)


def _first(book: ResultBook, draft: Draft, head: int, totals: dict[str, Fraction]) -> None:
    """Name the first, but only when all are complete and no other bid is equal."""
    words, row, count = book.frame.words, draft.row, len(book.bids)
    cells = area((row, 1), (row, count))
    best = f"{'MAX' if book.better_high else 'MIN'}({cells})"
    names = area((head, 1), (head, count))
    one = f"INDEX({names},MATCH({best},{cells},0))"
    tied = f"IF(COUNTIF({cells},{best})>1,{quoted(words('undecided'))},{one})"
    waiting = f"COUNTIF({column_of(book.status.values())},{INCOMPLETE})>0"
    formula = f"IF({waiting},{quoted(words('pending'))},IF(COUNT({cells})=0,{quoted(words('none'))},{tied}))"
    top = (max if book.better_high else min)(totals.values())
    winners = [bidder for bidder, total in totals.items() if total == top]
    name = next(bid.name for bid in book.bids if bid.bidder == winners[0])
    draft.formula(row, count + 1, formula, name if len(winners) == 1 else words("undecided"), "strong")


def _totals(book: ResultBook, share: Fraction, weight: Fraction) -> dict[str, Fraction]:
    """Give the totals that the sheet shows for a weight of price, by bidder."""
    ranking, spec = book.result.ranking, book.spec
    criteria = [
        {
            **criterion_values(leaf, [item.on(leaf.id).points for item in ranking]),
            "w": leaf.share * (weight / share if leaf.kind == "price" else (1 - weight) / (1 - share)),
        }
        for leaf in book.leaves
    ]
    totals = award_totals(spec.award, spec.points_top, [item.evaluated_price for item in ranking], criteria)
    return {
        item.bid.bidder: Fraction(round_half_up(total, spec.total_places))
        for item, total in zip(ranking, totals, strict=True)
    }
