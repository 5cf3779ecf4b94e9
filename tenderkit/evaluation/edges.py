"""Edge rules written into the formula, and which prices a published model refuses."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.evaluation.traits import uses_price
from tenderkit.formula.tree import Bids, Call, Compare, Name, Node, Number
from tenderkit.library.model import EvaluationModel

_ONE = Number(Fraction(1))
_TOP = Name("S")


def deciding_formula(definition: EvaluationModel) -> Node:
    """Give the formula that decides: the model's own, with the edge rules that it publishes written in.

    Scoring and the result workbook both use this tree. Without a rule of full points it is the model's formula.

    >>> from tenderkit.formula import excel
    >>> from tenderkit.library import Library
    >>> formula = deciding_formula(Library().model("lowest-ratio"))
    >>> excel(formula, {"S": "10", "P": "C4", "Ps": "C4:C7"})
    'IF(MAX(C4:C7)=MIN(C4:C7),10,10*MIN(C4:C7)/C4)'
    """
    single = definition.edges.single_bid == "full-points"
    equal = definition.edges.all_equal == "full-points"
    if not single and not equal:
        return definition.tree
    bids = Bids(definition.own_name)
    count = Call("COUNT", (bids,))
    same: Node = Compare("=", Call("MAX", (bids,)), Call("MIN", (bids,)))
    if not equal:
        same = Compare("=", count, _ONE)
    elif not single:
        same = Call("AND", (Compare(">", count, _ONE), same))
    return Call("IF", (same, _TOP, definition.tree))


def refused_lines(spec: EvaluationSpec) -> tuple[frozenset[str], frozenset[str]]:
    """Give the price lines on which zero is refused, and those on which a price below zero is."""
    every = tuple(line.id for line in spec.price_lines)
    looked_at = [(leaf.model, leaf.lines or every) for leaf in _priced(spec) if leaf.model is not None]
    if uses_price(spec.award.definition):
        looked_at.append((spec.award, every))
    zero = (line for model, lines in looked_at if model.definition.edges.zero == "refused" for line in lines)
    negative = (line for model, lines in looked_at if model.definition.edges.negative == "refused" for line in lines)
    return frozenset(zero), frozenset(negative)


def _priced(spec: EvaluationSpec) -> Iterator[Criterion]:
    return (leaf for leaf in spec.leaves() if leaf.kind == "price")
