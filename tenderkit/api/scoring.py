"""``scoresheets`` and ``score``: the committee's workbooks out and in, the consensus, and the result of every lot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenderkit.api.loading import published
from tenderkit.api.outcome import Outcome
from tenderkit.api.receiving import Received, admitted_by_lot, receive
from tenderkit.case import Case, Lock, Written, write_all
from tenderkit.case.folder import read_bytes
from tenderkit.evaluation.spec import Bid, Result, ScoreSheet
from tenderkit.problems import Place, Problem, TenderkitError, has_errors
from tenderkit.quantities import format_number

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


def score(folder: Path) -> Outcome:
    """Read the evaluators' workbooks and write the consensus workbook; when that is filled in, score every lot.

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
    written = _write_results(material)
    lines, data = _tell(material)
    return Outcome(
        files=written,
        lines=lines,
        data=data,
        next="Look at result/LOT, make any enquiry about low bids (§ 169), then run: tenderkit report",
    )


def material_of(folder: Path) -> Material:
    """Give everything up to the results, for the report, the letters and the contract.

    Raises:
        TenderkitError: the case is not that far yet; it says what comes first.
    """
    case, lock = published(folder)
    received = receive(case, lock)
    bids = admitted_by_lot(received, lock)
    if not any(bids.values()):
        return Material(case, lock, received, bids, [], {}, _results(lock, received, bids, {}, case))
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
    return Material(case, lock, received, bids, sheets, by_lot, _results(lock, received, bids, by_lot, case))


def _results(
    lock: Lock,
    received: list[Received],
    bids: Mapping[str, list[Bid]],
    consensus: Mapping[str, ScoreSheet],
    case: Case,
) -> dict[str, Result]:
    from tenderkit.evaluation import score as score_lot  # noqa: PLC0415 - the engine is not needed before
    from tenderkit.evaluation.committee import agreed  # noqa: PLC0415 - as above

    drawn = case.events().drawn
    results: dict[str, Result] = {}
    for lot, spec in lock.plan.specs.items():
        given = agreed(consensus[lot]) if lot in consensus else {}
        everyone = [*bids[lot], *(item.bid for item in received if item.bid.lot == lot and not item.bid.admitted)]
        order = {bidder: place for place, bidder in enumerate(drawn.get(lot, []), 1)}
        results[lot] = score_lot(spec, everyone, given, drawn=order or None)
    return results


def _write_results(material: Material) -> list[Written]:
    from tenderkit import excel  # noqa: PLC0415 - imported when something is written

    files = {}
    for lot, result in material.results.items():
        workbook = excel.result(material.lock.plan, result)
        files[f"result/{lot}/{workbook.file}"] = excel.write(workbook)
    return write_all(material.case, files, "score")


def _tell(material: Material) -> tuple[list[str], dict[str, Any]]:
    """Give the result in words and as data."""
    lines: list[str] = []
    data: dict[str, Any] = {}
    for lot, result in material.results.items():
        places = result.spec.total_places
        lines.append(f"{result.spec.lot_title}:")
        for item in result.ranking:
            total = format_number(item.total, "en", places)
            lines.append(f"  {item.rank}. {item.bid.name}: {total}" + _how(item.decided_by))
        lines += [f"  –  {bid.name}: not admitted" for bid in result.rejected]
        lines.append(_winner(result))
        data[lot] = {
            "winner": result.winner.bid.bidder if result.winner else None,
            "margin": None if result.margin is None else str(result.margin),
            "ranking": [
                {
                    "bidder": item.bid.bidder,
                    "name": item.bid.name,
                    "total": str(item.total),
                    "rank": item.rank,
                    "decided_by": item.decided_by,
                }
                for item in result.ranking
            ],
            "not_admitted": [bid.bidder for bid in result.rejected],
        }
    return lines, {"lots": data}


def _how(rule: str) -> str:
    return "" if rule == "total" else f"  (tie, decided by {rule})"


def _winner(result: Result) -> str:
    if result.winner is None:
        why = "no bid is admitted" if not result.ranking else "lots must be drawn"
        return f"  No winner: {why}."
    if result.margin is None:
        return f"  {result.winner.bid.name} wins as the only admitted bid."
    margin = format_number(result.margin, "en", result.spec.total_places)
    return f"  {result.winner.bid.name} wins by {margin} points."
