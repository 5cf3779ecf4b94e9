"""The sheet with the points: what went in, points by the published formulas, weighted points. All of it live."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from tenderkit.evaluation.minimum import alone
from tenderkit.evaluation.points import counted
from tenderkit.evaluation.score import summand
from tenderkit.evaluation.spec import Bid, Criterion
from tenderkit.evaluation.traits import gives_value, uses_price
from tenderkit.excel.draft import Draft
from tenderkit.excel.result_book import ADMITTED, FELL_OUT, INCOMPLETE, REJECTED, ResultBook, heading
from tenderkit.excel.result_course import by_bidder
from tenderkit.excel.result_leaf import (
    Helper,
    award_cells,
    award_formula,
    helper_formula,
    helper_heading,
    helper_values,
    helpers,
    points_formula,
)
from tenderkit.excel.sheets import Scalar, Sheet, address, area, quoted

_ON_ONE_PAGE = 6
_FIRST = 3  # number, bidder, status; then a column for each criterion
POINTS_FORMAT, VALUE_FORMAT = "0.00##", "#,##0.00##"


@dataclass
class Points:
    """The sheet while it is drafted. ``first`` is the row of the first bid in the first table.

    ``helpers`` are columns beside that table: the values of all bids in the ranking where a formula looks at them, the
    points for a score where a model works on them, and the named steps of a model.
    """

    book: ResultBook
    draft: Draft
    helpers: list[Helper]
    first: int = 0
    given: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def begin(cls, book: ResultBook) -> Points:
        """Begin the sheet with what went in, the columns beside it, and the points."""
        found = [helper for leaf in book.leaves for helper in helpers(leaf)]
        widths = (6, 36, 11, *(17 for _ in book.leaves), *(24 for _ in found))
        points = cls(book, book.frame.draft("points", widths), found)
        _given(points)
        _put_helpers(points)
        if book.leaves:
            points.draft.row += 2
            _points(points)
        return points

    def finish(self) -> Sheet:
        """Put the weighted points, and give the sheet; the award model's steps must be there before."""
        if self.book.leaves:
            self.draft.row += 2
            _weighted(self)
        return self.draft.finish(freeze=(0, _FIRST), one_page=len(self.book.bids) <= _ON_ONE_PAGE)

    def row_of(self, bid: Bid) -> int:
        """Give a bid's row in the first table."""
        return self.first + [own.bidder for own in self.book.bids].index(bid.bidder)

    def references(self, leaf: Criterion, bid: Bid) -> dict[str, str]:
        """Give what stands for each value in a criterion's formula, for one bid."""
        own = self.given[bid.bidder, leaf.id]
        found = {"v": own}
        if leaf.kind == "price":
            found = {"P": own, "Ps": self.book.line_areas.get(leaf.id, self.book.admitted_prices)}
        last = self.first + len(self.book.bids) - 1
        for index, helper in enumerate(self.helpers):
            if helper.leaf.id == leaf.id:
                column = _FIRST + len(self.book.leaves) + index
                found[f"{helper.name}s"] = area((self.first, column), (last, column))
                if helper.name != "v":
                    found[helper.name] = address(self.row_of(bid), column)
        return found

    def own_cell(self, leaf: Criterion, bid: Bid) -> str:
        """Give the cell, seen from other sheets, of what went in."""
        return self.draft.at(self.row_of(bid), _FIRST + [own.id for own in self.book.leaves].index(leaf.id))


def has_points(book: ResultBook, leaf: Criterion, bid: Bid) -> bool:
    """Tell whether a bid has points on a criterion here: one that fell out, only where they hang on the bid alone."""
    return not book.out(bid) or alone(leaf)


def _head(points: Points, section: str, note: str = "", more: tuple[str, ...] = ()) -> None:
    words, draft = points.book.frame.words, points.draft
    draft.row = draft.section(words(section))
    if note:
        draft.remark(words(note))
    leaves = [heading(leaf) for leaf in points.book.leaves]
    draft.headings(draft.row, [words("number"), words("bidder"), words("status"), *leaves, *more])


def _start(points: Points, bid: Bid, number: int) -> None:
    draft, book = points.draft, points.book
    draft.row += 1
    draft.number(draft.row, 0, number, "0")
    draft.formula(draft.row, 1, book.names[bid.bidder], bid.name, "label")
    if bid.bidder in book.status:
        draft.formula(draft.row, 2, book.status[bid.bidder], book.fixed_status(bid), "number", "0")


def _grey(points: Points, first: int, more: int = 0) -> None:
    """Grey the rows of bids that fell out."""
    if points.book.can_fall_out:
        last = _FIRST + len(points.book.leaves) + more - 1
        rows = area((first, 0), (points.draft.row, last), fixed=False)
        points.draft.highlight(rows, f"$C{first + 1}={FELL_OUT}", "muted")


def _given(points: Points) -> None:
    """Put what went in; the status says whether a bid takes part and is complete."""
    book, draft, words = points.book, points.draft, points.book.frame.words
    more = tuple(helper_heading(book, helper) for helper in points.helpers)
    section = "section_given" if book.leaves else "section_part"
    _head(points, section, "status_note_out" if book.can_fall_out else "status_note", more)
    points.first = draft.row + 1
    for number, bid in enumerate(book.bids, start=1):
        _start(points, bid, number)
        for column, leaf in enumerate(book.leaves, start=_FIRST):
            points.given[bid.bidder, leaf.id] = address(draft.row, column)
            _went_in(points, bid, leaf, column)
        _status(points, bid)
    _grey(points, points.first, len(more))
    draft.row += 1
    if any(leaf.kind == "offer" for leaf in book.leaves):
        draft.remark(words("given_note"))


