"""How a committee works with an evaluation: what the published model does not say, and still may decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True)
class Practice:
    """What a specification of criteria cannot say. The defaults are what tenderkit does.

    Attributes:
        scores: how the evaluators' scores become one: agreed in consensus, or their mean or median.
        knock_out: whether bids below a minimum fall out before or after the lowest price is found.
        arithmetic: exact fractions, or the binary numbers of a spreadsheet without care for ties.
        options: the share with which each option's price counts in the evaluated price, 0 to 1; None where the tender
            does not say it.
        open_parameters: parameters of models that are not published yet, by criterion id.
        lots: how many lots the tender has.
        packages: whether bids for several lots together are accepted without a published rule for them.
        written_weights: the weights of a level as they were written, in per cent, where they do not sum to 100: by the
            id of the group that they lie in, or by any other word for the first level.
    """

    scores: Literal["agreed", "mean", "median"] = "agreed"
    knock_out: Literal["before-prices", "after-prices"] = "before-prices"
    arithmetic: Literal["exact", "float"] = "exact"
    options: Mapping[str, Fraction | None] = field(default_factory=dict)
    open_parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lots: int = 1
    packages: bool = False
    written_weights: Mapping[str, tuple[Fraction, ...]] = field(default_factory=dict)
