"""Conditions in a formula that are about all bids together, and the price of one bid at which they turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tenderkit.evaluation.awarding import constants
from tenderkit.evaluation.points import limits_of
from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.formula.exact import Exact, conditions_for_bids
from tenderkit.formula.simulate import simulate_condition
from tenderkit.formula.tree import Bids, Call, Compare, Name, Node, Table, walk
from tenderkit.problems import TenderkitError
from tenderkit.quantities import as_decimal
from tenderkit.stress.cases import Case
from tenderkit.stress.draw import Drawn, Flags, Floats
from tenderkit.stress.market import Market
from tenderkit.stress.rewriting import inlined

_ORDERED = frozenset({"<", "<=", ">=", ">"})
#: Prices from half the lowest expected one to twice the highest are tried, so many, evenly in proportion.
_TRIED, _BEYOND = 13, 2
_HALVINGS = 32
#: An exact search goes up and down from a bid's price in steps of this factor, so many times.
_FACTOR, _STEPS = Fraction(6, 5), 8


@dataclass(frozen=True)
class Switch:
    """A condition that is the same for all bids, in the formula of a price criterion."""

    leaf: Criterion
    position: int
    condition: Node
    steps: Mapping[str, Node]
    known: Mapping[str, Exact | Table]


def switches(spec: EvaluationSpec) -> Iterator[Switch]:
    """Give the conditions of ``IF`` about all prices, and not about the bid itself, that compare sizes.

    Conditions about equal values are left out: they guard divisions, and no price but one makes them true.
    """
    for position, leaf in enumerate(spec.leaves()):
        if leaf.kind != "price" or leaf.model is None:
            continue
        definition = leaf.model.definition
        steps = definition.step_trees
        for tree in (definition.tree, *steps.values()):
            for part in walk(tree):
                if isinstance(part, Call) and part.function == "IF" and _of_all(part.arguments[0], steps):
                    known = {**constants(leaf.model, spec.points_top), **limits_of(leaf)}
                    yield Switch(leaf, position, part.arguments[0], steps, known)


def _of_all(condition: Node, steps: Mapping[str, Node]) -> bool:
    parts = list(walk(inlined(condition, steps)))
    ordered = any(isinstance(part, Compare) and part.operator in _ORDERED for part in parts)
    own = any(isinstance(part, Name) and part.name == "P" for part in parts)
    return ordered and not own and any(isinstance(part, Bids) for part in parts)


def edges(switch: Switch, drawn: Drawn, ranked: Flags, bid: int, market: Market) -> tuple[Floats, Floats]:
    """Give by tender two prices of a bid, one on either side of the edge where the condition turns; NaN without one."""
    given = drawn.given[..., switch.position].copy()
    share = given[:, bid] / drawn.prices[:, bid]

    def truths(prices: Floats) -> Flags:
        given[:, bid] = share * prices
        held = simulate_condition(switch.condition, {"P": given}, switch.known, switch.steps, present=ranked)
        return np.asarray(held.any(axis=-1))

    tried = np.geomspace(float(market.price.low / _BEYOND), float(market.price.high * _BEYOND), _TRIED)
    held = np.stack([truths(np.full(len(drawn), price)) for price in tried], axis=-1)
    turns = held[:, 1:] != held[:, :-1]
    at = turns.argmax(axis=-1)
    first = held[np.arange(len(drawn)), at]
    low, high = tried[at], tried[at + 1]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        same = truths(middle) == first
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    found = turns.any(axis=-1)
    return np.where(found, low, np.nan), np.where(found, high, np.nan)


def holds_in(switch: Switch, case: Case) -> bool | None:
    """Tell whether the condition holds for the bids of a tender, exactly; None where it has no value."""
    lines = switch.leaf.lines
    prices = [sum((Fraction(bid.amounts[line]) for line in (lines or bid.amounts)), Fraction(0)) for bid in case.bids]
    try:
        return any(conditions_for_bids(switch.condition, {"P": prices}, switch.known, switch.steps))
    except TenderkitError:
        return None


def edge_in(switch: Switch, case: Case, name: str) -> tuple[Fraction, Fraction] | None:
    """Give two prices of a bid, one øre apart, between which the condition turns: the nearest above, or else below.

    The first is on the side of the bid's own price. None where no price near it turns the condition.
    """
    own, usual = case.bid(name).price, holds_in(switch, case)
    for factor in (_FACTOR, 1 / _FACTOR):
        near = own
        for _ in range(_STEPS):
            far = near * factor
            if _at(switch, case, name, far) != usual:
                return _halved(switch, case, name, (near, far))
            near = far
    return None


def _at(switch: Switch, case: Case, name: str, kroner: Fraction) -> bool | None:
    return holds_in(switch, case.with_price(name, as_decimal(kroner, 2)))


def _halved(switch: Switch, case: Case, name: str, between: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    usual = holds_in(switch, case)
    near, far = (round(kroner * 100) for kroner in between)
    while abs(far - near) > 1:
        middle = (near + far) // 2
        if _at(switch, case, name, Fraction(middle, 100)) == usual:
            near = middle
        else:
            far = middle
    return Fraction(near, 100), Fraction(far, 100)
