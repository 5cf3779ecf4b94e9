"""The cleaning case from end to end: what the example publishes, who wins, and that its filled workbooks are fresh."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import filling
import pytest
from cases import EXAMPLE

import tenderkit


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tenderkit.Outcome]:
    folder = tmp_path_factory.mktemp("demo") / "case"
    return folder, tenderkit.demo(folder)


def test_the_filled_workbooks_are_made_from_the_answers(request: pytest.FixtureRequest) -> None:
    folder = EXAMPLE / "filled"
    if request.config.getoption("--fill-examples"):
        filling.write(folder)
    fresh = filling.filled()
    stored = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.xlsx")}
    assert len(fresh) == 16
    stale = sorted(set(fresh) ^ set(stored)) + sorted(name for name in set(fresh) & set(stored) if fresh[name] != stored[name])
    assert not stale, "run: python -m pytest tests/test_example.py --fill-examples"


@pytest.mark.slow
def test_the_demo_runs_to_the_contracts(demo: tuple[Path, tenderkit.Outcome]) -> None:
    folder, outcome = demo
    assert outcome.ok, [str(problem) for problem in outcome.problems]
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*") if path.is_file()}
    for part in ("published/1/lock.json", "contracts/nord", "contracts/syd", "letters", "result/nord", "result/syd"):
        assert any(name.startswith(part) for name in names), part


@pytest.mark.slow
def test_the_lots_have_different_winners_and_the_first_is_close(demo: tuple[Path, tenderkit.Outcome]) -> None:
    lots = demo[1].data["lots"]
    assert (lots["nord"]["winner"], lots["syd"]["winner"]) == ("brohuset", "roennelund")
    assert Decimal(lots["nord"]["margin"]) < Decimal("0.3")
    assert lots["nord"]["not_admitted"] == ["hurtigblank"]


@pytest.mark.slow
def test_a_second_demo_gives_the_same_bytes(
    demo: tuple[Path, tenderkit.Outcome], tmp_path: Path
) -> None:
    other = tmp_path / "case"
    tenderkit.demo(other)
    first = demo[0]
    compared = [path for path in first.rglob("*") if path.suffix in {".docx", ".xlsx", ".json"} and path.is_file()]
    assert len(compared) > 30
    for path in compared:
        assert path.read_bytes() == (other / path.relative_to(first)).read_bytes(), path.name
