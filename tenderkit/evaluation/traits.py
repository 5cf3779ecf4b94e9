"""What a model's formulas work on, read from the formulas themselves and not from what the file claims."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.formula.tree import Bids, Call, Node, names_in, walk
from tenderkit.library.model import EvaluationModel

_PRICES = frozenset({"P", "Ps"})


def formulas(definition: EvaluationModel) -> Iterator[Node]:
    """Give all trees of a model: steps, stages, and the formula."""
    yield from definition.step_trees.values()
    yield from definition.stage_trees.values()
    yield definition.tree


def names_used(definition: EvaluationModel) -> frozenset[str]:
    """Give every name in a model's formulas.

    >>> from tenderkit.library import Library
    >>> sorted(names_used(Library().model("lowest-ratio")))
    ['P', 'Ps', 'S']
    """
    return frozenset(name for tree in formulas(definition) for name in names_in(tree))


def uses_price(definition: EvaluationModel) -> bool:
    """Tell whether the evaluated price is in a model's formulas."""
    return bool(_PRICES & names_used(definition))


def in_kroner(award: EvaluationModel) -> bool:
    """Tell whether an award model works with an amount in kroner on each criterion."""
    return "a" in names_used(award)


def hangs_on_others(definition: EvaluationModel) -> bool:
    """Tell whether a bid's own result can hang on other bids: by the formulas, or by an edge rule about all bids.

    >>> from tenderkit.library import Library
    >>> hangs_on_others(Library().model("lowest-ratio")), hangs_on_others(Library().model("above-floor"))
    (True, False)
    """
    edges = definition.edges
    by_rule = "full-points" in (edges.single_bid, edges.all_equal)
    return by_rule or any(isinstance(part, Bids) for tree in formulas(definition) for part in walk(tree))


def sums_over_criteria(definition: EvaluationModel) -> Iterator[Call]:
    """Give the sums over the criteria in an award model: in its formula, or else in its steps."""
    for tree in (definition.tree, *definition.step_trees.values()):
        for part in walk(tree):
            if isinstance(part, Call) and part.function == "SUM_CRITERIA":
                yield part


def price_counts(spec: EvaluationSpec) -> bool:
    """Tell whether all price lines count: in the award model, or in a price criterion about all of them."""
    whole = any(leaf.kind == "price" and not leaf.lines for leaf in spec.leaves())
    return whole or uses_price(spec.award.definition)


def gives_value(leaf: Criterion) -> bool:
    """Tell whether a criterion passes on the offered number as it is, in place of points."""
    return leaf.model is not None and leaf.model.definition.gives == "value"
