"""``scoresheets`` and ``score``: the committee's workbooks out and in, the consensus, and the result of every lot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tenderkit.api.deciding import allocation_of, public_drawing, results
from tenderkit.api.hanging import hung_on
from tenderkit.api.loading import published
from tenderkit.api.outcome import Outcome
from tenderkit.api.receiving import Received, admitted_by_lot, receive
from tenderkit.api.telling import combination_lines, tell
from tenderkit.case import Case, Lock, Written, write_all
from tenderkit.case.folder import read_bytes
from tenderkit.case.state import COMBINATION
from tenderkit.evaluation.allocation import Allocation
from tenderkit.evaluation.spec import Bid, Result, ScoreSheet
from tenderkit.problems import Place, Problem, TenderkitError, has_errors

ISSUED = "issued.json"
CONSENSUS = "consensus"


@dataclass(frozen=True)
class Material:
    """All that the committee has: bids, individual scores, the agreed scores, and the results by lot."""

    case: Case
    lock: Lock
    received: list[Received]
    bids: Mapping[str, list[Bid]]
    sheets: list[ScoreSheet]
    consensus: Mapping[str, ScoreSheet]
    results: Mapping[str, Result]


def scoresheets(folder: Path) -> Outcome:
    """Write a workbook for each evaluator.

    Raises:
        TenderkitError: nothing was published, or a bid is undecided.
    """
    from tenderkit import excel  # noqa: PLC0415 - imported when something is written

    case, lock = published(folder)
    bids = admitted_by_lot(receive(case, lock), lock)
    if not any(bids.values()):
        raise TenderkitError(
            Problem(
                "no-admitted-bid",
                "No bid is admitted, so there is nothing to score.",
                Place("events.yaml"),
                help="Run: tenderkit report",
            )
        )
    files: dict[str, bytes] = {}
    issued: dict[str, Any] = dict(case.internal(ISSUED))
    for member in lock.plan.tender.committee.members:
        workbook = excel.score_sheet(lock.plan, member, bids)
        name = f"scores/out/{workbook.file}"
        files[name] = excel.write(workbook)
        issued[name] = excel.facts(workbook)
    written = write_all(case, files, "scoresheets", {ISSUED: issued})
    return Outcome(
        files=written,
        next="Send each evaluator the workbook; put the filled ones in scores/in, then run: tenderkit score",
    )


def score(folder: Path, *, sensitivity: bool = False) -> Outcome:
    """Read the evaluators' workbooks and write the consensus workbook; when that is filled in, score every lot.

    ``sensitivity`` adds to the result workbook the smallest changes of one score and of one price that change the
    winner.

    Raises:
        TenderkitError: something is missing or wrong; it names who lacks what.
    """
    case, lock = published(folder)
    received = receive(case, lock)
    bids = admitted_by_lot(received, lock)
    sheets = _individual(case, lock, bids)
    consensus_file = _consensus_file(case)
    if consensus_file is None:
        return _issue_consensus(case, lock, bids, sheets)
    material = _scored(case, lock, received, bids, sheets, consensus_file)
    allocation = allocation_of(lock.plan, material.results)
    written = _write_results(material, allocation, thorough=sensitivity)
    lines, data = tell(material.results, allocation)
    if sensitivity:
        hung = hung_on(material.results, _agreed(material))
        lines += hung.pop("lines")
        data |= hung
    following = "tenderkit report" + (" --sensitivity" if sensitivity else "")
    return Outcome(
        files=written,
        lines=lines,
        data=data,
        next=f"Look at result/LOT, make any enquiry about low bids (§ 169), then run: {following}",
    )


def _agreed(material: Material) -> dict[str, Mapping[tuple[str, str], Decimal]]:
    """Give the agreed scores by lot."""
    from tenderkit.evaluation.committee import agreed  # noqa: PLC0415 - the engine is not needed before

    sheets = material.consensus
    return {lot: agreed(sheets[lot]) if lot in sheets else {} for lot in material.results}


def material_of(folder: Path) -> Material:
    """Give everything up to the results, for the report, the letters and the contract.

    Raises:
        TenderkitError: the case is not that far yet; it says what comes first.
    """
    case, lock = published(folder)
    received = receive(case, lock)
    bids = admitted_by_lot(received, lock)
    if not any(bids.values()):
        return Material(case, lock, received, bids, [], {}, results(lock, received, bids, {}, case.events()))
    sheets = _individual(case, lock, bids)
    consensus_file = _consensus_file(case)
    if consensus_file is None:
        raise TenderkitError(
            Problem("not-scored", "The bids have not been scored yet.", Place("consensus"), help="Run: tenderkit score")
        )
    return _scored(case, lock, received, bids, sheets, consensus_file)


def _individual(case: Case, lock: Lock, bids: Mapping[str, list[Bid]]) -> list[ScoreSheet]:
    """Read the filled workbooks in ``scores/in``; name everybody who is missing or not done."""
    from tenderkit import excel  # noqa: PLC0415 - openpyxl is slow to import

    issued = {name: facts for name, facts in case.internal(ISSUED).items() if name.startswith("scores/out/")}
    if not issued:
        raise TenderkitError(
            Problem(
                "no-scoresheets",
                "The evaluators have not been given workbooks yet.",
                Place("scores/out"),
                help="Run: tenderkit scoresheets",
            )
        )
    folder = case.root / "scores" / "in"
    problems: list[Problem] = []
    sheets: list[ScoreSheet] = []
    seen: dict[str, str] = {}
    for file in sorted(folder.glob("*.xlsx")) if folder.is_dir() else []:
        if file.name.startswith("~$"):
            continue
        name = case.relative(file)
        try:
            data = read_bytes(file)
            facts = issued[excel.identify(data, issued, name)]
        except TenderkitError as error:
            problems += error.problems
            continue
        member = facts["part"]
        if member in seen:
            problems.append(
                Problem(
                    "evaluator-twice",
                    f'There are two workbooks of "{member}": {seen[member]} and this one.',
                    Place(name),
                    help="Keep the one that the evaluator says is final.",
                )
            )
            continue
        seen[member] = name
        values, found = excel.read(facts, data, name)
        read, more = excel.scores_from(lock.plan, member, bids, values, name)
        sheets += read
        problems += [*found, *more]
    problems += [
        Problem(
            "evaluator-missing",
            f"{member.name} ({member.role}) has not handed in a workbook.",
            Place("scores/in"),
            help=f"Remind {member.name}, and put the filled workbook in scores/in.",
        )
        for identifier, member in lock.plan.tender.committee.members.items()
        if identifier not in seen
    ]
    if has_errors(problems):
        raise TenderkitError(problems)
    return sheets


def _consensus_file(case: Case) -> Path | None:
    """Give the consensus workbook, or None before it was issued."""
    files = [item for item in sorted((case.root / CONSENSUS).glob("*.xlsx")) if not item.name.startswith("~$")]
    if len(files) > 1:
        raise TenderkitError(
            Problem(
                "consensus-twice",
                "There are several workbooks in the consensus folder: " + ", ".join(item.name for item in files) + ".",
                Place(CONSENSUS),
                help="Keep the final one.",
            )
        )
    return files[0] if files else None


def _issue_consensus(case: Case, lock: Lock, bids: Mapping[str, list[Bid]], sheets: list[ScoreSheet]) -> Outcome:
    from tenderkit import excel  # noqa: PLC0415 - imported when something is written

    workbook = excel.consensus(lock.plan, bids, sheets)
    name = f"{CONSENSUS}/{workbook.file}"
    issued = {**case.internal(ISSUED), CONSENSUS: excel.facts(workbook)}
    written = write_all(case, {name: excel.write(workbook)}, "score", {ISSUED: issued})
    return Outcome(files=written, next="Agree on the scores in the consensus workbook, then run: tenderkit score")


def _scored(
    case: Case,
    lock: Lock,
    received: list[Received],
    bids: Mapping[str, list[Bid]],
    sheets: list[ScoreSheet],
    consensus_file: Path,
) -> Material:
    """Read the consensus workbook and score.

    Raises:
        TenderkitError: the workbook is not filled in or was changed, or individual scores changed after it was issued.
    """
    from tenderkit import excel  # noqa: PLC0415 - openpyxl is slow to import

    issued = case.internal(ISSUED).get(CONSENSUS)
    name = case.relative(consensus_file)
    if issued is None or excel.facts(excel.consensus(lock.plan, bids, sheets)) != issued:
        raise TenderkitError(
            Problem(
                "scores-changed-after-consensus",
                "The individual scores, or the admitted bids, differ from those the consensus workbook was made of.",
                Place(name),
                help="Put the workbooks in scores/in back, or move the consensus workbook away and run: "
                "tenderkit score",
            )
        )
    data = read_bytes(consensus_file)
    values, problems = excel.read(issued, data, name)
    consensus, more = excel.consensus_from(lock.plan, bids, values, name)
    problems = [*problems, *more]
    if has_errors(problems):
        raise TenderkitError(problems)
    by_lot = {sheet.lot: sheet for sheet in consensus}
    return Material(case, lock, received, bids, sheets, by_lot, results(lock, received, bids, by_lot, case.events()))


def _write_results(material: Material, allocation: Allocation | None, *, thorough: bool) -> list[Written]:
    from tenderkit import excel  # noqa: PLC0415 - imported when something is written
    from tenderkit.evaluation.committee import agreed  # noqa: PLC0415 - as above

    files: dict[str, bytes] = {}
    internal: dict[str, object] = {}
    events = material.case.events()
    for lot, result in material.results.items():
        scores = agreed(material.consensus[lot]) if lot in material.consensus else {}
        drawing = public_drawing(events, lot)
        workbook = excel.result(material.lock.plan, result, scores=scores, drawing=drawing, thorough=thorough)
        files[f"result/{lot}/{workbook.file}"] = excel.write(workbook)
    if allocation is not None:
        workbook = excel.lots_workbook(material.lock.plan, material.results, allocation)
        files[f"result/{workbook.file}"] = excel.write(workbook)
        titles = {lot: result.spec.lot_title for lot, result in material.results.items()}
        internal[COMBINATION] = {"lines": combination_lines(allocation, titles)}
    return write_all(material.case, files, "score", internal)
