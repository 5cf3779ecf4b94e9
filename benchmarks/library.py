"""How fast is the library read? Compared with reading the same bytes and making nothing of them."""

from __future__ import annotations

from pathlib import Path

from measuring import alternate, verdict

from tenderkit import library as home
from tenderkit.library import Library, installed

AIM = 20.0
_KINDS = ("clause", "document", "contract", "workbook", "model", "scale", "pitfall")


def run(runs: int, _: Path) -> bool:
    """Compare all content read, checked and made into objects with only reading its bytes."""

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
    print(f"The library, median of {runs * 2} alternating runs in one process: {count} clauses, documents and others")
    print(f"  all read and checked      {ours * 1000:7.1f} ms")
    print(f"  the same bytes only read  {bytes_only * 1000:7.1f} ms")
    return verdict("  ratio", ours / bytes_only, AIM)
