"""Drawing of lots by a published procedure that anybody can repeat with pen and paper.

The tied bidders are listed in an order that they know beforehand, and a public number that nobody can know or choose
(such as the winning numbers of a lottery on a named day, written one after another) decides. The number is divided by
how many bidders are left: the remainder counts down the list to the one who is drawn, the whole part of the quotient is
the number of the next round. A suggested default of ours; the procedure must be published like any other tie rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

from tenderkit.problems import Place, Problem, TenderkitError

#: A spreadsheet keeps 15 digits of a number, but some round when they divide one of 15.
MOST_DIGITS = 14
#: With a number this many times as large as there are orders, no order is favoured by more than one in a thousand.
TIMES = 1000


@dataclass(frozen=True)
class Round:
    """One round: ``number`` divided by ``left`` bidders gives ``quotient``; ``remainder`` counts down to ``bidder``."""

    number: int
    left: int
    quotient: int
    remainder: int
    bidder: str


@dataclass(frozen=True)
class PublicDrawing:
    """A drawing as it was recorded: the tied bidders in the order published beforehand, and the number's digits."""

    listed: tuple[str, ...]
    number: str

    @property
    def rounds(self) -> tuple[Round, ...]:
        """Give the rounds, as :func:`draw` does."""
        return draw(self.listed, self.number)


def draw(listed: Sequence[str], number: str) -> tuple[Round, ...]:
    """Give the rounds of a drawing; the bidder of the first round is first.

    Args:
        listed: the tied bidders in the order that was published before the number was known.
        number: the public number, digits only; zeros in front count as digits but not in the division.

    Raises:
        TenderkitError: fewer than two bidders, one listed twice, or a number that is too small or too large to be fair.

    >>> [(round.remainder, round.bidder) for round in draw(["alfa", "beta", "gamma"], "0714233144")]
    [(2, 'gamma'), (0, 'alfa'), (0, 'beta')]
    """
    problems = _problems(listed, number)
    if problems:
        raise TenderkitError(problems)
    left, rest, rounds = list(listed), int(number), []
    while left:
        quotient, remainder = divmod(rest, len(left))
        rounds.append(Round(rest, len(left), quotient, remainder, left.pop(remainder)))
        rest = quotient
    return tuple(rounds)


def digits_needed(count: int) -> int:
    """Give how many digits the public number must have for so many bidders.

    >>> digits_needed(2), digits_needed(3), digits_needed(6)
    (5, 5, 7)
    """
    return len(str(TIMES * factorial(count))) + 1


def _problems(listed: Sequence[str], number: str) -> list[Problem]:
    problems = []
    if len(listed) < 2 or len(set(listed)) < len(listed):  # noqa: PLR2004 - a tie has two sides
        problems.append(
            Problem(
                "drawing-list-wrong",
                f"The list for the drawing has {len(listed)} bidders, {len(set(listed))} of them different.",
                Place(label="drawing"),
                help="List every tied bidder once, in the order that was published.",
            )
        )
    needed = digits_needed(max(2, len(set(listed))))
    if needed > MOST_DIGITS:
        problems.append(
            Problem(
                "drawing-too-many",
                f"{len(listed)} bidders are too many for a number of at most {MOST_DIGITS} digits.",
                Place(label="drawing"),
                help="Draw lots before witnesses, and record the order under drawn.",
            )
        )
    elif not number.isdecimal() or not number.isascii() or not needed <= len(number) <= MOST_DIGITS:
        problems.append(
            Problem(
                "drawing-number-wrong",
                f'The public number "{number[:40]}" does not have {needed} to {MOST_DIGITS} digits.',
                Place(label="drawing"),
                help="Write the digits of the published number one after another, such as 071423314402.",
            )
        )
    return problems
