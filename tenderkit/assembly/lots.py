"""Models whose published numbers differ from lot to lot: said once for all lots, or once for each that differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import lot_title, point
from tenderkit.assembly.context import Context
from tenderkit.assembly.values import join
from tenderkit.evaluation.spec import EvaluationSpec, Model


def by_numbers(
    context: Context,
    models: Callable[[EvaluationSpec], Iterable[Model | None]],
    say: Callable[[EvaluationSpec], Sequence[tree.Block]],
) -> list[tree.Block]:
    """Give what is to be said of models; where lots have other numbers, below a point that names the lots.

    Args:
        context: the material of the document.
        models: gives the models that are said of a lot's evaluation.
        say: says them.
    """
    groups: dict[tuple[object, ...], list[EvaluationSpec]] = {}
    for lot in context.lot_ids:
        spec = context.plan.specs[lot]
        numbers = tuple(tuple(sorted(model.parameters.items())) for model in models(spec) if model is not None)
        groups.setdefault(numbers, []).append(spec)
    if len(groups) == 1:
        return list(say(next(iter(groups.values()))[0]))
    blocks: list[tree.Block] = []
    for specs in groups.values():
        names = join([lot_title(spec.lot, context) for spec in specs], context)
        blocks += [point(context, "for_lots", keep=True, lots=names), *say(specs[0])]
    return blocks
