"""One model alone, tried by hand: parameters and bids in; steps, points or totals, and ranks out.

It is what the worked examples of model files are run with, and what officers check a formula with before publication.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.awarding import Contest, constants, play
from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.points import counted, limits_of, meets_floor, rounded
from tenderkit.evaluation.spec import Criterion, Model
from tenderkit.evaluation.traits import names_used, uses_price
from tenderkit.evaluation.validity import refuses
from tenderkit.formula.exact import Exact, evaluate_bids
from tenderkit.library.model import EvaluationModel
from tenderkit.problems import Place, Problem, TenderkitError, nearest

_COLUMNS = {"price": "price", "offer": "offer", "score": "score"}


@dataclass(frozen=True)
class Entry:
    """A bid as it was written: what the model works on, and for an award model its points on each criterion."""

    name: str
    price: Decimal | None = None
    offer: Decimal | None = None
    score: Decimal | None = None
    points: Mapping[str, Decimal] = field(default_factory=dict)
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class Worth:
    """What a criterion counts for in an award model: its share of the whole, or kroner for full points, or both."""

    share: Fraction | None = None
    amount: Fraction | None = None


@dataclass(frozen=True)
class Question:
    """A model and the bids that it is tried on.

    Attributes:
        model: the model with its parameters.
        entries: the bids.
        points_top: the top of the point scale.
        floor, cap: the limits of offered numbers, where there are any.
        criteria: the criteria of an award model, in order.
    """

    model: Model
    entries: Sequence[Entry]
    points_top: Fraction = Fraction(10)
    floor: Fraction | None = None
    cap: Fraction | None = None
    criteria: Mapping[str, Worth] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What the model makes of one bid.

    Attributes:
        name: the bid's name.
        steps: the model's derived quantities, exact.
        exact: points, or the total of an award model; with 50 digits where the formula is not rational; None for a bid
            that a stage did not keep.
        value: ``exact`` as the model publishes it: rounded where it says so.
        rank: 1 for the best, equal values share it; 0 for a bid that a stage did not keep.
        stage: the stage that did not keep the bid, or empty.
    """

    name: str
    steps: Mapping[str, Fraction]
    exact: Fraction | None
    value: Fraction | None
    rank: int
    stage: str = ""


def calculate(question: Question) -> tuple[list[Answer], list[Problem]]:
    """Give what a model makes of some bids, in their order, or everything that is wrong with them.

    Edge rules are in force: what the model refuses is a problem, an offer beyond the cap counts as the cap.

    >>> from tenderkit.library import Library
    >>> model = Model("lowest-ratio", Library().model("lowest-ratio"))
    >>> bids = [Entry("A", price=Decimal(100)), Entry("B", price=Decimal(160))]
    >>> answers, problems = calculate(Question(model, bids))
    >>> [(answer.name, answer.value, answer.rank) for answer in answers]
    [('A', Fraction(10, 1), 1), ('B', Fraction(25, 4), 2)]
    """
    problems = list(question_problems(question))
    if problems:
        return [], problems
    try:
        return _answers(question), []
    except TenderkitError as error:
        advice = f"Read the model's edge rules: tenderkit model show {question.model.id}"
        return [], [Problem(p.id, p.message, p.place, help=p.help or advice) for p in error.problems]


def _answers(question: Question) -> list[Answer]:
    model, definition = question.model, question.model.definition
    if definition.role == "award":
        played = play(model, question.points_top, _contest(question), deciding_formula(definition))
        exact, steps, stages = played.values, played.steps, played.stages
    else:
        exact, steps = _points(question)
        stages = ("",) * len(exact)
    values = [_published(definition, value) for value in exact]
    ranks = _ranks(values, lower=_lower_wins(question))
    return [
        Answer(entry.name, *own)
        for entry, own in zip(question.entries, zip(steps, exact, values, ranks, stages, strict=True), strict=True)
    ]


def _contest(question: Question) -> Contest:
    criteria: list[Mapping[str, Exact | Sequence[Exact]]] = []
    for name, worth in question.criteria.items():
        own: dict[str, Exact | Sequence[Exact]] = {"p": [Fraction(entry.points[name]) for entry in question.entries]}
        own |= {key: value for key, value in (("w", worth.share), ("a", worth.amount)) if value is not None}
        criteria.append(own)
    return Contest([Fraction(entry.price or 0) for entry in question.entries], criteria)


def _points(question: Question) -> tuple[tuple[Fraction, ...], tuple[Mapping[str, Fraction], ...]]:
    """Give each bid's points, exact, and its derived quantities."""
    model, definition, limits = question.model, question.model.definition, _limits(question)
    given = [Fraction(_written(definition, entry) or 0) for entry in question.entries]
    if definition.input == "offer":
        given = [counted(limits, value) for value in given]
    known = {**constants(model, question.points_top), **limits_of(limits)}
    columns: dict[str, Sequence[Fraction]] = {definition.own_name: given}
    for name, step in definition.step_trees.items():
        columns[name] = evaluate_bids(step, columns, known)
    steps = tuple({name: columns[name][place] for name in definition.steps} for place in range(len(given)))
    return evaluate_bids(deciding_formula(definition), columns, known), steps


