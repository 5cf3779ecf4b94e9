"""P04: the floor of 0 points decides who wins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tenderkit.evaluation.spec import EvaluationSpec, Model
from tenderkit.formula.tree import Binary, Call, Name, Node, Number, Table
from tenderkit.stress.finding import Finding, Value
from tenderkit.stress.rewriting import with_formula, with_model
from tenderkit.stress.shown import shown_change
from tenderkit.stress.tested import SPEAKS, Tested

#: How far, in lengths of a table's last piece, points go on falling beyond it: farther than any price.
_FAR = 10_000


def find(tested: Tested) -> Iterator[Finding]:
    """Find price criteria on which another bid would win if points went on below 0."""
    for leaf in tested.leaves("price"):
        other = without_floor(tested.spec, leaf.id)
        if other is None:
            continue
        compared = tested.changed_winner(other)
        if compared.share >= SPEAKS:
            change = compared.example()
            values = {"criterion": Value("text", tested.title(leaf.id)), "share": Value("percent", compared.share)}
            example = shown_change("no-floor", change)
            yield Finding("clamping-decides", leaf.id, values, example)


def without_floor(spec: EvaluationSpec, criterion: str) -> EvaluationSpec | None:
    """Give the evaluation with points below 0 on a price criterion; None where its formula has no floor."""
    model = spec.leaf(criterion).model
    free = None if model is None else unclamped(model)
    return None if free is None else with_model(spec, criterion, free)


def unclamped(model: Model) -> Model | None:
    """Give a model whose points go on below 0; None where the formula has no floor of 0.

    The floor is looked for where a value is a factor of what the formula gives: ``MAX(0, x)`` becomes ``x``,
    ``CLAMP(x, 0, y)`` becomes ``MIN(x, y)``, and a table that ends at 0 goes on falling as its last piece does.
    """
    floor = _Floor(model)
    formula = floor.without(model.definition.tree)
    if formula == model.definition.tree and not floor.lengthened:
        return None
    free = with_formula(model, formula)
    return replace(free, parameters={**free.parameters, **floor.lengthened})


class _Floor:
    """A formula's floor of 0; ``lengthened`` are the tables that go on falling, by the names of their parameters."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._steps = model.definition.step_trees
        self.lengthened: dict[str, Table] = {}

    def without(self, node: Node) -> Node:
        """Give a part of the formula without the floor: it is looked for in factors only."""
        match node:
            case Call():
                return self._call(node)
            case Binary(operator="*"):
                return replace(node, left=self.without(node.left), right=self.without(node.right))
            case Binary(operator="/"):
                return replace(node, left=self.without(node.left))
            case Name(name=name) if name in self._steps:
                free = self.without(self._steps[name])
                return node if free == self._steps[name] else free
        return node

    def _call(self, node: Call) -> Node:
        match node:
            case Call(function="MAX", arguments=(Number(value=0), other) | (other, Number(value=0))):
                return self.without(other)
            case Call(function="CLAMP", arguments=(value, Number(value=0), most)):
                return Call("MIN", (self.without(value), most))
            case Call(function="MIN"):
                return replace(node, arguments=tuple(self.without(argument) for argument in node.arguments))
            case Call(function="IF", arguments=(condition, first, second)):
                return replace(node, arguments=(condition, self.without(first), self.without(second)))
            case Call(function="INTERPOLATE", arguments=(_, Name(name=table))):
                self._lengthen(table)
        return node

    def _lengthen(self, name: str) -> None:
        """Add a row far away to a table that ends at 0, on the line through its last two rows."""
        table = self._model.parameters[name]
        assert isinstance(table, tuple)  # noqa: S101 - INTERPOLATE takes nothing else
        (before, value), (edge, last) = table[-2:]
        if last == 0 < value:
            fall = value / (edge - before)
            far = _FAR * (edge - before)
            self.lengthened[name] = (*table, (edge + far, -fall * far))
