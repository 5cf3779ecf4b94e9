"""The cleaning tender with something changed: in the tender, or in the library that it is made from.

A change is a YAML file with ``set`` (dotted path: value), ``remove`` (dotted paths), and ``content`` (the same for a
content file by its path; a text file has ``replace``, old text: new text); ``house`` does so in the authority's own
clauses, laid over the library's. A list is stepped into by number, by the id
of its items, or by their only key.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tenderkit import checks
from tenderkit.library import Library
from tenderkit.library.content import FrozenContent, installed
from tenderkit.library.editions import Overlaid
from tenderkit.plan import Plan, make_plan
from tenderkit.problems import Problem, TenderkitError
from tenderkit.source import read_yaml
from tenderkit.tender import read_tender

EXAMPLE = Path(__file__).parent.parent / "examples" / "cleaning" / "tender.yaml"


@functools.cache
def _base() -> str:
    return EXAMPLE.read_text(encoding="utf-8")


@functools.cache
def _library() -> Library:
    return Library()


@functools.cache
def _installed() -> dict[str, str]:
    content = installed()
    return {path: content.read(path) for path in content.paths()}


def read_change(path: Path) -> dict[str, Any]:
    """Give a change file; an empty one changes nothing."""
    change = read_yaml(path.read_text(encoding="utf-8"), path.name).data
    assert set(change) <= {"set", "remove", "content", "house"}, path
    return dict(change)


def problems_after(change: Mapping[str, Any]) -> tuple[list[Problem], dict[str, str]]:
    """Give all problems of the changed tender, from making the plan and from the checks, and every text that was read."""
    texts = dict(_installed())
    for name, inner in (change.get("content") or {}).items():
        assert name in texts, f"{name} is no content file"
        texts[name] = _changed_text(texts[name], inner)
    library = Library(FrozenContent(texts, name="")) if change.get("content") else _library()
    if own := change.get("house"):
        own = {name: _changed_text(texts[name], inner) for name, inner in own.items()}
        library = Library(Overlaid(library.content, own, "our-clauses"))
        texts |= own
    tender_text = _changed_yaml(_base(), change)
    read = {library.where(name): text for name, text in texts.items()} | {"tender.yaml": tender_text}
    try:
        return checks.run(plan_of(tender_text, library)), read
    except TenderkitError as error:
        return list(error.problems), read


def plan_of(text: str, library: Library | None = None) -> Plan:
    """Give the plan of a tender's text."""
    tender, source = read_tender(text)
    return make_plan(tender, source, library or _library())


def changed_tender(**values: str) -> Plan:
    """Give the cleaning tender's plan with values set; ``__`` stands for the dot of a path."""
    return plan_of(_changed_yaml(_base(), {"set": {name.replace("__", "."): value for name, value in values.items()}}))


def _changed_text(text: str, change: Mapping[str, Any]) -> str:
    if "replace" not in change:
        return _changed_yaml(text, change)
    for old, new in change["replace"].items():
        assert text.count(old) == 1, f'"{old}" stands {text.count(old)} times'
        text = text.replace(old, new or "")
    return text


def _changed_yaml(text: str, change: Mapping[str, Any]) -> str:
    data = read_yaml(text, "changed").data
    for path, value in (change.get("set") or {}).items():
        *parents, last = path.split(".")
        holder = functools.reduce(_step, parents, data)
        holder[_key(holder, last)] = value
    for path in change.get("remove") or []:
        *parents, last = path.split(".")
        holder = functools.reduce(_step, parents, data)
        del holder[_key(holder, last)]
    return str(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10**6))


def _step(holder: Any, part: str) -> Any:
    if isinstance(holder, list):
        item = holder[_key(holder, part)]
        return item[part] if isinstance(item, dict) and set(item) == {part} else item
    return holder[part]


def _key(holder: Any, part: str) -> Any:
    if not isinstance(holder, list):
        return part
    if part.isdigit():
        return int(part)
    return next(
        i for i, item in enumerate(holder) if item == part or part in ([*item] if len(item) == 1 else [item.get("id")])
    )
