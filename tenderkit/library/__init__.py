"""The library: clauses, documents, models and words, read from content folders when they are first asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel

from tenderkit.library.checklist import Checklist, LegalRule
from tenderkit.library.clause import Clause
from tenderkit.library.content import Content, FolderContent, FrozenContent, installed
from tenderkit.library.document import Contract, Document, Workbook
from tenderkit.library.editions import Overlaid
from tenderkit.library.house import HouseContent
from tenderkit.library.model import EvaluationModel, Scale
from tenderkit.library.parts import Whole, whole
from tenderkit.library.pitfall import Pitfall
from tenderkit.library.vocabulary import DatedValues, Terms, Vocabulary
from tenderkit.problems import Place, Problem, TenderkitError, nearest
from tenderkit.quantities import Language
from tenderkit.source import read_model, read_yaml

__all__ = ["Clause", "Content", "FolderContent", "FrozenContent", "Library", "installed"]

M = TypeVar("M", bound=BaseModel)
_KINDS = {
    "clause": "clauses/{id}/clause.yaml",
    "document": "documents/{id}/document.yaml",
    "contract": "contracts/{id}/contract.yaml",
    "workbook": "workbooks/{id}/workbook.yaml",
    "model": "models/{id}.yaml",
    "scale": "models/scales/{id}.yaml",
    "pitfall": "models/pitfalls/{id}.yaml",
    "part": "parts/{id}/da.md",
}


@lru_cache(maxsize=512)
def _parsed(model: type[BaseModel], text: str, where: str) -> BaseModel:
    """Give a content file as an object. Objects are frozen, so libraries of one process share those of equal texts."""
    return read_model(model, read_yaml(text, where))


class _DatedFile(RootModel[dict[str, DatedValues]]):
    """``dated_values.yaml``."""


class _LegalRules(RootModel[dict[str, LegalRule]]):
    """``legal_rules.yaml``."""


class _TextTree(RootModel[dict[str, Any]]):
    """A file of labels by key."""


class Library:
    """Content by id. Files are parsed one by one, on first use."""

    def __init__(self, content: Content | None = None) -> None:
        self.content: Content = content or installed()
        self._read: dict[tuple[str, str], Any] = {}

    def ids(self, kind: str) -> list[str]:
        """Give the ids of a kind: clause, document, contract, workbook, model, scale, pitfall or part."""
        pattern = re.compile(re.escape(_KINDS[kind]).replace(r"\{id\}", r"([^/]+)"))
        return sorted(match[1] for path in self.content.paths() if (match := pattern.fullmatch(path)))

    def _get(self, kind: str, model: type[M], identifier: str) -> M:
        key = (kind, identifier)
        if key not in self._read:
            path = _KINDS[kind].format(id=identifier)
            known = self.ids(kind)
            if identifier not in known:
                raise TenderkitError(
                    Problem(
                        f"unknown-{kind}",
                        f'There is no {kind} "{identifier}" in the library.',
                        help=nearest(identifier, known),
                        values={"id": identifier},
                    )
                )
            self._read[key] = self._parse(model, path)
        return self._read[key]  # type: ignore[no-any-return]  # keyed by kind, so of that kind's model

    def _parse(self, model: type[M], path: str) -> M:
        return _parsed(model, self.text(path), self.where(path))  # type: ignore[return-value]  # keyed by the model

    def where(self, path: str) -> str:
        """Give a content file's name for messages."""
        return self.content.where(path)

    def text(self, path: str) -> str:
        """Give a content file's text.

        Raises:
            TenderkitError: there is no such file.
        """
        try:
            return self.content.read(path)
        except KeyError as error:
            raise TenderkitError(
                Problem(
                    "missing-content",
                    "The file is missing.",
                    Place(self.where(path)),
                    help="Add it, or install tenderkit again.",
                )
            ) from error

    def whole(self, path: str, language: Language) -> Whole:
        """Give a contract's or document's text with the parts that it shares with others put in.

        Raises:
            TenderkitError: the text or a part is missing.
        """
        self.text(path)
        return whole(self.content, path, language, self.where)

    def clause(self, identifier: str) -> Clause:
        """Give a clause by its id, the folder's name."""
        return self._get("clause", Clause, identifier)

    def original(self, identifier: str) -> Clause | None:
        """Give the library's clause that an authority's own stands in the place of; None when there is none."""
        if not isinstance(self.content, (HouseContent, Overlaid)) or identifier not in self.content.ids:
            return None
        base = Library(self.content.base)
        return base.clause(identifier) if identifier in base.ids("clause") else None

    def document(self, identifier: str) -> Document:
        """Give a document's description."""
        return self._get("document", Document, identifier)

    def contract(self, identifier: str) -> Contract:
        """Give a contract's description."""
        return self._get("contract", Contract, identifier)

    def workbook(self, identifier: str) -> Workbook:
        """Give a workbook's words."""
        return self._get("workbook", Workbook, identifier)

    def model(self, identifier: str) -> EvaluationModel:
        """Give an evaluation model."""
        return self._get("model", EvaluationModel, identifier)

    def scale(self, identifier: str) -> Scale:
        """Give a scale."""
        return self._get("scale", Scale, identifier)

    def pitfall(self, identifier: str) -> Pitfall:
        """Give a known way in which an evaluation can go wrong."""
        return self._get("pitfall", Pitfall, identifier)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The closed lists."""
        return self._parse(Vocabulary, "vocabulary.yaml")

    @cached_property
    def terms(self) -> Terms:
        """Words that a tender must not use."""
        return self._parse(Terms, "terms.yaml")

    @cached_property
    def dated_values(self) -> Mapping[str, DatedValues]:
        """Thresholds and the like, by name."""
        return self._parse(_DatedFile, "dated_values.yaml").root

    @cached_property
    def legal_rules(self) -> Mapping[str, LegalRule]:
        """The rules of the field by their ids."""
        return self._parse(_LegalRules, "legal_rules.yaml").root

    @cached_property
    def checklist(self) -> Checklist:
        """The questions that only a person can answer."""
        return self._parse(Checklist, "checklist.yaml")

    def strings(self, language: Language) -> Mapping[str, Any]:
        """Give the labels of generated parts, as nested mappings of text."""
        key = ("strings", language)
        if key not in self._read:
            self._read[key] = self._parse(_TextTree, f"strings/{language}.yaml").root
        return self._read[key]  # type: ignore[no-any-return]  # as above
