"""P12: quality is deducted as a share of the tender's own price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from tenderkit.evaluation.points import award_totals
from tenderkit.evaluation.score import criterion_values
from tenderkit.evaluation.spec import EvaluationSpec
from tenderkit.evaluation.traits import uses_price
from tenderkit.formula.tree import Binary, Name, Node, Number
from tenderkit.problems import TenderkitError
from tenderkit.stress.finding import Finding, Value
from tenderkit.stress.market import Market
from tenderkit.stress.rewriting import inlined, replaced, with_formula
from tenderkit.stress.shown import shown_change
from tenderkit.stress.tested import Tested

#: From so much on, the same quality is told to be worth more to the dearest bid than to the cheapest (suggested
#: default): where prices lie closer than that, a share of the own price is as good as a fixed amount.
APART = Fraction(1, 20)
#: Deductions of the whole price: a bid with full points is then the better the dearer it is.
WHOLE = Fraction(1)

_PRICE = "P"


@dataclass(frozen=True)
class Deduction:
    """What full points take off a bid's own price in place of none.

    Attributes:
        total: at most, as a share of the own price.
        difference: how much more it is in kroner for the dearest expected bid, as a share of what it is for the
            cheapest.
    """

    total: Fraction
    difference: Fraction


def find(tested: Tested) -> Iterator[Finding]:
    """Find award models in which the same quality is worth more the dearer the bid; an error from 100 % on."""
    deduction = deduction_of(tested.spec, tested.market)
    if deduction is None or deduction.difference < APART:
        return
    change = tested.changed_winner(with_fixed_price(tested.spec, tested.market.price.middle)).example()
    example = shown_change("deduction-of-one-price", change)
    values = {"total": Value("percent", deduction.total), "difference": Value("percent", deduction.difference)}
    yield Finding("percentage-deductions", "", values, example, "error" if deduction.total >= WHOLE else "")


def deduction_of(spec: EvaluationSpec, market: Market) -> Deduction | None:
    """Give what quality takes off the own price; None where the total is no price less a deduction or plus an addition.

    It is one where a bid with full points, or one without any, keeps its own price for a total.
    """
    if not uses_price(spec.award.definition):
        return None
    worth: dict[Fraction, Fraction] = {}
    for price in (market.price.low, market.price.high):
        try:
            none, full = (_total(spec, price, points, market.price.low) for points in (Fraction(0), spec.points_top))
        except TenderkitError:
            return None
        if price not in (none, full) or none <= full:
            return None
        worth[price] = none - full
    low, high = worth.values()
    return Deduction(max(own / price for price, own in worth.items()), high / low - 1)


def _total(spec: EvaluationSpec, price: Fraction, points: Fraction, lowest: Fraction) -> Fraction:
    """Give a bid's total with these points on all criteria, beside the cheapest bid without any points."""
    criteria = [criterion_values(leaf, (points, Fraction(0))) for leaf in spec.leaves()]
    return award_totals(spec.award, spec.points_top, (price, lowest), criteria)[0]


def with_fixed_price(spec: EvaluationSpec, kroner: Fraction) -> EvaluationSpec:
    """Give the evaluation with the same deductions for all: each is that of a bid at one price."""
    fixed = Number(kroner)

    def at_fixed(node: Node) -> Node | None:
        return fixed if isinstance(node, Name) and node.name == _PRICE else None

    definition = spec.award.definition
    own = replaced(inlined(definition.tree, definition.step_trees), at_fixed)
    formula = Binary("+", Name(_PRICE), Binary("-", own, fixed))
    return replace(spec, award=with_formula(spec.award, formula))
