"""E2, all lots together: the ranks and values of every bid, the chosen winners, and live checks of sums and limit.

Bidders are counted by a number and not by name: a name can hold what COUNTIF and MATCH read as a pattern.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tenderkit.evaluation.allocation import Allocation, Turn
from tenderkit.evaluation.spec import BidResult, Result
from tenderkit.excel.draft import Draft
from tenderkit.excel.frame import Frame
from tenderkit.excel.sheets import Workbook, address, area, quoted
from tenderkit.excel.words import words_for
from tenderkit.plan import Plan

KIND = "lots"
_FIRST = 2  # the column of the first bidder
_COLUMNS = 8  # of the table of winners
_TURN, _NUMBER, _WINNER, _RANK, _VALUE, _PASSED, _CHECK = range(1, _COLUMNS)


def lots_workbook(plan: Plan, results: Mapping[str, Result], allocation: Allocation) -> Workbook:
    """Give the workbook of how all lots are decided together."""
    frame = Frame.of(plan, KIND, "", words_for(plan, KIND)("all_lots"))
    bidders = _bidders(results)
    wide = max(_COLUMNS, _FIRST + len(bidders) + 1)
    draft = frame.draft("lots", (44, 18, *(22 for _ in range(wide - _FIRST))))
    book = _Book(frame, draft, results, allocation, bidders)
    guide = frame.guide()
    _rule(book)
    _ranks(book)
    _values(book)
    if allocation.drawing:
        titles = ", ".join(book.title(lot) for lot in allocation.drawing)
        draft.text(draft.row, 0, frame.words("drawing", lots=titles), "strong")
    else:
        _chosen(book)
        _limit(book)
        _equal(book)
    return frame.workbook([draft.finish(), guide])


def _bidders(results: Mapping[str, Result]) -> dict[str, str]:
    """Give everybody who has a bid in a ranking, by id, with the name; equal names are told apart by the id."""
    names = {item.bid.bidder: item.bid.name for result in results.values() for item in result.ranking}
    count = Counter(names.values())
    return {
        bidder: name if count[name] == 1 else f"{name} ({bidder})"
        for bidder, name in sorted(names.items(), key=lambda pair: (pair[1], pair[0]))
    }


@dataclass
class _Book:
    """The sheet while it is drafted, with where things stand on it."""

    frame: Frame
    draft: Draft
    results: Mapping[str, Result]
    allocation: Allocation
    bidders: Mapping[str, str]
    at_most: str = ""
    numbers: str = ""
    names: str = ""
    winners: str = ""
    separate: str = ""

    def __post_init__(self) -> None:
        self.rank_rows: dict[str, int] = {}
        self.value_rows: dict[str, int] = {}
        self.number = {bidder: place for place, bidder in enumerate(self.bidders, start=1)}

    @property
    def lots(self) -> list[str]:
        """Give the lots in the order of the tender."""
        return list(self.allocation.limit.sizes)

    @property
    def choose(self) -> str:
        """Give what is added up."""
        return self.allocation.limit.choose

    @property
    def format(self) -> str:
        """Give the number format of what is added up."""
        if self.choose == "lowest-price":
            return "money"
        places = max(result.spec.total_places for result in self.results.values())
        return "#,##0" + ("." + "0" * places if places else "")

    def title(self, lot: str) -> str:
        """Give what readers call a lot."""
        return self.results[lot].spec.lot_title

    def across(self, row: int) -> str:
        """Give the cells of all bidders in a row."""
        return area((row, _FIRST), (row, _FIRST + max(1, len(self.bidders)) - 1))

    def of(self, lot: str, bidder: str) -> BidResult | None:
        """Give a bidder's bid in a lot's ranking; None where there is none."""
        return next((item for item in self.results[lot].ranking if item.bid.bidder == bidder), None)


def _rule(book: _Book) -> None:
    words, draft = book.frame.words, book.draft
    draft.row = draft.section(words("section_rule"))
    draft.text(draft.row, 0, words("at_most"))
    draft.number(draft.row, 1, book.allocation.limit.at_most, "0")
    book.at_most = address(draft.row, 1, fixed=True)
    draft.row += 1
    draft.text(draft.row, 0, words("choose"))
    draft.text(draft.row, 1, words(f"choose_{book.choose}"), "context")
    draft.row += 1
    draft.remark(words("rule_note"))
    draft.row += 1


def _ranks(book: _Book) -> None:
    """Put the bidders with their numbers, and each one's rank on each lot."""
    words, draft = book.frame.words, book.draft
    draft.row = draft.section(words("section_ranks"))
    draft.headings(draft.row, [words("lot"), words("number")])
    for number in book.number.values():
        draft.number(draft.row, _FIRST + number - 1, number, "0", "head")
    book.numbers = book.across(draft.row)
    draft.headings(draft.row + 1, ["", words("size"), *book.bidders.values()])
    book.names = book.across(draft.row + 1)
    draft.row += 2
    for lot in book.lots:
        draft.text(draft.row, 0, book.title(lot))
        draft.number(draft.row, 1, book.allocation.limit.sizes[lot], "#,##0")
        book.rank_rows[lot] = draft.row
        for column, bidder in enumerate(book.bidders, start=_FIRST):
            item = book.of(lot, bidder)
            if item is None:
                draft.text(draft.row, column, words("none"), "number")
            else:
                draft.number(draft.row, column, item.rank, "0")
        draft.row += 1
    draft.row += 1


