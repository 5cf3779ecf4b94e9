"""P11: the winner depends on where the scale of points begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tenderkit.evaluation.spec import EvaluationSpec
from tenderkit.formula.functions import OVER_CRITERIA
from tenderkit.formula.tree import Bids, Binary, Call, Name, Node, Number, walk
from tenderkit.stress.finding import Finding, Value
from tenderkit.stress.rewriting import names_below, replaced, with_formula
from tenderkit.stress.shown import shown_change
from tenderkit.stress.tested import SPEAKS, Tested

#: The points that every bid gets more, as a share of full points: a scale that begins at 40 of 100, as in the
#: catalogue's example.
MORE = Fraction(2, 5)
_POINTS = "p"


def find(tested: Tested) -> Iterator[Finding]:
    """Find award models in which the same points more for every bid change who wins."""
    points = MORE * tested.spec.points_top
    other = shifted(tested.spec, points)
    if other is None:
        return
    compared = tested.changed_winner(other)
    if compared.share >= SPEAKS:
        change = compared.example()
        example = shown_change("points-added", change)
        values = {"share": Value("percent", compared.share), "points": Value("points", points)}
        yield Finding("origin-of-scale", "", values, example)


def shifted(spec: EvaluationSpec, points: Fraction) -> EvaluationSpec | None:
    """Give the evaluation in which every criterion has so many points more for every bid.

    A stage that compares points with a published limit looks at the points as they are: the limit is on the published
    scale. One that compares bids with each other looks at the points with those added. None where the award model has
    no points in any of this.
    """
    definition = spec.award.definition
    steps, stages = definition.step_trees, definition.stage_trees
    trees = (definition.tree, *stages.values(), *steps.values())
    known = {name for tree in trees for name in names_below(tree, steps)}
    own = {name: _unused(name, known) for name, step in steps.items() if _POINTS in names_below(step, steps)}

    def more(node: Node) -> Node | None:
        match node:
            case Name(name=name) | Bids(name=name) if name in own:
                return type(node)(own[name])
            case Call(function=function) if function in OVER_CRITERIA:
                return replaced(node, lambda part: _added(part, points))
        return None

    formula = replaced(definition.tree, more)
    kept = {name: replaced(stage, more) if _compares_bids(stage) else stage for name, stage in stages.items()}
    if formula == definition.tree and kept == stages:
        return None
    added = {own[name]: replaced(step, more) for name, step in steps.items() if name in own}
    return replace(spec, award=with_formula(spec.award, formula, {**steps, **added}, kept))


def _compares_bids(stage: Node) -> bool:
    return any(isinstance(part, Bids) for part in walk(stage))


def _added(part: Node, points: Fraction) -> Node | None:
    return Binary("+", part, Number(points)) if isinstance(part, Name) and part.name == _POINTS else None


def _unused(name: str, known: set[str]) -> str:
    """Give a name for a step's twin that no formula uses yet, and that is no plural of one."""
    twin = f"{name}_more"
    while twin in known:
        twin += "_more"
    return twin
