"""The sheet with the points: what went in, points by the published formulas, weighted points. All of it live."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.score import summand
from tenderkit.evaluation.spec import Bid, Criterion
from tenderkit.excel.draft import Draft
from tenderkit.excel.fields import exact
from tenderkit.excel.result_book import ADMITTED, INCOMPLETE, REJECTED, ResultBook, heading
from tenderkit.excel.sheets import Scalar, Sheet, address, area, quoted
from tenderkit.formula import evaluate_bids, excel, names_in

_ON_ONE_PAGE = 6
_FIRST = 3  # number, bidder, status; then a column for each criterion


@dataclass
class _Points:
    """The sheet while it is drafted. ``first`` is the row of the first bid in the first table.

    ``helpers`` are columns beside that table: the offers of admitted bids where a formula looks at all of them (called
    ``v``), and the named steps of a model.
    """

    book: ResultBook
    draft: Draft
    helpers: list[tuple[Criterion, str]]
    first: int = 0
    given: dict[tuple[str, str], str] = field(default_factory=dict)

    def row_of(self, bid: Bid) -> int:
        """Give a bid's row in the first table."""
        return self.first + [own.bidder for own in self.book.bids].index(bid.bidder)

    def column_of(self, index: int) -> int:
        """Give the column of a helper."""
        return _FIRST + len(self.book.leaves) + index

    def references(self, leaf: Criterion, bid: Bid) -> dict[str, str]:
        """Give what stands for each name in a criterion's formula, for one bid."""
        own = self.given[bid.bidder, leaf.id]
        found = constants(self.book, leaf)
        found |= {"P": own, "Ps": self.book.admitted_prices} if leaf.kind == "price" else {"v": own}
        last = self.first + len(self.book.bids) - 1
        for index, (helped, name) in enumerate(self.helpers):
            if helped.id == leaf.id:
                column = self.column_of(index)
                found[f"{name}s"] = area((self.first, column), (last, column))
                if name != "v":
                    found[name] = address(self.row_of(bid), column)
        return found


def points_sheet(book: ResultBook) -> Sheet:
    """Give the sheet, and note in the book where each bid's status, points and weighted points stand."""
    helpers = _helpers(book)
    draft = book.frame.draft("points", (6, 36, 11, *(17 for _ in (*book.leaves, *helpers))))
    points = _Points(book, draft, helpers)
    _given(points)
    _put_helpers(points)
    draft.row += 2
    _points(points)
    draft.row += 2
    _weighted(points)
    return draft.finish(freeze=(0, _FIRST), one_page=len(book.bids) <= _ON_ONE_PAGE)


def _helpers(book: ResultBook) -> list[tuple[Criterion, str]]:
    found = []
    for leaf in book.leaves:
        if leaf.model is None:
            continue
        definition = leaf.model.definition
        trees = [deciding_formula(definition), *definition.step_trees.values()]
        if leaf.kind == "offer" and any("vs" in names_in(tree) for tree in trees):
            found.append((leaf, "v"))
        found += [(leaf, step) for step in definition.steps]
    return found


def _head(points: _Points, section: str, note: str = "", more: tuple[str, ...] = ()) -> None:
    words, draft = points.book.frame.words, points.draft
    draft.row = draft.section(words(section))
    if note:
        draft.remark(words(note))
    leaves = [heading(leaf) for leaf in points.book.leaves]
    draft.headings(draft.row, [words("number"), words("bidder"), words("status"), *leaves, *more])


def _start(points: _Points, bid: Bid, number: int) -> None:
    draft, book = points.draft, points.book
    draft.row += 1
    draft.number(draft.row, 0, number, "0")
    draft.formula(draft.row, 1, book.names[bid.bidder], bid.name, "label")
    if bid.bidder in book.status:
        draft.formula(draft.row, 2, book.status[bid.bidder], ADMITTED if book.of(bid) else REJECTED, "number", "0")


def _given(points: _Points) -> None:
    """Put what went in; the status says whether a bid takes part and is complete."""
    book, draft, words = points.book, points.draft, points.book.frame.words
    more = tuple(
        words("only_admitted", title=heading(leaf)) if name == "v" else words("step_of", title=heading(leaf), step=name)
        for leaf, name in points.helpers
    )
    _head(points, "section_given", "status_note", more)
    points.first = draft.row + 1
    for number, bid in enumerate(book.bids, start=1):
        _start(points, bid, number)
        item = book.of(bid)
        for column, leaf in enumerate(book.leaves, start=_FIRST):
            points.given[bid.bidder, leaf.id] = address(draft.row, column)
            if leaf.kind == "price":
                draft.formula(draft.row, column, book.prices[bid.bidder], _price(book, bid), "number", "money")
            elif item is None:
                draft.text(draft.row, column, words("none"), "number")
            else:
                draft.number(draft.row, column, item.on(leaf.id).given)
        cells = area((draft.row, _FIRST), (draft.row, _FIRST + len(book.leaves) - 1), fixed=False)
        complete = f"IF(COUNT({cells})={len(book.leaves)},{ADMITTED},{INCOMPLETE})"
        formula = f"IF({book.admitted[bid.bidder]}<>{quoted(words.yes)},{REJECTED},{complete})"
        draft.formula(draft.row, 2, formula, ADMITTED if item else REJECTED, "number", "0")
        book.status[bid.bidder] = draft.at(draft.row, 2)
    draft.row += 1
    draft.remark(words("given_note"))


