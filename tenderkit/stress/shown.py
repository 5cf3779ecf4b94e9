"""Examples as small tables: a case with the results before and after a change, for the memo and the terminal."""

from __future__ import annotations

from fractions import Fraction

from tenderkit.evaluation.lowbids import EVALUATED_PRICE
from tenderkit.evaluation.spec import Result
from tenderkit.evaluation.traits import uses_price
from tenderkit.stress.cases import Case, CaseBid, winner_of
from tenderkit.stress.finding import Example, ShownBid
from tenderkit.stress.variants import Change


def shown(change: str, case: Case, before: Result, after: Result, after_case: Case | None = None) -> Example:
    """Give an example as people see it.

    Args:
        change: what is different after, as a word with hyphens.
        case: the bids.
        before: the exact result without the change.
        after: the exact result with it.
        after_case: the bids after the change, where bids are changed and not only the evaluation; they have the same
            names, and a bid may be missing.
    """
    later = {bid.name: bid for bid in (after_case or case).bids}
    totals = [{own.bid.bidder: own.exact for own in result.ranking} for result in (before, after)]
    bids = []
    for bid in case.bids:
        given = _given(case, bid)
        other = _given(case, later[bid.name]) if bid.name in later else given
        changed = {name: value for name, value in other.items() if value != given[name]}
        bids.append(ShownBid(bid.name, given, totals[0].get(bid.name), totals[1].get(bid.name), changed))
    return Example(change, tuple(bids), winner_of(before) or "", winner_of(after) or "")


def shown_change(word: str, change: Change | None) -> Example | None:
    """Give a change of the evaluation as people see it; None where no example was found."""
    return None if change is None else shown(word, change.case, change.before, change.after)


def _given(case: Case, bid: CaseBid) -> dict[str, Fraction]:
    """Give what went in, by criterion: prices in kroner, offered numbers and scores."""
    spec = case.spec
    found = {EVALUATED_PRICE: bid.price} if uses_price(spec.award.definition) else {}
    for leaf in spec.leaves():
        if leaf.kind == "price":
            amounts = (Fraction(bid.amounts[line]) for line in (leaf.lines or bid.amounts))
            found[leaf.id] = sum(amounts, Fraction(0))
        else:
            found[leaf.id] = Fraction(bid.given[leaf.id])
    return found
