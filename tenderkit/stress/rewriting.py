"""Formulas changed a little: what an evaluation would do without a clamp, a division or an origin of its scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Node, Number, walk


def written(node: Node) -> str:
    """Give a formula's text from its tree.

    >>> from tenderkit.formula import parse
    >>> written(parse("S*MAX(0,1-(P-MIN(Ps))/(50%*MIN(Ps)))"))
    'S*MAX(0,1-((P-MIN(Ps))/(50%*MIN(Ps))))'
    """
    match node:
        case Number():
            return _number(node)
        case Name():
            return node.name
        case Bids():
            return node.plural
        case Negative():
            return f"-{_operand(node.operand)}"
        case Binary() | Compare():
            return f"{_operand(node.left)}{node.operator}{_operand(node.right)}"
        case Call():
            return f"{node.function}({','.join(written(argument) for argument in node.arguments)})"


def _operand(node: Node) -> str:
    text = written(node)
    signed = isinstance(node, Number) and not text[0].isdigit()
    return f"({text})" if signed or isinstance(node, Negative | Binary | Compare) else text


def _number(node: Number) -> str:
    value, sign = (node.value * 100, "%") if node.percent else (node.value, "")
    if value < 0:
        return f"-({_number(replace(node, value=-node.value))})"
    rest, places = value.denominator, 0
    while rest % 2 == 0 or rest % 5 == 0:
        rest //= 5 if rest % 5 == 0 else 2
        places += 1
    if rest != 1:
        return f"({node.value.numerator}/{node.value.denominator})"
    digits = f"{int(value * 10**places):0{places + 1}d}"
    return (f"{digits[:-places]}.{digits[-places:]}" if places else digits) + sign


def replaced(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """Give a tree with some parts in place of others.

    Args:
        node: the tree.
        change: gives the part to stand in place of one; None where it stays, and the parts below it are looked at.
    """
    new = change(node)
    if new is not None:
        return new
    match node:
        case Negative():
            return replace(node, operand=replaced(node.operand, change))
        case Binary() | Compare():
            return replace(node, left=replaced(node.left, change), right=replaced(node.right, change))
        case Call():
            return replace(node, arguments=tuple(replaced(argument, change) for argument in node.arguments))
        case _:
            return node


def inlined(node: Node, steps: Mapping[str, Node]) -> Node:
    """Give a tree with the steps' own trees in place of their names; plurals of steps stay.

    >>> from tenderkit.formula import parse
    >>> written(inlined(parse("S*CLAMP(share,0,1)"), {"share": parse("(hi-P)/(hi-lo)")}))
    'S*CLAMP((hi-P)/(hi-lo),0,1)'
    """
    return replaced(
        node, lambda part: inlined(steps[part.name], steps) if isinstance(part, Name) and part.name in steps else None
    )


def names_below(node: Node, steps: Mapping[str, Node]) -> frozenset[str]:
    """Give all names that a tree hangs on, through its steps too, each without the s of a plural."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        for part in walk(waiting.pop()):
            if isinstance(part, Name | Bids) and part.name not in found:
                found.add(part.name)
                waiting += [steps[part.name]] if part.name in steps else []
    return frozenset(found)


def with_formula(
    model: Model,
    tree: Node,
    steps: Mapping[str, Node] | None = None,
    stages: Mapping[str, Node] | None = None,
) -> Model:
    """Give a model with another formula, and other steps and conditions of its stages where they are given."""
    texts: dict[str, object] = {"formula": written(tree)}
    if steps is not None:
        texts["steps"] = {name: written(step) for name, step in steps.items()}
    if stages is not None:
        own = model.definition.stages
        texts["stages"] = {name: own[name].model_copy(update={"keep": written(kept)}) for name, kept in stages.items()}
    # The texts are made from trees of a model that was checked; its claims and examples are not used.
    return replace(model, definition=model.definition.model_copy(update=texts))


def with_model(spec: EvaluationSpec, criterion: str, model: Model | None) -> EvaluationSpec:
    """Give an evaluation with another model on one criterion, or none."""

    def changed(own: Criterion) -> Criterion:
        if own.id == criterion:
            return replace(own, model=model)
        return replace(own, children=tuple(changed(child) for child in own.children))

    return replace(spec, criteria=tuple(changed(own) for own in spec.criteria))
