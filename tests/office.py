"""Helpers for tests of Office files: LibreOffice, PDF text and pictures, and the schema validator.

LibreOffice exits with 0 when it fails, and calls that share a profile lose files; so every call has a fresh profile,
and the file it should have written decides.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from openxml_audit import OpenXmlValidator

# A Danish office that computes every formula anew when it opens a workbook.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>da-DK</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
TIMEOUT = 180


def convert(files: Mapping[str, bytes], kind: str, options: Mapping[str, bool] | None = None) -> dict[str, bytes]:
    """Convert named files in one call of LibreOffice, such as ``{"a.docx": ...}`` to ``pdf`` or ``docx``.

    Args:
        files: bytes by file name; no two may differ in their ending alone.
        kind: the ending to convert to.
        options: switches of the PDF export.

    Raises:
        RuntimeError: LibreOffice is missing, or did not write one of the files.
    """
    program = shutil.which("soffice")
    if program is None:
        raise RuntimeError("LibreOffice (soffice) is not installed")
    with tempfile.TemporaryDirectory(prefix="office-") as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        (folder / "in").mkdir()
        for file, data in files.items():
            (folder / "in" / file).write_bytes(data)
        sources = [str(folder / "in" / file) for file in files]
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", _filter(kind, options), "--outdir", str(folder / "out"), *sources]
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False, text=True)
        written = {file: folder / "out" / f"{Path(file).stem}.{kind}" for file in files}
        lost = [file for file, path in written.items() if not path.is_file() or not path.stat().st_size]
        if lost:
            raise RuntimeError(f"LibreOffice did not convert {', '.join(lost)}: {done.stderr.strip()}")
        return {file: path.read_bytes() for file, path in written.items()}


def _filter(kind: str, options: Mapping[str, bool] | None) -> str:
    if not options:
        return kind
    listed = {name: {"type": "boolean", "value": str(value).lower()} for name, value in options.items()}
    return f"{kind}:writer_pdf_Export:{json.dumps(listed, separators=(',', ':'))}"


def to_pdf(data: bytes, name: str = "document.docx") -> bytes:
    """Give a Word or Excel file as PDF."""
    return convert({name: data}, "pdf")[name]


def recalculated(data: bytes) -> bytes:
    """Give a workbook as LibreOffice computes and saves it; to be read, never to be handed on."""
    return convert({"workbook.xlsx": data}, "xlsx")["workbook.xlsx"]


def pdf_text(pdf: bytes, *, layout: bool = True) -> str:
    """Give the text of a PDF, lines as they are printed."""
    command = ["pdftotext", *(["-layout"] if layout else []), "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, timeout=TIMEOUT, check=True)
    return done.stdout.decode()


def page_pictures(pdf: bytes, folder: Path, *, resolution: int = 60) -> list[Path]:
    """Write each page of a PDF as a PNG into a folder, for a person to look at, and give the files in order."""
    source = folder / "pages.pdf"
    source.write_bytes(pdf)
    command = ["pdftoppm", "-r", str(resolution), "-png", str(source), str(folder / "page")]
    subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=True)
    return sorted(folder.glob("page-*.png"))


def schema_errors(data: bytes, name: str = "document.docx") -> list[str]:
    """Give what the schema validator finds in a Word or Excel file."""
    with tempfile.TemporaryDirectory(prefix="office-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]
