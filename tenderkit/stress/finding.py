"""What a search for a pitfall gives: values for the sentence about it, and the bids that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Kind = Literal["money", "percent", "points", "number", "count", "text", "table"]


@dataclass(frozen=True)
class Value:
    """A value in a sentence, printed in the reader's language: kroner, a share (0 to 1), points, a number or words.

    A table is its rows: pairs of values, each of its own kind.
    """

    kind: Kind
    amount: Fraction | Decimal | int | str | tuple[tuple[Value, Value], ...]


@dataclass(frozen=True)
class ShownBid:
    """A made-up bid of an example: what went in and what came out, before and after what the example changes.

    ``given`` is by criterion id: the evaluated price in kroner, the offered number or the score; ``changed`` has those
    that are different after. A total that is None belongs to a bid that is not there, or fell out.
    """

    name: str
    given: Mapping[str, Fraction]
    before: Fraction | None
    after: Fraction | None
    changed: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Example:
    """Bids that show a finding, calculated by the exact engine; ``change`` says in one word what is different after.

    ``winner_before`` and ``winner_after`` are names of bids, empty where lots would be drawn.
    """

    change: str
    bids: tuple[ShownBid, ...]
    winner_before: str
    winner_after: str


@dataclass(frozen=True)
class Finding:
    """A pitfall found in an evaluation.

    Attributes:
        pitfall: the id of the file in ``evaluation_models/pitfalls/``.
        criterion: the criterion it is about; empty for the whole evaluation.
        values: by the names in the pitfall's sentence.
        example: bids that show it, where there are some.
        severity: set where this finding weighs otherwise than the pitfall's file says.
    """

    pitfall: str
    criterion: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    example: Example | None = None
    severity: Literal["error", "warning", "note", ""] = ""
