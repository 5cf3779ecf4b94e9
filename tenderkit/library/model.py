"""What a file in ``evaluation_models/`` says: a formula with its edge rules, and scales with a sentence per level."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from tenderkit.formula import Node, is_rational, names_in, parse, parse_condition
from tenderkit.formula.tree import CRITERION_NAMES
from tenderkit.library.clause import Mark, Texts
from tenderkit.library.parameter import ModelParameter, Written
from tenderkit.problems import TenderkitError
from tenderkit.source import Bilingual, Count, Frozen, Number, Percent, Text, YesNo

Input = Literal["price", "offer", "score", "bids"]
#: What a model's points hang on; the catalogue of models is ordered by it.
Group = Literal["lowest", "average", "discount", "absolute", "money", "ratio", "offer", "score", "total"]

#: The names that the engine gives values for, by what a model works on. ``S`` is the top of the point scale.
GIVEN_NAMES: dict[Input, frozenset[str]] = {
    "price": frozenset({"S", "P", "Ps"}),
    "offer": frozenset({"S", "v", "vs", "floor", "cap"}),
    "score": frozenset({"S", "q", "qs"}),
    "bids": frozenset({"S", "P", "Ps"}) | CRITERION_NAMES,
}
#: The symbol that is no name in the formula: what the formula gives.
RESULT = "result"


def _fraction(value: object) -> object:
    """Read ``20/3``, ``7.5`` or ``12``."""
    if not isinstance(value, str):
        return value
    try:
        return Fraction(value.strip())
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f'"{value}" is not a number such as 7.5 or a fraction such as 20/3') from error


Expected = Annotated[Fraction, BeforeValidator(_fraction)]


class Stage(Frozen):
    """A step before the ranking of an award model: bids for which ``keep`` does not hold take no further part.

    ``keep`` is a condition in the formula language, over the bids that are still in; ``explain`` says it to bidders.
    """

    title: Bilingual
    keep: Text
    explain: Bilingual


class ParameterRule(Frozen):
    """What must hold between parameters: a condition in the formula language, and what is wrong where it does not."""

    that: Text
    otherwise: Bilingual


class Edges(Frozen):
    """What happens at the edges. Each must be stated, because each has cost somebody a tender.

    ``single_bid``, ``all_equal``: full points, or as the formula gives. ``zero`` and ``negative``: what a value of
    zero or below leads to. ``outside``: what happens beyond the span of the formula; it says in words what the formula
    itself does.
    """

    single_bid: Literal["full-points", "by-formula"]
    all_equal: Literal["full-points", "by-formula"]
    zero: Literal["refused", "by-formula"]
    negative: Literal["refused", "by-formula"]
    outside: Literal["zero-points", "clamped", "not-possible", "by-formula"]
    blank: Literal["refused"] = "refused"


class ModelSource(Frozen):
    """Where a model is described, and how far that was verified."""

    title: Text
    mark: Mark


class ExampleCriterion(Frozen):
    """A criterion of an award model's example: its share of the whole, or its amount for full points."""

    weight: Percent | None = None
    amount: Number | None = None


class ExampleBid(Frozen):
    """A bid of an example: an evaluated price, an offered number, points from evaluators, or points by criterion."""

    price: Number | None = None
    offer: Number | None = None
    score: Number | None = None
    points: dict[str, Number] = Field(default_factory=dict)


class Given(Frozen):
    """What an example starts from."""

    points_top: Number = Decimal(10)
    parameters: dict[str, Written] = Field(default_factory=dict)
    floor: Number | None = None
    cap: Number | None = None
    criteria: dict[str, ExampleCriterion] = Field(default_factory=dict)
    bids: list[ExampleBid] = Field(min_length=1)


class ModelExample(Frozen):
    """A worked example: values in, points or totals (and ranks) out, one for each bid; run by the tests.

    Points are exact, unless ``decimals`` says to how many decimals they are rounded half up before they are compared.
    A bid that a stage of the model does not keep has ``out`` for points, and rank 0.
    """

    note: Text
    given: Given
    points: list[Expected | Literal["out"]]
    decimals: Count | None = None
    ranks: list[Count]

    @model_validator(mode="after")
    def _one_for_each_bid(self) -> ModelExample:
        if not len(self.given.bids) == len(self.points) == len(self.ranks):
            raise ValueError("an example has one number of points and one rank for each bid")
        return self


