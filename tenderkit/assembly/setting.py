"""What any document is made from: a language, the library, and what the document says of itself.

:class:`Setting` is all that texts, tables and labels need. :class:`Contractual` adds chosen clauses. What a document is
about comes with the classes below them: a tender (:mod:`tenderkit.assembly.context`) or an agreement outside a tender
(:mod:`tenderkit.assembly.agreement`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from tenderkit.library import Library
from tenderkit.library.document import Document
from tenderkit.plan import ChosenClause, Selection
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import Language

#: What a generated part is made from: nothing of its own, chosen clauses, a tender, an agreement, bids, results, or the
#: advice before a tender, or the test of an evaluation.
Needs = Literal["nothing", "clauses", "tender", "agreement", "bids", "result", "advice", "stress"]


@dataclass(frozen=True)
class Frame:
    """What stands around a document's text: title page, header, footer and properties.

    ``cover`` is rows of label and value; ``notice`` says that it is a draft or a translation; ``stamp`` ties the file
    to what it was made from.
    """

    subtitle: str
    author: str
    reference: str
    footer: str
    stamp: str
    notice: str = ""
    cover: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Signing:
    """Who signs a document, and what each line below a name is for. Without signers nobody signs it."""

    caption: str
    signers: tuple[str, ...]
    labels: tuple[str, ...]


class Setting(ABC):
    """The material of one document, as far as every kind of document has it.

    Attributes:
        language: the document's language; it may be the reading aid's.
        draft: whether guidance and open values may stand in it.
        created: the ISO date for properties and comments.
        facts: further names for texts, such as what a correction notice says.
        memo: what has been worked out from all this once; a changed copy begins with none.
    """

    language: Language
    draft: bool
    created: str
    facts: Mapping[str, Any]
    memo: dict[str, Any]

    @property
    @abstractmethod
    def library(self) -> Library:
        """The library that the document is made from."""

    @property
    def has(self) -> frozenset[Needs]:
        """What generated parts may be made from."""
        return frozenset({"nothing"})

    @property
    def written(self) -> Language:
        """The language in which the officer's own words are written."""
        return self.language

    @property
    def translated(self) -> frozenset[str]:
        """The officer's own words that stand translated."""
        return frozenset()

    @abstractmethod
    def names(self) -> Mapping[str, Any]:
        """Give the names that the document's texts may use, without ``facts``."""

    @abstractmethod
    def frame(self) -> Frame:
        """Give what stands around the text."""

    def signing(self) -> Signing:
        """Give who signs."""
        return Signing("", (), ())

    def file_name(self, definition: Document) -> str:
        """Give the file's name without ending."""
        return definition.file[self.language]

    def worded(self, text: str) -> str:
        """Give a text of the library in the words of this document."""
        return text

    def foreign(self, text: str) -> Language | None:
        """Give the language of the officer's words where they stand untranslated in a translation, else None."""
        return self.written if self.written != self.language and text.strip() not in self.translated else None

    @cached_property
    def strings(self) -> Mapping[str, Any]:
        """The labels in the document's language."""
        return self.library.strings(self.language)

    def label(self, key: str, **values: object) -> str:
        """Give a label by its dotted key, with values put in.

        Raises:
            TenderkitError: the strings have no such key; the message names the file.

        ``context.label("offered", floor="15")`` gives "det tilbudte antal (mindst 15)".
        """
        node: Any = self.strings
        for part in key.split("."):
            node = node.get(part) if isinstance(node, Mapping) else None
        if not isinstance(node, str):
            place = Place(self.library.where(f"strings/{self.language}.yaml"), label=key)
            raise TenderkitError(
                Problem("missing-label", f'The label "{key}" is missing.', place, help="Add it in both languages.")
            )
        words = self.worded(node)
        return words.format_map({name: str(value) for name, value in values.items()}) if values else words


class Contractual(Setting):
    """The material of a document in which chosen clauses may stand.

    Attributes:
        plan: the chosen clauses and all that follows from them.
        lot: the lot of a document that is written per lot, else empty.
    """

    plan: Selection
    lot: str

    @property
    def library(self) -> Library:
        """The library that the plan was made from."""
        return self.plan.library

    @property
    def translated(self) -> frozenset[str]:
        """The officer's own words that stand translated in the plan of a reading aid."""
        return self.plan.translated

    @property
    def lot_ids(self) -> list[str]:
        """The lots the document is about; what has no lots is about one without a name."""
        return [self.lot]

    def lot_title(self, lot: str) -> str:
        """Give a lot's title."""
        return lot

    def offers(self, chosen: ChosenClause) -> Mapping[str, Decimal]:
        """Give the offered numbers that bind, by the clause's parameter that they replace."""
        del chosen
        return {}

    def party(self, who: str) -> str:
        """Give the party that a duty is on, by its key in the vocabulary."""
        return self.worded(self.library.vocabulary.parties[who][self.language])
