"""Office files as zip packages: written with the same bytes every time, read within bounds.

A .docx or .xlsx that comes back from outside is untrusted: the number of parts, their size unpacked and the XML in
them are bounded before any library opens the file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from tenderkit.problems import Place, Problem, TenderkitError

MAX_FILE_BYTES = 20_000_000
MAX_PARTS = 2_000
MAX_PART_BYTES = 60_000_000
MAX_TOTAL_BYTES = 150_000_000
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def read_parts(data: bytes, name: str) -> dict[str, bytes]:
    """Give the parts of a package by name.

    Raises:
        TenderkitError: the data is no zip, is cut off, is too large, has a suspicious name, or an XML part that
            declares entities.
    """
    place = Place(name)
    if len(data) > MAX_FILE_BYTES:
        raise TenderkitError(
            Problem("file-too-large", f"The file is larger than {MAX_FILE_BYTES // 1_000_000} MB.", place)
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive, name)
            parts = {info.filename: _read(archive, info, name) for info in archive.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise TenderkitError(
            Problem(
                "not-an-office-file",
                "The file is not a Word or Excel file, or it is cut off.",
                place,
                help="Ask for the file again, saved as .xlsx or .docx without a password.",
            )
        ) from error
    for part, content in parts.items():
        if part.endswith((".xml", ".rels")) and _is_odd(content):
            raise TenderkitError(
                Problem(
                    "unsafe-office-file", f'The part "{part}" declares a document type or has an odd encoding.', place
                )
            )
    return parts


def _is_odd(content: bytes) -> bool:
    """Tell whether an XML part declares a document type, or is not UTF-8, in which a document type could hide."""
    head = content[:200].lower()
    return (
        b"<!DOCTYPE" in content
        or b"<!ENTITY" in content
        or content.startswith(_BYTE_ORDER_MARKS)
        or b"utf-16" in head
        or b"utf-32" in head
    )


def _check_directory(archive: zipfile.ZipFile, name: str) -> None:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    too_big = any(info.file_size > MAX_PART_BYTES for info in infos)
    if len(infos) > MAX_PARTS or too_big or sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
        raise TenderkitError(
            Problem(
                "file-too-large",
                "The file unpacks to more than a form can hold.",
                Place(name),
                help="Ask for the form again; do not open this file.",
            )
        )
    odd = [part for part in names if part.startswith("/") or "\\" in part or ".." in part.split("/")]
    if odd or len(set(names)) != len(names):
        raise TenderkitError(
            Problem("unsafe-office-file", "The file has parts with odd or repeated names.", Place(name))
        )


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    with archive.open(info) as stream:
        content = stream.read(MAX_PART_BYTES + 1)
    if len(content) > MAX_PART_BYTES:
        raise TenderkitError(Problem("file-too-large", "The file unpacks to more than a form can hold.", Place(name)))
    return content


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """Give a package with its parts in a fixed order and without times, so that equal parts give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n != "_rels/.rels", n)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o600 << 16
            archive.writestr(info, parts[name])
    return buffer.getvalue()
