"""``bids``: the bidders' forms read back, each bid checked, and the decisions on admission applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tenderkit.api.loading import published
from tenderkit.api.outcome import Outcome
from tenderkit.case import BidDecision, Case, Lock
from tenderkit.case.folder import read_bytes
from tenderkit.evaluation.spec import Bid
from tenderkit.problems import Place, Problem, TenderkitError, has_errors, ordered
from tenderkit.quantities import as_decimal, format_money

MAX_FILES = 200


@dataclass(frozen=True)
class Received:
    """One bidder's bid for one lot with what was found in its forms.

    ``bid`` says whether it takes part; ``decided`` whether a person has said so in ``events.yaml``.
    """

    bid: Bid
    findings: tuple[Problem, ...]
    decided: bool


def bids(folder: Path) -> Outcome:
    """Read all forms in ``bids/`` and tell what each bid lacks, and which bids still need a decision.

    Raises:
        TenderkitError: nothing was published, or there are no forms.
    """
    case, lock = published(folder)
    received = receive(case, lock)
    problems = [problem for item in received for problem in (*item.findings, *_undecided(item))]
    rows = [_row(item) for item in received]
    lines = [
        f"{row['lot']}: {row['name']} ({row['bidder']}): {row['state']}"
        + (f", evaluated price {format_money(price, 'en')}" if (price := _evaluated(item, lock)) else "")
        for row, item in zip(rows, received, strict=True)
    ]
    waiting = any(not item.decided for item in received)
    step = (
        "Record in events.yaml which bids are admitted, then run: tenderkit scoresheets"
        if waiting
        else "run: tenderkit scoresheets"
    )
    return Outcome(problems=ordered(problems), data={"bids": rows}, lines=lines, next=step)


def _row(item: Received) -> dict[str, Any]:
    bid = item.bid
    state = "admitted" if bid.admitted else "not admitted"
    if not item.decided:
        state = "needs a decision" if has_errors(item.findings) else "no findings, needs a decision"
    return {"lot": bid.lot, "bidder": bid.bidder, "name": bid.name, "state": state, "grounds": list(bid.grounds)}


def _evaluated(item: Received, lock: Lock) -> Any:
    from tenderkit.evaluation.price import evaluated_price  # noqa: PLC0415 - only when prices are shown

    spec = lock.plan.specs[item.bid.lot]
    if any(line.id not in item.bid.prices for line in spec.price_lines):
        return None
    return as_decimal(evaluated_price(spec.price_lines, item.bid.prices), 2)


def _undecided(item: Received) -> list[Problem]:
    if item.decided:
        return []
    bidder = item.bid.bidder
    return [
        Problem(
            "bid-not-decided",
            f'It is not decided whether the bid of "{item.bid.name}" for lot "{item.bid.lot}" takes part.',
            Place("events.yaml"),
            level="warning",
            help=f"Add under bids: {bidder}: {{admitted: yes}}, or {{admitted: no, grounds: [...]}}.",
        )
    ]


def receive(case: Case, lock: Lock) -> list[Received]:
    """Give every bid, by lot and bidder.

    Raises:
        TenderkitError: there are no forms at all, or ``events.yaml`` decides about a bidder that has no bid.
    """
    root = case.root / "bids"
    folders = [item for item in sorted(root.iterdir()) if item.is_dir()] if root.is_dir() else []
    if not folders:
        raise TenderkitError(
            Problem(
                "no-bids",
                "There are no bids yet.",
                Place("bids"),
                help="Make a folder for each bidder, such as bids/acme, and put the returned forms in it.",
            )
        )
    decisions = case.events().bids
    unknown = set(decisions) - {item.name for item in folders}
    if unknown:
        raise TenderkitError(
            [
                Problem(
                    "unknown-bidder",
                    f'events.yaml decides about "{name}", who has no folder in bids.',
                    Place("events.yaml"),
                    help="Folders: " + ", ".join(item.name for item in folders),
                )
                for name in sorted(unknown)
            ]
        )
    received = [item for folder in folders for item in _of_bidder(case, folder, lock, decisions.get(folder.name))]
    order = [lot.id for lot in lock.plan.tender.lots]
    return sorted(received, key=lambda item: (order.index(item.bid.lot), item.bid.bidder))


def _of_bidder(case: Case, folder: Path, lock: Lock, decision: BidDecision | None) -> list[Received]:
    """Read one bidder's forms; a file that cannot be placed is a finding on each of the bidder's bids."""
    from tenderkit import excel  # noqa: PLC0415 - openpyxl is slow to import

    forms: dict[tuple[str, str], tuple[str, Mapping[str, Any], list[Problem]]] = {}
    loose: list[Problem] = []
    for file in _workbooks(folder):
        name = case.relative(file)
        try:
            data = read_bytes(file)
            form = excel.identify(data, lock.forms, name)
            facts = lock.forms[form]
            key = (facts["kind"], facts["part"])
            if key in forms:
                raise TenderkitError(  # noqa: TRY301 - collected with the others
                    Problem(
                        "form-twice",
                        f"This form was handed in twice: here and as {forms[key][0]}.",
                        Place(name),
                        help="Keep the one that was handed in last before the deadline.",
                    )
                )
            values, problems = excel.read(facts, data, name)
            forms[key] = (name, values, problems)
        except TenderkitError as error:
            loose += error.problems
    lots = [lot.id for lot in lock.plan.tender.lots if any(part == lot.id for _, part in forms)]
    bids = [_bid(folder.name, lot, lock, forms, loose) for lot in lots]
    if not bids:
        bids = [
            (
                Bid(folder.name, folder.name, lock.plan.tender.lots[0].id, {}, {}),
                [
                    *loose,
                    Problem(
                        "no-readable-form",
                        "None of this bidder's files is a form of this tender.",
                        Place(case.relative(folder)),
                    ),
                ],
            )
        ]
    return [_decide(bid, problems, decision) for bid, problems in bids]


def _workbooks(folder: Path) -> Iterable[Path]:
    """Give the workbooks in a bidder's folder; lock files of Excel and links are passed over."""
    files = [item for item in sorted(folder.iterdir()) if item.is_file() and not item.is_symlink()]
    return [item for item in files if item.suffix.lower() == ".xlsx" and not item.name.startswith("~$")][:MAX_FILES]


