"""What keeps a lot from being scored: blanks, unknown names, values that the published evaluation does not allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.edges import refused_lines
from tenderkit.evaluation.points import meets_floor
from tenderkit.evaluation.price import evaluated_price, price_missing
from tenderkit.evaluation.soundness import spec_problems, title
from tenderkit.evaluation.spec import Bid, Criterion, EvaluationSpec, PriceLine
from tenderkit.evaluation.traits import uses_price
from tenderkit.library.model import EvaluationModel, Scale
from tenderkit.problems import Place, Problem, nearest
from tenderkit.quantities import as_decimal

NOT_ADMITTED = "Correct what was read, or record that the bid is not admitted, with the ground."

Scores = Mapping[tuple[str, str], Decimal]


def problems_in(spec: EvaluationSpec, bids: Sequence[Bid], scores: Scores) -> list[Problem]:
    """Give everything that keeps the bids from being scored. Bids that are not admitted need no prices or scores."""
    problems = [*spec_problems(spec), *_bidder_problems(spec, bids), *_score_key_problems(spec, bids, scores)]
    reader = _Reader(spec)
    for bid in bids:
        if bid.admitted:
            problems += [*reader.prices(bid), *reader.offers(bid), *reader.scores(bid, scores)]
    return problems


def score_problem(scale: Scale, value: Decimal) -> tuple[str, str] | None:
    """Tell why a score cannot be given: the problem's id and message; None when it can."""
    bottom, top = scale.bottom, scale.top
    if not value.is_finite() or not bottom <= value <= top:
        return "score-off-scale", f"score {value} is not between {bottom} and {top}"
    if (Fraction(value) - Fraction(bottom)) % Fraction(scale.step) != 0:
        return "score-off-step", f"score {value} is between two scores that may be given; the step is {scale.step}"
    return None


def refuses(definition: EvaluationModel, value: Fraction | Decimal) -> bool:
    """Tell whether a model's edge rules refuse a value, because it is zero or below."""
    edges = definition.edges
    return (value == 0 and edges.zero == "refused") or (value < 0 and edges.negative == "refused")


def _bidder_problems(spec: EvaluationSpec, bids: Sequence[Bid]) -> Iterator[Problem]:
    for bidder, count in Counter(bid.bidder for bid in bids).items():
        if count > 1:
            yield Problem(
                "bidder-repeated",
                f"There are {count} bids by this bidder for lot {spec.lot}.",
                Place(label=bidder),
                help="Keep one bid for each bidder and lot.",
            )
    for bid in bids:
        if bid.lot != spec.lot:
            yield Problem(
                "bid-for-other-lot",
                f'The bid is for lot "{bid.lot}", not for "{spec.lot}".',
                Place(label=bid.name),
                help="Score each lot with its own bids.",
            )


def _score_key_problems(spec: EvaluationSpec, bids: Sequence[Bid], scores: Scores) -> Iterator[Problem]:
    bidders = {bid.bidder for bid in bids}
    scored = {leaf.id for leaf in spec.leaves() if leaf.kind == "score"}
    for bidder in sorted({bidder for bidder, _ in scores} - bidders):
        yield Problem(
            "score-unknown-bidder",
            f'There are scores for "{bidder}", who has no bid in lot {spec.lot}.',
            Place(label=bidder),
            help=nearest(bidder, bidders),
        )
    for criterion in sorted({criterion for _, criterion in scores} - scored):
        yield Problem(
            "score-unknown-criterion",
            f'There are scores for "{criterion}", which evaluators do not score.',
            Place(label=criterion),
            help=nearest(criterion, scored),
        )


