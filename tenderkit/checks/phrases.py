"""Small phrases for messages: lists and counted nouns."""

from __future__ import annotations

from collections.abc import Sequence


def listed(items: Sequence[str]) -> str:
    """Give items as running text.

    >>> listed(["a cap", "a proof", "a unit"]), listed(["a cap"])
    ('a cap, a proof and a unit', 'a cap')
    """
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def counted(number: int, noun: str) -> str:
    """Give a number with its noun.

    >>> counted(1, "month"), counted(18, "month")
    ('1 month', '18 months')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
