"""The bids that are still in, and what they have: the evaluated price, what each criterion looks at, and points."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.points import counted, criterion_points
from tenderkit.evaluation.price import amounts
from tenderkit.evaluation.spec import Bid, Criterion, EvaluationSpec
from tenderkit.evaluation.traits import hangs_on_others
from tenderkit.problems import Place, Problem, TenderkitError

Columns = Mapping[str, tuple[Fraction, ...]]


@dataclass(frozen=True)
class Field:
    """Bids that are still in. All columns have one value for each bid, in the order of ``bids``.

    Attributes:
        spec: the lot's evaluation.
        bids: the bids.
        prices: their evaluated prices, over all price lines.
        given: by criterion, what it looks at: the price of its lines, the number that counts, or the agreed score.
        points: by criterion, the points that have been given so far.
    """

    spec: EvaluationSpec
    bids: tuple[Bid, ...]
    prices: tuple[Fraction, ...]
    given: Columns
    points: Columns

    def scored(self, leaves: Iterable[Criterion]) -> Field:
        """Give the field with points on these criteria too; those that have been given stay.

        Raises:
            TenderkitError: a formula has no value for these bids, for every criterion where that is so.
        """
        points, problems = dict(self.points), []
        for leaf in leaves:
            if leaf.id in points:
                continue
            try:
                points[leaf.id] = criterion_points(self.spec, leaf, self.given[leaf.id]) if self.bids else ()
            except TenderkitError as error:
                label = Place(label=f"{leaf.number} {leaf.title}".strip())
                problems += [Problem(p.id, p.message, label, help=p.help, values=p.values) for p in error.problems]
        if problems:
            raise TenderkitError(problems)
        return replace(self, points=points)

    def without(self, bidders: Collection[str]) -> Field:
        """Give the field without some bids. Points that hang on other bids are dropped: they must be given anew."""
        if not bidders:
            return self
        places = [place for place, bid in enumerate(self.bids) if bid.bidder not in bidders]
        dropped = {leaf.id for leaf in self.spec.leaves() if leaf.model and hangs_on_others(leaf.model.definition)}
        kept = {name: column for name, column in self.points.items() if name not in dropped}
        return Field(
            self.spec,
            tuple(self.bids[place] for place in places),
            tuple(self.prices[place] for place in places),
            _only(self.given, places),
            _only(kept, places),
        )


def enter(spec: EvaluationSpec, bids: Sequence[Bid], scores: Mapping[tuple[str, str], Decimal]) -> Field:
    """Give the field of all admitted bids, without points; every price, number and score must be there."""
    lines = [amounts(spec.price_lines, bid.prices) for bid in bids]
    prices = tuple(sum(own.values(), Fraction(0)) for own in lines)
    given: dict[str, tuple[Fraction, ...]] = {}
    for leaf in spec.leaves():
        match leaf.kind:
            case "price" if leaf.lines:
                given[leaf.id] = tuple(sum((own[line] for line in leaf.lines), Fraction(0)) for own in lines)
            case "price":
                given[leaf.id] = prices
            case "offer":
                given[leaf.id] = _exact([bid.offers[leaf.id] for bid in bids], leaf)
            case _:
                given[leaf.id] = _exact([scores[bid.bidder, leaf.id] for bid in bids])
    return Field(spec, tuple(bids), prices, given, {})


def _only(columns: Columns, places: Sequence[int]) -> dict[str, tuple[Fraction, ...]]:
    return {name: tuple(column[place] for place in places) for name, column in columns.items()}


def _exact(values: Sequence[Decimal], offered: Criterion | None = None) -> tuple[Fraction, ...]:
    """Give numbers as fractions, those that are offered as they count; many bids have the same few, made once."""
    known = {value: Fraction(value) for value in set(values)}
    if offered is not None:
        known = {value: counted(offered, exact) for value, exact in known.items()}
    return tuple(known[value] for value in values)
