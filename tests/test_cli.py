"""The command line: help, exit codes, JSON, the library behind it, and how it meets bad input."""

from __future__ import annotations

import errno
import inspect
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from cases import EXAMPLE
from click.testing import CliRunner, Result

import tenderkit
from tenderkit.api.starting import examples
from tenderkit.cli import main
from tenderkit.cli.output import print_problems, with_folder
from tenderkit.problems import Place, Problem
from tenderkit.source import read_yaml

SLOW_LIBRARIES = ("docx", "openpyxl", "xlsxwriter", "pydantic", "jinja2", "lxml", "yaml", "rich")
LATER = ("bids", "scoresheets", "score", "report", "contract")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
            default: click.Command | None = getattr(command, "default", None)
            if default is not None:
                yield (*path, name), default
        else:
            yield (*path, name), command


assert isinstance(main, click.Group)
COMMANDS = dict(commands(main))
PATHS = [pytest.param(path, id="-".join(path)) for path in COMMANDS]
REPORTING = [path for path, command in COMMANDS.items() if any(item.name == "output_format" for item in command.params)]


def run(*arguments: object) -> Result:
    """Run a command in this process; a traceback of anything but an exit is a failure."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="tenderkit")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert "Traceback" not in result.output
    return result


def process(*arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run in a process of its own: the command line, or a piece of code."""
    script = code or "from tenderkit.cli import main; main(prog_name='tenderkit')"
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with the example's tender."""
    folder = tmp_path / "case"
    tenderkit.new(folder)
    return folder


def write(case: Path, text: str | bytes) -> Path:
    data = text.encode() if isinstance(text, str) else text
    (case / "tender.yaml").write_bytes(data)
    return case


def changed(case: Path, old: str, new: str) -> Path:
    text = (case / "tender.yaml").read_text(encoding="utf-8")
    assert old in text
    return write(case, text.replace(old, new, 1))


# Help


def test_the_commands_are_found() -> None:
    assert {("build",), ("check",), ("clause", "show"), ("model", "list"), ("schema",), ("demo",)} <= set(COMMANDS)
    assert len(COMMANDS) >= 15


@pytest.mark.parametrize("path", PATHS)
def test_every_command_explains_itself_with_an_example(path: tuple[str, ...]) -> None:
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert f"Example: tenderkit {' '.join(path)}" in result.output
    for parameter in COMMANDS[path].params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter.name


@pytest.mark.parametrize("path", PATHS)
def test_every_example_is_a_command_that_works(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    _, _, rest = inspect.cleandoc(command.help or "").partition("Example:")
    lines = [line.strip() for line in rest.splitlines() if line.strip()]
    assert lines
    for line in lines:
        words = shlex.split(line.partition(">")[0])
        assert tuple(words[: len(path) + 1]) == ("tenderkit", *path)
        command.make_context(path[-1], words[len(path) + 1 :])


def test_help_without_a_command_tells_how_to_begin() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "tenderkit new my-tender --example cleaning" in result.output
    assert all(path[0] in result.output for path in COMMANDS)


def test_the_version_is_told() -> None:
    assert tenderkit.__version__ in run("--version").output


# Exit codes


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("buidl", 'Did you mean "build"?'),
        ("reprot", 'Did you mean "report"?'),
        ("xyz", "Allowed: advise, bids, build, check"),
    ],
)
def test_an_unknown_command_names_the_nearest(word: str, advice: str) -> None:
    result = run(word)
    assert result.exit_code == 2
    assert f'There is no command "{word}". {advice}' in result.output


@pytest.mark.parametrize(
    "arguments",
    [("build", "--fnal"), ("check", "--format", "xml"), ("clause", "show"), ("build", "--base", "no.docx"), ("new",)],
)
def test_wrong_use_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: tenderkit" in result.output


def test_fine_is_exit_code_0_and_problems_are_exit_code_1(case: Path) -> None:
    assert run("check", case).exit_code == 0
    assert run("check", changed(case, "weight: 50 %", "weight: 55 %")).exit_code == 1
    assert run("clause", "show", "no-such-clause").exit_code == 1


