"""Results of several lots, made from ranks, totals and prices, for the tests of awards with a limit of lots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from scoring_builders import a_model, price_and_quality

from tenderkit.evaluation.allocation import Allocation, LotLimit, allocate
from tenderkit.evaluation.spec import Bid, BidResult, Result

#: A bid: bidder, total, evaluated price, and its rank where it is not the place in the list.
Row = tuple[str, str, str] | tuple[str, str, str, int]


def a_ranking(lot: str, rows: Sequence[Row], names: Mapping[str, str] | None = None) -> tuple[BidResult, ...]:
    """Give a ranking, the best bid first."""
    items = []
    for place, (bidder, total, price, *rank) in enumerate(rows, start=1):
        bid = Bid(bidder, (names or {}).get(bidder, f"{bidder.title()} A/S"), lot, {}, {})
        items.append(
            BidResult(
                bid, Fraction(price), (), {}, Fraction(total), Decimal(total), rank[0] if rank else place, "total"
            )
        )
    return tuple(items)


def a_result(lot: str, rows: Sequence[Row], names: Mapping[str, str] | None = None) -> Result:
    """Give a lot's own result."""
    spec = replace(price_and_quality("1/2", a_model("relative-linear", X="1/2")), lot=lot, lot_title=lot.title())
    ranking = a_ranking(lot, rows, names)
    first = [item for item in ranking if item.rank == 1]
    margin = abs(ranking[0].total - ranking[1].total) if len(ranking) > 1 else None
    return Result(spec, ranking, (), first[0] if len(first) == 1 else None, margin)


def some_results(lots: Mapping[str, Sequence[Row]], names: Mapping[str, str] | None = None) -> dict[str, Result]:
    """Give the results of lots by their rows."""
    return {lot: a_result(lot, rows, names) for lot, rows in lots.items()}


def a_limit(at_most: int, choose: str, lots: Mapping[str, object], sizes: Sequence[int] = ()) -> LotLimit:
    """Give a limit over lots; without sizes the first lot is the largest."""
    values = sizes or range(len(lots), 0, -1)
    return LotLimit(
        at_most,
        "highest-points" if choose == "highest-points" else "lowest-price",
        {lot: Decimal(value) for lot, value in zip(lots, values, strict=True)},
    )


def allocated(
    lots: Mapping[str, Sequence[Row]], at_most: int = 1, choose: str = "lowest-price", sizes: Sequence[int] = ()
) -> Allocation:
    """Give how lots are decided together."""
    return allocate(some_results(lots), a_limit(at_most, choose, lots, sizes))


def winners(allocation: Allocation) -> dict[str, str]:
    """Give who wins which lot."""
    return {turn.lot: turn.winner.bid.bidder for turn in allocation.turns}
