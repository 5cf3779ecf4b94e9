"""How fast is a package built? Compared with docxtpl rendering templates that give the same documents.

The templates hold the same number of paragraphs and tables with the same text.
"""

from __future__ import annotations

import copy
import io
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from measuring import alternate, process_peak, verdict
from pypdf import PdfReader

import tenderkit

AIM = 1.0
CHARACTERS_PER_PAGE = 2400
_BUILD = """
import sys, tenderkit
from pathlib import Path
tenderkit.build(Path(sys.argv[1]), page_numbers="no")
"""


def run(runs: int, folder: Path) -> bool:
    """Compare our build of the cleaning package with docxtpl's rendering; tell whether the aim is reached."""
    case = folder / "case"
    tenderkit.new(case)
    begin = time.perf_counter()
    tenderkit.build(case, page_numbers="no")
    first = time.perf_counter() - begin
    written = (path for part in ("draft", "file") for path in sorted((case / part).rglob("*.docx")))
    package = {path.name: path.read_bytes() for path in written}
    workbooks = len(list((case / "draft").rglob("*.xlsx")))
    twins = {name: likeness(data) for name, data in package.items()}
    rendered = {name: twin.render() for name, twin in twins.items()}
    ours, theirs = alternate(
        runs,
        lambda: tenderkit.build(case, page_numbers="no"),
        lambda: [twin.render() for twin in twins.values()],
    )
    own_pages, how = pages(package, folder / "ours")
    their_pages, _ = pages(rendered, folder / "theirs")
    paragraphs, tables = (sum(getattr(twin, part) for twin in twins.values()) for part in ("paragraphs", "tables"))
    print(f"Building, median of {runs} alternating runs in one process; pages counted by {how}")
    print(f"  tenderkit build (draft): checks, {len(package)} Word documents, {workbooks} workbooks, files written")
    print(f"    {ours:6.2f} s  {own_pages:4} pages  {ours / own_pages * 1000:6.1f} ms a page")
    print(f"    {first:6.2f} s  for the first build, which also loads libraries and reads each text for the first time")
    alike = f"{paragraphs} paragraphs, {tables} tables"
    print(f"  docxtpl: {len(twins)} templates made of the same documents ({alike}), ready made, only rendered")
    print(f"    {theirs:6.2f} s  {their_pages:4} pages  {theirs / their_pages * 1000:6.1f} ms a page")
    print(f"  memory: a build in a process of its own peaks at {process_peak(_BUILD, str(case)):.0f} MB")
    return verdict("  ratio per page", (ours / own_pages) / (theirs / their_pages), AIM)


@dataclass(frozen=True)
class Likeness:
    """A docxtpl template and its context that give a document as large as one of ours."""

    template: bytes
    context: Mapping[str, Any]
    paragraphs: int
    tables: int

    def render(self) -> bytes:
        """Render with docxtpl; it edits the template it has opened, so each time one is opened."""
        template = DocxTemplate(io.BytesIO(self.template))
        template.render(dict(self.context))
        stream = io.BytesIO()
        template.save(stream)
        return stream.getvalue()


def likeness(data: bytes) -> Likeness:
    """Make a template of one of our documents: same styles and layout, but all text comes from the context.

    Each paragraph holds one tag, each table its head and one row that docxtpl repeats.
    """
    document = docx.Document(io.BytesIO(data))
    texts: list[str] = []
    tables: list[list[list[str]]] = []
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            tables.append(_repeat_rows(item, len(tables)))
        elif item.text:
            texts.append(item.text)
            _say(item, f"{{{{ texts[{len(texts) - 1}] }}}}")
    stream = io.BytesIO()
    document.save(stream)
    return Likeness(stream.getvalue(), {"texts": texts, "tables": tables}, len(texts), len(tables))


def _say(paragraph: Paragraph, text: str) -> None:
    """Let a paragraph hold one run with a text, and keep its style and its place in a list."""
    for child in paragraph._p.xpath("./*[not(self::w:pPr)]"):  # noqa: SLF001 - python-docx cannot remove what it does not know
        paragraph._p.remove(child)  # noqa: SLF001 - as above
    paragraph.add_run(text)


def _repeat_rows(table: Table, number: int) -> list[list[str]]:
    """Leave the head of a table and one row, repeated for the rows of the context; give those rows."""
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    grid, repeated = table._tbl, table.rows[-1]  # noqa: SLF001 - python-docx cannot add and remove rows at a place
    for row in table.rows[1:-1]:
        grid.remove(row._tr)  # noqa: SLF001 - as above
    for tag, before in ((f"{{%tr for row in tables[{number}] %}}", True), ("{%tr endfor %}", False)):
        loop = copy.deepcopy(repeated._tr)  # noqa: SLF001 - as above
        (repeated._tr.addprevious if before else repeated._tr.addnext)(loop)  # noqa: SLF001 - as above
        _fill(_Row(loop, table), [tag])
    _fill(repeated, [f"{{{{ row[{column}] }}}}" for column in range(len(repeated.cells))])
    return rows[1:] or rows


def _fill(row: _Row, texts: Sequence[str]) -> None:
    for number, cell in enumerate(row.cells):
        for paragraph in cell.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - as above
        _say(cell.paragraphs[0], texts[number] if number < len(texts) else "")


def pages(documents: Mapping[str, bytes], folder: Path) -> tuple[int, str]:
    """Give the number of pages and how it was counted: by LibreOffice, or else by the length of the text."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    folder.mkdir()
    if program is None:
        return sum(_by_length(data) for data in documents.values()), f"text, {CHARACTERS_PER_PAGE} characters a page"
    for name, data in documents.items():
        (folder / name).write_bytes(data)
    command: Sequence[str] = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    files = [str(folder / name) for name in documents]
    convert = ["--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *convert, *files], check=True, capture_output=True, timeout=600)
    return sum(len(PdfReader(folder / f"{Path(name).stem}.pdf").pages) for name in documents), "LibreOffice"


def _by_length(data: bytes) -> int:
    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    length = sum(len(text) for text in (*(item.text for item in document.paragraphs), *cells))
    return max(1, -(-length // CHARACTERS_PER_PAGE))
