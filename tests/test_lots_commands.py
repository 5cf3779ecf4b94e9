"""``model lots`` and ``model draw``, drawings in ``events.yaml``, and the page that explains them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from assembly_builders import TENDER, a_bid, a_plan, sheet
from click.testing import CliRunner, Result
from test_docs import edit, fences, run, sessions

import tenderkit
from tenderkit.api import combining
from tenderkit.api.bid_table import MOST_ROWS
from tenderkit.api.deciding import public_drawing, results
from tenderkit.case.events import Events
from tenderkit.cli import main
from tenderkit.evaluation.spec import Bid, ScoreSheet
from tenderkit.problems import Problem, TenderkitError

PACKAGE = "bidder;lots;value\nalfa;1;100\nbeta;2;110\ngamma;1+2;200\n"


def invoked(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="tenderkit")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def written(folder: Path, text: str, name: str = "lots.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def problems_of(file: Path | None, **options: Any) -> list[Problem]:
    with pytest.raises(TenderkitError) as caught:
        tenderkit.model_lots(file, **options)
    assert all(problem.help for problem in caught.value.problems)
    return list(caught.value.problems)


# Packages of lots


def test_a_package_that_is_cheaper_than_the_lots_apart_is_found(tmp_path: Path) -> None:
    """P22 of the catalogue: 100 + 110 = 210 against a package of 200."""
    file = written(tmp_path, PACKAGE)
    result = invoked("model", "lots", "--bids", file)
    assert result.exit_code == 0
    assert "│ 1 + 2 │ gamma  │ 200   │" in result.output
    assert "by itself, without a limit: 210" in result.output
    assert result.output.rstrip().splitlines()[-1].startswith("Next: ")
    data = json.loads(invoked("model", "lots", "--bids", file, "--format", "json").output)
    assert data["best"] == {
        "bids": [{"bidder": "gamma", "lots": ["1", "2"], "value": "200"}],
        "total": "200",
        "without": [],
    }
    assert data["separate"] == {"total": "210", "without": []}
    assert data["next"]


def test_a_limit_points_and_equal_combinations(tmp_path: Path) -> None:
    file = written(tmp_path, "bidder,lots,value\nalfa,nord,8\nalfa,syd,8\nbeta,nord,7\nbeta,syd,7\n")
    data = dict(tenderkit.model_lots(file, at_most=1, choose="highest-points").data)
    assert (data["best"]["total"], data["at_most"], data["choose"]) == ("15", 1, "highest-points")
    assert [[bid["bidder"] for bid in chosen] for chosen in data["equal"]] == [["beta", "alfa"]]
    output = invoked("model", "lots", "--bids", file, "--at-most", 1, "--choose", "highest-points").output
    assert "All these combinations have the same sum; a published tie rule must decide." in output
    alone = written(tmp_path, "bidder;lots;value\nalfa;nord;8\nalfa;syd;8,5\nbeta;syd+vest;9\n", "alone.csv")
    output = invoked("model", "lots", "--bids", alone, "--at-most", 2).output
    assert "│ nord       │ alfa   │ 8     │" in output
    assert "without a limit: 16.5 (no bid for vest alone)" in output
    single = written(tmp_path, "bidder;lots;value\nalfa;nord;8\nalfa;syd;9\n", "single.csv")
    assert "nobody" in invoked("model", "lots", "--bids", single, "--at-most", 1).output


def test_everything_wrong_with_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    file = written(tmp_path, 'bidder;lots;value\nalfa;1;100\nalfa;1;90\n;1+1;x\nbeta;+;1.234\ngamma;2\n"=a\tb";3;5\n')
    found = sorted((problem.place.line, problem.id) for problem in problems_of(file, at_most=0))
    assert found == [
        (0, "wrong-value"),
        (3, "offer-repeated"),
        (4, "bidder-unclear"),
        (4, "lots-unclear"),
        (4, "number-unclear"),
        (5, "lots-unclear"),
        (5, "number-unclear"),
        (6, "row-uneven"),
        (7, "bidder-unclear"),
    ]
    result = invoked("model", "lots", "--bids", file)
    assert result.exit_code == 1
    assert "lots.csv:3: error offer-repeated" in result.stderr


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "bids-empty"),
        ("bidder;lots;value\n", "bids-empty"),
        ("bidder;lot;value\na;1;1\n", "column-missing"),
        ("bidder;lots;value\n" + "a;1;1\n" * (MOST_ROWS + 1), "file-too-large"),
        ('bidder;lots;value\n"a;1;1\n', "broken-csv"),
    ],
)
def test_a_file_that_is_no_list_of_bids_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    assert problem in {item.id for item in problems_of(written(tmp_path, text))}


def test_the_input_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [problem.id for problem in problems_of(None)] == ["bids-missing"]
    monkeypatch.setattr(combining, "MOST_LOTS", 2)
    file = written(tmp_path, "bidder;lots;value\na;1+2+3;1\n")
    assert [problem.id for problem in problems_of(file)] == ["too-many-lots"]


# Drawing


def test_the_rounds_of_a_drawing_can_be_repeated() -> None:
    outcome = tenderkit.model_draw(["alfa", "beta", "gamma"], number="0714233144")
    assert [(row["number"], row["left"], row["quotient"], row["remainder"]) for row in outcome.data["rounds"]] == [
        ("714233144", 3, "238077714", 2),
        ("238077714", 2, "119038857", 0),
        ("119038857", 1, "119038857", 0),
    ]
    assert [row["drawn"] for row in outcome.data["rounds"]] == ["gamma", "alfa", "beta"]
    data = json.loads(invoked("model", "draw", "--number", "0714233144", "alfa", "beta", "--format", "json").output)
    assert data["listed"] == ["alfa", "beta"]
    result = invoked("model", "draw", "--number", "12", "alfa", "beta")
    assert result.exit_code == 1
    assert "drawing-number-wrong" in result.stderr
    assert invoked("model", "draw", "--number", "0714233144").exit_code == 2


def decided(events: Events, text: str = TENDER) -> dict[str, str | None]:
    """Give who wins each lot where alfa, beta and gamma have the same bid for lot nord, and alfa is alone in syd."""
    plan = a_plan(text=text)
    bids: dict[str, list[Bid]] = {
        "nord": [a_bid(name, "nord", "4000000", "1.5", "15") for name in ("alfa", "beta", "gamma")],
        "syd": [a_bid("alfa", "syd", "4000000", "1.5", "15")],
    }
    scores: dict[str, ScoreSheet] = {
        lot: sheet("consensus", lot, {(bid.bidder, key): "6" for bid in own for key in ("quality.k1", "quality.k2")})
        for lot, own in bids.items()
    }
    lock: Any = SimpleNamespace(plan=plan)
    found = results(lock, [], bids, scores, events)
    return {lot: result.winner.bid.bidder if result.winner else None for lot, result in found.items()}


WITH_NUMBER = TENDER.replace("  model: weighted-sum", "  model: weighted-sum\n  drawing: {number: lottotallene}")
LISTED = {"listed": ["alfa", "beta", "gamma"], "number": "0714233144"}


def drawing(**changes: Any) -> Events:
    return Events.model_validate({"drawing": {"nord": {**LISTED, **changes}}})


def test_a_recorded_drawing_decides() -> None:
    assert decided(Events(), WITH_NUMBER) == {"nord": None, "syd": "alfa"}
    assert decided(drawing(), WITH_NUMBER) == {"nord": "gamma", "syd": "alfa"}
    witnessed = Events.model_validate({"drawn": {"nord": ["beta", "gamma", "alfa"]}})
    assert decided(witnessed) == {"nord": "beta", "syd": "alfa"}
    found = public_drawing(drawing(), "nord")
    assert found is not None
    assert (found.listed, public_drawing(drawing(), "syd")) == (("alfa", "beta", "gamma"), None)


def test_with_a_limit_the_drawing_comes_before_any_lot_has_its_winner() -> None:
    """Alfa is the only one for syd and gets it, so that lots are drawn between beta and gamma alone matters not yet."""
    limited = WITH_NUMBER.replace("  ties: [", "  lots: {at_most: 1, choose: lowest-price}\n  ties: [")
    assert decided(Events(), limited) == {"nord": None, "syd": None}
    assert decided(drawing(), limited) == {"nord": "gamma", "syd": "alfa"}


@pytest.mark.parametrize(
    ("events", "text", "problem", "label"),
    [
        ({"drawing": {"nord": LISTED}}, TENDER, "drawing-not-published", "drawing.nord"),
        ({"drawn": {"nord": ["alfa", "beta", "gamma"]}}, WITH_NUMBER, "drawing-not-published", "drawn.nord"),
        ({"drawing": {"nord": LISTED}, "drawn": {"nord": ["alfa"]}}, WITH_NUMBER, "drawn-twice", "drawing.nord"),
        (
            {"drawing": {"nord": {**LISTED, "listed": ["alfa", "beta"]}}},
            WITH_NUMBER,
            "drawing-list-wrong",
            "drawing.nord",
        ),
        (
            {"drawing": {"nord": {**LISTED, "listed": ["alfa", "beta", "gamma", "delta"]}}},
            WITH_NUMBER,
            "drawing-list-wrong",
            "drawing.nord",
        ),
        ({"drawing": {"nord": {**LISTED, "number": "7"}}}, WITH_NUMBER, "drawing-number-wrong", "drawing.nord"),
        ({"drawing": {"vest": LISTED}}, WITH_NUMBER, "drawn-unknown-lot", "drawing.vest"),
        ({"drawn": {"nrod": ["alfa"]}}, TENDER, "drawn-unknown-lot", "drawn.nrod"),
    ],
)
def test_a_drawing_that_was_not_published_so_is_refused(
    events: dict[str, Any], text: str, problem: str, label: str
) -> None:
    with pytest.raises(TenderkitError) as caught:
        decided(Events.model_validate(events), text)
    assert [(item.id, item.place.file, item.place.label) for item in caught.value.problems] == [
        (problem, "events.yaml", label)
    ]
    assert all(item.help for item in caught.value.problems)


# The page


def test_the_commands_of_the_page_print_what_it_shows(tmp_path: Path) -> None:
    commands = []
    for fence in fences("how-to/lots-and-ties.md"):
        if fence.language == "csv":
            edit(fence, tmp_path)
        elif fence.language == "console":
            for command, expected in sessions(fence.text):
                printed = run(command, tmp_path)
                commands.append(command)
                assert expected
                assert all(line in printed for line in expected), printed
    assert {command.split()[2] for command in commands} == {"lots", "draw"}


def test_the_keys_of_the_page_are_read(tmp_path: Path) -> None:
    """The pieces of ``tender.yaml`` and ``events.yaml`` stand in files that can be read."""
    pieces = {(fence.title, fence.text) for fence in fences("how-to/lots-and-ties.md") if fence.language == "yaml"}
    awards = [text.removeprefix("award:\n") for title, text in pieces if title == "tender.yaml"]
    assert len(awards) == 2
    text = TENDER.replace("  ties: [price, social, lots-drawing]\n", "".join(sorted(awards)))
    award = a_plan(text=text).tender.award
    assert award.lots is not None
    assert award.drawing is not None
    recorded = [
        written(tmp_path, own, f"{place}.yaml") for place, (title, own) in enumerate(pieces) if "events" in title
    ]
    read = [tenderkit.case.events.read_events(file.read_text(encoding="utf-8"), file.name) for file in recorded]
    assert sorted(len(events.drawing) + len(events.drawn) for events in read) == [1, 1]
    assert Decimal(read[0].drawing.get("nord", read[1].drawing.get("nord")).number) == 714233144  # type: ignore[union-attr]
