"""The parties' own terms in place of the clauses' fixed ones, so that one clause text serves every agreement.

A clause speaks of Ordregiveren and Leverandøren (the Contracting Authority and the Supplier), always in the definite
form. In an agreement these become, say, Kommunen and Virksomheden, in the genitive too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from tenderkit.quantities import Language

_ARTICLE = "the "
_NO_S = ("s", "x", "z")


def in_own_terms(text: str, terms: Mapping[str, str], language: Language) -> str:
    r"""Give a text with each fixed term replaced by a party's own; whole words only.

    >>> in_own_terms("Leverandørens frist", {"Leverandøren": "Virksomheden"}, "da")
    'Virksomhedens frist'
    >>> in_own_terms("The Supplier's duty", {"the Supplier": "the Firm"}, "en")
    "The Firm's duty"

    A defined term in quotation marks stands without its article:

    >>> in_own_terms('"Supplier\'s Contact Person" means', {"the Supplier": "the Firm"}, "en")
    '"Firm\'s Contact Person" means'
    """
    if not terms:
        return text
    lookup = {" ".join(fixed.split()).lower(): own for fixed, own in terms.items()}
    return _pattern(tuple(terms), language).sub(lambda match: _replacement(match, lookup, language), text)


@lru_cache(maxsize=32)
def _pattern(fixed: tuple[str, ...], language: Language) -> re.Pattern[str]:
    """Give the pattern of all fixed terms at once, so that what was put in is never replaced again."""
    nouns = "|".join(r"\s+".join(re.escape(word) for word in term.removeprefix(_ARTICLE).split()) for term in fixed)
    if language == "da":
        return re.compile(rf"\b(?P<article>)(?P<noun>{nouns})(?P<genitive>s?)(?!\w)")
    return re.compile(rf"(?P<article>\b[Tt]he\s+|(?<=[\"“]))(?P<noun>{nouns})(?P<genitive>)(?!\w)")


def _replacement(match: re.Match[str], terms: Mapping[str, str], language: Language) -> str:
    noun = " ".join(match["noun"].split()).lower()
    if language == "da":
        return genitive(terms[noun]) if match["genitive"] else terms[noun]
    own = terms[_ARTICLE + noun]
    if not match["article"]:
        return own.removeprefix(_ARTICLE)
    return own[:1].upper() + own[1:] if match["article"][0].isupper() else own


def genitive(term: str) -> str:
    """Give a Danish term in the genitive.

    >>> genitive("Kommunen"), genitive("Campus")
    ('Kommunens', "Campus'")
    """
    return f"{term}'" if term.endswith(_NO_S) else f"{term}s"
