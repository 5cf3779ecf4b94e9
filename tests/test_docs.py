"""The documentation: it builds, its commands and worked examples are run, and it forgets no key, command or layer."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cases import ROOT, example_text
from pydantic import BaseModel
from test_architecture import LAYERS

import tenderkit
from tenderkit import checks
from tenderkit.api.checking import problems_of
from tenderkit.assembly import tree
from tenderkit.assembly.context import Context
from tenderkit.assembly.document import assemble, runs
from tenderkit.evaluation.examples import example_problems
from tenderkit.library import FolderContent, Library, clause, model
from tenderkit.library.document import Contract, PartyRole
from tenderkit.library.parameter import ModelParameter
from tenderkit.plan import Plan, make_plan
from tenderkit.problems import has_errors
from tenderkit.tender import AgreedPrice, Agreement, AgreementTerms, Party, read_tender
from tenderkit.tender.agreement import AgreementHeading

DOCS = ROOT / "docs"
FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Fence:
    """A fenced block of a page: its language, its title, its text."""

    language: str
    title: str
    text: str


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def fences(name: str) -> list[Fence]:
    return [Fence(*match.groups(default="")) for match in FENCE.finditer(page(name))]


# The site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stderr + done.stdout
    return folder


@pytest.mark.slow
def test_the_site_has_every_clause_contract_model_check_and_command(site: Path) -> None:
    library = Library()
    overview = (site / "reference" / "clauses.html").read_text(encoding="utf-8")
    for identifier in library.ids("clause"):
        assert f'href="clauses/{identifier}.html"' in overview
        own = (site / "reference" / "clauses" / f"{identifier}.html").read_text(encoding="utf-8")
        assert all(f"<code>{name}</code>" in own for name in library.clause(identifier).parameters)
    templates = (site / "reference" / "contracts.html").read_text(encoding="utf-8")
    for identifier in library.ids("contract"):
        assert f'href="contracts/{identifier}.html"' in templates
        own = (site / "reference" / "contracts" / f"{identifier}.html").read_text(encoding="utf-8")
        named = [*library.contract(identifier).parties, *library.contract(identifier).parameters]
        assert all(f"<code>{name}</code>" in own for name in named)
        assert all(f'href="../clauses/{name}.html"' in own for name in library.contract(identifier).clauses)
    models = (site / "reference" / "models.html").read_text(encoding="utf-8")
    for identifier in library.ids("model"):
        assert f'href="models/{identifier}.html"' in models
        own = (site / "reference" / "models" / f"{identifier}.html").read_text(encoding="utf-8")
        assert all(part in own for part in ("<math", f'src="{identifier}.svg"', "Worked examples", "Sources"))
        assert (site / "reference" / "models" / f"{identifier}.svg").is_file()
    compared = (site / "reference" / "model-comparison.html").read_text(encoding="utf-8")
    priced = [name for name in library.ids("model") if library.model(name).input == "price"]
    assert all(f'href="models/{name}.html"' in compared for name in priced)
    for page, kind in (("scales", "scale"), ("pitfalls", "pitfall")):
        listed = (site / "reference" / f"{page}.html").read_text(encoding="utf-8")
        assert all(f'id="{name}"' in listed for name in library.ids(kind))
    rules = (site / "reference" / "checks.html").read_text(encoding="utf-8")
    assert all(f'id="{rule.id}"' in rules for rule in checks.all_rules())
    commands = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    for path in commands_of_the_readme():
        assert f'id="tenderkit-{path.replace(" ", "-")}"' in commands
        assert f"<code>tenderkit {path}" in commands


@pytest.mark.slow
def test_no_page_asks_another_machine_for_anything(site: Path) -> None:
    loading = re.compile(r"<(?:script|img|iframe|source)[^>]+src=\"?(https?:|//)|<link[^>]+href=\"?(https?:|//)")
    found = [path.name for path in site.rglob("*.html") if loading.search(path.read_text(encoding="utf-8"))]
    assert not found
    styles = [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    assert styles
    assert not any(re.search(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", style) for style in styles)


# The tutorial


def run(line: str, folder: Path) -> str:
    """Run a line of the tutorial and give what it prints."""
    words = shlex.split(line)
    if words[:2] == ["cp", "-r"]:
        source, target = (folder / word for word in words[2:])
        shutil.copytree(source, target / source.name, dirs_exist_ok=True)
        return ""
    assert words[0] == "tenderkit", line
    script = "from tenderkit.cli import main; main(prog_name='tenderkit')"
    alone = {**os.environ, "PATH": str(Path(sys.executable).parent)}  # page numbers are not what is tested here
    done = subprocess.run(
        [sys.executable, "-c", script, *words[1:]],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env=alone,
    )
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    return (done.stdout + done.stderr).replace("\xa0", " ")


def sessions(text: str) -> Iterator[tuple[str, list[str]]]:
    """Give each command of a console block with the lines that it must print."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *expected = part.splitlines()
        yield command, [line.strip() for line in expected if line.strip()]


