"""Functions over the bids of simulated tenders: each row of the last axis is one tender."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from tenderkit.formula.arrays import NEAR, SMALL, Array


class Sample:
    """The values of the bids of many tenders, shape ``(..., n)``.

    Aggregates have the shape ``(..., 1)``. A value without a number, of a bid that takes part, spoils its tender's
    aggregates, as it does in an exact calculation. Without any bid there is no value.
    """

    def __init__(self, values: Array, present: npt.NDArray[np.bool_] | None) -> None:
        shape = values.shape if present is None else np.broadcast_shapes(values.shape, present.shape)
        self.values = np.broadcast_to(values, shape)
        self.present = np.True_ if present is None else np.broadcast_to(present, shape)
        self.everybody = present is None

    @cached_property
    def count(self) -> Array:
        """Give how many bids take part."""
        if self.everybody:
            return np.asarray(self.values.shape[-1], dtype=np.float64)
        return np.asarray(np.sum(self.present, axis=-1, keepdims=True), dtype=np.float64)

    @cached_property
    def spoilt(self) -> Array:
        """Give NaN for the tenders with a value that is none, or without bids; otherwise 0."""
        broken = np.any(np.isnan(self.values) & self.present, axis=-1, keepdims=True) | (self.count < 1)
        return np.where(broken, np.nan, 0.0)

    @cached_property
    def order(self) -> npt.NDArray[np.intp]:
        """Give the order of each tender's bids from the lowest value; absent ones come last."""
        return np.argsort(np.where(self.present, self.values, np.inf), axis=-1, kind="stable")

    @cached_property
    def ordered(self) -> Array:
        """Give each tender's values from the lowest; those of absent bids come last."""
        return np.take_along_axis(np.where(self.present, self.values, np.inf), self.order, axis=-1)

    def aggregate(self, function: str, *places: int) -> Array:
        """Give a function's value for each tender; ``places`` are the numbers of bids that TRIMMED leaves out."""
        match function:
            case "COUNT":
                return self.count
            case "SUM":
                return self.sum(self.values)
            case "AVERAGE":
                value = self.sum(self.values) / self.count
            case "STDEVP":
                value = self.spread()
            case "TRIMMED":
                value = self.middle(*places)
            case "MEDIAN":
                value = self.middle((self.count - 1) // 2, (self.count - 1) // 2)
            case _:
                value = self.folded(function)
        return value + self.spoilt

    def sum(self, values: Array) -> Array:
        """Add each tender's values."""
        return np.asarray(np.sum(values, axis=-1, keepdims=True, where=self.present))

    def folded(self, function: str) -> Array:
        """Give the lowest, the highest or the product."""
        if function == "PRODUCT":
            return np.asarray(np.prod(self.values, axis=-1, keepdims=True, where=self.present))
        lowest = function == "MIN"
        find, start = (np.min, np.inf) if lowest else (np.max, -np.inf)
        return np.asarray(find(self.values, axis=-1, keepdims=True, where=self.present, initial=start))

    def middle(self, low: float | Array, high: float | Array) -> Array:
        """Give the mean without the so many lowest and highest values; NaN when none is left."""
        index = np.arange(self.values.shape[-1])
        left = self.count - low - high
        inside = (index >= low) & (index < self.count - high)
        total = np.sum(self.ordered, axis=-1, keepdims=True, where=inside)
        return np.where(left < 1, np.nan, total / left)

    def spread(self) -> Array:
        """Give the standard deviation; measured from the lowest value, so that equal values give exactly 0."""
        above = self.values - self.folded("MIN")
        mean = self.sum(above) / self.count
        return np.sqrt(self.sum((above - mean) ** 2) / self.count)

    def ranks(self) -> Array:
        """Give each bid's place from the lowest value; values that are nearly the same share the better place."""
        ordered, index = self.ordered, np.arange(self.values.shape[-1])
        before, after = ordered[..., :-1], ordered[..., 1:]
        higher = after - before > NEAR * np.maximum(np.abs(before), np.abs(after)) + SMALL
        starts = np.concatenate([np.ones((*ordered.shape[:-1], 1), dtype=bool), higher], axis=-1)
        places = np.maximum.accumulate(np.where(starts, index, 0), axis=-1) + 1.0
        found = np.empty(ordered.shape)
        np.put_along_axis(found, self.order, places, axis=-1)
        return found + self.spoilt
