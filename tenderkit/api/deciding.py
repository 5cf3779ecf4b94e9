"""The results of all lots: each lot scored, recorded drawings of lots applied, and a limit of lots for each bidder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tenderkit.api.receiving import Received
from tenderkit.case import Lock
from tenderkit.case.events import Events
from tenderkit.evaluation.allocation import Allocation, allocate, limited
from tenderkit.evaluation.drawing import MOST_DIGITS, PublicDrawing, digits_needed
from tenderkit.evaluation.spec import Bid, Result, ScoreSheet
from tenderkit.plan import Plan, lot_limit
from tenderkit.problems import Place, Problem, TenderkitError, nearest

EVENTS = "events.yaml"


def results(
    lock: Lock,
    received: Sequence[Received],
    bids: Mapping[str, Sequence[Bid]],
    consensus: Mapping[str, ScoreSheet],
    events: Events,
) -> dict[str, Result]:
    """Give every lot's result.

    Raises:
        TenderkitError: a score is missing, a recorded drawing does not fit, or there are too many combinations of lots.
    """
    from tenderkit.evaluation import score  # noqa: PLC0415 - the engine is not needed before
    from tenderkit.evaluation.committee import agreed  # noqa: PLC0415 - as above

    _require_known_lots(lock.plan, events)
    found: dict[str, Result] = {}
    for lot, spec in lock.plan.specs.items():
        given = agreed(consensus[lot]) if lot in consensus else {}
        everyone = [*bids[lot], *(item.bid for item in received if item.bid.lot == lot and not item.bid.admitted)]
        found[lot] = score(spec, everyone, given)
        if order := _drawn(lock.plan, events, found[lot]):
            places = {bidder: place for place, bidder in enumerate(order, 1)}
            found[lot] = score(spec, everyone, given, drawn=places)
    allocation = allocation_of(lock.plan, found)
    return limited(found, allocation) if allocation else found


def allocation_of(plan: Plan, found: Mapping[str, Result]) -> Allocation | None:
    """Give how the lots are decided together; None where each lot is awarded by itself.

    Raises:
        TenderkitError: there are too many combinations of lots.
    """
    limit = lot_limit(plan.tender)
    return allocate(found, limit) if limit else None


def public_drawing(events: Events, lot: str) -> PublicDrawing | None:
    """Give a lot's recorded drawing by a public number; None where there is none."""
    recorded = events.drawing.get(lot)
    return PublicDrawing(tuple(recorded.listed), recorded.number) if recorded else None


def _drawn(plan: Plan, events: Events, result: Result) -> list[str]:
    """Give a lot's bidders in the order in which they were drawn; empty where no lots were drawn.

    Raises:
        TenderkitError: lots were drawn in another way than was published, or not among those who are tied.
    """
    lot = result.spec.lot
    by_number, witnessed = public_drawing(events, lot), events.drawn.get(lot, [])
    if problem := _not_as_published(plan, lot, by_number, witnessed):
        raise TenderkitError(problem)
    if by_number is None:
        return witnessed
    try:
        order = [each.bidder for each in by_number.rounds]
    except TenderkitError as error:
        place = Place(EVENTS, label=f"drawing.{lot}")
        raise TenderkitError([replace(problem, place=place) for problem in error.problems]) from error
    _require_tied(result, by_number)
    return order


def _not_as_published(
    plan: Plan, lot: str, by_number: PublicDrawing | None, witnessed: Sequence[str]
) -> Problem | None:
    """Give what is wrong with the way in which lots were drawn; a public number must be a published one."""
    published = plan.tender.award.drawing
    if by_number is not None and witnessed:
        return Problem(
            "drawn-twice",
            f'Lots were drawn for "{lot}" before witnesses and by a public number.',
            Place(EVENTS, label=f"drawing.{lot}"),
            help="Keep the one that was published: drawn, or drawing.",
        )
    if by_number is not None and published is None:
        return Problem(
            "drawing-not-published",
            f'Lots were drawn for "{lot}" by a public number, but the tender did not publish such a drawing.',
            Place(EVENTS, label=f"drawing.{lot}"),
            help="Draw lots before witnesses, and record the order under drawn.",
        )
    if witnessed and published is not None and digits_needed(max(2, len(witnessed))) <= MOST_DIGITS:
        return Problem(
            "drawing-not-published",
            f'Lots were drawn for "{lot}" before witnesses, but the tender published a drawing by a public number: '
            f"{published.number}.",
            Place(EVENTS, label=f"drawn.{lot}"),
            help=f'Record the list and the number: drawing: {{{lot}: {{listed: [first, second], number: "..."}}}}',
        )
    return None


def _require_tied(result: Result, drawing: PublicDrawing) -> None:
    """Refuse a list that is not exactly those who are tied: another list gives another order."""
    ranks = [item.rank for item in result.ranking]
    tied = [item.bid.bidder for item in result.ranking if ranks.count(item.rank) > 1]
    listed = set(drawing.listed)
    halves = [
        item
        for item in result.ranking
        if ranks.count(item.rank) > 1
        and item.bid.bidder not in listed
        and any(other.rank == item.rank and other.bid.bidder in listed for other in result.ranking)
    ]
    if listed - set(tied) or halves:
        raise TenderkitError(
            Problem(
                "drawing-list-wrong",
                f"The list for the drawing has {', '.join(drawing.listed)}; those who are tied are "
                f"{', '.join(sorted(tied)) or 'none'}.",
                Place(EVENTS, label=f"drawing.{result.spec.lot}"),
                help="List every tied bidder and nobody else, as published before the number was known.",
            )
        )


def _require_known_lots(plan: Plan, events: Events) -> None:
    known = list(plan.specs)
    problems = [
        Problem(
            "drawn-unknown-lot",
            f'Lots were drawn for "{lot}", but there is no such lot.',
            Place(EVENTS, label=f"{key}.{lot}"),
            help=nearest(lot, known),
        )
        for key, recorded in (("drawn", events.drawn), ("drawing", events.drawing))
        for lot in recorded
        if lot not in known
    ]
    if problems:
        raise TenderkitError(problems)
