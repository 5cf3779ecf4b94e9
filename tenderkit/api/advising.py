"""``advise``: before a tender, what the answers to twelve questions say of clauses, numbers, market and dates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from tenderkit.advice import Advice, Verdict, read_answers
from tenderkit.advice import advise as advice_of
from tenderkit.advice.asking import Ask, answers_text
from tenderkit.advice.choice import chosen, said
from tenderkit.advice.content import LEVELS
from tenderkit.advice.proposal import proposal
from tenderkit.advice.verdicts import ORDER
from tenderkit.api.documents import by_file_name, word_files
from tenderkit.api.outcome import Outcome
from tenderkit.assembly.advice import AdviceContext
from tenderkit.assembly.document import assemble
from tenderkit.case import Case, write_all
from tenderkit.case.folder import TENDER, read_text
from tenderkit.library import Library
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import Language, as_decimal

ANSWERS = "answers.yaml"


def advise(
    folder: Path,
    *,
    source: Path | None = None,
    language: Language = "da",
    ask: Ask | None = None,
    library: Library | None = None,
) -> Outcome:
    """Give advice on clauses, numbers, the market and the dates, and write a ``tender.yaml`` to begin from.

    The folder gets ``answers.yaml``, ``tender.yaml`` and ``advice/`` with a strategy memo and a note on
    proportionality. A file that a person has changed is never written over: the new one lies beside it.

    Args:
        folder: the folder of the tender, new or not.
        source: a file with the answers; without it the folder's own ``answers.yaml``, and without that they are asked.
        language: the language of questions, reasons, documents and the proposed tender.
        ask: asks the officer; without it and without a file nothing can be said.
        library: where questions and clauses come from.

    Raises:
        TenderkitError: there are no answers, an answer does not fit, or the folder holds an agreement.
    """
    library = library or Library()
    case = Case(folder)
    if case.agreement_file.exists():
        message = f'The folder "{folder}" holds an agreement outside a tender.'
        raise TenderkitError(Problem("case-exists", message, Place(str(folder)), help="Choose another folder."))
    text, name = _answers(case, source, language, ask, library)
    advice = advice_of(read_answers(text, name, library, _today()), library)
    files = {ANSWERS: text.encode(), TENDER: proposal(advice, language).encode(), **_documents(advice, language)}
    written = write_all(case, files, "advise")
    return Outcome(
        files=written,
        data=_data(advice, language),
        lines=_lines(advice, language),
        next=_next(case, beside=any(item.how == "beside" and item.path.startswith("tender") for item in written)),
    )


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _answers(case: Case, source: Path | None, language: Language, ask: Ask | None, library: Library) -> tuple[str, str]:
    """Give the answers as text, and what messages call the file."""
    own = case.root / ANSWERS
    if source is not None or own.exists():
        path = source or own
        return read_text(path), path.name
    if ask is None:
        raise TenderkitError(
            Problem(
                "no-answers",
                "There are no answers to give advice on.",
                Place(str(own)),
                help=f"Write them in a file, and run: tenderkit advise {case.root} --from answers.yaml",
            )
        )
    return answers_text(library, language, _today(), ask), ANSWERS


def _documents(advice: Advice, language: Language) -> dict[str, bytes]:
    """Give the documents of the stage as Word files, by path."""
    library = advice.library
    definitions = ((name, library.document(name)) for name in library.ids("document"))
    names = sorted((item.order, name) for name, item in definitions if item.stage == "advice")
    context = AdviceContext(advice, language, advice.answers.publication.isoformat())
    named = by_file_name([assemble(name, context) for _, name in names], language)
    return {f"advice/{name}": data for name, data in word_files(named, None, "no").items()}


def _next(case: Case, *, beside: bool) -> str:
    if beside:
        return f"Your {TENDER} was left as it is. Compare it with the new file beside it, then run: tenderkit check"
    return f"Read the files in advice, change {case.tender_file} to your purchase, then run: tenderkit check"


def _lines(advice: Advice, language: Language) -> list[str]:
    """Give the ranges and what is not sure, as a reader sees them."""
    lines = []
    if advice.trainees:
        shown = ", ".join(f"{level} {as_decimal(advice.trainees.total(level))}" for level in LEVELS)
        lines.append(f"Persons under training, FTEs a year: {shown}")
    if advice.places:
        shown = ", ".join(f"{level} {advice.places.total(level)}" for level in LEVELS)
        lines.append(f"Places in training at a time: {shown}")
    lines += [f"Look at: {item.said(advice.library, language)}" for item in advice.doubts]
    return [*lines, "The answers were not checked, and this is not legal advice."]


def _data(advice: Advice, language: Language) -> dict[str, Any]:
    proposed = chosen(advice)
    ordered = sorted(advice.verdicts, key=lambda item: (-ORDER.index(item.answer), item.id))
    return {
        "verdicts": [_verdict(item, proposed, advice, language) for item in ordered],
        "trainees": _trainees(advice, language),
        "places": _places(advice, language),
        "market": [{"ask": item.ask[language], "use": item.use[language]} for item in advice.market],
        "dates": {name: date.isoformat() for name, date in vars(advice.dates).items()},
        "doubts": [item.said(advice.library, language) for item in advice.doubts],
    }


def _verdict(item: Verdict, proposed: list[str], advice: Advice, language: Language) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.clause.title[language],
        "verdict": item.answer,
        "reasons": [said(reason, advice, language) for reason in item.deciding],
        "missing": [text[language] for text in item.missing],
        "required_by": list(item.comes_with),
        "against": list(item.against),
        "in_tender": item.in_tender,
        "proposed": item.id in proposed,
    }


def _trainees(advice: Advice, language: Language) -> dict[str, Any] | None:
    found = advice.trainees
    if found is None:
        return None
    library = advice.library
    return {
        **{level: str(as_decimal(found.total(level))) for level in LEVELS},
        "lots": {
            lot.lot.id: {
                **{level: str(as_decimal(lot.shares[level].years)) for level in LEVELS},
                "arithmetic": [line.said(library, language) for line in lot.lines],
                "warnings": [line.said(library, language) for line in lot.warnings],
            }
            for lot in found.lots
        },
        "check": [line.said(library, language) for line in found.check],
    }


def _places(advice: Advice, language: Language) -> dict[str, Any] | None:
    found = advice.places
    if found is None:
        return None
    library = advice.library
    return {
        **{level: found.total(level) for level in LEVELS},
        "lots": {
            lot.lot.id: {
                **lot.levels,
                "arithmetic": [limit.line.said(library, language) for limit in lot.limits]
                + [line.said(library, language) for line in lot.lines],
                "warnings": [line.said(library, language) for line in lot.warnings],
            }
            for lot in found.lots
        },
        "warnings": [line.said(library, language) for line in found.warnings],
    }
