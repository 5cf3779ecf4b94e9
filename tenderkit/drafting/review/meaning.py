"""One word, one meaning: a term that two clauses define is defined with the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from tenderkit.drafting.draft import LANGUAGES, Draft
from tenderkit.library import Library
from tenderkit.problems import Problem
from tenderkit.quantities import Language

_DEFINED = {
    "da": re.compile(
        r"(?:^\s*\d+\.\s*|(?:Ved|ved) (?:en|et|et |den|det)?\s*)»([^«]+)«(?::| forstås)([^\n]*)", re.MULTILINE
    ),
    "en": re.compile(r"(?:^\s*\d+\.\s*|^(?:An?|The) )[\"“]([^\"”]+)[\"”](?::| means)([^\n]*)", re.MULTILINE),
}
_REFERENCE = re.compile(r"\[\]\(#(?:[a-z0-9-]+\.)?([a-z0-9-]+)\)")


def terms_mean_the_same(draft: Draft) -> Iterator[Problem]:
    """Give terms that another clause defines with other words."""
    for language in LANGUAGES:
        own = definitions(draft.library, draft.id, language)
        for other in draft.library.ids("clause"):
            if other == draft.id:
                continue
            for term, meaning in definitions(draft.library, other, language).items():
                if term in own and own[term] != meaning:
                    yield draft.problem(
                        "clause-term-means-two-things",
                        f'"{term}" is defined in other words than in "{other}".',
                        "Use the same words, or another term: both clauses can stand in one contract.",
                        f"{language}.md",
                    )


@lru_cache(maxsize=512)
def definitions(library: Library, identifier: str, language: Language) -> Mapping[str, str]:
    """Give the terms that a clause defines, with their meaning on one line."""
    text = library.text(f"clauses/{identifier}/{language}.md")
    return {
        term.strip(): _REFERENCE.sub(r"#\1", " ".join(meaning.split())).strip(" .;,")
        for term, meaning in _DEFINED[language].findall(text)
    }
