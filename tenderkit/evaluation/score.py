"""The result of a lot: points by the published models, totals by the award model, ranks by the published rules.

The order is fixed, because it can decide who wins. First come the points that hang on the bid alone; bids below a
published minimum fall out. Then come prices and all else that looks at several bids, over the bids still in; then the
award model's stages, each over the bids still in; then its formula ranks the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from tenderkit.evaluation.awarding import Contest, columns, constants, kept, measured
from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.field import Field, enter
from tenderkit.evaluation.minimum import alone, below_minimum
from tenderkit.evaluation.ranking import LOTS_DRAWING, PRICE, Contender, rank
from tenderkit.evaluation.spec import (
    Bid,
    BidResult,
    Criterion,
    CriterionPoints,
    Eliminated,
    EvaluationSpec,
    Result,
)
from tenderkit.evaluation.traits import gives_value, sums_over_criteria
from tenderkit.evaluation.validity import NOT_ADMITTED, problems_in
from tenderkit.formula.exact import Exact, evaluate_bids
from tenderkit.formula.parse import parse
from tenderkit.formula.tree import Node
from tenderkit.library.model import EvaluationModel
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import round_half_up

#: Spreadsheets calculate with about 15 digits: totals that differ by less than this would be ranked by chance there.
CLOSEST = Fraction(1, 10**8)

Totals = Mapping[str, tuple[Fraction, ...]]
_ADDED = parse("SUM_CRITERIA(p)")


def score(
    spec: EvaluationSpec,
    bids: Sequence[Bid],
    scores: Mapping[tuple[str, str], Decimal],
    drawn: Mapping[str, int] | None = None,
) -> Result:
    """Give a lot's result by the published evaluation; the order of the bids changes nothing.

    Bids that are not admitted, and bids that have fallen out, take no part in any formula. Points are rounded where
    the tender or a model publishes it; a total is rounded once, half up, and ranked on; nothing else is rounded.
    Without a bid that is still in the ranking is empty.

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
    ranking, eliminated = decide(enter(spec, admitted, scores), drawn)
    if problems := list(_too_close(ranking)):
        raise TenderkitError(problems)
    first = [result for result in ranking if result.rank == 1]
    margin = abs(ranking[0].total - ranking[1].total) if len(ranking) > 1 else None
    return Result(spec, ranking, rejected, first[0] if len(first) == 1 else None, margin, eliminated)


def decide(
    field: Field, drawn: Mapping[str, int] | None = None
) -> tuple[tuple[BidResult, ...], tuple[Eliminated, ...]]:
    """Give the ranking of a field of bids, and those that fell out; points that the field has already are kept.

    Raises:
        TenderkitError: a formula has no value for these bids, or the recorded drawing does not part those who are tied.
    """
    field, eliminated = _still_in(field)
    drafts, weighted = _drafts(field)
    return _ranked(field, drafts, weighted, drawn), eliminated


def _still_in(field: Field) -> tuple[Field, tuple[Eliminated, ...]]:
    """Play the minimums and the stages; give the field that is left, with all points, and who fell out."""
    spec = field.spec
    leaves = spec.leaves()
    field = field.scored(leaf for leaf in leaves if alone(leaf))
    eliminated = below_minimum(spec, field.bids, field.points)
    field = field.without({item.bid.bidder for item in eliminated}).scored(leaves)
    for stage in spec.award.definition.stages:
        with _award_problems(field):
            held = kept(spec.award, stage, spec.points_top, _contest(field))
            numbers = measured(spec.award, stage, spec.points_top, _contest(field))
        out = [
            Eliminated(bid, stage, "", *own)
            for bid, keep, own in zip(field.bids, held, numbers, strict=True)
            if not keep
        ]
        field = field.without({item.bid.bidder for item in out}).scored(leaves)
        eliminated += out
    return field, tuple(eliminated)


def criterion_values(leaf: Criterion, points: Sequence[Fraction]) -> dict[str, Exact | Sequence[Exact]]:
    """Give a criterion's values inside ``SUM_CRITERIA``: weight, all bids' points, and an amount where there is one."""
    values: dict[str, Exact | Sequence[Exact]] = {"w": leaf.share, "p": points}
    return values if leaf.amount is None else {**values, "a": leaf.amount}


def summand(award: EvaluationModel) -> Node:
    """Give an award model's sum over the criteria; weight times points when it has none.

    >>> from tenderkit.library import Library
    >>> summand(Library().model("weighted-sum")) == parse("SUM_CRITERIA(w*p)")
    True
    """
    return next(sums_over_criteria(award), None) or parse("SUM_CRITERIA(w*p)")


def _contest(field: Field) -> Contest:
    return Contest(field.prices, [criterion_values(leaf, field.points[leaf.id]) for leaf in field.spec.leaves()])