def edit(fence: Fence, folder: Path) -> None:
    """Do what a block with a file's name as title tells the reader to do."""
    name, _, how = fence.title.partition(" (")
    file = folder / name
    if fence.language == "diff":
        old, new = ("\n".join(line[1:] for line in fence.text.splitlines() if line[0] == sign) for sign in "-+")
        text = file.read_text(encoding="utf-8")
        assert f"\n{old}\n" in text, old
        file.write_text(text.replace(f"\n{old}\n", f"\n{new}\n", 1), encoding="utf-8")
    else:
        before = file.read_text(encoding="utf-8") if how == "add at the end)" else ""
        assert bool(before) == bool(how)
        file.write_text(before + fence.text, encoding="utf-8")


@pytest.mark.slow
def test_the_tutorial_can_be_walked(tmp_path: Path) -> None:
    commands = []
    for fence in fences("tutorial.md"):
        if fence.title:
            edit(fence, tmp_path)
            continue
        assert fence.language == "console"
        for command, expected in sessions(fence.text):
            printed = run(command, tmp_path)
            commands.append(command)
            for line in expected:
                assert line in printed, f"$ {command}\nlacks: {line}\n\n{printed}"
            assert expected or command.startswith("cp "), f"the page tells nothing of: {command}"
    own = {command.split()[1] for command in commands if command.startswith("tenderkit")}
    assert {"new", "check", "build", "bids", "scoresheets", "score", "report", "contract", "status"} <= own
    assert list((tmp_path / "my-tender" / "contracts" / "nord").glob("*.docx"))


# Add a clause, add a model


def content_with(how_to: str, folder: Path) -> Library:
    """Give the library with the files that a how-to tells to write."""
    for name in ("clause_templates", "evaluation_models"):
        shutil.copytree(ROOT / name, folder / name)
    written = [fence for fence in fences(how_to) if fence.title.startswith(("clause_templates/", "evaluation_models/"))]
    assert written
    for fence in written:
        file = folder / fence.title
        file.parent.mkdir(exist_ok=True)
        assert not file.exists()
        file.write_text(fence.text, encoding="utf-8")
    return Library(FolderContent(folder))