def _bid(
    bidder: str,
    lot: str,
    lock: Lock,
    forms: Mapping[tuple[str, str], tuple[str, Mapping[str, Any], list[Problem]]],
    loose: list[Problem],
) -> tuple[Bid, list[Problem]]:
    from tenderkit import excel  # noqa: PLC0415 - as above

    problems = list(loose)
    values: dict[str, Mapping[str, Any]] = {}
    files: dict[str, str] = {}
    for kind in ("price-list", "answer-form"):
        found = forms.get((kind, lot))
        if found is None:
            problems.append(
                Problem(
                    "form-missing",
                    f'The {kind.replace("-", " ")} for lot "{lot}" is missing.',
                    Place(f"bids/{bidder}"),
                    help="Look whether it came under another name or for another lot.",
                )
            )
            values[kind] = {}
        else:
            files[kind], values[kind] = found[0], found[1]
            problems += found[2]
    bid, more = excel.bid_from(lock.plan, lot, bidder, values["price-list"], values["answer-form"], files)
    return bid, [*problems, *more]


def _decide(bid: Bid, problems: list[Problem], decision: BidDecision | None) -> Received:
    """Apply a decision: a rejected bid's findings become notes, and so do findings that were accepted."""
    if decision is None:
        return Received(bid, tuple(problems), decided=False)
    applies = not decision.lots or bid.lot in decision.lots
    if not decision.admitted and applies:
        notes = tuple(replace(problem, level="note") for problem in problems)
        return Received(replace(bid, admitted=False, grounds=tuple(decision.grounds)), notes, decided=True)
    kept = tuple(replace(problem, level="note") if problem.id in decision.accepted else problem for problem in problems)
    return Received(bid, kept, decided=True)


def admitted_by_lot(received: Iterable[Received], lock: Lock) -> dict[str, list[Bid]]:
    """Give the admitted bids by lot.

    Raises:
        TenderkitError: a bid is undecided, or an admitted bid has a finding that was not accepted.
    """
    problems: list[Problem] = []
    bids_by_lot: dict[str, list[Bid]] = {lot.id: [] for lot in lock.plan.tender.lots}
    for item in received:
        if not item.decided:
            problems += [replace(problem, level="error") for problem in _undecided(item)]
        elif item.bid.admitted:
            problems += [problem for problem in item.findings if problem.level == "error"]
            bids_by_lot[item.bid.lot].append(item.bid)
    if problems:
        raise TenderkitError(problems)
    return bids_by_lot
