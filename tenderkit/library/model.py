"""What a file in ``evaluation_models/`` says: a formula with its edge rules, and scales with a sentence per level."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from tenderkit.library.clause import Mark, Texts
from tenderkit.source import Bilingual, Count, Frozen, Number, Percent, Text, YesNo


class ModelParameter(Frozen):
    """A published constant of a formula. Without ``default`` the tender must choose it."""

    type: Literal["percent", "number", "money"]
    ask: Bilingual
    min: Number | Percent | None = None
    max: Number | Percent | None = None
    default: Number | Percent | None = None
    mark: Mark = "suggested"


class Edges(Frozen):
    """What happens at the edges. Each must be stated, because each has cost somebody a tender.

    ``single_bid``, ``all_equal``: full points, or as the formula gives. ``zero`` and ``negative``: what a value of
    zero or below leads to. ``outside``: what happens beyond the span of the formula.
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


class ModelExample(Frozen):
    """A worked example: values in, points (and ranks) out; run by the tests."""

    note: Text = ""
    given: dict[str, Any]
    points: list[Text]
    ranks: list[Count] = Field(default_factory=list)


class EvaluationModel(Frozen):
    """A formula that scores a criterion, or that ranks the bids.

    ``symbols`` names every value in the formula in both languages; ``S`` is the top of the point scale. ``steps`` are
    derived quantities, calculated in order before the formula.
    """

    title: Bilingual
    synonyms: list[Text] = Field(default_factory=list)
    description: Bilingual
    role: Literal["criterion", "award"]
    formula: Text
    steps: dict[str, Text] = Field(default_factory=dict)
    symbols: dict[str, Bilingual]
    parameters: dict[str, ModelParameter] = Field(default_factory=dict)
    input: Literal["price", "offer", "bids"]
    better: Literal["lower", "higher"]
    relative: YesNo
    monotone: YesNo
    linear: YesNo
    rank_reversal: YesNo
    edges: Edges
    rounding: Literal["none"] | Count = "none"
    use_when: Texts
    not_when: Texts
    sources: list[ModelSource]
    examples: list[ModelExample]


class Level(Frozen):
    """One level of a scale: the score and the sentence that tells when it is given."""

    score: Number
    text: Bilingual


class Scale(Frozen):
    """A scale for evaluators. ``step`` is the smallest difference between two scores that may be given."""

    title: Bilingual
    step: Number
    levels: list[Level]

    @property
    def top(self) -> Number:
        """Give the highest score."""
        return max(level.score for level in self.levels)

    @property
    def bottom(self) -> Number:
        """Give the lowest score."""
        return min(level.score for level in self.levels)
