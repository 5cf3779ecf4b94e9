"""Every clause, read as a lawyer's colleague would: joins, both languages alike, golden text per edition."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from cases import cleaning, example_text
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderkit import checks
from tenderkit.assembly import tree
from tenderkit.assembly.clauses import sections
from tenderkit.assembly.context import Context
from tenderkit.drafting.draft import Draft
from tenderkit.drafting.review import review
from tenderkit.drafting.trial import faults
from tenderkit.drafting.variants import chosen as variant
from tenderkit.drafting.variants import edges
from tenderkit.library import Library
from tenderkit.plan import ChosenClause, Plan, make_plan
from tenderkit.quantities import Language
from tenderkit.tender import read_tender

LIBRARY = Library()
CLAUSES = LIBRARY.ids("clause")
GOLDEN = Path(__file__).parent / "golden" / "clauses"
LANGUAGES: tuple[Language, Language] = ("da", "en")


def plan_with(clause: str) -> Plan:
    """Give the cleaning case's plan; a clause that it does not use is added with its defaults and examples."""
    plan = cleaning()
    return plan if plan.clause(clause) else cleaning(("\nclauses:\n", f"\nclauses:\n  - {written(clause)}\n"))


def written(clause: str) -> str:
    """Give a clause as tender.yaml says it, with the example of every parameter that has no default."""
    parameters = LIBRARY.clause(clause).parameters
    values = {name: item.example for name, item in parameters.items() if item.default is None and item.required}
    lacking = [name for name, value in values.items() if value is None]
    assert not lacking, f"{clause}: {', '.join(lacking)} must have a default or an example"
    return f"{clause}: {json.dumps(values, ensure_ascii=False)}" if values else clause


def chosen(clause: str) -> ChosenClause:
    found = plan_with(clause).clause(clause)
    assert found is not None
    return found


def test_the_search_finds_the_clauses() -> None:
    assert len(CLAUSES) >= 8


@pytest.mark.parametrize("identifier", CLAUSES)
def test_nothing_is_wrong_with_a_clause(identifier: str) -> None:
    assert review(Draft(identifier, LIBRARY, cleaning())) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("identifier", CLAUSES)
def test_golden_text(identifier: str, language: Language, update_golden: bool) -> None:
    clause = chosen(identifier)
    context = Context(plan_with(identifier), language, draft=False, lot="nord", created="2026-12-01")
    text = as_text(sections(clause, context))
    file = GOLDEN / f"{identifier}.{clause.clause.edition}.{language}.txt"
    if update_golden:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.exists(), f"{file.name} is missing; write it with --update-golden"
    assert text == file.read_text(encoding="utf-8"), (
        f"{identifier} says something else than its edition {clause.clause.edition}: raise the edition, or restore the text"
    )


def as_text(found: dict[str, list[tree.Block]]) -> str:
    lines: list[str] = []
    for section, blocks in found.items():
        lines += ["", f"# {section}"]
        for block in blocks:
            lines += _lines(block)
    return "\n".join(lines).strip() + "\n"


def _lines(block: tree.Block) -> list[str]:
    if isinstance(block, tree.Paragraph):
        return [f"[{block.public_id or '-'}] {_runs(block.content)}"]
    if isinstance(block, tree.ItemList):
        return [line for item in block.items for line in _item(item, 1)]
    if isinstance(block, tree.Table):
        return ["  | ".join(_runs(cell) for cell in row) for row in block.rows]
    raise AssertionError(block)


def _item(item: tree.ListItem, depth: int) -> list[str]:
    deeper = [line for child in item.children for inner in child.items for line in _item(inner, depth + 1)]
    return [f"{'  ' * depth}- {_runs(item.content)}", *deeper]


def _runs(content: tree.Inlines) -> str:
    return "".join(f"<{run.target}>" if isinstance(run, tree.Ref) else run.text for run in content)


@settings(max_examples=8, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("identifier", CLAUSES)
def test_a_clause_is_whole_with_any_values(identifier: str, data: st.DataObject) -> None:
    draft = Draft(identifier, LIBRARY, cleaning())
    values = {
        name: data.draw(st.sampled_from(edges(parameter)), label=name)
        for name, parameter in LIBRARY.clause(identifier).parameters.items()
    }
    assert list(faults(draft, variant(draft, values))) == []


def test_strings_have_equal_keys_in_both_languages() -> None:
    def keys(node: object, path: str = "") -> set[str]:
        if isinstance(node, dict):
            return {key for name, child in node.items() for key in keys(child, f"{path}.{name}")}
        return {path}

    danish, english = (keys(dict(LIBRARY.strings(language))) for language in LANGUAGES)
    assert danish == english
    assert len(danish) > 100


@pytest.mark.parametrize("kind", ["document", "contract", "workbook"])
def test_every_document_has_both_languages(kind: str) -> None:
    identifiers = LIBRARY.ids(kind)
    assert identifiers
    for identifier in identifiers:
        folder = {"document": "documents", "contract": "contracts", "workbook": "workbooks"}[kind]
        names = [
            re.findall(r"^\{#([a-z0-9-]+)\}", LIBRARY.text(f"{folder}/{identifier}/{language}.md"), re.MULTILINE)
            for language in LANGUAGES
        ]
        assert names[0] == names[1], identifier


@pytest.mark.parametrize("path", [path for path in LIBRARY.content.paths() if path.endswith(".yaml")])
def test_every_file_is_yaml_for_the_slow_reader_too(path: str) -> None:
    text = LIBRARY.text(path)
    assert yaml.load(text, Loader=yaml.SafeLoader) is not None


def test_a_plan_and_its_checks_read_only_the_clauses_that_are_used() -> None:
    library = Library()
    tender, source = read_tender(example_text(), "tender.yaml")
    plan = make_plan(tender, source, library)
    checks.run(plan)
    read = {path.split("/")[1] for kind, path in _paths_read(library) if kind == "clause"}
    assert read == {chosen.id for chosen in plan.clauses} < set(CLAUSES)


def _paths_read(library: Library) -> list[tuple[str, str]]:
    """Give what a library has parsed so far, by kind and path."""
    return [(kind, f"{kind}/{identifier}") for kind, identifier in library._read]
