"""From a tender and the library to a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.library import Library
from tenderkit.library.clause import Clause
from tenderkit.plan.parameters import resolve
from tenderkit.plan.specs import SpecMaker
from tenderkit.plan.types import ChosenClause, DutyRow, FormField, PenaltyRow, Plan, RequirementRow
from tenderkit.problems import Problem, TenderkitError, nearest
from tenderkit.source import Source
from tenderkit.tender import Tender


def make_plan(tender: Tender, source: Source, library: Library) -> Plan:
    """Give the plan of a tender.

    Raises:
        TenderkitError: a clause, parameter, model, scale or lot does not fit; all such problems at once.
    """
    problems: list[Problem] = []
    clauses = _choose(tender, source, library, problems)
    by_id = {chosen.id: chosen for chosen in clauses}
    maker = SpecMaker(tender, source, library, by_id, problems)
    specs = {lot.id: spec for lot in tender.lots if (spec := maker.make(lot)) is not None}
    if problems:
        raise TenderkitError(problems)
    return Plan(
        tender=tender,
        source=source,
        library=library,
        clauses=clauses,
        specs=specs,
        fields=_fields(tender, clauses, specs),
        requirements=_requirements(clauses),
        duties=_duties(clauses),
        penalties=_penalties(clauses),
    )


def _choose(tender: Tender, source: Source, library: Library, problems: list[Problem]) -> tuple[ChosenClause, ...]:
    """Give the chosen clauses and those that they require, in the tender's order."""
    known = library.ids("clause")
    wanted: dict[str, Mapping[str, object]] = {}
    required_by: dict[str, str] = {}
    for identifier, given in tender.clauses.items():
        if identifier not in known:
            problems.append(
                Problem(
                    "unknown-clause",
                    f'There is no clause "{identifier}" in the library.',
                    source.place(("clauses",), identifier),
                    help=nearest(identifier, known),
                )
            )
        else:
            wanted[identifier] = given
    waiting = list(wanted)
    for identifier in waiting:
        for required in library.clause(identifier).requires:
            if required in known and required not in wanted:
                wanted[required], required_by[required] = {}, identifier
                waiting.append(required)
    chosen = []
    for identifier, parameters in wanted.items():
        clause = library.clause(identifier)
        problems += [
            Problem(
                "excluded-clause",
                f'"{identifier}" cannot stand beside "{other}".',
                source.place(("clauses",), identifier),
                help="Choose one of them.",
            )
            for other in clause.excludes
            if other in wanted
        ]
        item = _chosen(identifier, clause, parameters, tender, source, problems)
        chosen.append(replace(item, required_by=required_by.get(identifier, "")))
    return tuple(chosen)


def _chosen(
    identifier: str,
    clause: Clause,
    parameters: Mapping[str, object],
    tender: Tender,
    source: Source,
    problems: list[Problem],
) -> ChosenClause:
    index = list(tender.clauses).index(identifier) if identifier in tender.clauses else 0
    path = ("clauses", index, identifier)
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
    lot_ids = [lot.id for lot in tender.lots]
    values = {
        name: resolve(name, parameter, parameters.get(name), lot_ids, (source, (*path, name)), problems)
        for name, parameter in clause.parameters.items()
    }
    return ChosenClause(identifier, clause, tender.reasons.get(identifier, ""), values)


def _fields(
    tender: Tender, clauses: tuple[ChosenClause, ...], specs: Mapping[str, EvaluationSpec]
) -> tuple[FormField, ...]:
    """Give the bidders' fields: one per scored criterion, then the clauses' fields that are not scored."""
    language = tender.tender.language
    fields = []
    scored: set[tuple[str, str]] = set()
    first = next(iter(specs.values()), None)
    for leaf in first.leaves() if first else ():
        if leaf.kind == "price":
            continue
        scored.add((leaf.clause, leaf.field))
        fields.append(_scored_field(leaf, tender, clauses, specs))
    for chosen in clauses:
        for name, definition in chosen.clause.fields.items():
            if (chosen.id, name) in scored:
                continue
            floor: dict[str, Fraction] = {}
            if definition.offers:
                for lot in tender.lots:
                    value = chosen.values[definition.offers].value(lot.id)
                    if isinstance(value, (int, Decimal)):
                        floor[lot.id] = Fraction(value)
            fields.append(
                FormField(
                    id=f"{chosen.id}.{name}",
                    label=definition.label[language],
                    help=definition.help[language] if definition.help else "",
                    kind=definition.type,
                    unit=definition.unit,
                    decimals=definition.decimals,
                    max=definition.max,
                    floor=floor,
                    definition=definition,
                )
            )
    return tuple(fields)


def _scored_field(
    leaf: Criterion, tender: Tender, clauses: tuple[ChosenClause, ...], specs: Mapping[str, EvaluationSpec]
) -> FormField:
    language = tender.tender.language
    chosen = next((item for item in clauses if item.id == leaf.clause), None)
    definition = chosen.clause.fields[leaf.field] if chosen else None
    same = {lot: spec.leaf(leaf.id) for lot, spec in specs.items()}
    return FormField(
        id=leaf.id,
        label=definition.label[language] if definition else leaf.title,
        help=(definition.help[language] if definition and definition.help else leaf.looks_for),
        kind=definition.type if definition else "text",
        unit=leaf.unit,
        decimals=definition.decimals if definition else 0,
        max=definition.max if definition else _answer_max(tender, leaf.id),
        floor={lot: item.floor for lot, item in same.items() if item.floor is not None},
        cap={lot: item.cap for lot, item in same.items() if item.cap is not None},
        criterion=leaf.id,
        number=leaf.number,
        definition=definition,
    )


def _answer_max(tender: Tender, criterion_id: str) -> int:
    first, *rest = criterion_id.split(".")
    criterion = tender.criteria[first]
    for part in rest:
        criterion = criterion.sub[part]
    return criterion.answer_max


def _requirements(clauses: tuple[ChosenClause, ...]) -> tuple[RequirementRow, ...]:
    return tuple(
        RequirementRow(f"{chosen.clause.prefix}-{requirement.no}", chosen.id, requirement)
        for chosen in clauses
        for requirement in sorted(chosen.clause.requirements.values(), key=lambda item: item.no)
    )


def _duties(clauses: tuple[ChosenClause, ...]) -> tuple[DutyRow, ...]:
    rows = []
    for chosen in clauses:
        ids = {item.point: f"{chosen.clause.prefix}-{item.no}" for item in chosen.clause.requirements.values()}
        rows += [
            DutyRow(ids.get(duty.point, chosen.clause.prefix), chosen.id, name, duty)
            for name, duty in chosen.clause.duties.items()
        ]
    return tuple(rows)


def _penalties(clauses: tuple[ChosenClause, ...]) -> tuple[PenaltyRow, ...]:
    rows = []
    for chosen in clauses:
        for penalty in chosen.clause.penalties.values():
            resolved = chosen.values[penalty.amount]
            cure = chosen.values.get(penalty.cure)
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
