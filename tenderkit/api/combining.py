"""``model lots``: the best combination of bids for lots, packages of several lots among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from tenderkit.api.bid_table import BIDDER, header_problems, name_problem, number_advice, read_number, read_rows
from tenderkit.api.outcome import Outcome
from tenderkit.evaluation.lots import Combination, Offer, best_combination
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import as_decimal

MOST_LOTS = 60
LONGEST_LOT = 60
COLUMNS = (BIDDER, "lots", "value")
_TOGETHER = "+"
_HOW = "Save the sheet as CSV with the header bidder;lots;value, lots parted by plus signs, such as: nord+syd"
_PACKAGES = (
    "Bids for several lots together are not part of the forms. Whoever asks for them must publish how combinations are "
    "decided, and compare them with this command."
)


def model_lots(
    bids: Path | None = None,
    *,
    at_most: int | None = None,
    choose: Literal["lowest-price", "highest-points"] = "lowest-price",
) -> Outcome:
    """Give the combination of bids with the best sum that awards as many lots as possible; exact.

    Args:
        bids: a CSV file with the columns ``bidder``, ``lots`` (several lots of one bid parted by plus signs) and
            ``value`` (the evaluated price, or the total points, of all its lots together).
        at_most: how many lots one bidder can win; no limit when left out.
        choose: whether the lowest sum of prices or the highest sum of points is best.

    Raises:
        TenderkitError: with everything that is wrong with the file, or there are too many combinations to look at.
    """
    if bids is None:
        advice = f"{_HOW}. Then: --bids lots.csv"
        raise TenderkitError(Problem("bids-missing", "The bids are missing.", Place(label="--bids"), help=advice))
    rows = read_rows(bids, _HOW)
    offers, problems = _offers(rows, bids.name)
    if at_most is not None and at_most < 1:
        problems.append(
            Problem("wrong-value", "A bidder can win at least 1 lot.", Place(label="--at-most"), help="Give 1 or more.")
        )
    lots = list(dict.fromkeys(lot for _, own in offers for lot in sorted(own.lots, key=_by_text)))
    if len(lots) > MOST_LOTS:
        message = f"The file has {len(lots)} lots; at most {MOST_LOTS} are looked at."
        problems.append(Problem("too-many-lots", message, Place(bids.name), help="Try fewer lots at a time."))
    if not problems and not offers:
        problems.append(Problem("bids-empty", "The file has no bids.", Place(bids.name), help=_HOW))
    if problems:
        raise TenderkitError(problems)
    better: Literal["lower", "higher"] = "lower" if choose == "lowest-price" else "higher"
    found = best_combination(lots, [offer for _, offer in offers], better, at_most)
    alone = {lot for _, offer in offers if len(offer.lots) == 1 for lot in offer.lots}
    return _outcome(found, lots, alone, {"at_most": at_most, "choose": choose})


def _offers(rows: Sequence[tuple[int, list[str]]], name: str) -> tuple[list[tuple[int, Offer]], list[Problem]]:
    """Give the bids with their lines, and what is wrong with the other rows."""
    header = [cell.strip().lower() for cell in rows[0][1]]
    problems = list(header_problems(rows[0][1], COLUMNS, Place(name, rows[0][0])))
    if problems:
        raise TenderkitError(problems)
    found: list[tuple[int, Offer]] = []
    lines: dict[tuple[str, frozenset[str]], int] = {}
    for line, cells in rows[1:]:
        place = Place(name, line)
        if len(cells) != len(header):
            message = f"The row has {len(cells)} cells, and the header has {len(header)}."
            problems.append(Problem("row-uneven", message, place, help="Part the columns as the header does."))
            continue
        row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        offer = _offer(row, place, problems)
        if offer is None:
            continue
        key = (offer.bidder, offer.lots)
        if key in lines:
            message = f'"{offer.bidder}" has a bid for these lots on line {lines[key]} too.'
            problems.append(Problem("offer-repeated", message, place, help="Keep one row for each set of lots."))
        lines.setdefault(key, line)
        found.append((line, offer))
    return found, problems


def _offer(row: Mapping[str, str], place: Place, problems: list[Problem]) -> Offer | None:
    """Give a row's bid; None when a problem was noted."""
    before = len(problems)
    if wrong := name_problem(row[BIDDER], place):
        problems.append(wrong)
    lots = [lot.strip() for lot in row["lots"].split(_TOGETHER)]
    where = Place(place.file, place.line, label="lots")
    if any(not lot or len(lot) > LONGEST_LOT or not lot.isprintable() for lot in lots):
        message = f'"{row["lots"][:LONGEST_LOT]}" does not name the lots.'
        problems.append(Problem("lots-unclear", message, where, help="Write one lot, or several: nord+syd"))
    elif len(set(lots)) < len(lots):
        message = f'"{row["lots"][:LONGEST_LOT]}" names a lot twice.'
        problems.append(Problem("lots-unclear", message, where, help="Name each lot once."))
    value = Fraction(0)
    try:
        value = Fraction(read_number(row["value"]))
    except ValueError as error:
        label = Place(place.file, place.line, label="value")
        problems.append(Problem("number-unclear", f"{error}.", label, help=number_advice(row["value"], error)))
    return Offer(row[BIDDER], frozenset(lots), value) if len(problems) == before else None


def _by_text(lot: str) -> tuple[int, str]:
    """Order the lots of a package: numbers by size, 2 before 10."""
    return (int(lot), "") if lot.isdecimal() and lot.isascii() else (0, lot)


def _outcome(found: Combination, lots: Sequence[str], alone: set[str], asked: Mapping[str, Any]) -> Outcome:
    data: dict[str, Any] = {
        "lots": list(lots),
        **asked,
        "best": {
            "bids": [_row(offer, lots) for offer in found.chosen],
            "total": str(as_decimal(found.total)),
            "without": list(found.without),
        },
        "separate": {
            "total": str(as_decimal(found.separate)),
            "without": [lot for lot in lots if lot not in alone],
        },
        "equal": [[_row(offer, lots) for offer in chosen] for chosen in found.equal],
    }
    packages = any(len(offer.lots) > 1 for chosen in (found.chosen, *found.equal) for offer in chosen)
    return Outcome(
        data=data,
        lines=[_PACKAGES] if packages else [],
        next="For a limit of lots give award.lots in tender.yaml, then run: tenderkit check",
    )


def _row(offer: Offer, lots: Sequence[str]) -> dict[str, Any]:
    own = [lot for lot in lots if lot in offer.lots]
    return {"bidder": offer.bidder, "lots": own, "value": str(as_decimal(offer.value))}
