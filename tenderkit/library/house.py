"""An authority's own clauses, laid over the library's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tenderkit.library.content import Content, read_file
from tenderkit.problems import Place, Problem, TenderkitError

_CLAUSE = re.compile(r"clauses/([a-z][a-z0-9-]{0,39})/.+")


@dataclass(frozen=True)
class HouseContent:
    """The library's content with an authority's own clauses added, or put in the place of the library's.

    ``folder`` holds one folder for each clause, as ``clause_templates/clauses`` does. Other files in it are not read.
    """

    base: Content
    folder: Path

    @property
    def name(self) -> str:
        """What messages call the content."""
        return self.base.name

    @cached_property
    def _clauses(self) -> dict[str, str]:
        """The own clauses' files: their path in the library, and their text."""
        found: dict[str, str] = {}
        for folder in sorted(self.folder.iterdir()):
            if folder.is_symlink() or not (folder / "clause.yaml").is_file():
                continue
            for name in ("clause.yaml", "da.md", "en.md"):
                path = f"clauses/{folder.name}/{name}"
                if _CLAUSE.fullmatch(path) and (folder / name).is_file() and not (folder / name).is_symlink():
                    found[path] = f"{folder.name}/{name}"
        return found

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the authority's own clauses."""
        return frozenset(path.split("/")[1] for path in self._clauses)

    def paths(self) -> Iterable[str]:
        """Give all paths, sorted."""
        return sorted({*self.base.paths(), *self._clauses})

    def read(self, path: str) -> str:
        """Give the text at a path: the authority's own before the library's."""
        return read_file(self.folder / self._clauses[path]) if path in self._clauses else self.base.read(path)

    def where(self, path: str) -> str:
        """Give what messages call the file at a path."""
        return str(self.folder / self._clauses[path]) if path in self._clauses else self.base.where(path)


def house_content(base: Content, folder: Path) -> HouseContent:
    """Give the library's content with the clauses of a folder laid over it.

    Raises:
        TenderkitError: the folder is missing or holds no clause.
    """
    found = HouseContent(base, folder)
    if not folder.is_dir() or not found.ids:
        what = "holds no clause" if folder.is_dir() else "does not exist"
        raise TenderkitError(
            Problem(
                "no-house-clauses",
                f'The folder "{folder}" {what}.',
                Place(str(folder)),
                help="It must hold one folder for each clause, with clause.yaml, da.md and en.md. "
                "Make one: tenderkit clause new ID --clauses FOLDER",
            )
        )
    return found