def _went_in(points: Points, bid: Bid, leaf: Criterion, column: int) -> None:
    book, draft, words = points.book, points.draft, points.book.frame.words
    if leaf.kind == "price":
        cell = book.line_prices.get((bid.bidder, leaf.id), book.prices[bid.bidder])
        draft.formula(draft.row, column, cell, _price(book, bid, leaf), "number", "money")
    elif book.fixed_status(bid) == REJECTED:
        draft.text(draft.row, column, words("none"), "number")
    elif leaf.kind == "offer":
        draft.number(draft.row, column, counted(leaf, Fraction(bid.offers[leaf.id])))
    else:
        scores = by_bidder(book.course.everyone, book.course.everyone.given[leaf.id])
        draft.number(draft.row, column, scores[bid.bidder])


def _price(book: ResultBook, bid: Bid, leaf: Criterion) -> Scalar:
    lines = [line for line in book.spec.price_lines if not leaf.lines or line.id in leaf.lines]
    if book.unpriced(bid):
        return book.frame.words("none")
    if any(line.id not in bid.prices for line in lines):
        return book.frame.words("missing")
    return sum((line.quantity * Fraction(bid.prices[line.id]) for line in lines), Fraction(0))


def _status(points: Points, bid: Bid) -> None:
    """Put whether a bid takes part and is complete; that it fell out is fixed, because other bids' points follow."""
    book, draft, words = points.book, points.draft, points.book.frame.words
    count, last = len(book.leaves), _FIRST + len(book.leaves) - 1
    cells = area((draft.row, _FIRST), (draft.row, last), fixed=False) if count else "0"
    span = draft.span((draft.row, _FIRST), (draft.row, last)) if count else "0"
    whole = [f"COUNT({{}})={count}"] if count else []
    # Where all prices count in the award model only, no criterion tells that one is missing.
    whole += [f"ISNUMBER({book.prices[bid.bidder]})"] if uses_price(book.spec.award.definition) else []
    condition = whole[0] if len(whole) == 1 else f"AND({','.join(whole)})"
    if book.out(bid):
        draft.number(draft.row, 2, FELL_OUT, "0")
    else:
        complete = f"IF({condition.format(cells)},{ADMITTED},{INCOMPLETE})"
        formula = f"IF({book.admitted[bid.bidder]}<>{quoted(words.yes)},{REJECTED},{complete})"
        draft.formula(draft.row, 2, formula, book.fixed_status(bid), "number", "0")
    book.status[bid.bidder] = draft.at(draft.row, 2)
    book.complete[bid.bidder] = condition.format(span)


def _put_helpers(points: Points) -> None:
    """Put the helper columns beside the first table: blank for bids that take no part."""
    book = points.book
    for index, helper in enumerate(points.helpers):
        leaf, column = helper.leaf, _FIRST + len(book.leaves) + index
        everyone = book.course.everyone if alone(leaf) else book.course.left
        values = helper_values(everyone, helper)
        for bid in book.bids:
            if not has_points(book, leaf, bid):
                points.draft.text(points.row_of(bid), column, "", "number")
                continue
            own = points.given[bid.bidder, leaf.id]
            formula = helper_formula(book, helper, own, points.references(leaf, bid))
            guarded = f'IF(AND({book.status[bid.bidder]}<>{REJECTED},ISNUMBER({own})),{formula},"")'
            value = values.get(bid.bidder, "")
            points.draft.formula(points.row_of(bid), column, guarded, value, "number", "#,##0.00####")


def _points(points: Points) -> None:
    book, draft, words = points.book, points.draft, points.book.frame.words
    none, missing = quoted(words("none")), quoted(words("missing"))
    _head(points, "section_points")
    first = draft.row + 1
    columns = {
        leaf.id: by_bidder(field, field.points[leaf.id])
        for leaf in book.leaves
        for field in [book.course.everyone if alone(leaf) else book.course.left]
    }
    for number, bid in enumerate(book.bids, start=1):
        _start(points, bid, number)
        status = book.status[bid.bidder]
        for column, leaf in enumerate(book.leaves, start=_FIRST):
            book.points[bid.bidder, leaf.id] = draft.at(draft.row, column)
            if not has_points(book, leaf, bid):
                draft.text(draft.row, column, words("none"), "number")
                continue
            own = points.given[bid.bidder, leaf.id]
            formula = points_formula(book, leaf, own, points.references(leaf, bid))
            guarded = f"IF({status}={REJECTED},{none},IF(ISNUMBER({own}),{formula},{missing}))"
            value = columns[leaf.id].get(bid.bidder, words("none"))
            shown = VALUE_FORMAT if gives_value(leaf) else POINTS_FORMAT
            draft.formula(draft.row, column, guarded, value, "number", shown)
    _grey(points, first)


def _weighted(points: Points) -> None:
    """Put what each criterion adds to the award model's sum."""
    book, draft, words = points.book, points.draft, points.book.frame.words
    _head(points, "section_money" if book.uses_amounts else "section_weighted")
    first, tree = draft.row + 1, summand(book.spec.award.definition)
    for number, bid in enumerate(book.bids, start=1):
        _start(points, bid, number)
        item, status = book.of(bid), book.status[bid.bidder]
        for column, leaf in enumerate(book.leaves, start=_FIRST):
            book.weighted[bid.bidder, leaf.id] = draft.at(draft.row, column)
            if book.out(bid):
                draft.text(draft.row, column, words("none"), "number")
                continue
            formula = award_formula(book, tree, bid, [award_cells(book, leaf, bid)])
            guarded = f"IF({status}={ADMITTED},{formula},{quoted(words('none'))})"
            value = item.on(leaf.id).weighted if item else words("none")
            draft.formula(draft.row, column, guarded, value, "number", VALUE_FORMAT)
    _grey(points, first)
    draft.row += 1
