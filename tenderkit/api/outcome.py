"""What a command gives back: files, problems, and the next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tenderkit.case import Written
from tenderkit.problems import Problem, has_errors


@dataclass(frozen=True)
class Outcome:
    """The outcome of a command.

    Attributes:
        files: files written, unchanged, or put beside an edited one.
        problems: what was found; errors mean that the command did not do its work.
        data: further results as plain data, the same that ``--format json`` prints.
        lines: what a reader should see, in English.
        next: the next step.
    """

    files: Sequence[Written] = ()
    problems: Sequence[Problem] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    lines: Sequence[str] = ()
    next: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing stopped the command."""
        return not has_errors(self.problems)

    def as_dict(self) -> dict[str, Any]:
        """Give the outcome as plain data for ``--format json``."""
        return {
            "ok": self.ok,
            "files": [item.as_dict() for item in self.files],
            "problems": [problem.as_dict() for problem in self.problems],
            **self.data,
            "next": self.next,
        }
