"""A clause with all that is needed to try it: its data, its texts, and a purchase to try it in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tenderkit.library import Library
from tenderkit.library.clause import Clause
from tenderkit.plan import Plan
from tenderkit.problems import Place, Problem
from tenderkit.quantities import Language

LANGUAGES: tuple[Language, Language] = ("da", "en")
_POINT = re.compile(r"^\{#([a-z0-9-]+)\}\s*$|^(##[^\n]*)$", re.MULTILINE)
_EXPRESSION = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}")
_WORD = re.compile(r"\"[^\"]*\"|([a-z_][a-z0-9_.]*)")
_JINJA = {"if", "elif", "else", "endif", "not", "and", "or", "counted", "in", "true", "false"}
_TABLE = re.compile(r":::\s*table\s+(\S+)")


@dataclass(frozen=True)
class Draft:
    """A clause on its keeper's desk.

    Attributes:
        id: the folder's name.
        library: the library that it stands in, with the authority's own clauses.
        plan: a purchase that it is tried in.
    """

    id: str
    library: Library
    plan: Plan

    @property
    def clause(self) -> Clause:
        """The clause's data."""
        return self.library.clause(self.id)

    def text(self, language: Language) -> str:
        """Give the text as it is written."""
        return self.library.text(f"clauses/{self.id}/{language}.md")

    @cached_property
    def points(self) -> Mapping[Language, Mapping[str, str]]:
        """Each named point's raw text by language, with what belongs to it until the next name or heading."""
        return {language: points(self.text(language)) for language in LANGUAGES}

    @cached_property
    def tables(self) -> frozenset[str]:
        """The parameters that the text prints as tables."""
        return frozenset(_TABLE.findall(self.text("da")))

    def problem(self, identifier: str, message: str, help_: str, file: str = "clause.yaml") -> Problem:
        """Give a problem with one of the clause's files."""
        return Problem(identifier, message, Place(self.library.where(f"clauses/{self.id}/{file}")), help=help_)


def points(text: str) -> dict[str, str]:
    """Give the named points of a text."""
    parts = _POINT.split(text)
    return {parts[i]: parts[i + 2] for i in range(1, len(parts), 3) if parts[i]}


def variables(text: str) -> set[str]:
    """Give the names that a text prints or asks about.

    >>> sorted(variables('{{ hours | counted("time", "timer") }}{% if level != "base" %}x{% endif %}'))
    ['hours', 'level']
    """
    expressions = " ".join(a or b for a, b in _EXPRESSION.findall(text))
    return {word for word in _WORD.findall(expressions) if word} - _JINJA
