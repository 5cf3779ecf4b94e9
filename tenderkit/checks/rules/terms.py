"""Words and values that have gone out of date."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from tenderkit.checks.dated import names_in_use, threshold_name
from tenderkit.checks.places import clause_place
from tenderkit.checks.practice import practice_clauses
from tenderkit.checks.rule import Found, rule
from tenderkit.checks.texts import all_texts, clause_texts
from tenderkit.checks.words import find
from tenderkit.library.vocabulary import DatedValue, DatedValues
from tenderkit.plan import Plan
from tenderkit.problems import Level


@rule(
    severity="warning",
    legal_basis="Act 1750 of 29 December 2025 and the acts before it",
    mark="partly",
    rule_ids=(),
)
def outdated_term(plan: Plan) -> Iterator[Found]:
    """A text uses a word that the law or the field has left.

    Why: A document that names an authority or a scheme that no longer exists cannot be performed as written, and
    bidders wonder what else in it is old.

    Source: The words, what to write instead and since when stand in clause_templates/terms.yaml, each with its
    mark. The date of publication decides whether a word is outdated.

    Mend: Write the new word; for schemes write the scheme in force at any time or its successor.
    """
    publication = plan.tender.procedure.publication
    terms = {item.term: item for item in plan.library.terms.outdated if item.start <= publication}
    language = plan.tender.tender.language
    for written in (*all_texts(plan), *clause_texts(plan)):
        for term, word in find(written.text, terms):
            item = terms[term]
            yield Found(
                f'"{word}" is outdated since {item.start}.',
                written.place,
                f'Write "{item.instead[language]}".',
                {"term": term, "word": word, "instead": item.instead[language]},
                basis=f"{item.why['en'].rstrip('.')} ({item.mark})",
            )


@rule(
    severity="warning",
    legal_basis="Employment reform: new main act expected on 1 January 2027",
    mark="unverified",
    rule_ids=(),
)
def unverified_value(plan: Plan) -> Iterator[Found]:
    """A number or a default that this tender rests on was not verified for its date of publication.

    Why: Thresholds, time limits and the rules of employment schemes change. For notices after 2026 a new main act on
    employment measures is expected; what held in 2026 may not hold then.

    Source: The marks in clause_templates/dated_values.yaml and in the clauses. A number that was never looked up is
    a note; one that was verified for an earlier date only is a warning.

    Mend: Look the number up for the date of publication, add it with its source, or choose the value in the tender.
    """
    yield from _numbers(plan)
    yield from _defaults(plan)


def _numbers(plan: Plan) -> Iterator[Found]:
    """Find numbers in use that are unknown on the day, were verified for earlier days only, or come from memory."""
    publication = plan.tender.procedure.publication
    unknown: list[str] = []
    memory: list[str] = []
    expired: dict[dt.date, list[str]] = defaultdict(list)
    for name in names_in_use(plan, with_practice=any(True for _ in practice_clauses(plan))):
        values = plan.library.dated_values.get(name)
        found = values.on(publication) if values else None
        if values is None or found is None:
            unknown += [name] if name != threshold_name(plan) else []  # procedure-does-not-fit-value has that one
        elif found.mark == "unverified":
            until = _verified_until(values, found)
            (expired[until] if until else memory).append(f"{name} {found.value}")
    if unknown:
        yield _unverified(plan, "is known", unknown, "warning")
    for until, names in expired.items():
        yield _unverified(plan, f"is verified (they were until {until})", names, "warning")
    if memory:
        yield _unverified(plan, "was looked up; they are from memory", memory, "note")


def _unverified(plan: Plan, what: str, names: list[str], level: Level) -> Found:
    publication = plan.tender.procedure.publication
    return Found(
        f"For a notice published on {publication}, none of these numbers {what}: {', '.join(names)}.",
        plan.source.place(("procedure", "publication"), "procedure.publication"),
        "Look them up, and add them to clause_templates/dated_values.yaml with their source.",
        {"names": ", ".join(names), "publication": str(publication)},
        level=level,
        basis="clause_templates/dated_values.yaml (unverified)",
    )


def _verified_until(values: DatedValues, current: DatedValue) -> dt.date | None:
    """Give the last day for which an earlier value was verified."""
    ends = [value.end for value in values.values if value.mark == "verified" and value.start < current.start]
    return max((end for end in ends if end is not None), default=None)


def _defaults(plan: Plan) -> Iterator[Found]:
    for chosen in plan.clauses:
        for name, resolved in chosen.values.items():
            if resolved.parameter.mark == "unverified" and resolved.by_lot and not resolved.chosen:
                yield Found(
                    f'"{chosen.id}" uses the default of "{name}", which was not verified.',
                    clause_place(plan, chosen.id, ("parameters", name), name),
                    f"Check the value and write it in the tender: {resolved.parameter.ask.en}",
                    {"clause": chosen.id, "parameter": name},
                    level="note",
                    basis=f"{chosen.clause.title['en']}, {name} ({resolved.parameter.mark})",
                )
