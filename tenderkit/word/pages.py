"""On which page each bookmark stands, counted by LibreOffice where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from tenderkit.assembly.tree import Document
from tenderkit.problems import Problem, TenderkitError
from tenderkit.word.render import render
from tenderkit.word.session import TOTAL

Mode = Literal["auto", "yes", "no"]
_TIMEOUT_SECONDS = 180
_FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    {
        "ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"},
        "ExportNotes": {"type": "boolean", "value": "false"},
    },
    separators=(",", ":"),
)


def render_with_pages(document: Document, base: bytes | None = None, mode: Mode = "auto") -> bytes:
    """Give a document as a .docx whose list of contents has page numbers where they can be counted.

    With ``auto`` the numbers are left out when LibreOffice is not installed, with ``no`` always. The layout is
    LibreOffice's: in a long document Word may differ by a page until its fields are brought up to date.

    Raises:
        TenderkitError: as :func:`~tenderkit.word.render.render`; with ``yes`` also when the pages cannot be counted.
    """
    first = render(document, base)
    if mode == "no" or not document.contents:
        return first
    pages = page_numbers(first)
    if pages is None:
        if mode == "yes":
            raise TenderkitError(
                Problem(
                    "no-page-numbers",
                    f"{document.title}: the pages could not be counted.",
                    help="Install LibreOffice Writer so that soffice is found, or use --page-numbers no.",
                )
            )
        return first
    return render(document, base, pages)


def page_numbers(docx: bytes) -> Mapping[str, int] | None:
    """Give the page of each bookmark of a .docx and, by the name ``_total``, the number of pages.

    None when LibreOffice is not installed or cannot set the file. Pages are counted from 1.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="tenderkit-") as folder:
        pdf = _to_pdf(program, docx, Path(folder))
        return None if pdf is None else _destinations(pdf)


def _to_pdf(program: str, docx: bytes, folder: Path) -> Path | None:
    """Set the file with a profile of its own: calls that share one lose files without saying so."""
    source, target = folder / "document.docx", folder / "document.pdf"
    source.write_bytes(docx)
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", _FILTER, "--outdir", str(folder), str(source)]
    try:
        subprocess.run(command, capture_output=True, timeout=_TIMEOUT_SECONDS, check=False)  # noqa: S603 - found on the path
    except (OSError, subprocess.TimeoutExpired):
        return None
    # it exits with 0 when it fails, so only the file tells
    return target if target.is_file() and target.stat().st_size else None


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