def _values(book: _Book) -> None:
    """Put what is added up for each bid, and for the bid ranked first on each lot."""
    words, draft = book.frame.words, book.draft
    last = _FIRST + len(book.bidders)
    draft.row = draft.section(words(f"section_values_{book.choose}"))
    draft.headings(draft.row, [words("lot"), "", *book.bidders.values(), words("first")])
    head = draft.row
    for lot in book.lots:
        draft.row += 1
        draft.text(draft.row, 0, book.title(lot))
        draft.text(draft.row, 1, "")
        book.value_rows[lot] = draft.row
        for column, bidder in enumerate(book.bidders, start=_FIRST):
            item = book.of(lot, bidder)
            if item is None:
                draft.text(draft.row, column, words("none"), "number")
            else:
                draft.number(draft.row, column, book.allocation.limit.value(item), book.format)
        ranking = book.results[lot].ranking
        if ranking:
            # A shared first rank has no column of its own to find; the result took the first of those bids.
            shared = sum(item.rank == 1 for item in ranking) > 1
            place = str(book.number[ranking[0].bid.bidder])
            place = place if shared else f"MATCH(1,{book.across(book.rank_rows[lot])},0)"
            found = f"INDEX({book.across(draft.row)},{place})"
            draft.formula(draft.row, last, found, book.allocation.limit.value(ranking[0]), "number", book.format)
        else:
            draft.text(draft.row, last, words("none"), "number")
    book.separate = f"SUM({area((head + 1, last), (draft.row, last))})"
    draft.row += 2


def _chosen(book: _Book) -> None:
    """Put the lots in the order in which they are awarded, the sum, and what it would be without a limit."""
    words, draft, allocation = book.frame.words, book.draft, book.allocation
    draft.row = draft.section(words("section_chosen"))
    heads = ("lot", "turn", "winner_number", "winner", "rank", f"value_{book.choose}", "passed", "check")
    draft.headings(draft.row, [words(name) for name in heads])
    head = draft.row
    for number, turn in enumerate(allocation.turns, start=1):
        draft.row += 1
        draft.number(draft.row, _TURN, number, "0")
        _turn(book, turn, head)
    book.winners = area((head, _NUMBER), (draft.row, _NUMBER))
    values = area((head, _VALUE), (draft.row, _VALUE))
    for lot in allocation.without:
        draft.row += 1
        draft.text(draft.row, 0, book.title(lot))
        draft.text(draft.row, 1, words("left" if book.results[lot].ranking else "left_empty"), "context")
    draft.row += 1
    difference = allocation.total - allocation.separate
    sums = {"sum": (f"SUM({values})", allocation.total), "separate": (book.separate, allocation.separate)}
    for name, (formula, value) in sums.items():
        draft.text(draft.row, 0, words(name), "strong")
        draft.formula(draft.row, 1, formula, value, "result", book.format)
        draft.row += 1
    draft.text(draft.row, 0, words("difference"), "strong")
    gap = f"{address(draft.row - 2, 1)}-{address(draft.row - 1, 1)}"
    draft.formula(draft.row, 1, gap, difference, "result", book.format)
    draft.row += 2