def test_check_tells_what_it_looks_for_outside_a_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = run("check", "--explain", "weights-not-100")
    assert page.exit_code == 0
    assert all(f"{part}: " in page.output for part in ("Why", "Source", "Basis", "Mend"))
    legal = run("check", "--explain", "dk-opl-06")
    assert "danish-training-only" in legal.output
    listed = run("check", "--rules").output
    rules = json.loads(run("check", "--rules", "--format", "json").stdout)["rules"]
    assert len(rules) > 50
    assert all(f"{rule['id']} ({rule['severity']}): {rule['title']}" in listed for rule in rules)
    told = json.loads(run("check", "--explain", "weights-not-100", "--format", "json").stdout)["rule"]
    assert told["text"] in page.output


@pytest.mark.parametrize(
    ("rule", "advice"),
    [
        ("weigths-not-100", 'Did you mean "weights-not-100"?'),
        ("DK-OPL-99", 'Did you mean "DK-OPL-09"?'),
        ("xyz", "tenderkit check --rules"),
    ],
)
def test_check_names_the_nearest_rule(rule: str, advice: str) -> None:
    result = run("check", "--explain", rule)
    assert result.exit_code == 1
    assert f'There is no check and no rule "{rule}".' in result.output
    assert advice in result.output


# JSON


def test_every_reporting_command_takes_json() -> None:
    assert set(COMMANDS) - set(REPORTING) == {("schema",)}


def agree(text: Result, data: dict[str, Any], folder: Path) -> None:
    """Assert that text and JSON tell the same problems, files and next step; the text names the folder."""
    assert data["ok"] == (text.exit_code == 0)
    for problem in data["problems"]:
        assert f"{problem['level']} {problem['id']}: {problem['message']}" in text.output
        assert with_folder(problem["help"], str(folder)) in text.output
        assert problem["place"].get("file", "") in text.output
    for file in data.get("files", []):
        assert file["path"] in text.output
    assert with_folder(data.get("next", ""), str(folder)) in text.output
    told = re.findall(r"(?:error|warning|note) [a-z0-9-]+: ", text.output)
    assert len(told) == len(data["problems"])


@pytest.mark.parametrize("arguments", [("check",), ("status",), *((command,) for command in LATER)])
def test_json_and_text_agree(case: Path, arguments: tuple[str, ...]) -> None:
    changed(case, "weight: 50 %", "weight: 55 %")
    text, data = run(*arguments, case), run(*arguments, case, "--format", "json")
    assert text.exit_code == data.exit_code
    agree(text, json.loads(data.stdout), case)


def test_json_of_new_names_what_it_wrote(tmp_path: Path) -> None:
    data = json.loads(run("new", tmp_path / "a", "--format", "json").stdout)
    assert (data["ok"], data["files"]) == (True, [{"path": "tender.yaml", "how": "written"}])
    again = json.loads(run("new", tmp_path / "a", "--format", "json").stdout)
    assert (again["ok"], again["problems"][0]["id"]) == (False, "case-exists")


@pytest.mark.parametrize("kind", ["clause", "model"])
def test_json_of_the_libraries_has_what_the_text_has(kind: str) -> None:
    rows = json.loads(run(kind, "list", "--format", "json").stdout)
    text = run(kind, "list").output.replace("\n", "")
    assert len(rows) >= 5
    for row in rows:
        assert row["id"][:20] in text
        shown = json.loads(run(kind, "show", row["id"], "--format", "json").stdout)
        page = run(kind, "show", row["id"]).output
        assert shown["id"] == row["id"]
        assert shown["text"].strip() == page.strip()
        assert row["title"] in page


