"""Spaces that must not break: between § and its number, a number and its unit, a day and its month."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

NBSP = "\u00a0"
_DAY = re.compile(r"(?<![\w.,])(\d{1,2}\.?) (?=[^\W\d_]+[ \u00a0]\d{4}\b)")


@lru_cache(maxsize=8)
def gluer(before_numbers: str, after_numbers: str) -> Callable[[str], str]:
    """Give a function that ties words to numbers; what it gives has the length of what it got.

    Args:
        before_numbers: words that hold on to a number or a capital letter after them (``§ nr. Bilag``).
        after_numbers: units that hold on to the number before them (``% kr. dage``).

    The function is idempotent. Case matters in neither list, yet does in the letter: ``bilag A`` is tied, ``bilag a``
    is not, since a single small letter is a word in both languages.

    >>> glue = gluer("§ nr. bilag", "% kr.")
    >>> glue("Se § 5, nr. 2, og Bilag A om 5 kr. inden").replace(NBSP, "_")
    'Se §_5, nr._2, og Bilag_A om 5_kr. inden'
    >>> glue("den 1. december 2026").replace(NBSP, "_")
    'den 1._december 2026'
    """
    words, units = _words(before_numbers), _words(after_numbers)
    before = re.compile(rf"(?<!\w)((?i:{words})) (?=\d|[A-ZÆØÅ](?!\w))") if words else None
    after = re.compile(rf"(\d) (?=(?i:{units})(?!\w))") if units else None

    @lru_cache(maxsize=8192)  # a table measures its cells before it sets them, and lots repeat each other
    def glue(text: str) -> str:
        for pattern in (before, after, _DAY):
            if pattern is not None:
                text = pattern.sub(rf"\1{NBSP}", text)
        return text

    return glue


def _words(listed: str) -> str:
    """Give an expression that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(listed.split()), key=lambda word: (-len(word), word)))
