"""What keeps an evaluation from being used with any bids: parts that do not fit together."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.evaluation.minimum import obstacle, with_minimum
from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.evaluation.traits import gives_value, in_kroner
from tenderkit.problems import Place, Problem, nearest


def title(leaf: Criterion) -> str:
    """Give what a reader calls a criterion: its number and title."""
    return f"{leaf.number} {leaf.title}".strip()


def spec_problems(spec: EvaluationSpec) -> Iterator[Problem]:
    """Give what is missing in an evaluation, or cannot be; a tender's plan has none of it."""
    kroner = in_kroner(spec.award.definition)
    lines = [line.id for line in spec.price_lines]
    for leaf in spec.leaves():
        place = Place(label=leaf.id)
        if kroner and leaf.amount is None:
            yield Problem(
                "amount-missing",
                f'"{title(leaf)}" has no amount for full points.',
                place,
                help=f'The award model "{spec.award.id}" needs "amount:" on every criterion.',
            )
        if gives_value(leaf) and not kroner:
            yield Problem(
                "value-without-kroner",
                f'"{title(leaf)}" gives the offered number as it is, but "{spec.award.id}" adds up points.',
                place,
                help="Choose a model that gives points, or an award model with an amount in kroner for each unit.",
            )
        if leaf.kind == "offer" and (leaf.floor is None or leaf.cap is None or leaf.floor == leaf.cap):
            yield Problem(
                "floor-and-cap-missing",
                f'"{title(leaf)}" needs a floor and a cap that differ.',
                place,
                help="Give the clause's parameter a value and its offer a cap.",
            )
        for line in (line for line in leaf.lines if line not in lines):
            message = f'"{title(leaf)}" is about the price line "{line}", which there is not.'
            yield Problem("unknown-price-line", message, place, help=nearest(line, lines))
    for criterion in with_minimum(spec.criteria):
        if reason := obstacle(criterion):
            yield Problem(
                "minimum-not-possible",
                f'"{title(criterion)}" can have no minimum: {reason}.',
                Place(label=criterion.id),
                help="Set it where points hang on the bid alone: who falls out is known before prices are looked at.",
            )
