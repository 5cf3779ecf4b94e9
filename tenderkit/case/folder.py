"""Where things lie in a case folder."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenderkit.case.events import Events, read_events
from tenderkit.case.lock import Lock, read_lock
from tenderkit.problems import Place, Problem, TenderkitError

TENDER, AGREEMENT, EVENTS, LOG, INTERNAL = "tender.yaml", "agreement.yaml", "events.yaml", "log.jsonl", ".tenderkit"


def digest(data: bytes) -> str:
    """Give the SHA-256 of a file's bytes as hexadecimal text."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Case:
    """A folder with a tender, or an agreement outside one, and all that was made from it."""

    root: Path

    @property
    def tender_file(self) -> Path:
        """What the officer wrote."""
        return self.root / TENDER

    @property
    def agreement_file(self) -> Path:
        """What the officer wrote of an agreement outside a tender."""
        return self.root / AGREEMENT

    @property
    def is_agreement(self) -> bool:
        """Whether the folder holds an agreement and no tender."""
        return self.agreement_file.is_file() and not self.tender_file.is_file()

    def events(self) -> Events:
        """Give what has happened; nothing when there is no ``events.yaml``.

        Raises:
            TenderkitError: the file is wrong.
        """
        path = self.root / EVENTS
        return read_events(read_text(path), EVENTS) if path.exists() else Events()

    def editions(self) -> list[int]:
        """Give the published editions, oldest first."""
        folder = self.root / "published"
        if not folder.is_dir():
            return []
        return sorted(
            int(item.name) for item in folder.iterdir() if item.name.isdecimal() and (item / "lock.json").is_file()
        )

    def lock(self, edition: int | None = None) -> Lock | None:
        """Give the lock of an edition, or of the newest; None when nothing was published.

        Raises:
            TenderkitError: the lock is unreadable, or it was changed after publication.
        """
        editions = self.editions()
        if not editions:
            return None
        path = self.root / "published" / str(edition or editions[-1]) / "lock.json"
        data = read_bytes(path)
        name = path.relative_to(self.root).as_posix()
        recorded = self.manifest().get(name)
        if recorded and recorded != digest(data):
            raise TenderkitError(
                Problem(
                    "lock-changed",
                    "The lock of the published tender was changed after publication.",
                    Place(name),
                    help="Put the file back from a backup; what was published decides the award.",
                )
            )
        return read_lock(data, name)

    def manifest(self) -> dict[str, str]:
        """Give the hash of every file as tenderkit last wrote it, by path."""
        return self.internal("manifest.json")

    def internal(self, name: str) -> dict[str, Any]:
        """Give one of tenderkit's own files; empty when there is none.

        Raises:
            TenderkitError: the file is damaged.
        """
        path = self.root / INTERNAL / name
        if not path.exists():
            return {}
        try:
            data = json.loads(read_text(path))
        except ValueError as error:
            raise TenderkitError(
                Problem(
                    "damaged-file",
                    "The file is damaged.",
                    Place(f"{INTERNAL}/{name}"),
                    help="Put it back from a backup. Do not edit files in this folder.",
                )
            ) from error
        return dict(data)

    def relative(self, path: Path) -> str:
        """Give a path as messages and the manifest name it."""
        return path.relative_to(self.root).as_posix()


def open_case(folder: Path, *, agreement: bool = False) -> Case:
    """Give the case in a folder; with ``agreement`` also one that holds an agreement in place of a tender.

    Raises:
        TenderkitError: the folder does not exist, holds no ``tender.yaml``, or holds a tender and an agreement.
    """
    case = Case(folder)
    if not folder.is_dir():
        raise TenderkitError(
            Problem(
                "no-such-folder",
                f'There is no folder "{folder}".',
                Place(str(folder)),
                help="Give the folder that holds tender.yaml, or make one: tenderkit new FOLDER --example cleaning",
            )
        )
    _require_one_kind(case, agreement=agreement)
    if case.is_agreement:
        return case
    if not case.tender_file.is_file():
        lacking = "neither tender.yaml nor agreement.yaml" if agreement else "no tender.yaml"
        raise TenderkitError(
            Problem(
                "not-a-case",
                f'The folder "{folder}" holds {lacking}.',
                Place(str(folder)),
                help="Go to the folder that does, or make one: tenderkit new FOLDER --example cleaning",
            )
        )
    return case


def _require_one_kind(case: Case, *, agreement: bool) -> None:
    """Refuse a folder with two cases, and an agreement where a tender is needed."""
    if case.tender_file.is_file() and case.agreement_file.is_file():
        raise TenderkitError(
            Problem(
                "two-cases",
                f'The folder "{case.root}" holds a tender and an agreement.',
                Place(str(case.agreement_file)),
                help="Move one of them to a folder of its own.",
            )
        )
    if case.is_agreement and not agreement:
        raise TenderkitError(
            Problem(
                "not-a-case",
                f'The folder "{case.root}" holds an agreement outside a tender; this command works on tenders.',
                Place(str(case.root)),
                help="An agreement has: tenderkit check, tenderkit build, tenderkit status",
            )
        )


def read_bytes(path: Path) -> bytes:
    """Give a file's bytes.

    Raises:
        TenderkitError: the file cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise TenderkitError(
            Problem(
                "unreadable-file",
                f"The file cannot be read: {error.strerror or error}.",
                Place(str(path)),
                help="Close it in other programs, and check that you may read it.",
            )
        ) from error


def read_text(path: Path) -> str:
    """Give a file's text.

    Raises:
        TenderkitError: the file cannot be read, or is not UTF-8.
    """
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise TenderkitError(
            Problem(
                "not-utf-8",
                "The file is not UTF-8 text.",
                Place(str(path)),
                help="Save it again with the encoding UTF-8.",
            )
        ) from error
