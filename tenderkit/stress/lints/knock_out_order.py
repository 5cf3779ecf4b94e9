"""P16: bids that have fallen out count in the lowest price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Result
from tenderkit.formula.tree import Bids, walk
from tenderkit.library.model import EvaluationModel
from tenderkit.stress.cases import Case, result_of
from tenderkit.stress.draw import Drawn
from tenderkit.stress.finding import Finding, Value
from tenderkit.stress.play import Played, play_prepared
from tenderkit.stress.prepared import Prepared, prepared
from tenderkit.stress.rewriting import inlined
from tenderkit.stress.shown import shown_change
from tenderkit.stress.tested import SPEAKS, Tested
from tenderkit.stress.ways import Way


def find(tested: Tested) -> Iterator[Finding]:
    """Find that the winner changes when bids below a minimum fall out after prices were compared, as is intended."""
    if tested.practice.knock_out != "after-prices" or not has_minimum(tested.spec):
        return
    compared = tested.changed_way(after_prices(tested.spec))
    if compared.share >= SPEAKS:
        change = compared.example()
        example = shown_change("fall-out-last", change)
        yield Finding("knock-out-order", "", {"share": Value("percent", compared.share)}, example)


def has_minimum(spec: EvaluationSpec) -> bool:
    """Tell whether bids can fall out for what they are alone: by a minimum, or by a stage that looks at no others."""
    minimums = any(criterion.minimum is not None for criterion in _walk(spec.criteria))
    return minimums or bool(_alone(spec.award.definition))


def after_prices(spec: EvaluationSpec) -> Way:
    """Give the way in which all bids set the lowest price, and only then those below a minimum fall out."""
    held = _without(spec, frozenset(spec.award.definition.stages) - _alone(spec.award.definition), minimums=True)
    free = _without(spec, _alone(spec.award.definition), minimums=False)
    minimums, ready = prepared(held), prepared(free)
    return Way(ready, lambda drawn: _play(ready, minimums, drawn), lambda case: _judge(case, free, held))


def _alone(award: EvaluationModel) -> frozenset[str]:
    """Give the stages of an award model whose condition hangs on no other bid."""
    return frozenset(
        name
        for name, tree in award.stage_trees.items()
        if not any(isinstance(part, Bids) for part in walk(inlined(tree, award.step_trees)))
    )


def _without(spec: EvaluationSpec, stages: frozenset[str], *, minimums: bool) -> EvaluationSpec:
    """Give the evaluation without some stages, and with its minimums or without."""
    definition = spec.award.definition
    kept = {name: stage for name, stage in definition.stages.items() if name not in stages}
    award = replace(spec.award, definition=definition.model_copy(update={"stages": kept}))
    criteria = spec.criteria if minimums else tuple(_free(criterion) for criterion in spec.criteria)
    return replace(spec, award=award, criteria=criteria)


def _free(criterion: Criterion) -> Criterion:
    return replace(criterion, minimum=None, children=tuple(_free(child) for child in criterion.children))


def _walk(criteria: Sequence[Criterion]) -> Iterator[Criterion]:
    for criterion in criteria:
        yield criterion
        yield from _walk(criterion.children)


def _play(ready: Prepared, minimums: Prepared, drawn: Drawn) -> Played:
    """Rank all bids, and then take those away that fall out: the others keep their order."""
    played = play_prepared(ready, drawn)
    _, still = minimums.field(drawn)
    left = np.where(still & (played.ranks > 0), played.ranks, played.ranks.shape[1] + 1)
    best = left.min(axis=1, keepdims=True)
    first = (left == best) & (best <= played.ranks.shape[1])
    winner = np.where((first.sum(axis=1) == 1) & ~played.undefined, first.argmax(axis=1), -1)
    ranks = np.where(left <= played.ranks.shape[1], left, 0)
    exact = np.where(still, played.exact, np.nan)
    return replace(played, exact=exact, ranked=played.ranked & still, ranks=ranks, winner=winner)


def _judge(case: Case, free: EvaluationSpec, held: EvaluationSpec) -> Result | None:
    """Give the same, exactly."""
    everyone, minimums = result_of(case.with_spec(free)), result_of(case.with_spec(held))
    if everyone is None or minimums is None:
        return None
    out = {item.bid.bidder for item in minimums.eliminated}
    ranking = tuple(own for own in everyone.ranking if own.bid.bidder not in out)
    first = [own for own in ranking if own.rank == ranking[0].rank]
    eliminated = (*minimums.eliminated, *everyone.eliminated)
    return replace(
        everyone, ranking=ranking, winner=first[0] if len(first) == 1 else None, margin=None, eliminated=eliminated
    )
