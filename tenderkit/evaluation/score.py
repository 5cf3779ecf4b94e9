"""The result of a lot: points by the published models, totals by the award model, ranks by the published rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from tenderkit.evaluation.points import award_totals, counted, criterion_points
from tenderkit.evaluation.price import evaluated_price
from tenderkit.evaluation.ranking import Contender, rank
from tenderkit.evaluation.spec import Bid, BidResult, Criterion, CriterionPoints, EvaluationSpec, Result
from tenderkit.evaluation.validity import problems_in
from tenderkit.formula.evaluate import evaluate
from tenderkit.formula.parse import parse
from tenderkit.formula.tree import Call, Node, walk
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import round_half_up

#: Spreadsheets calculate with about 15 digits: totals that differ by less than this would be ranked by chance there.
CLOSEST = Fraction(1, 10**8)


def score(
    spec: EvaluationSpec,
    bids: Sequence[Bid],
    scores: Mapping[tuple[str, str], Decimal],
    drawn: Mapping[str, int] | None = None,
) -> Result:
    """Give a lot's result by the published evaluation; the order of the bids changes nothing.

    Bids that are not admitted take no part in any formula. A total is rounded once, half up, and ranked on; nothing
    else is rounded unless the tender publishes it. Without an admitted bid the ranking is empty.

    Args:
        spec: the lot's published evaluation.
        bids: all bids for the lot, admitted or not.
        scores: the agreed scores by bidder and criterion; averages of evaluators are no agreed scores.
        drawn: the recorded drawing of lots: each drawn bidder's place, 1 for the first.

    Raises:
        TenderkitError: with everything that is missing or not allowed, all at once.
    """
    problems = problems_in(spec, bids, scores)
    if problems:
        raise TenderkitError(problems)
    admitted = sorted((bid for bid in bids if bid.admitted), key=lambda bid: bid.bidder)
    rejected = tuple(sorted((bid for bid in bids if not bid.admitted), key=lambda bid: bid.bidder))
    prices = [evaluated_price(spec.price_lines, bid.prices) for bid in admitted]
    points = _points(spec, admitted, prices, scores)
    exact = _totals(spec, prices, points)
    if problems := list(_too_close(admitted, exact)):
        raise TenderkitError(problems)
    drafts = {
        bid.bidder: _draft(spec, bid, price, own, total)
        for bid, price, own, total in zip(admitted, prices, points, exact, strict=True)
    }
    ranking = _ranked(spec, drafts, drawn)
    first = [result for result in ranking if result.rank == 1]
    margin = abs(ranking[0].total - ranking[1].total) if len(ranking) > 1 else None
    return Result(spec, ranking, rejected, first[0] if len(first) == 1 else None, margin)


def _points(
    spec: EvaluationSpec, bids: Sequence[Bid], prices: Sequence[Fraction], scores: Mapping[tuple[str, str], Decimal]
) -> list[tuple[CriterionPoints, ...]]:
    """Give each bid's points on every criterion."""
    if not bids:
        return []
    by_leaf = []
    for leaf in spec.leaves():
        given = [_given(leaf, bid, price, scores) for bid, price in zip(bids, prices, strict=True)]
        points = criterion_points(spec, leaf, given)
        by_leaf.append(
            [
                CriterionPoints(leaf.id, value, own, _weighted(spec, leaf, own))
                for value, own in zip(given, points, strict=True)
            ]
        )
    return [tuple(of_leaf[index] for of_leaf in by_leaf) for index in range(len(bids))]


def _given(leaf: Criterion, bid: Bid, price: Fraction, scores: Mapping[tuple[str, str], Decimal]) -> Fraction:
    match leaf.kind:
        case "price":
            return price
        case "offer":
            return counted(leaf, Fraction(bid.offers[leaf.id]))
        case _:
            return Fraction(scores[bid.bidder, leaf.id])


def criterion_values(leaf: Criterion, points: Fraction) -> dict[str, Fraction]:
    """Give a criterion's values inside ``SUM_CRITERIA``: weight, points, and the amount where there is one."""
    values = {"w": leaf.share, "p": points}
    return values if leaf.amount is None else {**values, "a": leaf.amount}


def _weighted(spec: EvaluationSpec, leaf: Criterion, points: Fraction) -> Fraction:
    """Give what a criterion adds to the award model's sum over the criteria: weighted points, or kroner."""
    constants = {**spec.award.parameters, "S": spec.points_top}
    return evaluate(summand(spec.award.definition.tree), constants, {}, [criterion_values(leaf, points)])


def summand(award: Node) -> Node:
    """Give the award formula's sum over the criteria; weight times points when it has none."""
    sums = [part for part in walk(award) if isinstance(part, Call) and part.function == "SUM_CRITERIA"]
    return sums[0] if sums else parse("SUM_CRITERIA(w*p)")


def _totals(
    spec: EvaluationSpec, prices: Sequence[Fraction], points: Sequence[tuple[CriterionPoints, ...]]
) -> tuple[Fraction, ...]:
    leaves = spec.leaves()
    criteria = [
        [criterion_values(leaf, own.points) for leaf, own in zip(leaves, of_bid, strict=True)] for of_bid in points
    ]
    return award_totals(spec.award, spec.points_top, prices, criteria)


def _draft(
    spec: EvaluationSpec, bid: Bid, price: Fraction, points: tuple[CriterionPoints, ...], exact: Fraction
) -> BidResult:
    """Give a bid's result before it has a rank."""
    weighted = {own.criterion: own.weighted for own in points}
    groups = dict(_groups(spec.criteria, weighted))
    return BidResult(bid, price, points, groups, exact, round_half_up(exact, spec.total_places), 0, "")


def _groups(criteria: Sequence[Criterion], weighted: Mapping[str, Fraction]) -> Iterator[tuple[str, Fraction]]:
    for criterion in criteria:
        if criterion.kind == "group":
            yield criterion.id, sum((weighted[leaf.id] for leaf in criterion.leaves()), Fraction(0))
            yield from _groups(criterion.children, weighted)


def _ranked(
    spec: EvaluationSpec, drafts: Mapping[str, BidResult], drawn: Mapping[str, int] | None
) -> tuple[BidResult, ...]:
    contenders = [
        Contender(
            bidder,
            draft.total,
            draft.evaluated_price,
            {**{own.criterion: own.weighted for own in draft.points}, **draft.groups},
        )
        for bidder, draft in drafts.items()
    ]
    standings = rank(contenders, spec.award.definition.better, spec.ties, drawn)
    return tuple(
        replace(drafts[standing.bidder], rank=standing.rank, decided_by=standing.decided_by) for standing in standings
    )


def _too_close(bids: Sequence[Bid], exact: Sequence[Fraction]) -> Iterator[Problem]:
    """Give a problem for unequal totals that a spreadsheet could not tell apart."""
    ordered = sorted(zip(exact, (bid.name for bid in bids), strict=True))
    for (lower, one), (higher, other) in pairwise(ordered):
        if 0 < higher - lower < CLOSEST:
            yield Problem(
                "totals-too-close",
                f'The totals of "{one}" and "{other}" differ by less than 0.00000001, but are not equal.',
                Place(label=one),
                help="A spreadsheet cannot tell them apart. Have the result checked by hand before it is used.",
            )
