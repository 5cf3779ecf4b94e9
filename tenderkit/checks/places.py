"""Where things stand: parameters in ``tender.yaml``, and parts of clauses in the library."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType

from tenderkit.plan import ChosenClause, Plan
from tenderkit.problems import Place
from tenderkit.source import Path, Source, read_yaml

_NAME = re.compile(r"^\{#([a-z0-9-]+)\}\s*$")


def parameter_path(plan: Plan, clause_id: str, name: str) -> Path:
    """Give the path of a clause's parameter in ``tender.yaml``; the clause's own when the tender leaves it out."""
    written = list(plan.tender.clauses)
    return ("clauses", written.index(clause_id), clause_id, name) if clause_id in written else ("clauses",)


def choice_place(plan: Plan, clause_id: str) -> Place:
    """Give the place where the tender chooses a clause; that of all choices when another clause brought it in."""
    written = list(plan.tender.clauses)
    at = written.index(clause_id) if clause_id in written else None
    return plan.source.place(("clauses",) if at is None else ("clauses", at, clause_id), clause_id)


@functools.lru_cache(maxsize=64)
def _source(text: str, where: str) -> Source:
    return read_yaml(text, where)


def clause_place(plan: Plan, clause_id: str, path: Path, label: str = "") -> Place:
    """Give the place of a part of a clause's data."""
    file = f"clauses/{clause_id}/clause.yaml"
    return _source(plan.library.text(file), plan.library.where(file)).place(path, label)


def text_place(plan: Plan, clause_id: str, label: str = "") -> Place:
    """Give the place of a clause's text in the tender's language."""
    return Place(plan.library.where(f"clauses/{clause_id}/{plan.tender.tender.language}.md"), label=label)


def parameter_place(plan: Plan, chosen: ChosenClause, name: str, lot: str = "") -> Place:
    """Give the place where a parameter's value was read: the tender, or the clause's default."""
    if chosen.values[name].chosen:
        path = parameter_path(plan, chosen.id, name)
        return plan.source.place((*path, lot) if lot else path, name)
    return clause_place(plan, chosen.id, ("parameters", name), name)


def points(plan: Plan, chosen: ChosenClause) -> Mapping[str, tuple[str, ...]]:
    """Give the names of the points in a clause's text, by section of the social annex."""
    language = plan.tender.tender.language
    text = plan.library.text(f"clauses/{chosen.id}/{language}.md")
    titles = {label[language]: key for key, label in plan.library.vocabulary.annex_sections.items()}
    found: dict[str, list[str]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("## "):
            section = titles.get(line[3:].strip(), "")
            found.setdefault(section, [])
        elif (match := _NAME.match(line)) and section:
            found[section].append(match[1])
    return MappingProxyType({key: tuple(names) for key, names in found.items()})


def has_point(plan: Plan, chosen: ChosenClause, name: str) -> bool:
    """Tell whether a clause's text has a point of a name."""
    return any(name in names for names in points(plan, chosen).values())
