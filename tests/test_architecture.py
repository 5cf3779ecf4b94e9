"""Imports point to the right only, along the line that the architecture page draws."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "tenderkit"
LAYERS = (
    {"cli"},
    {"api"},
    {"word", "excel", "case"},
    {"checks", "drafting"},
    {"assembly"},
    {"advice"},
    {"plan"},
    {"tender"},
    {"stress", "charts"},
    {"calculation", "evaluation"},
    {"library"},
    {"formula"},
    {"source"},
    {"quantities", "package"},
    {"problems"},
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "tenderkit":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tenderkit."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("tenderkit."))


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_every_part_has_a_place_in_the_line() -> None:
    parts = {part_of(path) for path in MODULES} - {"__init__", "__main__"}
    assert len(parts) > 10
    assert parts == set(LEVEL)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_to_the_right_only(path: Path) -> None:
    part = part_of(path)
    if part in {"__init__", "__main__"}:
        return
    for imported in imports(path):
        if imported in {part, "__version__"}:
            continue
        assert LEVEL[part] < LEVEL[imported], f"{path.name} in {part} imports {imported}"


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("docx", "word"),
        ("openpyxl", "excel"),
        ("xlsxwriter", "excel"),
        ("click", "cli"),
        ("jinja2", "assembly"),
        ("matplotlib", "charts"),
    ],
)
def test_each_outside_library_is_in_one_place(library: str, home: str) -> None:
    users = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            if any(name.split(".")[0] == library for name in names):
                users.add(part_of(path))
    assert users == {home}


def test_no_module_has_grown_too_large() -> None:
    long = {path.name: lines for path in MODULES if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 330}
    assert not long
