"""How the winner is found: criteria, weights, rounding, ties."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from tenderkit.source import Count, Frozen, Number, Percent, Text
from tenderkit.tender.fields import Id


def _one_amount(value: object) -> object:
    """Refuse an amount for each lot: documents and workbooks publish one."""
    if isinstance(value, dict):
        raise ValueError(  # noqa: TRY004 - told as a wrong value
            "an amount is the same for all lots; for lots of different size choose an award model with percentages, "
            "such as percent-of-reference-price with a price for each lot"
        )
    return value


#: One value, a table, a value for each lot, or a table for each lot.
Parameter = Text | dict[Text, Text | dict[Text, Text]]


class Criterion(Frozen):
    """A criterion or sub-criterion. The weight is per cent within its parent; each level sums to 100.

    A leaf is scored by evaluators (``scale``), calculated from prices (``model``), or taken from a clause (``from``,
    such as ``job-guarantee.hours``). ``amount`` is the worth of full points where quality is turned into money,
    the same for all lots.
    ``minimum`` is the share of full points that a bid must reach before prices are looked at; ``lines`` are the price
    lines of a price criterion, all of them when left out.
    """

    title: Text = ""
    number: Text = ""
    weight: Percent | None = None
    amount: Annotated[Number, BeforeValidator(_one_amount)] | None = None
    scale: Text = ""
    model: Text = ""
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    minimum: Percent | None = None
    lines: list[Text] = Field(default_factory=list)
    source: Text = Field(default="", alias="from")
    looks_for: Text = ""
    answer_max: Count = 6000
    sub: dict[Id, Criterion] = Field(default_factory=dict)


class Rounding(Frozen):
    """Decimals of points and of the total; ``none`` rounds only for display.

    Where the total's are not written, the award model's own rounding holds, or three decimals.
    """

    points: Literal["none"] | Count = "none"
    total: Count | None = None


class Drawing(Frozen):
    """A drawing of lots by a public number, instead of one before witnesses.

    ``number`` says which number it is, so that nobody can know or choose it beforehand: "the winning numbers of the
    first lottery drawing after the deadline, written one after another".
    """

    number: Text


class LotsAward(Frozen):
    """A limit of how many lots one bidder can win.

    ``at_most`` is the limit. ``choose`` says which order of the lots is taken where a bidder is first in more: the one
    with the lowest sum of evaluated prices, or with the highest sum of total points.
    """

    at_most: Count
    choose: Literal["lowest-price", "highest-points"]


class Award(Frozen):
    """How points become a ranking: the award model, the top of the point scale, rounding and tie rules in order.

    ``drawing`` belongs to the tie rule ``lots-drawing``; without it lots are drawn before witnesses. ``lots`` limits
    how many lots one bidder can win; without it each lot is awarded by itself.
    """

    model: Text
    points_top: Number = Decimal(10)
    rounding: Rounding = Field(default_factory=Rounding)
    ties: list[Text]
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    drawing: Drawing | None = None
    lots: LotsAward | None = None
