"""From a tender and the library to a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tenderkit.evaluation.spec import Criterion, EvaluationSpec
from tenderkit.library import Library
from tenderkit.plan.choosing import choose, duties, penalties, requirements
from tenderkit.plan.lots import limit_problems
from tenderkit.plan.specs import SpecMaker
from tenderkit.plan.types import ChosenClause, FormField, Plan
from tenderkit.problems import Problem, TenderkitError, nearest
from tenderkit.source import Source
from tenderkit.tender import Tender


def make_plan(tender: Tender, source: Source, library: Library) -> Plan:
    """Give the plan of a tender.

    Raises:
        TenderkitError: a clause, parameter, model, scale or lot does not fit; all such problems at once.
    """
    problems: list[Problem] = []
    clauses = choose(tender.clauses, tender.reasons, [lot.id for lot in tender.lots], (source, library), problems)
    problems += _template(tender, source, library)
    problems += limit_problems(tender, source, library)
    by_id = {chosen.id: chosen for chosen in clauses}
    maker = SpecMaker(tender, source, library, by_id, problems)
    specs = {lot.id: spec for lot in tender.lots if (spec := maker.make(lot)) is not None}
    if problems:
        raise TenderkitError(problems)
    clauses = _contested(clauses, specs)
    return Plan(
        tender=tender,
        source=source,
        library=library,
        clauses=clauses,
        specs=specs,
        fields=_fields(tender, clauses, specs),
        requirements=requirements(clauses),
        duties=duties(clauses),
        penalties=penalties(clauses),
    )


def _contested(clauses: tuple[ChosenClause, ...], specs: Mapping[str, EvaluationSpec]) -> tuple[ChosenClause, ...]:
    """Give the clauses with the parameters marked on which bidders compete."""
    scored = {(leaf.clause, leaf.field) for spec in specs.values() for leaf in spec.leaves() if leaf.kind == "offer"}
    marked = []
    for chosen in clauses:
        names = {chosen.clause.fields[field].offers for clause, field in scored if clause == chosen.id}
        values = {
            name: replace(resolved, contested=True) if name in names else resolved
            for name, resolved in chosen.values.items()
        }
        marked.append(replace(chosen, values=values))
    return tuple(marked)


def _template(tender: Tender, source: Source, library: Library) -> list[Problem]:
    """Give what is wrong with the chosen contract template: it must be there, and be for tenders."""
    name = tender.contract_template
    known = library.ids("contract")
    if name in known and "tender" in library.contract(name).use:
        return []
    for_tenders = [item for item in known if "tender" in library.contract(item).use]
    message = (
        f'"{name}" is a template for agreements outside a tender.'
        if name in known
        else f'There is no contract template "{name}".'
    )
    identifier = "template-for-agreements-only" if name in known else "unknown-contract"
    return [Problem(identifier, message, source.place(("contract_template",), name), help=nearest(name, for_tenders))]


def _fields(
    tender: Tender, clauses: tuple[ChosenClause, ...], specs: Mapping[str, EvaluationSpec]
) -> tuple[FormField, ...]:
    """Give the bidders' fields: one per scored criterion, then the clauses' fields that are not scored.

    A number that is not scored is not asked for: the tender's own value holds.
    """
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
            if (chosen.id, name) in scored or definition.offers:
                continue
            fields.append(
                FormField(
                    id=f"{chosen.id}.{name}",
                    label=definition.label[language],
                    help=definition.help[language] if definition.help else "",
                    kind=definition.type,
                    unit=definition.unit,
                    decimals=definition.decimals,
                    max=definition.max,
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