class _Reader:
    """Reads bids against an evaluation; what is the same for all of them is looked up once."""

    def __init__(self, spec: EvaluationSpec) -> None:
        self.spec = spec
        self.lines = {line.id: line for line in spec.price_lines}
        self.no_zero, self.no_negative = refused_lines(spec)
        leaves = spec.leaves()
        self.offered = {leaf.id: leaf for leaf in leaves if leaf.kind == "offer"}
        self.scored = [leaf for leaf in leaves if leaf.kind == "score" and leaf.scale is not None]
        #: by criterion, what is wrong with a score or an offered number; many bids have the same few
        self.wrong: dict[str, dict[Decimal, tuple[tuple[str, str, str], ...]]] = {leaf.id: {} for leaf in leaves}
        looked_at = [(leaf.model, leaf.lines) for leaf in leaves if leaf.kind == "price" and leaf.model is not None]
        looked_at += [(spec.award, ())] if uses_price(spec.award.definition) else []
        #: the price lines of each model that refuses a price, with the model
        self.summed = [
            ([line for line in spec.price_lines if not ids or line.id in ids], model.definition)
            for model, ids in looked_at
            if "refused" in (model.definition.edges.zero, model.definition.edges.negative)
        ]

    def prices(self, bid: Bid) -> Iterator[Problem]:
        """Give what is wrong with a bid's prices."""
        for line_id in bid.prices:
            if line_id not in self.lines:
                yield Problem(
                    "price-unknown",
                    f'There is no price line "{line_id}" in lot {self.spec.lot}.',
                    Place(label=bid.name),
                    help=nearest(line_id, self.lines),
                )
        sound = True
        for line in self.lines.values():
            price = bid.prices.get(line.id)
            if price is None:
                sound = False
                yield price_missing(line, bid.name)
            elif not price.is_finite():
                sound = False
                message = f'The price of "{line.id}" is {price}.'
                yield Problem("price-no-number", message, Place(label=bid.name), help=NOT_ADMITTED)
            else:
                sound = sound and not self._is_refused(line.id, price)
                yield from self._line(bid, line, price)
        if sound:
            yield from self._evaluated(bid)

    def _is_refused(self, line_id: str, price: Decimal) -> bool:
        return (price == 0 and line_id in self.no_zero) or (price < 0 and line_id in self.no_negative)

    def _line(self, bid: Bid, line: PriceLine, price: Decimal) -> Iterator[Problem]:
        name = f"{line.id} {line.label}".strip()
        if self._is_refused(line.id, price):
            yield Problem(
                "price-not-positive",
                f'The price of "{name}" is {price}; the published model takes no such price.',
                Place(label=bid.name),
                help=NOT_ADMITTED,
            )
        if line.ceiling is not None and price > line.ceiling:
            yield Problem(
                "price-above-ceiling",
                f'The price of "{name}" is {price}, above the ceiling {as_decimal(line.ceiling)}.',
                Place(label=bid.name),
                help=f"The ceiling is a minimum requirement. {NOT_ADMITTED}",
            )

    def _evaluated(self, bid: Bid) -> Iterator[Problem]:
        """Look at what the lines come to: quantities of zero can make it nothing."""
        if any(refuses(definition, evaluated_price(lines, bid.prices)) for lines, definition in self.summed):
            message = "The evaluated price is not above 0."
            yield Problem("price-not-positive", message, Place(label=bid.name), help=NOT_ADMITTED)

    def offers(self, bid: Bid) -> Iterator[Problem]:
        """Give what is wrong with the numbers that a bid offers."""
        for criterion in bid.offers:
            if criterion not in self.offered:
                yield Problem(
                    "offer-unknown",
                    f'"{criterion}" is no criterion with an offered number.',
                    Place(label=bid.name),
                    help=nearest(criterion, self.offered),
                )
        for leaf in self.offered.values():
            value = bid.offers.get(leaf.id)
            if value is None or not value.is_finite():
                yield Problem(
                    "offer-missing",
                    f'The offered number for "{title(leaf)}" is missing.',
                    Place(label=bid.name),
                    help=f"A blank is not 0. {NOT_ADMITTED}",
                )
            else:
                yield from self._told(bid, leaf, value)

    def scores(self, bid: Bid, scores: Scores) -> Iterator[Problem]:
        """Give what is wrong with a bid's agreed scores."""
        for leaf in self.scored:
            value = scores.get((bid.bidder, leaf.id))
            if value is None:
                yield Problem(
                    "score-missing",
                    f'The agreed score for "{title(leaf)}" is missing.',
                    Place(label=bid.name),
                    help="The committee agrees on a score, with its reason, in the consensus workbook.",
                )
            else:
                yield from self._told(bid, leaf, value)

    def _told(self, bid: Bid, leaf: Criterion, value: Decimal) -> Iterator[Problem]:
        """Give what is wrong with a score or an offered number: the same for all bids that have it."""
        known = self.wrong[leaf.id]
        if value not in known:
            known[value] = tuple(_offer(leaf, value) if leaf.kind == "offer" else _score(leaf, value))
        for identifier, message, advice in known[value]:
            yield Problem(identifier, message, Place(label=bid.name), help=advice)


def _offer(leaf: Criterion, value: Decimal) -> Iterator[tuple[str, str, str]]:
    """Tell why an offered number cannot be taken: the problems' ids, messages and help."""
    if not meets_floor(leaf, Fraction(value)):
        where = f"{'below' if leaf.better == 'higher' else 'above'} the minimum requirement"
        message = f'"{title(leaf)}" is offered with {value}, {where} {as_decimal(leaf.floor or 0)}.'
        yield "offer-below-floor", message, f"Such a bid is inadmissible. {NOT_ADMITTED}"
    if leaf.model is not None and refuses(leaf.model.definition, value):
        message = f'"{title(leaf)}" is offered with {value}; the published model takes no such number.'
        yield "offer-refused", message, NOT_ADMITTED


def _score(leaf: Criterion, value: Decimal) -> Iterator[tuple[str, str, str]]:
    """Tell why a score cannot be given: by the scale, or by the model that works on its points."""
    assert leaf.scale is not None  # noqa: S101 - only criteria with a scale are asked about
    if wrong := score_problem(leaf.scale, value):
        yield wrong[0], f'"{title(leaf)}": {wrong[1]}.', "Correct it in the consensus workbook."
    elif leaf.model is not None and refuses(leaf.model.definition, value - leaf.scale.bottom):
        message = f'"{title(leaf)}": score {value} gives no points, and the published model takes none such.'
        yield "score-refused", message, NOT_ADMITTED
