"""How the winner is found: criteria, weights, rounding, ties."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from tenderkit.source import Count, Frozen, Number, Percent, Text
from tenderkit.tender.fields import Id


class Criterion(Frozen):
    """A criterion or sub-criterion. The weight is per cent within its parent; each level sums to 100.

    A leaf is scored by evaluators (``scale``), calculated from prices (``model``), or taken from a clause (``from``,
    such as ``job-guarantee.hours``). ``amount`` is the worth of full points where quality is turned into money.
    """

    title: Text = ""
    number: Text = ""
    weight: Percent | None = None
    amount: Number | None = None
    scale: Text = ""
    model: Text = ""
    parameters: dict[str, Text] = Field(default_factory=dict)
    source: Text = Field(default="", alias="from")
    looks_for: Text = ""
    answer_max: Count = 6000
    sub: dict[Id, Criterion] = Field(default_factory=dict)


class Rounding(Frozen):
    """Decimals of points and of the total; ``none`` rounds only for display."""

    points: Literal["none"] | Count = "none"
    total: Count = 3


class Award(Frozen):
    """How points become a ranking: the award model, the top of the point scale, rounding and tie rules in order."""

    model: Text
    points_top: Number = Decimal(10)
    rounding: Rounding = Field(default_factory=Rounding)
    ties: list[Text]
    parameters: dict[str, Text] = Field(default_factory=dict)
