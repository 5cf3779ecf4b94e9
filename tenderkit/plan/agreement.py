"""From an agreement outside a tender and the library to a plan."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.library import Library
from tenderkit.library.clause import Clause
from tenderkit.library.document import Contract
from tenderkit.plan.choosing import choose, duties, penalties, requirements
from tenderkit.plan.parameters import resolve
from tenderkit.plan.types import AgreementPlan, ChosenClause, Resolved
from tenderkit.problems import Problem, TenderkitError, nearest
from tenderkit.source import Path, Source
from tenderkit.tender import Agreement

#: Uses of a clause with which it may stand in an agreement: a reservation or a criterion alone belongs in a tender.
USES = frozenset({"performance-condition", "agreement", "voluntary"})
#: Problems that a draft shows as open gaps.
OPEN = frozenset({"value-to-choose"})


def fits_agreements(clause: Clause) -> bool:
    """Tell whether a clause may stand in an agreement outside a tender."""
    return bool(USES & set(clause.use_as))


def make_agreement(agreement: Agreement, source: Source, library: Library) -> AgreementPlan:
    """Give the plan of an agreement. What it still lacks is in the plan's ``open``.

    Raises:
        TenderkitError: the template, a party, a clause, a value or a price does not fit; all such problems at once.
    """
    template = _template(agreement, source, library)
    problems: list[Problem] = []
    written = agreement.clauses
    if written is None:
        written = {identifier: {} for identifier in template.clauses}
    clauses = choose(written, agreement.reasons, [], (source, library), problems)
    values = _values(agreement, template, source, problems)
    problems += [
        *_unfit(clauses, source),
        *_unknown_roles(agreement, template, source),
        *_open_roles(agreement, template, source),
    ]
    wrong = [problem for problem in problems if problem.id not in OPEN]
    if wrong:
        raise TenderkitError(wrong)
    return AgreementPlan(
        agreement=agreement,
        template=template,
        source=source,
        library=library,
        clauses=clauses,
        values=values,
        requirements=requirements(clauses),
        duties=duties(clauses),
        penalties=penalties(clauses),
        open=tuple(problems),
    )


def _template(agreement: Agreement, source: Source, library: Library) -> Contract:
    name = agreement.agreement.template
    known = library.ids("contract")
    template = library.contract(name) if name in known else None
    if template is not None and "agreement" in template.use:
        return template
    raise TenderkitError(
        Problem(
            "template-for-tenders-only" if template else "unknown-contract",
            f'"{name}" is a contract for tenders.' if template else f'There is no contract template "{name}".',
            source.place(("agreement", "template"), name),
            help=nearest(name, [item for item in known if "agreement" in library.contract(item).use]),
        )
    )


def _values(agreement: Agreement, template: Contract, source: Source, problems: list[Problem]) -> dict[str, Resolved]:
    problems += [
        Problem(
            "unknown-parameter",
            f'The template has no value "{name}".',
            source.place(("values", name), name),
            help=nearest(name, template.parameters),
        )
        for name in agreement.values
        if name not in template.parameters
    ]
    return {
        name: resolve(name, parameter, agreement.values.get(name), [], (source, ("values", name)), problems)
        for name, parameter in template.parameters.items()
    }


def _unfit(clauses: tuple[ChosenClause, ...], source: Source) -> Iterator[Problem]:
    for chosen in clauses:
        if not fits_agreements(chosen.clause):
            yield Problem(
                "clause-for-tenders-only",
                f'The clause "{chosen.id}" can only be used in a tender.',
                source.place(("clauses",), chosen.id),
                help="Leave it out; tenderkit contract list shows which clauses the templates propose.",
            )


def _unknown_roles(agreement: Agreement, template: Contract, source: Source) -> Iterator[Problem]:
    """Give what names a party that the template does not have, and parties where there may be only one."""
    written: list[tuple[Path, str]] = [(("parties", role), role) for role in agreement.parties]
    for line, price in agreement.prices.items():
        written += [(("prices", line, key), getattr(price, key)) for key in ("payer", "payee")]
    for path, role in written:
        if role not in template.parties:
            message = f'The template has no party "{role}".'
            yield Problem("unknown-party", message, source.place(path, role), help=nearest(role, template.parties))
    for role, parties in agreement.parties.items():
        if len(parties) > 1 and role in template.parties and not template.parties[role].several:
            message = f'The template has one party in the role "{role}"; the file names {len(parties)}.'
            place = source.place(("parties", role), role)
            yield Problem("too-many-parties", message, place, help="Make one agreement with each.")


def _open_roles(agreement: Agreement, template: Contract, source: Source) -> Iterator[Problem]:
    for role, definition in template.parties.items():
        if role not in agreement.parties:
            yield Problem(
                "value-to-choose",
                f'The party "{role}" is missing.',
                source.place(("parties",), role),
                help=f"{definition.ask.en} Add below parties: {role}: with name, cvr, address and contact.",
            )
