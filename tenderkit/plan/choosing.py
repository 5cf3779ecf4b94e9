"""The clauses that a tender or an agreement chooses, and what follows from them: requirements, duties, penalties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tenderkit.library import Library
from tenderkit.library.clause import Clause
from tenderkit.plan.parameters import resolve
from tenderkit.plan.types import ChosenClause, DutyRow, PenaltyRow, RequirementRow, Resolved
from tenderkit.problems import Problem, nearest
from tenderkit.source import Path, Source


def choose(
    written: Mapping[str, Mapping[str, object]],
    reasons: Mapping[str, str],
    lot_ids: Sequence[str],
    where: tuple[Source, Library],
    problems: list[Problem],
) -> tuple[ChosenClause, ...]:
    """Give the chosen clauses and those that they require, in the order in which they are written.

    Args:
        written: the values given for each chosen clause.
        reasons: why a clause was chosen, by its id.
        lot_ids: the lots that a value may be given for.
        where: the officer's file, and the library.
        problems: what is wrong is added here.
    """
    source, library = where
    known = library.ids("clause")
    wanted = {identifier: given for identifier, given in written.items() if identifier in known}
    required_by: dict[str, str] = {}
    problems += [
        Problem(
            "unknown-clause",
            f'There is no clause "{identifier}" in the library.',
            source.place(("clauses",), identifier),
            help=nearest(identifier, known),
        )
        for identifier in written
        if identifier not in known
    ]
    waiting = list(wanted)
    for identifier in waiting:
        for required in library.clause(identifier).requires:
            if required in known and required not in wanted:
                wanted[required], required_by[required] = {}, identifier
                waiting.append(required)
    chosen = []
    for identifier, parameters in wanted.items():
        clause = library.clause(identifier)
        problems += [_excluded(identifier, other, source) for other in clause.excludes if other in wanted]
        index = list(written).index(identifier) if identifier in written else 0
        values = _values(identifier, clause, parameters, lot_ids, (source, ("clauses", index, identifier)), problems)
        reason = reasons.get(identifier, "")
        chosen.append(ChosenClause(identifier, clause, reason, values, required_by.get(identifier, "")))
    return tuple(chosen)


def _excluded(identifier: str, other: str, source: Source) -> Problem:
    message = f'"{identifier}" cannot stand beside "{other}".'
    return Problem("excluded-clause", message, source.place(("clauses",), identifier), help="Choose one of them.")


def _values(
    identifier: str,
    clause: Clause,
    parameters: Mapping[str, object],
    lot_ids: Sequence[str],
    where: tuple[Source, Path],
    problems: list[Problem],
) -> dict[str, Resolved]:
    """Give a chosen clause's values: what is written for it, or its defaults."""
    source, path = where
    problems += [
        Problem(
            "unknown-parameter",
            f'The clause "{identifier}" has no parameter "{name}".',
            source.place((*path, name), name),
            help=nearest(name, clause.parameters),
        )
        for name in parameters
        if name not in clause.parameters
    ]
    return {
        name: resolve(name, parameter, parameters.get(name), lot_ids, (source, (*path, name)), problems)
        for name, parameter in clause.parameters.items()
    }


def requirements(clauses: tuple[ChosenClause, ...]) -> tuple[RequirementRow, ...]:
    """Give the rows of the requirement table."""
    return tuple(
        RequirementRow(f"{chosen.clause.prefix}-{requirement.no}", chosen.id, requirement)
        for chosen in clauses
        for requirement in sorted(chosen.clause.requirements.values(), key=lambda item: item.no)
    )


def duties(clauses: tuple[ChosenClause, ...]) -> tuple[DutyRow, ...]:
    """Give the dated duties."""
    rows = []
    for chosen in clauses:
        ids = {item.point: f"{chosen.clause.prefix}-{item.no}" for item in chosen.clause.requirements.values()}
        rows += [
            DutyRow(ids.get(duty.point, chosen.clause.prefix), chosen.id, name, duty)
            for name, duty in chosen.clause.duties.items()
            if all(chosen.values[key].value() == option for key, option in duty.only.items())
        ]
    return tuple(rows)


def penalties(clauses: tuple[ChosenClause, ...]) -> tuple[PenaltyRow, ...]:
    """Give the penalties with their amounts."""
    rows = []
    for chosen in clauses:
        for penalty in chosen.clause.penalties.values():
            resolved = chosen.values[penalty.amount]
            cure = chosen.values.get(penalty.cure)
            if cure and cure.value() is None:
                continue  # only in the draft of an agreement, where the time is told as a value to choose
            amounts = {lot: Decimal(str(value)) for lot, value in resolved.by_lot.items()}
            rows.append(
                PenaltyRow(
                    clause=chosen.id,
                    penalty=penalty,
                    amount=amounts,
                    amount_type=resolved.parameter.type,
                    cure_days=int(str(cure.value() if cure else penalty.cure)),
                    cure_unit=cure.parameter.unit if cure else "working_days",
                )
            )
    return tuple(rows)
