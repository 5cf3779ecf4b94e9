"""P18: it is not published how the price of an option counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from tenderkit.evaluation.spec import Criterion, EvaluationSpec, PriceLine, Result
from tenderkit.stress.cases import Case, result_of
from tenderkit.stress.draw import Drawn, draw_blocks
from tenderkit.stress.finding import Example, Finding, Value
from tenderkit.stress.market import EVALUATED, Expected
from tenderkit.stress.play import Played, play_prepared
from tenderkit.stress.prepared import prepared
from tenderkit.stress.shown import shown
from tenderkit.stress.tested import Tested
from tenderkit.stress.ways import Comparison, Way, compare

#: What an option is expected to cost, as a share of the expected price without it (suggested default, for the example
#: alone): the catalogue's example has 20 % to 44 %.
USUAL = Fraction(1, 4)
#: Its prices lie from half of that to one and a half times it.
_HALF = Fraction(1, 2)
_EXPECTED = Expected(Fraction(0), Fraction(1))


def find(tested: Tested) -> Iterator[Finding]:
    """Find options whose weight in the evaluated price is not published, whether or not it decides who wins."""
    names = [name for name, weight in tested.practice.options.items() if weight is None]
    if names:
        values = {"options": Value("text", ", ".join(_title(tested, name) for name in names))}
        yield Finding("options-without-weight", "", values, _example(tested, names))


def _title(tested: Tested, name: str) -> str:
    labels = {line.id: line.label for line in tested.published.price_lines}
    return labels.get(name) or name


def _example(tested: Tested, names: Sequence[str]) -> Example | None:
    options = Options(tested.spec, tested.market.price.middle, names)
    change = _compared(tested, options).example()
    return None if change is None else options.shown(change.case, change.before, change.after)


def _compared(tested: Tested, options: Options) -> Comparison:
    """Play the made-up tenders with and without prices of the options, which are made up too."""
    most = tested.market.bids[1]
    only = replace(tested.spec, criteria=options.leaves, price_lines=(EVALUATED,))
    expected = dict.fromkeys((leaf.id for leaf in options.leaves), _EXPECTED)
    market = replace(tested.market, bids=(most, most), by_criterion=expected, line_shares={})
    # Another seed, so that a bid's price says nothing about what it asks for the option.
    drawn = draw_blocks(market, only, tested.tenders, tested.seed + 1)
    without, counted = options.without, options.counted
    blocks = (
        (both, without.play(both))
        for (own, _), of_options in zip(tested.blocks, drawn, strict=True)
        for both in (Drawn(own.amounts, np.concatenate([own.given, of_options.given], axis=-1), own.present),)
    )
    return compare(without, counted, blocks)


class Options:
    """An evaluation with prices of options beside the bids' prices, which count fully or not at all.

    ``leaves`` carry the options' prices in made-up bids; no points are given on them.
    """

    def __init__(self, spec: EvaluationSpec, usual: Fraction, names: Sequence[str]) -> None:
        """Take the published evaluation, simplified, the expected price, and what the options are called."""
        self._spec = spec
        self._ready = prepared(spec)
        price = USUAL * usual
        self.leaves = tuple(_carrier(f"option-{number}", price) for number, _ in enumerate(names, start=1))
        lines = tuple(PriceLine(leaf.id, name, "", Fraction(1)) for leaf, name in zip(self.leaves, names, strict=True))
        self._full = replace(spec, price_lines=(*spec.price_lines, *lines))
        carried = prepared(replace(spec, criteria=(*spec.criteria, *self.leaves)))
        self.without = Way(carried, lambda drawn: self._play(drawn, 0), lambda case: result_of(self.case(case, 0)))
        self.counted = Way(carried, lambda drawn: self._play(drawn, 1), lambda case: result_of(self.case(case, 1)))

    def _play(self, drawn: Drawn, weight: int) -> Played:
        count = len(self._ready.leaves)
        given, options = drawn.given[..., :count].copy(), weight * drawn.given[..., count:]
        for position, leaf in enumerate(self._ready.leaves):
            if leaf.kind == "price" and not leaf.lines:
                given[..., position] += options.sum(axis=-1)
        amounts = np.concatenate([drawn.amounts, options], axis=-1)
        return play_prepared(self._ready, Drawn(amounts, given, drawn.present))

    def case(self, case: Case, weight: int) -> Case:
        """Give the bids as the published evaluation takes them: with a price line for each option, or without any."""
        own = {leaf.id for leaf in self.leaves}
        bids = []
        for bid in case.bids:
            given = {name: value for name, value in bid.given.items() if name not in own}
            options = {leaf.id: bid.given[leaf.id] for leaf in self.leaves} if weight else {}
            bids.append(replace(bid, amounts={**bid.amounts, **options}, given=given))
        return Case(self._full if weight else self._spec, tuple(bids))

    def shown(self, case: Case, before: Result, after: Result) -> Example:
        """Give the bids without the options' prices, and with them."""
        return shown("options-counted", self.case(case, 0), before, after, self.case(case, 1))


def _carrier(name: str, price: Fraction) -> Criterion:
    """Give a criterion without any weight, whose offered number is the price of an option."""
    none, least, most = Fraction(0), price * (1 - _HALF), price * (1 + _HALF)
    return Criterion(name, name, none, none, "offer", floor=least, cap=most, amount=none)
