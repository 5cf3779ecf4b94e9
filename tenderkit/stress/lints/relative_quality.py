"""P10: quality is measured against the best tender."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model
from tenderkit.evaluation.traits import hangs_on_others
from tenderkit.formula.functions import OVER_CRITERIA
from tenderkit.formula.tree import Bids, Call, Name, Node, walk
from tenderkit.stress.finding import Finding, Value
from tenderkit.stress.rewriting import inlined, names_below, replaced, with_formula, with_model
from tenderkit.stress.shown import shown_change
from tenderkit.stress.tested import SPEAKS, Tested

#: The price in an award model's formula.
_PRICE = "P"
#: The top of the scale of points, and a criterion's points.
_TOP, _POINTS = Name("S"), "p"


def find(tested: Tested) -> Iterator[Finding]:
    """Find criteria whose scores are recalculated from the best, and award models that divide by the best quality.

    It is a warning where it often changes who wins, and a note otherwise: the words of the scale are lost anyway.
    """
    for leaf in tested.leaves("score"):
        if leaf.model is not None and hangs_on_others(leaf.model.definition):
            yield _finding(tested, leaf.id, tested.title(leaf.id), with_model(tested.spec, leaf.id, None))
    other = as_given(tested.spec)
    if other is not None:
        quality = (criterion for criterion in tested.spec.criteria if not _is_price(criterion))
        yield _finding(tested, "", ", ".join(tested.title(criterion.id) for criterion in quality), other)


def _finding(tested: Tested, criterion: str, title: str, other: EvaluationSpec) -> Finding:
    compared = tested.changed_winner(other)
    change = compared.example()
    example = shown_change("scores-as-given", change)
    values = {"criterion": Value("text", title), "share": Value("percent", compared.share)}
    return Finding("relative-quality", criterion, values, example, "note" if compared.share < SPEAKS else "")


def _is_price(criterion: Criterion) -> bool:
    return all(leaf.kind == "price" for leaf in criterion.leaves())


def as_given(spec: EvaluationSpec) -> EvaluationSpec | None:
    """Give the evaluation with full points in place of the best quality; None where no formula divides by it."""
    award = _absolute(spec.award)
    return None if award is None else replace(spec, award=award)


def _absolute(award: Model) -> Model | None:
    """Give an award model that divides by full points where it divides by the highest sum over the criteria."""
    steps = award.definition.step_trees

    def full(node: Node) -> Node | None:
        match node:
            case Call(function="MAX", arguments=(Bids(name=name),)) if name in steps and _is_quality(
                steps[name], steps
            ):
                return replaced(inlined(steps[name], steps), _at_the_top)
        return None

    formula = replaced(award.definition.tree, full)
    changed = {name: replaced(step, full) for name, step in steps.items()}
    if formula == award.definition.tree and changed == steps:
        return None
    return with_formula(award, formula, changed)


def _is_quality(step: Node, steps: Mapping[str, Node]) -> bool:
    """Tell whether a step is a sum or product over the criteria without the price in it."""
    whole = inlined(step, steps)
    sums = any(isinstance(part, Call) and part.function in OVER_CRITERIA for part in walk(whole))
    return sums and _PRICE not in names_below(whole, steps)


def _at_the_top(node: Node) -> Node | None:
    return _TOP if isinstance(node, Name) and node.name == _POINTS else None
