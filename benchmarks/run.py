"""Three questions, answered as ratios in one run: how fast does tenderkit start, read its library, build a package?

Start-up is compared with a bare click program with as many commands, the library with reading the same bytes, building
with docxtpl rendering templates that hold the same number of paragraphs and tables with the same text. See README.md.
"""

from __future__ import annotations

import argparse
import copy
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import docx
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from pypdf import PdfReader

import tenderkit
from tenderkit.cli import main as command_line

CHARACTERS_PER_PAGE = 2400
START_UP_AIM, BUILD_AIM, LIBRARY_AIM = 1.5, 1.0, 20.0
_KINDS = ("clause", "document", "contract", "workbook", "model", "scale")
_BARE = '''"""A bare click program with {count} commands."""
import click

@click.group()
def main():
    """A bare program."""
{commands}
'''
_BARE_COMMAND = '''
@main.command("{name}")
@click.argument("folder", default=".")
def {name}_(folder):
    """Do something with a folder."""
'''
_MEMORY = """
import sys, tenderkit
from pathlib import Path
tenderkit.build(Path(sys.argv[1]), page_numbers="no")
try:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))
except ImportError:
    print("nan")
"""


# Start-up


def start_up(runs: int, folder: Path) -> float:
    """Give the ratio of the median times of ``--help``, ours by the bare program's; the two take turns."""
    if not isinstance(command_line, click.Group):
        raise TypeError("the command line has no commands")
    names = command_line.list_commands(click.Context(command_line))
    commands = "".join(_BARE_COMMAND.format(name=name) for name in names)
    (folder / "bare_program.py").write_text(_BARE.format(count=len(names), commands=commands), encoding="utf-8")
    programs = {
        "tenderkit": "from tenderkit.cli import main; main(prog_name='tenderkit')",
        "bare click": "from bare_program import main; main(prog_name='bare')",
    }
    times: dict[str, list[float]] = {name: [] for name in programs}
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    for turn in range(runs + 2):
        for name, code in programs.items():
            begin = time.perf_counter()
            command = [sys.executable, "-c", code, "--help"]
            subprocess.run(command, check=True, capture_output=True, env=environment)
            if turn >= 2:  # noqa: PLR2004 - the first two turns warm the disk and compile
                times[name].append(time.perf_counter() - begin)
    ours, bare = (statistics.median(times[name]) for name in programs)
    print(
        f"Start-up of --help, median of {runs} alternating runs in processes of their own, {len(names)} commands each"
    )
    print(f"  tenderkit    {ours * 1000:7.1f} ms")
    print(f"  bare click   {bare * 1000:7.1f} ms")
    return verdict("  ratio", ours / bare, START_UP_AIM)


# The library


def library(runs: int) -> float:
    """Give the ratio of the times: all content read, checked and made into objects, by only reading its bytes."""
    from tenderkit import library as home  # noqa: PLC0415 - what is measured is the parsing, not the import
    from tenderkit.library import Library, installed  # noqa: PLC0415 - as above

    def load() -> None:
        home._parsed.cache_clear()  # noqa: SLF001 - a process keeps what it has parsed
        fresh = Library()
        for kind in _KINDS:
            for identifier in fresh.ids(kind):
                getattr(fresh, kind)(identifier)

    def read() -> None:
        content = installed()
        for path in content.paths():
            content.read(path)

    load()
    ours, bytes_only = alternate(runs * 2, load, read)
    count = sum(len(Library().ids(kind)) for kind in _KINDS)
    print(f"The library, median of {runs * 2} alternating runs in one process: {count} clauses, documents and models")
    print(f"  all read and checked      {ours * 1000:7.1f} ms")
    print(f"  the same bytes only read  {bytes_only * 1000:7.1f} ms")
    return verdict("  ratio", ours / bytes_only, LIBRARY_AIM)


# Building


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


def building(runs: int, folder: Path) -> float:
    """Give the ratio of the times per page: our build of the cleaning package by docxtpl's rendering."""
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
    return verdict("  ratio per page", (ours / own_pages) / (theirs / their_pages), BUILD_AIM)


def alternate(runs: int, *works: Callable[[], object]) -> Iterator[float]:
    """Give the median time of each work; they take turns, so that a busy machine is busy for all."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, measured in zip(works, times, strict=True):
            begin = time.perf_counter()
            work()
            measured.append(time.perf_counter() - begin)
    return (statistics.median(measured) for measured in times)


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


def memory(folder: Path) -> None:
    """Print the peak memory of a build in a process of its own."""
    case = folder / "memory"
    tenderkit.new(case)
    done = subprocess.run([sys.executable, "-c", _MEMORY, str(case)], check=True, capture_output=True, text=True)
    print(f"Memory: a build in a process of its own peaks at {float(done.stdout.split()[-1]):.0f} MB")


def verdict(what: str, ratio: float, aim: float) -> float:
    """Print a ratio beside its aim."""
    print(f"{what}  {ratio:.2f}  (aim: {aim} or less{'' if ratio <= aim else '; MISSED'})\n")
    return ratio


def main() -> int:
    """Run all and give 1 when an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of a build; start-up takes four times as many")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        first = start_up(runs * 4, Path(folder))
        third = library(runs)
        second = building(runs, Path(folder))
        memory(Path(folder))
    return int(first > START_UP_AIM or second > BUILD_AIM or third > LIBRARY_AIM)


if __name__ == "__main__":
    sys.exit(main())
