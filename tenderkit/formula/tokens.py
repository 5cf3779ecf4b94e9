"""Formula text cut into numbers, names and signs, each with its column."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tenderkit.problems import Problem, TenderkitError

_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>\d+(?:\.\d+)?(?P<percent>\s*%)?)|(?P<name>[A-Za-z_]\w*)|(?P<sign><=|>=|<>|[-+*/^(),<>=])",
    re.ASCII,
)
_ADVICE = {
    ";": "Separate arguments with a comma.",
    "·": "Write * for multiplication.",
    "×": "Write * for multiplication.",
    "−": "Write the plain hyphen - for minus.",
    "–": "Write the plain hyphen - for minus.",
    "÷": "Write / for division.",
    "%": "A percent sign stands directly after a number, such as 50%.",
    "!": "Write <> for not equal.",
    ".": "Write a decimal number with a digit on both sides of the point, such as 0.5.",
}


@dataclass(frozen=True)
class Token:
    """A number, a name, a sign, or the end of the formula, as written, with the column where it begins."""

    kind: str
    text: str
    column: int


def wrong(problem_id: str, column: int, message: str, advice: str = "") -> TenderkitError:
    """Give the error for a formula; ``column`` is counted from 1, and 0 when there is none to name."""
    where = f"Column {column}: " if column else ""
    return TenderkitError(Problem(problem_id, f"{where}{message}", help=advice, values={"column": str(column)}))


def tokens_of(text: str) -> list[Token]:
    """Give the formula's tokens without spaces; the last one is its end.

    Raises:
        TenderkitError: a character has no place in a formula.
    """
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            sign = text[position]
            advice = _ADVICE.get(sign, "Use letters, digits, + - * / ^ ( ) , and < <= = >= > <> only.")
            raise wrong("formula-unknown-character", position + 1, f'"{sign}" is no part of a formula.', advice)
        if match["space"] is None:
            group = "number" if match["number"] else "name" if match["name"] else "sign"
            found.append(Token(group, match[0], position + 1))
        position = match.end()
    found.append(Token("end", "", len(text) + 1))
    return found
