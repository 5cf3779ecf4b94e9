"""Parameters: each is used, each default and example fits its own limits, each number can be asked for."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.drafting.draft import Draft, variables
from tenderkit.plan.parameters import parse_value
from tenderkit.problems import Problem

_LEVEL = "level"


def unused(draft: Draft) -> Iterator[Problem]:
    """Give parameters that neither the text nor the data uses: the officer would be asked for nothing."""
    used = variables(draft.text("da")) | draft.tables | _in_data(draft)
    for name in draft.clause.parameters:
        if name not in used:
            yield draft.problem(
                "clause-parameter-unused",
                f'Nothing uses the parameter "{name}".',
                "Print it in the texts, or delete it.",
            )


def _in_data(draft: Draft) -> set[str]:
    clause = draft.clause
    used = {name for item in clause.penalties.values() for name in (item.amount, item.cap, item.cure)}
    for duty in clause.duties.values():
        used |= {duty.value, duty.due.working_days, duty.due.days, duty.due.weeks, duty.due.months}
    return used | {field.offers for field in clause.fields.values()}


def fitting(draft: Draft) -> Iterator[Problem]:
    """Give defaults and examples that break the parameter's own type or limits, and those that are missing."""
    for name, parameter in draft.clause.parameters.items():
        for what, value in (("default", parameter.default), ("example", parameter.example)):
            if value is None:
                continue
            try:
                parse_value(parameter, value)
            except ValueError as error:
                yield draft.problem(
                    "clause-value-wrong", f'The {what} of "{name}" does not fit: {error}.', f"Correct the {what}."
                )
        if parameter.default is None and parameter.required and parameter.example is None:
            yield draft.problem(
                "clause-example-missing",
                f'"{name}" must be chosen and has no example.',
                "Add an example: it is shown to the officer, and the clause is tried with it.",
            )


def levels(draft: Draft) -> Iterator[Problem]:
    """Give a parameter ``level`` that does not have the vocabulary's levels."""
    parameter = draft.clause.parameters.get(_LEVEL)
    wanted = draft.library.vocabulary.levels
    if parameter and {key: label.model_dump() for key, label in parameter.options.items()} != {
        key: label.model_dump() for key, label in wanted.items()
    }:
        yield draft.problem(
            "clause-levels-differ",
            f'The options of "{_LEVEL}" are not the levels of the vocabulary.',
            f"Use the options {', '.join(wanted)} with the vocabulary's names.",
        )
