"""P13: the price is split into several criteria."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from tenderkit.evaluation.ranking import LOTS_DRAWING, PRICE
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model
from tenderkit.formula.tree import Table
from tenderkit.stress.finding import Finding, Value
from tenderkit.stress.market import Market
from tenderkit.stress.shown import shown_change
from tenderkit.stress.tested import SPEAKS, Tested


def find(tested: Tested) -> Iterator[Finding]:
    """Find price criteria for different price lines, when another bid would win on the sum of the lines."""
    other = merged(tested.spec, tested.market)
    if other is None:
        return
    compared = tested.changed_winner(other)
    if compared.share >= SPEAKS:
        change = compared.example()
        example = shown_change("prices-added", change)
        count = len(tested.leaves("price"))
        values = {"count": Value("count", count), "share": Value("percent", compared.share)}
        yield Finding("split-prices", "", values, example)


def merged(spec: EvaluationSpec, market: Market) -> EvaluationSpec | None:
    """Give the evaluation with one price criterion in place of all, for all their lines and with all their weight.

    Its model is that of the heaviest one; amounts in the model's parameters grow with the price that is expected. None
    where all price criteria are about the same lines.
    """
    prices = [leaf for leaf in spec.leaves() if leaf.kind == "price" and leaf.model is not None]
    if len({frozenset(covered(spec, leaf)) for leaf in prices}) < 2:  # noqa: PLR2004 - the same lines
        return None
    heaviest = max(prices, key=lambda leaf: leaf.share)
    lines = {line for leaf in prices for line in covered(spec, leaf)}
    ordered = tuple(line.id for line in spec.price_lines if line.id in lines)
    whole = replace(
        heaviest,
        share=sum((leaf.share for leaf in prices), Fraction(0)),
        amount=_sum([leaf.amount for leaf in prices if leaf.amount is not None]),
        lines=ordered if len(ordered) < len(spec.price_lines) else (),
        model=_scaled(heaviest.model, _expected(market, ordered) / _expected(market, covered(spec, heaviest))),
    )
    criteria = _with_one(spec.criteria, whole, frozenset(leaf.id for leaf in prices))
    found = replace(spec, criteria=criteria)
    ties = tuple(rule for rule in spec.ties if rule in {PRICE, LOTS_DRAWING} or found.criterion(rule) is not None)
    return replace(found, ties=ties)


def covered(spec: EvaluationSpec, leaf: Criterion) -> tuple[str, ...]:
    """Give the price lines that a price criterion is about."""
    return leaf.lines or tuple(line.id for line in spec.price_lines)


def _sum(amounts: Sequence[Fraction]) -> Fraction | None:
    return sum(amounts, Fraction(0)) if amounts else None


def _expected(market: Market, lines: Sequence[str]) -> Fraction:
    return sum((market.line_shares[line] for line in lines), Fraction(0))


def _scaled(model: Model | None, factor: Fraction) -> Model | None:
    """Give a model with its amounts in kroner, and edges of tables in kroner, so many times as large."""
    if model is None:
        return None
    values: dict[str, Fraction | Table] = {}
    for name, value in model.parameters.items():
        parameter = model.definition.parameters[name]
        kind = parameter.rows[0] if parameter.rows else parameter.type
        of_value = factor if kind == "money" else Fraction(1)
        if isinstance(value, Fraction):
            values[name] = value * of_value
        else:
            values[name] = tuple((edge * of_value, given) for edge, given in value)
    return replace(model, parameters=values)


def _with_one(criteria: Sequence[Criterion], whole: Criterion, prices: frozenset[str]) -> tuple[Criterion, ...]:
    """Give the criteria with one price criterion in its own place, and the others away; groups left empty go too."""
    kept = []
    for criterion in criteria:
        if criterion.kind == "group":
            children = _with_one(criterion.children, whole, prices)
            kept += [replace(criterion, children=children)] if children else []
        elif criterion.id == whole.id:
            kept.append(whole)
        elif criterion.id not in prices:
            kept.append(criterion)
    return tuple(kept)
