"""Dates: deadlines that are too short or out of order, and a standstill that is counted wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tenderkit.checks.dated import minimum_deadline, standstill_days
from tenderkit.checks.phrases import counted
from tenderkit.checks.rule import Found, rule
from tenderkit.plan import Plan
from tenderkit.problems import Level
from tenderkit.quantities import is_working_day, standstill_end

# Each pair must come in this order; "may be equal" where one day can hold both.
_ORDER = (
    ("publication", "questions_until", False),
    ("questions_until", "answers_until", True),
    ("answers_until", "deadline", False),
    ("deadline", "opening", True),
    ("deadline", "notification", False),
)


@rule(legal_basis="udbudsloven §§ 39, 57-59 and 93", mark="partly", rule_ids=("DK-TIME-01", "DK-MKT-01"))
def deadlines_too_short(plan: Plan) -> Iterator[Found]:
    """The bidders get too little time, or the dates are out of order.

    Why: A deadline below the minimum of the procedure can annul the tender. Answers after the deadline help nobody,
    and a firm that took part in the preparation has a head start that a longer deadline must even out.

    Source: The minimum deadlines (§§ 57-59, 93) are from memory; that a tender prepared with a bidder needs a longer
    deadline (§ 39) was settled in the second reading of the sources.

    Mend: Move procedure.deadline, or the date that the message names.
    """
    yield from _minimum(plan)
    yield from _out_of_order(plan)
    yield from _acceptance(plan)


def _out_of_order(plan: Plan) -> Iterator[Found]:
    procedure = plan.tender.procedure
    for first, second, equal in _ORDER:
        early, late = getattr(procedure, first), getattr(procedure, second)
        if early is not None and late is not None and (late < early or (late == early and not equal)):
            yield Found(
                f'"{second}" ({late}) must come after "{first}" ({early}).',
                plan.source.place(("procedure", second), f"procedure.{second}"),
                "Correct one of the two dates.",
                {first: str(early), second: str(late)},
            )
    if not is_working_day(procedure.deadline):
        yield Found(
            f"The deadline {procedure.deadline} is a weekend or a holiday.",
            plan.source.place(("procedure", "deadline"), "procedure.deadline"),
            "Choose a working day, so that bidders can reach help with the portal.",
            {"deadline": str(procedure.deadline)},
            level="warning",
        )


def _acceptance(plan: Plan) -> Iterator[Found]:
    procedure = plan.tender.procedure
    ends = _acceptance_end(procedure.deadline, procedure.acceptance_months)
    if ends < procedure.signing:
        yield Found(
            f"Bids bind for {counted(procedure.acceptance_months, 'month')} after {procedure.deadline}, that is until"
            f" {ends}, but signing is planned on {procedure.signing}.",
            plan.source.place(("procedure", "acceptance_months"), "procedure.acceptance_months"),
            "Raise the acceptance period, or sign earlier.",
            {"months": str(procedure.acceptance_months), "signing": str(procedure.signing)},
        )


def _acceptance_end(deadline: dt.date, months: int) -> dt.date:
    """Give the last day on which a bid binds: the same day of the month, or that month's last."""
    year, month = divmod(deadline.year * 12 + deadline.month - 1 + months, 12)
    following = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(dt.date(year, month + 1, 1) + dt.timedelta(days=deadline.day - 1), following - dt.timedelta(days=1))


def _minimum(plan: Plan) -> Iterator[Found]:
    procedure = plan.tender.procedure
    place = plan.source.place(("procedure", "deadline"), "procedure.deadline")
    given = (procedure.deadline - procedure.publication).days
    minimum = minimum_deadline(plan)
    if minimum is None:
        return
    electronic = " with electronic bids" if procedure.electronic else ""
    values = {"days": str(given), "minimum": str(minimum.days)}
    if given < minimum.days:
        yield Found(
            f"From {procedure.publication} to {procedure.deadline} are {given} days; the {procedure.type} procedure"
            f"{electronic} needs at least {minimum.days}.",
            place,
            f"Set procedure.deadline to {procedure.publication + dt.timedelta(days=minimum.days)} or later.",
            values,
            basis=minimum.basis,
        )
    elif procedure.market_dialogue.bidder_took_part and given == minimum.days:
        yield Found(
            f"A bidder took part in the market dialogue, but the deadline is the minimum of {minimum.days} days.",
            place,
            "Give all bidders more time than the minimum, and note in procedure.market_dialogue.measures that you did.",
            values,
        )


@rule(
    legal_basis="Act on the Complaints Board for Public Procurement § 3, Regulation 1182/71",
    mark="partly",
    rule_ids=("DK-STS-01", "DK-STS-02", "DK-STS-03"),
)
def standstill_date_wrong(plan: Plan) -> Iterator[Found]:
    """The stated end of the standstill is not what the notification date gives, or signing comes before it is over.

    Why: A contract that is signed in the standstill can be declared without effect, and a wrong date in the letters
    makes them wrong for all bidders.

    Source: 10 calendar days from the day after electronic notification, otherwise 15; a last day on a weekend or a
    holiday moves to the next working day. The rule was seen, the
    numbers of days are from memory; for the light regime the duty was not looked up.

    Mend: Write the date that the message gives, and sign after it. The letters count again from the day on which the
    notification is really sent.
    """
    procedure = plan.tender.procedure
    days = standstill_days(plan)
    if procedure.type == "below-threshold" or days is None:
        return
    right = standstill_end(procedure.notification, days.days)
    stated = procedure.standstill_end
    strict: Level = "warning" if procedure.type == "light" else "error"
    if stated != right:
        yield Found(
            f"The standstill is said to end on {stated}, but {_counting(procedure.notification, days.days, right)}.",
            plan.source.place(("procedure", "standstill_end"), "procedure.standstill_end"),
            f"Write {right}.",
            {"stated": str(stated), "right": str(right)},
            level=strict if stated < right else "warning",
        )
    if procedure.signing <= max(stated, right):
        yield Found(
            f"Signing is planned on {procedure.signing}, but the standstill lasts to the end of {max(stated, right)}.",
            plan.source.place(("procedure", "signing"), "procedure.signing"),
            f"Sign on {max(stated, right) + dt.timedelta(days=1)} or later.",
            {"signing": str(procedure.signing), "standstill_end": str(max(stated, right))},
            level=strict,
        )
    yield from _start(plan)


def _start(plan: Plan) -> Iterator[Found]:
    procedure = plan.tender.procedure
    if plan.tender.contract.start < procedure.signing:
        yield Found(
            f"The contract starts on {plan.tender.contract.start}, before it is signed on {procedure.signing}.",
            plan.source.place(("contract", "start"), "contract.start"),
            "Start on the day of signing or later; leave time for the transition.",
            {"start": str(plan.tender.contract.start), "signing": str(procedure.signing)},
        )


def _counting(notified: dt.date, days: int, right: dt.date) -> str:
    last = notified + dt.timedelta(days=days)
    text = f"{days} days after {notified} is {last}"
    return text if last == right else f"{text}, which is no working day, so it ends on {right}"
