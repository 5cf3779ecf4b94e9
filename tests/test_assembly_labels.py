"""The labels of generated parts: the same keys and fill-ins in both languages, none missing and none left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from tenderkit.library import Library
from tenderkit.library.clause import Offer, Requirement
from tenderkit.library.model import Edges
from tenderkit.tender import Contract, Procedure

PACKAGE = Path(__file__).parent.parent / "tenderkit"
ASSEMBLY = sorted((PACKAGE / "assembly").rglob("*.py"))
WORD = sorted((PACKAGE / "word").rglob("*.py"))
DRAFTING = sorted((PACKAGE / "drafting").rglob("*.py"))
_ALWAYS_SAID = ("single_bid", "all_equal", "outside")  # the other rules are said where they refuse something
SAYING = {"label", "paragraph", "point"}


@cache
def labels(language: str) -> dict[str, str]:
    return dict(flat(Library().strings("da" if language == "da" else "en")))


def flat(node: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def pattern(node: ast.expr) -> str:
    """Give an expression that matches the texts that a constant or an f-string can be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[^.]+" for part in node.values)
        return "".join(parts)
    return ""


def texts(path: Path) -> Iterator[str]:
    """Give a pattern for every text in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and (found := pattern(node)):
            yield found


def calls(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Give every call of a plain or dotted function with the patterns of its first arguments."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            yield name, [pattern(argument) for argument in node.args[:3]]


def table_keys(path: Path) -> Iterator[str]:
    """Give the keys of the tables in a module: caption, description, and those of its columns."""
    found = list(calls(path))
    names = [arguments[1] for name, arguments in found if name == "table" and len(arguments) > 1 and arguments[1]]
    columns = [arguments[0] for name, arguments in found if name == "Col" and arguments and arguments[0]]
    for name in names:
        yield from (rf"{name}\.{key}" for key in ("caption", "description", *columns))


def test_both_languages_have_the_same_keys() -> None:
    assert labels("da").keys() == labels("en").keys()
    assert len(labels("da")) > 300


@pytest.mark.parametrize("key", sorted(labels("da")))
def test_both_languages_have_the_same_fill_ins(key: str) -> None:
    danish, english = ({name for _, name, _, _ in Formatter().parse(labels(it)[key]) if name} for it in ("da", "en"))
    assert danish == english


def test_every_label_is_used() -> None:
    used = {text for path in ASSEMBLY for text in (*texts(path), *table_keys(path)) if re.search(r"[a-z]", text)}
    used |= {rf"words\.{text}" for path in WORD for text in texts(path)}
    used |= {rf"desk\.{text}" for path in DRAFTING for text in texts(path)}
    used |= {
        rf"desk\.{kind}" for kind in ("if", "elif", "else", "endif", "not", "and", "or")
    }  # read from a text's tags
    exact = {text.replace("\\", "") for text in used if "[^.]+" not in text}
    open_ = [re.compile(text) for text in used if "[^.]+" in text and not text.startswith("[^.]+")]
    left = [key for key in labels("da") if key not in exact and not any(it.fullmatch(key) for it in open_)]
    assert left == [], "remove these labels in both languages, or use them"


@pytest.mark.parametrize(
    ("model", "name", "group"),
    [
        *((Edges, name, f"edges.{name}") for name in Edges.model_fields),
        *((Edges, name, f"edges-{kind}.{name}") for kind in ("offer", "score") for name in _ALWAYS_SAID),
        (Offer, "better", "offered"),
        (Requirement, "kind", "requirements.kind"),
        (Requirement, "kind", "requirements.checked"),
        (Contract, "place", "place"),
        (Contract, "kind", "contract_kind"),
        (Procedure, "type", "procedure_type"),
        (Procedure, "price_blinding", "price_blinding"),
    ],
)
def test_every_choice_that_a_file_allows_has_its_label(model: type[BaseModel], name: str, group: str) -> None:
    choices = {f"{group}.{choice}" for choice in get_args(model.model_fields[name].annotation)}
    assert choices
    # A model without a span has no rule for what lies beyond it.
    unsaid = {f"{edges}.outside.not-possible" for edges in ("edges", "edges-offer", "edges-score")}
    assert {key for key in labels("da") if key.startswith(f"{group}.")} == choices - unsaid


@pytest.mark.parametrize("path", ASSEMBLY, ids=lambda path: path.stem)
def test_every_label_that_is_used_exists(path: Path) -> None:
    asked = [text for name, arguments in calls(path) if name in SAYING for text in arguments[:2] if text]
    lacking = [
        text
        for text in asked
        if not text.startswith("[^.]+") and not any(re.fullmatch(text, key) for key in labels("da"))
    ]
    assert lacking == []
