"""On which page each bookmark stands, counted by LibreOffice where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from tenderkit.assembly.tree import Document
from tenderkit.problems import Problem, TenderkitError
from tenderkit.word.render import render
from tenderkit.word.session import TOTAL

Mode = Literal["auto", "yes", "no"]
_START_SECONDS, _FILE_SECONDS = 120, 60
_FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    {
        "ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"},
        "ExportNotes": {"type": "boolean", "value": "false"},
    },
    separators=(",", ":"),
)


def render_with_pages(document: Document, base: bytes | None = None, mode: Mode = "auto") -> bytes:
    """Give one document as :func:`render_all` gives several."""
    return render_all([document], base, mode)[0]


def render_all(documents: Sequence[Document], base: bytes | None = None, mode: Mode = "auto") -> list[bytes]:
    """Give documents as .docx files whose lists of contents have page numbers where they can be counted.

    With ``auto`` the numbers are left out when LibreOffice is not installed, with ``no`` always. All pages are counted
    in one call of LibreOffice, whose start takes longer than a document. The layout is LibreOffice's: in a long
    document Word may differ by a page until its fields are brought up to date.

    Raises:
        TenderkitError: as :func:`~tenderkit.word.render.render`; with ``yes`` also when the pages cannot be counted.
    """
    files = [render(document, base) for document in documents]
    listed = [i for i, document in enumerate(documents) if document.contents]
    if mode == "no" or not listed:
        return files
    for i, pages in zip(listed, _count([files[i] for i in listed]), strict=True):
        if pages is not None:
            files[i] = render(documents[i], base, pages)
        elif mode == "yes":
            raise TenderkitError(
                Problem(
                    "no-page-numbers",
                    f"{documents[i].title}: the pages could not be counted.",
                    help="Install LibreOffice Writer so that soffice is found, or use --page-numbers no.",
                )
            )
    return files


def page_numbers(docx: bytes) -> Mapping[str, int] | None:
    """Give the page of each bookmark of a .docx and, by the name ``_total``, the number of pages.

    None when LibreOffice is not installed or cannot set the file. Pages are counted from 1.
    """
    return _count([docx])[0]


def _count(files: Sequence[bytes]) -> list[Mapping[str, int] | None]:
    """Give the pages of each file's bookmarks; None for each when LibreOffice is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return [None] * len(files)
    with tempfile.TemporaryDirectory(prefix="tenderkit-") as folder:
        return [None if pdf is None else _destinations(pdf) for pdf in _to_pdf(program, files, Path(folder))]


def _to_pdf(program: str, files: Sequence[bytes], folder: Path) -> list[Path | None]:
    """Set the files with a profile of their own: calls that share one lose files without saying so."""
    sources = [folder / f"document-{i}.docx" for i in range(len(files))]
    for source, data in zip(sources, files, strict=True):
        source.write_bytes(data)
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", _FILTER, "--outdir", str(folder), *map(str, sources)]
    timeout = _START_SECONDS + _FILE_SECONDS * len(files)
    try:
        subprocess.run(command, capture_output=True, timeout=timeout, check=False)  # noqa: S603 - found on the path
    except (OSError, subprocess.TimeoutExpired):
        return [None] * len(files)
    # it exits with 0 when it fails, so only the files tell
    targets = [source.with_suffix(".pdf") for source in sources]
    return [target if target.is_file() and target.stat().st_size else None for target in targets]


def _destinations(pdf: Path) -> dict[str, int] | None:
    """Read the named destinations; LibreOffice writes the underscore in a name as its code, 5F."""
    from pypdf import PdfReader  # noqa: PLC0415 - only needed where LibreOffice is
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(pdf)
        found = {TOTAL: len(reader.pages)}
        for name, destination in reader.named_destinations.items():
            page = reader.get_destination_page_number(destination)
            if page is not None and page >= 0:
                found[name.removeprefix("/").replace("5F", "_")] = page + 1
    except PyPdfError:
        return None
    return found
