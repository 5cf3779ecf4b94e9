"""The content folders as text: from the installed library, or from the lock of a published tender.

A :class:`Content` maps a relative path such as ``clauses/job-guarantee/da.md`` to its text. Because the lock of a
published edition holds the same mapping, everything that reads content reads a frozen tender in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Protocol

from tenderkit.problems import Place, Problem, TenderkitError

MAX_FILE_BYTES = 1_000_000


class Content(Protocol):
    """Text files by relative path."""

    @property
    def name(self) -> str:
        """What messages call the content; empty for the content of the library itself."""
        ...

    def paths(self) -> Iterable[str]:
        """Give all paths, sorted."""
        ...

    def read(self, path: str) -> str:
        """Give the text at a path; raises KeyError when there is none."""
        ...

    def where(self, path: str) -> str:
        """Give what messages call the file at a path."""
        ...


def _folder_of(path: str) -> str:
    """Give a path as it stands in the source.

    >>> _folder_of("models/lowest-price.yaml")
    'evaluation_models/lowest-price.yaml'
    """
    models = "models/"
    return f"evaluation_models/{path.removeprefix(models)}" if path.startswith(models) else f"clause_templates/{path}"


@dataclass(frozen=True)
class FrozenContent:
    """Content held in memory, as the lock of a published edition holds it."""

    files: Mapping[str, str]
    name: str = "lock.json"

    def paths(self) -> Iterable[str]:
        """Give all paths, sorted."""
        return sorted(self.files)

    def read(self, path: str) -> str:
        """Give the text at a path."""
        return self.files[path]

    def where(self, path: str) -> str:
        """Give what messages call the file at a path."""
        return f"{self.name}:{_folder_of(path)}" if self.name else _folder_of(path)


@dataclass(frozen=True)
class FolderContent:
    """Content in folders on disk: ``clause_templates`` and ``evaluation_models``."""

    root: Path
    name: str = ""

    @cached_property
    def _files(self) -> dict[str, Path]:
        files: dict[str, Path] = {}
        for top, prefix in (("clause_templates", ""), ("evaluation_models", "models/")):
            base = self.root / top
            for file in sorted(base.rglob("*")):
                if file.suffix in {".yaml", ".md"} and not file.is_symlink():
                    files[prefix + PurePosixPath(file.relative_to(base)).as_posix()] = file
        return files

    def paths(self) -> Iterable[str]:
        """Give all paths, sorted."""
        return sorted(self._files)

    def read(self, path: str) -> str:
        """Give the text at a path.

        Raises:
            TenderkitError: the file is too large or no UTF-8 text.
        """
        return read_file(self._files[path])

    def where(self, path: str) -> str:
        """Give what messages call the file at a path."""
        return f"{self.name}:{_folder_of(path)}" if self.name else _folder_of(path)


def read_file(file: Path) -> str:
    """Give the text of a content file.

    Raises:
        TenderkitError: the file is too large or no UTF-8 text.
    """
    if file.stat().st_size > MAX_FILE_BYTES:
        raise TenderkitError(Problem("file-too-large", "A content file has more than 1 MB.", Place(str(file))))
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise TenderkitError(
            Problem(
                "not-utf-8",
                "The file is not UTF-8 text.",
                Place(str(file)),
                help="Save it again with the encoding UTF-8.",
            )
        ) from error


def installed() -> FolderContent:
    """Give the content that travels with tenderkit."""
    package = Path(__file__).resolve().parent.parent
    bundled = package / "content"
    return FolderContent(bundled if bundled.is_dir() else package.parent)