def _turn(book: _Book, turn: Turn, head: int) -> None:
    """Put one lot: its winner, and whether all better-ranked bidders had reached the limit before."""
    words, draft, row = book.frame.words, book.draft, book.draft.row
    bidder = turn.winner.bid.bidder
    own = address(row, _NUMBER)
    draft.text(row, 0, book.title(turn.lot))
    draft.number(row, _NUMBER, book.number[bidder], "0")
    draft.formula(row, _WINNER, f"INDEX({book.names},{own})", book.bidders[bidder], "strong")
    ranks, values = book.across(book.rank_rows[turn.lot]), book.across(book.value_rows[turn.lot])
    draft.formula(row, _RANK, f"INDEX({ranks},{own})", turn.winner.rank, "number", "0")
    value = book.allocation.limit.value(turn.winner)
    draft.formula(row, _VALUE, f"INDEX({values},{own})", value, "number", book.format)
    draft.text(row, _PASSED, ", ".join(book.bidders[item.bid.bidder] for item in turn.passed) or words("none"))
    before = f"{address(head, _NUMBER, fixed=True)}:{address(row - 1, _NUMBER)}"
    better = f"ISNUMBER({ranks})*({ranks}<{address(row, _RANK)})"
    free = f"SUMPRODUCT({better}*(COUNTIF({before},{book.numbers})<{book.at_most}))"
    good, wrong = quoted(words("ok")), quoted(words("wrong"))
    draft.formula(row, _CHECK, f"IF({free}=0,{good},{wrong})", words("ok"), "status")
    _looks(draft, address(row, _CHECK), words("ok"))


def _limit(book: _Book) -> None:
    """Put how many lots each bidder has won, against the limit."""
    words, draft = book.frame.words, book.draft
    draft.row = draft.section(words("section_limit"))
    draft.headings(draft.row, [words(name) for name in ("bidder", "number", "won", "most", "check")])
    good, wrong = quoted(words("ok")), quoted(words("wrong"))
    for bidder, name in book.bidders.items():
        draft.row += 1
        row = draft.row
        draft.text(row, 0, name)
        draft.number(row, 1, book.number[bidder], "0")
        won = len(book.allocation.won(bidder))
        draft.formula(row, 2, f"COUNTIF({book.winners},{address(row, 1)})", won, "number", "0")
        draft.formula(row, 3, book.at_most, book.allocation.limit.at_most, "number", "0")
        check = f"IF({address(row, 2)}<={address(row, 3)},{good},{wrong})"
        draft.formula(row, 4, check, words("ok"), "status")
        _looks(draft, address(row, 4), words("ok"))
    draft.row += 2


def _equal(book: _Book) -> None:
    """Put the combinations with the same sum beside the chosen one, each as the numbers of its winners."""
    words, draft, allocation = book.frame.words, book.draft, book.allocation
    if not allocation.equal:
        return
    draft.row = draft.section(words("section_equal"))
    draft.remark(words("equal_note"))
    chosen = {turn.lot: turn.winner for turn in allocation.turns}
    choices = [chosen, *allocation.equal]
    heads = [words("chosen"), *(words("other", number=number) for number in range(2, len(choices) + 1))]
    draft.headings(draft.row, [words("lot"), *heads])
    first = draft.row + 1
    for lot in book.lots:
        draft.row += 1
        draft.text(draft.row, 0, book.title(lot))
        for column, choice in enumerate(choices, start=1):
            if lot in choice:
                draft.number(draft.row, column, book.number[choice[lot].bid.bidder], "0")
            else:
                draft.text(draft.row, column, words("none"), "number")
    draft.row += 1
    draft.text(draft.row, 0, words("sum_of"), "strong")
    for column, choice in enumerate(choices, start=1):
        parts = [
            f"INDEX({book.across(book.value_rows[lot])},{address(first + place, column)})"
            for place, lot in enumerate(book.lots)
            if lot in choice
        ]
        total = sum((allocation.limit.value(item) for item in choice.values()), Fraction(0))
        draft.formula(draft.row, column, "+".join(parts) or "0", total, "result", book.format)
    draft.row += 2


def _looks(draft: Draft, cell: str, good: str) -> None:
    draft.highlight(cell, f"{cell}={quoted(good)}", "good")
    draft.highlight(cell, f"{cell}<>{quoted(good)}", "bad")