def _limits(question: Question) -> Criterion:
    """Give the criterion that a model for offered numbers has its limits from."""
    floor, cap = question.floor, question.cap
    lower = floor is not None and cap is not None and cap < floor
    whole = Fraction(1)
    return Criterion("", "", whole, whole, "offer", floor=floor, cap=cap, better="lower" if lower else "higher")


def _written(definition: EvaluationModel, entry: Entry) -> Decimal | None:
    value: Decimal | None = getattr(entry, _COLUMNS.get(definition.input, "price"))
    return value


def _published(definition: EvaluationModel, exact: Fraction | None) -> Fraction | None:
    if exact is None or definition.rounding == "none":
        return exact
    return rounded([exact], definition.rounding)[0]


def _lower_wins(question: Question) -> bool:
    """Tell whether the lowest result is the best; points are always better when higher."""
    definition = question.model.definition
    if definition.role == "award":
        return definition.better == "lower"
    if definition.gives == "points":
        return False
    limited = question.floor is not None and question.cap is not None
    return _limits(question).better == "lower" if limited else definition.better == "lower"


def _ranks(values: Sequence[Fraction | None], *, lower: bool) -> list[int]:
    signed = [None if value is None else value if lower else -value for value in values]
    present = [value for value in signed if value is not None]
    return [0 if own is None else 1 + sum(other < own for other in present) for own in signed]


def question_problems(question: Question) -> Iterator[Problem]:
    """Give everything that keeps the model from being tried on these bids: blanks, and what the model refuses."""
    definition = question.model.definition
    if not question.entries:
        yield Problem("no-bids", "There is no bid to calculate with.", help="Give a row for each bid.")
    if definition.role == "award":
        yield from _worth_problems(question)
    if definition.input == "offer":
        yield from _limit_problems(question)
    for entry in question.entries:
        if definition.role == "award":
            yield from _award_entry(question, entry)
        else:
            yield from _criterion_entry(question, entry)


def _criterion_entry(question: Question, entry: Entry) -> Iterator[Problem]:
    definition, limits = question.model.definition, _limits(question)
    column, value = _COLUMNS[definition.input], _written(definition, entry)
    if value is None:
        yield Problem(f"{column}-missing", f'"{entry.name}" has no {column}.', entry.place, help="A blank is not 0.")
        return
    if refuses(definition, value):
        yield _refused(question, entry, column, value)
    if definition.input == "score" and not 0 <= value <= question.points_top:
        message = f'"{entry.name}" has {value} points, which is outside 0 to {question.points_top}.'
        yield Problem("score-off-scale", message, entry.place, help="Give the points on the scale of the tender.")
    if definition.input == "offer" and not meets_floor(limits, Fraction(value)):
        message = f'"{entry.name}" offers {value}, which does not meet the minimum requirement {question.floor}.'
        yield Problem("offer-below-floor", message, entry.place, help="Such a bid is inadmissible: leave it out.")


def _refused(question: Question, entry: Entry, column: str, value: Decimal) -> Problem:
    edge = f"a {column} {'of 0' if value == 0 else 'below 0'}"
    return Problem(
        f"{column}-refused",
        f'"{entry.name}" has the {column} {value}, and the edge rules of "{question.model.id}" have no value there.',
        entry.place,
        help=f"The published documents must say what happens to {edge}; or choose a model that has a value for it.",
    )


def _limit_problems(question: Question) -> Iterator[Problem]:
    """Tell which limits of the offered numbers the formula has, and nobody has given."""
    used, shown = names_used(question.model.definition), {"floor": 15, "cap": 25}
    lacking = [name for name in shown if name in used and getattr(question, name) is None]
    if lacking:
        message = f'"{question.model.id}" works on {" and ".join(lacking)}, and no number is given.'
        advice = " ".join(f"--{name} {shown[name]}" for name in lacking)
        yield Problem("limits-missing", message, help=f"Give the limits of the offered number, such as {advice}")


def _worth_problems(question: Question) -> Iterator[Problem]:
    """Tell which criteria lack the weight or the amount that the award model works with."""
    used = names_used(question.model.definition)
    if used & {"w", "p", "a"} and not question.criteria:
        message = f'"{question.model.id}" works on points by criterion, and no criterion has a weight or an amount.'
        how = "--amount K1=500000" if "a" in used else "--weight K1=60%"
        yield Problem("criteria-missing", message, help=f"Give each criterion with {how}.")
    for name, worth in question.criteria.items():
        if "w" in used and worth.share is None:
            yield Problem("weight-missing", f'"{name}" has no weight.', help=f"Add: --weight {name}=40%")
        if "a" in used and worth.amount is None:
            yield Problem("amount-missing", f'"{name}" has no amount.', help=f"Add: --amount {name}=500000")


def _award_entry(question: Question, entry: Entry) -> Iterator[Problem]:
    definition = question.model.definition
    if uses_price(definition):
        if entry.price is None:
            yield Problem("price-missing", f'"{entry.name}" has no price.', entry.place, help="A blank is not 0.")
        elif refuses(definition, entry.price):
            yield _refused(question, entry, "price", entry.price)
    for name in question.criteria:
        if name not in entry.points:
            yield Problem(
                "points-missing",
                f'"{entry.name}" has no points on "{name}".',
                entry.place,
                help=f"A blank is not 0. {nearest(name, entry.points)}".strip(),
            )
