"""Writing files so that nothing is lost: all or none, and never over something that a person edited.

Files are first written aside, then the new hashes are recorded, then each is renamed into place. A file that was
edited by hand since tenderkit wrote it stays, and the new one lies beside it as ``name.ny.docx``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import getpass
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tenderkit.case.folder import INTERNAL, LOG, Case, digest, read_bytes
from tenderkit.problems import Place, Problem, TenderkitError


@dataclass(frozen=True)
class Written:
    """A file and what became of it: ``written``, ``unchanged``, or ``beside`` an edited one."""

    path: str
    how: Literal["written", "unchanged", "beside"]

    def as_dict(self) -> dict[str, str]:
        """Give the file as plain data for ``--format json``."""
        return {"path": self.path, "how": self.how}


def write_all(
    case: Case, files: Mapping[str, bytes], command: str, internal: Mapping[str, object] | None = None
) -> list[Written]:
    """Write files into the case, all or none, and log them.

    Args:
        case: the case.
        files: bytes by path relative to the case.
        command: the command's name for the log.
        internal: tenderkit's own files to replace with them, as plain data by name.

    Raises:
        TenderkitError: no rights, no space, or a file is open in another program; then nothing was changed.
    """
    manifest = case.manifest()
    targets = [_target(case, path, data, manifest) for path, data in sorted(files.items())]
    outcome = [Written(path, how) for path, how, _ in targets]
    changed = {path: data for path, how, data in targets if how != "unchanged"}
    manifest.update({path: digest(data) for path, _, data in targets})
    own = {
        f"{INTERNAL}/{name}": json.dumps(data, indent=1, sort_keys=True).encode()
        for name, data in {**(internal or {}), "manifest.json": manifest}.items()
    }
    with _as_problem(case):
        _replace_all(case, {**changed, **own})
        if changed:
            _log(case, command, outcome, {path: digest(data) for path, _, data in targets})
    return outcome


def write_new(folder: Path, files: Mapping[str, bytes]) -> list[Written]:
    """Write files into a folder that is no case, all or none, and never over a file that says something else.

    Raises:
        TenderkitError: a file is there already, no rights, no space.
    """
    there = {path: (folder / path).read_bytes() if (folder / path).exists() else None for path in files}
    taken = [path for path, data in files.items() if there[path] not in {None, data}]
    if taken:
        raise TenderkitError(
            Problem(
                "file-exists",
                f'There is a file "{path}" already; it was left as it is.',
                Place(str(folder / path)),
                help="Choose another name, or move the old file away.",
            )
            for path in taken
        )
    with _as_problem(Case(folder)):
        _replace_all(Case(folder), {path: data for path, data in files.items() if there[path] is None})
        with contextlib.suppress(OSError):
            (folder / INTERNAL).rmdir()
    return [Written(path, "written" if there[path] is None else "unchanged") for path in sorted(files)]


def _target(
    case: Case, path: str, data: bytes, manifest: Mapping[str, str]
) -> tuple[str, Literal["written", "unchanged", "beside"], bytes]:
    """Choose where a file goes: its place, or beside an edited file of that name."""
    stem, ending = os.path.splitext(path)  # noqa: PTH122 - a relative name, not a path on disk
    number = 0
    candidate = path
    while True:
        place = case.root / candidate
        if not place.exists():
            return candidate, "beside" if number else "written", data
        current = digest(read_bytes(place))
        if current == digest(data):
            return candidate, "unchanged", data
        if manifest.get(candidate) == current:
            return candidate, "beside" if number else "written", data
        number += 1
        candidate = f"{stem}.ny{number if number > 1 else ''}{ending}"


def _replace_all(case: Case, files: Mapping[str, bytes]) -> None:
    """Write aside, then rename; put everything back when a rename fails."""
    aside = case.root / INTERNAL / "aside"
    staged: list[tuple[Path, Path]] = []
    previous: list[tuple[Path, bytes | None]] = []
    try:
        aside.mkdir(parents=True, exist_ok=True)
        for i, (path, data) in enumerate(files.items()):
            temporary = aside / f"{os.getpid()}-{i}"
            staged.append((temporary, case.root / path))
            _write(temporary, data)
        for temporary, target in staged:
            target.parent.mkdir(parents=True, exist_ok=True)
            previous.append((target, target.read_bytes() if target.exists() else None))
            temporary.replace(target)
    except OSError:
        for target, before in previous:
            with contextlib.suppress(OSError):
                if before is None:
                    target.unlink(missing_ok=True)
                else:
                    target.write_bytes(before)
        raise
    finally:
        for temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            aside.rmdir()


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _log(case: Case, command: str, outcome: list[Written], hashes: Mapping[str, str]) -> None:
    """Append a line to the log: who, when, which command, which files with their hashes."""
    entry = {
        "when": dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
        "who": _user(),
        "command": command,
        "files": [{"path": item.path, "how": item.how, "sha256": hashes[item.path]} for item in outcome],
    }
    with (case.root / LOG).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


@contextlib.contextmanager
def _as_problem(case: Case) -> Iterator[None]:
    """Turn what the file system says into a problem with the next step."""
    try:
        yield
    except OSError as error:
        place = Place(str(error.filename2 or error.filename or case.root))
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            problem = Problem(
                "disk-full",
                "The disk is full; nothing was changed.",
                place,
                help="Make room, then run the command again.",
            )
        elif error.errno in {errno.EACCES, errno.EPERM, errno.EBUSY, errno.EROFS, errno.ETXTBSY}:
            problem = Problem(
                "cannot-write",
                f"The file cannot be written: {error.strerror}; nothing was changed.",
                place,
                help="Close it in Word and Excel, check that you may write in the folder, then run the command again.",
            )
        else:
            problem = Problem(
                "cannot-write",
                f"The file cannot be written: {error.strerror or error}; nothing was changed.",
                place,
                help="Name a folder that exists or can be made; no part of its path may be a file.",
            )
        raise TenderkitError(problem) from error