class EvaluationModel(Frozen):
    """A formula that scores a criterion, or that ranks the bids.

    ``symbols`` names every value in the formula in both languages, and what it gives as ``result``; ``S`` is the top
    of the point scale. ``steps`` are derived quantities, calculated in order before the formula. ``stages``, of award
    models, come before the ranking, each over the bids that are still in. ``input`` is what the formula works on:
    evaluated prices (``P``), offered numbers (``v`` with ``floor`` and ``cap``), points from evaluators (``q``), or
    bids (``P`` and, inside ``SUM_CRITERIA``, ``w``, ``p`` and ``a``). ``gives: value`` is an offered number that is
    passed on as it is, for award models in kroner.

    ``rules`` are what must hold between parameters, such as ``lo<hi``.

    ``family`` is the id in the catalogue of formula families. The claims ``relative`` to ``rank_reversal`` are tested:
    a model is monotone when a better value never worsens the bid's own result, linear when equal steps inside its span
    give equal differences, and has rank reversal when a loser that leaves can change who wins.
    """

    title: Bilingual
    synonyms: list[Text] = Field(default_factory=list)
    family: Text
    group: Group
    description: Bilingual
    role: Literal["criterion", "award"]
    formula: Text
    steps: dict[str, Text] = Field(default_factory=dict)
    stages: dict[str, Stage] = Field(default_factory=dict)
    symbols: dict[str, Bilingual]
    parameters: dict[str, ModelParameter] = Field(default_factory=dict)
    rules: list[ParameterRule] = Field(default_factory=list)
    input: Input
    gives: Literal["points", "value"] = "points"
    better: Literal["lower", "higher"]
    relative: YesNo
    monotone: YesNo
    linear: YesNo
    rank_reversal: YesNo
    edges: Edges
    rounding: Literal["none"] | Count = "none"
    use_when: Texts
    not_when: Texts
    sources: list[ModelSource] = Field(min_length=1)
    examples: list[ModelExample] = Field(min_length=2)

    @property
    def tree(self) -> Node:
        """Give the formula's tree."""
        return parse(self.formula)

    @property
    def step_trees(self) -> dict[str, Node]:
        """Give the steps' trees, in order."""
        return {name: parse(text) for name, text in self.steps.items()}

    @property
    def stage_trees(self) -> dict[str, Node]:
        """Give the conditions of the stages, in order."""
        return {name: parse_condition(stage.keep) for name, stage in self.stages.items()}

    @property
    def own_name(self) -> str:
        """Give the name that a bid's own value has in the formula: ``P``, ``v`` or ``q``."""
        return {"offer": "v", "score": "q"}.get(self.input, "P")

    @property
    def rational(self) -> bool:
        """Tell whether every value is an exact fraction, for any parameters."""
        return all(is_rational(tree) for tree in (self.tree, *self.step_trees.values(), *self.stage_trees.values()))

    @model_validator(mode="after")
    def _names_are_known(self) -> EvaluationModel:
        known = GIVEN_NAMES[self.input] | set(self.parameters)
        used: set[str] = set()
        stages = ((f"stages.{name}", stage.keep) for name, stage in self.stages.items())
        for where, text in (*self.steps.items(), *stages, ("formula", self.formula)):
            try:
                names = names_in((parse_condition if where.startswith("stages.") else parse)(text))
            except TenderkitError as error:
                raise ValueError(f"{where}: {error.problems[0].message} {error.problems[0].help}".strip()) from error
            if unknown := [name for name in names if name not in known]:
                raise ValueError(
                    f'{where}: "{unknown[0]}" is neither a parameter nor one of {", ".join(sorted(known))}'
                )
            used.update(names)
            known = known | {where, f"{where}s"}
        for message in self._unnamed(used - {name for step in self.steps for name in (step, f"{step}s")}):
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _rules_name_parameters(self) -> EvaluationModel:
        for rule in self.rules:
            if unknown := set(names_in(parse_condition(rule.that))) - set(self.parameters):
                raise ValueError(f'rules: "{min(unknown)}" is no parameter')
        return self

    @model_validator(mode="after")
    def _roles_fit(self) -> EvaluationModel:
        if self.stages and self.role != "award":
            raise ValueError("stages: only a model that ranks the bids has stages")
        if (self.input == "bids") != (self.role == "award"):
            raise ValueError('input: a model that ranks the bids works on "bids", and no other does')
        if self.role == "criterion" and not self.rational and self.rounding == "none":
            raise ValueError("rounding: the formula gives numbers without an end; say to how many decimals they count")
        return self

    def _unnamed(self, used: set[str]) -> Iterator[str]:
        for name in sorted({*used, RESULT} - set(self.symbols)):
            yield f'symbols: "{name}" is in the formula and has no text'
        for name in sorted(set(self.parameters) - used):
            yield f'parameters: "{name}" is not in the formula'


class Level(Frozen):
    """One level of a scale: the score and the sentence that tells when it is given."""

    score: Number
    text: Bilingual


class Scale(Frozen):
    """A scale for evaluators. ``step`` is the smallest difference between two scores that may be given.

    ``between`` tells when a score between two described levels is given.
    """

    title: Bilingual
    step: Number
    levels: list[Level] = Field(min_length=2)
    between: Bilingual | None = None

    @property
    def top(self) -> Number:
        """Give the highest score."""
        return max(level.score for level in self.levels)

    @property
    def bottom(self) -> Number:
        """Give the lowest score."""
        return min(level.score for level in self.levels)

    @property
    def scores(self) -> tuple[Number, ...]:
        """Give all scores that may be given, from the lowest."""
        count = int((self.top - self.bottom) / self.step)
        return tuple(self.bottom + self.step * index for index in range(count + 1))
