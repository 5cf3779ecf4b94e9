"""What keeps a lot from being scored: blanks, unknown names, values that the published evaluation does not allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.edges import refuses_negative_price, refuses_zero_price
from tenderkit.evaluation.points import meets_floor
from tenderkit.evaluation.price import evaluated_price, price_missing
from tenderkit.evaluation.spec import Bid, Criterion, EvaluationSpec, PriceLine
from tenderkit.formula.tree import names_in
from tenderkit.library.model import Scale
from tenderkit.problems import Place, Problem, nearest
from tenderkit.quantities import as_decimal

_NOT_ADMITTED = "Correct what was read, or record that the bid is not admitted, with the ground."


def problems_in(spec: EvaluationSpec, bids: Sequence[Bid], scores: Mapping[tuple[str, str], Decimal]) -> list[Problem]:
    """Give everything that keeps the bids from being scored. Bids that are not admitted need no prices or scores."""
    problems = [*_spec_problems(spec), *_bidder_problems(spec, bids), *_score_key_problems(spec, bids, scores)]
    for bid in bids:
        if bid.admitted:
            problems += [*_price_problems(spec, bid), *_offer_problems(spec, bid), *_score_problems(spec, bid, scores)]
    return problems


def title(leaf: Criterion) -> str:
    """Give what a reader calls a criterion: its number and title."""
    return f"{leaf.number} {leaf.title}".strip()


def score_problem(scale: Scale, value: Decimal) -> tuple[str, str] | None:
    """Tell why a score cannot be given: the problem's id and message; None when it can."""
    if not value.is_finite() or not scale.bottom <= value <= scale.top:
        return "score-off-scale", f"score {value} is not between {scale.bottom} and {scale.top}"
    if (Fraction(value) - Fraction(scale.bottom)) % Fraction(scale.step) != 0:
        return "score-off-step", f"score {value} is between two scores that may be given; the step is {scale.step}"
    return None


def _spec_problems(spec: EvaluationSpec) -> Iterator[Problem]:
    uses_amounts = "a" in names_in(spec.award.definition.tree)
    for leaf in spec.leaves():
        if uses_amounts and leaf.amount is None:
            yield Problem(
                "amount-missing",
                f'"{title(leaf)}" has no amount for full points.',
                Place(label=leaf.id),
                help=f'The award model "{spec.award.id}" needs "amount:" on every criterion.',
            )
        if leaf.kind == "offer" and (leaf.floor is None or leaf.cap is None or leaf.floor == leaf.cap):
            yield Problem(
                "floor-and-cap-missing",
                f'"{title(leaf)}" needs a floor and a cap that differ.',
                Place(label=leaf.id),
                help="Give the clause's parameter a value and its offer a cap.",
            )


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


def _price_problems(spec: EvaluationSpec, bid: Bid) -> Iterator[Problem]:
    known = {line.id for line in spec.price_lines}
    for line_id in bid.prices:
        if line_id not in known:
            yield Problem(
                "price-unknown",
                f'There is no price line "{line_id}" in lot {spec.lot}.',
                Place(label=bid.name),
                help=nearest(line_id, known),
            )
    complete = True
    for line in spec.price_lines:
        price = bid.prices.get(line.id)
        if price is None:
            complete = False
            yield price_missing(line, bid.name)
        elif not price.is_finite():
            complete = False
            yield Problem(
                "price-no-number", f'The price of "{line.id}" is {price}.', Place(label=bid.name), help=_NOT_ADMITTED
            )
        else:
            yield from _line_problems(spec, bid, line, price)
    if complete:
        total = evaluated_price(spec.price_lines, bid.prices)
        if _refused(spec, total) and not any(_refused(spec, Fraction(price)) for price in bid.prices.values()):
            yield Problem(
                "price-not-positive", "The evaluated price is not above 0.", Place(label=bid.name), help=_NOT_ADMITTED
            )


def _refused(spec: EvaluationSpec, price: Fraction) -> bool:
    return (price == 0 and refuses_zero_price(spec)) or (price < 0 and refuses_negative_price(spec))


def _line_problems(spec: EvaluationSpec, bid: Bid, line: PriceLine, price: Decimal) -> Iterator[Problem]:
    name = f"{line.id} {line.label}".strip()
    if _refused(spec, Fraction(price)):
        yield Problem(
            "price-not-positive",
            f'The price of "{name}" is {price}; the published model takes no such price.',
            Place(label=bid.name),
            help=_NOT_ADMITTED,
        )
    if line.ceiling is not None and price > line.ceiling:
        yield Problem(
            "price-above-ceiling",
            f'The price of "{name}" is {price}, above the ceiling {as_decimal(line.ceiling)}.',
            Place(label=bid.name),
            help=f"The ceiling is a minimum requirement. {_NOT_ADMITTED}",
        )


def _offer_problems(spec: EvaluationSpec, bid: Bid) -> Iterator[Problem]:
    offered = {leaf.id: leaf for leaf in spec.leaves() if leaf.kind == "offer"}
    for criterion in bid.offers:
        if criterion not in offered:
            yield Problem(
                "offer-unknown",
                f'"{criterion}" is no criterion with an offered number.',
                Place(label=bid.name),
                help=nearest(criterion, offered),
            )
    for leaf in offered.values():
        value = bid.offers.get(leaf.id)
        if value is None or not value.is_finite():
            yield Problem(
                "offer-missing",
                f'The offered number for "{title(leaf)}" is missing.',
                Place(label=bid.name),
                help=f"A blank is not 0. {_NOT_ADMITTED}",
            )
        elif not meets_floor(leaf, Fraction(value)):
            where = f"{'below' if leaf.better == 'higher' else 'above'} the minimum requirement"
            yield Problem(
                "offer-below-floor",
                f'"{title(leaf)}" is offered with {value}, {where} {as_decimal(leaf.floor or 0)}.',
                Place(label=bid.name),
                help=f"Such a bid is inadmissible. {_NOT_ADMITTED}",
            )


def _score_key_problems(
    spec: EvaluationSpec, bids: Sequence[Bid], scores: Mapping[tuple[str, str], Decimal]
) -> Iterator[Problem]:
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


def _score_problems(spec: EvaluationSpec, bid: Bid, scores: Mapping[tuple[str, str], Decimal]) -> Iterator[Problem]:
    for leaf in spec.leaves():
        if leaf.kind != "score" or leaf.scale is None:
            continue
        value = scores.get((bid.bidder, leaf.id))
        if value is None:
            yield Problem(
                "score-missing",
                f'The agreed score for "{title(leaf)}" is missing.',
                Place(label=bid.name),
                help="The committee agrees on a score, with its reason, in the consensus workbook.",
            )
        elif wrong := score_problem(leaf.scale, value):
            yield Problem(
                wrong[0],
                f'"{title(leaf)}": {wrong[1]}.',
                Place(label=bid.name),
                help="Correct it in the consensus workbook.",
            )
