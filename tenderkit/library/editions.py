"""Other texts of a clause than the library's present one: an earlier edition, a folder, a published tender."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tenderkit.library.content import Content

CLAUSE_FILES = ("clause.yaml", "da.md", "en.md")
_EDITION = re.compile(r"clauses/([^/]+)/editions/(\d+)/clause\.yaml")


@dataclass(frozen=True)
class Overlaid:
    """Content with some files put in the place of others."""

    base: Content
    texts: Mapping[str, str]
    name: str

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the clauses that are put in the place of others."""
        return frozenset(path.split("/")[1] for path in self.texts if path.startswith("clauses/"))

    def paths(self) -> Iterable[str]:
        """Give all paths, sorted."""
        return sorted({*self.base.paths(), *self.texts})

    def read(self, path: str) -> str:
        """Give the text at a path."""
        return self.texts[path] if path in self.texts else self.base.read(path)

    def where(self, path: str) -> str:
        """Give what messages call the file at a path."""
        return f"{self.name}:{path}" if path in self.texts else self.base.where(path)


def earlier_editions(content: Content, identifier: str) -> list[int]:
    """Give the numbers of a clause's earlier editions, which lie in its folder ``editions``."""
    matches = (_EDITION.fullmatch(path) for path in content.paths())
    return sorted(int(match[2]) for match in matches if match and match[1] == identifier)


def edition(content: Content, identifier: str, number: int) -> Content:
    """Give the content with an earlier edition of a clause in the place of its present one."""
    folder = f"clauses/{identifier}"
    texts = {f"{folder}/{name}": content.read(f"{folder}/editions/{number}/{name}") for name in CLAUSE_FILES}
    return Overlaid(content, texts, f"edition {number}")
