"""Every clause, read as a lawyer's colleague would: joins, both languages alike, golden text per edition."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from cases import cleaning

from tenderkit import formula
from tenderkit.assembly import tree
from tenderkit.assembly.clauses import sections
from tenderkit.assembly.context import Context
from tenderkit.library import Library
from tenderkit.library.clause import Clause
from tenderkit.plan import ChosenClause, Plan
from tenderkit.quantities import Language

LIBRARY = Library()
CLAUSES = LIBRARY.ids("clause")
GOLDEN = Path(__file__).parent / "golden" / "clauses"
LANGUAGES: tuple[Language, Language] = ("da", "en")


def text_of(clause: str, language: str) -> str:
    return LIBRARY.text(f"clauses/{clause}/{language}.md")


def points(text: str) -> dict[str, str]:
    """Give each named point's raw text, with what belongs to it until the next name or heading."""
    parts = re.split(r"^\{#([a-z0-9-]+)\}\s*$|^(##[^\n]*)$", text, flags=re.MULTILINE)
    found = {}
    for i in range(1, len(parts), 3):
        if parts[i]:
            found[parts[i]] = parts[i + 2]
    return found


def variables(text: str) -> set[str]:
    expressions = re.findall(r"\{\{(.*?)\}\}|\{%(.*?)%\}", text)
    words = re.findall(r"\"[^\"]*\"|([a-z_][a-z0-9_.]*)", " ".join(a or b for a, b in expressions))
    return {word for word in words if word} - {"if", "elif", "else", "endif", "not", "and", "or", "counted", "in"}


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
def test_both_languages_have_the_same_points_with_the_same_values(identifier: str) -> None:
    danish, english = (points(text_of(identifier, language)) for language in LANGUAGES)
    assert list(danish) == list(english)
    for name, text in danish.items():
        assert variables(text) == variables(english[name]), name
        assert re.findall(r"\]\(#([^)]+)\)", text) == re.findall(r"\]\(#([^)]+)\)", english[name]) or set(
            re.findall(r"\]\(#([^)]+)\)", text)
        ) == set(re.findall(r"\]\(#([^)]+)\)", english[name])), name


@pytest.mark.parametrize("identifier", CLAUSES)
def test_what_the_yaml_names_is_there(identifier: str) -> None:
    clause = LIBRARY.clause(identifier)
    vocabulary = LIBRARY.vocabulary
    named = set(points(text_of(identifier, "da")))
    assert clause.topic in vocabulary.topics
    assert set(clause.use_as) <= set(vocabulary.uses)
    assert set(clause.requires) | set(clause.excludes) <= set(CLAUSES)
    assert {item.point for item in clause.requirements.values()} <= named
    assert {item.proof for item in clause.requirements.values()} - {""} <= set(vocabulary.evidence)
    for duty in clause.duties.values():
        assert duty.point in named
        assert set(duty.proof) <= set(vocabulary.evidence)
        assert set(duty.release) <= set(vocabulary.release)
        assert duty.sanction in {"", *vocabulary.sanctions}
        assert duty.value in {"", *clause.parameters}
    for penalty in clause.penalties.values():
        assert penalty.point in named
        assert penalty.amount in clause.parameters
        assert penalty.cap in {"", *clause.parameters}
        assert set(penalty.release) <= set(vocabulary.release)
    for field in clause.fields.values():
        assert field.offers in {"", *clause.parameters}
    for criterion in clause.criteria.values():
        assert criterion.field in clause.fields
        assert bool(criterion.model) != bool(criterion.scale)
    for parameter in clause.parameters.values():
        assert parameter.unit in {"", *vocabulary.units}
    assert set(clause.schemes) <= set(vocabulary.schemes)


@pytest.mark.parametrize("identifier", CLAUSES)
def test_every_parameter_is_used(identifier: str) -> None:
    clause = LIBRARY.clause(identifier)
    text = text_of(identifier, "da")
    used = variables(text) | set(re.findall(r":::\s*table\s+(\S+)", text)) | _used_in_data(clause)
    assert set(clause.parameters) <= used


def _used_in_data(clause: Clause) -> set[str]:
    used = {penalty.amount for penalty in clause.penalties.values()}
    used |= {penalty.cap for penalty in clause.penalties.values()}
    used |= {penalty.cure for penalty in clause.penalties.values()}
    used |= {duty.value for duty in clause.duties.values()}
    for duty in clause.duties.values():
        used |= {duty.due.working_days, duty.due.days, duty.due.weeks, duty.due.months}
    return used | {field.offers for field in clause.fields.values()}


@pytest.mark.parametrize("identifier", CLAUSES)
def test_requirement_numbers_and_prefixes_are_unique(identifier: str) -> None:
    numbers = [item.no for item in LIBRARY.clause(identifier).requirements.values()]
    assert len(numbers) == len(set(numbers))
    assert sum(LIBRARY.clause(other).prefix == LIBRARY.clause(identifier).prefix for other in CLAUSES) == 1


@pytest.mark.parametrize("identifier", CLAUSES)
def test_lists_in_both_languages_are_equally_long(identifier: str) -> None:
    clause = LIBRARY.clause(identifier)
    for texts in (clause.use_when, clause.not_when, clause.mistakes):
        assert len(texts.da) == len(texts.en) > 0


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("identifier", CLAUSES)
def test_no_point_is_empty_or_breaks_off(identifier: str, language: Language) -> None:
    context = Context(plan_with(identifier), language, draft=False, lot="syd", created="2026-12-01")
    for blocks in sections(chosen(identifier), context).values():
        for i, block in enumerate(blocks):
            if not isinstance(block, tree.Paragraph):
                continue
            text = _runs(block.content).rstrip()
            follows = i + 1 < len(blocks) and not isinstance(blocks[i + 1], tree.Paragraph)
            assert text.endswith((".", ":", ")")) or follows, text
            assert "  " not in text, text
            assert " ." not in text, text
            assert " ," not in text, text


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


@pytest.mark.parametrize("identifier", CLAUSES)
def test_advice_is_written_over_the_answers(identifier: str) -> None:
    answers = dict.fromkeys(LIBRARY.vocabulary.answers, 1)
    for row in LIBRARY.clause(identifier).advice:
        assert formula.evaluate(f"IF({row.when}, 1, 0)", answers) in {0, 1}


@pytest.mark.parametrize("identifier", CLAUSES)
def test_a_level_has_the_vocabularys_levels(identifier: str) -> None:
    level = LIBRARY.clause(identifier).parameters.get("level")
    if level:
        assert {key: dict(label) for key, label in level.options.items()} == {
            key: dict(label) for key, label in LIBRARY.vocabulary.levels.items()
        }
