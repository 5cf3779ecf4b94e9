"""Both languages say the same: the same points in the same order, with the same values, references and numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tenderkit.drafting.draft import Draft, variables
from tenderkit.problems import Problem

_REFERENCE = re.compile(r"\]\(#([^)]+)\)")
_ANY_TAG = re.compile(r"\{[{%].*?[}%]\}")
_GUIDANCE = re.compile(r"^>.*$", re.MULTILINE)
_ORDERED = re.compile(r"^\s*\d+\.\s", re.MULTILINE)
# A number in digits: thousands and decimals are written the other way round in English.
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def points_alike(draft: Draft) -> Iterator[Problem]:
    """Give points that one language has and the other has not, or has in another place."""
    danish, english = list(draft.points["da"]), list(draft.points["en"])
    if danish != english:
        odd = sorted(set(danish) ^ set(english)) or ["the order of the points"]
        yield draft.problem(
            "clause-languages-differ", f"The languages differ in: {', '.join(odd)}.", "Write both alike.", "en.md"
        )


def points_with_the_same_values(draft: Draft) -> Iterator[Problem]:
    """Give points that print other values, refer to other points or name other numbers in one language."""
    for name, danish in draft.points["da"].items():
        english = draft.points["en"].get(name)
        if english is None:
            continue
        for what, first, second in (
            ("values", variables(danish), variables(english)),
            ("references", set(_REFERENCE.findall(danish)), set(_REFERENCE.findall(english))),
            ("numbers", _numbers(danish), _numbers(english)),
        ):
            if first != second:
                odd = ", ".join(sorted(map(str, set(first) ^ set(second)))) or "how often"
                yield draft.problem(
                    "clause-languages-differ",
                    f'Point "{name}" has other {what} in Danish than in English: {odd}.',
                    "Write both alike.",
                    "en.md",
                )


def _numbers(text: str) -> Counter[str]:
    """Give the numbers in digits of a point's own words, whatever their thousands and decimal marks."""
    words = _ORDERED.sub("", _GUIDANCE.sub("", _ANY_TAG.sub("", _REFERENCE.sub("", text))))
    return Counter(re.sub(r"[.,]", "", number) for number in _NUMBER.findall(words))


def lists_as_long(draft: Draft) -> Iterator[Problem]:
    """Give lists that are longer in one language, or empty."""
    clause = draft.clause
    for what, texts in (("use_when", clause.use_when), ("not_when", clause.not_when), ("mistakes", clause.mistakes)):
        if not len(texts.da) == len(texts.en) > 0:
            yield draft.problem(
                "clause-languages-differ",
                f'"{what}" has {len(texts.da)} lines in Danish and {len(texts.en)} in English.',
                "Write the same lines in both languages, one at least.",
            )


def references_lead_somewhere(draft: Draft) -> Iterator[Problem]:
    """Give references to points that do not exist, or to clauses that are not required."""
    clause = draft.clause
    for name, text in draft.points["da"].items():
        for target in _REFERENCE.findall(text):
            other, _, point = target.rpartition(".")
            if not other:
                known = target in draft.points["da"]
            elif other not in clause.requires:
                yield draft.problem(
                    "clause-reference-dangles",
                    f'Point "{name}" refers to a point of "{other}", which the clause does not require.',
                    f"Add {other} to requires, or leave the reference out.",
                    "da.md",
                )
                continue
            else:
                known = f"{{#{point}}}" in draft.library.text(f"clauses/{other}/da.md")
            if not known:
                yield draft.problem(
                    "clause-reference-dangles",
                    f'Point "{name}" refers to "{target}", which does not exist.',
                    "Correct the name.",
                    "da.md",
                )
