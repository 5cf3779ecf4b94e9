"""Problems as values: what is wrong, where, and what to do next.

Nothing in tenderkit prints or stops at the first fault. A reader or a check returns
:class:`Problem` values; the caller collects them, and only the command line prints them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Level = Literal["error", "warning", "note"]
_ORDER: Mapping[Level, int] = MappingProxyType({"error": 0, "warning": 1, "note": 2})


@dataclass(frozen=True, order=True)
class Place:
    """Where something was read: a file, and in it a line, or a sheet and a cell.

    ``label`` names the user's own thing, such as a criterion or a bidder.
    """

    file: str = ""
    line: int = 0
    sheet: str = ""
    cell: str = ""
    label: str = ""

    def __str__(self) -> str:
        """Give the place as a reader would write it.

        >>> str(Place(file="tender.yaml", line=7))
        'tender.yaml:7'
        >>> str(Place(file="C1.xlsx", sheet="Priser", cell="D4", label="Pris T"))
        'C1.xlsx, sheet Priser, cell D4 (Pris T)'
        """
        text = f"{self.file}:{self.line}" if self.line else self.file
        parts = [text, f"sheet {self.sheet}" if self.sheet else "", f"cell {self.cell}" if self.cell else ""]
        joined = ", ".join(part for part in parts if part)
        return f"{joined} ({self.label})" if self.label and joined else joined or self.label


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or that a person must look at.

    Attributes:
        id: kebab-case statement of what is wrong, such as ``weights-not-100``.
        message: what was read and what is wrong with it, in one or two sentences.
        place: where it was read.
        level: ``error`` stops the command, ``warning`` needs a decision, ``note`` informs.
        help: the next step: a key to add, a cell to fill, a command to run.
        basis: the legal basis of a check, with its verification mark; empty elsewhere.
        values: the values in the message, so that it can be translated.
    """

    id: str
    message: str
    place: Place = field(default_factory=Place)
    level: Level = "error"
    help: str = ""
    basis: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Give the problem as one paragraph: place, level, id, message, next step."""
        where = f"{self.place}: " if str(self.place) else ""
        tail = f" {self.help}" if self.help else ""
        return f"{where}{self.level} {self.id}: {self.message}{tail}"

    def as_dict(self) -> dict[str, object]:
        """Give the problem as plain data for ``--format json``."""
        place = {k: v for k, v in vars(self.place).items() if v}
        return {
            "id": self.id,
            "level": self.level,
            "message": self.message,
            "help": self.help,
            "basis": self.basis,
            "place": place,
            "values": dict(self.values),
        }


class TenderkitError(Exception):
    """The work could not be done; ``problems`` says why, all of it at once."""

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(ordered(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Give the problems by level, then place, without repetitions."""
    unique = {(p.level, p.place, p.id, p.message): p for p in problems}
    return sorted(unique.values(), key=lambda p: (_ORDER[p.level], p.place, p.id, p.message))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of the problems stops the command."""
    return any(problem.level == "error" for problem in problems)


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Give advice that names the allowed value nearest to what was read.

    >>> nearest("weigth", ["weight", "scale"])
    'Did you mean "weight"?'
    >>> nearest("xyz", ["weight", "scale"])
    'Allowed: scale, weight.'
    """
    options = sorted(set(allowed))
    match = difflib.get_close_matches(word, options, n=1, cutoff=0.6)
    if match:
        return f'Did you mean "{match[0]}"?'
    return f"Allowed: {', '.join(options)}." if options else ""
