"""Terms found in sentences: at the start of a word, in any case, and not where the sentence rules them out."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

from tenderkit.source import Frozen, Text, read_model, read_yaml

_BEFORE, _AFTER = 10, 4
_SENTENCE = re.compile(r"[^.!?;:]+(?:\.(?=\S)[^.!?;:]*)*")
_PARAGRAPH = re.compile(r"\n\s*\n")


class Words(Frozen):
    """The words of ``words.yaml``."""

    negations: list[Text]
    participants: list[Text]
    production: list[Text]
    abroad: list[Text]
    labour_law: list[Text]


@functools.cache
def helping_words() -> Words:
    """Give the words that tell what a sentence does with a term."""
    text = files("tenderkit.checks").joinpath("words.yaml").read_text(encoding="utf-8")
    return read_model(Words, read_yaml(text, "tenderkit/checks/words.yaml"))


def sentences(text: str) -> Iterator[str]:
    """Give the sentences of a text; a full stop inside a number or a name ends none.

    >>> list(sentences("Der er 1.5 timer. Ingen krav"))
    ['Der er 1.5 timer', 'Ingen krav']
    """
    for paragraph in _PARAGRAPH.split(text):
        yield from (match[0].strip() for match in _SENTENCE.finditer(paragraph) if match[0].strip())


@functools.lru_cache(maxsize=64)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Give one pattern with a group per term, so that a long text is read once."""
    groups = ("(" + r"\s+".join(re.escape(word) for word in term.split()) + ")" for term in terms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})[\w-]*", re.IGNORECASE)


def find(text: str, terms: Iterable[str]) -> list[tuple[str, str]]:
    """Give the terms that a text uses and does not rule out, each with the word as it was first written.

    A term counts as ruled out when a word such as "ikke" or "without" stands among the ten words before it or the
    four after it in the same sentence. A text that only says what is not asked for is therefore passed over.

    >>> find("Bopælskrav gælder.", ["bopæl"]), find("Der er ikke krav om bopæl.", ["bopæl"])
    ([('bopæl', 'Bopælskrav')], [])
    """
    # The longest first: where one term begins another, the more exact one is named.
    ordered = tuple(sorted(terms, key=len, reverse=True))
    if not ordered or not _pattern(ordered).search(text):  # most texts have none: they are not cut into sentences
        return []
    found: dict[str, str] = {}
    for sentence in sentences(text):
        for match in _pattern(ordered).finditer(sentence):
            if not _ruled_out(sentence, match):
                found.setdefault(ordered[(match.lastindex or 1) - 1], match[0])
    return list(found.items())


def find_closed(text: str, terms: Iterable[str], opening: Iterable[str]) -> list[tuple[str, str]]:
    """Give the terms that stand in a sentence without words that open it for others, such as "or equivalent"."""
    wanted, opening = tuple(terms), tuple(opening)
    if not find(text, wanted):
        return []
    return [pair for sentence in sentences(text) for pair in find(sentence, wanted) if not find(sentence, opening)]


def _ruled_out(sentence: str, match: re.Match[str]) -> bool:
    before = re.findall(r"\w+", sentence[: match.start()])[-_BEFORE:]
    after = re.findall(r"\w+", sentence[match.end() :])[:_AFTER]
    negations = set(helping_words().negations)
    return any(word.lower() in negations for word in (*before, *after))
