"""The cleaning example as a plan, and small changes to it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tenderkit.library import Library
from tenderkit.plan import Plan, make_plan
from tenderkit.source import read_yaml
from tenderkit.tender import read_tender

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "cleaning"


def templates(use: str) -> list[str]:
    """Give the contract templates for tenders or for agreements, as their files say it."""
    library = Library()
    found = {}
    for name in library.ids("contract"):
        path = f"contracts/{name}/contract.yaml"
        found[name] = read_yaml(library.text(path), path).data.get("use", ["tender"])
    return [name for name, uses in found.items() if use in uses]


def documents(*stages: str) -> list[str]:
    """Give the documents of some stages, as their files say it."""
    library = Library()
    paths = {name: f"documents/{name}/document.yaml" for name in library.ids("document")}
    return [name for name, path in paths.items() if read_yaml(library.text(path), path).data["stage"] in stages]


def example_text() -> str:
    return (EXAMPLE / "tender.yaml").read_text(encoding="utf-8")


@lru_cache(maxsize=32)
def plan_of(text: str) -> Plan:
    tender, source = read_tender(text, "tender.yaml")
    return make_plan(tender, source, Library())


def cleaning(*changes: tuple[str, str]) -> Plan:
    """Give the plan of the example, with pieces of its text replaced; each piece must be there."""
    text = example_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return plan_of(text)