@pytest.fixture(scope="module")
def with_visits(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The cleaning tender with the clause of the how-to, used as the page says."""
    library = content_with("how-to/add-a-clause.md", tmp_path_factory.mktemp("content"))
    use = next(fence.text for fence in fences("how-to/add-a-clause.md") if fence.title == "tender.yaml")
    line = next(line for line in use.splitlines() if "- workplace-visits" in line)
    criterion = next(line for line in use.splitlines() if line.strip().startswith("visits:"))
    text = example_text()
    for old, new in (
        ("\n  - exit-and-handover:", f"\n{line}\n  - exit-and-handover:"),
        ("      plan: {number: S1, weight: 40 %", f"{criterion}\n      plan: {{number: S1, weight: 30 %"),
    ):
        assert old in text
        text = text.replace(old, new)
    return make_plan(*read_tender(text), library)


def text_of(plan: Plan, language: str) -> str:
    assert language in {"da", "en"}
    document = assemble("service-contract", Context(plan, language, draft=False, lot="nord", created="2026-12-01"))  # type: ignore[arg-type]  # asserted above
    return "".join(item.text if isinstance(item, tree.Text) else " " for item in runs(document.blocks))


def test_the_worked_clause_is_used_everywhere(with_visits: Plan) -> None:
    plan = with_visits
    found = tenderkit.clause_show("workplace-visits", "en", plan.library)
    assert "Workplace visits for unemployed people" in found["text"]
    assert [row.public_id for row in plan.requirements if row.clause == "workplace-visits"] == ["VB-1", "VB-2"]
    assert {row.name for row in plan.duties if row.clause == "workplace-visits"} == {"hold-visits", "invite"}
    assert [row.cure_days for row in plan.penalties if row.clause == "workplace-visits"] == [20]
    field = next(item for item in plan.fields if item.id == "social.visits")
    assert field.label == "Besøg om året"
    assert {lot: int(floor) for lot, floor in field.floor.items()} == {"nord": 3, "syd": 2}
    assert {int(cap) for cap in field.cap.values()} == {6}
    leaf = plan.specs["nord"].leaf("social.visits")
    assert (leaf.number, float(leaf.share)) == ("S5", 0.02)
    assert "skal hvert år holde det tilbudte antal (mindst 3) besøg for op til 8 personer" in text_of(plan, "da")
    assert "for up to 8 people at a time" in text_of(plan, "en")


def test_the_worked_clause_passes_the_checks_but_for_the_warning_that_the_page_names(with_visits: Plan) -> None:
    found = problems_of(with_visits)
    assert not has_errors(found), [str(problem) for problem in found]
    assert [problem.id for problem in found if "workplace-visits" in str(problem)] == [
        "penalty-incomplete",
        "reason-missing",
    ]
    assert "add up to 11% of the annual value" in "".join(str(problem) for problem in found)


def test_the_worked_clause_has_the_same_points_in_both_languages(with_visits: Plan) -> None:
    chosen = with_visits.clause("workplace-visits")
    assert chosen
    for texts in (chosen.clause.use_when, chosen.clause.not_when, chosen.clause.mistakes):
        assert len(texts.da) == len(texts.en) > 0
    danish, english = (
        re.findall(r"\{#([a-z-]+)\}|\{\{ (\w+)", with_visits.library.text(f"clauses/workplace-visits/{language}.md"))
        for language in ("da", "en")
    )
    assert danish == english
    assert len(danish) > 10


def test_the_worked_model_gives_its_examples(tmp_path: Path) -> None:
    library = content_with("how-to/add-a-model.md", tmp_path)
    definition = library.model("between-limits")
    assert example_problems("between-limits", definition) == []
    shown = tenderkit.model_show("between-limits", "da", library)
    assert shown["words"].startswith("Pointtallet")


@pytest.mark.parametrize(
    ("how_to", "heading", "described"),
    [
        ("how-to/add-a-clause.md", "### The clause", clause.Clause),
        ("how-to/add-a-clause.md", "### A parameter", clause.Parameter),
        ("how-to/add-a-clause.md", "### A parameter", clause.Offer),
        ("how-to/add-a-clause.md", "### A field", clause.BidField),
        ("how-to/add-a-clause.md", "### A criterion", clause.ClauseCriterion),
        ("how-to/add-a-clause.md", "### A requirement", clause.Requirement),
        ("how-to/add-a-clause.md", "### A duty", clause.Duty),
        ("how-to/add-a-clause.md", "### A duty", clause.Due),
        ("how-to/add-a-clause.md", "### A penalty", clause.Penalty),
        ("how-to/add-a-clause.md", "### Where it fits", clause.AppliesTo),
        ("how-to/add-a-clause.md", "### Legal basis", clause.LegalBasis),
        ("how-to/add-a-clause.md", "### Advice", clause.Advice),
        ("how-to/own-clauses.md", "## Mark what deviates", clause.House),
        ("how-to/agreements.md", "## The file", Agreement),
        ("how-to/agreements.md", "## The file", AgreementHeading),
        ("how-to/agreements.md", "## The file", Party),
        ("how-to/agreements.md", "## The file", AgreementTerms),
        ("how-to/agreements.md", "## The file", AgreedPrice),
        ("how-to/agreements.md", "## A template", Contract),
        ("how-to/agreements.md", "## A template", PartyRole),
        ("how-to/add-a-model.md", "## Every key", model.EvaluationModel),
        ("how-to/add-a-model.md", "## Every key", ModelParameter),
        ("how-to/add-a-model.md", "### Edges", model.Edges),
        ("how-to/add-a-model.md", "### Examples", model.ModelExample),
        ("how-to/add-a-model.md", "### Examples", model.Given),
        ("how-to/add-a-model.md", "## Scales", model.Scale),
    ],
)
def test_every_key_of_a_content_file_is_explained(how_to: str, heading: str, described: type[BaseModel]) -> None:
    level = heading.partition(" ")[0]
    part = re.split(rf"^{level} ", page(how_to).partition(f"\n{heading}\n")[2], flags=re.MULTILINE)[0]
    assert part
    missing = [name for name in described.model_fields if f"`{name}`" not in part]
    assert not missing


# What the pages say about the project


def test_the_architecture_page_draws_the_layers_that_the_test_holds() -> None:
    line = next(fence.text for fence in fences("explanation/architecture.md") if "→" in fence.text)
    drawn = [set(re.findall(r"\w+", step)) for step in line.split("→")]
    assert drawn == [set(names) for names in LAYERS]


def commands_of_the_readme() -> set[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = set(re.findall(r"`tenderkit ((?:clause |model |contract (?=list|new))?[a-z]+)[^`]*`", text)) | {"demo"}
    return found - {"clause", "model"}


def test_the_readme_names_every_command() -> None:
    functions = {name for name in tenderkit.__all__ if name.islower() and not name.startswith("__")}
    public = {name.removesuffix("_value").replace("_", " ") for name in functions}
    assert commands_of_the_readme() == public


def test_the_readme_has_two_command_lines_and_ci_runs_the_second() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = [
        match[1].splitlines() for match in re.finditer(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    ]
    assert [len(lines) for lines in blocks] == [1, 1]
    first, second = (lines[0] for lines in blocks)
    assert first.startswith("python -m pip install . && tenderkit demo")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    wanted = re.search(r"grep -m1 '([^']+)' README\.md", script)
    assert wanted
    assert next(line for line in text.splitlines() if wanted[1] in line) == second
    assert 'eval "$test_line"' in script


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md"])
def test_links_in_the_project_files_lead_somewhere(name: str) -> None:
    file = ROOT / name
    for target in re.findall(r"\]\(([^)#]+)", file.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (file.parent / target).exists(), target


def test_pages_that_are_made_at_every_build_are_not_kept() -> None:
    kept = {path.name for path in (DOCS / "reference").rglob("*") if path.is_file()}
    assert kept == {"commands.md", "formulas.md"}