@pytest.mark.slow
def test_json_and_text_agree_all_the_way_through_a_case(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    data = json.loads(run("demo", folder, "--format", "json").stdout)
    assert data["ok"]
    assert data["lots"]["nord"]["winner"]
    for command in ("status", *LATER):
        text, told = run(command, folder), run(command, folder, "--format", "json")
        assert text.exit_code == 0, text.output
        agree(text, json.loads(told.stdout), folder)
    built = run("build", folder, "--format", "json", "--page-numbers", "no")
    assert json.loads(built.stdout)["files"]


def test_hostile_text_in_a_problem_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    odd = "[bold]{x}%s\\n"
    print_problems([Problem("odd-name", odd, Place(odd))])
    assert f"error odd-name: {odd}" in capsys.readouterr().err


# The library behind the commands


def function_of(path: tuple[str, ...]) -> str:
    """Give the name of a command's function; ``tenderkit.formula`` is the package of the formula language."""
    return "formula_value" if path == ("formula",) else "_".join(path)


@pytest.mark.parametrize("path", PATHS)
def test_every_command_is_a_public_function_with_the_same_options(path: tuple[str, ...]) -> None:
    name = function_of(path)
    assert name in tenderkit.__all__
    function = getattr(tenderkit, name)
    own = set(inspect.signature(function).parameters) - {"progress", "library", "ask"}
    options = {parameter.name for parameter in COMMANDS[path].params} - {"output_format", "help"}
    assert options == own
    assert inspect.getdoc(function)


@pytest.mark.parametrize("path", PATHS)
def test_defaults_of_options_are_those_of_the_function(path: tuple[str, ...]) -> None:
    parameters = inspect.signature(getattr(tenderkit, function_of(path))).parameters
    needed = [
        item.metavar or "x" for item in COMMANDS[path].params if isinstance(item, click.Argument) and item.required
    ]
    given = COMMANDS[path].make_context(path[-1], list(needed)).params
    for option in COMMANDS[path].params:
        if isinstance(option, click.Option) and option.name in parameters:
            assert given[option.name] == parameters[option.name].default, option.name


def test_all_public_names_can_be_imported() -> None:
    for name in tenderkit.__all__:
        assert getattr(tenderkit, name) is not None
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = tenderkit.no_such_name


# Bad input


def problems(*arguments: object) -> tuple[str, list[dict[str, Any]]]:
    """Run a command that must fail; give what it says as text and its problems."""
    text = run(*arguments)
    assert text.exit_code == 1
    told = json.loads(run(*arguments, "--format", "json").stdout)["problems"]
    return text.output, told


def test_broken_yaml_is_told_with_its_line(case: Path) -> None:
    text, told = problems("check", changed(case, "\n  reference: 2026-114", "\n\treference: 2026-114"))
    assert [problem["id"] for problem in told] == ["broken-yaml"]
    line = (case / "tender.yaml").read_text(encoding="utf-8").splitlines().index("\treference: 2026-114") + 1
    assert f"tender.yaml:{line}: error broken-yaml" in text


def test_unknown_keys_and_wrong_values_are_all_told_at_once_with_the_nearest(case: Path) -> None:
    changed(case, "  price_index:", "  price_indexx:")
    changed(case, "kind: services", "kind: servces")
    changed(case, "duration_months: 48", "duration_months: 48.5")
    text, told = problems("check", case)
    assert {problem["id"] for problem in told} == {"unknown-key", "wrong-value"}
    assert len(told) == 3
    assert 'Did you mean "price_index"?' in text
    assert 'Did you mean "services"?' in text
    assert '"48.5" is not a whole number' in text


@pytest.mark.parametrize("text", ["", "\n# only a comment\n", "---\n", "just words\n", "- a\n- list\n", "{}\n"])
def test_an_empty_tender_is_a_clear_message(case: Path, text: str) -> None:
    output, told = problems("check", write(case, text))
    assert {problem["id"] for problem in told} <= {"broken-yaml", "missing-key", "wrong-value"}
    assert "tender.yaml" in output


def test_a_tender_that_is_not_utf_8_is_a_clear_message(case: Path) -> None:
    text, told = problems("check", write(case, "tender: {title: Rengøring}\n".encode("cp1252")))
    assert [problem["id"] for problem in told] == ["unreadable-file"]
    assert "Save it as UTF-8 text" in text


@pytest.mark.parametrize("command", ["check", "build", "status", *LATER])
def test_a_folder_that_is_no_case_is_a_clear_message(tmp_path: Path, command: str) -> None:
    text, told = problems(command, tmp_path)
    assert [problem["id"] for problem in told] == ["not-a-case"]
    assert "tenderkit new" in text
    text, told = problems(command, tmp_path / "missing")
    assert [problem["id"] for problem in told] == ["no-such-folder"]
    assert str(tmp_path / "missing") in text


def test_a_file_in_place_of_a_folder_is_a_clear_message(tmp_path: Path) -> None:
    file = tmp_path / "tender.yaml"
    file.write_text("edition: 1\n", encoding="utf-8")
    assert problems("check", file)[1][0]["id"] == "no-such-folder"
    assert problems("new", file)[1][0]["id"] == "cannot-write"
    assert file.read_text(encoding="utf-8") == "edition: 1\n"


@pytest.mark.parametrize("command", LATER)
def test_what_needs_a_published_tender_says_so(case: Path, command: str) -> None:
    text, told = problems(command, case)
    assert [problem["id"] for problem in told] == ["not-published"]
    assert f"tenderkit build {case} --final" in text


def test_errors_stop_a_final_build_and_leave_nothing_behind(case: Path) -> None:
    before = sorted(path.name for path in case.iterdir())
    text, told = problems("build", changed(case, "weight: 50 %", "weight: 55 %"), "--final")
    assert "weights-not-100" in {problem["id"] for problem in told}
    assert sorted(path.name for path in case.iterdir()) == before
    assert "Basis:" in text


def test_a_folder_without_rights_is_a_clear_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", denied)
    text, told = problems("new", tmp_path / "locked")
    assert [problem["id"] for problem in told] == ["cannot-write"]
    assert "nothing was changed" in text
    assert not (tmp_path / "locked").exists()


def test_new_leaves_a_case_as_it_is(case: Path) -> None:
    write(case, "edition: 7\n")
    assert problems("new", case)[1][0]["id"] == "case-exists"
    assert (case / "tender.yaml").read_bytes() == b"edition: 7\n"


def test_an_unknown_example_clause_or_model_names_the_nearest(tmp_path: Path) -> None:
    assert 'Did you mean "cleaning"?' in problems("new", tmp_path / "a", "--example", "cleaing")[0]
    assert not (tmp_path / "a").exists()
    assert 'Did you mean "job-guarantee"?' in problems("clause", "show", "job-garantee")[0]
    assert 'Did you mean "relative-linear"?' in problems("model", "show", "relative-linaer")[0]


def test_events_that_cannot_be_read_are_a_clear_message(case: Path) -> None:
    (case / "events.yaml").write_text("openned: 2027-01-15\nnotified: soon\n", encoding="utf-8")
    text, told = problems("status", case)
    assert {problem["id"] for problem in told} == {"unknown-key", "wrong-value"}
    assert "events.yaml:1" in text
    assert 'Did you mean "opened"?' in text


# The schema


def fits(value: object, node: Mapping[str, Any], schema: Mapping[str, Any], path: str = "") -> list[str]:
    """Give where a value does not fit a JSON Schema: the parts of the standard that ours uses."""
    if "$ref" in node:
        return fits(value, schema["$defs"][node["$ref"].rpartition("/")[2]], schema, path)
    if "anyOf" in node:
        tries = [fits(value, member, schema, path) for member in node["anyOf"]]
        return [] if [] in tries else min(tries, key=len)
    kinds: list[str] = [node["type"]] if isinstance(node.get("type"), str) else node.get("type", [])
    named: dict[str, type] = {
        "string": str,
        "object": dict,
        "array": list,
        "null": type(None),
        "number": int,
        "integer": int,
        "boolean": bool,
    }
    if kinds and not isinstance(value, tuple(named[kind] for kind in kinds)):
        return [f"{path}: {value!r} is no {kinds}"]
    found = [f"{path}: {value!r} is no choice"] if value not in node.get("enum", [value]) else []
    if isinstance(value, str) and not re.search(node.get("pattern", ""), value):
        found.append(f"{path}: {value!r} is not {node['pattern']}")
    if isinstance(value, dict):
        found += [f"{path}: {name} is missing" for name in node.get("required", []) if name not in value]
        for name, child in value.items():
            inner = _of_key(name, node)
            found += [f"{path}: {name} is unknown"] if inner is None else fits(child, inner, schema, f"{path}.{name}")
    if isinstance(value, list):
        found += [
            text for i, item in enumerate(value) for text in fits(item, node.get("items", {}), schema, f"{path}.{i}")
        ]
    return found


def _of_key(name: str, node: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if name in node.get("properties", {}):
        return dict(node["properties"][name])
    for pattern, inner in node.get("patternProperties", {}).items():
        if re.search(pattern, name):
            return dict(inner)
    others = node.get("additionalProperties", "patternProperties" not in node)
    return dict(others) if isinstance(others, dict) else ({} if others else None)


def test_the_schema_describes_the_example_and_finds_slips() -> None:
    schema = json.loads(run("schema").stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert (schema["type"], schema["additionalProperties"]) == ("object", False)
    references = re.findall(r'"#/\$defs/([^"]+)"', json.dumps(schema))
    assert set(references) <= set(schema["$defs"])
    data = read_yaml((EXAMPLE / "tender.yaml").read_text(encoding="utf-8"), "tender.yaml").data
    assert fits(data, schema, schema) == []
    assert fits({**data, "lotss": []}, schema, schema) == [": lotss is unknown"]
    assert fits({**data, "contract": {**data["contract"], "kind": "x"}}, schema, schema)
    assert fits({key: value for key, value in data.items() if key != "award"}, schema, schema) == [": award is missing"]


# Start-up and completion


@pytest.mark.parametrize("code", ["import tenderkit", "", "import tenderkit.cli.build, tenderkit.cli.check"])
def test_starting_loads_no_slow_library(code: str) -> None:
    start = code or "from tenderkit.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    loaded = f"{start}\nimport sys; print(sorted(set(sys.modules) & set({SLOW_LIBRARIES!r})))"
    done = process(code=loaded)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_gives_a_script_for_the_shell(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_TENDERKIT_COMPLETE", f"{shell}_source")
    result = run()
    assert result.exit_code == 0
    assert "_TENDERKIT_COMPLETE" in result.stdout


def test_completion_knows_commands_and_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_TENDERKIT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "tenderkit sc")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert re.findall(r"plain,(\w+)", run().stdout) == ["schema", "score", "scoresheets"]
    monkeypatch.setenv("COMP_WORDS", "tenderkit build --f")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert "--final" in run().stdout


def test_a_real_process_ends_without_a_traceback(tmp_path: Path) -> None:
    done = process("check", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "not-a-case" in done.stderr
    assert "Traceback" not in done.stderr
    done = process("buidl")
    assert (done.returncode, done.stdout) == (2, "")
    assert 'Did you mean "build"?' in done.stderr


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_output_to_a_narrow_encoding_does_not_break(encoding: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    for arguments in (("clause", "list"), ("clause", "show", "job-guarantee"), ("new", "Łódź →")):
        command = [sys.executable, "-c", "from tenderkit.cli import main; main(prog_name='tenderkit')", *arguments]
        done = subprocess.run(command, capture_output=True, check=False, env=environment, cwd=tmp_path)
        assert b"Traceback" not in done.stderr
        assert (done.returncode, done.stdout == b"") == (0, False)


def test_a_filter_that_no_clause_can_have_is_refused_and_one_that_none_meets_says_so() -> None:
    for option, key, kind in (("--topic", "emplyment", "topic"), ("--use", "agreements", "use")):
        result = run("clause", "list", option, key)
        assert result.exit_code == 1
        assert f'There is no {kind} "{key}"' in result.output
        assert f'Did you mean "{"employment" if kind == "topic" else "agreement"}"?' in result.output
    assert run("clause", "list", "--months", "0").exit_code == 2
    result = run("clause", "list", "--months", "2", "--topic", "training")
    assert result.exit_code == 0
    assert "No clause fits all of that." in result.output


def test_the_help_of_new_names_every_example() -> None:
    text = " ".join(run("new", "--help").output.split())
    assert all(name in text for name in examples())
