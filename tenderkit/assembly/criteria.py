"""What documents call a criterion and what counts in it; in a translation by the clause's own words."""

from __future__ import annotations

from collections.abc import Iterable

from tenderkit.assembly import tree
from tenderkit.assembly.context import Context
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model
from tenderkit.evaluation.traits import gives_value, in_kroner, names_used
from tenderkit.library.clause import ClauseCriterion
from tenderkit.quantities import format_money, format_percent
from tenderkit.source import Bilingual


def title(criterion: Criterion, context: Context) -> str:
    """Give a criterion's title in the document's language, as far as it is known in it."""
    return _in_language(criterion.title, [own.title for own in _of_clause(criterion, context)], context)


def numbered_title(criterion: Criterion, context: Context) -> str:
    """Give a criterion's number and title, such as "S2 Mentortimer"."""
    return f"{criterion.number} {title(criterion, context)}".strip()


def looks_for(criterion: Criterion, context: Context) -> tree.Text:
    """Give what counts in a criterion; the officer's own words in a translation are marked with their language."""
    known = [own.looks_for for own in _of_clause(criterion, context)]
    text = _in_language(criterion.looks_for, known, context)
    foreign = context.foreign(text) if text == criterion.looks_for else None
    return tree.Text(text.replace("\n", " "), language=foreign)


def by_weight(spec: EvaluationSpec) -> bool:
    """Tell whether criteria have weights; in an award model in kroner they have amounts."""
    award = spec.award.definition
    return not in_kroner(award) or "w" in names_used(award)


def worth(criterion: Criterion, spec: EvaluationSpec, context: Context) -> str:
    """Give a criterion's weight in the whole, or its amount in kroner."""
    if by_weight(spec):
        return format_percent(criterion.share * 100, context.language)
    return "" if criterion.amount is None else format_money(criterion.amount, context.language)


def weighs(criterion: Criterion, spec: EvaluationSpec, context: Context) -> str:
    """Give in words what a criterion weighs, such as "vægt 12 %" or "600.000 kr. for fuldt pointtal"."""
    kind = "weight" if by_weight(spec) else "unit" if gives_value(criterion) else "amount"
    return context.label(f"criteria.weighs.{kind}", worth=worth(criterion, spec, context))


def by_model(leaves: Iterable[Criterion]) -> list[tuple[Model, list[Criterion]]]:
    """Give each model with the criteria that it scores; the same model with other numbers is another one."""
    found: dict[tuple[object, ...], tuple[Model, list[Criterion]]] = {}
    for leaf in leaves:
        if leaf.model is not None:
            key = (leaf.model.id, *sorted(leaf.model.parameters.items()))
            found.setdefault(key, (leaf.model, []))[1].append(leaf)
    return list(found.values())


def _of_clause(criterion: Criterion, context: Context) -> list[ClauseCriterion]:
    chosen = context.plan.clause(criterion.clause)
    return [own for own in chosen.clause.criteria.values() if own.field == criterion.field] if chosen else []


def _in_language(text: str, known: list[Bilingual], context: Context) -> str:
    """Give a text's translation when it is the clause's own; what the officer wrote stands as written."""
    language = context.plan.tender.tender.language
    return next((label[context.language] for label in known if label[language] == text), text)
