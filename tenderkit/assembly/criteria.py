"""What documents call a criterion and what counts in it; in a translation by the clause's own words."""

from __future__ import annotations

from tenderkit.assembly import tree
from tenderkit.assembly.context import Context
from tenderkit.evaluation.spec import Criterion
from tenderkit.library.clause import ClauseCriterion
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


def _of_clause(criterion: Criterion, context: Context) -> list[ClauseCriterion]:
    chosen = context.plan.clause(criterion.clause)
    return [own for own in chosen.clause.criteria.values() if own.field == criterion.field] if chosen else []


def _in_language(text: str, known: list[Bilingual], context: Context) -> str:
    """Give a text's translation when it is the clause's own; what the officer wrote stands as written."""
    language = context.plan.tender.tender.language
    return next((label[context.language] for label in known if label[language] == text), text)
