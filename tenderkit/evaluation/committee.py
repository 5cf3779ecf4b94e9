"""The committee's work: whether everyone has finished, where evaluators differ, and what was agreed.

Evaluators score alone first; then the committee agrees, in words before numbers. An average is never the agreed score:
nothing here calculates one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tenderkit.evaluation.soundness import title
from tenderkit.evaluation.spec import Bid, Criterion, EvaluationSpec, Score, ScoreSheet
from tenderkit.evaluation.validity import score_problem
from tenderkit.problems import Place, Problem, nearest


@dataclass(frozen=True)
class Spread:
    """How far evaluators lie apart on one bid and criterion.

    ``scores`` is by evaluator, in the order of the sheets; ``alarm`` when the committee must discuss the difference.
    """

    bidder: str
    criterion: str
    scores: tuple[tuple[str, Decimal], ...]
    lowest: Decimal
    highest: Decimal
    alarm: bool

    @property
    def width(self) -> Decimal:
        """Give the difference between the highest and the lowest score."""
        return self.highest - self.lowest


def spreads(
    spec: EvaluationSpec, bids: Sequence[Bid], sheets: Sequence[ScoreSheet], limit: Decimal
) -> tuple[Spread, ...]:
    """Give the spread of each admitted bid and scored criterion that has any score.

    Args:
        spec: the lot's evaluation.
        bids: the lot's bids.
        sheets: the evaluators' sheets.
        limit: the spread from which a discussion is asked for: an alarm when ``width`` is ``limit`` or more.
    """
    found = []
    for bid, leaf in _cells(spec, bids):
        scores = tuple(
            (sheet.evaluator, value)
            for sheet in sheets
            if sheet.lot == spec.lot and (value := _value(sheet, bid, leaf)) is not None
        )
        if scores:
            values = [value for _, value in scores]
            lowest, highest = min(values), max(values)
            found.append(Spread(bid.bidder, leaf.id, scores, lowest, highest, highest - lowest >= limit))
    return tuple(found)


def completeness(
    spec: EvaluationSpec,
    bids: Sequence[Bid],
    sheets: Sequence[ScoreSheet],
    assigned: Mapping[str, Sequence[str]],
) -> list[Problem]:
    """Give what is missing or wrong in the evaluators' sheets: each problem names evaluator, bidder and criterion.

    Args:
        spec: the lot's evaluation.
        bids: the lot's bids; those that are not admitted need no scores.
        sheets: the sheets that were returned.
        assigned: the criteria or groups that each evaluator scores; an empty list means all.
    """
    problems = list(_sheet_problems(spec, sheets, assigned))
    for evaluator, criteria in assigned.items():
        own = [sheet for sheet in sheets if sheet.evaluator == evaluator and sheet.lot == spec.lot]
        if not own:
            problems.append(
                Problem(
                    "sheet-missing",
                    f"The evaluator has returned no scores for lot {spec.lot}.",
                    Place(label=evaluator),
                    help="Ask for the filled score sheet.",
                    values={"evaluator": evaluator},
                )
            )
            continue
        for sheet in own:
            problems += sheet_problems(spec, bids, sheet, criteria)
    return problems


def sheet_problems(
    spec: EvaluationSpec, bids: Sequence[Bid], sheet: ScoreSheet, criteria: Sequence[str] = ()
) -> list[Problem]:
    """Give what is missing or wrong in one sheet, an evaluator's or the agreed one: scores, reasons, names, the scale.

    ``criteria`` are the criteria or groups that this sheet must have; empty means all.
    """
    problems = list(_unknown_cells(spec, bids, sheet))
    for bid, leaf in _cells(spec, bids):
        if not criteria or any(leaf.id == chosen or leaf.id.startswith(f"{chosen}.") for chosen in criteria):
            problems += _cell_problems(bid, leaf, sheet)
    return problems


def agreed(sheet: ScoreSheet) -> dict[tuple[str, str], Decimal]:
    """Give the scores of the agreed sheet, by bidder and criterion, as scoring takes them; blanks are left out."""
    return {key: score.value for key, score in sheet.scores.items() if score.value is not None}


def _cells(spec: EvaluationSpec, bids: Sequence[Bid]) -> Iterator[tuple[Bid, Criterion]]:
    """Give each admitted bid with each criterion that evaluators score."""
    for bid in bids:
        for leaf in spec.leaves():
            if bid.admitted and leaf.kind == "score":
                yield bid, leaf


def _value(sheet: ScoreSheet, bid: Bid, leaf: Criterion) -> Decimal | None:
    score = sheet.scores.get((bid.bidder, leaf.id))
    return None if score is None else score.value


def _sheet_problems(
    spec: EvaluationSpec, sheets: Sequence[ScoreSheet], assigned: Mapping[str, Sequence[str]]
) -> Iterator[Problem]:
    counts = Counter(sheet.evaluator for sheet in sheets if sheet.lot == spec.lot)
    for evaluator, count in counts.items():
        if count > 1:
            yield Problem(
                "evaluator-repeated",
                f"There are {count} sheets of this evaluator for lot {spec.lot}.",
                Place(label=evaluator),
                help="Keep the right one.",
                values={"evaluator": evaluator},
            )
        if evaluator not in assigned:
            yield Problem(
                "evaluator-unknown",
                f'"{evaluator}" is not a member of the committee.',
                Place(label=evaluator),
                help=nearest(evaluator, assigned),
                values={"evaluator": evaluator},
            )


def _unknown_cells(spec: EvaluationSpec, bids: Sequence[Bid], sheet: ScoreSheet) -> Iterator[Problem]:
    bidders = {bid.bidder for bid in bids}
    scored = {leaf.id for leaf in spec.leaves() if leaf.kind == "score"}
    for bidder, criterion in sheet.scores:
        if bidder not in bidders:
            yield Problem(
                "score-unknown-bidder",
                f'There is a score for "{bidder}", who has no bid in lot {spec.lot}.',
                Place(label=sheet.evaluator),
                help=nearest(bidder, bidders),
            )
        elif criterion not in scored:
            yield Problem(
                "score-unknown-criterion",
                f'"{criterion}" is not scored by evaluators.',
                Place(label=sheet.evaluator),
                help=nearest(criterion, scored),
            )


def _cell_problems(bid: Bid, leaf: Criterion, sheet: ScoreSheet) -> Iterator[Problem]:
    score = sheet.scores.get((bid.bidder, leaf.id), Score(None))
    place = Place(label=f"{sheet.evaluator}, {bid.name}, {title(leaf)}")
    values = {"evaluator": sheet.evaluator, "bidder": bid.bidder, "criterion": leaf.id}
    if score.value is None:
        yield Problem("score-missing", "The score is missing.", place, help="A blank is not 0.", values=values)
    elif leaf.scale is not None and (wrong := score_problem(leaf.scale, score.value)):
        yield Problem(wrong[0], f"The {wrong[1]}.", place, help="Give a score from the published scale.", values=values)
    if not score.reason.strip():
        yield Problem(
            "reason-missing",
            "The reason for the score is missing.",
            place,
            help="Write why, against what the tender documents say counts.",
            values=values,
        )
