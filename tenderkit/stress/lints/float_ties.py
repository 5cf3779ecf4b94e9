"""P15: binary numbers part bids that are exactly equal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from tenderkit.evaluation.ranking import TOTAL, UNRESOLVED
from tenderkit.evaluation.spec import BidResult, Result
from tenderkit.quantities import round_half_up
from tenderkit.stress.cases import Case, result_of
from tenderkit.stress.draw import Drawn, Flags
from tenderkit.stress.finding import Example, Finding, Value
from tenderkit.stress.fragile import UNROUNDED, unrounded
from tenderkit.stress.play import Played, play_prepared
from tenderkit.stress.prepared import Prepared, prepared
from tenderkit.stress.shortlist import Shortlist
from tenderkit.stress.shown import shown
from tenderkit.stress.tested import Tested

#: Binary sums of the same exact value differ by less than this share of it; different totals practically never do.
_ERROR = 1e-12


def find(tested: Tested) -> Iterator[Finding]:
    """Find bids with equal totals at the top that binary numbers tell apart.

    One is enough for a finding, since chance then decides in place of the published rule.
    """
    if tested.practice.arithmetic != "float":
        return
    ready = prepared(tested.spec, round_total=False)
    tenders = parted = 0
    candidates = Shortlist()
    for drawn, _ in tested.blocks:
        played = play_prepared(ready, drawn)
        apart = _apart(ready, played)
        tenders += len(drawn)
        parted += int(apart.sum())
        candidates.add(drawn, apart, np.zeros(len(drawn)))
    case = candidates.smallest(tested.spec, lambda found: example_of(found) is not None)
    if case is not None:
        yield Finding("float-ties", "", {"share": Value("percent", Fraction(parted, tenders))}, example_of(case))


def _apart(ready: Prepared, played: Played) -> Flags:
    """Tell in which tenders several totals share the best place, but are not the same binary number."""
    signed = np.where(np.isfinite(played.exact), played.exact if ready.lower else -played.exact, np.inf)
    best = signed.min(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        equal = signed - best <= _ERROR * np.abs(best)
    return np.asarray((equal & (signed != best)).any(axis=1) & played.tied & ~played.undefined)


def example_of(case: Case) -> Example | None:
    """Give bids whose exact totals are equal at the top, as they are and as binary numbers; None for other bids."""
    exact = result_of(case.with_spec(unrounded(case.spec, "total")))
    if exact is None or not exact.ranking:
        return None
    best = exact.ranking[0].exact
    tied = [own.bid.bidder for own in exact.ranking if own.exact == best]
    binary = binary_totals(case)
    if len({binary[name] for name in tied}) == 1:
        return None
    return shown("binary-numbers", case, exact, _as_binary(exact, binary))


def binary_totals(case: Case) -> Mapping[str, Fraction]:
    """Give the totals that a program with binary numbers gets, each as the shortest decimal number that it prints."""
    ready = prepared(case.spec, round_total=False)
    lines = [line.id for line in case.spec.price_lines]
    amounts = np.array([[[float(bid.amounts[line]) for line in lines] for bid in case.bids]])
    columns = []
    for leaf in ready.leaves:
        if leaf.kind == "price":
            columns.append(amounts[..., [lines.index(line) for line in (leaf.lines or lines)]].sum(axis=-1))
        else:
            columns.append(np.array([[float(bid.given[leaf.id]) for bid in case.bids]]))
    present = np.ones(amounts.shape[:2], dtype=bool)
    played = play_prepared(ready, Drawn(amounts, np.stack(columns, axis=-1), present))
    return {
        name: Fraction(Decimal(repr(float(total))))
        for name, total in zip(case.names, played.exact[0], strict=True)
        if np.isfinite(total)
    }


def _as_binary(exact: Result, binary: Mapping[str, Fraction]) -> Result:
    """Give the result ranked on binary numbers alone, without the published rule for equal totals."""
    lower = exact.spec.award.definition.better == "lower"
    values = sorted((binary[own.bid.bidder] for own in exact.ranking), reverse=not lower)

    def ranked(own: BidResult) -> BidResult:
        total = binary[own.bid.bidder]
        decided_by = TOTAL if values.count(total) == 1 else UNRESOLVED
        rounded = round_half_up(total, UNROUNDED)
        return replace(own, exact=total, total=rounded, rank=values.index(total) + 1, decided_by=decided_by)

    ranking = tuple(sorted((ranked(own) for own in exact.ranking), key=lambda own: (own.rank, own.bid.bidder)))
    first = [own for own in ranking if own.rank == 1]
    return replace(exact, ranking=ranking, winner=first[0] if len(first) == 1 else None, margin=None)
