"""The sheet with the minimum points: what each admitted bid reached, before any price is looked at."""

from __future__ import annotations

from fractions import Fraction

from tenderkit.evaluation.minimum import reached
from tenderkit.evaluation.spec import Bid, Criterion
from tenderkit.excel.draft import Draft
from tenderkit.excel.result_book import ResultBook, heading
from tenderkit.excel.result_checked import colours, met, outcome
from tenderkit.excel.result_course import by_bidder
from tenderkit.excel.sheets import Sheet, address, quoted

_FIRST = 2  # number, bidder; then two columns for each criterion
_PLACES = 9


def minimum_sheet(book: ResultBook) -> list[Sheet]:
    """Give the sheet; none where no criterion has a minimum."""
    words, criteria = book.frame.words, book.minimum_criteria
    if not criteria:
        return []
    draft = book.frame.draft("minimum", (6, 36, *(18 for _ in criteria for _ in range(2)), 14, 18, 24))
    draft.remark(words("minimum_note"))
    draft.row += 1
    heads = [words("number"), words("bidder")]
    for criterion in criteria:
        heads += [words("reached_of", title=heading(criterion)), words("met_of", title=heading(criterion))]
    draft.headings(draft.row, [*heads, words("met_all"), words("met_then"), words("outcome")])
    head = draft.row
    draft.row += 1
    limits = _limits(book, draft)
    first = draft.row + 1
    field = book.course.everyone
    values = {criterion.id: by_bidder(field, reached(book.spec, criterion, field.points)) for criterion in criteria}
    for number, bid in enumerate((bid for bid in book.bids if bid.admitted), start=1):
        draft.row += 1
        draft.number(draft.row, 0, number, "0")
        draft.formula(draft.row, 1, book.names[bid.bidder], bid.name, "label")
        _row(book, draft, bid, limits, {name: column[bid.bidder] for name, column in values.items()})
    if draft.row >= first:
        colours(book, draft, _FIRST + 2 * len(criteria), (first, draft.row))
    return [draft.finish(freeze=(head + 2, 2), repeat=(head, head + 1))]


def _limits(book: ResultBook, draft: Draft) -> dict[str, str]:
    """Put the limits, in points, in a row of their own, and give their cells."""
    words, found = book.frame.words, {}
    draft.text(draft.row, 0, "", "strong")
    draft.text(draft.row, 1, words("minimum_points"), "strong")
    for index, criterion in enumerate(book.minimum_criteria):
        limit = (criterion.minimum or Fraction(0)) * book.spec.points_top
        formula = f"{book.minimums[criterion.id]}*{book.top}"
        draft.formula(draft.row, _FIRST + 2 * index, formula, limit, "result", "0.00####")
        draft.text(draft.row, _FIRST + 2 * index + 1, "", "strong")
        found[criterion.id] = address(draft.row, _FIRST + 2 * index, fixed=True)
    for column in range(3):
        draft.text(draft.row, _FIRST + 2 * len(book.minimum_criteria) + column, "", "strong")
    return found


def _row(book: ResultBook, draft: Draft, bid: Bid, limits: dict[str, str], values: dict[str, Fraction]) -> None:
    words, row = book.frame.words, draft.row
    yes, no, missing = quoted(words.yes), quoted(words.no), quoted(words("missing"))
    cells = []
    for index, criterion in enumerate(book.minimum_criteria):
        column = _FIRST + 2 * index
        limit = (criterion.minimum or Fraction(0)) * book.spec.points_top
        kept = values[criterion.id] >= limit
        draft.formula(row, column, _reached(book, criterion, bid), values[criterion.id], "number", "0.00####")
        value = address(row, column)
        near = f"ROUND({value},{_PLACES})", f"ROUND({limits[criterion.id]},{_PLACES})"
        formula = f"IF(ISNUMBER({value}),IF({met('>=', *near)},{yes},{no}),{missing})"
        draft.formula(row, column + 1, formula, words.yes if kept else words.no, "status")
        cells.append(address(row, column + 1))
    said = ",".join(f"{cell}={yes}" for cell in cells)
    open_ = ",".join(f"{cell}={missing}" for cell in cells)
    formula = f"IF(OR({open_}),{missing},IF(AND({said}),{yes},{no}))"
    outcome(book, draft, _FIRST + 2 * len(cells), formula, kept=not book.unpriced(bid))


def _reached(book: ResultBook, criterion: Criterion, bid: Bid) -> str:
    """Give the formula of what a bid reached: points, or the weighted mean of a group's points."""
    leaves = list(criterion.leaves())
    cells = [book.points[bid.bidder, leaf.id] for leaf in leaves]
    weights = [(book.amounts if book.uses_amounts else book.shares).get(leaf.id, "") for leaf in leaves]
    amounts = [leaf.amount or Fraction(0) if book.uses_amounts else leaf.share for leaf in leaves]
    if criterion is leaves[0]:
        formula = cells[0]
    elif any(amounts) and all(weights):
        products = "+".join(f"{weight}*{cell}" for weight, cell in zip(weights, cells, strict=True))
        formula = f"({products})/({'+'.join(weights)})"
    else:
        formula = f"({'+'.join(cells)})/{len(cells)}"
    return f"IF(COUNT({','.join(cells)})={len(cells)},{formula},{quoted(book.frame.words('missing'))})"
