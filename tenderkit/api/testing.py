"""``model test``: an evaluation tried on made-up bids before it is published, with a memo for the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from tenderkit.api.documents import own_base
from tenderkit.api.expected import market_from
from tenderkit.api.outcome import Outcome
from tenderkit.api.untested import Draft, Untested, draft_of, of_lot, of_model
from tenderkit.assembly.document import assemble
from tenderkit.assembly.stress import StressContext
from tenderkit.case import open_case, write_all
from tenderkit.library import Library
from tenderkit.problems import Place, Problem, TenderkitError, nearest
from tenderkit.quantities import Language, parse_percent
from tenderkit.stress.market import Market
from tenderkit.stress.measures import USUAL
from tenderkit.stress.practice import Practice
from tenderkit.stress.report_data import report_data
from tenderkit.stress.run import StressReport, test_evaluation
from tenderkit.tender import Lot

MEMO = "model-test"
MOST_TENDERS = 200_000

Scores = Literal["agreed", "mean", "median"]
KnockOut = Literal["before-prices", "after-prices"]
Arithmetic = Literal["exact", "float"]

#: Told what is tested, how far the test is, and how far it goes.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Asked:
    """What the officer asks of the test; the fields are the arguments of :func:`model_test`."""

    lot: str = ""
    prices: str = ""
    bids: str = ""
    tenders: int = USUAL
    seed: int = 1
    scores: Scores = "agreed"
    knock_out: KnockOut = "before-prices"
    arithmetic: Arithmetic = "exact"
    option: Sequence[str] = ()
    packages: bool = False
    param: Sequence[str] = ()
    weight: str = ""
    memo: Path | None = None
    base: Path | None = None


def model_test(
    target: str,
    *,
    lot: str = "",
    prices: str = "",
    bids: str = "",
    tenders: int = USUAL,
    seed: int = 1,
    scores: Scores = "agreed",
    knock_out: KnockOut = "before-prices",
    arithmetic: Arithmetic = "exact",
    option: Sequence[str] = (),
    packages: bool = False,
    param: Sequence[str] = (),
    weight: str = "",
    memo: Path | None = None,
    base: Path | None = None,
) -> Outcome:
    """Test an evaluation before it is published.

    Args:
        target: the folder of a tender, or the id of a model in the library.
        lot: one lot; all when empty.
        prices: the evaluated prices to expect, as ``LOW..HIGH`` in kroner; when empty a quarter around each lot's
            ``own_estimate_dkk``, or else its value.
        bids: how many bids to expect, as ``FEWEST..MOST``; three to six when empty.
        tenders: how many tenders to make up.
        seed: the same seed gives the same numbers.
        scores: how the evaluators' scores become one.
        knock_out: when bids below a minimum fall out.
        arithmetic: exact, or the binary numbers of a spreadsheet without care for ties.
        option: options whose price is asked for, each with the share that counts, such as ``extra year=50%``; without a
            share where the tender does not say it.
        packages: whether bids for several lots together are accepted.
        param: for a model alone, its parameters, such as ``X=60%``.
        weight: for a model alone, the price's weight; half when empty.
        memo: for a model alone, the Word file to write.
        base: the authority's own Word file for the memo.

    Raises:
        TenderkitError: there is neither such a folder nor such a model, or what is expected cannot be simulated.
    """
    asked = Asked(
        lot, prices, bids, tenders, seed, scores, knock_out, arithmetic, option, packages, param, weight, memo, base
    )
    return try_out(target, asked)[0]


def try_out(target: str, asked: Asked, progress: Progress | None = None) -> tuple[Outcome, list[StressContext]]:
    """Give the outcome of :func:`model_test`, and the reports in words for whoever prints them."""
    if not 1 <= asked.tenders <= MOST_TENDERS:
        message = f"{asked.tenders} made-up tenders are asked for; 1 to {MOST_TENDERS} can be made."
        raise TenderkitError(
            Problem("wrong-value", message, Place(label="--tenders"), help="5000 are enough for shares.")
        )
    folder = Path(target)
    _check_options(asked, is_folder=folder.is_dir())
    if folder.is_dir():
        draft = draft_of(folder)
        _check_prices(draft.lots, asked)
        contexts = list(_of_tender(draft, asked, progress))
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


_OF_MODEL: Mapping[str, str] = {"param": "--param", "weight": "--weight", "memo": "--memo"}
_OF_TENDER: Mapping[str, str] = {"lot": "--lot", "option": "--option", "packages": "--packages"}


def _check_options(asked: Asked, *, is_folder: bool) -> None:
    """Refuse options that would change nothing, and a memo that would be no Word file."""
    others, what = (_OF_MODEL, "a model alone") if is_folder else (_OF_TENDER, "a tender")
    problems = [
        Problem("wrong-option", f"{option} is for {what}.", Place(label=option), help="Leave it out.")
        for name, option in others.items()
        if getattr(asked, name)
    ]
    if asked.memo is not None and asked.memo.suffix.lower() != ".docx":
        message = f'"{asked.memo.name}" is no name of a Word file.'
        problems.append(Problem("wrong-value", message, Place(label="--memo"), help="Write --memo memo.docx."))
    if problems:
        raise TenderkitError(problems)


def _check_prices(lots: Sequence[Lot], asked: Asked) -> None:
    """Refuse one range of prices for lots of different size."""
    if asked.prices and not asked.lot and len({lot.value_dkk for lot in lots}) > 1:
        raise TenderkitError(
            Problem(
                "prices-for-which-lot",
                f"The lots have different values, and --prices {asked.prices} is one range.",
                Place(label="--prices"),
                help=f"Add --lot {lots[0].id}, or leave --prices out: each lot then has a range around its estimate.",
            )
        )


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        message = f"The file cannot be written: {error.strerror}."
        raise TenderkitError(Problem("not-written", message, Place(str(path)), help="Choose another file.")) from error


def _of_tender(draft: Draft, asked: Asked, progress: Progress | None) -> Iterator[StressContext]:
    lots = [draft.lot(asked.lot)] if asked.lot else draft.lots
    for lot in lots:
        market = market_from(asked.prices, asked.bids, Fraction(lot.own_estimate_dkk or lot.value_dkk))
        untested = of_lot(draft, lot.id, market)
        yield _context(untested, market, asked, progress)


def _of_model(identifier: str, asked: Asked, progress: Progress | None) -> StressContext:
    known = Library().ids("model")
    if identifier not in known:
        message = f'There is no folder and no model called "{identifier}".'
        raise TenderkitError(Problem("unknown-model", message, help=nearest(identifier, known)))
    market = market_from(asked.prices, asked.bids, None)
    untested = of_model(identifier, market, asked.param, asked.weight, Library())
    return _context(untested, market, asked, progress)


def _context(untested: Untested, market: Market, asked: Asked, progress: Progress | None) -> StressContext:
    title = untested.spec.lot_title or untested.spec.lot
    practice = Practice(
        scores=asked.scores,
        knock_out=asked.knock_out,
        arithmetic=asked.arithmetic,
        options=dict(_options(asked.option)),
        open_parameters=untested.open_parameters,
        packages=asked.packages,
        lots=untested.lots,
    )
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


def _options(written: Sequence[str]) -> Iterator[tuple[str, Fraction | None]]:
    """Read options with the share of their price that counts; without a share where the tender does not say it."""
    for text in written:
        name, sign, share = text.partition("=")
        try:
            yield name.strip(), Fraction(parse_percent(share)) / 100 if sign else None
        except ValueError as error:
            advice = 'Write --option "extra year=50%".'
            raise TenderkitError(Problem("wrong-value", f"{error}.", Place(label="--option"), help=advice)) from error


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