def _price(book: ResultBook, bid: Bid) -> Scalar:
    if any(line.id not in bid.prices for line in book.spec.price_lines):
        return book.frame.words("missing")
    return sum((line.quantity * Fraction(bid.prices[line.id]) for line in book.spec.price_lines), Fraction(0))


def constants(book: ResultBook, leaf: Criterion | None) -> dict[str, str]:
    """Give the cells of the numbers that a criterion's model, or the award model, has published."""
    identifier = leaf.id if leaf else ""
    found = {name: cell for (of, name), cell in book.parameters.items() if of == identifier}
    for name, cells in (("floor", book.floors), ("cap", book.caps)):
        if identifier in cells:
            found[name] = cells[identifier]
    return {**found, "S": book.top}


def _put_helpers(points: _Points) -> None:
    """Put the helper columns beside the first table: blank for bids that take no part."""
    book = points.book
    for index, (leaf, name) in enumerate(points.helpers):
        assert leaf.model is not None  # noqa: S101 - only models have helpers
        values = _helper_values(book, leaf, name)
        for bid in book.bids:
            own = points.given[bid.bidder, leaf.id]
            steps = leaf.model.definition.step_trees
            formula = own if name == "v" else excel(steps[name], points.references(leaf, bid))
            guarded = f'IF(AND({book.status[bid.bidder]}<>{REJECTED},ISNUMBER({own})),{formula},"")'
            value = values.get(bid.bidder, "")
            points.draft.formula(points.row_of(bid), points.column_of(index), guarded, value, "number", "0.00####")


def _helper_values(book: ResultBook, leaf: Criterion, name: str) -> dict[str, Fraction]:
    """Give the values of a helper column by bidder, as the engine has them."""
    model, ranking = leaf.model, book.result.ranking
    if model is None or not ranking:
        return {}
    values = [item.on(leaf.id).given for item in ranking]
    if name != "v":
        own = "v" if model.definition.input == "offer" else "P"
        limits = {key: value for key, value in (("floor", leaf.floor), ("cap", leaf.cap)) if value is not None}
        steps = dict(model.definition.step_trees)
        before = {key: steps[key] for key in list(steps)[: list(steps).index(name)]}
        fixed = {**model.parameters, **limits, "S": book.spec.points_top}
        values = list(evaluate_bids(steps[name], [{own: value} for value in values], fixed, before))
    return {item.bid.bidder: value for item, value in zip(ranking, values, strict=True)}


def _points(points: _Points) -> None:
    book, draft, words = points.book, points.draft, points.book.frame.words
    none, missing = quoted(words("none")), quoted(words("missing"))
    _head(points, "section_points")
    for number, bid in enumerate(book.bids, start=1):
        _start(points, bid, number)
        item, status = book.of(bid), book.status[bid.bidder]
        for column, leaf in enumerate(book.leaves, start=_FIRST):
            own = points.given[bid.bidder, leaf.id]
            formula = _leaf_formula(points, leaf, bid)
            guarded = f"IF({status}={REJECTED},{none},IF(ISNUMBER({own}),{formula},{missing}))"
            value = item.on(leaf.id).points if item else words("none")
            draft.formula(draft.row, column, guarded, value, "number", "0.00##")
            book.points[bid.bidder, leaf.id] = draft.at(draft.row, column)


def _leaf_formula(points: _Points, leaf: Criterion, bid: Bid) -> str:
    """Give the formula of a bid's points, rounded where the tender or the model says so."""
    places = points.book.spec.point_places
    own = points.given[bid.bidder, leaf.id]
    if leaf.scale is not None:
        bottom, top = Fraction(leaf.scale.bottom), Fraction(leaf.scale.top)
        formula = f"{points.book.top}*({own}-{exact(bottom)})/{exact(top - bottom)}"
    else:
        assert leaf.model is not None  # noqa: S101 - a criterion without a scale has a model
        definition = leaf.model.definition
        formula = excel(deciding_formula(definition), points.references(leaf, bid))
        if places is None and definition.rounding != "none":
            places = definition.rounding
    return formula if places is None else f"ROUND({formula},{places})"


def _weighted(points: _Points) -> None:
    """Put what each criterion adds to the award model's sum."""
    book, draft, words = points.book, points.draft, points.book.frame.words
    _head(points, "section_weighted" if book.uses_weights else "section_money")
    tree = summand(book.spec.award.definition.tree)
    for number, bid in enumerate(book.bids, start=1):
        _start(points, bid, number)
        item, status = book.of(bid), book.status[bid.bidder]
        for column, leaf in enumerate(book.leaves, start=_FIRST):
            formula = excel(tree, constants(book, None), [criterion_cells(book, leaf, bid)])
            guarded = f"IF({status}={ADMITTED},{formula},{quoted(words('none'))})"
            value = item.on(leaf.id).weighted if item else words("none")
            draft.formula(draft.row, column, guarded, value, "number", "#,##0.00##")
            book.weighted[bid.bidder, leaf.id] = draft.at(draft.row, column)
    draft.row += 1


def criterion_cells(book: ResultBook, leaf: Criterion, bid: Bid) -> dict[str, str]:
    """Give the cells of a criterion's weight, points and amount for a bid."""
    cells = {"p": book.points[bid.bidder, leaf.id]}
    if leaf.id in book.shares:
        cells["w"] = book.shares[leaf.id]
    if leaf.id in book.amounts:
        cells["a"] = book.amounts[leaf.id]
    return cells
