"""The sheet with the ranking: totals rounded as published, tie rules in their order, ranks. All of it live.

Ranks are kept apart from what is shown: a bid that takes no part has a ranking number below every other, so that no
text stands in a range that is compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.ranking import LOTS_DRAWING, PRICE
from tenderkit.evaluation.score import worse_when_higher
from tenderkit.evaluation.spec import Bid, BidResult, Criterion
from tenderkit.evaluation.traits import gives_value
from tenderkit.excel.draft import Draft
from tenderkit.excel.result_book import ADMITTED, FELL_OUT, INCOMPLETE, REJECTED, ResultBook, heading
from tenderkit.excel.result_leaf import award_formula
from tenderkit.excel.sheets import Scalar, Sheet, address, area, quoted
from tenderkit.quantities import round_half_up

_LAST = -(10**15)  # the ranking number of a bid that takes no part
_EXACT_PLACES = 9
_SHOWN_TITLE = 200  # a text inside a formula has at most 255 characters


@dataclass
class RankingCells:
    """Where the columns of the ranking are, seen from other sheets."""

    first: int
    last: int
    draft: Draft
    total: int
    rank: int
    decided: int
    order: int

    def column(self, column: int) -> str:
        """Give a column of all bids."""
        return self.draft.span((self.first, column), (self.last, column))

    def cell(self, number: int, column: int) -> str:
        """Give a cell of the bid in a row, counted from 0."""
        return self.draft.at(self.first + number, column)


def ranking_sheet(book: ResultBook) -> tuple[Sheet, RankingCells]:
    """Give the sheet and where its columns are."""
    words, spec = book.frame.words, book.spec
    if set(spec.ties) - {PRICE, LOTS_DRAWING}:
        book.worse = worse_when_higher(book.course.left)
    draft = book.frame.draft("ranking", (6, 36, 10, 18, 16, 20, *(22 for _ in spec.ties), 13, 30, 13))
    draft.remark(words("ranking_note"))
    draft.row += 1
    heads = [words(name) for name in ("number", "bidder", "status", "exact", "total", "key")]
    heads += [_tie_head(book, rule) for rule in spec.ties]
    draft.headings(draft.row, [*heads, words("rank"), words("decided_by"), words("order")])
    head, first = draft.row, draft.row + 1
    last = head + max(1, len(book.bids))
    ties = 6 + len(spec.ties)
    cells = RankingCells(first, last, draft, 4, ties, ties + 1, ties + 2)
    for number, bid in enumerate(book.bids):
        if book.out(bid):
            _fallen_out(book, cells, number, bid)
            continue
        _total(book, draft, first + number, bid)
        for index, rule in enumerate(spec.ties):
            _tie(book, draft, (first + number, 6 + index), bid, rule)
        _rank(book, cells, number, bid)
    body = area((first, 0), (last, cells.order), fixed=False)
    draft.highlight(body, f"${address(first, cells.rank)}=1", "winner")
    draft.highlight(body, f"$C{first + 1}={REJECTED}", "muted")
    if book.can_fall_out:
        draft.highlight(body, f"$C{first + 1}={FELL_OUT}", "muted")
    return draft.finish(freeze=(first, 2), repeat=(head, head)), cells


def _tie_head(book: ResultBook, rule: str) -> str:
    words = book.frame.words
    if rule == PRICE:
        return words("tie_price")
    if rule == LOTS_DRAWING:
        return words("tie_drawn")
    criterion = book.spec.criterion(rule)
    return words(f"tie_{_compared(criterion)}", title=heading(criterion) if criterion else rule)


def _fallen_out(book: ResultBook, cells: RankingCells, number: int, bid: Bid) -> None:
    """Put a bid that fell out: it has no total and no rank, and stands behind every other in all comparisons."""
    words, draft, row = book.frame.words, cells.draft, cells.first + number
    draft.number(row, 0, number + 1, "0")
    draft.formula(row, 1, book.names[bid.bidder], bid.name, "label")
    draft.formula(row, 2, book.status[bid.bidder], FELL_OUT, "number", "0")
    draft.text(row, 3, "", "number")
    draft.text(row, 4, words("none"), "result")
    for column in range(5, 6 + len(book.spec.ties)):
        draft.number(row, column, _LAST, _shown("0"))
    draft.text(row, cells.rank, "", "result")
    draft.text(row, cells.decided, words("fell_out_at", title=book.stage_title(book.out_at(bid))))
    draft.text(row, cells.order, "", "number")


def _total(book: ResultBook, draft: Draft, row: int, bid: Bid) -> None:
    """Put the total: to nine decimals, rounded as published, and as a number to rank on."""
    words, item = book.frame.words, book.of(bid)
    draft.number(row, 0, row - draft.row, "0")
    draft.formula(row, 1, book.names[bid.bidder], bid.name, "label")
    draft.formula(row, 2, book.status[bid.bidder], ADMITTED if item else REJECTED, "number", "0")
    status, exact, total = address(row, 2), address(row, 3), address(row, 4)
    formula = award_formula(book, deciding_formula(book.spec.award.definition), bid)
    near = round_half_up(item.exact, _EXACT_PLACES) if item else ""
    draft.formula(row, 3, f'IF({status}={ADMITTED},ROUND({formula},{_EXACT_PLACES}),"")', near, "number", "0.000000000")
    none, missing = quoted(words("none")), quoted(words("missing"))
    shown = f"IF({status}={ADMITTED},ROUND({exact},{book.places}),IF({status}={REJECTED},{none},{missing}))"
    draft.formula(row, 4, shown, item.total if item else words("none"), "result", book.total_format)
    sign = "" if book.better_high else "-"
    key: Scalar = (item.total if book.better_high else -item.total) if item else _LAST
    draft.formula(row, 5, f"IF({status}={ADMITTED},{sign}{total},{_LAST})", key, "number", _shown(book.total_format))


def _tie(book: ResultBook, draft: Draft, at: tuple[int, int], bid: Bid, rule: str) -> None:
    """Put the number that a tie rule compares: the higher one wins."""
    item = book.of(bid)
    if rule == LOTS_DRAWING:
        place = -item.rank if item and item.decided_by == LOTS_DRAWING and _is_drawn(book, item) else 0
        draft.number(*at, place, '0;0;"–"')  # shown without its sign: drawn first is -1, which is above -2
        return
    if rule == PRICE:
        formula, value = (
            f"-ROUND({book.prices[bid.bidder]},6)",
            -round_half_up(item.evaluated_price, 6) if item else None,
        )
    else:
        criterion = book.spec.criterion(rule)
        leaves = criterion.leaves() if criterion else ()
        signs = {leaf.id: "-" if leaf.id in book.worse else "+" for leaf in leaves}
        cells = "".join(f"{sign}{book.weighted[bid.bidder, name]}" for name, sign in signs.items())
        formula = f"ROUND({cells.removeprefix('+') or '0'},{_EXACT_PLACES})"
        merits = (item.on(name).weighted * (-1 if sign == "-" else 1) for name, sign in signs.items()) if item else ()
        value = round_half_up(sum(merits, Fraction(0)), _EXACT_PLACES) if item else None
    guarded = f"IF({address(at[0], 2)}={ADMITTED},{formula},{_LAST})"
    shown = _shown("#,##0.00" if rule == PRICE else "0.00##")
    draft.formula(*at, guarded, _LAST if value is None else value, "number", shown)


def _shown(fmt: str) -> str:
    """Give a number format that shows a dash for a bid that takes no part."""
    return f'[<-99999999999]"–";{fmt}'


def _is_drawn(book: ResultBook, item: BidResult) -> bool:
    """Tell whether lots were drawn: a rank that is still shared was not."""
    return sum(other.rank == item.rank for other in book.result.ranking) == 1


def _rank(book: ResultBook, cells: RankingCells, number: int, bid: Bid) -> None:
    words, draft, row, item = book.frame.words, cells.draft, cells.first + number, book.of(bid)
    status = area((cells.first, 2), (cells.last, 2))
    columns = [5, *range(6, 6 + len(book.spec.ties))]
    compared = [(area((cells.first, column), (cells.last, column)), address(row, column)) for column in columns]
    ahead = ""
    for column, own in reversed(compared):
        inner = f"+({column}={own})*({ahead})" if ahead else ""
        ahead = f"({column}>{own}){inner}"
    # The comparison must be a number for SUMPRODUCT also where no tie rule follows.
    rank = f"SUMPRODUCT(1*({ahead}))+1"
    takes_part = f"{address(row, 2)}={ADMITTED}"
    waits = f"IF(COUNTIF({status},{INCOMPLETE})>0,{quoted(words('pending'))},{rank})"
    draft.formula(row, cells.rank, f'IF({takes_part},{waits},"")', item.rank if item else "", "result", "0")
    own_rank = address(row, cells.rank)
    decided = _decided(book, compared)
    draft.formula(row, cells.decided, f'IF(ISNUMBER({own_rank}),{decided},"")', decided_value(book, item), "label")
    above = f"{address(cells.first, cells.rank, fixed=True)}:{own_rank}"
    order = f'IF(ISNUMBER({own_rank}),{own_rank}+COUNTIF({above},{own_rank})-1,"")'
    draft.formula(row, cells.order, order, _order(book, item), "number", "0")


def _decided(book: ResultBook, compared: list[tuple[str, str]]) -> str:
    """Give the formula of the first rule by which no other bid is equal."""
    words, ties = book.frame.words, book.spec.ties
    open_tie = words("draw") if LOTS_DRAWING in ties else words("tie")
    formula = quoted(open_tie)
    labels = [words("by_total"), *(_rule_label(book, rule) for rule in ties)]
    for count in range(len(compared), 0, -1):
        equal = "*".join(f"({column}={own})" for column, own in compared[:count])
        formula = f"IF(SUMPRODUCT(1*({equal}))=1,{quoted(labels[count - 1])},{formula})"
    return formula


def _rule_label(book: ResultBook, rule: str) -> str:
    words = book.frame.words
    if rule in {PRICE, LOTS_DRAWING}:
        return words("by_price") if rule == PRICE else words("by_lots")
    criterion = book.spec.criterion(rule)
    name = f"by_{_compared(criterion)}"
    return words(name, title=heading(criterion)[:_SHOWN_TITLE] if criterion else rule)


def _compared(criterion: Criterion | None) -> str:
    """Tell what a tie rule compares on a criterion: points, or the number that was offered."""
    if criterion is None or not gives_value(criterion):
        return "points"
    return "lowest" if criterion.better == "lower" else "highest"


def decided_value(book: ResultBook, item: BidResult | None) -> str:
    """Give the rule that decided a bid's rank, in words; empty for a bid that takes no part."""
    words = book.frame.words
    if item is None:
        return ""
    if not _is_drawn(book, item):
        return words("draw") if LOTS_DRAWING in book.spec.ties else words("tie")
    return words("by_total") if item.decided_by == "total" else _rule_label(book, item.decided_by)


def _order(book: ResultBook, item: BidResult | None) -> Scalar:
    """Give the place in the list: equal ranks follow one another in the order of the rows."""
    if item is None:
        return ""
    same = [other for other in book.result.ranking if other.rank == item.rank]
    before = sorted(other.bid.bidder for other in same).index(item.bid.bidder)
    return item.rank + before
