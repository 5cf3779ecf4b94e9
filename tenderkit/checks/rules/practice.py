"""Practice hours: never for a function that is paid, never one long placement, never production."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tenderkit.checks.dated import Dated, placement_weeks
from tenderkit.checks.places import has_point, parameter_place, text_place
from tenderkit.checks.practice import PRACTICE, Row, practice_clauses, tables
from tenderkit.checks.rule import Found, rule
from tenderkit.checks.texts import all_texts
from tenderkit.checks.words import find, helping_words, sentences
from tenderkit.plan import ChosenClause, Plan, Resolved
from tenderkit.quantities import format_number

_WEEKS_PER_MONTH = Decimal(52) / 12


def _required_point(plan: Plan, chosen: ChosenClause, point: str) -> str:
    """Give what is missing of a point that must stand in the text and be a minimum requirement; empty when nothing."""
    if not has_point(plan, chosen, point):
        return f'its text has no point "{point}"'
    kinds = {item.kind for item in chosen.clause.requirements.values() if item.point == point}
    return "" if "minimum" in kinds else f'its point "{point}" is no minimum requirement'


@rule(
    legal_basis="Rules on work placement in a firm: paid hours and practice hours are different functions",
    mark="verified",
    rule_ids=("DK-LAB94-11",),
)
def same_function_paid_and_practice(plan: Plan) -> Iterator[Found]:
    """A clause lets one function be paid and unpaid at the same time.

    Why: Practice must cover other functions than the paid hours in the same firm. A conversion by per cent ("month
    3: 40 % of the same rounds are paid") breaks that; what moves from practice to pay is a whole function.

    Source: Guidance on combined practice and paid hours (seen). The scheme changes with the employment reform; the
    clause refers to the scheme in force.

    Mend: Keep the point "different-functions" as a minimum requirement, and let every step of the conversion table
    move at least one more function when it gives more paid hours.
    """
    for chosen in practice_clauses(plan):
        if lacking := _required_point(plan, chosen, "different-functions"):
            yield Found(
                f'"{chosen.clause.title["en"]}" combines practice and paid hours, but {lacking}.',
                text_place(plan, chosen.id, chosen.id),
                "Say that practice hours and paid hours never cover the same function at the same time.",
                {"clause": chosen.id},
            )
        for name, lot, rows in tables(chosen):
            for message in _steps(rows):
                yield Found(
                    f'"{chosen.id}", {name}: {message}',
                    parameter_place(plan, chosen, name, lot),
                    "Move whole functions: each step with more paid hours has more functions than the step before.",
                    {"clause": chosen.id, "parameter": name},
                )


def _steps(rows: list[Row]) -> Iterator[str]:
    """Find conversion steps that give paid hours without moving functions; rows need both columns."""
    steps = []
    for row in rows:
        functions = row.get("functions")
        hours = next(
            (value for key, value in row.items() if "hours" in key and isinstance(value, (int, Decimal))), None
        )
        if isinstance(functions, (int, Decimal)) and isinstance(hours, (int, Decimal)):
            steps.append((Decimal(functions), Decimal(hours)))
    for number, (functions, hours) in enumerate(steps, 1):
        shown = format_number(hours, "en")
        before = steps[number - 2] if number > 1 else (Decimal(0), Decimal(0))
        if hours > 0 and functions <= 0:
            yield f"step {number} gives {shown} paid hours but moves no function."
        elif hours < before[1]:
            yield f"step {number} gives {shown} paid hours, fewer than the step before."
        elif hours > before[1] and functions <= before[0]:
            yield f"step {number} gives more paid hours ({shown}) than the step before but no more functions."


@rule(legal_basis="Rules on work placement in a firm: 4 or 13 weeks", mark="verified", rule_ids=())
def placement_too_long(plan: Plan) -> Iterator[Found]:
    """A single placement is longer than the scheme allows, or a course is one placement.

    Why: A placement lasts up to 4 weeks for job-ready people with unemployment benefit and up to 13 for others;
    only the municipality can extend it. A course of 18 months is therefore a chain of measures.

    Source: The limits of 4 and 13 weeks (seen, November 2026). A new main act is expected on 1 January 2027; the
    limit is picked by the date of publication.

    Mend: Shorten the placement, and give the chain at least two links that end in an ordinary job.
    """
    for chosen in practice_clauses(plan):
        for name, resolved in chosen.values.items():
            if resolved.parameter.type == "choices":
                yield from _chain(plan, chosen, name, resolved)
            elif "placement" in name and resolved.parameter.unit in {"weeks", "months"}:
                yield from _length(plan, chosen, name, resolved)
        yield from _rows(plan, chosen)


def _limit(plan: Plan, name: str) -> Dated | None:
    return placement_weeks(plan, short="short" in name)


def _chain(plan: Plan, chosen: ChosenClause, name: str, resolved: Resolved) -> Iterator[Found]:
    for lot, links in resolved.by_lot.items():
        if isinstance(links, list) and links and set(links) <= PRACTICE:
            yield Found(
                f'"{chosen.id}", {name}: the course is practice from beginning to end ({", ".join(links)}), so one'
                " placement must last the whole course.",
                parameter_place(plan, chosen, name, lot),
                "Add the links before and after it, such as a training centre and an ordinary job.",
                {"clause": chosen.id, "parameter": name},
            )


def _length(plan: Plan, chosen: ChosenClause, name: str, resolved: Resolved) -> Iterator[Found]:
    limit = _limit(plan, name)
    for lot, value in resolved.by_lot.items():
        if not isinstance(value, (int, Decimal)) or limit is None:
            continue
        weeks = Decimal(value) * (_WEEKS_PER_MONTH if resolved.parameter.unit == "months" else 1)
        if weeks > limit.number:
            yield _too_long(plan, chosen, (name, lot), f"{format_number(value, 'en')} {resolved.parameter.unit}", limit)


def _rows(plan: Plan, chosen: ChosenClause) -> Iterator[Found]:
    """Find rows of a table that give one placement more weeks than the scheme allows."""
    limit = _limit(plan, "")
    for name, lot, rows in tables(chosen):
        for row in rows:
            is_practice = any(str(value) in PRACTICE for value in row.values())
            weeks = row.get("weeks")
            if is_practice and isinstance(weeks, (int, Decimal)) and limit is not None and weeks > limit.number:
                yield _too_long(plan, chosen, (name, lot), f"{format_number(weeks, 'en')} weeks", limit)


def _too_long(plan: Plan, chosen: ChosenClause, at: tuple[str, str], what: str, limit: Dated) -> Found:
    name, lot = at
    return Found(
        f'"{chosen.id}", {name}: a single placement of {what} is longer than the'
        f" {format_number(limit.number, 'en')} weeks that hold for a notice of {plan.tender.procedure.publication}.",
        parameter_place(plan, chosen, name, lot),
        "Shorten it, and let another measure follow in the chain.",
        {"clause": chosen.id, "parameter": name, "limit": str(limit.number)},
        basis=limit.basis,
    )


@rule(
    legal_basis="Guidance on work placement (VEJL 9641): practice does not meet a firm's need for labour",
    mark="verified",
    rule_ids=("DK-LAB94-11",),
)
def participants_in_production(plan: Plan) -> Iterator[Found]:
    """Participants are counted in the production that the contract requires.

    Why: Practice is a measure for the citizen and may not replace ordinary staff or be paid as labour. A clause
    that counts practice hours as hours delivered is unlawful in effect, and the bids would rest on labour that is
    not there.

    Source: Guidance on work placement (seen through a page that quotes it). A wording is only a sign: sentences
    that name both participants and production are shown as warnings, unless they rule the counting out.

    Mend: Keep the point "not-in-production" as a minimum requirement, and mark the price line that pays for
    participants with "training: yes".
    """
    clauses = list(practice_clauses(plan))
    for chosen in clauses:
        if lacking := _required_point(plan, chosen, "not-in-production"):
            yield Found(
                f'"{chosen.clause.title["en"]}" brings participants into the service, but {lacking}.',
                text_place(plan, chosen.id, chosen.id),
                "Say that participants' hours do not count in the production hours and staffing required.",
                {"clause": chosen.id},
            )
    if clauses:
        yield from _price_lines(plan)
    yield from _wording(plan)


def _price_lines(plan: Plan) -> Iterator[Found]:
    """Find price lines that pay for participants as if they were production, or for training by the hour produced."""
    words = helping_words()
    for key, line in plan.tender.price_lines.items():
        of_people = bool(find(f"{line.label}. {line.unit}", words.participants))
        if of_people and not line.training:
            yield Found(
                f'Price line "{key}" ({line.label}) pays for participants, but is not marked as training.',
                plan.source.place(("price_lines", key), f"price_lines.{key}"),
                'Add "training: yes", a ceiling, the legal basis and the deduction of subsidies.',
                {"line": key},
            )


def _wording(plan: Plan) -> Iterator[Found]:
    words = helping_words()
    for written in all_texts(plan):
        for sentence in sentences(written.text):
            people, work = find(sentence, words.participants), find(sentence, words.production)
            if people and work:
                yield Found(
                    f'"{people[0][1]}" and "{work[0][1]}" stand in one sentence: are participants counted'
                    " in the production?",
                    written.place,
                    "If they are, take it out. If they are not, say that they are not.",
                    {"participants": people[0][1], "production": work[0][1]},
                    level="warning",
                )
