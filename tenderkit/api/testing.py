# ruff: noqa: PT028 - test_evaluation is no test of pytest
"""``model test``: an evaluation tried on made-up bids before it is published, with a memo for the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from tenderkit.api.documents import own_base
from tenderkit.api.expected import market_from
from tenderkit.api.outcome import Outcome
from tenderkit.api.untested import Untested, draft_of, of_lot, of_model
from tenderkit.assembly.document import assemble
from tenderkit.assembly.stress import LEVELS, StressContext
from tenderkit.case import open_case, write_all
from tenderkit.case.folder import TENDER
from tenderkit.library import Library
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import Language
from tenderkit.stress.market import Market
from tenderkit.stress.measures import USUAL
from tenderkit.stress.practice import Practice
from tenderkit.stress.report_data import report_data
from tenderkit.stress.run import StressReport, test_evaluation

MEMO = "model-test"
MOST_TENDERS = 200_000

#: Told what is tested, how far the test is, and how far it goes.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Asked:
    """What the officer asks of the test.

    Attributes:
        lot: one lot; all when empty.
        prices, bids: the expected ranges, as ``LOW..HIGH``; a quarter around the lot's value, and three to six.
        tenders: how many tenders to make up.
        seed: the same seed gives the same numbers.
        scores: how the evaluators' scores become one.
        knock_out: when bids below a minimum fall out.
        param, weight: for a model alone, its parameters and the price's weight.
        memo: for a model alone, the Word file to write.
        base: the authority's own Word file for the memo.
    """

    lot: str = ""
    prices: str = ""
    bids: str = ""
    tenders: int = USUAL
    seed: int = 1
    scores: Literal["agreed", "mean", "median"] = "agreed"
    knock_out: Literal["before-prices", "after-prices"] = "before-prices"
    param: Sequence[str] = ()
    weight: str = ""
    memo: Path | None = None
    base: Path | None = None


def model_test(target: str, asked: Asked | None = None, *, progress: Progress | None = None) -> Outcome:
    """Test an evaluation before it is published.

    Args:
        target: the folder of a tender, or the id of a model in the library.
        asked: what is expected and asked; the usual when left out.
        progress: told how far the test is.

    Raises:
        TenderkitError: there is neither such a folder nor such a model, or what is expected cannot be simulated.
    """
    return try_out(target, asked or Asked(), progress)[0]


def try_out(target: str, asked: Asked, progress: Progress | None = None) -> tuple[Outcome, list[StressContext]]:
    """Give the outcome of :func:`model_test`, and the reports in words for whoever prints them."""
    if not 1 <= asked.tenders <= MOST_TENDERS:
        message = f"{asked.tenders} made-up tenders are asked for; 1 to {MOST_TENDERS} can be made."
        raise TenderkitError(
            Problem("wrong-value", message, Place(label="--tenders"), help="5000 are enough for shares.")
        )
    folder = Path(target)
    if (folder / TENDER).is_file() or folder.is_dir():
        contexts = list(_of_folder(folder, asked, progress))
        files = _memos(contexts, asked.base)
        written = write_all(open_case(folder), {f"{MEMO}/{name}": data for name, data in files.items()}, "model test")
        following = (
            "Read the memo in model-test, mend what it finds, and run the test again before: tenderkit build --final"
        )
        return Outcome(files=written, data=_data(contexts), next=following), contexts
    contexts = [_of_model(target, asked, progress)]
    if asked.memo is not None:
        for data in _memos(contexts, asked.base).values():
            _write(asked.memo, data)
    following = "Try other parameters, or test it in your tender: tenderkit model test FOLDER"
    return Outcome(data=_data(contexts), next=following), contexts


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        message = f"The file cannot be written: {error.strerror}."
        raise TenderkitError(Problem("not-written", message, Place(str(path)), help="Choose another file.")) from error


def _of_folder(folder: Path, asked: Asked, progress: Progress | None) -> Iterator[StressContext]:
    draft = draft_of(folder)
    lots = [draft.lot(asked.lot)] if asked.lot else draft.lots
    for lot in lots:
        market = market_from(asked.prices, asked.bids, Fraction(lot.value_dkk))
        untested = of_lot(folder, lot.id, market)
        yield _context(untested, market, asked, progress)


def _of_model(identifier: str, asked: Asked, progress: Progress | None) -> StressContext:
    market = market_from(asked.prices, asked.bids, None)
    untested = of_model(identifier, market, asked.param, asked.weight, Library())
    return _context(untested, market, asked, progress)


def _context(untested: Untested, market: Market, asked: Asked, progress: Progress | None) -> StressContext:
    title = untested.spec.lot_title or untested.spec.lot
    practice = Practice(scores=asked.scores, knock_out=asked.knock_out, open_parameters=untested.open_parameters)
    report: StressReport = test_evaluation(
        untested.spec,
        market,
        practice,
        tenders=asked.tenders,
        seed=asked.seed,
        library=untested.library,
        progress=None if progress is None else lambda done, of: progress(title, done, of),
    )
    return StressContext(
        report,
        untested.library,
        untested.language,
        untested.created or dt.datetime.now().astimezone().date().isoformat(),
        untested.authority,
        untested.title,
        untested.reference,
    )


def _memos(contexts: Sequence[StressContext], base: Path | None) -> dict[str, bytes]:
    """Give the memos as Word files by name."""
    from tenderkit import word  # noqa: PLC0415 - imported when something is written

    documents = [assemble(MEMO, context) for context in contexts]
    names = [f"{document.file}.docx" for document in documents]
    return dict(zip(names, word.render_all(documents, own_base(base)), strict=True))


def _data(contexts: Sequence[StressContext]) -> dict[str, Any]:
    return {"tests": {context.report.spec.lot: report_data(context.report) for context in contexts}}


def in_language(context: StressContext, language: Language) -> StressContext:
    """Give a report in another language, for the terminal."""
    return StressContext(context.report, context.content, language, context.created)


def worst(context: StressContext) -> str:
    """Give the worst level that was found; empty where nothing was."""
    found = {context.severity(finding) for finding in context.report.findings}
    return next((level for level in LEVELS if level in found), "")
