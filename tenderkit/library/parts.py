"""Text that several contracts share: ``::: part NAME`` puts ``parts/NAME/da.md`` where it stands.

It is put in before the text is filled and numbered, so a part's points are the contract's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from tenderkit.library.content import Content
from tenderkit.problems import Place, Problem, TenderkitError, nearest
from tenderkit.quantities import Language

_PART = re.compile(r"^::: part ([^\n]*)\n:::[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Whole:
    """A text with its parts put in. ``lines`` gives the file and line that each of its lines comes from."""

    text: str
    lines: tuple[tuple[str, int], ...]

    def placed(self, problem: Problem, name: str) -> Problem:
        """Give a problem with the place where a writer finds it, where it names a line of the whole text."""
        line = problem.place.line
        if problem.place.file != name or not 0 < line <= len(self.lines):
            return problem
        file, number = self.lines[line - 1]
        return replace(problem, place=replace(problem.place, file=file, line=number))


def parts_of(text: str) -> list[str]:
    r"""Give the names of the parts that a text puts in.

    >>> parts_of("# A\n\n::: part force-majeure\n:::\n")
    ['force-majeure']
    """
    return [match[1].strip() for match in _PART.finditer(text)]


def part_path(name: str, language: Language) -> str:
    """Give the path of a part's text in the content."""
    return f"parts/{name}/{language}.md"


def whole(content: Content, path: str, language: Language, where: Callable[[str], str] = str) -> Whole:
    """Give a text with its parts put in; ``where`` gives what messages call a file.

    Raises:
        TenderkitError: a part is missing.
    """
    text = content.read(path)
    known = set(content.paths())
    pieces: list[str] = []
    lines: list[tuple[str, int]] = []
    problems: list[Problem] = []
    end = 0

    def add(piece: str, name: str, first: int) -> None:
        pieces.append(piece)
        lines.extend((where(name), first + i) for i in range(piece.count("\n")))

    for match in _PART.finditer(text):
        add(text[end : match.start()], path, text.count("\n", 0, end) + 1)
        name = match[1].strip()
        at = part_path(name, language)
        if at in known:
            add(content.read(at).strip("\n") + "\n", at, 1)
        else:
            place = Place(where(path), text.count("\n", 0, match.start()) + 1)
            names = {other.split("/")[1] for other in known if other.startswith("parts/")}
            problems.append(Problem("missing-part", f'There is no part "{name}".', place, help=nearest(name, names)))
        end = match.end()
    add(text[end:], path, text.count("\n", 0, end) + 1)
    if problems:
        raise TenderkitError(problems)
    return Whole("".join(pieces), tuple(lines))
