"""Names that must lead somewhere: every name in ``clause.yaml`` is one of the library's or one of the text's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenderkit import formula
from tenderkit.drafting.draft import Draft
from tenderkit.problems import Problem, TenderkitError, nearest


def _unknown(draft: Draft, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    known = set(known)
    for name in dict.fromkeys(names):
        if name and name not in known:
            yield draft.problem("clause-name-unknown", f'The {what} "{name}" is not known.', nearest(name, known))


def closed_lists(draft: Draft) -> Iterator[Problem]:
    """Give the names that are not in the vocabulary."""
    clause, vocabulary = draft.clause, draft.library.vocabulary
    duties, penalties = clause.duties.values(), clause.penalties.values()
    yield from _unknown(draft, "topic", [clause.topic], vocabulary.topics)
    yield from _unknown(draft, "use", clause.use_as, vocabulary.uses)
    yield from _unknown(draft, "scheme", clause.schemes, vocabulary.schemes)
    yield from _unknown(draft, "unit", [item.unit for item in clause.parameters.values()], vocabulary.units)
    proofs = [code for duty in duties for code in duty.proof] + [item.proof for item in clause.requirements.values()]
    yield from _unknown(draft, "proof", proofs, vocabulary.evidence)
    releases = [code for duty in duties for code in duty.release] + [
        code for item in penalties for code in item.release
    ]
    yield from _unknown(draft, "release", releases, vocabulary.release)
    yield from _unknown(draft, "sanction", [duty.sanction for duty in duties], vocabulary.sanctions)


def other_clauses(draft: Draft) -> Iterator[Problem]:
    """Give required and excluded clauses that the library does not have."""
    names = (*draft.clause.requires, *draft.clause.excludes)
    yield from _unknown(draft, "clause", names, draft.library.ids("clause"))


def named_points(draft: Draft) -> Iterator[Problem]:
    """Give the points that the data names and the text does not have."""
    clause = draft.clause
    yield from _unknown(draft, "point", clause.joined_points, draft.points["da"])


def named_parameters(draft: Draft) -> Iterator[Problem]:
    """Give the parameters and fields that the data names and the clause does not have."""
    clause = draft.clause
    names = [field.offers for field in clause.fields.values()] + [duty.value for duty in clause.duties.values()]
    names += [name for duty in clause.duties.values() for name in duty.only]
    names += [name for penalty in clause.penalties.values() for name in (penalty.amount, penalty.cap)]
    yield from _unknown(draft, "parameter", names, clause.parameters)
    yield from _unknown(draft, "field", [item.field for item in clause.criteria.values()], clause.fields)
    for name, criterion in clause.criteria.items():
        if bool(criterion.model) == bool(criterion.scale):
            yield draft.problem(
                "clause-criterion-unclear",
                f'The criterion "{name}" must have either a model or a scale.',
                "Give a model for an offered number, or a scale for a text.",
            )


def own_numbers(draft: Draft) -> Iterator[Problem]:
    """Give requirement numbers that are used twice, and a prefix that another clause has."""
    clause = draft.clause
    numbers = [item.no for item in clause.requirements.values()]
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        yield draft.problem(
            "clause-number-twice",
            f"Two requirements have number {number}.",
            "Give the newer one a number that was never used; printed ids must stay the same.",
        )
    for other in draft.library.ids("clause"):
        if other != draft.id and draft.library.clause(other).prefix == clause.prefix:
            yield draft.problem(
                "clause-prefix-taken",
                f'The prefix "{clause.prefix}" belongs to "{other}".',
                "Choose two or three capital letters that no other clause has.",
            )


def advice(draft: Draft) -> Iterator[Problem]:
    """Give conditions of advice that cannot be read, or that ask for answers which nobody gives."""
    answers = dict.fromkeys(draft.library.vocabulary.answers, 1)
    for number, row in enumerate(draft.clause.advice, 1):
        try:
            formula.evaluate(f"IF({row.when}, 1, 0)", **answers)
        except TenderkitError as error:
            for problem in error.problems:
                message = f'The condition of advice row {number}, "{row.when}", cannot be used: {problem.message}'
                yield draft.problem("clause-advice-broken", message, problem.help)
    if not any(row.verdict == "yes" for row in draft.clause.advice):
        yield draft.problem(
            "clause-advice-missing",
            "No row of advice speaks for the clause, so it is never recommended.",
            "Add a row with verdict: yes and the circumstances that speak for the clause.",
        )
