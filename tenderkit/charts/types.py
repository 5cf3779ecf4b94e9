"""What a chart shows, as plain data; all words are given by the caller, in the document's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Unit = Literal["number", "percent", "money"]


@dataclass(frozen=True)
class Line:
    """A curve: points in order of ``x``. A gap in ``ys`` (None) breaks the line."""

    label: str
    xs: Sequence[float]
    ys: Sequence[float | None]


@dataclass(frozen=True)
class Lines:
    """Curves in one frame. ``marks`` are vertical lines with a label, such as the expected range of prices."""

    curves: Sequence[Line]
    x_label: str
    y_label: str
    x_unit: Unit = "number"
    y_unit: Unit = "number"
    marks: Sequence[tuple[float, str]] = ()
    language: Literal["da", "en"] = "da"


@dataclass(frozen=True)
class Part:
    """One colour of a bar chart: a value for each bar."""

    label: str
    values: Sequence[float]


@dataclass(frozen=True)
class Bars:
    """Horizontal bars, one group for each name; several parts stand side by side, or end to end when ``stacked``."""

    names: Sequence[str]
    parts: Sequence[Part]
    x_label: str
    unit: Unit = "number"
    stacked: bool = False
    language: Literal["da", "en"] = "da"


Chart = Lines | Bars
