"""Options and fixtures of all tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("steady")

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "cleaning"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden texts instead of comparing")
    parser.addoption("--fill-examples", action="store_true", help="write the examples' filled workbooks anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs LibreOffice where it is missing; where it is required, fail instead."""
    if shutil.which("soffice") or os.environ.get("TENDERKIT_REQUIRE_LIBREOFFICE"):
        return
    for item in items:
        if "libreoffice" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="LibreOffice (soffice) is not installed"))


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
