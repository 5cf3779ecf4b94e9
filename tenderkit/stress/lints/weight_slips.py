"""P21: the weights of a level do not add up, or something counts twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.evaluation.traits import names_used, uses_price
from tenderkit.stress.finding import Example, Finding, Value
from tenderkit.stress.practice import Practice
from tenderkit.stress.shown import shown_change
from tenderkit.stress.tested import Tested

_WHOLE = Fraction(1)
#: Stands in the sentence where nothing counts twice.
_NOTHING = "–"


@dataclass(frozen=True)
class Level:
    """Criteria whose weights should give 100 %: those of the first level, or those inside ``group``."""

    group: Criterion | None
    criteria: tuple[Criterion, ...]
    weights: tuple[Fraction, ...]

    @property
    def sum(self) -> Fraction:
        """Give what the weights give, 1 for 100 %."""
        return sum(self.weights, Fraction(0))

    @property
    def slips(self) -> bool:
        """Tell whether that is not 100 %."""
        return self.sum != _WHOLE


def find(tested: Tested) -> Iterator[Finding]:
    """Find levels whose weights do not give 100 %, and criteria that count the same thing."""
    twice = tuple(counted_twice(tested.spec))
    for level in levels(tested.spec, tested.practice):
        same = twice if level.group is None else ()
        if level.slips or same:
            names = "; ".join(" + ".join(tested.title(name) for name in names) for names in same)
            values = {
                "level": Value("text", _name(tested, level)),
                "sum": Value("percent", level.sum),
                "twice": Value("text", names or _NOTHING),
            }
            example = _example(tested, level) if level.slips else None
            yield Finding("weight-slips", "" if level.group is None else level.group.id, values, example)


def _name(tested: Tested, level: Level) -> str:
    """Give what readers call a level: its group's title, or the titles of the criteria of the first level."""
    if level.group is not None:
        return tested.title(level.group.id)
    return ", ".join(tested.title(criterion.id) for criterion in level.criteria)


def levels(spec: EvaluationSpec, practice: Practice) -> Iterator[Level]:
    """Give all levels with their weights: as they were written, where that is said, or else as they count.

    Weights of an award model in kroner count nothing, and are looked at only where it is said how they were written.
    """
    written = {key: tuple(weight / 100 for weight in weights) for key, weights in practice.written_weights.items()}
    weighed = "w" in names_used(spec.award.definition)
    groups = list(_groups(spec.criteria))
    known = {group.id for group in groups}
    of_first = next((weights for key, weights in written.items() if key not in known), None)
    if of_first is not None or weighed:
        yield Level(None, spec.criteria, of_first or tuple(criterion.share for criterion in spec.criteria))
    for group in groups:
        if group.id in written or (weighed and group.share):
            own = written.get(group.id) or tuple(child.share / group.share for child in group.children)
            yield Level(group, group.children, own)


def _groups(criteria: Sequence[Criterion]) -> Iterator[Criterion]:
    for criterion in criteria:
        if criterion.kind == "group":
            yield criterion
            yield from _groups(criterion.children)


def counted_twice(spec: EvaluationSpec) -> Iterator[tuple[str, ...]]:
    """Give the ids of criteria that count the same: the same price lines, or the same answer in the same clause.

    One price criterion alone stands for a price that the award model counts too.
    """
    prices = [leaf for leaf in spec.leaves() if leaf.kind == "price"]
    if uses_price(spec.award.definition):
        yield from ((leaf.id,) for leaf in prices)
    of_line = (
        tuple(leaf.id for leaf in prices if not leaf.lines or line.id in leaf.lines) for line in spec.price_lines
    )
    yield from dict.fromkeys(same for same in of_line if len(same) > 1)
    answers = dict.fromkeys((leaf.clause, leaf.field) for leaf in spec.leaves() if leaf.clause and leaf.field)
    for answer in answers:
        same = tuple(leaf.id for leaf in spec.leaves() if (leaf.clause, leaf.field) == answer)
        if len(same) > 1:
            yield same


def _example(tested: Tested, level: Level) -> Example | None:
    """Give bids whose winner hangs on how the slip is read: all weights scaled to 100 %, or one of them corrected.

    The correction is the one that changes most winners; None where none does.
    """
    if "w" not in names_used(tested.spec.award.definition) or len(level.weights) != len(level.criteria):
        return None
    scaled = read_as(tested.spec, level, [weight / level.sum for weight in level.weights])
    readings = [read_as(tested.spec, level, weights) for weights in corrected(level.weights)]
    compared = [tested.between(scaled, reading) for reading in readings]
    most = max(compared, key=lambda found: found.changed, default=None)
    change = None if most is None else most.example()
    return shown_change("one-weight-corrected", change)


def corrected(weights: Sequence[Fraction]) -> Iterator[list[Fraction]]:
    """Give the weights with each one corrected in turn, so that all give 100 %."""
    excess = sum(weights, Fraction(0)) - _WHOLE
    for place, weight in enumerate(weights):
        if weight > excess:
            yield [*weights[:place], weight - excess, *weights[place + 1 :]]


def read_as(spec: EvaluationSpec, level: Level, weights: Sequence[Fraction]) -> EvaluationSpec:
    """Give the evaluation with other weights on a level; what lies inside each criterion keeps its proportions."""
    whole = _WHOLE if level.group is None else level.group.share
    shares = {criterion.id: weight * whole for criterion, weight in zip(level.criteria, weights, strict=True)}

    def changed(own: Criterion) -> Criterion:
        if own.id in shares:
            return _scaled(own, shares[own.id] / own.share if own.share else Fraction(0))
        return replace(own, children=tuple(changed(child) for child in own.children))

    return replace(spec, criteria=tuple(changed(own) for own in spec.criteria))


def _scaled(criterion: Criterion, factor: Fraction) -> Criterion:
    children = tuple(_scaled(child, factor) for child in criterion.children)
    return replace(criterion, share=criterion.share * factor, children=children)
