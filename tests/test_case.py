"""Writing into a case: all or nothing, nothing lost, every failure a clear message."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from tenderkit.case import Case, open_case, state_of, write_all
from tenderkit.case import files as files_module
from tenderkit.problems import TenderkitError


def a_case(folder: Path) -> Case:
    (folder / "tender.yaml").write_text("edition: 1\n", encoding="utf-8")
    return Case(folder)


def problem_of(error: pytest.ExceptionInfo[TenderkitError]) -> str:
    return error.value.problems[0].id


def test_files_are_written_recorded_and_logged(tmp_path: Path) -> None:
    case = a_case(tmp_path)
    written = write_all(case, {"draft/a.docx": b"one", "draft/b.docx": b"two"}, "build")
    assert [(item.path, item.how) for item in written] == [("draft/a.docx", "written"), ("draft/b.docx", "written")]
    assert (tmp_path / "draft/a.docx").read_bytes() == b"one"
    assert set(case.manifest()) == {"draft/a.docx", "draft/b.docx"}
    entry = json.loads((tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert entry["command"] == "build"
    assert {item["path"] for item in entry["files"]} == {"draft/a.docx", "draft/b.docx"}
    assert not (tmp_path / ".tenderkit" / "aside").exists()


def test_the_same_bytes_are_left_alone(tmp_path: Path) -> None:
    case = a_case(tmp_path)
    write_all(case, {"a.docx": b"one"}, "build")
    before = (tmp_path / "a.docx").stat().st_mtime_ns
    assert [item.how for item in write_all(case, {"a.docx": b"one"}, "build")] == ["unchanged"]
    assert (tmp_path / "a.docx").stat().st_mtime_ns == before


def test_an_untouched_file_is_replaced(tmp_path: Path) -> None:
    case = a_case(tmp_path)
    write_all(case, {"a.docx": b"one"}, "build")
    write_all(case, {"a.docx": b"two"}, "build")
    assert (tmp_path / "a.docx").read_bytes() == b"two"


def test_a_file_edited_by_hand_stays_and_the_new_one_lies_beside_it(tmp_path: Path) -> None:
    case = a_case(tmp_path)
    write_all(case, {"draft/a.docx": b"one"}, "build")
    (tmp_path / "draft/a.docx").write_bytes(b"edited by hand")
    written = write_all(case, {"draft/a.docx": b"two"}, "build")
    assert [(item.path, item.how) for item in written] == [("draft/a.ny.docx", "beside")]
    assert (tmp_path / "draft/a.docx").read_bytes() == b"edited by hand"
    assert (tmp_path / "draft/a.ny.docx").read_bytes() == b"two"


def test_an_edited_new_file_is_not_overwritten_either(tmp_path: Path) -> None:
    case = a_case(tmp_path)
    (tmp_path / "a.docx").write_bytes(b"somebody's own")
    write_all(case, {"a.docx": b"one"}, "build")
    (tmp_path / "a.ny.docx").write_bytes(b"edited too")
    assert [item.path for item in write_all(case, {"a.docx": b"two"}, "build")] == ["a.ny2.docx"]
    assert (tmp_path / "a.docx").read_bytes() == b"somebody's own"
    assert (tmp_path / "a.ny.docx").read_bytes() == b"edited too"


def test_a_disk_that_fills_up_half_way_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case(tmp_path)
    write_all(case, {"a.docx": b"old a", "b.docx": b"old b"}, "build")
    log = (tmp_path / "log.jsonl").read_text(encoding="utf-8")
    original = files_module._write
    count = 0

    def full_at_the_second(path: Path, data: bytes) -> None:
        nonlocal count
        count += 1
        if count == 2:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        original(path, data)

    monkeypatch.setattr(files_module, "_write", full_at_the_second)
    with pytest.raises(TenderkitError) as error:
        write_all(case, {"a.docx": b"new a", "b.docx": b"new b"}, "build")
    assert problem_of(error) == "disk-full"
    assert "nothing was changed" in str(error.value)
    assert (tmp_path / "a.docx").read_bytes() == b"old a"
    assert (tmp_path / "b.docx").read_bytes() == b"old b"
    assert (tmp_path / "log.jsonl").read_text(encoding="utf-8") == log
    assert not (tmp_path / ".tenderkit" / "aside").exists()


def test_a_file_open_in_another_program_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case(tmp_path)
    write_all(case, {"a.docx": b"old a", "b.docx": b"old b"}, "build")
    original = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if target.name == "b.docx":
            raise PermissionError(errno.EACCES, "The process cannot access the file", str(target))
        return original(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(TenderkitError) as error:
        write_all(case, {"a.docx": b"new a", "b.docx": b"new b", "c.docx": b"new c"}, "build")
    assert problem_of(error) == "cannot-write"
    assert "Close it in Word and Excel" in error.value.problems[0].help
    assert (tmp_path / "a.docx").read_bytes() == b"old a"
    assert not (tmp_path / "c.docx").exists()


def test_a_folder_without_rights_is_a_clear_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case(tmp_path)

    def denied(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", denied)
    with pytest.raises(TenderkitError) as error:
        write_all(case, {"a.docx": b"one"}, "build")
    assert problem_of(error) == "cannot-write"


def test_a_folder_that_is_no_case_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(TenderkitError) as error:
        open_case(tmp_path)
    assert problem_of(error) == "not-a-case"
    assert "tenderkit new" in error.value.problems[0].help
    with pytest.raises(TenderkitError) as error:
        open_case(tmp_path / "missing")
    assert problem_of(error) == "no-such-folder"


def test_a_new_case_is_a_draft(tmp_path: Path) -> None:
    state = state_of(a_case(tmp_path))
    assert state.name == "draft"
    assert "tenderkit check" in state.next


def test_a_damaged_manifest_is_reported(tmp_path: Path) -> None:
    case = a_case(tmp_path)
    write_all(case, {"a.docx": b"one"}, "build")
    (tmp_path / ".tenderkit" / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(TenderkitError) as error:
        write_all(case, {"a.docx": b"two"}, "build")
    assert problem_of(error) == "damaged-file"


def test_what_was_issued_is_recorded_with_the_files_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_case(tmp_path)
    write_all(case, {"a.xlsx": b"one"}, "scoresheets", {"issued.json": {"a.xlsx": 1}})
    assert case.internal("issued.json") == {"a.xlsx": 1}
    assert set(case.manifest()) == {"a.xlsx"}

    def full(path: Path, _: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(files_module, "_write", full)
    with pytest.raises(TenderkitError):
        write_all(case, {"a.xlsx": b"two"}, "scoresheets", {"issued.json": {"a.xlsx": 2}})
    assert case.internal("issued.json") == {"a.xlsx": 1}