def _drafts(field: Field) -> tuple[dict[str, BidResult], Totals]:
    """Give the result of each bid still in, by bidder, before it has a rank; and what each criterion adds."""
    spec, contest = field.spec, _contest(field)
    formula, known = deciding_formula(spec.award.definition), constants(spec.award, spec.points_top)
    with _award_problems(field):
        of_bids = columns(spec.award, spec.points_top, contest)
        exact = evaluate_bids(formula, of_bids, known, criteria=contest.criteria)
    weighted = {leaf.id: _weighted(spec, leaf, field.points[leaf.id], of_bids) for leaf in spec.leaves()}
    groups = dict(_groups(spec.criteria, weighted))
    leaves = [leaf.id for leaf in spec.leaves()]
    of_leaves = [
        [CriterionPoints(name, *own) for own in zip(field.given[name], field.points[name], weighted[name], strict=True)]
        for name in leaves
    ]
    drafts = {
        bid.bidder: BidResult(
            bid,
            field.prices[place],
            tuple(column[place] for column in of_leaves),
            {name: column[place] for name, column in groups.items()},
            exact[place],
            round_half_up(exact[place], spec.total_places),
            0,
            "",
        )
        for place, bid in enumerate(field.bids)
    }
    return drafts, weighted


def _weighted(
    spec: EvaluationSpec, leaf: Criterion, points: Sequence[Fraction], of_bids: Mapping[str, Sequence[Fraction]]
) -> tuple[Fraction, ...]:
    """Give what a criterion adds to the award model's sum over the criteria: weighted points, or kroner."""
    tree, known = summand(spec.award.definition), constants(spec.award, spec.points_top)
    return evaluate_bids(tree, of_bids, known, criteria=[criterion_values(leaf, points)])


def _groups(criteria: Sequence[Criterion], weighted: Totals) -> Iterator[tuple[str, tuple[Fraction, ...]]]:
    for criterion in criteria:
        if criterion.kind == "group":
            own = [{"p": weighted[leaf.id]} for leaf in criterion.leaves()]
            yield criterion.id, evaluate_bids(_ADDED, {}, criteria=own)
            yield from _groups(criterion.children, weighted)


def _ranked(
    field: Field, drafts: Mapping[str, BidResult], weighted: Totals, drawn: Mapping[str, int] | None
) -> tuple[BidResult, ...]:
    spec = field.spec
    worse = worse_when_higher(field) if set(spec.ties) - {PRICE, LOTS_DRAWING} else frozenset()
    merits = {name: tuple(-own for own in column) if name in worse else column for name, column in weighted.items()}
    merits |= dict(_groups(spec.criteria, merits))
    contenders = [
        Contender(bidder, draft.total, draft.evaluated_price, {name: column[place] for name, column in merits.items()})
        for place, (bidder, draft) in enumerate(drafts.items())
    ]
    standings = rank(contenders, spec.award.definition.better, spec.ties, drawn)
    return tuple(
        replace(drafts[standing.bidder], rank=standing.rank, decided_by=standing.decided_by) for standing in standings
    )


def worse_when_higher(field: Field) -> frozenset[str]:
    """Give the criteria of which a higher sum is worse, so that a tie rule takes the lowest.

    That is so where an award model adds kroner for what is missing, or where a number is offered of which less is
    better.
    """
    spec, found = field.spec, set()
    if not field.bids:
        return frozenset()
    ends = (spec.points_top / 2, spec.points_top)
    contest = Contest(field.prices[:1] * 2, [criterion_values(leaf, ends) for leaf in spec.leaves()])
    of_bids = columns(spec.award, spec.points_top, contest)
    for leaf in spec.leaves():
        low, high = _weighted(spec, leaf, ends, of_bids)
        less_is_better = gives_value(leaf) and leaf.better == "lower"
        if (high < low) != less_is_better:
            found.add(leaf.id)
    return frozenset(found)


@contextmanager
def _award_problems(field: Field) -> Iterator[None]:
    """Say of a total that cannot be calculated whose it is, where the model refuses bids without points."""
    award = field.spec.award
    try:
        yield
    except TenderkitError as error:
        if award.definition.edges.zero == "refused":
            without = [
                bid.name
                for place, bid in enumerate(field.bids)
                if not any(column[place] for column in field.points.values())
            ]
            if without:
                raise TenderkitError(_without_points(award.id, name) for name in without) from error
        message = f'The award model "{award.id}" has no value for these bids: {error.problems[0].message}'
        advice = "Read the model's edge rules: tenderkit model show"
        raise TenderkitError(Problem("award-undefined", message, help=f"{advice} {award.id}")) from error


def _without_points(award_id: str, name: str) -> Problem:
    return Problem(
        "points-not-positive",
        f'The bid has no points on any criterion; the published award model "{award_id}" takes no such bid.',
        Place(label=name),
        help=NOT_ADMITTED,
    )


def _too_close(results: Sequence[BidResult]) -> Iterator[Problem]:
    """Give a problem for unequal totals that a spreadsheet could not tell apart."""
    ordered = sorted((result.exact, result.bid.name) for result in results)
    for (lower, one), (higher, other) in pairwise(ordered):
        if 0 < higher - lower < CLOSEST:
            yield Problem(
                "totals-too-close",
                f'The totals of "{one}" and "{other}" differ by less than 0.00000001, but are not equal.',
                Place(label=one),
                help="A spreadsheet cannot tell them apart. Have the result checked by hand before it is used.",
            )
