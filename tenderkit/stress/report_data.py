"""A stress report as data for scripts: exact numbers are text, measured ones are numbers with six decimals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.spec import Model, Result
from tenderkit.quantities import as_decimal
from tenderkit.stress.cases import Case
from tenderkit.stress.run import StressReport

_DECIMALS = 6
#: What the measures repeat of the report itself.
_REPEATED = ("spec", "market", "tenders", "seed", "alternatives")


def report_data(report: StressReport) -> dict[str, object]:
    """Give a report as what JSON can hold.

    Exact numbers are text such as ``"0.25"``, or a fraction such as ``"10/3"`` where decimals do not end; kroner are
    whole kroner with øre behind the point, shares lie between 0 and 1. Examples name their bids A, B, C.
    """
    measures = _fields(report.measures, without=_REPEATED)
    return {
        "lot": report.spec.lot,
        "tenders": report.tenders,
        "seed": report.seed,
        "market": _data(report.market),
        "practice": _data(report.practice),
        "findings": _data(report.findings),
        "measures": measures,
        "alternatives": _data(report.alternatives),
    }


def exact_text(value: Fraction) -> str:
    """Give an exact number: with decimals where they end, otherwise as a fraction.

    >>> exact_text(Fraction(-25, 4)), exact_text(Fraction(100, 3)), exact_text(Fraction(24_000_000))
    ('-6.25', '100/3', '24000000')
    """
    decimal = as_decimal(value)
    return format(decimal, "f") if Fraction(decimal) == value else str(value)


def _data(value: object) -> object:
    """Give a value as data: first what is one number or text, then what has parts."""
    match value:
        case Fraction():
            return exact_text(value)
        case Decimal():
            return format(value, "f")
        case float():
            return round(value, _DECIMALS)
        case None | str() | int():
            return value
    return _parts(value)


def _parts(value: object) -> object:
    match value:
        case Case():
            return [_fields(bid) for bid in value.bids]
        case Result():
            return _result(value)
        case Model():
            return {"id": value.id, "parameters": _data(value.parameters)}
        case Mapping():
            return {str(key): _data(item) for key, item in value.items()}
        case Sequence():
            return [_data(item) for item in value]
    return _fields(value)


def _fields(value: object, without: Sequence[str] = ()) -> dict[str, object]:
    """Give a dataclass by the names of its fields, and the share that it knows of itself."""
    if not is_dataclass(value):
        raise TypeError(f"a report has no {type(value).__name__}")
    names = (field.name for field in fields(value) if field.name not in without)
    found = {name: _data(getattr(value, name)) for name in names}
    share = getattr(value, "share", None)
    return found if share is None else {**found, "share": _data(share)}


def _result(result: Result) -> dict[str, object]:
    """Give a result: who wins, and every bid's rank and exact total."""
    ranking = [{"bid": own.bid.bidder, "rank": own.rank, "total": exact_text(own.exact)} for own in result.ranking]
    winner = None if result.winner is None else result.winner.bid.bidder
    return {"winner": winner, "ranking": ranking}
