"""The cleaning example as a plan, and small changes to it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tenderkit.library import Library
from tenderkit.plan import Plan, make_plan
from tenderkit.tender import read_tender

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "cleaning"


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
