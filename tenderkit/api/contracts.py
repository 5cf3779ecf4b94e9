"""``contract list`` and ``contract new``: the contract templates, and a new agreement outside a tender."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tenderkit.api.agreement_text import agreement_text
from tenderkit.api.agreements import build_agreement
from tenderkit.api.outcome import Outcome
from tenderkit.api.questions import Question, clauses_of, questions
from tenderkit.case import Case, write_all
from tenderkit.case.folder import AGREEMENT, read_text
from tenderkit.library import Library
from tenderkit.plan import make_agreement
from tenderkit.problems import Place, Problem, TenderkitError, nearest
from tenderkit.quantities import Language
from tenderkit.source import Path as At
from tenderkit.tender import read_agreement

#: Asks the officer a question and gives the answer; the second value says what was wrong with the last one.
Ask = Callable[[Question, str], str]


def contract_list(language: Language = "da", library: Library | None = None) -> list[dict[str, Any]]:
    """Give all contract templates: id, title, use, the parties of an agreement, clauses, and what it is for."""
    library = library or Library()
    return [
        {
            "id": identifier,
            "title": template.title[language],
            "use": list(template.use),
            "parties": [role.title[language] for role in template.parties.values()],
            "clauses": clauses_of(template, library),
            "description": template.description[language] if template.description else "",
        }
        for identifier in library.ids("contract")
        for template in (library.contract(identifier),)
    ]


def contract_new(
    template: str,
    folder: Path,
    *,
    source: Path | None = None,
    language: Language = "da",
    ask: Ask | None = None,
    library: Library | None = None,
) -> Outcome:
    """Make a folder with an agreement outside a tender: ``agreement.yaml``, and its draft in Word.

    Args:
        template: the contract template's id.
        folder: the new folder.
        source: a file of the same kind as ``agreement.yaml``, which is taken as it is; then nothing is asked.
        language: the agreement's language, and that of the questions.
        ask: asks the officer; without it every question has its default.
        library: where the template comes from.

    Raises:
        TenderkitError: the folder is a case already, there is no such template, or the file does not fit it.
    """
    library = library or Library()
    _require_template(template, library)
    case = Case(folder)
    if case.tender_file.exists() or case.agreement_file.exists():
        message = f'The folder "{folder}" holds a case already; it was left as it is.'
        raise TenderkitError(Problem("case-exists", message, Place(str(folder)), help="Choose another folder."))
    if source is not None:
        text = read_text(source)
        _require_fitting(text, source.name, template, library)
    else:
        answers = _answers(questions(template, library, language), ask)
        text = agreement_text(template, library, language, answers, dt.datetime.now(tz=dt.UTC).date())
    written = write_all(case, {AGREEMENT: text.encode()}, "contract new")
    built = build_agreement(case, final=False, base=None, page_numbers="auto", progress=lambda _: None)
    return Outcome(
        files=[*written, *built.files],
        problems=built.problems,
        data={"folder": str(folder)},
        next=f"Fill in what is open in {case.agreement_file}, then run: tenderkit build {folder}",
    )


def _answers(asked: list[Question], ask: Ask | None) -> dict[At, str | list[str]]:
    """Ask until every answer fits; an empty answer leaves a gap."""
    answers: dict[At, str | list[str]] = {}
    for question in asked:
        wrong = ""
        while True:
            answer = (ask(question, wrong) if ask else question.default).strip()
            try:
                value = question.value(answer) if answer else ""
            except ValueError as error:
                if ask is None:
                    break
                wrong = f"{str(error)[:1].upper()}{str(error)[1:].rstrip('.')}."
                continue
            if value:
                answers[question.path] = value
            break
    return answers


def _require_template(name: str, library: Library) -> None:
    known = library.ids("contract")
    if name in known and "agreement" in library.contract(name).use:
        return
    message = (
        f'"{name}" is a contract for tenders: write contract_template: {name} in tender.yaml.'
        if name in known
        else f'There is no contract template "{name}".'
    )
    fitting = [item for item in known if "agreement" in library.contract(item).use]
    advice = f"For an agreement: {', '.join(fitting)}." if name in known else nearest(name, fitting)
    raise TenderkitError(
        Problem("template-for-tenders-only" if name in known else "unknown-contract", message, help=advice)
    )


def _require_fitting(text: str, name: str, template: str, library: Library) -> None:
    """Refuse a file that is no agreement, or is one of another template, before anything is written."""
    agreement, source = read_agreement(text, name)
    if agreement.agreement.template != template:
        raise TenderkitError(
            Problem(
                "other-template",
                f'The file is made for the template "{agreement.agreement.template}".',
                source.place(("agreement", "template")),
                help=f"Write: template: {template}, or give that template's name.",
            )
        )
    make_agreement(agreement, source, library)
