"""What the result hung on, as it was when the workbook was made: who would win without a loser, and how near it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from tenderkit.evaluation.sensitivity import Sensitivity
from tenderkit.evaluation.smallest import PriceChange, ScoreChange
from tenderkit.evaluation.weights import WeightInterval
from tenderkit.excel.draft import Draft
from tenderkit.excel.result_book import ResultBook, heading
from tenderkit.excel.styles import fitting_format
from tenderkit.quantities import round_half_up

#: A cell: a text, or a number with its format.
Shown = str | tuple[Fraction | int, str]


def put_findings(book: ResultBook, draft: Draft, found: Sensitivity, *, thorough: bool) -> None:
    """Put the findings, a table for each kind; ``thorough`` when the smallest changes were looked for."""
    words = book.frame.words
    names = {bid.bidder: bid.name for bid in book.bids}

    def called(bidder: str | None) -> str:
        return names.get(bidder or "", words("undecided"))

    removed = [
        (names[item.removed], called(item.winner), words("different" if item.changed else "same"))
        for item in found.removals
    ]
    _table(book, draft, "removed", ("removed", "first", "changed"), removed)
    weights = [_weight(book, interval, called(interval.below), called(interval.above)) for interval in found.weights]
    _table(book, draft, "weights", ("criterion", "weight_now", "weight_low", "weight_high", "level_with"), weights)
    if thorough:
        scores = [_score(book, change, names, called(change.winner)) for change in found.scores]
        _table(book, draft, "scores", ("bidder", "criterion", "score_given", "score_other", "first"), scores)
        if not scores and len(book.result.ranking) > 1:
            draft.remark(words("no_score"))
            draft.row += 1
        prices = list(_prices(found.prices, names, called))
        _table(book, draft, "prices", ("bidder", "evaluated_price", "price_other", "price_change", "first"), prices)
        _table(book, draft, "robust", ("bidder", "robust_share"), list(_robust(book, names)))
    costs = [
        (_title(book, cost.criterion), (_kroner(cost.kroner), "money"))
        for cost in found.points
        if cost.kroner is not None
    ]
    _table(book, draft, "worth", ("criterion", "worth"), costs)


def _table(book: ResultBook, draft: Draft, section: str, heads: Sequence[str], rows: Sequence[Sequence[Shown]]) -> None:
    """Put a table under its section title; nothing where it has no rows."""
    if not rows:
        return
    words = book.frame.words
    draft.row = draft.section(words(f"section_{section}"))
    draft.headings(draft.row, [words(name) for name in heads])
    for row in rows:
        draft.row += 1
        for column, shown in enumerate(row):
            if isinstance(shown, str):
                draft.text(draft.row, column, shown, "status" if heads[column] == "changed" else "label")
            else:
                draft.number(draft.row, column, *shown)
    draft.row += 2


def _weight(book: ResultBook, interval: WeightInterval, below: str, above: str) -> tuple[Shown, ...]:
    """Give how far a weight can fall and rise, and who is level with the winner there."""
    level = [name for name, bidder in ((below, interval.below), (above, interval.above)) if bidder]
    shares = (interval.weight, interval.low, interval.high)
    nobody = book.frame.words("level_nobody")
    shown = [(Fraction(round_half_up(share, 3)), "0.0%") for share in shares]
    return (_title(book, interval.criterion), *shown, ", ".join(dict.fromkeys(level)) or nobody)


def _score(book: ResultBook, change: ScoreChange, names: dict[str, str], first: str) -> tuple[Shown, ...]:
    given, other = ((value, fitting_format(value)) for value in (change.given, change.other))
    return (names[change.bidder], _title(book, change.criterion), given, other, first)


def _prices(
    changes: Sequence[PriceChange], names: dict[str, str], called: Callable[[str | None], str]
) -> Iterator[tuple[Shown, ...]]:
    for change in changes:
        share = Fraction(round_half_up(change.other / change.price - 1, 3))
        price, other = ((_kroner(value), "money") for value in (change.price, change.other))
        yield names[change.bidder], price, other, (share, "0.0%"), called(change.winner)


def _robust(book: ResultBook, names: dict[str, str]) -> Iterator[tuple[Shown, ...]]:
    """Give how often each bid would win with other weights."""
    from tenderkit.stress.robust import weight_shares  # noqa: PLC0415 - numpy is slow to import

    for bidder, share in weight_shares(book.result).items():
        yield names[bidder], (Fraction(round_half_up(Fraction(share), 3)), "0.0%")


def _kroner(amount: Fraction | None) -> Fraction:
    """Give an amount to the øre."""
    return Fraction(round_half_up(amount or Fraction(0), 2))


def _title(book: ResultBook, identifier: str) -> str:
    criterion = book.spec.criterion(identifier)
    return heading(criterion) if criterion else identifier
